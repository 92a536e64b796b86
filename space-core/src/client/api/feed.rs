// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading the feed.

use std::time::Duration;

use reqwest::{Method, Response};
use serde::Serialize;

use super::line::{Line, UnreadRow};
use super::{Api, ApiError, body};
use crate::protocol::{Cursor, FeedMode, FeedOlder, FeedOrder, FeedRow, Kind};
use crate::scope::Scope;

const DOING: &str = "reading the feed";

/// Bytes of one line at most. The longest post has a million characters, which JSON may write with six bytes each.
const LINE_MAX: usize = 8 << 20;
/// Bytes of one batch at most, decoded.
const BATCH_MAX: usize = 64 << 20;

/// What to read of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedRequest {
    /// What comes after this; from zero when absent.
    pub since: Option<Cursor>,
    /// Whether to answer at once, to wait for something, or never to end.
    pub mode: FeedMode,
    /// This scope alone; everything that the account may see when absent.
    pub scope: Option<Scope>,
    /// This many rows in a batch at most; the server may give fewer.
    pub limit: Option<u32>,
    /// These kinds alone; all when empty.
    pub kinds: Vec<Kind>,
    /// In which order a first read goes; later pages keep the order that theirs began with.
    pub order: FeedOrder,
    /// Whether a read with the newest first goes on to what is older.
    pub older: FeedOlder,
}

#[derive(Serialize)]
struct Query<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a Cursor>,
    mode: FeedMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kinds: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    order: FeedOrder,
    #[serde(skip_serializing_if = "is_default")]
    older: FeedOlder,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Rows that belong together, and the cursor to keep in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedBatch {
    /// The rows, in order.
    pub rows: Vec<FeedRow>,
    /// Rows that could not be read: the others count all the same.
    pub unread: Vec<UnreadRow>,
    /// Where to go on.
    pub cursor: Cursor,
    /// Whether there is more to read at once.
    pub more: bool,
}

/// The feed as it comes.
#[derive(Debug)]
pub struct FeedStream {
    response: Response,
    silence: Duration,
    lines: Lines,
    rows: Vec<FeedRow>,
    unread: Vec<UnreadRow>,
    batch_bytes: usize,
}

impl Api {
    /// Begins to read the feed.
    ///
    /// # Errors
    /// [`ApiError::CursorGone`] when the cursor is too old: read from zero into the same replica.
    pub async fn feed(&self, request: &FeedRequest) -> Result<FeedStream, ApiError> {
        let query = Query {
            since: request.since.as_ref(),
            mode: request.mode,
            scope: request.scope,
            limit: request.limit,
            kinds: (!request.kinds.is_empty()).then(|| {
                let words: Vec<&str> = request.kinds.iter().map(|kind| kind.word()).collect();
                words.join(",")
            }),
            order: request.order,
            older: request.older,
        };
        let (answer, silence) = match request.mode {
            FeedMode::Page => (self.limits.request, self.limits.request),
            FeedMode::Wait => (self.limits.wait, self.limits.wait),
            FeedMode::Follow => (self.limits.silence, self.limits.silence),
        };
        let begin = async {
            let response = self
                .request(Method::GET, "feed")
                .query(&query)
                .send()
                .await
                .map_err(|e| ApiError::from_http(DOING, answer, e))?;
            body::accept(DOING, answer, response).await
        };
        let response =
            tokio::time::timeout(answer, begin)
                .await
                .map_err(|_| ApiError::TimedOut {
                    doing: DOING,
                    after: answer,
                })??;
        Ok(FeedStream {
            response,
            silence,
            lines: Lines::default(),
            rows: Vec::new(),
            unread: Vec::new(),
            batch_bytes: 0,
        })
    }
}

