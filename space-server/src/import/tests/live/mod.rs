// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Fetching a forum from a live site that behaves well, badly, and very badly.

mod changes;
mod faults;
mod killed;
mod site;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tempfile::TempDir;

use self::site::{Fault, Site};
use crate::import::live::{ApiKey, Fetch, FetchError, Fetched, Forum, Limits, Rest, Tools, fetch};
use crate::import::{Counts, FindingKind, Progress, Report, inspect, run};
use crate::testing::{Counter, House, Mirror, StillClock, on_both_engines};

/// Waits by setting the clock on.
#[derive(Default)]
struct Waits {
    clock: Arc<StillClock>,
    times: Mutex<Vec<Duration>>,
}

impl Rest for Waits {
    fn rest(&self, time: Duration) -> BoxFuture<'_, ()> {
        self.clock.pass(time);
        self.times.lock().unwrap().push(time);
        Box::pin(std::future::ready(()))
    }
}

/// Somebody who fetches into a folder.
struct Fetcher {
    folder: TempDir,
    waits: Arc<Waits>,
    settings: Fetch,
}

impl Fetcher {
    fn of(site: &Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&site.forum, &folder.path().join("staging"));
        Self {
            folder,
            waits: Arc::default(),
            settings,
        }
    }

    async fn try_fetch(&self) -> Result<Fetched, FetchError> {
        let tools = Tools {
            clock: Arc::clone(&self.waits.clock) as _,
            entropy: Arc::new(Counter::default()),
            rest: Arc::clone(&self.waits) as _,
        };
        fetch(&self.settings, tools, &Progress::hidden()).await
    }

    async fn fetch(&self) -> Fetched {
        self.try_fetch().await.unwrap()
    }

    /// How long it waited, each time, since this was last asked.
    fn waits(&self) -> Vec<Duration> {
        std::mem::take(&mut self.waits.times.lock().unwrap())
    }

    /// What an import of the folder would bring.
    fn inspect(&self) -> Report {
        let now = space_core::Timestamp::parse_utc("2026-01-01T00:00:00Z").unwrap();
        inspect(
            &crate::import::tests::import_of(&self.settings.staging),
            now,
            &Progress::hidden(),
        )
        .unwrap()
    }

    /// Every file of topics, with what is in it.
    fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> =
            std::fs::read_dir(self.settings.staging.join("topics"))
                .unwrap()
                .map(|entry| entry.unwrap())
                .map(|entry| {
                    let text = std::fs::read_to_string(entry.path()).unwrap();
                    (entry.file_name().into_string().unwrap(), text)
                })
                .collect();
        files.sort();
        files
    }
}

fn settings(forum: &Forum, staging: &Path) -> Fetch {
    Fetch {
        forum: forum.clone(),
        staging: staging.to_owned(),
        interval: Duration::ZERO,
        key: None,
        contact: None,
        everything: false,
        limits: Limits {
            connect: Duration::from_secs(5),
            idle: Duration::from_millis(300),
            whole: Duration::from_secs(20),
            body_bytes: 1 << 20,
        },
    }
}

fn told(outcome: &Fetched, kind: FindingKind) -> Vec<String> {
    outcome
        .findings()
        .iter()
        .filter(|finding| finding.kind == kind)
        .map(|finding| format!("{}: {}", finding.place, finding.what))
        .collect()
}

fn numbers(outcome: &Fetched) -> [u64; 6] {
    [
        outcome.listed,
        outcome.fetched,
        outcome.unchanged,
        outcome.gone,
        outcome.closed,
        outcome.failed,
    ]
}

#[tokio::test]
async fn every_topic_comes_whole_and_in_order() {
    let site = Site::open(&[1, 20, 21, 65, 3, 2, 1]).await;
    let fetcher = Fetcher::of(&site);
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [7, 7, 0, 0, 0, 0]);
    assert!(outcome.is_complete());
    assert_eq!(outcome.requests, site.paths().len() as u64);
    let report = fetcher.inspect();
    assert_eq!(report.findings, []);
    assert_eq!((report.totals.topics, report.totals.posts), (7, 113));
    let long: serde_json::Value = serde_json::from_str(&fetcher.files()[3].1).unwrap();
    let numbers: Vec<i64> = long["post_stream"]["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| post["post_number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=65).collect::<Vec<_>>());
}

#[tokio::test]
async fn requests_keep_the_pace_that_was_asked_for() {
    let site = Site::open(&[1, 1]).await;
    let mut fetcher = Fetcher::of(&site);
    fetcher.settings.interval = Duration::from_secs(2);
    let outcome = fetcher.fetch().await;
    // The first at once, each other two seconds after the one before.
    let want = vec![Duration::from_secs(2); usize::try_from(outcome.requests).unwrap() - 1];
    assert_eq!(fetcher.waits(), want);
}

#[tokio::test]
async fn it_says_who_asks_and_sends_no_key_that_it_has_not() {
    let site = Site::open(&[1]).await;
    let mut fetcher = Fetcher::of(&site);
    fetcher.settings.contact = Some("alice@example.org".to_owned());
    fetcher.fetch().await;
    for asked in &site.shown().asked {
        let agent = asked.headers["user-agent"].to_str().unwrap();
        assert!(agent.starts_with("space-server/"), "{agent}");
        assert!(agent.ends_with("alice@example.org)"), "{agent}");
        assert!(!asked.headers.contains_key("api-key"));
        assert!(!asked.headers.contains_key("user-api-key"));
    }
}

