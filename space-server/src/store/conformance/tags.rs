// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tags: given, changed, listed, counted, and never told of what is closed.

use std::time::Duration;

use serde_json::{Value, json};
use space_core::protocol::{Body, Kind};

use crate::testing::{House, Mirror, on_both_engines};

async fn start(house: &House, who: &str, category: i64, title: &str, tags: &[&str]) -> i64 {
    let body = json!({"category": category, "title": title, "source": "text", "tags": tags});
    house.clock.pass(Duration::from_secs(1));
    house.tell(who, "POST /v1/topics", body).await.ok()["topic"]["id"]
        .as_i64()
        .unwrap()
}

/// The ids of a list of topics, read in pages of two.
async fn listed(house: &House, who: &str, query: &str) -> Vec<i64> {
    let mut ids = Vec::new();
    let mut path = format!("/v1/topics?limit=2&{query}");
    loop {
        let page = house.get(who, &path).await.ok();
        let lines = page["topics"].as_array().unwrap();
        ids.extend(
            lines
                .iter()
                .map(|line| line["topic"]["id"].as_i64().unwrap()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/topics?limit=2&{query}&before={next}"),
            None => return ids,
        }
    }
}

/// Tags and how many topics have each, read in pages of two.
async fn counted(house: &House, who: &str) -> Vec<(String, i64)> {
    let mut tags = Vec::new();
    let mut path = "/v1/tags?limit=2".to_owned();
    loop {
        let page = house.get(who, &path).await.ok();
        let lines = page["tags"].as_array().unwrap().iter();
        tags.extend(lines.map(|line| {
            let tag = line["tag"].as_str().unwrap().to_owned();
            (tag, line["topics"].as_i64().unwrap())
        }));
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/tags?limit=2&after={next}"),
            None => return tags,
        }
    }
}

fn pairs(tags: &[(&str, i64)]) -> Vec<(String, i64)> {
    tags.iter()
        .map(|(tag, topics)| ((*tag).to_owned(), *topics))
        .collect()
}

async fn of(house: &House, topic: i64) -> Value {
    house
        .get("alice", &format!("/v1/topics/{topic}"))
        .await
        .ok()["topic"]["tags"]
        .clone()
}