impl FeedStream {
    /// Returns the next batch; `None` when the answer is complete. A follower's answer never is.
    ///
    /// May be dropped while it waits, as in `select!`: what has arrived is kept for the next call.
    ///
    /// # Errors
    /// After an error the stream is spent; what came without a cursor behind it is not given out.
    pub async fn next(&mut self) -> Result<Option<FeedBatch>, ApiError> {
        loop {
            while let Some(taken) = self.lines.take() {
                let (line, bytes) = match taken {
                    Taken::Line(line) => (Line::read(line), line.len()),
                    Taken::TooLong => (Line::too_long(LINE_MAX), 0),
                };
                self.batch_bytes += bytes;
                if self.batch_bytes > BATCH_MAX {
                    return Err(ApiError::TooLarge {
                        doing: DOING,
                        limit_bytes: BATCH_MAX,
                    });
                }
                match line {
                    Line::Row(row) => self.rows.push(row),
                    Line::Cursor { cursor, more } => {
                        self.batch_bytes = 0;
                        return Ok(Some(FeedBatch {
                            rows: std::mem::take(&mut self.rows),
                            unread: std::mem::take(&mut self.unread),
                            cursor,
                            more,
                        }));
                    }
                    Line::Idle => self.batch_bytes -= bytes,
                    Line::Unread(row) => self.unread.push(row),
                }
            }
            let chunk = tokio::time::timeout(self.silence, self.response.chunk())
                .await
                .map_err(|_| ApiError::TimedOut {
                    doing: DOING,
                    after: self.silence,
                })?
                .map_err(|e| ApiError::from_http(DOING, self.silence, e))?;
            match chunk {
                Some(chunk) => self.lines.add(&chunk),
                // Not one line of it was of a feed.
                None if self.rows.is_empty()
                    && !self.unread.is_empty()
                    && self.lines.is_empty() =>
                {
                    return Err(ApiError::Protocol {
                        doing: DOING,
                        what: self.unread.swap_remove(0).why,
                    });
                }
                None if self.rows.is_empty() && self.lines.is_empty() => return Ok(None),
                None => {
                    return Err(ApiError::Unreachable {
                        doing: DOING,
                        source: "the answer ended in the middle of a batch".into(),
                    });
                }
            }
        }
    }
}

/// Cuts chunks into lines, wherever the borders of the chunks fall.
#[derive(Debug, Default)]
struct Lines {
    buffer: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to where there is certainly no line end.
    searched: usize,
    /// The line that is coming was too long already: the rest of it is dropped.
    is_dropping: bool,
}

/// What was cut off.
enum Taken<'a> {
    /// A whole line, without its end.
    Line(&'a [u8]),
    /// One that was longer than any line should be; it is gone.
    TooLong,
}

impl Lines {
    fn add(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(chunk);
    }

    fn is_empty(&self) -> bool {
        self.start == self.buffer.len() && !self.is_dropping
    }

    /// Cuts off the next line.
    fn take(&mut self) -> Option<Taken<'_>> {
        let end = self.buffer[self.searched..]
            .iter()
            .position(|b| *b == b'\n')
            .map(|at| self.searched + at);
        self.is_dropping |= end.unwrap_or(self.buffer.len()) - self.start > LINE_MAX;
        let Some(end) = end else {
            self.searched = self.buffer.len();
            if self.is_dropping {
                self.start = self.searched;
            }
            return None;
        };
        let line = self.start..end;
        self.start = end + 1;
        self.searched = self.start;
        if std::mem::take(&mut self.is_dropping) {
            return Some(Taken::TooLong);
        }
        Some(Taken::Line(&self.buffer[line]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_do_not_depend_on_the_borders_of_chunks(text in "[a\n]{0,60}", cuts in prop::collection::vec(1_usize..7, 0..60)) {
            let mut lines = Lines::default();
            let mut got = Vec::new();
            let mut rest = text.as_bytes();
            for cut in cuts.into_iter().chain([usize::MAX]) {
                let (chunk, later) = rest.split_at(cut.min(rest.len()));
                rest = later;
                lines.add(chunk);
                while let Some(Taken::Line(line)) = lines.take() {
                    got.push(line.to_vec());
                }
            }
            let mut want: Vec<Vec<u8>> = text.split('\n').map(|l| l.as_bytes().to_vec()).collect();
            let last = want.pop().unwrap();
            prop_assert_eq!(got, want);
            prop_assert_eq!(lines.is_empty(), last.is_empty());
        }
    }

    #[test]
    fn line_that_is_too_long_is_dropped_and_the_next_one_read() {
        let mut lines = Lines::default();
        let chunk = vec![b'a'; LINE_MAX / 2 + 1];
        for _ in 0..5 {
            lines.add(&chunk);
            assert!(lines.take().is_none());
            assert!(!lines.is_empty());
        }
        assert!(
            lines.buffer.len() <= LINE_MAX + chunk.len(),
            "it is not kept"
        );
        lines.add(b"aa\nb\n");
        assert!(matches!(lines.take(), Some(Taken::TooLong)));
        assert!(matches!(lines.take(), Some(Taken::Line(b"b"))));
        assert!(lines.take().is_none());
        assert!(lines.is_empty());
    }
}
