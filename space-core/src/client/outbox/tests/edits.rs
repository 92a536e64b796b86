// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Edits and other texts for what waits.

use super::*;
use crate::client::testing::server::{Fake, json, problem, say};
use crate::protocol::ProblemCode;

#[tokio::test]
async fn a_conflict_keeps_both_texts_and_can_be_resolved() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| {
        if asked.body.contains("\"revision\":1,") {
            json(
                409,
                "",
                r#"{"status":409,"code":"conflict","title":"no","conflict":{"revision":6,"theirs":"b","yours":"a"}}"#,
            )
        } else {
            doer.answer(asked)
        }
    });
    let mut house = House::new();
    let id = house.queue(&edit(1, "a"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    let ItemState::Refused(problem) = house.state(id) else {
        panic!("it is refused");
    };
    assert_eq!(problem.code, ProblemCode::Conflict);
    let conflict = problem.conflict.unwrap();
    assert_eq!(
        (conflict.theirs.as_str(), conflict.yours.as_str()),
        ("b", "a")
    );
    house
        .outbox
        .resolve(id, conflict.revision, &text("a and b"), None)
        .unwrap();
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(matches!(
        report.sent[..],
        [(_, Outcome::Edited { revision: 7, .. })]
    ));
}

#[tokio::test]
async fn edits_and_marks_that_were_never_tried_are_one() {
    let mut house = House::new();
    let first = house.queue(&edit(1, "a"));
    assert_eq!(house.queue(&edit(1, "b")), first);
    assert_eq!(
        house.outbox.item(first).unwrap().unwrap().draft,
        edit(1, "b")
    );
    house.queue(&read(1));
    let mark = house.queue(&read(3));
    let ids: Vec<LocalId> = house
        .outbox
        .items()
        .unwrap()
        .iter()
        .map(|item| item.id)
        .collect();
    assert_eq!(ids, [first, mark]);
    // An edit that was tried may have arrived: the next one goes out after it, from what it made.
    let silent = Fake::start(|_| say(""));
    house
        .outbox
        .drain(&silent.api(), &house.clock)
        .await
        .unwrap();
    let later = house.queue(&edit(1, "c"));
    assert_ne!(later, first);
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((report.sent.len(), report.left), (3, 0));
    let bodies: Vec<String> = fake.asked().into_iter().map(|asked| asked.body).collect();
    assert!(bodies[2].contains("\"revision\":7"), "{bodies:?}");
    assert!(house.outbox.item(mark).unwrap().is_none());
}

#[tokio::test]
async fn what_was_refused_is_sent_with_another_text_under_its_number() {
    let mut house = House::new();
    let id = house.queue(&to_ten("first"));
    let fake = Fake::start(|_| problem(403, "", "denied"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(matches!(house.state(id), ItemState::Refused(_)));
    house
        .outbox
        .rewrite(id, &to_ten("second"), None, &house.clock)
        .unwrap();
    assert_eq!(house.state(id), ItemState::Queued);
    let wrong = house.outbox.rewrite(id, &start(), None, &house.clock);
    assert!(matches!(wrong, Err(OutboxError::OnItsWay { .. })));
}
