// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The device flow from both ends, on both engines.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::json;
use space_core::text::MemberName;

use crate::testing::{House, on_both_engines};

const PASSWORD: &str = "correct horse battery";

/// What a program got.
struct Codes {
    device: String,
    user: String,
}

async fn ask(house: &House, label: &str) -> Codes {
    let answer = house
        .tell("nobody", "POST /v1/login/device", json!({"label": label}))
        .await
        .ok();
    assert_eq!(answer["expires_in"], 600);
    assert_eq!(answer["interval"], 5);
    let user = answer["user_code"].as_str().unwrap().to_owned();
    let complete = answer["verification_uri_complete"].as_str().unwrap();
    assert!(complete.ends_with("/device"), "{complete}");
    Codes {
        device: answer["device_code"].as_str().unwrap().to_owned(),
        user,
    }
}

async fn poll(house: &House, codes: &Codes) -> Result<serde_json::Value, String> {
    let body = json!({"device_code": codes.device});
    let answer = house
        .tell("nobody", "POST /v1/login/device/token", body)
        .await;
    if answer.status.is_success() {
        Ok(answer.body)
    } else {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        Err(answer.code())
    }
}

async fn give_password(house: &House, name: &str) {
    let name = MemberName::parse(name).unwrap();
    house
        .operator
        .set_password(&name, PASSWORD.to_owned())
        .await
        .unwrap();
}

/// Sends a form as a browser does.
async fn send(house: &House, fields: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    send_from(house, fields, "same-origin").await
}

async fn send_from(
    house: &House,
    fields: &[(&str, &str)],
    site: &str,
) -> (StatusCode, HeaderMap, String) {
    let encode = |text: &str| -> String {
        text.bytes().fold(String::new(), |mut out, byte| {
            use std::fmt::Write as _;
            let _ = write!(out, "%{byte:02X}");
            out
        })
    };
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let request = Request::post("/device")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .body(Body::from(body.join("&")))
        .unwrap();
    house.page(request).await
}

async fn sign_in(house: &House, codes: &Codes, name: &str, password: &str) -> (StatusCode, String) {
    let fields = [
        ("code", codes.user.as_str()),
        ("name", name),
        ("password", password),
    ];
    let (status, _, html) = send(house, &fields).await;
    (status, html)
}

fn ticket(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"ticket\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn answer(house: &House, ticket: &str, answer: &str) -> StatusCode {
    send(house, &[("ticket", ticket), ("answer", answer)])
        .await
        .0
}

fn later(house: &House, seconds: u64) {
    house.clock.pass(Duration::from_secs(seconds));
}

on_both_engines! {
    async fn a_program_is_let_in_once(house: &House) {
        give_password(house, "charlie").await;
        let codes = ask(house, "space <b>on</b> a train").await;
        assert_eq!(poll(house, &codes).await.unwrap_err(), "authorization_pending");
        assert_eq!(poll(house, &codes).await.unwrap_err(), "slow_down");
        later(house, 130);
        let typed = Codes { user: codes.user.to_lowercase().replace('-', " "), device: String::new() };
        let (status, html) = sign_in(house, &typed, "Charlie", PASSWORD).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        for shown in ["space &lt;b&gt;on&lt;/b&gt; a train", "127.0.0.1", "2 minutes ago", "charlie", codes.user.as_str()] {
            assert!(html.contains(shown), "{shown}: {html}");
        }
        assert!(!html.contains(PASSWORD));
        assert_eq!(poll(house, &codes).await.unwrap_err(), "authorization_pending", "signing in is not allowing");
        let ticket = ticket(&html);
        assert_eq!(answer(house, &ticket, "allow").await, StatusCode::OK);
        assert_eq!(answer(house, &ticket, "allow").await, StatusCode::NOT_FOUND, "a ticket decides once");
        let (status, _) = sign_in(house, &codes, "charlie", PASSWORD).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "a code that is decided about is of no use any more");
        let session = poll(house, &codes).await.unwrap();
        assert_eq!(session["member"]["id"], house.id("charlie"));
        assert_eq!(poll(house, &codes).await.unwrap_err(), "expired_token", "the token is given once");
        let request = Request::get("/v1/tokens")
            .header("authorization", format!("Bearer {}", session["token"].as_str().unwrap()))
            .body(Body::empty())
            .unwrap();
        let (status, body) = house.raw(request).await;
        assert_eq!(status, StatusCode::OK);
        let tokens: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let own = tokens.as_array().unwrap().iter().find(|token| token["is_current"] == true).unwrap();
        assert_eq!(own["label"], "space <b>on</b> a train");
    }

    async fn a_program_that_is_denied_gets_nothing(house: &House) {
        give_password(house, "charlie").await;
        let codes = ask(house, "a stranger").await;
        let (_, html) = sign_in(house, &codes, "charlie", PASSWORD).await;
        assert_eq!(answer(house, &ticket(&html), "deny").await, StatusCode::OK);
        assert_eq!(poll(house, &codes).await.unwrap_err(), "access_denied");
        assert_eq!(poll(house, &codes).await.unwrap_err(), "expired_token");
        // Only the one word allows.
        let codes = ask(house, "a stranger").await;
        let (_, html) = sign_in(house, &codes, "charlie", PASSWORD).await;
        assert_eq!(answer(house, &ticket(&html), "").await, StatusCode::OK);
        assert_eq!(poll(house, &codes).await.unwrap_err(), "access_denied");
    }

    async fn codes_end_and_are_swept(house: &House) {
        give_password(house, "charlie").await;
        let codes = ask(house, "slow").await;
        let (_, html) = sign_in(house, &codes, "charlie", PASSWORD).await;
        later(house, 600);
        assert_eq!(answer(house, &ticket(&html), "allow").await, StatusCode::NOT_FOUND);
        assert_eq!(poll(house, &codes).await.unwrap_err(), "expired_token");
        let (status, _) = sign_in(house, &codes, "charlie", PASSWORD).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let code = space_core::protocol::UserCode::parse(&codes.user).unwrap();
        for is_there in [true, false] {
            let code = code.clone();
            let found = house.app.store.read(move |x| {
                Box::pin(async move { crate::store::device::is_taken(x, &code).await })
            });
            assert_eq!(found.await.unwrap(), is_there);
            house.app.writer.submit(crate::writer::commands::housekeeping::Tidy).await.unwrap();
        }
    }

    async fn a_new_password_ends_what_the_old_one_allowed(house: &House) {
        give_password(house, "charlie").await;
        let codes = ask(house, "thief").await;
        let (_, html) = sign_in(house, &codes, "charlie", PASSWORD).await;
        assert_eq!(answer(house, &ticket(&html), "allow").await, StatusCode::OK);
        give_password(house, "charlie").await;
        assert_eq!(poll(house, &codes).await.unwrap_err(), "expired_token");
    }
}

