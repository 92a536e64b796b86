// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Moves data between server, replica and outbox.
//!
//! These functions read and write SQLite in place, for some milliseconds at a time (up to some hundred for a large
//! page of a first read): run them on a thread of their own with a current-thread runtime, or where blocking for that
//! long is fine. The screen opens its own [`Replica`] on the same file and reads on meanwhile.

mod clean;
mod fetch;
mod follow;
mod progress;
mod window;

use crate::client::api::{Api, ApiError, FeedBatch, FeedRequest};
use crate::client::outbox::{DrainReport, Outbox, OutboxError};
use crate::client::replica::{Applied, PendingScope, Replica, ReplicaError};
use crate::protocol::{Cursor, FeedOlder, FeedOrder, FeedRow, ProblemCode};
use crate::scope::Scope;
use crate::time::Clock;
use progress::Estimate;
use tokio::time::Instant;

pub use clean::clean;
pub use fetch::{Fetched, fetch_number, fetch_topic};
pub use follow::{Event, follow};
pub use progress::Progress;
pub use window::{ParseWindowError, Window};

/// Rows of a page. Large pages keep the full-text index in few pieces, small ones keep the memory small and the
/// progress moving.
const PAGE: u32 = 2_000;
/// Rows of the first pages of a reading from zero, so that there is something to read at once.
const FIRST_PAGE: u32 = 300;
/// How many pages are that small: the frame may take some.
const FIRST_PAGES: u32 = 4;
/// Rows of the page that tells whether the copy goes back far enough already.
const LOOK_BACK: u32 = 50;

/// What came of a reading.
#[derive(Debug, Default)]
pub struct SyncReport {
    /// What came of sending.
    pub drained: DrainReport,
    /// Rows read.
    pub rows: usize,
    /// What they changed.
    pub applied: Applied,
}

/// Why a reading ended early. What was read so far is kept.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The server cannot be reached, refuses, or makes no sense.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The local copy failed.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// The outbox failed.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

impl SyncError {
    /// Returns whether another space is at the address now than the one that this is a copy of.
    pub fn is_other_space(&self) -> bool {
        match self {
            Self::Api(error) => error.is_other_space(),
            Self::Replica(error) => matches!(error, ReplicaError::OtherSpace { .. }),
            Self::Outbox(_) => false,
        }
    }

    /// Returns whether trying again cannot help until somebody does something.
    fn is_final(&self) -> bool {
        match self {
            Self::Api(error) => {
                error.is_signed_out()
                    || error.is_other_space()
                    || matches!(
                        error,
                        ApiError::Address { .. }
                            | ApiError::PlainHttp { .. }
                            | ApiError::Setup { .. }
                    )
            }
            Self::Replica(_) | Self::Outbox(_) => true,
        }
    }
}

/// Sends what waits, then reads the feed to its end, scopes newly granted included. A first reading has the newest first,
/// and goes back as far as the window.
pub async fn sync_once(
    api: &Api,
    replica: &mut Replica,
    outbox: &mut Outbox,
    clock: &dyn Clock,
    window: Window,
    on_progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<SyncReport, SyncError> {
    // What is here is of one space, and goes to no other that may be at this address now.
    let api = &api.for_space(replica.identity()?);
    let mut report = SyncReport {
        drained: outbox.drain(api, clock).await?,
        ..SyncReport::default()
    };
    // A newer version may read what an earlier one could not.
    report.applied.add(replica.read_set_aside()?);
    let mut reading = Reading {
        api,
        replica,
        report: &mut report,
        on_progress,
        clock,
        window,
        begun: Instant::now(),
        estimate: Estimate::default(),
    };
    reading.everything().await?;
    Ok(report)
}

/// What a reading is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// At what has changed.
    Changes,
    /// At what is older.
    Back,
    /// At what has changed while it went back.
    End,
}

impl Phase {
    fn older(self) -> FeedOlder {
        match self {
            Self::Back => FeedOlder::Now,
            Self::Changes | Self::End => FeedOlder::Later,
        }
    }
}

/// One reading of the feed to its end.
struct Reading<'a> {
    api: &'a Api,
    replica: &'a mut Replica,
    report: &'a mut SyncReport,
    on_progress: &'a mut (dyn FnMut(Progress) + Send),
    clock: &'a dyn Clock,
    window: Window,
    begun: Instant,
    estimate: Estimate,
}

