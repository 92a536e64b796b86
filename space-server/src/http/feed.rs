// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The feed: `page`, `wait` and `follow`.

mod parts;

use std::collections::BTreeSet;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, UPGRADE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;
use space_core::Scope;
use space_core::protocol::{Cursor, FeedMode, FeedOlder, FeedOrder, Kind};
use tokio::time::Instant;

use super::follow::{self, Follow, encode};
use super::in_flight::NOWHERE;
use super::order::Asker;
use super::peer::Peer;
use super::{ApiError, App};
use crate::feed::{self, Page, PageError, Request};
use crate::metrics::Form;
use crate::store::StoreError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedQuery {
    since: Option<Cursor>,
    mode: Option<FeedMode>,
    limit: Option<usize>,
    scope: Option<Scope>,
    /// Kinds with commas between.
    kinds: Option<String>,
    /// In which order a read from zero goes.
    #[serde(default)]
    order: FeedOrder,
    /// Whether a read with the newest first goes on to what is older.
    #[serde(default)]
    older: FeedOlder,
}

/// Bytes that a part of a page takes: its rows, and as they are sent.
pub(super) const ROOM: usize = 3 * feed::PART_BYTES;

/// The header with which an `EventSource` says where its line broke.
const LAST_EVENT_ID: &str = "last-event-id";

/// In which form somebody follows: as they ask for it, or not at all.
enum Asked {
    Socket(Box<WebSocketUpgrade>),
    Events,
    Plain,
}

impl Asked {
    fn of(
        headers: &HeaderMap,
        upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    ) -> Result<Self, ApiError> {
        let wants_socket = headers
            .get(UPGRADE)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"));
        match upgrade {
            Ok(upgrade) => Ok(Self::Socket(Box::new(upgrade))),
            Err(error) if wants_socket => Err(ApiError::invalid(error.body_text())),
            Err(_) if follow::wants_events(headers) => Ok(Self::Events),
            Err(_) => Ok(Self::Plain),
        }
    }
}

/// `GET /v1/feed`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    peer: Result<Peer, ApiError>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    query: Result<Query<FeedQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let from = peer.map_or(NOWHERE, |Peer(from)| from);
    let kinds: BTreeSet<Kind> = query
        .kinds
        .iter()
        .flat_map(|kinds| kinds.split(','))
        .map(|kind| {
            kind.parse()
                .map_err(|error| ApiError::invalid(format!("`kinds`: {error}")))
        })
        .collect::<Result<_, _>>()?;
    let asked = Asked::of(&headers, upgrade)?;
    let mode = match (&asked, query.mode) {
        (Asked::Plain, mode) => mode.unwrap_or_default(),
        (_, None | Some(FeedMode::Follow)) => FeedMode::Follow,
        (_, Some(_)) => {
            return Err(ApiError::invalid(
                "`mode`: events and WebSockets always follow",
            ));
        }
    };
    let since = match headers.get(LAST_EVENT_ID) {
        // It counts more than the address, which an `EventSource` keeps as it was at first.
        Some(id) if matches!(asked, Asked::Events) && !id.is_empty() => {
            let id = id.to_str().unwrap_or_default();
            Some(Cursor(id.to_owned()))
        }
        _ => query.since,
    };
    let config = &app.config.feed;
    let most = config.page_rows_max.get() as usize;
    let limit = query
        .limit
        .unwrap_or(config.page_rows.get() as usize)
        .clamp(1, most);
    let mut request = Request {
        by,
        since,
        scope: query.scope,
        kinds,
        limit,
        bytes: feed::PART_BYTES,
        order: query.order,
        older: query.older,
    };
    // Before anything is read: those who wait for room hold nothing.
    let room = app.in_flight.hold(from, ROOM);
    let mut room = tokio::time::timeout(app.config.http.request_timeout.get(), room)
        .await
        .map_err(|_| ApiError::unavailable("too many answers are being sent"))?;
    match mode {
        FeedMode::Page => {
            let first = page(&app, &parts::first_of(&request)).await?;
            Ok(match parts::rest_of(&request, &first) {
                None => whole(encode(&first)),
                Some(left) => parts::stream(app, room, request, first, left),
            })
        }
        FeedMode::Wait => {
            // It may wait for long, and has nothing meanwhile.
            room.shrink_to(0);
            let until = tokio::time::Instant::now() + config.wait.get();
            loop {
                // Watching begins before reading: what comes after the read then wakes.
                let mut watch = app.hub.watch();
                let read = page(&app, &request).await?;
                let scopes = read.page.watched.clone();
                let ends_at = read.ends_at(&app);
                let has_news = !read.page.rows.is_empty() || read.page.more;
                let body = encode(&read);
                if has_news {
                    return Ok(whole(body));
                }
                // Nothing was seen: reading on from here costs nothing next time.
                request.since = Some(read.cursor);
                tokio::select! {
                    // Each of these may be lost without harm: the page is read again.
                    moved = watch.moved(&scopes) => if !moved { return Ok(whole(body)) },
                    () = tokio::time::sleep_until(until) => return Ok(whole(body)),
                    // The token ends: the next page says so.
                    () = until_end(ends_at) => {}
                    () = app.stopping.cancelled() => return Ok(whole(body)),
                }
            }
        }
        FeedMode::Follow => {
            // The first page is read before the answer begins, so that a refusal is an answer and not a broken stream.
            let watch = app.hub.watch();
            let first = page(&app, &request).await?;
            let follower =
                |form| Box::new(Follow::new(app, request, watch, first, form, (from, room)));
            Ok(match asked {
                Asked::Socket(upgrade) => follow::upgrade(*upgrade, follower(Form::Socket)),
                Asked::Events => follow::stream(follower(Form::Events), follow::EVENTS),
                Asked::Plain => follow::stream(follower(Form::Lines), follow::LINES),
            })
        }
    }
}

/// A page, sealed: what is sent.
pub(super) struct Sealed {
    pub(super) page: Page,
    pub(super) cursor: Cursor,
}

impl Sealed {
    /// Returns when the reader's token ends, as the runtime counts time; `None` when it does not, or not in this life.
    pub(super) fn ends_at(&self, app: &App) -> Option<Instant> {
        let left = self.page.ends_at?.since(app.clock.now());
        Instant::now().checked_add(left)
    }
}

/// Waits until a token ends; for ever when it does not.
pub(super) async fn until_end(ends_at: Option<Instant>) {
    match ends_at {
        Some(end) => tokio::time::sleep_until(end).await,
        None => std::future::pending().await,
    }
}

/// Reads a page.
pub(super) async fn page(app: &App, request: &Request) -> Result<Sealed, ApiError> {
    let (seal, asked, now) = (app.seal.clone(), request.clone(), app.clock.now());
    let read = app
        .store
        .read_long(move |x| Box::pin(async move { Ok(feed::read(x, &seal, &asked, now).await) }))
        .await;
    let page = match read {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => return Err(error.into()),
        Err(StoreError::NoSpace) => return Err(PageError::Store(StoreError::NoSpace).into()),
        Err(error) => return Err(error.into()),
    };
    let cursor = app
        .seal
        .close(page.epoch, page.next, &page.reader, &*app.entropy);
    Ok(Sealed { page, cursor })
}

fn whole(body: Bytes) -> Response {
    ([(CONTENT_TYPE, "application/x-ndjson")], body).into_response()
}
