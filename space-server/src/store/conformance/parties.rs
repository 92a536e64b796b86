// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is party to a case, and what an author may do with a hidden post.

use serde_json::{Value, json};

use crate::testing::{House, on_both_engines};

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
}
