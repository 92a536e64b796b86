// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Log-ins while many others try: what attacks on a running server found.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures_util::future::join_all;
use serde_json::{Value, json};
use space_core::protocol::UserCode;
use space_core::text::MemberName;

use crate::testing::{House, On};
use crate::writer::commands::device::Ask;

const PASSWORD: &str = "correct horse battery";

/// A house that believes where its tests say that they come from.
async fn house() -> House {
    let house = House::with(On::Sqlite, &[("http.trusted_proxies", "127.0.0.1")]);
    let house = house.await.unwrap();
    let name = MemberName::parse("dora").unwrap();
    let given = house.operator.set_password(&name, PASSWORD.to_owned());
    given.await.unwrap();
    house
}

async fn post(house: &House, from: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("x-forwarded-for", from)
        .body(Body::from(body.to_string()));
    let (status, bytes) = house.raw(request.unwrap()).await;
    (status, serde_json::from_slice(&bytes).unwrap())
}

async fn log_in(house: &House, from: &str, password: &str) -> StatusCode {
    let body = json!({"name": "dora", "password": password, "label": "test"});
    post(house, from, "/v1/login", body).await.0
}

/// Two addresses kept any member out of log-ins for good.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_attackers_lock_nobody_out() {
    let house = house().await;
    assert_eq!(
        log_in(&house, "203.0.113.1", PASSWORD).await,
        StatusCode::OK
    );
    for number in 0..6 {
        for from in ["192.0.2.1", "192.0.2.2"] {
            let status = log_in(&house, from, "wrong password").await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{number}");
        }
    }
    assert_eq!(
        log_in(&house, "192.0.2.1", "wrong password").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    // From where she has signed in before, and from somewhere new.
    for from in ["203.0.113.1", "198.51.100.1"] {
        assert_eq!(
            log_in(&house, from, PASSWORD).await,
            StatusCode::OK,
            "{from}"
        );
    }
}

/// Six hundred tries at once made a right password wait for 13 seconds. Now the queue is short, and says so to the rest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flood_of_wrong_passwords_is_refused_and_known_goes_first() {
    let house = house().await;
    assert_eq!(
        log_in(&house, "203.0.113.1", PASSWORD).await,
        StatusCode::OK
    );
    let flood = (0..300_u32).map(|number| {
        let from = std::net::Ipv4Addr::from(0xC612_0000 + number).to_string();
        let body = json!({"name": format!("n{number}"), "password": "wrong", "label": "x"});
        let house = &house;
        async move { post(house, &from, "/v1/login", body).await.0 }
    });
    let (answers, known) = tokio::join!(join_all(flood), log_in(&house, "203.0.113.1", PASSWORD));
    assert_eq!(known, StatusCode::OK);
    let refused = answers
        .iter()
        .filter(|status| **status == StatusCode::TOO_MANY_REQUESTS);
    let refused = refused.count();
    let tried = answers
        .iter()
        .filter(|status| **status == StatusCode::UNAUTHORIZED);
    assert_eq!(refused + tried.count(), 300);
    assert!(refused > 100, "{refused}");
}

/// A thousand addresses took all codes of devices. Now the network that asked for most gives a place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_a_code_however_many_ask() {
    let house = house().await;
    // Straight to the writer, with codes that do not repeat: the chance of tests is a counter.
    let ask = async |number: u32, network: String| {
        let mut letters = [0; 16];
        for (at, letter) in letters.iter_mut().enumerate() {
            *letter =
                u8::try_from(number / 20_u32.pow(u32::try_from(at % 5).unwrap()) % 20).unwrap();
        }
        let mut device_hash = [0; 32];
        device_hash[..4].copy_from_slice(&number.to_be_bytes());
        let ask = Ask {
            device_hash,
            code: UserCode::from_random(&letters).unwrap(),
            label: "program".to_owned().try_into().unwrap(),
            address: network.clone(),
            capabilities: None,
            network,
        };
        assert!(house.app.writer.submit(ask).await.unwrap(), "{number}");
        device_hash
    };
    let first = ask(0, "203.0.113.1".to_owned()).await;
    // 1,010 addresses with ten each.
    for part in 0..101_u32 {
        let asking = (0..100).map(|at| {
            let number = 1 + part * 100 + at;
            ask(number, format!("192.0.2.{}", number % 1010))
        });
        join_all(asking).await;
    }
    let last = ask(20_000, "203.0.113.2".to_owned()).await;
    let now = house.app.clock.now();
    for hash in [first, last] {
        let waiting = house.app.store.read(move |x| {
            Box::pin(async move { crate::store::device::by_device(x, &hash, now).await })
        });
        assert!(waiting.await.unwrap().is_some());
    }
}

/// A program gets what it asked for, and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn device_code_asks_for_no_more_than_a_log_in_gives() {
    let house = house().await;
    let body = json!({"label": "program", "capabilities": "read relay:write"});
    let (status, problem) = post(&house, "203.0.113.1", "/v1/login/device", body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(problem["denial"], "token_too_narrow");
    let body = json!({"label": "program", "capabilities": ""});
    let (status, _) = post(&house, "203.0.113.1", "/v1/login/device", body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
