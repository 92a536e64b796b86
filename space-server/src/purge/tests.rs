// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::time::Duration;

use serde_json::json;
use space_core::Clock;

use super::*;
use crate::testing::{House, On, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];

fn id(post: i64) -> PostId {
    PostId::new(post).unwrap()
}

async fn delete(house: &House, who: &str, post: i64) {
    house
        .ask(who, &format!("DELETE /v1/posts/{post}"), None, None)
        .await
        .ok();
}

async fn purge(house: &House, which: Which, with_evidence: bool) -> Purged {
    let folder = house.config.data_dir.clone();
    let done = house.operator.purge(which, &folder, with_evidence, false);
    done.await.unwrap()
}

#[test]
fn pictures_are_found_in_text() {
    let hash = "a".repeat(64);
    let source =
        format!("![x](/media/{hash}.png) and https://a.example/media/{hash}.jpg. /media/no.png");
    assert_eq!(
        named(&source),
        [format!("{hash}.png"), format!("{hash}.jpg")]
    );
}

on_both_engines! {
    async fn deleted_post_keeps_no_text(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, first) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "SECRETONE").await;
        house.tell("mallory", &format!("PUT /v1/posts/{post}"), json!({"revision": 1, "source": "SECRETTWO"})).await.ok();
        let folder = house.config.data_dir.clone();
        let stands = house.operator.purge(Which::Post(id(post)), &folder, false, false).await.unwrap_err();
        assert_eq!(stands.to_string(), format!("post {post} is not deleted"));
        assert!(house.operator.purge(Which::Post(id(9)), &folder, false, false).await.is_err());
        delete(house, "mallory", post).await;
        let trial = house.operator.purge(Which::Post(id(post)), &folder, false, true).await.unwrap();
        assert_eq!((trial.posts, trial.texts), (1, 2));
        let done = purge(house, Which::Post(id(post)), false).await;
        assert_eq!((done.posts, done.texts, done.evidence), (1, 2, 0));
        // Nothing is left to erase, and what stands is untouched.
        let again = purge(house, Which::Post(id(post)), false).await;
        assert_eq!((again.posts, again.texts), (0, 0));
        assert_eq!(house.get("nobody", &format!("/v1/posts/{first}")).await.ok()["source"], "about Hello");
    }

    async fn old_deleted_posts_and_those_of_a_member_are_erased(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let old = house.reply("mallory", topic, "old").await;
        let dora = house.reply("dora", topic, "dora's").await;
        let young = house.reply("mallory", topic, "young").await;
        let stands = house.reply("mallory", topic, "stands").await;
        delete(house, "mallory", old).await;
        house.clock.pass(Duration::from_hours(240));
        delete(house, "mallory", young).await;
        delete(house, "dora", dora).await;
        let before = house.clock.now().minus(Duration::from_hours(24));
        assert_eq!(purge(house, Which::DeletedBefore(before), false).await.posts, 1);
        let mallory = Which::Member(MemberName::parse("mallory").unwrap());
        assert_eq!(purge(house, mallory, false).await.posts, 1);
        let all = Which::DeletedBefore(house.clock.now().plus(Duration::from_secs(1)));
        assert_eq!(purge(house, all, false).await.posts, 1);
        assert_eq!(house.get("nobody", &format!("/v1/posts/{stands}")).await.ok()["source"], "stands");
    }

    async fn evidence_stays_unless_asked_for(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "A threat").await;
        house.tell("dora", &format!("POST /v1/posts/{post}/report"), json!({"reason": "spam"})).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), json!({})).await.ok();
        delete(house, "bob", post).await;
        let done = purge(house, Which::Post(id(post)), false).await;
        assert_eq!((done.posts, done.texts, done.evidence_left), (1, 1, 1));
        let case = house.get("bob", "/v1/cases").await.ok()["cases"][0].clone();
        assert_eq!(case["evidence"][0]["source"], "A threat");
        // What an open case is about stays until it is decided.
        let done = purge(house, Which::Post(id(post)), true).await;
        assert_eq!((done.evidence, done.evidence_left), (0, 1));
        let log = house.operator.audit(0).await.unwrap();
        assert_eq!(log.iter().filter(|entry| entry.event == "post.purged").count(), 1);
        let decide = format!("POST /v1/cases/{}/decision", case["id"]);
        let decision = json!({"revision": case["revision"], "outcome": "agree", "hide": false});
        house.tell("bob", &decide, decision).await.ok();
        let done = purge(house, Which::Post(id(post)), true).await;
        assert_eq!((done.evidence, done.evidence_left), (1, 0));
        assert_eq!(house.get("bob", "/v1/cases").await.ok()["cases"][0]["evidence"], json!([]));
    }

    /// An outbox may repeat a command for weeks: it must not bring back what was erased.
    async fn repeated_command_does_not_post_erased_text_again(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let line = format!("POST /v1/topics/{topic}/posts");
        let says = || Some(json!({"source": "SECRET"}));
        let post = house.ask("mallory", &line, says(), Some("k1")).await.ok()["id"].as_i64().unwrap();
        delete(house, "mallory", post).await;
        purge(house, Which::Post(id(post)), false).await;
        assert_eq!(house.ask("mallory", &line, says(), Some("k1")).await.code(), "key_reused");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn picture_goes_with_the_last_text_that_names_it() {
    let house = House::new(On::Sqlite).await.unwrap();
    let folder = house.config.data_dir.clone();
    let name = media::keep_png(&folder, b"a picture").unwrap();
    let news = house.category("news", &OPEN).await;
    let (topic, _) = house.topic("charlie", news, "Hello").await;
    let text = format!("![cat](/media/{name})");
    let one = house.reply("mallory", topic, &text).await;
    let two = house.reply("dora", topic, &text).await;
    delete(&house, "mallory", one).await;
    assert_eq!(purge(&house, Which::Post(id(one)), false).await.pictures, 0);
    assert!(media::read(&folder, &name).unwrap().is_some());
    delete(&house, "dora", two).await;
    let done = purge(&house, Which::Post(id(two)), false).await;
    assert_eq!(done.pictures, 1);
    assert!(media::read(&folder, &name).unwrap().is_none());
}