impl Reading<'_> {
    async fn everything(&mut self) -> Result<(), SyncError> {
        loop {
            self.main().await?;
            let mut has_moved = false;
            for pending in self.replica.pending_scopes()? {
                has_moved |= self.scope(pending).await?;
            }
            if !has_moved {
                break;
            }
        }
        if self.replica.is_rereading()? {
            let swept = self.replica.finish_reread()?;
            self.report.applied.add(swept);
        }
        Ok(())
    }

    /// Reads on from the replica's cursor to the end, or back to where the window begins.
    ///
    /// That the copy goes back far enough is seen from the first page that is older, and is not kept: a reading that goes
    /// on takes the changes first, and then looks at a small page of what is older.
    async fn main(&mut self) -> Result<(), SyncError> {
        let is_first = self.replica.cursor()?.is_none();
        let mut phase = if self.window.is_whole() || is_first {
            Phase::Back
        } else {
            Phase::Changes
        };
        let mut limit = if is_first { FIRST_PAGE } else { PAGE };
        for pages in 1_u32.. {
            let since = self.replica.cursor()?;
            let batch = match self
                .page(since.clone(), None, phase.older(), &mut limit)
                .await
            {
                Ok(Some(batch)) => batch,
                Ok(None) => continue,
                Err(ApiError::CursorGone) if since.is_some() => {
                    self.replica.begin_reread()?;
                    phase = Phase::Back;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let applied = match self.replica.take_in(since.as_ref(), &batch) {
                Ok(applied) => applied,
                // Another program reads too: go on from where it has come to.
                Err(ReplicaError::MovedOn) => continue,
                Err(error) => return Err(error.into()),
            };
            let is_reached = self.is_reached(&batch.rows)?;
            if phase != Phase::Changes && !batch.more {
                self.estimate.end();
            } else if phase == Phase::Back {
                let topics = self.replica.topics_delivered()?;
                let now = self.clock.now();
                self.estimate.see(&batch.rows, self.window, topics, now);
            }
            self.note(&batch, applied, None);
            if limit == LOOK_BACK || pages == FIRST_PAGES {
                limit = PAGE;
            }
            match phase {
                Phase::Changes if !batch.more && is_reached => return Ok(()),
                Phase::Changes if !batch.more => {
                    phase = Phase::Back;
                    limit = LOOK_BACK;
                }
                Phase::Back if batch.more && is_reached => phase = Phase::End,
                Phase::Back | Phase::End if !batch.more => return Ok(()),
                Phase::Changes | Phase::Back | Phase::End => {}
            }
        }
        Ok(())
    }

    fn is_reached(&self, rows: &[FeedRow]) -> Result<bool, ReplicaError> {
        self.window.is_reached(rows, self.replica, self.clock.now())
    }

    /// Reads a granted scope to its end; returns whether that has changed what is pending.
    async fn scope(&mut self, mut pending: PendingScope) -> Result<bool, SyncError> {
        let scope = pending.scope;
        let mut limit = PAGE;
        loop {
            let batch = match self
                .page(
                    pending.cursor.clone(),
                    Some(scope),
                    FeedOlder::Now,
                    &mut limit,
                )
                .await
            {
                Ok(Some(batch)) => batch,
                Ok(None) => continue,
                Err(ApiError::CursorGone) if pending.cursor.is_some() => {
                    return moved_on(self.replica.restart_scope(&pending));
                }
                // The right is away again; the feed will say so.
                Err(error)
                    if matches!(
                        error.code(),
                        Some(ProblemCode::Denied | ProblemCode::NotFound)
                    ) =>
                {
                    return Ok(false);
                }
                Err(error) => return Err(error.into()),
            };
            match self.replica.take_in_scope(&pending, &batch) {
                Ok(applied) => self.note(&batch, applied, Some(scope)),
                Err(ReplicaError::MovedOn) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
            pending.cursor = Some(batch.cursor);
            if !batch.more {
                return moved_on(self.replica.finish_scope(&pending));
            }
        }
    }

    /// Reads one page; `None` when it was too large and is to be asked for again with the smaller limit.
    async fn page(
        &self,
        since: Option<Cursor>,
        scope: Option<Scope>,
        older: FeedOlder,
        limit: &mut u32,
    ) -> Result<Option<FeedBatch>, ApiError> {
        let request = FeedRequest {
            since,
            scope,
            limit: Some(*limit),
            order: FeedOrder::Newest,
            older,
            ..FeedRequest::default()
        };
        let mut stream = self.api.feed(&request).await?;
        match stream.next().await {
            Ok(Some(batch)) => {
                // To the end of the answer, so that the connection can be used again.
                stream.next().await?;
                Ok(Some(batch))
            }
            Ok(None) => Err(ApiError::Protocol {
                doing: "reading the feed",
                what: "the page has no cursor".to_owned(),
            }),
            Err(ApiError::TooLarge { .. }) if *limit > 1 => {
                *limit = (*limit / 8).max(1);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn note(&mut self, batch: &FeedBatch, applied: Applied, scope: Option<Scope>) {
        self.report.rows += batch.rows.len();
        self.report.applied.add(applied);
        (self.on_progress)(Progress {
            rows: self.report.rows,
            scope,
            more: batch.more,
            elapsed: self.begun.elapsed(),
            share: self.estimate.share(),
        });
    }
}

/// Another reader was quicker: what is pending has changed either way.
fn moved_on(result: Result<(), ReplicaError>) -> Result<bool, SyncError> {
    match result {
        Ok(()) | Err(ReplicaError::MovedOn) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_fetch;
