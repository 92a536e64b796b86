// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines of the past that no batch marks, and lines of now that look like it.

use super::*;

/// A bridge that is let in and has joined, and whose server has not answered its PING yet.
fn entering(capabilities: &str, joined: &str) -> (Talk, String) {
    let mut talk = Talk::new(network());
    let asked = talk.lines(&[&format!(":irc.test CAP * LS :{capabilities}")]);
    for line in asked {
        if let Some(name) = line.strip_prefix("CAP REQ :") {
            talk.hear(&format!(":irc.test CAP * ACK :{name}"));
        }
    }
    talk.lines(&[
        ":irc.test 001 space :Welcome",
        ":irc.test 005 space CASEMAPPING=ascii :are supported",
        ":irc.test 376 space :End of MOTD",
    ]);
    let lines = talk.lines(&[&format!("{joined}:space!space@host.test JOIN #tea")]);
    let pong = lines
        .last()
        .unwrap()
        .replace("PING", ":irc.test PONG irc.test");
    (talk, pong)
}

fn said_at(time: &str) -> String {
    format!("@time=2020-09-13T{time}.000Z :ann!a@h PRIVMSG #tea :5: yes")
}

/// How a line is taken: whether it is history, timed, perhaps past.
fn taken(talk: &mut Talk, line: &str) -> (bool, bool, bool) {
    let relayed = talk.relayed(line);
    let heard = heard(&relayed);
    (heard.is_history, heard.is_timed, heard.may_be_past)
}

#[rstest]
#[case::old("12:26:00", true)]
#[case::a_clock_that_is_a_little_slow("12:26:32", false)]
#[case::now("12:26:41", false)]
#[case::a_clock_that_is_fast("12:29:00", false)]
fn line_before_the_join_is_history_by_its_time(#[case] time: &str, #[case] is_history: bool) {
    // By this machine's clock, and by the server's own.
    for joined in ["", "@time=2020-09-13T12:26:40.000Z "] {
        let (mut talk, _) = entering("server-time", joined);
        assert_eq!(taken(&mut talk, &said_at(time)), (is_history, true, false));
    }
}

#[test]
fn servers_clock_counts_when_this_machines_is_wrong() {
    // By this machine it is 12:26:40.
    let (mut talk, _) = entering("server-time", "@time=2020-09-13T13:00:00.000Z ");
    assert!(taken(&mut talk, &said_at("12:59:00")).0);
    assert!(!taken(&mut talk, &said_at("13:00:01")).0);
}

#[rstest]
#[case::an_hour_ago("11:26:40", true)]
#[case::minutes_of_difference("12:20:00", false)]
#[case::now("12:26:41", false)]
fn live_line_with_a_wrong_clock_is_heard(#[case] time: &str, #[case] is_history: bool) {
    let (mut talk, pong) = entering("server-time", "");
    talk.hear(&pong);
    assert_eq!(taken(&mut talk, &said_at(time)), (is_history, true, false));
}

#[test]
fn clock_far_ahead_hides_nothing_that_comes_after() {
    let (mut talk, pong) = entering("server-time", "");
    talk.hear(&pong);
    talk.relayed("@time=2031-01-01T00:00:00.000Z :ann!a@h PRIVMSG #tea :5: yes");
    let marks = talk.session.into_marks();
    // Ten minutes after now at most.
    assert_eq!(marks["#Tea"].write(), "1600000600000 ");
}

#[test]
fn old_line_moves_no_mark_back() {
    let (mut talk, pong) = entering("server-time", "");
    talk.hear(&pong);
    talk.relayed(&said_at("12:26:41"));
    talk.relayed(&said_at("11:00:00"));
    assert_eq!(talk.session.into_marks()["#Tea"].write(), "1600000001000 ");
}

#[test]
fn untimed_line_may_be_past_while_the_bridge_comes_in() {
    let (mut talk, pong) = entering("", "");
    let line = ":ann!a@h PRIVMSG #tea :5: yes";
    assert_eq!(taken(&mut talk, line), (false, false, true));
    talk.hear(&pong);
    assert_eq!(taken(&mut talk, line), (false, false, false));
}

