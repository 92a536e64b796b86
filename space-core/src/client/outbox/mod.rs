// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What was written and is not on the server yet.
//!
//! Each item is sent exactly once: it keeps its idempotency key until the server has answered, so that an
//! item whose fate is unknown (a cut connection, a crash) is sent again under the same key. Its connection runs with
//! `synchronous=FULL`, unlike the replica's on the same file: rows of the feed come again, what somebody wrote
//! does not.

mod drafts;
mod drain;
mod error;
mod item;
mod marks;
mod pace;
mod queue;
mod table;
mod throw;

use std::path::Path;

use rusqlite::Connection;

use crate::client::database::{self, Durability};

pub use drain::{DrainReport, Stopped};
pub use error::OutboxError;
pub use item::{
    Draft, Item, ItemState, LocalId, Outcome, Place, PostMark, PostRef, SavedDraft, Thrown,
    TopicRef, Waiting,
};

/// What was written and is not on the server yet.
#[derive(Debug)]
pub struct Outbox {
    connection: Connection,
}

impl Outbox {
    /// Opens the outbox in the file of a replica; where that cannot be written, to be looked at.
    pub fn open(path: &Path) -> Result<Self, OutboxError> {
        let (connection, _) = database::open_or_read_only(path, Durability::Lasting)?;
        Ok(Self { connection })
    }

    /// Makes an outbox that lives as long as this value.
    pub fn open_in_memory() -> Result<Self, OutboxError> {
        let connection = database::open_in_memory()?;
        Ok(Self { connection })
    }
}

#[cfg(test)]
mod tests;
