// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is party to a case, and what an author may do with a hidden post.

use serde_json::{Value, json};
use space_core::protocol::Kind;

use crate::testing::{House, Mirror, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];

async fn cases(house: &House, who: &str) -> Vec<Value> {
    let page = house.get(who, "/v1/cases").await.ok();
    page["cases"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn m3_1_moderator_who_reported_does_not_see_the_case(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "an advertisement").await;
        let report = format!("POST /v1/posts/{post}/report");
        house.tell("bob", &report, json!({"reason": "spam"})).await.ok();
        assert!(cases(house, "bob").await.is_empty());
        assert!(house.get("bob", "/v1/cases?state=open").await.ok()["cases"].as_array().unwrap().is_empty());
        let seen = cases(house, "alice").await;
        let (id, revision) = (&seen[0]["id"], &seen[0]["revision"]);
        let decision = json!({"revision": revision, "outcome": "agree", "hide": true});
        let line = format!("POST /v1/cases/{id}/decision");
        // It is to them as a case that never was.
        let other = house.get("bob", "/v1/cases/1").await;
        let theirs = house.get("bob", &format!("/v1/cases/{id}")).await;
        assert_eq!((theirs.status, &theirs.body), (other.status, &other.body));
        assert_eq!(house.tell("bob", &line, decision.clone()).await.code(), "not_found");
        // A list goes on after it as after one that is not there.
        let after = house.get("bob", &format!("/v1/cases?after={id}")).await.ok();
        assert_eq!(after, house.get("bob", "/v1/cases?after=1").await.ok());
        // Whoever reports later is party from then on, though they saw it before.
        house.tell("alice", &report, json!({"reason": "spam"})).await.ok();
        assert!(cases(house, "alice").await.is_empty());
        assert_eq!(house.tell("alice", &line, decision).await.code(), "not_found");
    }

    async fn author_cannot_delete_hidden_post(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "rude words").await;
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), json!({"clause": "2.1"})).await.ok();
        let delete = format!("DELETE /v1/posts/{post}");
        assert_eq!(house.ask("mallory", &delete, None, None).await.code(), "post_hidden");
        let kept = house.get("alice", &format!("/v1/posts/{post}/hidden")).await.ok();
        assert_eq!((&kept["source"], &kept["clause"]), (&json!("rude words"), &json!("2.1")));
        house.ask("alice", &format!("POST /v1/posts/{post}/restore"), None, None).await.ok();
        house.ask("mallory", &delete, None, None).await.ok();
    }

    /// No answer names who wrote what is hidden, but to staff and to the author.
    async fn hidden_post_names_no_author(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (theirs, first) = house.topic("mallory", news, "Rude").await;
        let (other, _) = house.topic("charlie", news, "Kind").await;
        house.clock.pass(std::time::Duration::from_secs(5));
        let last = house.reply("mallory", other, "rude words").await;
        house.tell("mallory", &format!("PUT /v1/posts/{last}"), json!({"revision": 1, "source": "ruder"})).await.ok();
        let before = Mirror::fresh(house, "nobody").await;
        for post in [first, last] {
            house.tell("bob", &format!("POST /v1/posts/{post}/hide"), json!({})).await.ok();
        }
        let mallory = house.id("mallory");
        let names = |text: &str| text.contains(&format!(":{mallory}")) || text.contains(&format!("MemberId({mallory})"));
        let paths = [
            format!("/v1/posts/{first}"), format!("/v1/posts/{last}"), format!("/v1/topics/{theirs}"),
            format!("/v1/topics/{other}"), "/v1/topics".to_owned(), format!("/v1/topics?category={news}"),
        ];
        for path in &paths {
            for who in ["nobody", "charlie"] {
                let body = house.get(who, path).await.ok().to_string();
                assert!(!names(&body), "{who} {path} {body}");
            }
            for who in ["bob", "mallory"] {
                assert!(names(&house.get(who, path).await.ok().to_string()), "{who} {path}");
            }
        }
        let post = house.get("nobody", &format!("/v1/posts/{last}")).await.ok();
        assert_eq!((&post["author"], &post["edited_at"]), (&json!(1), &Value::Null));
        // What follows the feed meets the same as what reads it from zero.
        let fresh = Mirror::fresh(house, "nobody").await;
        let rows = |mirror: &Mirror| -> Vec<String> {
            let said = [Kind::Topic, Kind::TopicTally, Kind::Post];
            let rows = mirror.held().iter().filter(|((kind, _), _)| said.contains(kind));
            rows.map(|(_, (_, body))| format!("{body:?}")).collect()
        };
        assert!(rows(&before).iter().any(|row| names(row)));
        assert!(!rows(&fresh).iter().any(|row| names(row)), "{:?}", rows(&fresh));
        let mut followed = before;
        followed.catch_up(house, "nobody").await;
        assert_eq!(followed.held(), fresh.held());
        // Shown again, they are as they were.
        for post in [first, last] {
            house.ask("alice", &format!("POST /v1/posts/{post}/restore"), None, None).await.ok();
        }
        for path in &paths {
            assert!(names(&house.get("nobody", path).await.ok().to_string()), "{path}");
        }
        followed.catch_up(house, "nobody").await;
        assert_eq!(followed.held(), Mirror::fresh(house, "nobody").await.held());
        let kept = house.get("bob", &format!("/v1/posts/{last}/hidden")).await;
        assert_eq!(kept.code(), "not_hidden");
    }
}
