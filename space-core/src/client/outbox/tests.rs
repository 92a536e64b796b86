// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::client::replica::Replica;
use crate::client::testing::bodies::{post, row, small, tally, topic};
use crate::client::testing::server::{Answer, Asked, Fake, Step, json, problem, say};
use crate::client::testing::{Counting, Still};
use crate::protocol::{Body, CatchUpPlace, MarkWay, ProblemCode, StartedTopic};
use crate::text::PostSource;
use crate::{CategoryId, PostId, ReadPosition, TopicId};

const NOW: i64 = 1_700_000_000_000;

struct House {
    outbox: Outbox,
    clock: Still,
    entropy: Counting,
}

impl House {
    fn new() -> Self {
        Self {
            outbox: Outbox::open_in_memory().unwrap(),
            clock: Still::at(NOW),
            entropy: Counting::default(),
        }
    }

    fn queue(&mut self, draft: &Draft) -> LocalId {
        self.outbox
            .queue(draft, &self.clock, &self.entropy)
            .unwrap()
    }

    fn state(&self, id: LocalId) -> ItemState {
        self.outbox.item(id).unwrap().unwrap().state
    }
}

fn text(source: &str) -> PostSource {
    source.to_owned().try_into().unwrap()
}

fn start() -> Draft {
    Draft::StartTopic {
        category: CategoryId::new(1001).unwrap(),
        title: "Offline".to_owned().try_into().unwrap(),
        source: text("on a train"),
        language: None,
    }
}

fn reply(topic: TopicRef, reply_to: Option<PostRef>, source: &str) -> Draft {
    Draft::Reply {
        topic,
        reply_to,
        source: text(source),
        language: None,
    }
}

fn to_ten(source: &str) -> Draft {
    reply(TopicRef::Sent(TopicId::new(10).unwrap()), None, source)
}

fn edit(revision: i64, source: &str) -> Draft {
    Draft::EditPost {
        post: PostId::new(12).unwrap(),
        revision,
        base: Some("base".to_owned()),
        source: text(source),
    }
}

fn read(number: i64) -> Draft {
    Draft::MarkRead {
        topic: TopicId::new(10).unwrap(),
        number,
    }
}

/// A server that does each key once, and remembers what it has done.
#[derive(Default)]
struct Doer {
    done: Mutex<HashMap<String, String>>,
    count: AtomicUsize,
}

impl Doer {
    fn answer(&self, asked: &Asked) -> Answer {
        let key = asked.header("idempotency-key").unwrap().to_owned();
        let mut done = self.done.lock().unwrap();
        let body = done.entry(key).or_insert_with(|| {
            let n = i64::try_from(self.count.fetch_add(1, Ordering::SeqCst)).unwrap();
            match (asked.method.as_str(), asked.path.as_str()) {
                ("POST", "/v1/topics") => serde_json::to_string(&StartedTopic {
                    topic: topic(500, 1001, "Offline"),
                    post: post(501, 500, 1, "on a train"),
                }),
                ("PUT", "/v1/topics/10/read") => serde_json::to_string(&ReadPosition {
                    topic: TopicId::new(10).unwrap(),
                    number: 3,
                    unread: Vec::new(),
                    set_at: None,
                    read_at: crate::Timestamp::default(),
                }),
                ("PUT", _) => {
                    let mut it = post(12, 10, 2, "edited");
                    it.revision = 7;
                    serde_json::to_string(&it)
                }
                ("DELETE", _) => Ok(String::new()),
                _ => serde_json::to_string(&post(600 + n, 10, 4 + n, "reply")),
            }
            .unwrap()
        });
        json(200, "", body)
    }
}

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
    assert_eq!(house.outbox.discard(topic).unwrap(), [topic, child]);
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
        .resolve(id, conflict.revision, &text("a and b"))
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
fn unfinished_texts_are_kept_by_place() {
    let mut outbox = Outbox::open_in_memory().unwrap();
    let draft = |place, source: &str, at| SavedDraft {
        place,
        title: "T".to_owned(),
        category: CategoryId::new(4),
        source: source.to_owned(),
        language: Some("pt-BR".parse().unwrap()),
        base: Some((3, "as it was".to_owned())),
        saved_at: crate::Timestamp::from_millis(at),
    };
    let place = Place::Reply(TopicRef::Queued(LocalId(4)));
    let edit = Place::Edit(PostId::new(4).unwrap());
    outbox.save_draft(&draft(place, "half a", 1)).unwrap();
    let later = draft(place, "half a sentence", 2);
    outbox.save_draft(&later).unwrap();
    outbox.save_draft(&draft(edit, "another", 3)).unwrap();
    assert_eq!(outbox.draft(&place).unwrap(), Some(later));
    assert_eq!(outbox.drafts().unwrap()[0].source, "another");
    outbox.drop_draft(&place).unwrap();
    assert_eq!(outbox.draft(&place).unwrap(), None);
    assert_eq!(outbox.drafts().unwrap().len(), 1);
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
        .rewrite(id, &to_ten("second"), &house.clock)
        .unwrap();
    assert_eq!(house.state(id), ItemState::Queued);
    let wrong = house.outbox.rewrite(id, &start(), &house.clock);
    assert!(matches!(wrong, Err(OutboxError::OnItsWay { .. })));
}

