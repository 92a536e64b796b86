// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Decisions about cases: what they change, on what they rest, how they are corrected, and what stays of them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::audit::tamper;
use crate::testing::{House, Mirror, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];

/// Mallory writes something, and dora reports it; returns the post and the case.
async fn reported(house: &House, topic: i64, text: &str) -> (i64, i64) {
    let post = house.reply("mallory", topic, text).await;
    let line = format!("POST /v1/posts/{post}/report");
    house
        .tell("dora", &line, json!({"reason": "spam"}))
        .await
        .ok();
    let page = house.get("bob", "/v1/cases?state=open").await.ok();
    let cases = page["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["post"] == post).unwrap();
    (post, case["id"].as_i64().unwrap())
}

async fn start(house: &House) -> i64 {
    let news = house.category("news", &OPEN).await;
    house.topic("charlie", news, "Hello").await.0
}

fn decide(case: i64) -> String {
    format!("POST /v1/cases/{case}/decision")
}

async fn text(house: &House, post: i64) -> Value {
    house.get("nobody", &format!("/v1/posts/{post}")).await.ok()["source"].clone()
}

on_both_engines! {
    async fn m3_2_disagreeing_shows_a_hidden_post_again(house: &House) {
        let topic = start(house).await;
        let (post, case) = reported(house, topic, "a fair word").await;
        let hide = json!({"clause": "2.1", "note": "at first sight"});
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), hide).await.ok();
        assert_eq!(text(house, post).await, "");
        // Hidden meanwhile, the case has moved on: nobody undoes what they have not seen.
        let early = house.tell("alice", &decide(case), json!({"revision": 1, "outcome": "disagree"})).await;
        assert_eq!((early.status, &early.body["conflict"]["revision"]), (StatusCode::CONFLICT, &json!(2)));
        let mut dora = Mirror::fresh(house, "dora").await;
        let decided = house.tell("alice", &decide(case), json!({"revision": 2, "outcome": "disagree"})).await.ok();
        assert_eq!((&decided["is_hidden"], &decided["revision"]), (&Value::Null, &json!(3)));
        assert_eq!(text(house, post).await, "a fair word");
        dora.catch_up(house, "dora").await;
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
        // Clause, note and who hid it stay.
        let hiding = &decided["hidings"][0];
        assert_eq!(
            (&hiding["by"], &hiding["clause"], &hiding["note"], &hiding["restored_by"]),
            (&json!(house.id("bob")), &json!("2.1"), &json!("at first sight"), &json!(house.id("alice")))
        );
        // Or it stays hidden when that is said, and the answer says so.
        let (post, case) = reported(house, topic, "another word").await;
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), json!({})).await.ok();
        let keep = json!({"revision": 2, "outcome": "disagree", "keep_hidden": true});
        let decided = house.tell("alice", &decide(case), keep).await.ok();
        assert_eq!((&decided["is_hidden"], text(house, post).await), (&json!(true), json!("")));
        let (_, case) = reported(house, topic, "a third").await;
        let odd = json!({"revision": 1, "outcome": "ignore", "keep_hidden": true});
        assert_eq!(house.tell("bob", &decide(case), odd).await.code(), "invalid");
    }

    async fn decision_rests_on_a_clause_of_the_code(house: &House) {
        let topic = start(house).await;
        let (post, case) = reported(house, topic, "rude words").await;
        let hide = format!("POST /v1/posts/{post}/hide");
        let unknown = house.tell("bob", &hide, json!({"clause": "9.99"})).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let hint = unknown.body["hint"].as_str().unwrap().to_owned();
        assert!(hint.contains("2.1 to 2.10"), "{hint}");
        assert_eq!(unknown.code(), "no_such_clause");
        let agree = |clause: &str| json!({"revision": 1, "outcome": "agree", "clause": clause, "hide": true});
        let near = house.tell("bob", &decide(case), agree("2.11")).await;
        assert!(near.body["hint"].as_str().unwrap().contains("did you mean 2.10?"), "{}", near.body);
        // Nothing of it was done, and who may not decide learns nothing of clauses.
        assert_eq!(text(house, post).await, "rude words");
        assert_eq!(house.tell("dora", &hide, json!({"clause": "9.99"})).await.code(), "not_staff");
        let decided = house.tell("bob", &decide(case), agree("2.10")).await.ok();
        assert_eq!((&decided["decision"]["clause"], &decided["is_hidden"]), (&json!("2.10"), &json!(true)));
        let correct = json!({"revision": 2, "outcome": "agree", "clause": "7.1", "correct": true});
        assert_eq!(house.tell("bob", &decide(case), correct).await.code(), "no_such_clause");
    }

    async fn decision_is_corrected_and_the_earlier_one_stays(house: &House) {
        let topic = start(house).await;
        let (post, case) = reported(house, topic, "rude words").await;
        let early = json!({"revision": 1, "outcome": "ignore", "correct": true});
        assert_eq!(house.tell("bob", &decide(case), early).await.code(), "case_open");
        let agree = json!({"revision": 1, "outcome": "agree", "clause": "2.9", "note": "spam", "hide": true});
        house.tell("bob", &decide(case), agree).await.ok();
        // Another clause: the post stays hidden.
        let clause = json!({"revision": 2, "outcome": "agree", "clause": "2.1", "correct": true});
        let corrected = house.ask("alice", &decide(case), Some(clause.clone()), Some("k")).await.ok();
        assert_eq!((&corrected["decision"]["clause"], &corrected["revision"], &corrected["is_hidden"]), (&json!("2.1"), &json!(3), &json!(true)));
        let earlier = &corrected["earlier"][0];
        assert_eq!(
            (&earlier["outcome"], &earlier["clause"], &earlier["note"], &earlier["by"]),
            (&json!("agree"), &json!("2.9"), &json!("spam"), &json!(house.id("bob")))
        );
        // Sent again under its key, it is done once; from an old revision, it meets a conflict.
        assert_eq!(house.ask("alice", &decide(case), Some(clause.clone()), Some("k")).await.ok(), corrected);
        assert_eq!(house.tell("bob", &decide(case), clause).await.status, StatusCode::CONFLICT);
        // The other outcome: the post is shown again. Both stay.
        let disagree = json!({"revision": 3, "outcome": "disagree", "note": "a quotation", "correct": true});
        let corrected = house.tell("bob", &decide(case), disagree).await.ok();
        assert_eq!((corrected["earlier"].as_array().unwrap().len(), &corrected["is_hidden"]), (2, &Value::Null));
        assert_eq!(text(house, post).await, "rude words");
        let log = house.operator.audit(0).await.unwrap();
        let about: Vec<&str> = log.iter().map(|one| one.event.as_str()).filter(|word| word.starts_with("case.")).collect();
        assert_eq!(about, ["case.decided", "case.corrected", "case.corrected"]);
        assert_eq!(house.get("bob", "/v1/cases?state=open").await.ok()["open"], 0);
    }

    /// What another case decided is not undone in passing.
    async fn correction_leaves_what_another_case_hid(house: &House) {
        let topic = start(house).await;
        let (post, first) = reported(house, topic, "rude words").await;
        house.tell("bob", &decide(first), json!({"revision": 1, "outcome": "ignore"})).await.ok();
        house.clock.pass(std::time::Duration::from_hours(25));
        house.tell("dora", &format!("POST /v1/posts/{post}/report"), json!({"reason": "spam"})).await.ok();
        let page = house.get("bob", "/v1/cases?state=open").await.ok();
        let second = page["cases"][0]["id"].as_i64().unwrap();
        house.tell("bob", &decide(second), json!({"revision": 1, "outcome": "agree", "hide": true})).await.ok();
        let correct = json!({"revision": 2, "outcome": "disagree", "correct": true});
        let corrected = house.tell("alice", &decide(first), correct).await.ok();
        assert_eq!(corrected["is_hidden"], true);
        let correct = json!({"revision": 2, "outcome": "disagree", "correct": true});
        let corrected = house.tell("alice", &decide(second), correct).await.ok();
        assert_eq!(corrected["is_hidden"], Value::Null);
    }

    async fn m3_4_hiding_stays_in_the_trail_after_the_post_is_shown(house: &House) {
        let topic = start(house).await;
        let post = house.reply("mallory", topic, "rude words").await;
        let trail = format!("/v1/posts/{post}/hidings");
        assert_eq!(house.get("bob", &trail).await.ok()["hidings"], json!([]));
        for (hider, clause) in [("bob", "2.1"), ("alice", "2.9")] {
            let hide = json!({"clause": clause, "note": format!("by {hider}")});
            house.tell(hider, &format!("POST /v1/posts/{post}/hide"), hide).await.ok();
            house.clock.pass(std::time::Duration::from_mins(1));
            house.ask("alice", &format!("POST /v1/posts/{post}/restore"), None, None).await.ok();
        }
        let hidings = house.get("bob", &trail).await.ok()["hidings"].clone();
        let clauses: Vec<&str> = hidings.as_array().unwrap().iter().map(|one| one["clause"].as_str().unwrap()).collect();
        assert_eq!(clauses, ["2.1", "2.9"]);
        let first = &hidings[0];
        assert_eq!(
            (&first["by"], &first["note"], &first["restored_by"]),
            (&json!(house.id("bob")), &json!("by bob"), &json!(house.id("alice")))
        );
        assert!(first["restored_at"].as_i64() > first["hidden_at"].as_i64());
        for (who, code) in [("mallory", "not_staff"), ("dora", "not_staff"), ("nobody", "signed_out")] {
            assert_eq!(house.get(who, &trail).await.code(), code);
        }
        let own = house.reply("bob", topic, "mine").await;
        assert_eq!(house.get("bob", &format!("/v1/posts/{own}/hidings")).await.code(), "own_post");
        // It is in no feed.
        for who in ["bob", "mallory"] {
            let held = format!("{:?}", Mirror::fresh(house, who).await.held());
            assert!(!held.contains("by bob"), "{held}");
        }
    }

    /// A server of the version before, which runs beside this one for a while, notes nothing of what it hides.
    async fn hiding_by_a_former_version_is_noted_when_the_post_is_shown(house: &House) {
        let topic = start(house).await;
        let post = house.reply("mallory", topic, "rude words").await;
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), json!({"clause": "2.1"})).await.ok();
        assert!(tamper(house, "delete from hiding").await);
        house.ask("alice", &format!("POST /v1/posts/{post}/restore"), None, None).await.ok();
        let hidings = house.get("bob", &format!("/v1/posts/{post}/hidings")).await.ok()["hidings"].clone();
        assert_eq!((&hidings[0]["clause"], &hidings[0]["restored_by"]), (&json!("2.1"), &json!(house.id("alice"))));
    }
}
