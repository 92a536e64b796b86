// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Moves data between server, replica and outbox.
//!
//! These functions read and write SQLite in place, for some milliseconds at a time (up to some hundred for a large
//! page of a first read): run them on a thread of their own with a current-thread runtime, or where blocking for that
//! long is fine. The screen opens its own [`Replica`] on the same file and reads on meanwhile.

use std::time::Duration;

use tokio::sync::Notify;

use crate::client::api::{Api, ApiError};
use crate::client::outbox::{DrainReport, Outbox, OutboxError};
use crate::client::replica::{Applied, Replica, ReplicaError};
use crate::scope::Scope;
use crate::time::{Clock, Entropy};

/// How far a reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Rows read so far.
    pub rows: usize,
    /// The scope that is read from zero, when it is one.
    pub scope: Option<Scope>,
    /// Whether there is more to read.
    pub more: bool,
}

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

/// What a follower tells.
#[derive(Debug)]
pub enum Event {
    /// A reading is going on.
    Reading(Progress),
    /// Everything is read, and changes arrive as they happen.
    Live,
    /// Rows changed the replica.
    Applied(Applied),
    /// Something was sent or refused.
    Drained(DrainReport),
    /// The server cannot be reached; the next try is in `retry_in`.
    Offline {
        /// Why.
        error: SyncError,
        /// When it is tried again.
        retry_in: Duration,
    },
}

/// Sends what waits, then reads the feed to its end, scopes newly granted included.
pub async fn sync_once(
    _api: &Api,
    _replica: &mut Replica,
    _outbox: &mut Outbox,
    _clock: &dyn Clock,
    _on_progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<SyncReport, SyncError> {
    unimplemented!()
}

/// Follows the server until dropped: sends, reads, waits for changes, and connects again whenever it breaks off.
///
/// `wake` is to be notified after something was queued, or when the network is back. Dropping the future is the way
/// to end it; nothing is lost by that.
///
/// # Errors
/// It ends by itself only when trying again cannot help: one is signed out, the local file fails, or the server speaks
/// another language.
pub async fn follow(
    _api: &Api,
    _replica: &mut Replica,
    _outbox: &mut Outbox,
    _clock: &dyn Clock,
    _entropy: &dyn Entropy,
    _wake: &Notify,
    _notify: &mut (dyn FnMut(Event) + Send),
) -> Result<std::convert::Infallible, SyncError> {
    unimplemented!()
}
