// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was taken away is in no byte of the files, and what was moved is there once: looked at in the files themselves.

use std::path::Path;

use serde_json::json;

use super::Engine;
use crate::testing::{House, On};

/// How often a word is in the files of a database, after its log was cut off.
fn count(house: &House, word: &str) -> usize {
    let Engine::Sqlite(sqlite) = house.app.store.engine() else {
        panic!("there are no files");
    };
    assert!(sqlite.cut_log().unwrap());
    let of = |name: &str| {
        let bytes = std::fs::read(Path::new(&house.config.data_dir).join(name)).unwrap_or_default();
        let word = word.as_bytes();
        bytes
            .windows(word.len())
            .filter(|window| *window == word)
            .count()
    };
    of("space.db") + of("space.db-wal") + of("space.db-journal")
}

/// A text of which every page of the file that it takes has the word.
fn long(word: &str) -> String {
    format!("{word} ").repeat(2_000)
}

/// Thirty posts with a word each, and one of two thousand, a few of which are cut by the end of a page.
fn is_once(house: &House) {
    assert_eq!(count(house, "XYLOPHONE"), 30);
    let long = count(house, "ZITHER");
    assert!((1_900..=2_000).contains(&long), "{long}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_text_is_in_the_files_once() {
    let house = House::new(On::Sqlite).await.unwrap();
    let hall = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", hall, "Topic").await;
    let mut posts = Vec::new();
    for number in 0..30 {
        let short = house
            .reply("dora", topic, &format!("XYLOPHONE{number:02}"))
            .await;
        posts.push(short);
        house
            .reply("dora", topic, &format!("between {number}"))
            .await;
    }
    let large = house.reply("dora", topic, &long("ZITHER")).await;
    is_once(&house);
    for post in posts.iter().chain([&large]) {
        let hide = format!("POST /v1/posts/{post}/hide");
        house.tell("bob", &hide, json!({})).await.ok();
    }
    is_once(&house);
    for post in posts.iter().chain([&large]) {
        let restore = format!("POST /v1/posts/{post}/restore");
        house.ask("bob", &restore, None, None).await.ok();
    }
    is_once(&house);
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_token_and_removed_note_are_in_no_byte() {
    let house = House::new(On::Sqlite).await.unwrap();
    let hall = house.category("hall", &["everyone start"]).await;
    let (topic, _) = house.topic("alice", hall, "Topic").await;
    let mut tokens = Vec::new();
    for number in 0..20 {
        let body = json!({"label": format!("XYLOPHONE{number:02}"), "capabilities": "read"});
        let made = house.tell("dora", "POST /v1/tokens", body).await.ok();
        tokens.push(made["id"].as_i64().unwrap());
    }
    let note = json!({"note": "ZITHER"});
    let mark = format!("/v1/bookmarks/{topic}");
    house.tell("dora", &format!("PUT {mark}"), note).await.ok();
    assert_eq!(
        (count(&house, "XYLOPHONE"), count(&house, "ZITHER")),
        (20, 1)
    );
    for token in tokens {
        let line = format!("DELETE /v1/tokens/{token}");
        house.ask("dora", &line, None, None).await.ok();
    }
    let line = format!("DELETE {mark}");
    house.ask("dora", &line, None, None).await.ok();
    assert_eq!(
        (count(&house, "XYLOPHONE"), count(&house, "ZITHER")),
        (0, 0)
    );
}
