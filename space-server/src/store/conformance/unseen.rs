// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Outsiders see the same, byte for byte, whether anything happens in closed categories or nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use space_core::protocol::FeedLine;

use crate::store::unseen::FIRST;
use crate::testing::{House, Mirror, On, on_both_engines};

const OPEN: [&str; 2] = ["everyone read", "members start"];
const STAFF: [&str; 1] = ["staff start"];

/// Everything that somebody is answered, with all headers.
async fn seen(house: &House, who: &str) -> BTreeMap<String, String> {
    let mut paths: Vec<String> = [
        "/v1/space",
        "/v1/categories",
        "/v1/topics",
        "/v1/tags",
        "/v1/code",
        "/",
        "/feed.atom",
        "/c/news",
        "/c/later",
        "/c/news/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/tags",
    ]
    .map(str::to_owned)
    .to_vec();
    let topics = house.get("nobody", "/v1/topics?limit=200").await.ok();
    for line in topics["topics"].as_array().unwrap() {
        let id = &line["topic"]["id"];
        paths.extend([
            format!("/v1/topics/{id}"),
            format!("/t/{id}"),
            format!("/t/{id}/feed.atom"),
        ]);
    }
    let mut out = BTreeMap::new();
    for path in paths {
        let mut request = Request::builder().uri(&path);
        if who != "nobody" {
            request = request.header("authorization", format!("Bearer {}", house.token(who)));
        }
        let mut answer = house.answer(request.body(Body::empty()).unwrap()).await;
        // Chance chooses it, which counts here.
        answer.headers_mut().remove("x-request-id");
        let mut text = format!("{} {:?}\n", answer.status(), answer.headers());
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        text.push_str(&String::from_utf8_lossy(&body.unwrap()));
        out.insert(path, text);
    }
    let mut rows = String::new();
    for line in house.feed(who, "limit=10000").await.unwrap() {
        match line {
            FeedLine::Row(row) => writeln!(rows, "{row:?}").unwrap(),
            // A cursor is sealed anew each time; its length is all that can be compared.
            FeedLine::Cursor { cursor, .. } => writeln!(rows, "{}", cursor.0.len()).unwrap(),
            _ => {}
        }
    }
    out.insert("feed".to_owned(), rows);
    out
}

/// What happens in the open, and between its steps, when `is_busy`, in a closed category.
async fn story(house: &House, is_busy: bool) {
    let news = house.category("news", &OPEN).await;
    let mut vault = None;
    if is_busy {
        let body = json!({"slug": "club", "name": "Club", "is_closed": true});
        house.tell("alice", "POST /v1/groups", body).await.ok();
        vault = Some(house.category("vault", &STAFF).await);
        house.category("attic", &STAFF).await;
    }
    let (open, _) = house.topic("charlie", news, "Hello").await;
    for number in 0..3 {
        if let Some(vault) = vault {
            let (closed, _) = house.topic("bob", vault, &format!("Secret {number}")).await;
            house.reply("alice", closed, "hush").await;
        }
        house.reply("dora", open, &format!("reply {number}")).await;
        house.clock.pass(Duration::from_secs(1));
    }
    // A category that is open under one that is closed, or under none.
    let mut body = json!({"slug": "later", "name": "Later"});
    if let Some(vault) = vault {
        body["parent"] = vault.into();
    }
    let later = house.tell("alice", "POST /v1/categories", body).await.ok();
    house
        .topic("charlie", later["id"].as_i64().unwrap(), "In later")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outsiders_see_nothing_of_closed_activity() {
    for on in [On::Sqlite, On::Postgres] {
        let (Some(quiet), Some(busy)) = (House::new(on).await, House::new(on).await) else {
            continue;
        };
        story(&quiet, false).await;
        story(&busy, true).await;
        for who in ["nobody", "charlie", "mallory"] {
            let (want, got) = (seen(&quiet, who).await, seen(&busy, who).await);
            for (path, answer) in want {
                assert_eq!(got[&path], answer, "{who} {path}");
            }
        }
    }
}

on_both_engines! {
    async fn topic_that_moves_into_the_open_tells_no_count(house: &House) {
        let news = house.category("news", &OPEN).await;
        let vault = house.category("vault", &STAFF).await;
        let (moved, first) = house.topic("bob", vault, "Out soon").await;
        assert!(vault >= FIRST && moved >= FIRST && first > moved, "{vault} {moved} {first}");
        for number in 0..5 {
            house.topic("bob", vault, &format!("Secret {number}")).await;
            house.clock.pass(Duration::from_secs(1));
        }
        let reply = house.reply("bob", moved, "the last one").await;
        assert!(reply > first);
        // The number is that of the moment, whatever was written before it.
        assert_eq!(reply - FIRST, (1_600_000_005_000 - 1_577_836_800_000));
        house.tell("bob", &format!("PATCH /v1/topics/{moved}"), json!({"revision": 1, "category": news})).await.ok();
        let (_, open) = house.topic("charlie", news, "Hello").await;
        assert!(open < FIRST, "{open}");
        assert!(house.reply("charlie", moved, "welcome").await < FIRST);
    }

    /// Later posts of one category have higher numbers, so that what a mirror has told stays told.
    async fn opened_category_goes_on_with_numbers_of_the_clock(house: &House) {
        let plans = house.category("plans", &OPEN).await;
        let (topic, first) = house.topic("charlie", plans, "Plans").await;
        house.set_access(plans, &STAFF).await;
        let closed = house.reply("bob", topic, "among us").await;
        house.set_access(plans, &OPEN).await;
        house.do_chores().await;
        let open = house.reply("charlie", topic, "for all").await;
        assert!(first < FIRST && closed >= FIRST && open > closed, "{first} {closed} {open}");
        let again = Mirror::fresh(house, "nobody").await;
        assert!(again.keys().contains(&format!("post:{open}")));
    }

    async fn parent_is_named_to_those_who_read_it(house: &House) {
        let vault = house.category("vault", &STAFF).await;
        let body = json!({"slug": "desk", "name": "Desk", "parent": vault});
        let desk = house.tell("alice", "POST /v1/categories", body).await.ok()["id"].as_i64().unwrap();
        let parent = async |who: &str| -> Value {
            let all = house.get(who, "/v1/categories").await.ok();
            let desk = all.as_array().unwrap().iter().find(|it| it["id"] == desk).cloned();
            desk.unwrap()["parent"].clone()
        };
        assert_eq!(parent("nobody").await, Value::Null);
        assert_eq!(parent("charlie").await, Value::Null);
        assert_eq!(parent("bob").await, json!(vault));
        let mut mirror = Mirror::fresh(house, "charlie").await;
        let held = format!("{:?}", mirror.held());
        assert!(!held.contains(&vault.to_string()), "{held}");
        // Opened, the parent is named, and whoever follows hears of it.
        house.set_access(vault, &OPEN).await;
        mirror.catch_up(house, "charlie").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "charlie").await.held());
        assert!(format!("{:?}", mirror.held()).contains(&format!("parent: Some(CategoryId({vault}))")));
        house.set_access(vault, &STAFF).await;
        mirror.catch_up(house, "charlie").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "charlie").await.held());
    }
}
