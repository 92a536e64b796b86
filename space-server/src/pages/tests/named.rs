// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whose name stands where, and that none is taken for another.

use axum::http::StatusCode;
use serde_json::json;

use super::{alter, ask, page};
use crate::testing::{House, On};

/// A topic of charlie's, who shows another name, with answers of a visitor and of a bot.
async fn house() -> (House, i64) {
    let house = House::new(On::Sqlite).await.unwrap();
    let news = house
        .category(
            "news",
            &["everyone read", "everyone reply", "members start"],
        )
        .await;
    let (topic, _) = house.topic("charlie", news, "Names").await;
    house.reply("dora", topic, "from a room").await;
    house.reply("mallory", topic, "from a program").await;
    let dora = house.id("dora");
    let mallory = house.id("mallory");
    alter(
        &house,
        &format!(
            "update member set kind = 'visitor', name = 'dora_irc', folded_name = 'dora_irc', display_name = 'alice' where id = {dora}"
        ),
    );
    alter(
        &house,
        &format!("update member set kind = 'bot', display_name = 'alice' where id = {mallory}"),
    );
    alter(
        &house,
        &format!(
            "update member set display_name = 'alice' where id = {}",
            house.id("charlie")
        ),
    );
    (house, topic)
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_name_never_stands_for_a_checked_one_on_pages() {
    let (house, topic) = house().await;
    let visitor =
        "<a href=\"/m/dora_irc\"><bdi>alice (irc)</bdi></a> <span class=\"state\">Visitor</span>";
    let bot = "<a href=\"/m/mallory\"><bdi>mallory</bdi></a> <span class=\"state\">Bot</span>";
    page(&house, &format!("/t/{topic}"))
        .await
        .has(visitor)
        .has(bot)
        .has("<a href=\"/m/charlie\"><bdi>charlie</bdi></a> <span class=\"meta\"><bdi>(alice)</bdi></span>")
        .has_not("<bdi>alice</bdi>");
    page(&house, "/").await.has(bot).has_not("<bdi>alice</bdi>");
    page(&house, "/m/dora_irc")
        .await
        .has("<h1 dir=\"auto\">alice (irc)</h1>");
    page(&house, "/m/charlie")
        .await
        .has("<h1 dir=\"auto\">charlie (alice)</h1>");
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_name_never_stands_for_a_checked_one_in_feeds() {
    let (house, topic) = house().await;
    let feed = ask(&house, &format!("/t/{topic}/feed.atom"), &[]).await;
    feed.has("<name>alice (irc) · Visitor</name>")
        .has("<name>mallory (alice) · Bot</name>")
        .has("<name>charlie (alice)</name>")
        .has_not("<name>alice</name>");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_feeds_have_no_character_that_nobody_sees() {
    let (house, topic) = house().await;
    // As it was stored before titles and names were checked, or by hand.
    let odd = "N\u{202e}am\u{fffe}es\u{ffff}\u{200b}";
    alter(
        &house,
        &format!("update topic set title = '{odd}' where id = {topic}"),
    );
    alter(
        &house,
        &format!("update category set name = '{odd}' where slug = 'news'"),
    );
    let body = json!({"source": odd});
    let line = format!("POST /v1/topics/{topic}/posts");
    house.tell("charlie", &line, body).await.ok();
    let paths = [
        "/".to_owned(),
        "/c/news".to_owned(),
        format!("/t/{topic}"),
        format!("/t/{topic}/feed.atom"),
        "/feed.atom".to_owned(),
        "/m/charlie".to_owned(),
    ];
    for path in &paths {
        let got = ask(&house, path, &[]).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        for hidden in ["\u{202e}", "\u{fffe}", "\u{ffff}", "\u{200b}"] {
            assert!(!got.body.contains(hidden), "{hidden:?} in {path}");
        }
        got.has("Names");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn link_in_a_post_does_not_lead_to_the_device_page() {
    let house = House::with(
        On::Sqlite,
        &[("pages.base_url", "https://space.example.org")],
    )
    .await
    .unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    let (topic, _) = house.topic("charlie", news, "Links").await;
    let source = "[a](/device?code=BCDF-GHJK) [b](https://space.example.org/device) \
        [c](http://SPACE.example.org:80/device) [d](//x@space.example.org./device) [e](/t/../device) \
        [f](http://space.example.org/t/5) [g](https://space.example.org@evil.example/)";
    house.reply("charlie", topic, source).await;
    page(&house, &format!("/t/{topic}"))
        .await
        .has_not("device\"")
        .has_not("device?code=BCDF-GHJK\"")
        .has("<a href=\"/t/5\">f</a>")
        .has("<a href=\"https://evil.example/\" rel=\"nofollow ugc noopener\">g</a>");
}
