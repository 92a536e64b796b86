// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Limits, OfOne, serve};
use crate::config;
use crate::lifecycle::Lifecycle;
use crate::testing::{House, On};

const DEADLINE: Duration = Duration::from_secs(20);

/// Short enough to wait for.
pub(super) const SHORT: Duration = Duration::from_millis(200);

pub(super) fn limits() -> Limits {
    Limits::from(&config::Http::default())
}

/// A server on a socket.
pub(super) struct Open {
    at: SocketAddr,
    pub(super) stop: CancellationToken,
    pub(super) served: JoinHandle<Option<()>>,
    _house: House,
}

pub(super) async fn open(limits: Limits, router: Router) -> Open {
    let house = House::new(On::Sqlite).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, lifecycle) = (CancellationToken::new(), Lifecycle::new());
    let (stopping, tasks) = (stop.clone(), lifecycle.clone());
    let metrics = house.app.metrics.clone();
    let served = lifecycle.spawn("serve", async move {
        serve(listener, router, limits, metrics, &tasks, stopping).await;
    });
    Open {
        at,
        stop,
        served,
        _house: house,
    }
}

pub(super) fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

pub(super) async fn in_time<T>(what: &str, waiting: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, waiting)
        .await
        .unwrap_or_else(|_| panic!("{what} did not happen"))
}

pub(super) async fn connect(open: &Open) -> TcpStream {
    TcpStream::connect(open.at).await.unwrap()
}

/// Asks on a connection that stays open, and reads the answer.
async fn ask(stream: &mut TcpStream) -> String {
    let sent = stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut answer = Vec::new();
    let mut piece = [0; 1024];
    if sent.is_ok() {
        let reading = async {
            while !answer.ends_with(b"hello") {
                match stream.read(&mut piece).await {
                    Ok(0) | Err(_) => break,
                    Ok(length) => answer.extend_from_slice(&piece[..length]),
                }
            }
        };
        in_time("an answer", reading).await;
    }
    String::from_utf8(answer).unwrap()
}

/// Reads to the end, which has to come. A reset is an end, too.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let _ = in_time("the end of the connection", stream.read_to_end(&mut all)).await;
    String::from_utf8(all).unwrap()
}

#[tokio::test]
async fn a_head_that_does_not_come_in_time_ends_its_connection() {
    let open = open(
        Limits {
            head: SHORT,
            ..limits()
        },
        hello(),
    )
    .await;
    // The first letter of both protocols; half a request; nothing at all.
    for begin in ["P", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", ""] {
        let mut stream = connect(&open).await;
        stream.write_all(begin.as_bytes()).await.unwrap();
        rest(&mut stream).await;
    }
    // The second request of a connection, too.
    let mut stream = connect(&open).await;
    assert!(ask(&mut stream).await.ends_with("hello"));
    stream.write_all(b"GET / HT").await.unwrap();
    rest(&mut stream).await;
}

#[tokio::test]
async fn a_head_that_comes_letter_by_letter_gets_no_more_time_for_it() {
    let open = open(
        Limits {
            head: SHORT,
            ..limits()
        },
        hello(),
    )
    .await;
    let mut stream = connect(&open).await;
    let began = tokio::time::Instant::now();
    let dripping = async {
        stream.write_all(b"GET / HTTP/1.1\r\n").await?;
        let mut ticks = tokio::time::interval(SHORT / 10);
        let mut byte = [0];
        loop {
            ticks.tick().await;
            stream.write_all(b"x").await?;
            if let Ok(0) = stream.try_read(&mut byte) {
                return Ok::<_, std::io::Error>(());
            }
        }
    };
    let _ = in_time("the end of the connection", dripping).await;
    assert!(began.elapsed() >= SHORT);
}

#[tokio::test]
async fn a_connection_may_rest_between_requests_for_longer_than_a_head_takes() {
    let open = open(
        Limits {
            head: SHORT,
            keep_alive: SHORT * 8,
            ..limits()
        },
        hello(),
    )
    .await;
    let mut stream = connect(&open).await;
    assert!(ask(&mut stream).await.ends_with("hello"));
    let mut byte = [0];
    let resting = tokio::time::timeout(SHORT * 3, stream.read(&mut byte)).await;
    assert!(resting.is_err(), "it was closed: {resting:?}");
    assert!(ask(&mut stream).await.ends_with("hello"));
    // But not for ever.
    rest(&mut stream).await;
}