#[tokio::test]
async fn a_key_opens_what_is_closed() {
    let site = Site::open(&[1, 2, 3]).await;
    {
        let mut shown = site.shown();
        let closed = serde_json::json!({"id": 11, "name": "Staff", "slug": "staff", "read_restricted": true});
        shown.categories.push(closed);
        shown.topics.get_mut(&2).unwrap()["category_id"] = 11.into();
        shown.closed.insert(11);
    }
    let mut fetcher = Fetcher::of(&site);
    assert_eq!(numbers(&fetcher.fetch().await), [2, 2, 0, 0, 0, 0]);
    fetcher.settings.key = ApiKey::new("s3cret", Some("system"));
    assert_eq!(numbers(&fetcher.fetch().await), [3, 1, 2, 0, 0, 0]);
    // Without the key it is not shown again, and what was outcome with it is not left behind.
    fetcher.settings.key = None;
    let outcome = fetcher.fetch().await;
    assert_eq!(numbers(&outcome), [2, 0, 2, 0, 1, 0]);
    assert_eq!(fetcher.files().len(), 2);
    let debug = format!("{:?}", fetcher.settings);
    assert!(!debug.contains("s3cret"), "{debug}");
}

#[tokio::test]
async fn a_key_is_not_sent_over_plain_http() {
    let site = Site::open(&[1]).await;
    let mut fetcher = Fetcher::of(&site);
    fetcher.settings.forum = Forum::parse("http://forum.example").unwrap();
    fetcher.settings.key = ApiKey::new("s3cret", None);
    let error = fetcher.try_fetch().await.unwrap_err();
    assert!(matches!(error, FetchError::PlainKey { .. }), "{error:?}");
    assert!(!fetcher.folder.path().join("staging").exists());
}

#[tokio::test]
async fn topics_that_the_latest_leave_out_are_found_in_their_category() {
    let site = Site::open(&[1, 1, 1, 1, 1, 1]).await;
    {
        let mut shown = site.shown();
        let aside =
            serde_json::json!({"id": 11, "name": "Events", "slug": "events", "topic_count": 5});
        shown.categories.push(aside);
        shown.aside.insert(11);
        for id in 2..=6 {
            shown.topics.get_mut(&id).unwrap()["category_id"] = 11.into();
        }
    }
    let outcome = Fetcher::of(&site).fetch().await;
    assert_eq!(numbers(&outcome), [6, 6, 0, 0, 0, 0]);
    assert!(outcome.is_complete());
}

on_both_engines! {
    async fn a_live_forum_is_brought_in_and_links_within_it_follow(house: &House) {
        let site = Site::open(&[25, 2]).await;
        let link = format!("<p>See <a href=\"{}t/topic-number-2/2/2\">that</a>.</p>", site.forum);
        site.shown().topics.get_mut(&1).unwrap()["post_stream"]["posts"][0]["cooked"] = link.into();
        let fetcher = Fetcher::of(&site);
        fetcher.fetch().await;
        let import = crate::import::tests::import_of(&fetcher.settings.staging);
        let report = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(report.findings, []);
        let new = report.written.unwrap().new;
        assert_eq!((new.topics, new.posts), (2, 27));
        let mirror = Mirror::fresh(house, "nobody").await;
        let sources: Vec<String> = mirror
            .held()
            .values()
            .filter_map(|(_, body)| match body {
                space_core::protocol::Body::Post(post) => Some(post.source.clone()),
                _ => None,
            })
            .collect();
        assert!(sources.iter().any(|source| source.starts_with("See [that](#")), "{sources:?}");

        // Fetched and imported again, nothing changes but what changed there.
        let again = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(again.written.unwrap().new, Counts::default());
        site.shown().add_post(2, 3);
        assert_eq!(numbers(&fetcher.fetch().await), [2, 1, 1, 0, 0, 0]);
        let newer = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(newer.written.unwrap().new.posts, 1);
    }

    async fn topic_gone_from_a_live_forum_is_withdrawn(house: &House) {
        let site = Site::open(&[1, 2, 2]).await;
        let fetcher = Fetcher::of(&site);
        fetcher.fetch().await;
        let import = crate::import::tests::import_of(&fetcher.settings.staging);
        run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        let topic = site.shown().topics.remove(&2).unwrap();
        fetcher.fetch().await;
        let report = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(report.written.unwrap().withdrawn.topics, 1, "{report}");
        assert!(report.to_string().contains("topic 2: was removed; its 2 posts are for staff alone here"), "{report}");
        // Later fetches keep it in mind, and it comes back when it is there again.
        fetcher.fetch().await;
        let again = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(again.written, Some(crate::import::Written::default()));
        let later = but_later(topic);
        site.shown().topics.insert(2, later);
        fetcher.fetch().await;
        let back = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!(back.written.unwrap().changed.topics, 1, "{back}");
        let mirror = Mirror::fresh(house, "nobody").await;
        let topics = mirror.held().keys().filter(|(kind, _)| *kind == space_core::protocol::Kind::Topic);
        assert_eq!(topics.count(), 3);
    }
}

/// The topic with more views.
fn but_later(mut topic: serde_json::Value) -> serde_json::Value {
    topic["views"] = serde_json::json!(topic["views"].as_i64().unwrap_or(0) + 100);
    topic
}
