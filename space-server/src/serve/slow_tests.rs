// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Readers that take little, and connections that ask for nothing.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Limits;
use super::tests::{Open, SHORT, connect, hello, in_time, limits, open};

/// An answer without an end, and what tells that it was given up: all senders are gone but the router's own.
fn endless() -> (Router, mpsc::Receiver<()>) {
    let (held, released) = mpsc::channel::<()>(1);
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
    (Router::new().route("/", get(endless)), released)
}

async fn until_let_go(open: Open, released: &mut mpsc::Receiver<()>) {
    open.stop.cancel();
    in_time("the end of the answer", released.recv()).await;
    in_time("the end of the server", open.served).await.unwrap();
}

#[tokio::test]
async fn dripping_reader_is_let_go() {
    let (router, mut released) = endless();
    let of_drips = Limits {
        head: SHORT,
        stalled: SHORT * 2,
        rate: 1 << 30,
        ..limits()
    };
    let open = open(of_drips, router).await;
    let mut stream = connect(&open).await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut dripping = JoinSet::new();
    dripping.spawn(async move {
        let mut ticks = tokio::time::interval(SHORT / 10);
        let mut byte = [0; 4096];
        // Something is taken all the time.
        while matches!(stream.read(&mut byte).await, Ok(1..)) {
            ticks.tick().await;
        }
    });
    until_let_go(open, &mut released).await;
    in_time("the end of the connection", dripping.join_next())
        .await
        .unwrap()
        .unwrap();
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const ACK: u8 = 1;

fn frame(kind: u8, flags: u8, stream: u8, body: &[u8]) -> Vec<u8> {
    let length = u8::try_from(body.len()).unwrap();
    let mut frame = vec![0, 0, length, kind, flags, 0, 0, 0, stream];
    frame.extend_from_slice(body);
    frame
}

/// Begins a connection of HTTP/2 and asks for the page.
async fn ask_in_frames(open: &Open, settings: &[u8]) -> TcpStream {
    let mut stream = connect(open).await;
    let mut bytes = PREFACE.to_vec();
    bytes.extend(frame(SETTINGS, 0, 0, settings));
    bytes.extend(frame(SETTINGS, ACK, 0, &[]));
    // GET, http, / and x, as HPACK has them.
    bytes.extend(frame(1, 5, 1, &[0x82, 0x86, 0x84, 0x41, 1, b'x']));
    stream.write_all(&bytes).await.unwrap();
    stream
}

/// Answers pings, and does nothing else, until the other side goes.
async fn only_answer_pings(mut stream: TcpStream) {
    let mut head = [0; 9];
    while stream.read_exact(&mut head).await.is_ok() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut body = vec![0; usize::try_from(length).unwrap()];
        if stream.read_exact(&mut body).await.is_err() {
            return;
        }
        if head[3] == PING && head[4] & ACK == 0 {
            let _ = stream.write_all(&frame(PING, ACK, 0, &body)).await;
        }
    }
}

#[tokio::test]
async fn connection_that_only_answers_pings_is_closed() {
    let resting = Limits {
        head: SHORT,
        keep_alive: SHORT * 2,
        ..limits()
    };
    let open = open(resting, hello()).await;
    let stream = ask_in_frames(&open, &[]).await;
    let began = Instant::now();
    in_time("the end of the connection", only_answer_pings(stream)).await;
    assert!(began.elapsed() >= SHORT);
}

#[tokio::test]
async fn stream_whose_window_stays_shut_is_let_go() {
    let (router, mut released) = endless();
    let slow = Limits {
        head: SHORT,
        keep_alive: Duration::from_mins(1),
        // A slice is handed on before there is a window for it.
        rate: 1 << 20,
        ..limits()
    };
    let open = open(slow, router).await;
    // SETTINGS_INITIAL_WINDOW_SIZE = 0.
    let stream = ask_in_frames(&open, &[0, 4, 0, 0, 0, 0]).await;
    in_time("the end of the connection", only_answer_pings(stream)).await;
    until_let_go(open, &mut released).await;
}

#[tokio::test]
async fn long_answer_arrives_whole_in_slices() {
    let body: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    let whole = body.clone();
    let router = Router::new().route("/", get(move || async move { whole }));
    let open = open(limits(), router).await;
    let mut stream = connect(&open).await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut all = Vec::new();
    in_time("the answer", stream.read_to_end(&mut all))
        .await
        .unwrap();
    let at = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&all[..at]).to_lowercase();
    assert!(head.contains("content-length: 3000000"), "{head}");
    assert!(all[at + 4..] == body);
}
