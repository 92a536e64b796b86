// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following the feed: rows as they come, in three forms on one address - lines of JSON, server-sent events, and the
//! messages of a WebSocket.

mod events;
mod lines;
mod socket;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use prometheus_client::metrics::counter::Counter;
use space_core::Scope;
use tokio::time::Instant;

use super::feed::{ROOM, Sealed, page, until_end};
use super::in_flight::{Held, counted};
use super::{ApiError, App};
use crate::feed::{Request, Watch};
use crate::metrics::{Form, Here};

pub(super) use lines::{encode, end, rows};
pub(super) use socket::upgrade;

/// The type of a stream of lines. It differs from that of a page so that it is not compressed: a compressor holds lines
/// back, and keeps some hundred kilobytes of each follower's past.
pub(super) const LINES: &str = "application/x-ndjson; stream=true";

/// The type of a stream of server-sent events.
pub(super) const EVENTS: &str = "text/event-stream";

/// One follower. It holds no rows: what is not sent yet is read when there is room for it, so a slow reader costs
/// nothing but its place. It is handed on in a box, since futures hold once for each hand what they are handed.
pub(super) struct Follow {
    app: App,
    request: Request,
    watch: Watch,
    scopes: BTreeSet<Scope>,
    /// A page that is read but not sent.
    ready: Option<Sealed>,
    /// Whether to read again: there is more at once, or something may have moved.
    is_due: bool,
    idle: Duration,
    /// When a sign of life is due. Wake-ups that bring nothing do not put it off: one that comes late would tell that
    /// something happened that this reader may not see.
    idle_at: Instant,
    /// When the follower's token ends.
    ends_at: Option<Instant>,
    sent: Counter,
    /// Where it follows from, which has a share of what may be in memory.
    from: IpAddr,
    /// The room of what is read and not sent.
    room: Option<Held>,
    _here: Here,
}

/// What a follower gets next.
pub(super) enum Piece {
    /// Rows, and where to go on.
    Batch(Sealed),
    /// Nothing; the connection lives.
    Idle,
}

/// Why a follower gets nothing more.
pub(super) enum End {
    /// The server stops.
    Stopping,
    /// It may not go on, or the store failed.
    Problem(ApiError),
}

impl Follow {
    pub(super) fn new(
        app: App,
        request: Request,
        watch: Watch,
        first: Sealed,
        form: Form,
        (from, room): (IpAddr, Held),
    ) -> Self {
        let idle = app.config.feed.idle_line.get();
        Self {
            watch,
            request,
            scopes: BTreeSet::new(),
            ready: Some(first),
            is_due: false,
            idle,
            idle_at: Instant::now() + idle,
            ends_at: None,
            sent: app.metrics.rows_sent(form),
            from,
            room: Some(room),
            _here: app.metrics.follower(form),
            app,
        }
    }

    /// Waits for the next piece. May be dropped while it waits: nothing is lost.
    pub(super) async fn next(&mut self) -> Result<Piece, End> {
        loop {
            if let Some(read) = self.ready.take() {
                self.scopes.clone_from(&read.page.watched);
                self.ends_at = read.ends_at(&self.app);
                self.is_due = read.page.more;
                let is_first = self.request.since.is_none();
                let is_worth_sending = is_first || self.is_due || !read.page.rows.is_empty();
                self.request.since = Some(read.cursor.clone());
                if is_worth_sending {
                    self.idle_at = Instant::now() + self.idle;
                    self.sent.inc_by(read.page.rows.len() as u64);
                    return Ok(Piece::Batch(read));
                }
            }
            if !self.is_due {
                self.room = None;
                tokio::select! {
                    // Losing any of these is fine: what moved is remembered before anything else is waited for.
                    moved = self.watch.moved(&self.scopes) => {
                        if !moved {
                            return Err(End::Stopping);
                        }
                        self.is_due = true;
                    }
                    () = tokio::time::sleep_until(self.idle_at) => {
                        self.idle_at = Instant::now() + self.idle;
                        return Ok(Piece::Idle);
                    }
                    // Nothing moves then, and nobody wakes: the next page says that it is over.
                    () = until_end(self.ends_at) => self.is_due = true,
                    () = self.app.stopping.cancelled() => return Err(End::Stopping),
                }
            }
            // Between two pages of a long read, too: it may go on from its cursor elsewhere.
            if self.app.stopping.is_cancelled() {
                return Err(End::Stopping);
            }
            // Room first: a follower who waits for it holds nothing.
            self.room = None;
            let room = tokio::select! {
                room = self.app.in_flight.hold(self.from, ROOM) => room,
                () = self.app.stopping.cancelled() => return Err(End::Stopping),
            };
            self.room = Some(room);
            // Rights are looked at again for every page; whoever lost them gets no more. Boxed, so that a follower who waits
            // does not hold the place that reading takes.
            let read = Box::pin(page(&self.app, &self.request)).await;
            self.ready = Some(read.map_err(End::Problem)?);
        }
    }
}

/// Answers with a stream of lines, or of events.
pub(super) fn stream(follow: Box<Follow>, content_type: &'static str) -> Response {
    let write: fn(&Piece) -> Bytes = if content_type == EVENTS {
        events::write
    } else {
        lines::write
    };
    let pieces = stream::unfold(follow, move |mut follow| async move {
        let piece = follow.next().await.ok()?;
        let written = write(&piece);
        // What waits to be taken is counted, and other rows wait for room. A sign of life costs nothing.
        let written = match &piece {
            Piece::Batch(_) => match follow.room.take() {
                Some(mut room) => {
                    room.shrink_to(written.len());
                    counted(written, &Arc::new(room))
                }
                None => written,
            },
            Piece::Idle => written,
        };
        Some((Ok::<_, Infallible>(written), follow))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        // nginx would collect lines until its buffer is full.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    // Fused: a body may be asked once more after its end, which `unfold` answers with a panic.
    (headers, Body::from_stream(pieces.fuse())).into_response()
}

/// Says whether somebody asks for server-sent events.
pub(super) fn wants_events(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|kind| {
            let kind = kind.split(';').next().unwrap_or_default();
            kind.trim().eq_ignore_ascii_case(EVENTS)
        })
}

#[cfg(test)]
mod tests;
