// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is in the room, and what it costs.

use super::*;

/// A room with ann (an operator), bob and the bridge in it.
fn peopled(capabilities: &str) -> Talk {
    let mut talk = Talk::entered(network(), capabilities);
    talk.lines(&[
        ":irc.test 353 space = #tea :space @ann",
        ":irc.test 353 space = #tea :+Bob",
        ":irc.test 366 space #tea :End of /NAMES list.",
    ]);
    talk
}

fn calls(talk: &mut Talk, text: &str) -> bool {
    heard(&talk.relayed(&format!(":carl!c@h PRIVMSG #tea :{text}"))).calls_someone
}

#[test]
fn names_of_people_in_the_room_are_known() {
    let mut talk = peopled("");
    for (text, want) in [
        ("ann: hello", true),
        ("BOB: hello", true),
        ("\u{2}bob\u{2}: hello", true),
        ("space: hello", true),
        ("alice: hello", false),
        ("ann, hello", false),
        ("https://example.org/", false),
    ] {
        assert_eq!(calls(&mut talk, text), want, "{text}");
    }
}

#[test]
fn people_come_go_and_change_their_names() {
    let mut talk = peopled("");
    talk.hear(":alice!a@h JOIN #tea");
    assert!(calls(&mut talk, "alice: hello"));
    talk.hear(":alice!a@h NICK :alix");
    assert!(!calls(&mut talk, "alice: hello") && calls(&mut talk, "alix: hello"));
    talk.hear(":alix!a@h PART #tea");
    talk.hear(":ann!a@h KICK #tea bob :out");
    talk.hear(":ann!a@h QUIT :bye");
    for name in ["alix", "bob", "ann"] {
        assert!(!calls(&mut talk, &format!("{name}: hello")), "{name}");
    }
}

#[test]
fn until_people_are_listed_anybody_may_be_there() {
    let mut talk = Talk::entered(network(), "");
    assert!(calls(&mut talk, "alice: hello"));
    let mut talk = peopled("");
    assert!(!calls(&mut talk, "alice: hello"));
    talk.hear(":op!o@h KICK #tea space :out");
    talk.now += Duration::from_mins(1);
    talk.session.tick(talk.now);
    talk.hear(":space!space@host.test JOIN #tea");
    assert!(calls(&mut talk, "alice: hello"));
}

#[test]
fn a_network_that_is_torn_apart_tells_nobody_anything_and_leaves_nothing_behind() {
    let mut talk = peopled("batch message-tags");
    let before = talk.session.channels["#tea"].people.clone();
    for round in 0..3 {
        talk.hear(&format!(
            ":irc.test BATCH +s{round} netsplit a.irc.test b.irc.test"
        ));
        for number in 0..500 {
            let out = talk.hear(&format!(
                "@batch=s{round} :n{number}!u@h QUIT :a.irc.test b.irc.test"
            ));
            assert!(out.lines.is_empty() && out.events.is_empty() && out.end.is_none());
        }
        talk.hear(&format!(":irc.test BATCH -s{round}"));
        for number in 0..500 {
            for line in [
                format!(":n{number}!u@h JOIN #tea"),
                format!(":irc.test MODE #tea +v n{number}"),
            ] {
                let out = talk.hear(&line);
                assert!(out.lines.is_empty() && out.events.is_empty() && out.end.is_none());
            }
        }
        assert_eq!(
            talk.session.channels["#tea"].people.len(),
            before.len() + 500
        );
    }
    for number in 0..500 {
        talk.hear(&format!(":n{number}!u@h QUIT :a.irc.test b.irc.test"));
    }
    assert_eq!(talk.session.channels["#tea"].people, before);
    assert!(talk.session.batches.is_empty());
    assert!(talk.session.wakes_at().is_none(), "and asks for no time");
}

#[test]
fn thrown_out_and_banned_it_comes_back_ever_more_slowly_and_then_as_ever() {
    let mut talk = peopled("");
    talk.hear(":ann!a@h MODE #tea +b space!*@*");
    talk.relayed(":ann!a@h KICK #tea space :out");
    for wait in [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] {
        let early = talk.session.tick(talk.now + Duration::from_secs(wait - 1));
        assert!(early.lines.is_empty(), "it is told to wait {wait} s");
        talk.now += Duration::from_secs(wait);
        assert_eq!(talk.session.tick(talk.now).lines, ["JOIN #Tea"]);
        let inputs = talk.relayed(":irc.test 474 space #tea :Cannot join channel (+b)");
        assert!(matches!(&inputs[..], [Input::RoomDown(_)]), "{inputs:?}");
    }
    // The ban is lifted, and after a while forgotten.
    talk.now += Duration::from_hours(1);
    assert_eq!(talk.session.tick(talk.now).lines, ["JOIN #Tea"]);
    let lines = talk.lines(&[":space!space@host.test JOIN #tea"]);
    let pong = lines[0].replace("PING", ":irc.test PONG irc.test");
    assert!(matches!(&talk.relayed(&pong)[..], [Input::RoomUp(_)]));
    talk.now += Duration::from_hours(1);
    talk.relayed(":ann!a@h KICK #tea space :again");
    talk.now += Duration::from_secs(30);
    assert_eq!(talk.session.tick(talk.now).lines, ["JOIN #Tea"]);
}

#[rstest]
#[case(":Ann!a@h QUIT :bye")]
#[case(":Ann!a@h NICK :ben")]
fn of_who_spoke_in_private_it_is_told_that_they_gave_up_their_name(#[case] line: &str) {
    let mut talk = Talk::entered(network(), "");
    let ann = Place::person("net", "Ann");
    assert!(talk.relayed(line).is_empty(), "not of others");
    talk.relayed(":Ann!a@h PRIVMSG space :report 5 spam");
    assert!(!talk.session.has_left(&ann));
    let inputs = talk.relayed(line);
    assert!(
        matches!(&inputs[..], [Input::PersonGone(place)] if *place == ann),
        "{inputs:?}"
    );
    assert!(talk.session.has_left(&ann));
    // Once; and whoever has the name now and speaks is somebody new.
    assert!(talk.relayed(line).is_empty());
    talk.relayed(":ann!b@h PRIVMSG space :help");
    assert!(!talk.session.has_left(&ann));
}

#[test]
fn who_spoke_in_private_is_forgotten_after_a_while() {
    let mut talk = Talk::entered(network(), "");
    talk.relayed(":ann!a@h PRIVMSG space :help");
    talk.now += Duration::from_mins(16);
    talk.relayed(":ben!b@h PRIVMSG space :help");
    assert!(talk.relayed(":ann!a@h QUIT :bye").is_empty());
    assert_eq!(talk.relayed(":ben!b@h QUIT :bye").len(), 1);
}
