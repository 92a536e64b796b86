// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is closed, hidden or removed does not show anywhere.

use axum::http::StatusCode;
use serde_json::json;

use super::{alter, ask, page};
use crate::testing::{House, On, on_both_engines};

/// Everything that lists something.
const LISTS: &[&str] = &[
    "/",
    "/c/news",
    "/feed.atom",
    "/c/news/feed.atom",
    "/m/charlie",
    "/m/alice",
];

on_both_engines! {
    async fn what_is_closed_cannot_be_told_from_what_never_was(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let group = house.group("board", "charlie").await;
        let board = house.category("board", &[&format!("group:{group} start")]).await;
        let members = house.category("cellar", &["members start"]).await;
        house.topic("charlie", news, "Open words").await;
        let mut paths = vec!["/c/board".to_owned(), "/c/cellar".to_owned(), "/c/board/feed.atom".to_owned()];
        for (category, who) in [(board, "charlie"), (members, "dora")] {
            let (topic, post) = house.topic(who, category, "Quiet words").await;
            let reply = house.reply(who, topic, "more of them").await;
            paths.extend([
                format!("/t/{topic}"), format!("/t/{topic}?page=2"), format!("/t/{topic}/1"), format!("/t/{topic}/feed.atom"),
                format!("/p/{post}"), format!("/p/{reply}"), format!("/p/{topic}"), format!("/p/{category}"),
            ]);
        }
        // The number of a request is drawn by chance, unless one is given; then nothing else may differ.
        let number = ("x-request-id", "the-same");
        let nothing = ask(house, "/t/999999", &[number]).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
        for path in &paths {
            // Also for whoever may read it elsewhere: a page is asked for in nobody's name.
            for token in ["alice", "charlie"] {
                let token = format!("Bearer {}", house.token(token));
                let got = ask(house, path, &[number, ("authorization", &token)]).await;
                assert_eq!(got.status, nothing.status, "{path}");
                assert_eq!(got.body, nothing.body, "{path}");
                assert_eq!(got.headers, nothing.headers, "{path}");
            }
        }
        for path in LISTS {
            let got = ask(house, path, &[]).await;
            assert_eq!(got.status, StatusCode::OK, "{path}");
            for word in ["Quiet", "board", "cellar", "more of them"] {
                got.has_not(word);
            }
        }
    }

    async fn closing_a_category_takes_its_pages_away_at_once(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, post) = house.topic("charlie", news, "Words").await;
        let paths = ["/c/news".to_owned(), format!("/t/{topic}"), format!("/p/{post}"), format!("/t/{topic}/feed.atom")];
        let mut tags = Vec::new();
        for path in &paths {
            let got = ask(house, path, &[]).await;
            assert_eq!(got.status, StatusCode::OK);
            tags.push(got.header("etag").to_owned());
        }
        house.set_access(news, &["members start"]).await;
        for (path, tag) in paths.iter().zip(&tags) {
            // Who holds the page is told, too.
            let got = ask(house, path, &[("if-none-match", tag)]).await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        }
        page(house, "/").await.has_not("Words").has_not("/c/news");
        page(house, "/m/charlie").await.has_not("Words");
    }

    async fn a_visitor_who_wrote_nothing_is_not_heard_of(house: &House) {
        house.bridge("relay").await;
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Words").await;
        let body = json!({"network": "irc.libera", "remote": "zoe!~z@example.org", "name": "zoe"});
        let met = house.tell("relay", "PUT /v1/visitors", body).await.ok();
        let (id, name) = (met["member"]["id"].as_i64().unwrap(), met["member"]["name"].as_str().unwrap().to_owned());
        house.reply("dora", topic, &format!("@{name} is not here")).await;
        for path in [format!("/m/{name}"), format!("/p/{id}")] {
            let nothing = ask(house, "/m/nobody-at-all", &[]).await;
            let got = ask(house, &path, &[]).await;
            assert_eq!((got.status, &got.body), (nothing.status, &nothing.body), "{path}");
        }
        let mention = format!("<a href=\"/m/{name}\">");
        page(house, &format!("/t/{topic}")).await.has(&format!("@{name}")).has_not(&mention);
        // With their first post everybody hears of them.
        let version = house.get("nobody", "/v1/code").await.ok()["version"].clone();
        let line = format!("POST /v1/visitors/{id}/acceptance");
        house.tell("relay", &line, json!({"version": version})).await.ok();
        let line = format!("POST /v1/topics/{topic}/posts");
        house.ask_for("relay", Some(id), &line, Some(json!({"source": "now I am"})), None).await.ok();
        // Under the name that they get with it.
        page(house, "/m/zoe_irc").await.has("now I am");
        page(house, &format!("/t/{topic}")).await.has("<a href=\"/m/zoe_irc\"><bdi>zoe (irc)</bdi></a>");
    }

    async fn what_a_member_wrote_is_found_behind_much_that_is_closed(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let inside = house.category("inside", &["members start"]).await;
        let (_, open) = house.topic("dora", news, "Open words").await;
        let (quiet, _) = house.topic("dora", inside, "Quiet words").await;
        for number in 0..70 {
            house.reply("dora", quiet, &format!("quiet {number}")).await;
        }
        page(house, "/m/dora").await.has(&format!("/p/{open}")).has("about Open words").has_not("uiet");
    }

    async fn a_removed_post_leaves_its_number_and_nothing_else(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Words").await;
        let post = house.reply("dora", topic, "regretted").await;
        house.reply("charlie", topic, "kept").await;
        house.ask("dora", &format!("DELETE /v1/posts/{post}"), None, None).await.ok();
        page(house, &format!("/t/{topic}")).await
            .has("kept").has("Post 2 is not here any more.").has_not("regretted").has_not(&format!("p-{post}"));
        let gone = ask(house, &format!("/p/{post}"), &[]).await;
        assert_eq!(gone.status, StatusCode::GONE);
        gone.has("This post is gone").has(&format!("/t/{topic}")).has_not("regretted").has_not("dora");
        for path in ["/m/dora", "/feed.atom", &format!("/t/{topic}/feed.atom")] {
            ask(house, path, &[]).await.has_not("regretted");
        }
        // In a closed category nothing tells that it was there.
        house.set_access(news, &["members start"]).await;
        assert_eq!(ask(house, &format!("/p/{post}"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_post_says_neither_its_text_nor_its_author() {
    let house = House::new(On::Sqlite).await.unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    let (topic, first) = house.topic("charlie", news, "Words").await;
    let post = house.reply("mallory", topic, "something bad").await;
    let line = format!("POST /v1/topics/{topic}/posts");
    let body = json!({"source": "an answer", "reply_to": post});
    house.tell("dora", &line, body).await.ok();
    let line = format!("POST /v1/posts/{post}/hide");
    house.tell("bob", &line, json!({})).await.ok();
    let words = "This post was hidden by moderators.";
    page(&house, &format!("/t/{topic}"))
        .await
        .has(words)
        .has("an answer")
        .has_not("something bad")
        .has_not("mallory");
    let own = page(&house, &format!("/p/{post}")).await;
    own.has(words).has_not("something bad").has_not("mallory");
    assert_eq!(own.mark("og:description"), words);
    let feed = ask(&house, &format!("/t/{topic}/feed.atom"), &[]).await;
    feed.has(words).has_not("something bad").has_not("mallory");
    page(&house, "/m/mallory")
        .await
        .has("Nothing that everybody may read.")
        .has_not("something bad");
    // Nor, in lists, as the one who wrote last.
    let (quiet, _) = house.topic("charlie", news, "Quiet").await;
    let last = house.reply("mallory", quiet, "something bad").await;
    page(&house, "/").await.has("mallory");
    let line = format!("POST /v1/posts/{last}/hide");
    house.tell("bob", &line, json!({})).await.ok();
    for path in ["/", "/c/news", &format!("/t/{quiet}")] {
        page(&house, path).await.has("Quiet").has_not("mallory");
    }
    // Nor as the first of its topic, nor when its text stands beside it.
    alter(
        &house,
        &format!("update post set is_hidden = true where id = {first}"),
    );
    for path in ["/feed.atom", &format!("/t/{topic}"), &format!("/p/{first}")] {
        ask(&house, path, &[]).await.has_not("about Words");
    }
    // Nor as the one who began it.
    let hide = format!("update post set is_hidden = true where topic_id = {quiet}");
    alter(&house, &hide);
    let (thread, feed) = (format!("/t/{quiet}"), format!("/t/{quiet}/feed.atom"));
    for path in [&thread, &feed] {
        ask(&house, path, &[]).await.has("Quiet").has_not("charlie");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unlisted_is_read_but_listed_nowhere() {
    let house = House::new(On::Sqlite).await.unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    let (topic, post) = house.topic("charlie", news, "Whispered words").await;
    alter(
        &house,
        &format!("update topic set is_unlisted = true where id = {topic}"),
    );
    for path in LISTS {
        ask(&house, path, &[]).await.has_not("Whispered");
    }
    let got = page(&house, &format!("/t/{topic}")).await;
    got.has("Whispered").has("noindex");
    page(&house, &format!("/p/{post}")).await.has("Whispered");
}
