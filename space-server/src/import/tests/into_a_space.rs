// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Imports into a space, on both engines: what arrives, and what a second, a newer and a broken import do.

use std::path::Path;

use serde_json::{Value, json};
use space_core::protocol::{Body, Kind};

use super::forum::{but, post, topic};
use crate::import::{
    Counts, FindingKind, Import, ImportError, Obstacle, Progress, Report, Written, run,
};
use crate::store::head;
use crate::testing::{House, Mirror, on_both_engines};

/// A folder of documents.
pub(super) struct Saved(tempfile::TempDir);

impl Saved {
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn new(documents: &[Value]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (at, document) in documents.iter().enumerate() {
            std::fs::write(
                folder.path().join(format!("{at}.json")),
                document.to_string(),
            )
            .unwrap();
        }
        Self(folder)
    }

    /// The same, of an archive that holds everything that the forum shows.
    pub(super) async fn import_whole(&self, house: &House) -> Report {
        let import = Import {
            is_whole: true,
            ..import(self.0.path())
        };
        run(&house.operator, &import, &Progress::hidden())
            .await
            .unwrap()
    }

    pub(super) async fn try_import(&self, house: &House) -> Result<Report, ImportError> {
        run(&house.operator, &import(self.0.path()), &Progress::hidden()).await
    }

    pub(super) async fn import(&self, house: &House) -> Report {
        self.try_import(house).await.unwrap()
    }
}

fn import(path: &Path) -> Import {
    super::import_of(path)
}

/// Two topics; the second post of the first answers the first and links forward into the second topic.
fn small() -> Vec<Value> {
    let link = "<p>See <a href=\"/t/number-2/2/1\">that</a> and <a href=\"https://forum.example/t/2\">this</a>.</p>";
    let posts = [
        post(10, 1, "ann", "2020-01-01"),
        but(
            post(11, 2, "bo", "2020-01-02"),
            json!({
                "cooked": link, "reply_to_post_number": 1, "accepted_answer": true,
                "actions_summary": [{"id": 2, "count": 3}],
            }),
        ),
        but(
            post(14, 4, "ann", "2020-01-05"),
            json!({"hidden": true, "cooked": "<p>Hidden by the community.</p>"}),
        ),
    ];
    let links =
        json!({"details": {"links": [{"url": "https://forum.example/t/x/2", "internal": true}]}});
    vec![
        but(topic(1, &posts), links),
        topic(
            2,
            &[
                post(12, 1, "bo", "2020-01-03"),
                post(13, 2, "system", "2020-01-04"),
            ],
        ),
    ]
}

async fn seq(house: &House) -> i64 {
    house
        .operator
        .store
        .read(|x| Box::pin(head::read(x)))
        .await
        .unwrap()
        .seq
}

