// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Sending: in order, once, and what becomes of refusals.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::PostId;
use crate::client::testing::server::{Fake, Step, json, problem, say};
use crate::client::testing::{Counting, Still};

#[tokio::test]
async fn what_was_written_offline_is_sent_in_order_with_the_names_it_got() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let mut house = House::new();
    let topic = house.queue(&start());
    let first = house.queue(&reply(
        TopicRef::Queued(topic),
        Some(PostRef::Queued(topic)),
        "one",
    ));
    let second = house.queue(&reply(
        TopicRef::Queued(topic),
        Some(PostRef::Queued(first)),
        "two",
    ));
    house.queue(&Draft::DeletePost {
        post: PostId::new(12).unwrap(),
    });
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((report.sent.len(), report.left), (4, 0));
    assert!(report.stopped.is_none());
    let asked = fake.asked();
    let paths: Vec<&str> = asked.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/v1/topics",
            "/v1/topics/500/posts",
            "/v1/topics/500/posts",
            "/v1/posts/12"
        ]
    );
    assert!(asked[0].body.contains(&format!("\"written_at\":{NOW}")));
    assert!(asked[1].body.contains("\"reply_to\":501"));
    assert!(asked[2].body.contains("\"reply_to\":601"));
    assert!(matches!(
        house.state(second),
        ItemState::Sent(Outcome::Replied { .. })
    ));
    // Something named later still finds its way.
    house.queue(&reply(TopicRef::Queued(topic), None, "three"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!(fake.asked()[4].path, "/v1/topics/500/posts");
}

#[tokio::test]
async fn tags_are_sent_as_what_comes_and_what_goes() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let mut house = House::new();
    house.queue(&start());
    let tagged = house.queue(&Draft::TagTopic {
        topic: TopicId::new(10).unwrap(),
        change: crate::protocol::ChangeTags {
            add: "wiki irc".parse().unwrap(),
            remove: "old".parse().unwrap(),
        },
    });
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((report.sent.len(), report.left), (2, 0));
    let asked = fake.asked();
    assert!(asked[0].body.contains(r#""tags":["train"]"#));
    assert_eq!(
        (asked[1].method.as_str(), asked[1].path.as_str()),
        ("PATCH", "/v1/topics/10/tags")
    );
    assert_eq!(asked[1].body, r#"{"add":["irc","wiki"],"remove":["old"]}"#);
    assert_eq!(house.state(tagged), ItemState::Sent(Outcome::Done));
}

#[tokio::test]
async fn a_cut_answer_is_asked_for_again_under_the_same_key_and_done_once() {
    let doer = Doer::default();
    let tries = AtomicUsize::new(0);
    let fake = Fake::start(move |asked| {
        let answer = doer.answer(asked);
        match tries.fetch_add(1, Ordering::SeqCst) {
            0 => say("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\""),
            1 => problem(503, "", "unavailable"),
            2 => problem(429, "retry-after: 9\r\n", "too_many"),
            _ => answer,
        }
    });
    let mut house = House::new();
    let id = house.queue(&to_ten("once"));
    let after = house.queue(&to_ten("after"));
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(matches!(report.stopped, Some(Stopped::Unreachable(_))));
    assert_eq!(
        (report.left, house.state(id), house.state(after)),
        (2, ItemState::Queued, ItemState::Queued)
    );
    // A fault does not keep back what it may not concern, but a request to wait does.
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(
        matches!(report.stopped, Some(Stopped::NotBefore(wait)) if wait == Duration::from_secs(9))
    );
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((report.sent.len(), report.left), (2, 0));
    let keys: Vec<String> = fake
        .asked()
        .iter()
        .filter(|a| a.body.contains("once"))
        .map(|a| a.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0]));
}

#[tokio::test]
async fn a_crash_while_sending_sends_again_under_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let (clock, entropy) = (Still::at(NOW), Counting::default());
    let slow = Fake::start(|_| vec![Step::Pause(Duration::from_secs(3))]);
    let mut outbox = Outbox::open(&path).unwrap();
    let id = outbox.queue(&to_ten("once"), &clock, &entropy).unwrap();
    let api = slow.api();
    tokio::select! {
        _ = outbox.drain(&api, &clock) => panic!("nobody answers"),
        () = tokio::time::sleep(Duration::from_millis(200)) => {}
    }
    drop(outbox);
    let mut outbox = Outbox::open(&path).unwrap();
    assert_eq!(outbox.item(id).unwrap().unwrap().state, ItemState::Sending);
    assert!(matches!(
        outbox.discard(id),
        Err(OutboxError::OnItsWay { .. })
    ));
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let report = outbox.drain(&fake.api(), &clock).await.unwrap();
    assert_eq!(report.sent.len(), 1);
    assert_eq!(
        slow.asked()[0].header("idempotency-key"),
        fake.asked()[0].header("idempotency-key")
    );
}

#[tokio::test]
async fn a_refusal_is_kept_and_holds_back_what_depends_on_it_alone() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| {
        if asked.path == "/v1/topics" {
            json(
                403,
                "",
                r#"{"status":403,"code":"denied","title":"no","denial":"category_no_topics"}"#,
            )
        } else {
            doer.answer(asked)
        }
    });
    let mut house = House::new();
    let topic = house.queue(&start());
    let child = house.queue(&reply(TopicRef::Queued(topic), None, "child"));
    let free = house.queue(&to_ten("free"));
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!(report.refused, [topic]);
    assert_eq!(
        report.sent.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        [free]
    );
    assert_eq!(report.left, 1);
    let ItemState::Refused(problem) = house.state(topic) else {
        panic!("it is refused");
    };
    assert_eq!(problem.denial.as_deref(), Some("category_no_topics"));
    assert_eq!(house.state(child), ItemState::Queued);
    house.outbox.retry(topic, &house.clock).unwrap();
    assert_eq!(house.state(topic), ItemState::Queued);
    let thrown = house.outbox.discard(topic).unwrap().items;
    assert_eq!(
        thrown.iter().map(|it| it.id).collect::<Vec<_>>(),
        [topic, child]
    );
    assert_eq!(house.outbox.items().unwrap().len(), 1);
    assert!(matches!(
        house.outbox.queue(
            &reply(TopicRef::Queued(topic), None, "late"),
            &house.clock,
            &house.entropy
        ),
        Err(OutboxError::ParentGone { .. })
    ));
}

#[tokio::test]
async fn signing_out_keeps_everything() {
    let fake = Fake::start(|_| problem(401, "", "signed_out"));
    let mut house = House::new();
    let id = house.queue(&to_ten("kept"));
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(matches!(report.stopped, Some(Stopped::SignedOut)));
    assert_eq!(house.state(id), ItemState::Queued);
}

#[tokio::test]
async fn what_is_older_than_25_days_asks_first() {
    let doer = Doer::default();
    let fake = Fake::start(move |asked| doer.answer(asked));
    let mut house = House::new();
    let id = house.queue(&to_ten("old"));
    house.clock.pass(Duration::from_hours(26 * 24));
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((report.sent.len(), house.state(id)), (0, ItemState::Held));
    house.outbox.retry(id, &house.clock).unwrap();
    let report = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!(report.sent.len(), 1);
    // What was sent stays in sight for a week.
    house.clock.pass(Duration::from_hours(8 * 24));
    house.queue(&to_ten("new"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert!(house.outbox.item(id).unwrap().is_none());
}
