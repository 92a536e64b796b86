// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A line that a network does not pass on does not keep a room silent for ever.

use super::*;

fn up() -> Relay {
    let mut relay = relay();
    relay.step(room_up(), at(1)).unwrap();
    relay
}

fn sent(effects: &[Effect]) -> (OpId, Option<Progress>) {
    match effects {
        [Effect::Send { op, progress, .. }] => (*op, progress.clone()),
        other => panic!("{other:?}"),
    }
}

fn unsaid(op: OpId) -> Input {
    Input::Unsaid { op, place: room() }
}

#[test]
fn it_is_said_again_then_without_its_words_then_given_up() {
    let mut relay = up();
    let rows = vec![post(101, 1, 1, "evil"), post(102, 2, 1, "good")];
    let first = relay.step(batch(rows), at(2)).unwrap();
    assert_eq!(all_said(&first), ["#101 alice: evil"]);
    let op = sent(&first).0;
    let second = relay.step(unsaid(op), at(3)).unwrap();
    assert_eq!(all_said(&second), ["#101 alice: evil"]);
    let third = relay.step(unsaid(op), at(4)).unwrap();
    assert_eq!(all_said(&third), ["#101 https://space.example.org/p/101"]);
    let last = relay.step(unsaid(op), at(5)).unwrap();
    let said = all_said(&last);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("warn #tea on net does not pass on #101"),
        "{said:?}"
    );
    assert_eq!(said[1], "#102 bob: good");
    // Nothing that becomes of a post that nobody there has is told.
    deliver(&mut relay, last, at(5));
    let effects = relay.step(batch(vec![hidden(101, 2)]), at(6)).unwrap();
    assert_eq!(all_said(&effects), [""; 0]);
}

#[test]
fn what_is_passed_on_in_the_end_counts_as_told() {
    let mut relay = up();
    let effects = relay
        .step(batch(vec![post(101, 1, 1, "evil")]), at(2))
        .unwrap();
    let op = sent(&effects).0;
    relay.step(unsaid(op), at(3)).unwrap();
    let effects = relay.step(unsaid(op), at(4)).unwrap();
    deliver(&mut relay, effects, at(4));
    let link = relay.store().link(&room(), post_id(101)).unwrap().unwrap();
    assert_eq!(link.state, LinkState::Told);
    assert_eq!(relay.store().operations().unwrap(), []);
}

#[test]
fn a_room_that_is_closed_and_a_kill_change_nothing_about_the_count() {
    let mut relay = up();
    let effects = relay
        .step(batch(vec![post(101, 1, 1, "evil")]), at(2))
        .unwrap();
    let op = sent(&effects).0;
    let progress = Progress {
        lines: vec!["one".to_owned(), "two".to_owned()],
        sent: 2,
    };
    relay
        .step(
            Input::Sent {
                op,
                place: room(),
                progress,
            },
            at(2),
        )
        .unwrap();
    // The room goes first, and is not spoken to before it is there again.
    relay.step(Input::RoomDown(room()), at(3)).unwrap();
    assert_eq!(relay.step(unsaid(op), at(3)).unwrap(), []);
    let mut relay = relay.killed(at(4));
    let effects = relay.step(room_up(), at(5)).unwrap();
    assert_eq!(all_said(&effects), ["#101 alice: evil"]);
    let (again, progress) = sent(&effects);
    assert_eq!(again, op);
    assert_eq!(
        progress.map(|progress| progress.sent),
        Some(0),
        "as it was worded"
    );
    relay.step(Input::RoomDown(room()), at(6)).unwrap();
    assert_eq!(relay.step(unsaid(op), at(6)).unwrap(), []);
    let mut relay = relay.killed(at(7));
    let effects = relay.step(room_up(), at(8)).unwrap();
    assert_eq!(all_said(&effects), ["#101 https://space.example.org/p/101"]);
    assert_eq!(sent(&effects).1, None, "worded anew");
}

#[test]
fn words_of_another_operation_count_for_nothing() {
    let mut relay = up();
    let effects = relay
        .step(batch(vec![post(101, 1, 1, "one")]), at(2))
        .unwrap();
    assert_eq!(relay.step(unsaid(OpId(9999)), at(3)).unwrap(), []);
    deliver(&mut relay, effects, at(3));
}
