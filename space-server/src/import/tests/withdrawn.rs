// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the old forum took back is withdrawn here; what was decided here stands; what is older changes nothing.

use serde_json::{Value, json};
use space_core::protocol::{Body, Kind};

use super::forum::{but, post, topic};
use super::into_a_space::{Saved, counts, one, posts, told};
use crate::import::{FindingKind, Report, Written};
use crate::testing::{House, Mirror, on_both_engines};

const CHANGED: &str = "2020-06-01T00:00:00.000Z";

/// Three topics, the first with five posts.
fn forum() -> Vec<Value> {
    let first: Vec<Value> = (1..=5)
        .map(|number| post(10 + number, number, "ann", &format!("2020-01-0{number}")))
        .collect();
    vec![
        topic(1, &first),
        topic(
            2,
            &[
                post(20, 1, "bo", "2020-01-06"),
                post(21, 2, "cy", "2020-01-07"),
            ],
        ),
        topic(3, &[post(30, 1, "cy", "2020-01-08")]),
        json!({"categories": [{"id": 10, "name": "Talk", "slug": "talk"}]}),
    ]
}

/// The same documents, each topic with more views: so they are known to be newer.
fn newer(mut documents: Vec<Value>) -> Vec<Value> {
    for document in &mut documents {
        if let Some(views) = document.get_mut("views") {
            *views = json!(views.as_i64().unwrap() + 1);
        }
    }
    documents
}

fn posts_of(documents: &mut [Value], topic: usize) -> &mut Vec<Value> {
    documents[topic]["post_stream"]["posts"]
        .as_array_mut()
        .unwrap()
}

async fn ids(house: &House, kind: Kind) -> Vec<i64> {
    let mirror = Mirror::fresh(house, "nobody").await;
    let held = mirror.held().keys();
    held.filter(|(of, _)| *of == kind)
        .map(|(_, id)| *id)
        .collect()
}

async fn tallies(house: &House) -> Vec<(i64, String)> {
    one(house, Kind::TopicTally, |body| match body {
        Body::TopicTally(tally) => Some((tally.posts, tally.last_post_at.to_string())),
        _ => None,
    })
    .await
}

fn withdrawn(report: &Report) -> (u64, u64, u64) {
    let withdrawn = report.written.unwrap().withdrawn;
    (withdrawn.categories, withdrawn.topics, withdrawn.posts)
}

