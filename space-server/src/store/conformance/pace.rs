// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast people may write, on a whole server with the limits on.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::testing::{House, On};
use crate::writer::commands::housekeeping::Tidy;

const OPEN: [&str; 2] = ["everyone read", "members start"];

/// Runs a test on both engines, with limits on and some of them set.
async fn on_each(set: &[(&'static str, &str)], body: impl AsyncFn(&House)) {
    for on in [On::Sqlite, On::Postgres] {
        let mut all = vec![("limits.enabled", "true")];
        all.extend_from_slice(set);
        if let Some(house) = House::with(on, &all).await {
            body(&house).await;
        }
    }
}

fn pass(house: &House, seconds: u64) {
    house.clock.pass(Duration::from_secs(seconds));
}

/// Says a command that is refused for its pace: the code, and how many seconds to wait.
async fn refused(house: &House, who: &str, line: &str, body: Value) -> (String, u64) {
    let (method, path) = line.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", house.token(who)))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = house.answer(request).await;
    assert_eq!(answer.status(), 429, "{line}");
    let wait = answer.headers()["retry-after"].to_str().unwrap().parse();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let problem: Value = serde_json::from_slice(&bytes.unwrap()).unwrap();
    assert_eq!(problem["code"], "too_many");
    (
        problem["denial"].as_str().unwrap().to_owned(),
        wait.unwrap(),
    )
}

fn topic(category: i64, text: &str) -> Value {
    json!({"category": category, "title": "A title", "source": text})
}

fn says(text: &str) -> Value {
    json!({"source": text})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_account_posts_at_its_pace() {
    on_each(&[], async |house| {
        let news = house.category("news", &OPEN).await;
        let start = "POST /v1/topics";
        let made = house
            .ask("charlie", start, Some(topic(news, "one")), Some("k1"))
            .await
            .ok();
        let id = made["topic"]["id"].as_i64().unwrap();
        let early = refused(house, "charlie", start, topic(news, "two")).await;
        assert_eq!(early, ("too_fast".to_owned(), 15));
        // What was done is told again at any pace.
        let again = house
            .ask("charlie", start, Some(topic(news, "one")), Some("k1"))
            .await
            .ok();
        assert_eq!(again, made);
        pass(house, 14);
        assert_eq!(
            refused(house, "charlie", start, topic(news, "two")).await.1,
            1
        );
        pass(house, 1);
        house.tell("charlie", start, topic(news, "two")).await.ok();

        let reply = format!("POST /v1/topics/{id}/posts");
        house.tell("charlie", &reply, says("me too")).await.ok();
        assert_eq!(
            refused(house, "charlie", &reply, says("more")).await,
            ("too_fast".to_owned(), 5)
        );
        house.tell("dora", &reply, says("me too")).await.ok();
        pass(house, 10);
        assert_eq!(
            refused(house, "charlie", &reply, says("me too")).await,
            ("same_text".to_owned(), 290)
        );
        let post = house
            .tell("charlie", &reply, says("something else"))
            .await
            .ok();
        // What was removed was posted all the same.
        house
            .ask(
                "charlie",
                &format!("DELETE /v1/posts/{}", post["id"]),
                None,
                None,
            )
            .await
            .ok();
        assert_eq!(
            refused(house, "charlie", &reply, says("again")).await,
            ("too_fast".to_owned(), 5)
        );
        // Staff answers for what it does.
        for text in ["a", "b", "b"] {
            house.tell("bob", &reply, says(text)).await.ok();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_topics_and_edits_of_a_day_are_counted() {
    let set = [
        ("limits.topics_per_day", "3"),
        ("limits.edits_per_day", "4"),
    ];
    on_each(&set, async |house| {
        let news = house.category("news", &OPEN).await;
        let mut made = Vec::new();
        for text in ["one", "two", "three"] {
            made.push(
                house
                    .tell("charlie", "POST /v1/topics", topic(news, text))
                    .await
                    .ok(),
            );
            pass(house, 60);
        }
        let (code, wait) = refused(house, "charlie", "POST /v1/topics", topic(news, "four")).await;
        assert_eq!((code.as_str(), wait), ("daily_limit", 86_400 - 180));

        let post = format!("PUT /v1/posts/{}", made[0]["post"]["id"]);
        let title = format!("PATCH /v1/topics/{}", made[0]["topic"]["id"]);
        let tags = format!("PATCH /v1/topics/{}/tags", made[0]["topic"]["id"]);
        house
            .tell("charlie", &post, json!({"revision": 1, "source": "better"}))
            .await
            .ok();
        house
            .tell("charlie", &title, json!({"revision": 1, "title": "Better"}))
            .await
            .ok();
        house
            .tell("charlie", &tags, json!({"add": ["fine"]}))
            .await
            .ok();
        house
            .tell("charlie", &post, json!({"revision": 2, "source": "best"}))
            .await
            .ok();
        for (line, body) in [
            (&post, json!({"revision": 3, "source": "bestest"})),
            (&title, json!({"revision": 3, "title": "Bestest"})),
            (&tags, json!({"add": ["finest"]})),
        ] {
            let (code, wait) = refused(house, "charlie", line, body).await;
            assert_eq!((code.as_str(), wait), ("daily_limit", 86_400));
        }
        pass(house, 86_400);
        house.app.writer.submit(Tidy).await.unwrap();
        house
            .tell(
                "charlie",
                &post,
                json!({"revision": 3, "source": "bestest"}),
            )
            .await
            .ok();
        house
            .tell("charlie", "POST /v1/topics", topic(news, "four"))
            .await
            .ok();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_members_at_one_address_are_counted_together() {
    on_each(&[("limits.address_posts_per_minute", "3")], async |house| {
        let news = house.category("news", &OPEN).await;
        let made = house
            .tell("charlie", "POST /v1/topics", topic(news, "one"))
            .await
            .ok();
        let reply = format!("POST /v1/topics/{}/posts", made["topic"]["id"]);
        house.tell("dora", &reply, says("two")).await.ok();
        house.tell("mallory", &reply, says("three")).await.ok();
        pass(house, 20);
        for who in ["charlie", "dora", "mallory"] {
            let (code, wait) = refused(house, who, &reply, says("four")).await;
            assert_eq!((code.as_str(), wait), ("crowd_limit", 40));
        }
        house.tell("bob", &reply, says("staff")).await.ok();
        pass(house, 40);
        house.tell("dora", &reply, says("four")).await.ok();
    })
    .await;
}

fn visitor(network: &str, nick: &str) -> Value {
    json!({"network": network, "remote": format!("~{nick}@host"), "name": nick})
}

async fn meet(house: &House, network: &str, nick: &str) -> i64 {
    let met = house
        .tell("rita", "PUT /v1/visitors", visitor(network, nick))
        .await
        .ok();
    let id = met["member"]["id"].as_i64().unwrap();
    let line = format!("POST /v1/visitors/{id}/acceptance");
    house.tell("rita", &line, json!({"version": 1})).await.ok();
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_visitors_are_made_at_the_pace_of_network_and_bridge() {
    let set = [
        ("limits.network_visitors_per_hour", "2"),
        ("limits.bridge_visitors_per_hour", "3"),
    ];
    on_each(&set, async |house| {
        house.bridge("rita").await;
        meet(house, "irc.one", "ann").await;
        meet(house, "irc.one", "bea").await;
        let put = "PUT /v1/visitors";
        assert_eq!(
            refused(house, "rita", put, visitor("irc.one", "cora")).await,
            ("crowd_limit".to_owned(), 3600)
        );
        // Who was met before is met again.
        house
            .tell("rita", put, visitor("irc.one", "ann"))
            .await
            .ok();
        meet(house, "irc.two", "dee").await;
        // Networks that somebody makes up do not help.
        assert_eq!(
            refused(house, "rita", put, visitor("irc.three", "eve")).await,
            ("crowd_limit".to_owned(), 3600)
        );
        pass(house, 3600);
        meet(house, "irc.three", "eve").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_visitors_post_and_report_at_the_pace_of_network() {
    let set = [
        ("limits.network_posts_per_minute", "2"),
        ("limits.network_reports_per_hour", "2"),
        ("limits.bridge_posts_per_minute", "3"),
        ("limits.address_posts_per_minute", "1"),
    ];
    on_each(&set, async |house| {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (id, post) = house.topic("alice", news, "Hello").await;
        let mut met = Vec::new();
        for nick in ["ann", "bea", "cora"] {
            met.push(meet(house, "irc.one", nick).await);
        }
        met.push(meet(house, "irc.two", "dee").await);
        met.push(meet(house, "irc.three", "eve").await);
        let line = format!("POST /v1/topics/{id}/posts");
        let post_as = async |at: usize, text: &str| {
            house
                .ask_for("rita", Some(met[at]), &line, Some(says(text)), None)
                .await
        };
        post_as(0, "hi").await.ok();
        post_as(1, "ho").await.ok();
        assert_eq!(post_as(2, "hu").await.code(), "crowd_limit");
        post_as(3, "from elsewhere").await.ok();
        assert_eq!(post_as(4, "from a third").await.code(), "crowd_limit");
        pass(house, 60);
        post_as(2, "hu").await.ok();

        let line = format!("POST /v1/posts/{post}/report");
        let report_as = async |at: usize| {
            let body = json!({"reason": "spam"});
            house
                .ask_for("rita", Some(met[at]), &line, Some(body), None)
                .await
        };
        report_as(0).await.ok();
        report_as(1).await.ok();
        assert_eq!(report_as(2).await.code(), "crowd_limit");
        report_as(3).await.ok();
        pass(house, 3600);
        report_as(2).await.ok();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m7_1_pace_is_off_when_configured_so() {
    for on in [On::Sqlite, On::Postgres] {
        let Some(house) = House::new(on).await else {
            continue;
        };
        let news = house.category("news", &OPEN).await;
        for _ in 0..25 {
            house
                .tell("charlie", "POST /v1/topics", topic(news, "same"))
                .await
                .ok();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m2_4_visitors_are_told_when_there_is_room_for_a_report() {
    on_each(&[], async |house| {
        house.bridge("rita").await;
        let news = house.category("news", &OPEN).await;
        let (topic, _) = house.topic("alice", news, "Hello").await;
        let ann = meet(house, "irc.one", "ann").await;
        let mut posts = Vec::new();
        for number in 0..6 {
            posts.push(house.reply("bob", topic, &format!("more {number}")).await);
        }
        let spam = || json!({"reason": "spam"});
        for post in &posts[..5] {
            let line = format!("POST /v1/posts/{post}/report");
            house
                .ask_for("rita", Some(ann), &line, Some(spam()), None)
                .await
                .ok();
        }
        pass(house, 600);
        let request = Request::builder()
            .method("POST")
            .uri(format!("/v1/posts/{}/report", posts[5]))
            .header("authorization", format!("Bearer {}", house.token("rita")))
            .header("space-acting-for", ann)
            .header("content-type", "application/json")
            .body(Body::from(spam().to_string()))
            .unwrap();
        let answer = house.answer(request).await;
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()["retry-after"], "3000");
        pass(house, 3000);
        let line = format!("POST /v1/posts/{}/report", posts[5]);
        house
            .ask_for("rita", Some(ann), &line, Some(spam()), None)
            .await
            .ok();
    })
    .await;
}