#[test]
fn what_was_thrown_away_comes_back_as_it_was() {
    let mut house = House::new();
    let topic = house.queue(&start());
    let reply = house.queue(&reply(TopicRef::Queued(topic), None, "below"));
    let before = house.outbox.items().unwrap();
    assert_eq!(house.outbox.discard(topic).unwrap(), [topic, reply]);
    assert_eq!(house.outbox.items().unwrap(), []);
    house.outbox.restore(&before).unwrap();
    assert_eq!(house.outbox.items().unwrap(), before);
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

fn report(post: i64) -> Draft {
    Draft::Report {
        post: PostId::new(post).unwrap(),
        reason: crate::ReportReason::Spam,
        comment: Some("an advertisement".to_owned().try_into().unwrap()),
    }
}

#[tokio::test]
async fn reports_go_first_and_are_forgotten_once_they_are_sent() {
    let fake = Fake::start(|asked| {
        if asked.path.ends_with("/report") {
            json(201, "", r#"{"post":7,"reason":"spam","received_at":5}"#)
        } else {
            json(200, "", "null")
        }
    });
    let mut house = House::new();
    let delete = |post| Draft::DeletePost {
        post: PostId::new(post).unwrap(),
    };
    house.queue(&delete(3));
    let first = house.queue(&report(7));
    house.queue(&delete(4));
    let second = house.queue(&report(8));
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (4, 0));
    let paths: Vec<String> = fake.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(
        paths,
        [
            "/v1/posts/7/report",
            "/v1/posts/8/report",
            "/v1/posts/3",
            "/v1/posts/4"
        ]
    );
    for id in [first, second] {
        assert_eq!(house.outbox.item(id).unwrap(), None);
    }
    assert!(
        fake.asked()[0]
            .body
            .contains(r#""written_at":1700000000000"#)
    );
}

#[tokio::test]
async fn a_limit_to_reports_holds_nothing_else_up() {
    let limit = r#"{"status":429,"code":"too_many","title":"much","denial":"too_many_reports"}"#;
    let fake = Fake::start(move |asked| {
        if asked.path.ends_with("/report") {
            json(429, "", limit)
        } else {
            json(200, "", "null")
        }
    });
    let mut house = House::new();
    let kept = house.queue(&report(7));
    house.queue(&Draft::DeletePost {
        post: PostId::new(3).unwrap(),
    });
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.refused), (1, vec![kept]));
    assert!(matches!(house.state(kept), ItemState::Refused(_)));
    house.outbox.retry(kept, &house.clock).unwrap();
    assert_eq!(house.state(kept), ItemState::Queued);
}
