// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was said while the bridge was not in a room.

use super::*;

fn minutes(minutes: i64) -> Timestamp {
    at(minutes * 60)
}

/// Takes the room away at minute 10, and brings it back at minute 17.
fn away_and_back(relay: &mut Relay, past: Past) -> Vec<String> {
    relay.step(network_down(), minutes(10)).unwrap();
    let effects = relay.step(room_up_after(past, &[]), minutes(17)).unwrap();
    deliver(relay, effects, minutes(17))
}

#[test]
fn what_is_lost_is_said_to_be() {
    let mut relay = listening();
    assert_eq!(away_and_back(&mut relay, Past::Lost), ["away 600-1020"]);
    // Once.
    assert_eq!(relay.step(room_up(), minutes(18)).unwrap(), []);
}

#[test]
fn what_is_known_is_not_spoken_of() {
    assert_eq!(away_and_back(&mut listening(), Past::Whole), [""; 0]);
    assert_eq!(
        away_and_back(&mut listening(), Past::Part),
        ["away 600-1020"]
    );
}

#[test]
fn a_short_absence_is_not_spoken_of() {
    let mut relay = listening();
    relay.step(network_down(), minutes(10)).unwrap();
    assert_eq!(relay.step(room_up(), minutes(11)).unwrap(), []);
}

#[test]
fn a_silent_network_was_away_since_it_was_last_heard_of() {
    let mut relay = listening();
    let down = Input::NetworkDown {
        network: "net".to_owned(),
        silent: Duration::from_secs(90),
    };
    relay.step(down, minutes(10)).unwrap();
    let effects = relay.step(room_up(), minutes(11)).unwrap();
    assert_eq!(all_said(&effects), ["away 510-660"]);
}

#[test]
fn a_kill_leaves_behind_until_when_it_was_there() {
    let mut relay = listening();
    for second in 600..=625 {
        relay.step(Input::Tick, at(second)).unwrap();
    }
    let mut relay = relay.killed(at(800));
    let effects = relay.step(room_up(), at(801)).unwrap();
    assert_eq!(all_said(&effects), ["away 620-801"]);
    // A stop is exact.
    let mut relay = listening();
    relay.drain(minutes(10)).unwrap();
    let mut relay = relay.killed(minutes(20));
    let effects = relay.step(room_up(), minutes(20)).unwrap();
    assert_eq!(all_said(&effects), ["away 600-1200"]);
}

#[test]
fn absences_that_were_not_told_become_one() {
    let mut relay = listening();
    relay.step(network_down(), minutes(10)).unwrap();
    let mut relay = {
        relay.step(room_up(), minutes(12)).unwrap();
        // The line is on its way when the network goes again, and is not known to have arrived.
        relay.step(network_down(), minutes(12)).unwrap();
        relay.killed(minutes(13))
    };
    let effects = relay.step(room_up(), minutes(20)).unwrap();
    assert_eq!(all_said(&effects), ["away 600-1200"]);
}

#[test]
fn a_room_that_only_reads_is_not_told() {
    let mut settings = settings();
    settings.mirrors[0].visitors = Visitors::Read;
    let mut relay = listening().killed_and_set(settings, minutes(5));
    relay.step(room_up(), minutes(5)).unwrap();
    assert_eq!(away_and_back(&mut relay, Past::Lost), [""; 0]);
}

#[test]
fn an_answer_of_the_past_is_taken_and_a_question_of_the_past_is_not() {
    let mut relay = listening();
    relay.step(network_down(), minutes(10)).unwrap();
    let past = |id: &str, text: &str, said: Timestamp| {
        Input::Heard(Heard {
            remote_id: Some(id.to_owned()),
            is_history: true,
            at: said,
            ..heard(room(), text)
        })
    };
    let effects = relay
        .step(past("a", "101: I do.", minutes(12)), minutes(100))
        .unwrap();
    assert_eq!(all_said(&effects), ["ask reply 101 I do."]);
    for (id, text, said) in [
        // Every name counts once.
        ("a", "101: I do.", minutes(12)),
        // Whoever asked that has gone on.
        ("b", "!help", minutes(12)),
    ] {
        let effects = relay.step(past(id, text, said), minutes(100)).unwrap();
        assert_eq!(effects, [], "{text}");
    }
    relay
        .step(Input::NetworkUp("net".to_owned()), minutes(99))
        .unwrap();
    let effects = relay
        .step(past("c", "!help", minutes(99)), minutes(100))
        .unwrap();
    let all = all_said(&effects);
    assert!(all[0].starts_with("to ann: I bring posts"), "{all:?}");
}

#[test]
fn the_mark_of_a_room_is_kept_for_the_next_start() {
    let mut relay = listening();
    let mark = |relay: &Relay| relay.store().presences().unwrap()[0].2.clone();
    let said = Heard {
        mark: Some("m2".to_owned()),
        ..heard(room(), "hello")
    };
    relay.step(Input::Heard(said), at(20)).unwrap();
    relay.step(Input::Tick, at(30)).unwrap();
    assert_eq!(mark(&relay).as_deref(), Some("m2"));
    let mut relay = relay.killed(at(40));
    relay.step(room_up(), at(41)).unwrap();
    assert_eq!(mark(&relay).as_deref(), Some("m2"), "no mark changes none");
}
