// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A stream that never ends: rows as they come.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use space_core::Scope;
use tokio::time::Instant;

use super::App;
use super::feed::{Sealed, encode, page};
use crate::feed::{Request, Watch};

/// The type of a stream. It differs from that of a page so that it is not compressed: that would hold lines back.
pub(super) const CONTENT_TYPE: &str = "application/x-ndjson; stream=true";

/// One follower. It holds no rows: what is not sent yet is read when there is room for it, so a slow reader costs
/// nothing but its place.
pub(super) struct Follow {
    app: App,
    request: Request,
    watch: Watch,
    scopes: BTreeSet<Scope>,
    /// A page that is read but not sent.
    ready: Option<Sealed>,
    /// Whether there is more to read at once.
    more: bool,
    idle: Duration,
    /// When an empty line is due. Wake-ups that bring nothing do not put it off: a line that comes late would tell that
    /// something happened that this reader may not see.
    idle_at: Instant,
}

impl Follow {
    pub(super) fn new(app: App, request: Request, watch: Watch, first: Sealed) -> Self {
        let idle = app.config.feed.idle_line.get();
        Self {
            app,
            request,
            watch,
            scopes: BTreeSet::new(),
            ready: Some(first),
            more: false,
            idle,
            idle_at: Instant::now() + idle,
        }
    }

    /// Waits for the next piece; `None` ends the stream.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(read) = self.ready.take() {
                self.scopes.clone_from(&read.page.scopes);
                self.more = read.page.more;
                let is_first = self.request.since.is_none();
                let is_worth_sending = is_first || self.more || !read.page.rows.is_empty();
                let (bytes, cursor) = encode(read);
                self.request.since = Some(cursor);
                if is_worth_sending {
                    self.idle_at = Instant::now() + self.idle;
                    return Some(bytes);
                }
            }
            if !self.more {
                tokio::select! {
                    // Losing any of these is fine: the page is read again from the cursor.
                    moved = self.watch.moved(&self.scopes) => if !moved { return None },
                    () = tokio::time::sleep_until(self.idle_at) => {
                        self.idle_at = Instant::now() + self.idle;
                        return Some(Bytes::from_static(b"\n"));
                    }
                    () = self.app.stopping.cancelled() => return None,
                }
            }
            // Rights are looked at again for every page; whoever lost them gets no more.
            self.ready = Some(page(&self.app, &self.request).await.ok()?);
        }
    }
}

/// Makes the response that streams.
pub(super) fn response(follow: Follow) -> Response {
    let pieces = stream::unfold(follow, |mut follow| async move {
        let piece = follow.next().await?;
        Some((Ok::<_, Infallible>(piece), follow))
    });
    (
        [(header::CONTENT_TYPE, CONTENT_TYPE)],
        Body::from_stream(pieces),
    )
        .into_response()
}
