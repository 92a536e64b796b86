// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who is party to a case, and what an author may do with a hidden post.

use serde_json::{Value, json};
use space_core::Role;
use space_core::protocol::Kind;
use space_core::text::MemberName;

use crate::testing::{House, Mirror, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];

/// Gives or takes a role.
async fn role(house: &House, who: &str, role: Role, holds: bool) {
    let name = MemberName::parse(who).unwrap();
    house.operator.set_role(&name, role, holds).await.unwrap();
}

async fn report(house: &House, who: &str, post: i64) -> crate::testing::Answer {
    let line = format!("POST /v1/posts/{post}/report");
    house.tell(who, &line, json!({"reason": "spam"})).await
}

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
        house.member("erin", &[Role::Moderator]).await;
        house.tell("alice", &report, json!({"reason": "spam"})).await.ok();
        assert!(cases(house, "alice").await.is_empty());
        assert_eq!(house.tell("alice", &line, decision).await.code(), "not_found");
    }

    /// The space of the README: one member owns it and moderates it alone.
    async fn m3_10_report_on_the_only_moderator_is_refused_with_the_truth(house: &House) {
        role(house, "bob", Role::Moderator, false).await;
        house.bridge("rita").await;
        role(house, "rita", Role::Moderator, true).await;
        let news = house.category("news", &OPEN).await;
        let (topic, post) = house.topic("alice", news, "Hello").await;
        let before = Mirror::fresh(house, "alice").await;
        let refused = report(house, "dora", post).await;
        assert_eq!(refused.status, axum::http::StatusCode::FORBIDDEN);
        assert!(refused.body["hint"].as_str().unwrap().contains("another moderator"), "{}", refused.body);
        assert_eq!(refused.code(), "no_moderator");
        // From a room as well; a bot on staff and a moderator who cannot sign in are nobody to read it.
        let body = json!({"network": "irc.libera", "remote": "ann", "name": "ann"});
        let ann = house.tell("rita", "PUT /v1/visitors", body).await.ok()["member"]["id"].as_i64();
        let line = format!("POST /v1/posts/{post}/report");
        let spam = || Some(json!({"reason": "spam"}));
        assert_eq!(house.ask_for("rita", ann, &line, spam(), None).await.code(), "no_moderator");
        assert_eq!(before.held(), Mirror::fresh(house, "alice").await.held());
        // What others wrote reaches alice.
        let other = house.reply("mallory", topic, "an advertisement").await;
        report(house, "dora", other).await.ok();
        assert_eq!(cases(house, "alice").await.len(), 1);
        // With another moderator, it reaches them, and alice learns nothing of it.
        role(house, "bob", Role::Moderator, true).await;
        report(house, "dora", post).await.ok();
        house.ask_for("rita", ann, &line, spam(), None).await.ok();
        let page = house.get("bob", "/v1/cases?state=open").await.ok();
        assert_eq!((page["cases"].as_array().unwrap().len(), &page["open"]), (2, &json!(2)));
        let page = house.get("alice", "/v1/cases?state=open").await.ok();
        assert_eq!((page["cases"].as_array().unwrap().len(), &page["open"]), (1, &json!(1)));
        let name = MemberName::parse("bob").unwrap();
        house.operator.block(&name, None, false).await.unwrap();
        let third = house.reply("alice", topic, "Mine").await;
        assert_eq!(report(house, "dora", third).await.code(), "no_moderator");
    }

    async fn m3_10_moderator_who_reported_decides_where_nobody_else_could(house: &House) {
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("mallory", topic, "an advertisement").await;
        report(house, "bob", post).await.ok();
        assert!(cases(house, "bob").await.is_empty());
        assert_eq!(house.get("bob", "/v1/cases").await.ok()["open"], 0);
        let seen = cases(house, "alice").await;
        let id = &seen[0]["id"];
        assert_eq!(seen[0]["is_reporter"], Value::Null);
        // Alice is no moderator any more: bob is told that it is his own report.
        role(house, "bob", Role::Owner, true).await;
        role(house, "alice", Role::Owner, false).await;
        let seen = cases(house, "bob").await;
        assert_eq!((&seen[0]["id"], &seen[0]["is_reporter"]), (id, &json!(true)));
        let case = house.get("bob", &format!("/v1/cases/{id}")).await.ok();
        assert_eq!(case, seen[0]);
        let after = house.get("bob", &format!("/v1/cases?after={id}")).await.ok();
        assert_eq!((&after["cases"], &after["open"]), (&json!([]), &json!(1)));
        let line = format!("POST /v1/cases/{id}/decision");
        let decision = json!({"revision": 1, "outcome": "agree", "hide": true});
        let decided = house.tell("bob", &line, decision).await.ok();
        assert_eq!((&decided["state"], &decided["is_reporter"]), (&json!("decided"), &json!(true)));
        // As soon as there is somebody else, it is theirs.
        role(house, "alice", Role::Moderator, true).await;
        assert!(cases(house, "bob").await.is_empty());
        let correct = json!({"revision": 2, "outcome": "disagree", "correct": true});
        assert_eq!(house.tell("bob", &line, correct.clone()).await.code(), "not_found");
        assert_eq!(house.tell("alice", &line, correct).await.ok()["is_hidden"], Value::Null);
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
