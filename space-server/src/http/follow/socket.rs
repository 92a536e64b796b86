// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The messages of a WebSocket: one text message for each row and each cursor, a ping where a stream has an empty line.

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use futures_util::SinkExt;
use space_core::protocol::{FeedLine, ProblemCode};
use tokio::time::Instant;

use super::{End, Follow, Piece};
use crate::feed::size;
use crate::http::feed::Sealed;

/// Bytes that are collected before they are sent, while there are more.
const WRITTEN: usize = 4 << 10;

/// Bytes of the buffer for what a follower says, which every one has all the time: the default is 128 KiB.
const READ: usize = HEARD;

/// Bytes that may wait to be taken: the longest row, and as much again.
const WAITING: usize = 16 << 20;

/// Bytes of a message from a follower, who has nothing to say.
const HEARD: usize = 1 << 10;

/// After how many signs of life without an answer a follower is taken for gone.
const SIGNS: u32 = 3;

/// The server restarts: to be tried again soon (IANA's registry of close codes).
const SERVICE_RESTART: u16 = 1012;

/// Answers with the upgrade, and follows on the socket.
pub(in crate::http) fn upgrade(upgrade: WebSocketUpgrade, follow: Box<Follow>) -> Response {
    let ending = follow.app.ending.clone();
    upgrade
        .read_buffer_size(READ)
        .write_buffer_size(WRITTEN)
        .max_write_buffer_size(WAITING)
        .max_message_size(HEARD)
        .max_frame_size(HEARD)
        // On a task of axum's. The server waits for the connection, which goes with it.
        .on_upgrade(async move |socket| {
            ending.run_until_cancelled(run(socket, follow)).await;
        })
}

async fn run(mut socket: WebSocket, mut follow: Box<Follow>) {
    let mut heard = Instant::now();
    let close = loop {
        // Both may be dropped while they wait: a message stays in the buffer, a row in the feed.
        let piece = tokio::select! {
            piece = follow.next() => piece,
            message = socket.recv() => match message {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                    heard = Instant::now();
                    continue;
                }
                Some(Ok(Message::Text(_) | Message::Binary(_))) => {
                    break frame(close_code::UNSUPPORTED, "nothing is read on this socket");
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
            },
        };
        let sent = match piece {
            Ok(Piece::Batch(sealed)) => {
                let _room = follow.room.take().map(|mut room| {
                    room.shrink_to(sealed.page.rows.iter().map(size).sum());
                    room
                });
                Box::pin(send(&mut socket, &sealed)).await
            }
            Ok(Piece::Idle) if heard.elapsed() > follow.idle * SIGNS => {
                break frame(close_code::POLICY, "no answer to pings");
            }
            Ok(Piece::Idle) => socket.send(Message::Ping(bytes::Bytes::new())).await,
            Err(End::Stopping) => break frame(SERVICE_RESTART, "go on with the last cursor"),
            Err(End::Problem(error)) => break farewell(error.code()),
        };
        if sent.is_err() {
            return;
        }
    };
    // Whoever does not take it any more has gone.
    let _ = socket.send(Message::Close(Some(close))).await;
}

async fn send(socket: &mut WebSocket, sealed: &Sealed) -> Result<(), axum::Error> {
    let Sealed { page, cursor } = sealed;
    for row in &page.rows {
        let mut line = Vec::with_capacity(512);
        row.write(&mut line).map_err(axum::Error::new)?;
        socket.feed(message(line)).await?;
    }
    let mut line = Vec::with_capacity(160);
    FeedLine::Cursor {
        cursor: cursor.clone(),
        more: page.more,
    }
    .write(&mut line)
    .map_err(axum::Error::new)?;
    socket.send(message(line)).await
}

fn message(mut line: Vec<u8>) -> Message {
    line.pop();
    match String::from_utf8(line) {
        Ok(text) => Message::Text(text.into()),
        // JSON is UTF-8.
        Err(error) => Message::Binary(error.into_bytes().into()),
    }
}

/// A problem as a close code: its own code is the reason.
fn farewell(code: ProblemCode) -> CloseFrame {
    let close = match code {
        ProblemCode::Unavailable => close_code::AGAIN,
        ProblemCode::Internal => close_code::ERROR,
        _ => close_code::POLICY,
    };
    frame(close, code.word())
}

fn frame(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame {
        code,
        reason: reason.into(),
    }
}
