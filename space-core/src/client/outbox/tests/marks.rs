// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What one notes of one's own reading.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::client::replica::Replica;
use crate::client::testing::bodies::{row, small, tally};
use crate::client::testing::server::{Fake, json, problem};
use crate::client::testing::{Counting, Still};
use crate::protocol::{Body, CatchUpPlace, MarkWay};
use crate::{PostId, ReadPosition, TopicId};

#[test]
fn a_mark_counts_in_the_replica_until_it_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let mut outbox = Outbox::open(&path).unwrap();
    let ten = TopicId::new(10).unwrap();
    let id = outbox
        .queue(&read(3), &Still::at(NOW), &Counting::default())
        .unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(3));
    assert_eq!(replica.attention().unwrap().new, 0);
    // A position that another device wrote does not undo it while it waits.
    let other = ReadPosition {
        topic: ten,
        number: 1,
        unread: Vec::new(),
        set_at: None,
        read_at: crate::Timestamp::default(),
    };
    replica
        .apply(&[row(Body::ReadPosition(other))], None)
        .unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(3));
    replica
        .apply(&[row(Body::TopicTally(tally(10, 4, 14)))], None)
        .unwrap();
    assert_eq!(replica.attention().unwrap().unread, 1);
    outbox.discard(id).unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(1));
}

#[test]
fn marking_unread_counts_at_once_and_replaces_a_mark_that_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let mut outbox = Outbox::open(&path).unwrap();
    let ten = TopicId::new(10).unwrap();
    let mut queue = |draft: &Draft| {
        outbox
            .queue(draft, &Still::at(NOW), &Counting::default())
            .unwrap()
    };
    queue(&read(3));
    let before = replica.read_state(ten).unwrap();
    let mark = |number, mark| Draft::MarkPost {
        topic: ten,
        number,
        mark,
    };
    queue(&mark(2, PostMark::Unread));
    assert_eq!(replica.next_unread_post(ten, 0).unwrap(), Some(2));
    queue(&mark(2, PostMark::Read));
    assert_eq!(replica.next_unread_post(ten, 0).unwrap(), None);
    queue(&mark(2, PostMark::UnreadFromHere));
    assert_eq!(replica.next_unread_post(ten, 2).unwrap(), Some(3));
    queue(&Draft::RestoreRead {
        topic: ten,
        state: before.clone(),
    });
    assert_eq!(replica.read_state(ten).unwrap(), before);
    queue(&read(2));
    let items = outbox.items().unwrap();
    let [item] = &items[..] else {
        panic!("one waits: {items:?}");
    };
    let Draft::SetRead { mark, .. } = &item.draft else {
        panic!("{item:?}");
    };
    // It replaces one that had set the topic back, so it does too.
    assert_eq!((mark.number, mark.way), (3, MarkWay::Set));
    assert!(item.draft.is_silent());
}