on_both_engines! {
    async fn posts_taken_back_at_the_source_are_withdrawn(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let mut mirror = Mirror::fresh(house, "nobody").await;
        let before = (posts(house).await, tallies(house).await);
        let mut later = documents.clone();
        let changed = posts_of(&mut later, 0);
        changed[1]["deleted_at"] = json!(CHANGED);
        changed[2]["user_deleted"] = json!(true);
        changed[3]["post_type"] = json!(4);
        changed.pop();
        later[0]["post_stream"]["stream"] = json!([11, 12, 13, 14]);
        let later = Saved::new(&later);
        let report = later.import(house).await;
        assert_eq!(withdrawn(&report), (0, 0, 4));
        assert!(report.is_complete, "{report}");
        assert_eq!(
            told(&report, FindingKind::TakenBack),
            [
                "topic 1, number 2: was removed",
                "topic 1, number 3: was taken back by its author",
                "topic 1, number 4: was made a post for staff",
                "topic 1, post 15: is not in the list of its topic's posts",
            ]
        );
        let numbers: Vec<i64> = posts(house).await.into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 1, 2, 1]);
        assert_eq!(tallies(house).await[0], (1, "2020-01-01T00:00:00Z".to_owned()));
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());

        // Nothing of it moves again, and an archive that is not newer brings nothing of it back.
        assert_eq!(later.import(house).await.written, Some(Written::default()));
        let same_age = Saved::new(&documents).import(house).await;
        assert_eq!(told(&same_age, FindingKind::Older).len(), 4, "{same_age}");
        assert_eq!(posts(house).await.len(), 4);
        // A newer one does.
        let report = Saved::new(&newer(documents)).import(house).await;
        assert_eq!(report.written.unwrap().changed.posts, 4);
        assert_eq!((posts(house).await, tallies(house).await), before);
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
    }

    async fn topics_taken_back_at_the_source_are_for_staff(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let mut mirror = Mirror::fresh(house, "nobody").await;
        let topics = ids(house, Kind::Topic).await;
        let before = (posts(house).await, tallies(house).await);
        house.reply("charlie", topics[1], "Written here.").await;
        let mut later = documents.clone();
        later[1]["deleted_at"] = json!(CHANGED);
        later[2]["archetype"] = json!("private_message");
        let later = Saved::new(&later);
        let report = later.import(house).await;
        assert_eq!(withdrawn(&report), (0, 2, 0));
        assert_eq!(
            told(&report, FindingKind::TakenBack),
            [
                "topic 2: was removed; its 3 posts are for staff alone here",
                "topic 3: was made private; its 1 posts are for staff alone here",
            ]
        );
        assert_eq!(ids(house, Kind::Topic).await, [topics[0]]);
        assert_eq!(posts(house).await.len(), 5);
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
        let charlie = house.get("charlie", &format!("/v1/topics/{}", topics[1])).await;
        assert_eq!(charlie.status, 404);
        // Moderators read it, with what was written here.
        let bob = Mirror::fresh(house, "bob").await;
        assert_eq!(bob.held().keys().filter(|(kind, _)| *kind == Kind::Post).count(), 9);

        assert_eq!(later.import(house).await.written, Some(Written::default()));
        let same_age = Saved::new(&documents).import(house).await;
        assert_eq!(ids(house, Kind::Topic).await, [topics[0]], "{same_age}");
        assert!(told(&same_age, FindingKind::Older).iter().any(|line| line.starts_with("topic 2: ")), "{same_age}");
        Saved::new(&newer(documents)).import(house).await;
        assert_eq!(ids(house, Kind::Topic).await, topics);
        let mut after = posts(house).await;
        after.retain(|(_, source)| source != "Written here.");
        assert_eq!(after, before.0);
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
    }

    async fn archive_of_nothing_but_withdrawals_withdraws(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let gone = but(documents[2].clone(), json!({"archetype": "private_message"}));
        let report = Saved::new(&[gone]).import(house).await;
        assert_eq!(withdrawn(&report), (0, 1, 0));
        assert_eq!(ids(house, Kind::Topic).await.len(), 2);
    }

    async fn decision_made_here_outlasts_a_withdrawal(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let (topics, mine) = (ids(house, Kind::Topic).await, ids(house, Kind::Post).await);
        let edit = json!({"source": "Edited here.", "revision": 1});
        house.ask("bob", &format!("PUT /v1/posts/{}", mine[0]), Some(edit), None).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{}/hide", mine[1]), json!({})).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{}/hide", mine[2]), json!({})).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{}/restore", mine[2]), json!(null)).await.ok();
        house.ask("bob", &format!("DELETE /v1/posts/{}", mine[3]), None, None).await.ok();
        let elsewhere = house.category("elsewhere", &["everyone read"]).await;
        let moved = json!({"category": elsewhere, "revision": 1});
        house.tell("bob", &format!("PATCH /v1/topics/{}", topics[2]), moved).await.ok();
        let mut later = documents.clone();
        for post in posts_of(&mut later, 0) {
            post["deleted_at"] = json!(CHANGED);
        }
        posts_of(&mut later, 0)[4]["deleted_at"] = json!(null);
        later[2]["deleted_at"] = json!(CHANGED);
        let later = Saved::new(&later);
        let report = later.import(house).await;
        assert_eq!(
            told(&report, FindingKind::Conflict),
            [
                "topic 3: was removed; it was moved here, and stays where it is",
                "topic 1, number 1: was removed; it was edited here, and stays as it is",
                "topic 1, number 2: was removed; it was hidden by moderators here, and stays as it is",
                "topic 1, number 3: was removed; it was shown again by moderators here, and stays as it is",
            ]
        );
        assert_eq!((withdrawn(&report), report.is_complete), ((0, 0, 0), false));
        let stands = posts(house).await;
        assert_eq!(stands.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3, 5, 1, 2, 1]);
        // It is named again, as what it is.
        let report = later.import(house).await;
        assert_eq!((report.written, report.is_complete), (Some(Written::default()), true));
        assert_eq!(told(&report, FindingKind::Kept).len(), 5);
        // What was removed here no archive brings back.
        Saved::new(&newer(documents)).import(house).await;
        assert_eq!(posts(house).await, stands);
    }

    async fn hiding_here_undone_by_moderators_stands(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let id = ids(house, Kind::Post).await[0];
        house.tell("bob", &format!("POST /v1/posts/{id}/hide"), json!({})).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{id}/restore"), json!(null)).await.ok();
        let mut later = newer(documents);
        posts_of(&mut later, 0)[0]["hidden"] = json!(true);
        let report = Saved::new(&later).import(house).await;
        assert_eq!(
            told(&report, FindingKind::Conflict),
            ["topic 1, number 1: is hidden in the archive now, and was shown again by moderators here"]
        );
        assert_eq!(posts(house).await[0].1, "What ann wrote in 11.");
    }

    async fn older_archive_changes_nothing(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let mut later = documents.clone();
        posts_of(&mut later, 0)[0] = but(post(11, 1, "ann", "2020-01-01"), json!({
            "cooked": "<p>Better.</p>", "version": 2, "updated_at": CHANGED,
        }));
        // Hidden without another date: the archive as a whole is newer.
        posts_of(&mut later, 1)[0]["hidden"] = json!(true);
        later[1]["closed"] = json!(true);
        later[1]["views"] = json!(9);
        let later = Saved::new(&later);
        later.import(house).await;
        let (after, seq) = (posts(house).await, Mirror::fresh(house, "nobody").await);
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(
            told(&report, FindingKind::Older),
            [
                "topic 1, number 1: is different in a newer archive",
                "topic 2: is different in a newer archive",
                "topic 2, number 1: is different in a newer archive",
            ]
        );
        assert_eq!((report.written, report.is_complete), (Some(Written::default()), true));
        assert_eq!(posts(house).await, after);
        assert_eq!(Mirror::fresh(house, "nobody").await.held(), seq.held());
        assert_eq!(later.import(house).await.written, Some(Written::default()));
    }

    async fn older_archive_brings_no_post_that_a_newer_one_lacked(house: &House) {
        let documents = forum();
        let mut later = newer(documents.clone());
        posts_of(&mut later, 0).remove(2);
        later[0]["post_stream"]["stream"] = json!([11, 12, 14, 15]);
        Saved::new(&later).import(house).await;
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(
            told(&report, FindingKind::Older),
            ["topic 1, number 3: is there in this archive, and was not in a newer one"]
        );
        assert_eq!(posts(house).await.len(), 7);
    }

    async fn topic_moved_to_a_closed_category_is_closed(house: &House) {
        let mut documents = forum();
        documents[3] = json!({"categories": [
            {"id": 10, "name": "Talk", "slug": "talk"},
            {"id": 11, "name": "Inner", "slug": "inner", "read_restricted": true},
        ]});
        Saved::new(&documents).import(house).await;
        let mut mirror = Mirror::fresh(house, "nobody").await;
        documents[1]["category_id"] = json!(11);
        // And one post to a topic there.
        let moved = posts_of(&mut documents, 0).remove(1);
        documents[0]["post_stream"]["stream"] = json!([11, 13, 14, 15]);
        posts_of(&mut documents, 1).push(but(moved, json!({"post_number": 3})));
        documents[1]["post_stream"]["stream"] = json!([20, 21, 12]);
        let documents = newer(documents);
        let report = Saved::new(&documents).import(house).await;
        assert_eq!(
            told(&report, FindingKind::TakenBack),
            [
                "topic 1, post 12: was moved to a topic that is not for everyone",
                "topic 2: was moved to a category that is not for everyone",
            ]
        );
        assert_eq!(withdrawn(&report), (0, 1, 1));
        assert_eq!(posts(house).await.len(), 5);
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(Saved::new(&documents).import(house).await.written, Some(Written::default()));
    }

    async fn category_closed_at_the_source_is_closed(house: &House) {
        let mut documents = forum();
        Saved::new(&documents).import(house).await;
        documents[3]["categories"][0]["read_restricted"] = json!(true);
        let closed = Saved::new(&documents);
        let report = closed.import(house).await;
        assert_eq!(withdrawn(&report), (1, 0, 0));
        assert_eq!(posts(house).await, []);
        assert_eq!(closed.import(house).await.written, Some(Written::default()));
        // Opened here, it stays open.
        let category = ids_of_bob(house, Kind::Category).await.pop().unwrap();
        house.set_access(category, &["everyone read"]).await;
        house.do_chores().await;
        assert_eq!(closed.import(house).await.written, Some(Written::default()));
        assert_eq!(posts(house).await.len(), 8);
    }

    async fn topic_that_an_archive_does_not_mention_stays(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let part = Saved::new(&documents[..1]);
        let report = part.import(house).await;
        assert_eq!((report.written, report.is_complete), (Some(Written::default()), true));
        assert_eq!(told(&report, FindingKind::Absent), ["topics: 2 of 3: 2, 3"]);
        let report = part.import_whole(house).await;
        assert_eq!(withdrawn(&report), (0, 2, 0));
        assert_eq!(
            told(&report, FindingKind::TakenBack)[0],
            "topic 2: is not in the archive, which is whole; its 2 posts are for staff alone here"
        );
        assert_eq!(ids(house, Kind::Topic).await.len(), 1);
    }

    async fn archive_with_damage_is_not_taken_to_be_whole(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let mut part = documents[..1].to_vec();
        part.push(json!({"id": "x", "post_stream": {}}));
        let report = Saved::new(&part).import_whole(house).await;
        assert_eq!(withdrawn(&report), (0, 0, 0));
        assert_eq!(
            told(&report, FindingKind::Conflict),
            ["the archive: is not taken to be whole: parts of it could not be read"]
        );
    }

    async fn another_forum_withdraws_nothing(house: &House) {
        let documents = forum();
        Saved::new(&documents).import(house).await;
        let strange = topic(2, &[post(90, 1, "zoe", "2011-01-01")]);
        let strange = Saved::new(&[but(strange, json!({"archetype": "private_message"}))]);
        strange.try_import(house).await.unwrap_err();
        assert_eq!(ids(house, Kind::Topic).await.len(), 3);
    }
}

async fn ids_of_bob(house: &House, kind: Kind) -> Vec<i64> {
    let mirror = Mirror::fresh(house, "bob").await;
    let held = mirror.held().keys();
    held.filter(|(of, _)| *of == kind)
        .map(|(_, id)| *id)
        .collect()
}

#[test]
fn counts_of_withdrawals_stand_in_the_report() {
    let mut report = Report::new(counts(1, 2, 1, 1), Vec::new(), None);
    report.written = Some(Written {
        withdrawn: counts(2, 3, 0, 0),
        ..Written::default()
    });
    let text = report.to_string();
    assert!(
        text.contains("withdrawn: 2 topics, 3 posts, 0 members, 0 categories\n"),
        "{text}"
    );
}
