// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A long page of the feed, read and sent part by part, so that a slow reader holds one part and not the page.
//!
//! The parts are pages of their own without the cursors between them. Rows that change meanwhile move to the head, and are
//! met on a later part or page, as they would be between two pages. Rights are looked at again for each part.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};

use super::{Sealed, page};
use crate::feed::{PAGE_BYTES, PART_BYTES, Request, size};
use crate::http::App;
use crate::http::follow::{end, rows};
use crate::http::in_flight::{Held, holding};

/// Rows of a part at most.
const PART_ROWS: usize = 512;

/// What a page may still have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    rows: usize,
    bytes: usize,
}

impl Left {
    /// Returns what is left behind a part of so many rows at most; `None` when the page ends there. A part that is short
    /// for another reason than its size ends the page, as it always did.
    fn behind(self, part: &Sealed, most: usize) -> Option<Self> {
        let rows = part.page.rows.len();
        let bytes: usize = part.page.rows.iter().map(size).sum();
        let left = Self {
            rows: self.rows.saturating_sub(rows),
            bytes: self.bytes.saturating_sub(bytes),
        };
        let is_full = rows >= most || bytes >= PART_BYTES;
        (part.page.more && is_full && left.rows > 0 && left.bytes > 0).then_some(left)
    }
}

/// Returns the request for the first part of a page.
pub(super) fn first_of(request: &Request) -> Request {
    Request {
        limit: request.limit.min(PART_ROWS),
        ..request.clone()
    }
}

/// Returns what a page may have behind its first part; `None` when that is the whole page.
pub(super) fn rest_of(request: &Request, first: &Sealed) -> Option<Left> {
    let whole = Left {
        rows: request.limit,
        bytes: PAGE_BYTES,
    };
    whole.behind(first, request.limit.min(PART_ROWS))
}

/// Sends a page whose first part was read.
pub(super) fn stream(
    app: App,
    held: Held,
    request: Request,
    first: Sealed,
    left: Left,
) -> Response {
    let parts = stream::unfold(Some((first, Some(left))), move |state| {
        let (app, mut asked) = (app.clone(), request.clone());
        async move {
            let (part, left) = state?;
            let mut written = rows(&part);
            let next = match left {
                None => None,
                Some(left) => {
                    asked.since = Some(part.cursor.clone());
                    asked.limit = left.rows.min(PART_ROWS);
                    // Boxed, so that a part which waits to be taken does not hold the place that reading takes. When it
                    // fails, the page ends before it, and the next request is told why.
                    let read = Box::pin(page(&app, &asked)).await.ok();
                    read.map(|read| {
                        let left = left.behind(&read, asked.limit);
                        (read, left)
                    })
                }
            };
            if next.is_none() {
                end(&part, &mut written);
            }
            Some((Ok::<_, Infallible>(Bytes::from(written)), next))
        }
    });
    // Fused: compression asks once more after the end, which `unfold` answers with a panic.
    let body = holding(Body::from_stream(parts.fuse()), Arc::new(held));
    ([(CONTENT_TYPE, "application/x-ndjson")], body).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use space_core::protocol::FeedLine;

    use crate::feed::PART_BYTES;
    use crate::testing::{House, On};

    #[tokio::test(flavor = "multi_thread")]
    async fn long_page_in_parts_has_everything_and_one_cursor() {
        let house = House::new(On::Sqlite).await.unwrap();
        let news = house
            .category("news", &["everyone read", "members start"])
            .await;
        let (topic, _) = house.topic("charlie", news, "Long").await;
        for at in 0..30 {
            let source = format!("start {at} {}", "word ".repeat(6_000));
            house.reply("charlie", topic, &source).await;
        }
        for order in ["oldest", "newest"] {
            let lines = house
                .feed("nobody", &format!("limit=10000&order={order}"))
                .await
                .unwrap();
            let (mut bytes, mut cursors, mut posts) = (0, Vec::new(), 0);
            for line in &lines {
                match line {
                    FeedLine::Row(row) => {
                        bytes += super::size(row);
                        posts +=
                            usize::from(bytes > 0 && row.kind == space_core::protocol::Kind::Post);
                    }
                    FeedLine::Cursor { cursor, more } => cursors.push((cursor.clone(), *more)),
                    _ => {}
                }
            }
            assert!(bytes > 2 * PART_BYTES, "{order}: {bytes}");
            assert_eq!(posts, 31, "{order}");
            let [(cursor, false)] = cursors.as_slice() else {
                panic!("{order}: {cursors:?}");
            };
            let rest = house.feed("nobody", &format!("since={cursor}")).await;
            assert_eq!(rest.unwrap().len(), 1, "{order}: the cursor alone");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn compressed_long_page_is_the_plain_page() {
        let house = House::new(On::Sqlite).await.unwrap();
        let news = house
            .category("news", &["everyone read", "members start"])
            .await;
        let (topic, _) = house.topic("charlie", news, "Long").await;
        for at in 0..30 {
            let source = format!("start {at} {}", "word ".repeat(6_000));
            house.reply("charlie", topic, &source).await;
        }
        let read = async |encoding: Option<&str>| {
            let mut request = Request::get("/v1/feed?mode=page&limit=10000");
            if let Some(encoding) = encoding {
                request = request.header("accept-encoding", encoding);
            }
            let (status, body) = house.raw(request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, 200, "{encoding:?}");
            body
        };
        // The cursor is sealed anew for each page.
        let rows = |page: &[u8]| {
            let text = String::from_utf8(page.to_owned()).unwrap();
            let (rows, cursor) = text.trim_end().rsplit_once('\n').unwrap();
            assert!(cursor.contains("\"more\":false"), "{cursor}");
            rows.to_owned()
        };
        let plain = rows(&read(None).await);
        assert!(plain.len() > 2 * PART_BYTES, "{}", plain.len());
        let packed = read(Some("zstd")).await;
        assert!(packed.len() < plain.len() / 2, "{}", packed.len());
        assert_eq!(rows(&zstd::decode_all(&packed[..]).unwrap()), plain);
    }
}