#[tokio::test]
async fn the_servers_word_on_a_mark_counts_also_when_it_passed_the_mark_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let ten = TopicId::new(10).unwrap();
    let set_back = ReadPosition {
        topic: ten,
        number: 1,
        unread: Vec::new(),
        set_at: Some(crate::Timestamp::from_millis(NOW + 5)),
        read_at: crate::Timestamp::from_millis(NOW + 5),
    };
    let body = serde_json::to_string(&set_back).unwrap();
    let fake = Fake::start(move |_| json(200, "", &body));
    let clock = Still::at(NOW);
    let mut outbox = Outbox::open(&path).unwrap();
    outbox
        .queue(&read(3), &clock, &Counting::default())
        .unwrap();
    // Another machine has set it back since; while the mark waits, it counts here.
    replica
        .apply(&[row(Body::ReadPosition(set_back))], None)
        .unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(3));
    outbox.drain(&fake.api(), &clock).await.unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(1));
    assert!(fake.asked()[0].body.contains(r#""way":"add""#));
}

#[tokio::test]
async fn bookmarks_and_catching_up_count_at_once_and_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let (ten, twelve) = (TopicId::new(10).unwrap(), PostId::new(12));
    let clock = Still::at(NOW);
    let mut outbox = Outbox::open(&path).unwrap();
    let entropy = Counting::default();
    let put = Draft::PutBookmark {
        topic: ten,
        post: twelve,
        note: Some("again".to_owned().try_into().unwrap()),
    };
    outbox.queue(&put, &clock, &entropy).unwrap();
    assert_eq!(replica.bookmarks().unwrap().len(), 1);
    let remove = Draft::RemoveBookmark {
        topic: ten,
        post: twelve,
    };
    let gone = outbox.queue(&remove, &clock, &entropy).unwrap();
    assert_eq!(replica.bookmarks().unwrap(), []);
    outbox.discard(gone).unwrap();
    outbox.queue(&put, &clock, &entropy).unwrap();
    let undo = replica.caught_up(&[None]).unwrap();
    let places = vec![CatchUpPlace {
        category: None,
        until: crate::Timestamp::from_millis(NOW),
    }];
    assert_eq!(replica.attention().unwrap().new, 1);
    outbox
        .queue(
            &Draft::CatchUp {
                places: places.clone(),
            },
            &clock,
            &entropy,
        )
        .unwrap();
    assert_eq!(replica.attention().unwrap().new, 0);
    assert_eq!(replica.caught_up(&[None]).unwrap(), places);
    outbox
        .queue(&Draft::CatchUp { places: undo }, &clock, &entropy)
        .unwrap();
    assert_eq!(replica.attention().unwrap().new, 1);
    let fake = Fake::start(|asked| {
        let body = match asked.path.as_str() {
            "/v1/bookmarks/12" => r#"{"topic":10,"post":12,"created_at":4}"#,
            _ => r#"{"before":[{"until":0}]}"#,
        };
        json(200, "", body)
    });
    let report = outbox.drain(&fake.api(), &clock).await.unwrap();
    assert_eq!((report.sent.len(), report.left), (3, 0));
    let asked: Vec<String> = fake
        .asked()
        .into_iter()
        .map(|asked| format!("{} {}", asked.method, asked.path))
        .collect();
    assert_eq!(
        asked,
        [
            "PUT /v1/bookmarks/12",
            "PUT /v1/caught-up",
            "PUT /v1/caught-up"
        ]
    );
    assert_eq!(outbox.items().unwrap(), []);
    // The server's word comes with the feed, and takes the place of the note.
    let theirs = crate::Bookmark {
        topic: ten,
        post: twelve,
        note: None,
        created_at: crate::Timestamp::from_millis(4),
    };
    replica
        .apply(&[row(Body::Bookmark(theirs.clone()))], None)
        .unwrap();
    assert_eq!(replica.bookmark(12).unwrap(), Some(theirs));
}

#[test]
fn a_mark_that_was_thrown_away_and_came_back_counts_and_is_replaced_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let ten = TopicId::new(10).unwrap();
    let (clock, entropy) = (Still::at(NOW), Counting::default());
    let mut outbox = Outbox::open(&path).unwrap();
    let id = outbox.queue(&read(2), &clock, &entropy).unwrap();
    let before = outbox.items().unwrap();
    let thrown = outbox.discard(id).unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), None);
    outbox.restore(&thrown).unwrap();
    assert_eq!(outbox.items().unwrap(), before);
    assert_eq!(replica.read_position(ten).unwrap(), Some(2));
    // A later mark takes its place, whether it waits or was thrown away at that time.
    let later = outbox.queue(&read(3), &clock, &entropy).unwrap();
    let ids = |outbox: &Outbox| -> Vec<LocalId> {
        let items = outbox.items().unwrap();
        items.iter().map(|item| item.id).collect()
    };
    assert_eq!(ids(&outbox), [later]);
    outbox.restore(&thrown).unwrap();
    assert_eq!(ids(&outbox), [later]);
    assert_eq!(replica.read_position(ten).unwrap(), Some(3));
}

#[tokio::test]
async fn a_mark_that_is_refused_leaves_a_newer_one_that_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let mut replica = Replica::open(&path).unwrap();
    replica.apply(&small(), None).unwrap();
    let clock = Still::at(NOW);
    let until = |until| CatchUpPlace {
        category: None,
        until: crate::Timestamp::from_millis(until),
    };
    let catch_up = move |moment| Draft::CatchUp {
        places: vec![until(moment)],
    };
    let queue = move |path: &std::path::Path, draft: &Draft| {
        let mut outbox = Outbox::open(path).unwrap();
        let entropy = Counting::default();
        outbox.queue(draft, &Still::at(NOW), &entropy).unwrap();
    };
    queue(&path, &read(1));
    queue(&path, &catch_up(1));
    // While each is on its way the reader goes on; then it is refused, and what came after it cannot be sent.
    let (elsewhere, count) = (path.clone(), AtomicUsize::new(0));
    let fake = Fake::start(move |_| {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => queue(&elsewhere, &read(3)),
            1 => queue(&elsewhere, &catch_up(2)),
            _ => return problem(503, "", "unavailable"),
        }
        problem(403, "", "denied")
    });
    let mut outbox = Outbox::open(&path).unwrap();
    let report = outbox.drain(&fake.api(), &clock).await.unwrap();
    assert_eq!((report.refused.len(), report.left), (2, 2));
    let ten = TopicId::new(10).unwrap();
    assert_eq!(replica.read_position(ten).unwrap(), Some(3));
    assert_eq!(replica.caught_up(&[None]).unwrap(), [until(2)]);
}