/// Posts as anybody reads them: number, source, and who wrote it.
pub(super) async fn posts(house: &House) -> Vec<(i64, String)> {
    let mirror = Mirror::fresh(house, "nobody").await;
    let mut found: Vec<(i64, i64, String)> = mirror
        .held()
        .values()
        .filter_map(|(_, body)| match body {
            Body::Post(post) => Some((post.topic.get(), post.number, post.source.clone())),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found
        .into_iter()
        .map(|(_, number, source)| (number, source))
        .collect()
}

pub(super) async fn one<T>(house: &House, kind: Kind, find: impl Fn(&Body) -> Option<T>) -> Vec<T> {
    let mirror = Mirror::fresh(house, "nobody").await;
    mirror
        .held()
        .iter()
        .filter(|(key, _)| key.0 == kind)
        .filter_map(|(_, (_, body))| find(body))
        .collect()
}

pub(super) fn counts(topics: u64, posts: u64, members: u64, categories: u64) -> Counts {
    Counts {
        categories,
        topics,
        posts,
        members,
    }
}

pub(super) fn told(report: &Report, kind: FindingKind) -> Vec<String> {
    report
        .findings
        .iter()
        .filter(|f| f.kind == kind)
        .map(|f| format!("{}: {}", f.place, f.what))
        .collect()
}

on_both_engines! {
    async fn everything_arrives_and_a_second_run_moves_nothing(house: &House) {
        let saved = Saved::new(&small());
        let report = saved.import(house).await;
        assert_eq!(report.written, Some(Written { new: counts(2, 5, 3, 1), ..Written::default() }));
        assert_eq!((report.totals, report.is_complete), (counts(2, 5, 3, 1), true));

        let ids = one(house, Kind::Post, |body| match body {
            Body::Post(post) => Some(post.id.get()),
            _ => None,
        })
        .await;
        let topics = one(house, Kind::Topic, |body| match body {
            Body::Topic(topic) => Some(topic.clone()),
            _ => None,
        })
        .await;
        assert_eq!(topics[0].answer.map(space_core::PostId::get), Some(ids[1]));
        assert_eq!(topics[0].created_at.to_string(), "2020-01-01T00:00:00Z");
        // Links lead to what they meant, also forward.
        let want = format!("See [that](#{}) and [this](#{}).", ids[2], topics[1].id);
        assert_eq!(posts(house).await[1], (2, want));
        assert_eq!(posts(house).await[2], (4, String::new()));
        let tallies = one(house, Kind::TopicTally, |body| match body {
            Body::TopicTally(tally) => Some((tally.posts, tally.last_number, tally.likes, tally.views)),
            _ => None,
        })
        .await;
        assert_eq!(tallies, [(3, 4, 3, 7), (2, 2, 0, 7)]);

        let before = (seq(house).await, Mirror::fresh(house, "nobody").await);
        let again = saved.import(house).await;
        assert_eq!(again.written, Some(Written::default()));
        assert!(again.to_string().contains("\nnothing changed\ntopics: 2\nposts: 5\nmembers: 3"), "{again}");
        assert_eq!((seq(house).await, Mirror::fresh(house, "nobody").await.held()), (before.0, before.1.held()));
    }

    async fn a_newer_archive_brings_what_is_new_and_what_changed(house: &House) {
        Saved::new(&small()).import(house).await;
        let mut mirror = Mirror::fresh(house, "nobody").await;
        let mut documents = small();
        let stream = &mut documents[0]["post_stream"];
        stream["posts"][0] = but(post(10, 1, "ann", "2020-01-01"), json!({
            "cooked": "<p>Better words.</p>", "version": 2, "updated_at": "2020-02-01T00:00:00.000Z",
        }));
        stream["posts"][1]["actions_summary"] = json!([{"id": 2, "count": 5}]);
        stream["posts"].as_array_mut().unwrap().push(post(15, 5, "cy", "2020-02-02"));
        stream["stream"] = json!([10, 11, 14, 15]);
        documents[0]["closed"] = json!(true);
        documents[1]["views"] = json!(9);
        let newer = Saved::new(&documents);
        let report = newer.import(house).await;
        let changed = counts(2, 2, 0, 0);
        assert_eq!(report.written, Some(Written { new: counts(0, 1, 1, 0), changed, ..Written::default() }));
        assert_eq!(posts(house).await[0], (1, "Better words.".to_owned()));
        assert_eq!(posts(house).await[3].0, 5);
        let topics = one(house, Kind::Topic, |body| match body {
            Body::Topic(topic) => Some((topic.is_closed, topic.revision)),
            _ => None,
        })
        .await;
        assert_eq!(topics, [(true, 2), (false, 1)]);
        let tallies = one(house, Kind::TopicTally, |body| match body {
            Body::TopicTally(tally) => Some((tally.posts, tally.last_number, tally.likes, tally.views)),
            _ => None,
        })
        .await;
        assert_eq!(tallies, [(4, 5, 5, 7), (2, 2, 0, 9)]);
        // Whoever followed comes to the same as whoever reads from zero.
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(newer.import(house).await.written, Some(Written::default()));
    }

    async fn what_was_changed_here_is_left_alone(house: &House) {
        Saved::new(&small()).import(house).await;
        let mirror = Mirror::fresh(house, "nobody").await;
        let ids: Vec<i64> =
            mirror.held().keys().filter(|(kind, _)| *kind == Kind::Post).map(|(_, id)| *id).collect();
        let topic = mirror.held().keys().find(|(kind, _)| *kind == Kind::Topic).unwrap().1;
        let edit = json!({"source": "Moderated.", "revision": 1});
        house.ask("bob", &format!("PUT /v1/posts/{}", ids[0]), Some(edit), None).await.ok();
        house.ask("bob", &format!("DELETE /v1/posts/{}", ids[1]), None, None).await.ok();
        let mine = house.reply("charlie", topic, "Here for the first time.").await;

        // The same archive changes nothing of it.
        let same = Saved::new(&small()).import(house).await;
        assert_eq!((same.written, same.is_complete), (Some(Written::default()), true));

        // A newer one adds, finds another number for what came second, and tells what it does not take.
        let mut documents = small();
        let stream = &mut documents[0]["post_stream"];
        stream["posts"][0]["cooked"] = json!("<p>Other words.</p>");
        stream["posts"][1]["cooked"] = json!("<p>Other words.</p>");
        stream["posts"].as_array_mut().unwrap().push(post(15, 5, "cy", "2020-02-02"));
        stream["stream"] = json!([10, 11, 14, 15]);
        let report = Saved::new(&documents).import(house).await;
        assert!(!report.is_complete);
        assert_eq!(
            told(&report, FindingKind::Conflict),
            [
                "topic 1, number 1: says something else in the archive now, and was edited here",
                "topic 1, number 2: changed in the archive, and was removed here",
            ]
        );
        assert_eq!(
            told(&report, FindingKind::Renumbered),
            ["topic 1, number 5: somebody here has that number; it is 6 here"]
        );
        let shown: Vec<(i64, String)> = posts(house).await.into_iter().take(4).collect();
        assert_eq!(shown[0], (1, "Moderated.".to_owned()));
        assert_eq!(shown[2], (5, "Here for the first time.".to_owned()));
        assert_eq!(shown[3], (6, "What cy wrote in 15.".to_owned()));
        assert!(mine > ids[4]);
        let again = Saved::new(&documents).import(house).await;
        assert_eq!((again.written, again.is_complete), (Some(Written::default()), true));
    }

    async fn tags_arrive_change_and_stay_where_somebody_changed_them(house: &House) {
        let tagged = |names: &[&str], last: &str| but(
            topic(1, &[post(10, 1, "ann", "2020-01-01")]),
            json!({"tags": names, "last_posted_at": last}),
        );
        let report = Saved::new(&[tagged(&["wiki", "two words"], "2020-01-01T00:00:00.000Z")]).import(house).await;
        assert_eq!(report.written.unwrap().new.topics, 1);
        assert!(report.is_complete);
        assert_eq!(told(&report, FindingKind::Tag).len(), 1);
        let tags = async || house.get("nobody", "/v1/tags").await.ok()["tags"].clone();
        assert_eq!(tags().await, json!([{"tag": "wiki", "topics": 1}]));
        let long = "a-tag-that-no-member-could-give-to-it";
        let newer = Saved::new(&[tagged(&["irc", long], "2020-01-02T00:00:00.000Z")]);
        assert_eq!(newer.import(house).await.written.unwrap().changed.topics, 1);
        assert_eq!(newer.import(house).await.written, Some(Written::default()));
        assert_eq!(tags().await, json!([{"tag": long, "topics": 1}, {"tag": "irc", "topics": 1}]));
        let id = house.get("nobody", "/v1/topics?tag=irc").await.ok()["topics"][0]["topic"]["id"].clone();
        house.tell("bob", &format!("PATCH /v1/topics/{id}/tags"), json!({"add": ["ours"]})).await.ok();
        let newest = Saved::new(&[tagged(&["wiki"], "2020-01-03T00:00:00.000Z")]);
        let report = newest.import(house).await;
        assert_eq!(
            told(&report, FindingKind::Conflict),
            ["topic 1: has other tags in the archive now, and was tagged here"]
        );
        let kept = json!([{"tag": long, "topics": 1}, {"tag": "irc", "topics": 1}, {"tag": "ours", "topics": 1}]);
        assert_eq!(tags().await, kept);
    }

    async fn names_that_somebody_has_are_not_taken_over(house: &House) {
        let documents = [topic(1, &[
            post(10, 1, "Alice", "2020-01-01"),
            but(post(11, 2, "bo", "2020-01-02"), json!({"cooked": "<p><a class=\"mention\" href=\"/u/alice\">@Alice</a> hi</p>"})),
        ])];
        let saved = Saved::new(&documents);
        let report = saved.import(house).await;
        assert_eq!(told(&report, FindingKind::Renamed), ["Alice: is Alice-2 here"]);
        assert_eq!(posts(house).await[1].1, "@Alice-2 hi");
        let again = saved.import(house).await;
        assert_eq!(again.written, Some(Written::default()));
        assert_eq!(told(&again, FindingKind::Renamed), ["Alice: is Alice-2 here"]);
    }

    async fn a_category_for_few_is_for_staff_alone(house: &House) {
        let documents = [
            topic(1, &[post(10, 1, "ann", "2020-01-01")]),
            json!({"categories": [{"id": 10, "name": "Inner circle", "slug": "inner", "read_restricted": true}]}),
        ];
        Saved::new(&documents).import(house).await;
        assert_eq!(posts(house).await, []);
        let charlie = Mirror::fresh(house, "charlie").await;
        assert!(charlie.held().keys().all(|(kind, _)| *kind != Kind::Category && *kind != Kind::Post));
        let bob = Mirror::fresh(house, "bob").await;
        assert_eq!(bob.held().keys().filter(|(kind, _)| *kind == Kind::Post).count(), 1);
    }

    async fn what_is_hidden_in_a_newer_archive_says_nothing_here(house: &House) {
        Saved::new(&small()).import(house).await;
        let mut mirror = Mirror::fresh(house, "nobody").await;
        let id = mirror.held().keys().find(|(kind, _)| *kind == Kind::Post).unwrap().1;
        let edit = json!({"source": "Edited here.", "revision": 1});
        house.ask("bob", &format!("PUT /v1/posts/{id}"), Some(edit), None).await.ok();
        let mut documents = small();
        documents[0]["post_stream"]["posts"][0]["hidden"] = json!(true);
        let report = Saved::new(&documents).import(house).await;
        assert_eq!((report.written.unwrap().changed, report.is_complete), (counts(0, 1, 0, 0), true));
        assert!(
            told(&report, FindingKind::Hidden)
                .contains(&"topic 1, number 1: was edited here; it is hidden here too, without its text".to_owned()),
            "{report}"
        );
        assert_eq!(posts(house).await[0], (1, String::new()));
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
    }

    async fn what_moderators_hid_here_no_archive_shows_again(house: &House) {
        Saved::new(&small()).import(house).await;
        let mirror = Mirror::fresh(house, "nobody").await;
        let id = mirror.held().keys().find(|(kind, _)| *kind == Kind::Post).unwrap().1;
        house.tell("bob", &format!("POST /v1/posts/{id}/hide"), json!({})).await.ok();
        let mut documents = small();
        let expected = "topic 1, number 1: changed in the archive, and was hidden by moderators here; it stays as it is";
        for (views, is_hidden) in [(8, true), (9, false)] {
            documents[0]["views"] = json!(views);
            documents[0]["post_stream"]["posts"][0]["hidden"] = json!(is_hidden);
            let report = Saved::new(&documents).import(house).await;
            assert!(told(&report, FindingKind::Conflict).contains(&expected.to_owned()), "{report}");
            assert_eq!(posts(house).await[0], (1, String::new()));
        }
        let shown = house.tell("bob", &format!("POST /v1/posts/{id}/restore"), json!(null)).await.ok();
        assert_ne!(shown["source"], "");
    }

    async fn a_category_that_the_lists_do_not_name_is_for_staff_alone(house: &House) {
        let documents = [
            topic(1, &[post(10, 1, "ann", "2020-01-01")]),
            json!({"categories": [{"id": 11, "name": "Open", "slug": "open"}]}),
        ];
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(
            told(&report, FindingKind::Unlisted),
            ["category 10: is category-10 here, for staff alone"]
        );
        assert_eq!(posts(house).await, []);
    }

    async fn nothing_of_a_damaged_archive_is_written_unless_asked_for(house: &House) {
        let mut tar = tar::Builder::new(Vec::new());
        let bytes = small()[0].to_string().into_bytes();
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, "1.json", &bytes[..]).unwrap();
        let whole = zstd::encode_all(&tar.into_inner().unwrap()[..], 3).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tar.zst");
        // The end of the compression is missing, the document is not.
        std::fs::write(&path, [&whole[..], &whole[..whole.len() - 3]].concat()).unwrap();
        let before = seq(house).await;
        let mut import = import(&path);
        let report = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!((report.obstacle, report.is_complete), (Some(Obstacle::Damaged), false));
        assert_eq!(report.written, Some(Written::default()));
        assert_eq!(seq(house).await, before);
        import.salvage = true;
        let report = run(&house.operator, &import, &Progress::hidden()).await.unwrap();
        assert_eq!((report.obstacle, report.is_complete), (None, false));
        assert_eq!(report.written.unwrap().new.posts, 3);
    }

    async fn another_forum_of_the_same_name_is_refused(house: &House) {
        Saved::new(&small()).import(house).await;
        let before = seq(house).await;
        let documents = [topic(1, &[post(10, 1, "zoe", "2011-01-01")]), topic(2, &[post(12, 1, "zoe", "2011-01-02")])];
        let error = Saved::new(&documents).try_import(house).await.unwrap_err();
        assert!(matches!(error, ImportError::OtherForum { .. }), "{error}");
        assert_eq!(seq(house).await, before);
    }
}