async fn house() -> House {
    House::new(crate::testing::On::Sqlite).await.unwrap()
}

#[tokio::test]
async fn wrong_codes_names_and_passwords_say_which_is_wrong_no_more_than_logging_in_does() {
    let house = house().await;
    give_password(&house, "charlie").await;
    let codes = ask(&house, "space").await;
    let wrong = Codes {
        user: "ZZZZ-ZZZZ".to_owned(),
        device: String::new(),
    };
    let nonsense = Codes {
        user: "hello".to_owned(),
        device: String::new(),
    };
    for (codes, name, password, status) in [
        (&codes, "charlie", "wrong horse", StatusCode::FORBIDDEN),
        (&codes, "nobody-here", PASSWORD, StatusCode::FORBIDDEN),
        (&wrong, "charlie", "wrong horse", StatusCode::FORBIDDEN),
        (&wrong, "charlie", PASSWORD, StatusCode::NOT_FOUND),
        (&nonsense, "charlie", PASSWORD, StatusCode::BAD_REQUEST),
    ] {
        let (found, html) = sign_in(&house, codes, name, password).await;
        assert_eq!(found, status, "{html}");
        assert!(html.contains("role=\"alert\""), "{html}");
        assert!(!html.contains("ticket"), "{html}");
        assert!(!html.contains(password), "{html}");
    }
}

#[tokio::test]
async fn ten_guesses_are_too_many_on_the_page_and_at_the_interface_together() {
    let house = house().await;
    give_password(&house, "charlie").await;
    let codes = ask(&house, "space").await;
    for number in 0..10 {
        if number % 2 == 0 {
            let (status, _) = sign_in(&house, &codes, "charlie", "wrong horse").await;
            let want = [StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS];
            assert_eq!(status, want[usize::from(number >= 6)], "{number}");
        } else {
            let body = json!({"name": "charlie", "password": "wrong horse", "label": "x"});
            let code = house.tell("nobody", "POST /v1/login", body).await.code();
            assert_eq!(
                code,
                ["wrong_password", "too_many"][usize::from(number >= 6)]
            );
        }
    }
    let (status, headers, html) = send(
        &house,
        &[
            ("code", &codes.user),
            ("name", "charlie"),
            ("password", PASSWORD),
        ],
    )
    .await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "the right one, too");
    assert_eq!(headers["retry-after"], "60");
    assert!(html.contains("in 60 seconds"), "{html}");
}

#[tokio::test]
async fn one_address_asks_for_ten_codes_a_minute() {
    let house = house().await;
    for _ in 0..10 {
        ask(&house, "space").await;
    }
    let body = json!({"label": "space"});
    let code = house
        .tell("nobody", "POST /v1/login/device", body)
        .await
        .code();
    assert_eq!(code, "too_many");
}

#[tokio::test]
async fn the_page_runs_nothing_loads_nothing_and_is_framed_by_nobody() {
    let house = house().await;
    let request = Request::get("/device?code=bcdf-ghjk")
        .body(Body::empty())
        .unwrap();
    let (status, headers, html) = house.page(request).await;
    assert_eq!(status, StatusCode::OK);
    // Whoever follows a link that somebody sent lets nothing in with it.
    assert!(html.contains("name=\"code\" value=\"\""), "{html}");
    let policy = headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert_eq!(headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert!(!headers.contains_key("set-cookie"));
    for part in ["<script", "http://", "https://", " style=", " on"] {
        let tags = html.split('<').filter_map(|tag| tag.split('>').next());
        assert!(!tags.clone().any(|tag| tag.contains(part)), "{part}");
    }
    let request = Request::get("/device?code=%3Cscript%3E")
        .body(Body::empty())
        .unwrap();
    let (_, _, html) = house.page(request).await;
    assert!(
        !html.contains("script"),
        "a text that is no code is not shown"
    );
    let request = Request::get("/device")
        .header("accept-language", "de")
        .body(Body::empty());
    let (_, _, html) = house.page(request.unwrap()).await;
    assert!(
        html.contains("<html lang=\"de\">") && html.contains("Passwort"),
        "{html}"
    );
}

#[tokio::test]
async fn a_form_on_another_site_gets_nowhere() {
    let house = house().await;
    give_password(&house, "charlie").await;
    let codes = ask(&house, "space").await;
    let fields = [
        ("code", codes.user.as_str()),
        ("name", "charlie"),
        ("password", PASSWORD),
    ];
    let (status, _, html) = send_from(&house, &fields, "cross-site").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(!html.contains("ticket"));
}
