// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reports: first, and forgotten once they are sent.

use super::*;
use crate::PostId;
use crate::client::testing::server::{Fake, json};

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

/// Counts how often a text stands in the files of a folder.
fn times_in(folder: &std::path::Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    let bytes = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    bytes
        .map(|bytes| {
            let windows = bytes.windows(text.len());
            windows.filter(|window| *window == text.as_bytes()).count()
        })
        .sum()
}

/// Twenty a day: the next one waits for the day after, and leaves nothing either.
#[tokio::test]
async fn m7_2_report_over_the_limit_waits_and_leaves_no_byte() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let fake = Fake::start(move |_| {
        match asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => json(
                429,
                "retry-after: 86000\r\n",
                r#"{"status":429,"code":"too_many","title":"much","denial":"too_many_reports"}"#,
            ),
            _ => json(201, "", r#"{"post":7,"reason":"spam","received_at":5}"#),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut house = House {
        outbox: Outbox::open(&folder.path().join("replica.db")).unwrap(),
        ..House::new()
    };
    let id = house.queue(&report(7));
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.refused.len(), done.paced.len()), (0, 1));
    let kept = house.outbox.item(id).unwrap().unwrap();
    let until = kept.waiting.unwrap().until;
    assert_eq!(until, crate::Timestamp::from_millis(NOW + 86_000_000));
    assert!(times_in(folder.path(), "an advertisement") > 0);
    house.clock.set(until.millis());
    let done = house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!((done.sent.len(), done.left), (1, 0));
    assert_eq!(times_in(folder.path(), "an advertisement"), 0);
    assert_eq!(times_in(folder.path(), "too_many_reports"), 0);
}

/// What one has reported, sent or thrown away is nobody's to find on this machine: not in the file, and not in its log.
#[tokio::test]
async fn sent_and_discarded_words_leave_the_bytes_of_the_file() {
    let fake = Fake::start(|_| json(201, "", r#"{"post":7,"reason":"spam","received_at":5}"#));
    let folder = tempfile::tempdir().unwrap();
    let mut house = House {
        outbox: Outbox::open(&folder.path().join("replica.db")).unwrap(),
        ..House::new()
    };
    let times = |text: &str| times_in(folder.path(), text);
    house.queue(&report(7));
    assert!(times("an advertisement") > 0);
    house.outbox.drain(&fake.api(), &house.clock).await.unwrap();
    assert_eq!(times("an advertisement"), 0);
    let id = house.queue(&start());
    assert!(times("on a train") > 0);
    house.outbox.discard(id).unwrap();
    assert_eq!(times("on a train"), 0);
    let draft = SavedDraft {
        place: Place::Reply(TopicRef::Sent(TopicId::new(10).unwrap())),
        title: String::new(),
        category: None,
        source: "half a thought".to_owned(),
        language: None,
        tags: crate::Tags::default(),
        base: None,
        saved_at: crate::Timestamp::from_millis(NOW),
    };
    house.outbox.save_draft(&draft).unwrap();
    assert!(times("half a thought") > 0);
    house.outbox.drop_draft(&draft.place).unwrap();
    assert_eq!(times("half a thought"), 0);
}
