// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What caches, browsers and robots are told.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rstest::rstest;
use serde_json::json;

use super::{ask, page};
use crate::testing::{House, On};

async fn house(set: &[(&'static str, &str)]) -> (House, i64, i64) {
    let house = House::with(On::Sqlite, set).await.unwrap();
    let news = house
        .category("news", &["everyone read", "members start"])
        .await;
    let (topic, post) = house.topic("charlie", news, "Words").await;
    (house, topic, post)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_already_is_not_sent_again() {
    let (house, topic, post) = house(&[]).await;
    let paths = [
        "/".to_owned(),
        "/c/news".to_owned(),
        format!("/t/{topic}"),
        format!("/p/{post}"),
        "/m/charlie".to_owned(),
        "/feed.atom".to_owned(),
        "/c/news/feed.atom".to_owned(),
        format!("/t/{topic}/feed.atom"),
    ];
    let mut held = Vec::new();
    for path in &paths {
        let tag = ask(&house, path, &[]).await.header("etag").to_owned();
        let got = ask(&house, path, &[("if-none-match", &format!("\"x\", {tag}"))]).await;
        assert_eq!(
            (got.status, got.body.as_str()),
            (StatusCode::NOT_MODIFIED, ""),
            "{path}"
        );
        assert_eq!(got.header("etag"), tag);
        held.push(tag);
    }
    let line = format!("PUT /v1/posts/{post}");
    house
        .tell(
            "charlie",
            &line,
            json!({"revision": 1, "source": "other words"}),
        )
        .await
        .ok();
    for (path, tag) in paths.iter().zip(&held) {
        let got = ask(&house, path, &[("if-none-match", tag)]).await;
        // The lists do not show what the post says.
        let is_list = path == "/" || path == "/c/news";
        let want = if is_list {
            StatusCode::NOT_MODIFIED
        } else {
            StatusCode::OK
        };
        assert_eq!(got.status, want, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_says_the_same_without_the_page() {
    let (house, topic, _) = house(&[]).await;
    let path = format!("/t/{topic}");
    let got = page(&house, &path).await;
    let request = Request::builder().method("HEAD").uri(&path);
    let request = request.header("host", "space.example").body(Body::empty());
    let (status, headers, body) = house.page(request.unwrap()).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(headers["etag"], got.headers["etag"]);
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_told_to_run_and_load_nothing() {
    let (house, topic, _) = house(&[]).await;
    for path in ["/", &format!("/t/{topic}"), "/t/1", "/feed.atom"] {
        let got = ask(&house, path, &[]).await;
        let policy = got.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        for part in [
            "img-src 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script"));
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("referrer-policy"), "no-referrer");
        assert!(got.header("permissions-policy").contains("camera=()"));
        assert!(!got.headers.contains_key("set-cookie"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_names_the_style_that_pages_have() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let (house, ..) = house(&[]).await;
    let got = page(&house, "/").await;
    let style = got.body.split_once("<style>").unwrap().1;
    let style = style.split_once("</style>").unwrap().0;
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    assert!(got.header("content-security-policy").contains(&hash));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_of_its_own_a_page_has_that_of_its_request_and_is_not_shared() {
    let (house, topic, _) = house(&[]).await;
    let path = format!("/t/{topic}");
    let got = page(&house, &path).await;
    assert_eq!(got.header("cache-control"), "private, no-cache");
    got.has(&format!(
        "<link rel=\"canonical\" href=\"http://space.example/t/{topic}\">"
    ));
    let evil = ask(&house, &path, &[("host", "evil.example/\"><script>")]).await;
    evil.has_not("evil.example")
        .has_not("canonical")
        .has_not("og:url");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_address_of_its_own_a_page_believes_no_request() {
    let set = [("pages.base_url", "https://example.org/space")];
    let (house, topic, _) = house(&set).await;
    house
        .reply("dora", topic, &format!("[a](https://example.org/space/t/{topic}) [b](https://example.org/other) [c](/c/news) @charlie"))
        .await;
    let path = format!("/t/{topic}");
    let evil = [("host", "evil.example"), ("x-forwarded-proto", "http")];
    let got = ask(&house, &path, &evil).await;
    assert_eq!(got.header("cache-control"), "no-cache");
    got.has_not("evil.example")
        .has(&format!(
            "<link rel=\"canonical\" href=\"https://example.org/space/t/{topic}\">"
        ))
        .has(&format!("<a href=\"/space/t/{topic}\">a</a>"))
        .has("<a href=\"https://example.org/other\" rel=\"nofollow ugc noopener\">b</a>")
        .has("<a href=\"/space/c/news\">c</a>")
        .has("<a href=\"/space/m/charlie\">")
        .has("space login https://example.org/space");
    let feed = ask(&house, "/feed.atom", &evil).await;
    feed.has_not("evil.example")
        .has("https://example.org/space/feed.atom");
    let asked = house
        .tell("nobody", "POST /v1/login/device", json!({"label": "test"}))
        .await
        .ok();
    assert_eq!(
        asked["verification_uri"],
        "https://example.org/space/device"
    );
}

#[rstest]
#[case("/nothing")]
#[case("/t/x")]
#[case("/t/5/6/7")]
#[case("/c/")]
#[case("/c/NEWS")]
#[case("/c/%ff")]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_nothing_has_gets_kind_words(#[case] path: &str) {
    let (house, ..) = house(&[]).await;
    let got = ask(&house, path, &[]).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    got.has("There is nothing here").has("noindex");
    assert_eq!(space_tests::html::faults(&got.body), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_are_answered_as_programs() {
    let (house, ..) = house(&[]).await;
    let got = ask(&house, "/v1/nothing", &[]).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    got.has("\"code\":\"not_found\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_pages_there_are_none_and_robots_are_told() {
    let (house, topic, _) = house(&[("pages.is_enabled", "false")]).await;
    for path in [
        "/",
        "/c/news",
        &format!("/t/{topic}"),
        "/feed.atom",
        "/nothing",
    ] {
        let got = ask(&house, path, &[]).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        got.has("\"code\":\"not_found\"");
    }
    ask(&house, "/robots.txt", &[]).await.has("Disallow: /\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_may_look_at_pages() {
    let (house, ..) = house(&[]).await;
    let got = ask(&house, "/robots.txt", &[]).await;
    assert_eq!(got.header("content-type"), "text/plain; charset=utf-8");
    got.has("Disallow: /v1/\n").has_not("Disallow: /\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_pages_are_compressed_for_those_who_can() {
    let (house, ..) = house(&[]).await;
    let request = Request::builder()
        .uri("/")
        .header("accept-encoding", "gzip");
    let answer = house.answer(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert!(answer.headers()["etag"].to_str().unwrap().starts_with("W/"));
}
