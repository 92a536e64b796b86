// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts that would become much more than they are.

use axum::http::StatusCode;
use space_core::markup::budget::{PAGE_BYTES, TEXT_BYTES};
use space_tests::html::faults;

use super::{ask, page};
use crate::testing::{House, On};

/// What stands around the texts of a page or a feed at most.
const AROUND: usize = 64 << 10;

async fn house() -> (House, i64) {
    let house = House::new(On::Sqlite).await.unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    (house, news)
}

/// Tables that lack as many cells as there may be, one after another, as long as a post may be.
fn lacking_tables() -> String {
    let (columns, rows) = (440, 594);
    let table = format!(
        "{}|\n{}|\n{}\n",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|x\n".repeat(rows)
    );
    table.repeat(9)
}

/// A text that becomes some twelve times as much.
fn items() -> String {
    "-\n".repeat(15_000)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_posts_leave_page_and_feeds_small() {
    let (house, news) = house().await;
    let (topic, first) = house.topic("charlie", news, "Tables").await;
    for source in [lacking_tables(), items()] {
        for _ in 0..12 {
            house.reply("charlie", topic, source.trim()).await;
        }
    }
    for at in 0..12 {
        let body = serde_json::json!({"category": news, "title": format!("Topic {at}"), "source": items()});
        house.tell("charlie", "POST /v1/topics", body).await.ok();
    }
    let most = PAGE_BYTES + TEXT_BYTES + AROUND;
    for path in [format!("/t/{topic}"), format!("/t/{topic}?page=2")] {
        let got = page(&house, &path).await;
        assert!(got.body.len() <= most, "{path}: {}", got.body.len());
    }
    for path in ["/feed.atom".to_owned(), format!("/t/{topic}/feed.atom")] {
        let got = ask(&house, &path, &[]).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        assert!(got.body.len() <= most, "{path}: {}", got.body.len());
        let entries = got.body.matches("<entry ").count();
        assert_eq!(entries, got.body.matches("</entry>").count());
        assert!(got.body.ends_with("</feed>") && entries > 10, "{entries}");
        let mut reader = quick_xml::Reader::from_str(&got.body);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        got.has("read the whole post");
    }
    let _ = first;
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_text_leads_to_the_whole() {
    let (house, news) = house().await;
    let (topic, _) = house.topic("charlie", news, "Items").await;
    let post = house.reply("charlie", topic, items().trim()).await;
    page(&house, &format!("/t/{topic}")).await.has(&format!(
        "<p>This text is too long to stand here in full: <a href=\"/p/{post}\">read the whole post</a>.</p>"
    ));
    // Alone there is room for all of it.
    page(&house, &format!("/p/{post}"))
        .await
        .has_not("too long to stand here");
    ask(&house, &format!("/t/{topic}/feed.atom"), &[])
        .await
        .has(&format!("/p/{post}&quot;&gt;read the whole post"));
}

#[tokio::test(flavor = "multi_thread")]
async fn long_page_is_the_same_in_slices() {
    let (house, news) = house().await;
    let (topic, _) = house.topic("charlie", news, "Long").await;
    for at in 0..15 {
        let source = format!("start {at} {} end {at}", "word ".repeat(6_000));
        house.reply("charlie", topic, &source).await;
    }
    let got = page(&house, &format!("/t/{topic}")).await;
    assert!(got.body.len() > 400_000);
    for at in 0..15 {
        got.has(&format!("start {at} "))
            .has(&format!("end {at}</p>"));
    }
    assert_eq!(faults(&got.body), Vec::<String>::new());
    let tag = got.header("etag").to_owned();
    let held = ask(&house, &format!("/t/{topic}"), &[("if-none-match", &tag)]).await;
    assert_eq!(held.status, StatusCode::NOT_MODIFIED);
}
