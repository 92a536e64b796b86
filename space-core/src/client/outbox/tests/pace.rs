// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a limit of pace holds up waits for its time, in order, and is never lost.

use std::time::Duration;

use super::*;
use crate::Timestamp;
use crate::client::testing::server::Fake;
use crate::protocol::MarkRead;

fn limited(wait_s: u64, denial: &str) -> Answer {
    let body =
        format!(r#"{{"status":429,"code":"too_many","title":"slowly","denial":"{denial}"}}"#);
    json(429, &format!("retry-after: {wait_s}\r\n"), &body)
}

fn report(post: i64) -> Draft {
    Draft::Report {
        post: PostId::new(post).unwrap(),
        reason: crate::ReportReason::Spam,
        comment: None,
    }
}

fn mark(number: i64) -> Draft {
    Draft::SetRead {
        topic: TopicId::new(10).unwrap(),
        mark: MarkRead::set(number),
    }
}

/// Lets one post through each time, and asks to wait for the next; everything else is done.
fn one_at_a_time() -> (Fake, std::sync::Arc<AtomicUsize>) {
    let (doer, open) = (Doer::default(), std::sync::Arc::new(AtomicUsize::new(1)));
    let seats = std::sync::Arc::clone(&open);
    let fake = Fake::start(move |asked| {
        let is_post = asked.path.ends_with("/posts") || asked.path == "/v1/topics";
        let take = |seats: usize| seats.checked_sub(1);
        if is_post
            && seats
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, take)
                .is_err()
        {
            return limited(5, "too_fast");
        }
        doer.answer(asked)
    });
    (fake, open)
}

fn posted(fake: &Fake, texts: &[&str]) -> Vec<String> {
    fake.asked()
        .iter()
        .filter_map(|asked| texts.iter().find(|text| asked.body.contains(*text)))
        .map(|text| (*text).to_owned())
        .collect()
}

#[tokio::test]
async fn m7_2_outbox_drains_at_the_pace_and_in_order() {
    let (fake, seats) = one_at_a_time();
    let mut house = House::new();
    let ids = ["first", "second", "third"].map(|text| house.queue(&to_ten(text)));
    let marked = house.queue(&mark(3));
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    // The mark is one's own, and is not held up.
    assert_eq!(
        (done.sent.len(), done.left, done.paced),
        (2, 2, vec![ids[1]])
    );
    assert_eq!(house.outbox.item(marked).unwrap(), None);
    assert!(
        matches!(done.stopped, Some(Stopped::NotBefore(wait)) if wait == Duration::from_secs(5))
    );
    let waiting = house.outbox.item(ids[1]).unwrap().unwrap();
    assert_eq!(waiting.state, ItemState::Queued);
    let why = waiting.waiting.unwrap();
    assert_eq!(why.until, Timestamp::from_millis(NOW + 5000));
    assert_eq!(why.why.denial.as_deref(), Some("too_fast"));

    // Woken before its time, by something new: nothing of it is asked, and nothing overtakes it.
    seats.store(1, Ordering::SeqCst);
    let asked = fake.asked().len();
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!(
        (done.sent.len(), done.left, fake.asked().len()),
        (0, 2, asked)
    );
    assert!(matches!(done.stopped, Some(Stopped::NotBefore(_))));

    house.clock.set(NOW + 5000);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (1, 1));
    seats.store(1, Ordering::SeqCst);
    house.clock.set(NOW + 10_000);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (1, 0));
    assert!(done.stopped.is_none());
    assert_eq!(
        posted(&fake, &["first", "second", "third"]),
        ["first", "second", "second", "third", "third"]
    );
}

#[tokio::test]
async fn m7_2_reply_waits_for_its_paced_topic() {
    let (fake, seats) = one_at_a_time();
    seats.store(0, Ordering::SeqCst);
    let mut house = House::new();
    let topic = house.queue(&start());
    let child = house.queue(&reply(TopicRef::Queued(topic), None, "child"));
    let other = house.queue(&to_ten("other"));
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (0, 3));
    seats.store(3, Ordering::SeqCst);
    house.clock.set(NOW + 5000);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    let sent: Vec<_> = done.sent.iter().map(|(id, _)| *id).collect();
    assert_eq!(sent, [topic, child, other]);
}

#[tokio::test]
async fn m7_2_report_over_the_limit_waits_and_is_kept() {
    let is_open = std::sync::Arc::new(AtomicUsize::new(0));
    let open = std::sync::Arc::clone(&is_open);
    let fake = Fake::start(move |asked| {
        if !asked.path.ends_with("/report") {
            json(200, "", "null")
        } else if open.load(Ordering::SeqCst) == 0 {
            limited(3600, "too_many_reports")
        } else {
            json(201, "", r#"{"post":7,"reason":"spam","received_at":5}"#)
        }
    });
    let mut house = House::new();
    let kept = house.queue(&report(7));
    let next = house.queue(&report(8));
    house.queue(&Draft::DeletePost {
        post: PostId::new(3).unwrap(),
    });
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.refused.len()), (1, 0));
    assert_eq!((done.paced, done.left), (vec![kept], 2));
    assert_eq!(house.state(kept), ItemState::Queued);
    assert_eq!(house.state(next), ItemState::Queued);
    is_open.store(1, Ordering::SeqCst);
    house.clock.set(NOW + 3_600_000);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (2, 0));
}

#[tokio::test]
async fn m7_2_retry_by_hand_asks_at_once() {
    let (fake, seats) = one_at_a_time();
    seats.store(0, Ordering::SeqCst);
    let mut house = House::new();
    let id = house.queue(&to_ten("now"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    house.outbox.retry(id, &house.clock).unwrap();
    assert_eq!(house.outbox.item(id).unwrap().unwrap().waiting, None);
    seats.store(1, Ordering::SeqCst);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (1, 0));
}

#[tokio::test]
async fn m7_2_clock_set_back_does_not_hold_an_item_for_years() {
    let (fake, seats) = one_at_a_time();
    seats.store(0, Ordering::SeqCst);
    let mut house = House::new();
    house.queue(&to_ten("now"));
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    seats.store(1, Ordering::SeqCst);
    house.clock.set(NOW - 86_400_000 * 365);
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (1, 0));
}
