// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was written and is not on the server yet.
//!
//! Each item is sent exactly once: it keeps its idempotency key until the server has answered, so that an
//! item whose fate is unknown (a cut connection, a crash) is sent again under the same key. Its connection runs with
//! `synchronous=FULL`, unlike the replica's on the same file: rows of the feed come again, what somebody wrote
//! does not.

mod error;
mod item;

use std::path::Path;
use std::time::Duration;

use crate::client::api::Api;
use crate::client::api::ApiError;
use crate::text::PostSource;
use crate::time::{Clock, Entropy, Timestamp};

pub use error::OutboxError;
pub use item::{Draft, Item, ItemState, LocalId, Outcome, Place, PostRef, SavedDraft, TopicRef};

/// What was written and is not on the server yet.
#[derive(Debug)]
pub struct Outbox {}

/// What came of sending.
#[derive(Debug, Default)]
pub struct DrainReport {
    /// What the server has now.
    pub sent: Vec<(LocalId, Outcome)>,
    /// What it refused; the items say why.
    pub refused: Vec<LocalId>,
    /// How many items still wait to be sent.
    pub left: usize,
    /// Why sending ended early.
    pub stopped: Option<Stopped>,
}

/// Why sending ended early. Everything not sent is kept.
#[derive(Debug)]
pub enum Stopped {
    /// The server cannot be reached, or fails.
    Unreachable(ApiError),
    /// It is asked to wait this long.
    NotBefore(Duration),
    /// One must sign in first.
    SignedOut,
    /// The server's answer makes no sense, or everything would be refused: somebody must look at it.
    Broken(ApiError),
}

impl Outbox {
    /// Opens the outbox in the file of a replica.
    pub fn open(_path: &Path) -> Result<Self, OutboxError> {
        unimplemented!()
    }

    /// Makes an outbox that lives as long as this value.
    pub fn open_in_memory() -> Result<Self, OutboxError> {
        unimplemented!()
    }

    /// Queues something; when this returns, it survives a power cut.
    ///
    /// A mark as read replaces an earlier one of the same topic, an edit an earlier one of the same
    /// post, as long as those were not sent.
    pub fn queue(
        &mut self,
        _draft: &Draft,
        _clock: &dyn Clock,
        _entropy: &dyn Entropy,
    ) -> Result<LocalId, OutboxError> {
        unimplemented!()
    }

    /// Returns everything that is not sent, and what was sent lately, oldest first.
    pub fn items(&self) -> Result<Vec<Item>, OutboxError> {
        unimplemented!()
    }

    /// Returns one item.
    pub fn item(&self, _id: LocalId) -> Result<Option<Item>, OutboxError> {
        unimplemented!()
    }

    /// Throws an item away, and with it what depends on it. Returns what was thrown away.
    pub fn discard(&mut self, _id: LocalId) -> Result<Vec<LocalId>, OutboxError> {
        unimplemented!()
    }

    /// Queues a refused or held item again.
    pub fn retry(&mut self, _id: LocalId, _clock: &dyn Clock) -> Result<(), OutboxError> {
        unimplemented!()
    }

    /// Queues an edit that met another again: the merged text, made from the revision the server named.
    pub fn resolve(
        &mut self,
        _id: LocalId,
        _revision: i64,
        _source: &PostSource,
    ) -> Result<(), OutboxError> {
        unimplemented!()
    }

    /// Sends what waits, in order.
    ///
    /// Network errors end it and keep everything. A refusal is kept with its reason; what depends on it waits, the
    /// rest goes on. The future may be dropped at any time: the item then in flight is sent again under its key.
    ///
    /// # Errors
    /// Only about the file; what the server says is in the report.
    pub async fn drain(
        &mut self,
        _api: &Api,
        _clock: &dyn Clock,
    ) -> Result<DrainReport, OutboxError> {
        unimplemented!()
    }

    /// Keeps a text that somebody is writing.
    pub fn save_draft(
        &mut self,
        _place: &Place,
        _title: &str,
        _source: &str,
        _at: Timestamp,
    ) -> Result<(), OutboxError> {
        unimplemented!()
    }

    /// Returns the text that somebody was writing there.
    pub fn draft(&self, _place: &Place) -> Result<Option<SavedDraft>, OutboxError> {
        unimplemented!()
    }

    /// Returns every unfinished text, latest first.
    pub fn drafts(&self) -> Result<Vec<SavedDraft>, OutboxError> {
        unimplemented!()
    }

    /// Throws an unfinished text away.
    pub fn drop_draft(&mut self, _place: &Place) -> Result<(), OutboxError> {
        unimplemented!()
    }
}