#[tokio::test]
async fn one_connection_too_many_is_told_to_come_again() {
    let open = open(
        Limits {
            most: 1,
            ..limits()
        },
        hello(),
    )
    .await;
    let mut first = connect(&open).await;
    assert!(ask(&mut first).await.ends_with("hello"));
    let mut second = connect(&open).await;
    let refusal = rest(&mut second).await;
    let (head, body) = refusal.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 503 "), "{head}");
    assert!(
        head.contains(&format!("content-length: {}\r\n", body.len())),
        "{head}"
    );
    let problem: Value = serde_json::from_str(body).unwrap();
    assert_eq!(problem["code"], "unavailable");
    drop(first);
    let seated = async {
        let mut third = connect(&open).await;
        while !ask(&mut third).await.ends_with("hello") {
            third = connect(&open).await;
        }
    };
    in_time("a free seat", seated).await;
}

#[tokio::test]
async fn one_address_does_not_get_more_than_its_seats_unless_it_is_a_proxy() {
    let of_one = Limits {
        of_one: OfOne {
            most: 1,
            counts_this_machine: true,
        },
        ..limits()
    };
    let strict = open(of_one.clone(), hello()).await;
    let mut first = connect(&strict).await;
    assert!(ask(&mut first).await.ends_with("hello"));
    assert!(rest(&mut connect(&strict).await).await.contains("503"));

    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let behind = open(Limits { proxies, ..of_one }, hello()).await;
    let mut all = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(&behind).await;
        assert!(ask(&mut stream).await.ends_with("hello"));
        all.push(stream);
    }
}

#[tokio::test]
async fn who_takes_nothing_of_an_endless_answer_is_let_go() {
    let (held, mut released) = mpsc::channel::<()>(1);
    let endless = move || {
        let held = held.clone();
        async move {
            let pieces = stream::repeat_with(move || {
                let _ = &held;
                Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1 << 16]))
            });
            Body::from_stream(pieces)
        }
    };
    let open = open(
        Limits {
            stalled: SHORT,
            ..limits()
        },
        Router::new().route("/", get(endless)),
    )
    .await;
    let mut stream = connect(&open).await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    // The router holds one sender, which goes when the server ends; the answer held the other.
    open.stop.cancel();
    in_time("the end of the answer", released.recv()).await;
    in_time("the end of the server", open.served).await.unwrap();
    drop(stream);
}

#[tokio::test]
async fn a_server_that_stops_closes_what_rests_and_ends_what_it_began() {
    let (reached, mut was_reached) = mpsc::channel(1);
    let (go, gone) = tokio::sync::watch::channel(false);
    let slow = move || {
        let (reached, mut gone) = (reached.clone(), gone.clone());
        async move {
            reached.send(()).await.unwrap();
            gone.wait_for(|is_gone| *is_gone).await.unwrap();
            "hello"
        }
    };
    let open = open(limits(), hello().route("/slow", get(slow))).await;
    let mut resting = connect(&open).await;
    assert!(ask(&mut resting).await.ends_with("hello"));
    let mut asking = connect(&open).await;
    asking
        .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    in_time("the request", was_reached.recv()).await;
    open.stop.cancel();
    rest(&mut resting).await;
    let refused = async { while TcpStream::connect(open.at).await.is_ok() {} };
    in_time("a closed door", refused).await;
    go.send(true).unwrap();
    assert!(rest(&mut asking).await.ends_with("hello"));
    in_time("the end", open.served).await.unwrap();
}

#[test]
fn the_limit_of_open_files_is_read() {
    let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
        Max open files            1024                 524288               files     \n";
    assert_eq!(super::open_files(limits), Some(1024));
    assert_eq!(
        super::open_files("Max open files unlimited unlimited files"),
        None
    );
}