#[rstest]
#[case::english("Buffer Playback...", "Playback Complete.")]
#[case::german("Pufferwiedergabe...", "Wiedergabe beendet.")]
fn lines_between_the_marks_of_znc_are_history(#[case] begins: &str, #[case] ends: &str) {
    let znc = |text: &str| format!(":***!znc@znc.in PRIVMSG #tea :{text}");
    let line = ":ann!a@h PRIVMSG #tea :5: yes";
    for capabilities in ["", "server-time"] {
        let (mut talk, pong) = entering(capabilities, "");
        assert!(talk.relayed(&znc(begins)).is_empty());
        assert!(taken(&mut talk, line).0);
        assert!(talk.relayed(&znc(ends)).is_empty());
        assert!(!taken(&mut talk, line).0);
        // Also when it comes later, and when it breaks off.
        talk.hear(&pong);
        talk.relayed(&znc(begins));
        assert!(taken(&mut talk, line).0);
        talk.now += Duration::from_secs(61);
        assert!(!taken(&mut talk, line).0, "it does not last for ever");
    }
}

#[test]
fn modules_of_a_bouncer_are_nobody() {
    let (mut talk, pong) = entering("", "");
    talk.hear(&pong);
    for line in [
        ":*status!znc@znc.in PRIVMSG space :You have several clients",
        ":*playback!znc@znc.in PRIVMSG #tea :5: yes",
    ] {
        assert!(talk.relayed(line).is_empty(), "{line}");
    }
    // What somebody else is called is theirs.
    assert_eq!(
        talk.relayed(":znc!znc@znc.in PRIVMSG #tea :5: yes").len(),
        1
    );
}

#[test]
fn private_message_played_back_on_coming_in_is_history() {
    let (mut talk, pong) = entering("server-time", "");
    talk.hear(&pong);
    let whisper =
        |time: &str| format!("@time=2020-09-13T{time}.000Z :ann!a@h PRIVMSG space :report 5 spam");
    assert!(taken(&mut talk, &whisper("12:26:00")).0);
    assert!(!taken(&mut talk, &whisper("12:26:35")).0);
    talk.now += Duration::from_mins(5);
    assert!(!taken(&mut talk, &whisper("12:26:00")).0);
}

#[test]
fn own_line_of_the_past_confirms_nothing() {
    let (mut talk, _) = entering("echo-message server-time", "");
    let old = "@time=2020-09-13T12:00:00.000Z :space!space@host.test PRIVMSG #tea :#5 <a> hi";
    assert!(talk.relayed(old).is_empty());
}

#[test]
fn bridge_leaves_where_it_was_forwarded_to() {
    let mut talk = Talk::entered(network(), "");
    let out = talk.hear(":irc.test 470 space #Tea ##elsewhere :Forwarding to another channel");
    assert_eq!(out.lines, ["PART ##elsewhere"]);
    let why = out.events.iter().find_map(|event| match event {
        Event::Room { trouble, .. } => trouble.clone(),
        _ => None,
    });
    assert_eq!(
        why.unwrap(),
        "Forwarding to another channel (##elsewhere), which the bridge has left again"
    );
    // The JOIN that comes with it is of no room that it knows.
    let out = talk.hear(":space!space@host.test JOIN ##elsewhere");
    assert!(out.lines.is_empty() && out.events.is_empty(), "{out:?}");
}

#[test]
fn bridge_stays_where_it_mirrors_when_it_is_forwarded_there() {
    let mut network = network();
    network.rooms.push(Room {
        name: "##elsewhere".to_owned(),
        key: None,
    });
    let mut talk = Talk::entered(network, "");
    let out = talk.hear(":irc.test 470 space #Tea ##elsewhere :Forwarding");
    assert_eq!(out.lines, [""; 0]);
}
