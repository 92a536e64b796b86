// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use super::*;

fn up() -> Relay {
    let mut relay = relay();
    assert_eq!(relay.step(room_up(), at(1)).unwrap(), []);
    relay
}

fn told(relay: &mut Relay, rows: Vec<FeedRow>, now: i64) -> Vec<String> {
    let effects = relay.step(batch(rows), at(now)).unwrap();
    deliver(relay, effects, at(now))
}

#[test]
fn new_posts_are_told_in_the_order_of_birth_one_at_a_time() {
    let mut relay = up();
    let rows = vec![post(102, 2, 1, "two"), post(101, 1, 1, "one")];
    let effects = relay.step(batch(rows), at(2)).unwrap();
    assert_eq!(all_said(&effects), ["#101 alice: one"]);
    let all = deliver(&mut relay, effects, at(2));
    assert_eq!(all, ["#101 alice: one", "#102 bob: two"]);
}

#[test]
fn what_was_there_before_the_mirror_is_not_told() {
    let mut relay = up();
    assert_eq!(
        told(&mut relay, vec![post(99, 1, 2, "old, edited")], 2),
        [""; 0]
    );
}

#[test]
fn an_edit_is_no_new_post() {
    let mut relay = up();
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 1, "teh tea")], 2).len(),
        1
    );
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 2, "the tea")], 3),
        ["#101 teh tea -> the tea"]
    );
    // A new revision that says the same is nothing to tell.
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 3, "the tea")], 4),
        [""; 0]
    );
}

#[test]
fn an_edit_that_comes_late_is_no_correction() {
    let mut relay = up();
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 1, "teh tea")], 2).len(),
        1
    );
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 2, "the tea")], 200),
        [""; 0]
    );
}

#[test]
fn an_edit_before_the_room_was_told_is_part_of_the_telling() {
    let mut relay = relay();
    assert_eq!(told(&mut relay, vec![post(101, 1, 1, "teh")], 2), [""; 0]);
    assert_eq!(told(&mut relay, vec![post(101, 1, 2, "the")], 3), [""; 0]);
    let effects = relay.step(room_up(), at(4)).unwrap();
    assert_eq!(deliver(&mut relay, effects, at(4)), ["#101 alice: the"]);
}

#[test]
fn an_edit_during_the_telling_comes_after_it() {
    let mut relay = up();
    let effects = relay
        .step(batch(vec![post(101, 1, 1, "teh")]), at(2))
        .unwrap();
    assert_eq!(
        relay
            .step(batch(vec![post(101, 1, 2, "thee")]), at(2))
            .unwrap(),
        []
    );
    assert_eq!(
        relay
            .step(batch(vec![post(101, 1, 3, "the")]), at(2))
            .unwrap(),
        []
    );
    let all = deliver(&mut relay, effects, at(3));
    assert_eq!(all, ["#101 alice: teh", "#101 teh -> the"]);
}

#[test]
fn a_post_that_goes_before_it_was_told_is_not_told() {
    let mut relay = relay();
    for (row, id) in [(gone(101), 101), (hidden(102, 2), 102)] {
        assert_eq!(told(&mut relay, vec![post(id, 1, 1, "no")], 2), [""; 0]);
        assert_eq!(told(&mut relay, vec![row], 2), [""; 0]);
    }
    assert_eq!(relay.step(room_up(), at(3)).unwrap(), []);
}

#[test]
fn what_is_taken_back_overtakes_what_is_new() {
    let mut relay = up();
    assert_eq!(told(&mut relay, vec![post(101, 1, 1, "spam")], 2).len(), 1);
    relay.step(Input::RoomDown(room()), at(3)).unwrap();
    assert_eq!(told(&mut relay, vec![post(102, 1, 1, "new")], 3), [""; 0]);
    assert_eq!(told(&mut relay, vec![hidden(101, 2)], 3), [""; 0]);
    let effects = relay.step(room_up(), at(4)).unwrap();
    assert_eq!(
        deliver(&mut relay, effects, at(4)),
        ["#101 gone", "#102 alice: new"]
    );
}

#[test]
fn a_post_that_is_restored_is_told_again() {
    let mut relay = up();
    assert_eq!(told(&mut relay, vec![post(101, 1, 1, "fine")], 2).len(), 1);
    assert_eq!(told(&mut relay, vec![hidden(101, 2)], 3), ["#101 gone"]);
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 3, "fine")], 4),
        ["#101 alice: fine"]
    );
}

