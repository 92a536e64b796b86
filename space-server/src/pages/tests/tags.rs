// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pages and feeds of tags.

use std::time::Duration;

use atom_syndication::{Category, Feed, Link};
use axum::http::StatusCode;
use serde_json::json;

use super::{ask, page};
use crate::testing::{House, On, on_both_engines};

async fn start(house: &House, who: &str, category: i64, title: &str, tags: &[&str]) -> i64 {
    let body = json!({"category": category, "title": title, "source": "text", "tags": tags});
    house.clock.pass(Duration::from_secs(1));
    house.tell(who, "POST /v1/topics", body).await.ok()["topic"]["id"]
        .as_i64()
        .unwrap()
}

on_both_engines! {
    async fn a_tag_has_a_page_of_its_topics(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let hall = house.category("hall", &["everyone read", "members start"]).await;
        let one = start(house, "charlie", news, "First words", &["c++", "日本語"]).await;
        start(house, "dora", hall, "Other words", &["other"]).await;
        let two = start(house, "dora", hall, "Second words", &["c++"]).await;
        let got = page(house, "/tag/c++").await;
        got.has("Topics with the tag <bdi>c++</bdi>").has(&format!("/t/{one}")).has(&format!("/t/{two}")).has_not("Other words");
        got.has("href=\"/tag/c++/feed.atom\"").has("<bdi>news</bdi>").has("<bdi>hall</bdi>");
        // In any script, as it stands in addresses.
        let link = "<a rel=\"tag\" href=\"/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E\"><bdi>日本語</bdi></a>";
        for path in ["/", "/c/news", "/tag/c++", &format!("/t/{one}")] {
            page(house, path).await.has(link);
        }
        page(house, "/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E").await.has("First words").has_not("Second words");
        let topic = page(house, &format!("/t/{one}")).await;
        topic.has("<meta property=\"article:tag\" content=\"c++\">").has("<meta property=\"article:tag\" content=\"日本語\">");
        // However it is written, it has one address.
        let other = ask(house, "/tag/C++", &[]).await;
        assert_eq!((other.status, other.header("location")), (StatusCode::FOUND, "/tag/c++"));
        let other = ask(house, "/tag/CAF%C3%89/feed.atom", &[]).await;
        assert_eq!((other.status, other.header("location")), (StatusCode::FOUND, "/tag/caf%C3%A9/feed.atom"));
    }

    async fn the_page_of_a_tag_goes_on(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        for number in 0..35 {
            start(house, "charlie", news, &format!("Words {number}."), &["wiki"]).await;
        }
        let first = page(house, "/tag/wiki").await;
        first.has("Words 34.").has("Words 5.").has_not("Words 4.<");
        let at = first.body.find("/tag/wiki?before=").unwrap();
        let next = first.body[at..].split('"').next().unwrap().to_owned();
        page(house, &next).await.has("Words 4.<").has("Words 0.<").has_not("Words 5.<").has("noindex");
        // Behind the last there is nothing, but the tag is there.
        page(house, "/tag/wiki?before=1.1").await.has("There are no topics here yet.");
    }

    /// Neither a page nor a feed tells that a tag is in use where not everybody may read.
    async fn a_tag_of_a_closed_category_has_no_page(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let members = house.category("cellar", &["members start"]).await;
        start(house, "charlie", news, "Open words", &["shared"]).await;
        start(house, "dora", members, "Quiet words", &["shared", "quiet"]).await;
        let number = ("x-request-id", "the-same");
        let nothing = ask(house, "/t/999999", &[number]).await;
        for path in ["/tag/quiet", "/tag/unheard", "/tag/quiet/feed.atom", "/tag/quiet?before=1.1", "/tag/a%20b", "/tag/%2e%2e%2f"] {
            let got = ask(house, path, &[number]).await;
            assert_eq!((got.status, &got.body, &got.headers), (nothing.status, &nothing.body, &nothing.headers), "{path}");
        }
        for path in ["/tag/shared", "/tag/shared/feed.atom", "/", "/feed.atom", "/m/dora"] {
            ask(house, path, &[]).await.has_not("quiet").has_not("Quiet");
        }
        page(house, "/tag/shared").await.has("Open words");
        house.set_access(news, &["members start"]).await;
        assert_eq!(ask(house, "/tag/shared", &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_has_a_feed_and_entries_name_their_tags() {
    let base = "https://space.example.org";
    let house = House::with(On::Sqlite, &[("pages.base_url", base)])
        .await
        .unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    start(&house, "charlie", news, "First words", &["日本語", "irc"]).await;
    start(&house, "charlie", news, "Other words", &["other"]).await;
    let read = async |path: &str| {
        let got = ask(&house, path, &[]).await;
        assert_eq!(
            got.header("content-type"),
            "application/atom+xml; charset=utf-8"
        );
        Feed::read_from(got.body.as_bytes()).unwrap()
    };
    let of_tag = read("/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E/feed.atom").await;
    assert_eq!(of_tag.title().as_str(), "Test · 日本語");
    assert_eq!(of_tag.entries().len(), 1);
    let terms: Vec<&str> = of_tag.entries()[0]
        .categories()
        .iter()
        .map(Category::term)
        .collect();
    assert_eq!(terms, ["news", "irc", "日本語"]);
    let links: Vec<&str> = of_tag.links().iter().map(Link::href).collect();
    let path = format!("{base}/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E");
    assert_eq!(links, [format!("{path}/feed.atom"), path]);
    // An entry is the same in every feed, and every feed is another.
    let (whole, other) = (read("/feed.atom").await, read("/tag/irc/feed.atom").await);
    assert_eq!(whole.entries()[1].id(), of_tag.entries()[0].id());
    assert_eq!(other.entries()[0].id(), of_tag.entries()[0].id());
    assert_ne!(whole.id(), of_tag.id());
    assert_ne!(other.id(), of_tag.id());
}
