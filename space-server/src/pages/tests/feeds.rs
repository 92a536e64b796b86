// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Feeds, read by a library that others use.

use std::collections::BTreeSet;
use std::time::Duration;

use atom_syndication::{Entry, Feed, Link};
use serde_json::json;

use super::{alter, ask, page};
use crate::testing::{House, On};

const BASE: &str = "https://space.example.org";

async fn house() -> (House, i64) {
    let house = House::with(On::Sqlite, &[("pages.base_url", BASE)])
        .await
        .unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    (house, news)
}

/// Reads a feed, and checks what RFC 4287 asks of every one.
async fn feed(house: &House, path: &str) -> Feed {
    let got = ask(house, path, &[]).await;
    assert_eq!(
        got.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let feed = Feed::read_from(got.body.as_bytes()).unwrap();
    let ids: BTreeSet<&str> = feed.entries().iter().map(Entry::id).collect();
    assert_eq!(ids.len(), feed.entries().len());
    assert!(!ids.contains(feed.id()));
    assert!(!feed.authors().is_empty());
    let one = |rel: &str| {
        let links = feed.links().iter().filter(|link| link.rel() == rel);
        let links: Vec<&str> = links.map(Link::href).collect();
        assert_eq!(links.len(), 1, "{rel}");
        links[0].to_owned()
    };
    assert_eq!(one("self"), format!("{BASE}{path}"));
    assert!(one("alternate").starts_with(BASE));
    for entry in feed.entries() {
        assert!(entry.id().starts_with("urn:uuid:"));
        assert!(entry.updated() >= entry.published().unwrap());
        assert!(feed.updated() >= entry.updated());
        assert!(entry.links()[0].href().starts_with(BASE));
        assert_eq!(entry.content().unwrap().content_type(), Some("html"));
    }
    feed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_has_the_latest_topics_with_their_first_posts() {
    let (house, news) = house().await;
    let mut topics = Vec::new();
    for title in ["One <b> & two", "Three"] {
        house.clock.pass(Duration::from_secs(1));
        topics.push(house.topic("charlie", news, title).await.0);
    }
    house.clock.pass(Duration::from_secs(1));
    // An answer makes nothing new in it.
    house.reply("dora", topics[0], "an answer").await;
    for path in ["/feed.atom", "/c/news/feed.atom"] {
        let feed = feed(&house, path).await;
        let titles: Vec<&str> = feed
            .entries()
            .iter()
            .map(|entry| entry.title().as_str())
            .collect();
        assert_eq!(titles, ["Three", "One <b> & two"]);
        let last = &feed.entries()[1];
        assert_eq!(last.links()[0].href(), format!("{BASE}/t/{}", topics[0]));
        assert_eq!(last.authors()[0].name(), "charlie");
        assert_eq!(
            last.authors()[0].uri(),
            Some("https://space.example.org/m/charlie")
        );
        assert_eq!(last.categories()[0].term(), "news");
        // The text of an entry is HTML: what the post says is escaped in it.
        assert_eq!(
            last.content().unwrap().value().unwrap().trim(),
            "<p dir=\"auto\">about One &lt;b&gt; &amp; two</p>"
        );
    }
    page(&house, "/").await.has(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Test\" href=\"/feed.atom\">",
    );
    page(&house, "/c/news")
        .await
        .has("href=\"/c/news/feed.atom\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_has_a_feed_of_its_posts() {
    let (house, news) = house().await;
    let (topic, first) = house.topic("charlie", news, "Words").await;
    let source = "the [spoiler]butler[/spoiler] [here](/c/news) ![](https://e.example/x.png)[^1]\n\n[^1]: note";
    let line = format!("POST /v1/topics/{topic}/posts");
    let body = json!({"source": source, "reply_to": first, "language": "pt-BR"});
    let reply = house.tell("dora", &line, body).await.ok()["id"].clone();
    let path = format!("/t/{topic}/feed.atom");
    ask(&house, &path, &[])
        .await
        .has("<entry xml:lang=\"pt-BR\">");
    let before = feed(&house, &path).await;
    assert_eq!(before.entries().len(), 2);
    let entry = &before.entries()[0];
    assert_eq!(entry.links()[0].href(), format!("{BASE}/p/{reply}"));
    let html = entry.content().unwrap().value().unwrap();
    assert!(
        !html.contains("butler") && html.contains("[Spoiler]"),
        "{html}"
    );
    assert!(
        html.contains("<a href=\"https://space.example.org/c/news\">here</a>"),
        "{html}"
    );
    assert!(
        !html.contains("<img") && !html.contains("href=\"#"),
        "{html}"
    );
    let answers = &entry.extensions()["thr"]["in-reply-to"][0];
    assert_eq!(answers.attrs()["ref"], before.entries()[1].id());
    page(&house, &format!("/t/{topic}"))
        .await
        .has(&format!("href=\"{path}\""));

    // An edit keeps the id and moves the time.
    house.clock.pass(Duration::from_mins(1));
    let line = format!("PUT /v1/posts/{reply}");
    let body = json!({"revision": 1, "source": "the gardener"});
    house.tell("dora", &line, body).await.ok();
    let after = feed(&house, &path).await;
    assert_eq!(after.entries()[0].id(), entry.id());
    assert!(after.entries()[0].updated() > entry.updated());
    assert!(after.updated() > before.updated());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_breaks_the_xml() {
    let (house, news) = house().await;
    let (topic, _) = house.topic("charlie", news, "]]> & <![CDATA[").await;
    alter(
        &house,
        "update member set display_name = '\u{fffe}\u{ffff}</name>&'",
    );
    alter(&house, "update category set name = '\u{fffe}\"/>'");
    alter(
        &house,
        "update space set name = '\u{ffff}<x>', about = '\u{fffe}<y>'",
    );
    for path in [
        "/feed.atom",
        "/c/news/feed.atom",
        &format!("/t/{topic}/feed.atom"),
    ] {
        let feed = feed(&house, path).await;
        assert_eq!(feed.entries().len(), 1);
        assert_eq!(feed.entries()[0].authors()[0].name(), "charlie (</name>&)");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_topic_has_its_newest_posts_in_its_feed() {
    let (house, news) = house().await;
    let (topic, _) = house.topic("charlie", news, "Words").await;
    for number in 2..=35 {
        house.reply("dora", topic, &format!("words {number}")).await;
    }
    let feed = feed(&house, &format!("/t/{topic}/feed.atom")).await;
    assert_eq!(feed.entries().len(), 30);
    assert!(feed.entries()[0].title().as_str().ends_with("Post 35"));
    assert!(feed.entries()[29].title().as_str().ends_with("Post 6"));
}
