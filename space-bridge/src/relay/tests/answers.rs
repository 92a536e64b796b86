// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! To which post an answer goes, and whether it may.

use super::*;

#[test]
fn a_name_answers_the_newest_post_by_it() {
    let mut relay = listening();
    let rows = vec![post(102, 1, 1, "two"), post(103, 2, 1, "three")];
    let effects = relay.step(batch(rows), at(3)).unwrap();
    deliver(&mut relay, effects, at(3));
    // As people type it, and as they copy it from the line.
    for (text, want) in [
        ("alice: I do.", "ask reply 102 I do."),
        ("A\u{200b}lice: yes", "ask reply 102 yes"),
        ("bob: me too", "ask reply 103 me too"),
    ] {
        let effects = relay.step(says(room(), text), at(5)).unwrap();
        let [Effect::Ask(job)] = &effects[..] else {
            panic!("{text}: {effects:?}")
        };
        assert_eq!(all_said(&effects), [want]);
        let posted = Answer::Posted {
            visitor: space_core::MemberId::new(900).unwrap(),
            post: post_id(200),
        };
        let effects = relay.step(Input::Answered(job.id, posted), at(5)).unwrap();
        let told = deliver(&mut relay, effects, at(5));
        let answered = want.split(' ').nth(2).unwrap();
        assert!(
            told[0].contains(&format!("in answer to #{answered} by ")),
            "the sender learns which post it went to: {told:?}"
        );
    }
}

#[test]
fn people_who_talk_to_each_other_are_not_posted() {
    let mut relay = listening();
    let step = |relay: &mut Relay, heard: Heard, now| {
        all_said(&relay.step(Input::Heard(heard), at(now)).unwrap())
    };
    let said = || heard(room(), "alice: hello");
    let to_a_nick = Heard {
        calls_someone: true,
        ..said()
    };
    assert_eq!(step(&mut relay, to_a_nick, 5), [""; 0]);
    let long_ago = Heard {
        is_history: true,
        remote_id: Some("m".to_owned()),
        ..said()
    };
    assert_eq!(step(&mut relay, long_ago, 5), [""; 0]);
    let of_themselves = Heard {
        is_action: true,
        ..said()
    };
    assert_eq!(step(&mut relay, of_themselves, 5), [""; 0]);
    // Nobody of that name wrote, or not lately.
    assert_eq!(step(&mut relay, heard(room(), "carol: hi"), 5), [""; 0]);
    assert_eq!(step(&mut relay, said(), 2 + 601), [""; 0]);
    assert_eq!(
        step(&mut relay, said(), 2 + 599),
        ["ask reply 101 hello"],
        "else it is"
    );
}

#[test]
fn a_name_of_several_is_asked_about() {
    let mut relay = listening();
    let namesake = row(
        r#"{"scope":"public","kind":"member","id":901,"body":{"id":901,"kind":"visitor","name":"alice_irc","display_name":"Alice","trust_level":0,"created_at":1,"revision":1}}"#,
    );
    let effects = relay
        .step(batch(vec![namesake, post(102, 901, 1, "also me")]), at(3))
        .unwrap();
    assert_eq!(
        deliver(&mut relay, effects, at(3)),
        ["#102 Alice (irc): also me"]
    );
    let effects = relay.step(says(room(), "alice: I do."), at(5)).unwrap();
    let all = all_said(&effects);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(
        all[0].starts_with("to ann: Several people called alice wrote lately"),
        "{all:?}"
    );
}

#[test]
fn a_post_that_was_taken_back_is_not_the_newest() {
    let mut relay = listening();
    let effects = relay
        .step(batch(vec![post(102, 1, 1, "two")]), at(3))
        .unwrap();
    deliver(&mut relay, effects, at(3));
    let effects = relay.step(batch(vec![hidden(102, 2)]), at(4)).unwrap();
    deliver(&mut relay, effects, at(4));
    let effects = relay.step(says(room(), "alice: I do."), at(5)).unwrap();
    assert_eq!(all_said(&effects), ["ask reply 101 I do."]);
}

fn read_only() -> Relay {
    let mut settings = settings();
    settings.mirrors[0].visitors = Visitors::Read;
    let mut relay = listening().killed_and_set(settings, at(4));
    relay
        .step(Input::NetworkUp("net".to_owned()), at(4))
        .unwrap();
    relay
}

#[test]
fn what_can_only_be_read_is_answered_neither_in_the_room_nor_in_private() {
    for (place, text) in [
        (room(), "101: I do."),
        (room(), "!reply 101 I do."),
        (room(), "alice: I do."),
        (private(), "101: I do."),
        (private(), "reply 101 I do."),
        // A post that no room was told may belong to the same category.
        (private(), "reply 99 I do."),
    ] {
        let mut relay = read_only();
        let all = all_said(&relay.step(says(place, text), at(5)).unwrap());
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        assert!(
            all[0].starts_with("to ann: Here that post can only be read"),
            "{text}: {all:?}"
        );
        assert!(all[0].contains("/p/"), "{text}: {all:?}");
    }
    // A report is for everybody.
    let effects = read_only()
        .step(says(private(), "report 101 spam"), at(5))
        .unwrap();
    assert_eq!(all_said(&effects), ["ask report 101 spam"]);
}

#[test]
fn the_mirror_that_brought_a_post_decides() {
    let mut settings = settings();
    let other = Mirror {
        category: Slug::parse("news").unwrap(),
        room: Place::room("net", "#news"),
        visitors: Visitors::Read,
        ..mirror()
    };
    settings.mirrors.push(other);
    let mut relay = listening().killed_and_set(settings, at(4));
    let reply = |relay: &mut Relay, text: &str| {
        all_said(&relay.step(says(private(), text), at(5)).unwrap())
    };
    assert_eq!(
        reply(&mut relay, "reply 101 I do."),
        ["ask reply 101 I do."]
    );
    // Of a post that nobody was told it is not known that it may be answered.
    relay
        .step(Input::NetworkUp("net".to_owned()), at(5))
        .unwrap();
    let all = reply(&mut relay, "reply 99 I do.");
    assert!(all[0].contains("can only be read, not answered"), "{all:?}");
}