#[test]
fn a_tombstone_of_another_scope_takes_nothing_back() {
    let mut relay = up();
    assert_eq!(told(&mut relay, vec![post(101, 1, 1, "fine")], 2).len(), 1);
    let elsewhere = row(r#"{"scope":"category:12","kind":"post","id":101,"gone":true}"#);
    assert_eq!(told(&mut relay, vec![elsewhere], 3), [""; 0]);
}

#[test]
fn a_category_that_is_closed_is_not_mirrored_unless_that_is_wanted() {
    let mut relay = up();
    let closed = frame()[0].clone();
    let space_core::protocol::Body::Category(mut category) = closed.body.unwrap() else {
        panic!()
    };
    category.is_open = false;
    let closed = FeedRow {
        body: Some(space_core::protocol::Body::Category(category)),
        ..frame()[0].clone()
    };
    assert_eq!(
        told(&mut relay, vec![closed, post(101, 1, 1, "secret")], 2),
        [""; 0]
    );
}

#[test]
fn a_long_absence_is_one_line_and_what_came_lately_is_told() {
    let mut relay = relay();
    let old: Vec<_> = (101..=130).map(|id| post(id, 1, 1, "old")).collect();
    assert_eq!(told(&mut relay, old, 10), [""; 0]);
    assert_eq!(told(&mut relay, vec![post(131, 2, 1, "new")], 400), [""; 0]);
    let effects = relay.step(room_up(), at(401)).unwrap();
    let all = deliver(&mut relay, effects, at(401));
    assert_eq!(all, ["30 posts 101-130", "#131 bob: new"]);
}

#[test]
fn a_burst_is_told_whole() {
    let mut relay = up();
    let burst: Vec<_> = (101..=200).rev().map(|id| post(id, 1, 1, "x")).collect();
    let want: Vec<_> = (101..=200).map(|id| format!("#{id} alice: x")).collect();
    assert_eq!(told(&mut relay, burst, 2), want);
}

#[test]
fn many_withdrawals_are_one_line() {
    let mut relay = up();
    let posts: Vec<_> = (101..=110).map(|id| post(id, 1, 1, "x")).collect();
    assert_eq!(told(&mut relay, posts, 2).len(), 10);
    assert_eq!(
        told(&mut relay, (101..=110).map(gone).collect(), 3),
        ["10 gone"]
    );
}

#[test]
fn what_was_not_confirmed_is_said_again_and_what_is_recalled_is_not() {
    let mut relay = up();
    let send = relay
        .step(batch(vec![post(101, 1, 1, "one")]), at(2))
        .unwrap();
    let [Effect::Send { op, .. }] = &send[..] else {
        panic!("{send:?}")
    };
    let progress = Progress {
        lines: vec!["line 1".to_owned(), "line 2".to_owned()],
        sent: 2,
    };
    let noted = Input::Sent {
        op: *op,
        place: room(),
        progress,
    };
    relay.step(noted, at(2)).unwrap();
    relay.step(network_down(), at(3)).unwrap();
    let recall = |lines: &[&str]| {
        let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
        room_up_after(Past::Whole, &lines)
    };
    // The first line is there: only the second one is sent.
    let again = relay.step(recall(&["line 1"]), at(4)).unwrap();
    let [
        Effect::Send {
            progress: Some(progress),
            ..
        },
    ] = &again[..]
    else {
        panic!("{again:?}")
    };
    assert_eq!(progress.sent, 1);
    // Both are.
    relay.step(network_down(), at(5)).unwrap();
    assert_eq!(
        relay.step(recall(&["line 1", "line 2"]), at(6)).unwrap(),
        []
    );
    let link = relay.store().link(&room(), post_id(101)).unwrap().unwrap();
    assert_eq!(link.state, LinkState::Told);
}

#[test]
fn what_was_handed_over_before_a_kill_is_not_said_again() {
    let mut relay = up();
    let send = relay
        .step(batch(vec![post(101, 1, 1, "one")]), at(2))
        .unwrap();
    let [Effect::Send { op, .. }] = &send[..] else {
        panic!("{send:?}")
    };
    let noted = Input::Sent {
        op: *op,
        place: room(),
        progress: Progress {
            lines: vec!["line".to_owned()],
            sent: 1,
        },
    };
    relay.step(noted, at(2)).unwrap();
    let mut relay = relay.killed(at(3));
    assert_eq!(relay.step(room_up(), at(4)).unwrap(), []);
    assert_eq!(
        told(&mut relay, vec![post(101, 1, 2, "one!")], 5),
        ["#101 one -> one!"]
    );
}

#[test]
fn an_answer_names_the_message_that_it_answers() {
    let mut relay = up();
    told(&mut relay, vec![post(101, 1, 1, "one")], 2);
    let answered = relay.store().link(&room(), post_id(101)).unwrap().unwrap();
    let answer = row(&format!(
        r#"{{"scope":"public","kind":"post","id":102,"body":{{"id":102,"topic":{TOPIC},"number":102,"author":2,"reply_to":101,"source":"two","created_at":1,"revision":1}}}}"#
    ));
    let effects = relay.step(batch(vec![answer]), at(3)).unwrap();
    let [
        Effect::Send {
            message: Message::Post(message),
            ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(message.answers.as_deref(), Some("alice"));
    assert_eq!(
        message.answers_remote.as_ref(),
        answered.remote_ids.first(),
        "and it has a name"
    );
    assert!(message.answers_remote.is_some());
}
