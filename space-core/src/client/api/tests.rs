// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::client::testing::Counting;
use crate::client::testing::bodies::small;
use crate::client::testing::server::{Answer, Fake, STREAM, Step, json, problem, say};
use crate::protocol::{
    Cursor, FeedLine, FeedMode, FeedOlder, FeedOrder, Kind, MarkRead, ProblemCode,
};
use crate::{Scope, TopicId};

fn lines(cursor: &str, more: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for row in small() {
        row.write(&mut out).unwrap();
    }
    let cursor = FeedLine::Cursor {
        cursor: Cursor(cursor.to_owned()),
        more,
    };
    cursor.write(&mut out).unwrap();
    out
}

fn key() -> IdempotencyKey {
    IdempotencyKey::draw(crate::Timestamp::from_millis(0), &Counting::default())
}

#[tokio::test]
async fn a_call_carries_token_and_key_and_a_prefix_is_kept() {
    let fake = Fake::start(|_| json(200, "", r#"{"topic":10,"number":3,"read_at":5}"#));
    let api = Api::new(
        &format!("http://{}/forum/", fake.address),
        Token::new("space_secret"),
    )
    .unwrap();
    let topic = TopicId::new(10).unwrap();
    let key = key();
    let position = api.mark_read(topic, &MarkRead::set(3), &key).await.unwrap();
    assert_eq!(position.number, 3);
    let asked = fake.asked().remove(0);
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("PUT", "/forum/v1/topics/10/read")
    );
    assert_eq!(asked.header("authorization"), Some("Bearer space_secret"));
    assert_eq!(asked.header("idempotency-key"), Some(key.as_str()));
    assert_eq!(asked.body, r#"{"number":3}"#);
}

#[tokio::test]
async fn commands_say_whom_they_are_for_and_reading_does_not() {
    let fake = Fake::start(|asked| match asked.method.as_str() {
        "GET" => problem(404, "", "not_found"),
        _ => json(200, "", r#"{"post":50,"reason":"spam","received_at":5}"#),
    });
    let api = fake.api().acting_for(crate::MemberId::new(1009).unwrap());
    let post = crate::PostId::new(50).unwrap();
    let report = crate::protocol::CreateReport {
        reason: crate::ReportReason::Spam,
        comment: None,
        written_at: None,
    };
    let receipt = api.report(post, &report, &key()).await.unwrap();
    assert_eq!(receipt.post, post);
    api.post(post).await.unwrap_err();
    api.delete_post(post, &key()).await.unwrap();
    fake.api().report(post, &report, &key()).await.unwrap();
    let said: Vec<_> = fake
        .asked()
        .iter()
        .map(|asked| asked.header("space-acting-for").map(str::to_owned))
        .collect();
    let vera = Some("1009".to_owned());
    assert_eq!(said, [vera.clone(), None, vera, None]);
}

#[tokio::test]
async fn the_feed_does_not_depend_on_the_borders_of_chunks() {
    let fake = Fake::start(|asked| {
        let size: usize = asked.query("limit").unwrap().parse().unwrap();
        let mut answer =
            say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n");
        let bytes = [lines("a", true), b"\n".to_vec(), lines("b", false)].concat();
        for chunk in bytes.chunks(size) {
            let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
            framed.extend_from_slice(chunk);
            framed.extend_from_slice(b"\r\n");
            answer.push(Step::Send(framed));
        }
        answer.push(Step::Send(b"0\r\n\r\n".to_vec()));
        answer
    });
    for limit in [1, 7, 64, 4096] {
        let request = FeedRequest {
            limit: Some(limit),
            ..FeedRequest::default()
        };
        let mut stream = fake.api().feed(&request).await.unwrap();
        for (cursor, more) in [("a", true), ("b", false)] {
            let batch = stream.next().await.unwrap().unwrap();
            assert_eq!(batch.rows, small());
            assert_eq!((batch.cursor.0.as_str(), batch.more), (cursor, more));
        }
        assert_eq!(stream.next().await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_feed_is_asked_for_as_the_server_reads_it() {
    let fake = Fake::start(|_| say([STREAM.as_bytes(), &lines("a", false)].concat()));
    let request = FeedRequest {
        since: Some(Cursor("q1+/=&".to_owned())),
        mode: FeedMode::Wait,
        scope: Some(Scope::Category(crate::CategoryId::new(12).unwrap())),
        limit: Some(5),
        kinds: vec![Kind::Topic, Kind::Post],
        order: FeedOrder::Newest,
        older: FeedOlder::Later,
    };
    fake.api().feed(&request).await.unwrap();
    let path = &fake.asked()[0].path;
    assert_eq!(
        path,
        "/v1/feed?since=q1%2B%2F%3D%26&mode=wait&scope=category%3A12&limit=5&kinds=topic%2Cpost&order=newest&older=later"
    );
    assert!(
        fake.asked()[0]
            .header("accept-encoding")
            .unwrap()
            .contains("zstd")
    );
}

#[tokio::test]
async fn a_batch_that_was_cut_off_is_not_given_out() {
    let whole = lines("a", false);
    let cut = whole.len() - 5;
    let fake = Fake::start(move |_| say([STREAM.as_bytes(), &whole[..cut]].concat()));
    let mut stream = fake.api().feed(&FeedRequest::default()).await.unwrap();
    let error = stream.next().await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn garbage_is_an_error_and_not_a_retry() {
    for garbage in ["<html>\n", "{\"scope\":\"public\"}\n", "\u{fffd}\n"] {
        let fake = Fake::start(move |_| say([STREAM.as_bytes(), garbage.as_bytes()].concat()));
        let mut stream = fake.api().feed(&FeedRequest::default()).await.unwrap();
        let error = stream.next().await.unwrap_err();
        assert!(matches!(error, ApiError::Protocol { .. }), "{error:?}");
    }
    let fake = Fake::start(|_| json(200, "", "<html>"));
    assert!(matches!(
        fake.api().hello().await,
        Err(ApiError::Protocol { .. })
    ));
    let fake = Fake::start(|_| say("nonsense\r\n\r\n"));
    assert!(fake.api().hello().await.is_err());
}

#[tokio::test]
async fn a_gone_cursor_is_easy_to_tell() {
    let fake = Fake::start(|_| problem(410, "", "cursor_gone"));
    let error = fake.api().feed(&FeedRequest::default()).await.unwrap_err();
    assert!(matches!(error, ApiError::CursorGone));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn too_many_says_how_long_to_wait() {
    let fake = Fake::start(|_| problem(429, "retry-after: 7\r\n", "too_many"));
    let error = fake.api().me().await.unwrap_err();
    assert_eq!(error.code(), Some(ProblemCode::TooMany));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn problems_of_proxies_and_of_later_versions_are_sorted_by_status() {
    type Case = (fn() -> Answer, Option<ProblemCode>);
    let cases: [Case; 4] = [
        (
            || json(502, "", "<html>bad gateway"),
            Some(ProblemCode::Unavailable),
        ),
        (
            || problem(418, "", "teapot_is_hot"),
            Some(ProblemCode::Invalid),
        ),
        (|| json(404, "", "<html>nothing here"), None),
        (
            || problem(401, "", "signed_out"),
            Some(ProblemCode::SignedOut),
        ),
    ];
    for (answer, want) in cases {
        let fake = Fake::start(move |_| answer());
        assert_eq!(fake.api().me().await.unwrap_err().code(), want);
    }
}

#[tokio::test]
async fn a_redirect_is_told_and_the_token_stays() {
    let elsewhere = Fake::start(|_| json(200, "", "{}"));
    let address = elsewhere.address;
    let fake =
        Fake::start(move |_| json(307, &format!("location: http://{address}/v1/me\r\n"), ""));
    let error = fake.api().me().await.unwrap_err();
    assert!(matches!(error, ApiError::Moved { to } if to.contains(&address.to_string())));
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up() {
    let silent = || Step::Pause(Duration::from_secs(5));
    let fake = Fake::start(move |_| vec![silent()]);
    assert!(matches!(
        fake.api().me().await,
        Err(ApiError::TimedOut { .. })
    ));
    // Bytes that trickle do not make a plain call endless.
    let fake = Fake::start(move |_| {
        let mut answer = say("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n");
        for _ in 0..30 {
            answer.push(Step::Pause(Duration::from_millis(100)));
            answer.push(Step::Send(b" ".to_vec()));
        }
        answer
    });
    assert!(matches!(
        fake.api().me().await,
        Err(ApiError::TimedOut { .. })
    ));
    // A follower lives as long as something comes.
    let fake = Fake::start(move |_| {
        let mut answer = say(STREAM);
        for _ in 0..4 {
            answer.push(Step::Pause(Duration::from_millis(400)));
            answer.push(Step::Send(b"\n".to_vec()));
        }
        answer.push(Step::Send(lines("a", false)));
        answer.push(silent());
        answer
    });
    let request = FeedRequest {
        mode: FeedMode::Follow,
        ..FeedRequest::default()
    };
    let mut stream = fake.api().feed(&request).await.unwrap();
    assert!(stream.next().await.unwrap().is_some());
    assert!(matches!(
        stream.next().await,
        Err(ApiError::TimedOut { .. })
    ));
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let api = Api::new(&format!("http://{address}"), None).unwrap();
    let error = api.hello().await.unwrap_err();
    assert!(matches!(error, ApiError::Unreachable { .. }), "{error:?}");
    assert!(error.is_retryable());
}

/// A certificate for `localhost`, valid for a hundred years, and its key; made for these tests alone.
const CERTIFICATE: &[u8] = include_bytes!("testdata/localhost.pem");
const KEY: &[u8] = include_bytes!("testdata/localhost.key.der");

/// Answers one request over TLS.
fn serve_tls() -> u16 {
    use rustls::pki_types::pem::PemObject;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let certificate = rustls::pki_types::CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(KEY).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, socket);
            let mut request = [0; 4096];
            if stream.read(&mut request).is_ok() {
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]";
                let _ = stream.write_all(answer.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    port
}

#[tokio::test]
async fn https_works_with_a_trusted_certificate_alone() {
    let server = format!("https://localhost:{}", serve_tls());
    let trusting = Api::builder(&server, None)
        .trust(CERTIFICATE)
        .build()
        .unwrap();
    assert_eq!(trusting.tokens().await.unwrap(), []);
    let stranger = Api::new(&server, None).unwrap();
    assert!(matches!(
        stranger.tokens().await,
        Err(ApiError::Unreachable { .. })
    ));
}
