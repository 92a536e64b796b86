// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The feed: `page`, `wait` and `follow`.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;
use space_core::Scope;
use space_core::protocol::{Cursor, FeedLine, FeedMode, FeedOlder, FeedOrder, Kind};

use super::follow::{self, Follow};
use super::order::Asker;
use super::{ApiError, App};
use crate::feed::{self, Page, PageError, Request};
use crate::store::StoreError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedQuery {
    since: Option<Cursor>,
    #[serde(default)]
    mode: FeedMode,
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

/// `GET /v1/feed`
pub(super) async fn read(
    State(app): State<App>,
    Asker(by): Asker,
    query: Result<Query<FeedQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(query) = query.map_err(|error| ApiError::invalid(error.body_text()))?;
    let kinds: BTreeSet<Kind> = query
        .kinds
        .iter()
        .flat_map(|kinds| kinds.split(','))
        .map(|kind| {
            kind.parse()
                .map_err(|error| ApiError::invalid(format!("`kinds`: {error}")))
        })
        .collect::<Result<_, _>>()?;
    let config = &app.config.feed;
    let most = config.page_rows_max.get() as usize;
    let limit = query
        .limit
        .unwrap_or(config.page_rows.get() as usize)
        .clamp(1, most);
    let mut request = Request {
        by,
        since: query.since,
        scope: query.scope,
        kinds,
        limit,
        order: query.order,
        older: query.older,
    };
    match query.mode {
        FeedMode::Page => Ok(whole(encode(page(&app, &request).await?).0)),
        FeedMode::Wait => {
            let until = tokio::time::Instant::now() + config.wait.get();
            loop {
                // Watching begins before reading: what comes after the read then wakes.
                let mut watch = app.hub.watch();
                let read = page(&app, &request).await?;
                let scopes = read.page.scopes.clone();
                let has_news = !read.page.rows.is_empty() || read.page.more;
                let (body, next) = encode(read);
                if has_news {
                    return Ok(whole(body));
                }
                // Nothing was seen: reading on from here costs nothing next time.
                request.since = Some(next);
                tokio::select! {
                    // Each of these may be lost without harm: the page is read again.
                    moved = watch.moved(&scopes) => if !moved { return Ok(whole(body)) },
                    () = tokio::time::sleep_until(until) => return Ok(whole(body)),
                    () = app.stopping.cancelled() => return Ok(whole(body)),
                }
            }
        }
        FeedMode::Follow => {
            // The first page is read before the answer begins, so that a refusal is an answer and not a broken stream.
            let watch = app.hub.watch();
            let first = page(&app, &request).await?;
            Ok(follow::response(Follow::new(app, request, watch, first)))
        }
    }
}

/// A page, sealed: what is sent.
pub(super) struct Sealed {
    pub(super) page: Page,
    pub(super) cursor: Cursor,
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

/// Writes a page as lines.
pub(super) fn encode(sealed: Sealed) -> (Bytes, Cursor) {
    let Sealed { page, cursor } = sealed;
    let mut out = Vec::with_capacity(page.rows.len() * 512 + 160);
    let line = FeedLine::Cursor {
        cursor: cursor.clone(),
        more: page.more,
    };
    let written = page
        .rows
        .iter()
        .try_for_each(|row| row.write(&mut out))
        .and_then(|()| line.write(&mut out));
    written.expect("rows are plain data and are written to memory");
    (out.into(), cursor)
}

fn whole(body: Bytes) -> Response {
    ([(CONTENT_TYPE, "application/x-ndjson")], body).into_response()
}