on_both_engines! {
    async fn topics_are_listed_and_counted_by_tag(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let hall = house.category("hall", &["everyone read", "members start"]).await;
        let one = start(house, "charlie", news, "One", &["Wiki", "irc"]).await;
        let two = start(house, "dora", hall, "Two", &["wiki"]).await;
        let three = start(house, "dora", hall, "Three", &["wiki", "日本語"]).await;
        start(house, "dora", hall, "None", &[]).await;
        assert_eq!(of(house, one).await, json!(["irc", "wiki"]));
        assert_eq!(listed(house, "nobody", "tag=WIKI").await, [three, two, one]);
        assert_eq!(listed(house, "nobody", &format!("tag=wiki&category={hall}")).await, [three, two]);
        assert_eq!(listed(house, "nobody", "tag=%E6%97%A5%E6%9C%AC%E8%AA%9E").await, [three]);
        assert_eq!(listed(house, "nobody", "tag=unheard").await, [0; 0]);
        assert_eq!(house.get("nobody", "/v1/topics?tag=a%20b").await.code(), "invalid");
        assert_eq!(counted(house, "nobody").await, pairs(&[("irc", 1), ("wiki", 3), ("日本語", 1)]));
        // A reply brings a topic to the top, here too.
        house.clock.pass(Duration::from_secs(1));
        house.reply("charlie", one, "up").await;
        assert_eq!(listed(house, "nobody", "tag=wiki").await, [one, three, two]);
        // And so it is found in the category that it moves to.
        let line = format!("PATCH /v1/topics/{one}");
        house.tell("charlie", &line, json!({"revision": 1, "category": hall})).await.ok();
        assert_eq!(listed(house, "nobody", &format!("tag=wiki&category={hall}")).await, [one, three, two]);
        assert_eq!(listed(house, "nobody", &format!("tag=wiki&category={news}")).await, [0; 0]);
    }

    async fn tags_are_changed_by_their_author_and_by_staff(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let topic = start(house, "charlie", news, "One", &["wiki"]).await;
        let (whole, change) = (format!("PATCH /v1/topics/{topic}"), format!("PATCH /v1/topics/{topic}/tags"));
        let mut dora = Mirror::fresh(house, "dora").await;
        let set = house.tell("charlie", &whole, json!({"revision": 1, "tags": ["a", "b"]})).await.ok();
        assert_eq!((&set["tags"], &set["revision"]), (&json!(["a", "b"]), &json!(2)));
        let other = house.tell("charlie", &whole, json!({"revision": 1, "tags": ["c"]})).await;
        assert_eq!(other.code(), "conflict");
        // What says what changes needs no revision, and keeps what others did.
        let changed = house.tell("bob", &change, json!({"add": ["c"], "remove": ["a", "x"]})).await.ok();
        assert_eq!((&changed["tags"], &changed["revision"]), (&json!(["b", "c"]), &json!(3)));
        let same = house.tell("charlie", &change, json!({"add": ["c"]})).await.ok();
        assert_eq!(same["revision"], 3, "nothing has changed");
        for who in ["dora", "mallory"] {
            for (line, body) in [(&whole, json!({"revision": 3, "tags": ["z"]})), (&change, json!({"add": ["z"]}))] {
                assert_eq!(house.tell(who, line, body).await.code(), "not_author", "{who}");
            }
        }
        assert_eq!(house.tell("nobody", &change, json!({"add": ["z"]})).await.code(), "signed_out");
        for (add, code) in [
            (json!(["d", "e", "f", "g"]), "too_many_tags"),
            (json!(["this-has-21-character"]), "tag_too_long"),
        ] {
            assert_eq!(house.tell("charlie", &change, json!({"add": add})).await.code(), code);
        }
        let many: Vec<String> = (10..60).map(|n| format!("t{n}")).collect();
        assert_eq!(house.tell("charlie", &change, json!({"add": many})).await.code(), "too_many_tags");
        assert_eq!(house.tell("charlie", &change, json!({"add": ["a b"]})).await.code(), "invalid");
        assert_eq!(of(house, topic).await, json!(["b", "c"]));
        assert_eq!(counted(house, "nobody").await, pairs(&[("b", 1), ("c", 1)]));
        house.tell("charlie", &whole, json!({"revision": 3, "tags": []})).await.ok();
        assert_eq!(of(house, topic).await, json!(null));
        assert_eq!(counted(house, "nobody").await, []);
        // Followers hear of it as of any change of a topic.
        house.tell("charlie", &change, json!({"add": ["last"]})).await.ok();
        dora.catch_up(house, "dora").await;
        let (_, body) = &dora.held()[&(Kind::Topic, topic)];
        let Body::Topic(body) = body else { panic!("{body:?}") };
        assert_eq!(body.tags.joined(), "last");
        assert_eq!(dora.held(), Mirror::fresh(house, "dora").await.held());
    }

    async fn a_change_of_tags_is_done_once(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let topic = start(house, "charlie", news, "One", &[]).await;
        let line = format!("PATCH /v1/topics/{topic}/tags");
        let first = house.ask("charlie", &line, Some(json!({"add": ["a"]})), Some("key-1")).await.ok();
        house.tell("charlie", &line, json!({"remove": ["a"]})).await.ok();
        let again = house.ask("charlie", &line, Some(json!({"add": ["a"]})), Some("key-1")).await.ok();
        assert_eq!(first["tags"], json!(["a"]));
        assert_eq!(again["tags"], json!(null), "it is as it is now, and was not done again");
    }

    /// Neither a name nor a number of a closed category is told, nor that there is anything to tell.
    async fn a_tag_of_a_closed_category_is_as_if_it_were_not_there(house: &House) {
        let board = house.group("board", "dora").await;
        let hall = house.category("hall", &["everyone read", "members start"]).await;
        let closed = house.category("secret", &[&format!("group:{board} start")]).await;
        let open = start(house, "charlie", hall, "Open", &["shared"]).await;
        let inside = start(house, "dora", closed, "Inside", &["shared", "hidden"]).await;
        for who in ["nobody", "charlie", "mallory"] {
            assert_eq!(counted(house, who).await, pairs(&[("shared", 1)]), "{who}");
            assert_eq!(listed(house, who, "tag=shared").await, [open], "{who}");
            let hidden = house.get(who, "/v1/topics?tag=hidden").await;
            let unheard = house.get(who, "/v1/topics?tag=unheard").await;
            assert_eq!((hidden.status, &hidden.body), (unheard.status, &unheard.body), "{who}");
            let add = json!({"add": ["mine"]});
            let there = house.tell(who, &format!("PATCH /v1/topics/{inside}/tags"), add.clone()).await.code();
            let nowhere = house.tell(who, "PATCH /v1/topics/999999/tags", add).await.code();
            assert_eq!((there.as_str(), nowhere.as_str()), ("not_found", "not_found"), "{who}");
        }
        assert_eq!(counted(house, "dora").await, pairs(&[("hidden", 1), ("shared", 2)]));
        assert_eq!(listed(house, "dora", "tag=shared").await, [inside, open]);
        // Closing a category counts at once, before any row has moved.
        house.set_access(hall, &[&format!("group:{board} start")]).await;
        assert_eq!(counted(house, "charlie").await, []);
        assert_eq!(listed(house, "charlie", "tag=shared").await, [0; 0]);
    }
}
