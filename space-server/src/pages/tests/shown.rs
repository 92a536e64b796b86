// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What pages show, and where they lead.

use std::time::Duration;

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::json;

use super::{alter, ask, page};
use crate::testing::{House, On};

async fn house() -> (House, i64) {
    let house = House::new(On::Sqlite).await.unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    (house, news)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_found_from_the_start_page() {
    let (house, news) = house().await;
    let body = json!({"category": news, "title": "Glue that lasts",
        "source": "Which *glue*, @dora? See #5.\n\n> @nobody:\n>\n> any", "language": "en-GB"});
    let started = house.tell("charlie", "POST /v1/topics", body).await.ok();
    let (topic, post) = (&started["topic"]["id"], &started["post"]["id"]);
    let line = format!("POST /v1/topics/{topic}/posts");
    let body = json!({"source": "Wheat paste", "reply_to": post});
    let reply = house.tell("dora", &line, body).await.ok()["id"].clone();

    page(&house, "/")
        .await
        .has("<a href=\"/c/news\"")
        .has(&format!("<a href=\"/t/{topic}\">Glue that lasts</a>"))
        .has("<html lang=\"en\" dir=\"ltr\">");
    page(&house, "/c/news")
        .await
        .has(&format!("<a href=\"/t/{topic}\">Glue that lasts</a>"));
    page(&house, &format!("/t/{topic}"))
        .await
        .has("<h1 lang=\"en-GB\" dir=\"auto\">Glue that lasts</h1>")
        .has(&format!("<article id=\"p-{post}\">"))
        .has("Which <em>glue</em>, <a href=\"/m/dora\"><bdi>@dora</bdi></a>?")
        .has("<a href=\"/p/5\">#5</a>")
        .has("<bdi>@nobody</bdi>")
        .has(&format!(
            "In reply to <a href=\"#p-{post}\"><bdi>charlie</bdi></a>"
        ));
    page(&house, "/m/dora")
        .await
        .has(&format!("<a href=\"/p/{reply}\">Glue that lasts</a>"))
        .has("Wheat paste");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_of_a_post_shows_the_post() {
    let house = House::with(
        On::Sqlite,
        &[("pages.base_url", "https://space.example.org")],
    )
    .await
    .unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    let (topic, _) = house.topic("charlie", news, "Glue").await;
    let media = format!("/media/{}.png", "0".repeat(64));
    let source = format!("Wheat & \"paste\" [spoiler]horses[/spoiler]\n\n![a pot]({media})");
    let post = house.reply("dora", topic, &source).await;
    let got = page(&house, &format!("/p/{post}")).await;
    assert_eq!(got.mark("og:title"), "Glue · dora · Post 2");
    assert_eq!(
        got.mark("og:description"),
        "Wheat &amp; &quot;paste&quot; […] a pot"
    );
    assert_eq!(
        got.mark("og:url"),
        format!("https://space.example.org/p/{post}")
    );
    assert_eq!(
        got.mark("og:image"),
        format!("https://space.example.org{media}")
    );
    assert_eq!(got.mark("og:type"), "article");
    assert_eq!(
        got.mark("article:author"),
        "https://space.example.org/m/dora"
    );
    got.has(&format!("/t/{topic}#p-{post}")).has("noindex");
    let topic = page(&house, &format!("/t/{topic}")).await;
    assert_eq!(topic.mark("og:description"), "about Glue");
    topic.has_not("noindex");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_stays_on_its_page_whatever_is_removed() {
    let (house, news) = house().await;
    let (topic, _) = house.topic("charlie", news, "Long").await;
    let mut posts = Vec::new();
    for number in 2..=45 {
        posts.push(
            house
                .reply("dora", topic, &format!("words {number}."))
                .await,
        );
    }
    for number in 3..=5 {
        let line = format!("DELETE /v1/posts/{}", posts[number - 2]);
        house.ask("dora", &line, None, None).await.ok();
    }
    let first = page(&house, &format!("/t/{topic}")).await;
    first
        .has("words 20.")
        .has_not("words 21.")
        .has("Posts 3 to 5 are not here any more.")
        .has("Page 1 of 3")
        .has(&format!("<link rel=\"next\" href=\"/t/{topic}?page=2\">"));
    page(&house, &format!("/t/{topic}?page=2"))
        .await
        .has("words 21.")
        .has("words 40.")
        .has_not("words 41.");
    page(&house, &format!("/t/{topic}?page=3"))
        .await
        .has("words 45.")
        .has_not("rel=\"next\"");
    let elsewhere = |number: &str| format!("/t/{topic}/{number}");
    let got = ask(&house, &elsewhere("25"), &[]).await;
    assert_eq!(got.status, StatusCode::FOUND);
    assert_eq!(
        got.header("location"),
        format!("/t/{topic}?page=2#p-{}", posts[23])
    );
    let got = ask(&house, &elsewhere("4"), &[]).await;
    assert_eq!(got.header("location"), format!("/t/{topic}"));
    for path in [
        format!("/t/{topic}?page=4"),
        format!("/t/{topic}?page=0"),
        format!("/t/{topic}?page=-1"),
        format!("/t/{topic}?page=x"),
        elsewhere("46"),
        elsewhere("0"),
        elsewhere("x"),
    ] {
        assert_eq!(
            ask(&house, &path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_from_a_mark() {
    let (house, news) = house().await;
    for number in 0..35 {
        house.clock.pass(Duration::from_secs(1));
        house
            .topic("charlie", news, &format!("Topic {number}."))
            .await;
    }
    for path in ["/", "/c/news"] {
        let got = page(&house, path).await;
        got.has("Topic 34.").has("Topic 5.").has_not("Topic 4.");
        let next = got.body.split("rel=\"next\" href=\"").nth(1).unwrap();
        let next = next.split('"').next().unwrap();
        let got = page(&house, next).await;
        got.has("Topic 4.")
            .has("Topic 0.")
            .has_not("Topic 5.")
            .has("noindex");
        let wrong = ask(&house, &format!("{path}?before=x"), &[]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_has_what_stands_under_it_where_that_is_open() {
    let house = House::new(On::Sqlite).await.unwrap();
    let top = house
        .category("top", &["everyone read", "members start"])
        .await;
    let mut under = Vec::new();
    for (slug, audience) in [("open", "everyone read"), ("closed", "staff read")] {
        let body = json!({"slug": slug, "name": slug, "parent": top, "access": [
            {"audience": audience.split_once(' ').unwrap().0, "level": "read"},
            {"audience": "members", "level": "start"}]});
        let made = house.tell("alice", "POST /v1/categories", body).await.ok();
        under.push(made["id"].as_i64().unwrap());
    }
    alter(
        &house,
        &format!(
            "delete from category_access where category_id = {} and audience = 'members'",
            under[1]
        ),
    );
    house.topic("charlie", under[0], "Under it").await;
    house.topic("alice", under[1], "Behind it").await;
    page(&house, "/c/top")
        .await
        .has("/c/open")
        .has("Under it")
        .has_not("closed")
        .has_not("Behind it");
    page(&house, "/c/open").await.has("<a href=\"/c/top\">");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_leads_to_what_has_it() {
    let (house, news) = house().await;
    let (topic, post) = house.topic("charlie", news, "Words").await;
    let closed = house.category("closed", &["members start"]).await;
    page(&house, &format!("/p/{post}")).await;
    for (number, want) in [
        (topic, format!("/t/{topic}")),
        (news, "/c/news".to_owned()),
        (house.id("dora"), "/m/dora".to_owned()),
    ] {
        let got = ask(&house, &format!("/p/{number}"), &[]).await;
        assert_eq!(
            (got.status, got.header("location")),
            (StatusCode::FOUND, &*want)
        );
    }
    for path in [
        format!("/p/{closed}"),
        "/p/0".into(),
        "/p/x".into(),
        "/p/99999999999999999999".into(),
    ] {
        assert_eq!(
            ask(&house, &path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_people_write_stays_text() {
    let house = House::new(On::Sqlite).await.unwrap();
    let evil = "\"><script>alert(1)</script>&amp;<b>";
    let body = json!({"slug": "news", "name": evil, "about": evil, "access": [
        {"audience": "everyone", "level": "read"}, {"audience": "members", "level": "start"}]});
    let news = house.tell("alice", "POST /v1/categories", body).await.ok()["id"].clone();
    let body = json!({"category": news, "title": evil, "source": format!("{evil}\n\n[a](javascript:x) ![b](data:x)")});
    let started = house.tell("charlie", "POST /v1/topics", body).await.ok();
    alter(
        &house,
        "update space set name = '\"><script>alert(1)</script>', about = '<script>alert(1)</script>'",
    );
    alter(
        &house,
        "update member set display_name = '\"><script>alert(1)</script>'",
    );
    let (topic, post) = (&started["topic"]["id"], &started["post"]["id"]);
    for path in [
        "/",
        "/c/news",
        &format!("/t/{topic}"),
        &format!("/p/{post}"),
        "/m/charlie",
    ] {
        page(&house, path)
            .await
            .has_not("<script")
            .has_not("javascript:x\"")
            .has("&lt;script&gt;");
    }
    for path in ["/t/1", "/nothing/<script>"] {
        ask(&house, &path.replace('<', "%3C").replace('>', "%3E"), &[])
            .await
            .has_not("<script");
    }
}

#[rstest]
#[case("ar", "<html lang=\"ar\" dir=\"rtl\">", "أحدث المواضيع", "lang=\"ar\"")]
#[case(
    "de",
    "<html lang=\"de\" dir=\"ltr\">",
    "Neueste Themen",
    "lang=\"de\""
)]
#[case(
    "fr",
    "<html lang=\"en\" dir=\"ltr\">",
    "Latest topics",
    "<h3 lang=\"fr\""
)]
#[tokio::test(flavor = "multi_thread")]
async fn pages_speak_the_language_of_the_space(
    #[case] language: &str,
    #[case] start: &str,
    #[case] words: &str,
    #[case] topic: &str,
) {
    let house = House::with(On::Sqlite, &[("pages.language", language)])
        .await
        .unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    house.topic("charlie", news, "Words").await;
    page(&house, "/").await.has(start).has(words).has(topic);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_show_what_they_are_and_no_name_is_a_way_up() {
    let (house, _) = house().await;
    page(&house, "/m/Alice")
        .await
        .has("@alice")
        .has("Owner")
        .has("<link rel=\"canonical\" href=\"http://space.example/m/alice\">");
    for path in ["/m/nobody", "/m/..", "/m/%2e%2e", "/m/%ff", "/m/a%2Fb"] {
        assert_eq!(
            ask(&house, path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_conduct_is_a_page_that_every_page_leads_to() {
    let (house, _) = house().await;
    let code = house.get("nobody", "/v1/code").await.ok();
    page(&house, "/")
        .await
        .has("<a href=\"/code\">Code of conduct</a>");
    page(&house, "/code")
        .await
        .has(code["title"].as_str().unwrap())
        .has("Version 1, in force since")
        .has("<h2 dir=\"auto\">");
}
