// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The local copy of a space: what the feed delivered, with full-text search.

mod apply;
mod bookmarks;
mod check;
mod error;
mod follow;
mod held;
mod keep;
mod lists;
mod model;
mod names;
mod outline;
mod overview;
mod places;
mod reading;
mod rows;
mod search;
mod search_plan;
mod set_aside;
mod state;
mod store;
mod sweep;
mod tags;
mod text;
mod texts;
mod threads;
mod tokens;
mod unread;
mod withdraw;
mod words;

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _};

use crate::client::database::{self, Doing, Durability};
use crate::protocol::Cursor;
use crate::scope::Scope;
use crate::text::SpaceIdentity;

pub(in crate::client) use bookmarks::{forget_bookmark, put_bookmark};
pub use error::{ReplicaError, Trouble};
pub use keep::Coverage;
pub use outline::PostMark;
pub(in crate::client) use reading::{
    catch_up, mark, settle_caught_up, settle_read, uncatch_up, unmark_read,
};
pub use rows::{
    Attention, BookmarkRow, CategoryMark, CategoryRow, Counts, Found, Person, PostRow, ReplyMark,
    SearchHit, SearchPage, Snippet, TagRow, TopicKey, TopicOrder, TopicQuery, TopicRow, TopicState,
};
pub use search::Interrupter;
pub use search_plan::{PlanError, SearchPlan};
pub use set_aside::SetAside;
pub(in crate::client) use texts::index_again;
pub(in crate::client) use withdraw::Cleaning;

/// The local copy of a space.
///
/// Any number of them may be open on one file, in any threads and processes.
#[derive(Debug)]
pub struct Replica {
    connection: Connection,
    read_only: Option<ReplicaError>,
}

/// What a batch of rows changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Things that are new, or not as they were.
    pub changed: usize,
    /// Things that are gone.
    pub gone: usize,
    /// Scopes that must now be read from zero; see [`Replica::pending_scopes`].
    pub granted: Vec<Scope>,
    /// Scopes that may no longer be read; what was held of them is wiped.
    pub revoked: Vec<Scope>,
    /// Rows that could not be read, and are set aside; see [`Replica::set_aside`].
    pub unread: usize,
}

impl Applied {
    /// Adds what a later batch changed.
    pub(in crate::client) fn add(&mut self, later: Self) {
        self.changed += later.changed;
        self.gone += later.gone;
        self.granted.extend(later.granted);
        self.revoked.extend(later.revoked);
        self.unread += later.unread;
    }

    /// Returns whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A scope that was granted and is not completely read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingScope {
    /// The scope.
    pub scope: Scope,
    /// How far it was read; from zero when absent.
    pub cursor: Option<Cursor>,
    /// Which grant of it this is; a later one makes this one void.
    pub(super) generation: i64,
}

impl Replica {
    /// Opens the replica at `path`, or makes a new one that only its owner can read.
    ///
    /// A power cut may undo the last rows taken in, together with the cursor behind them: they come again. One that cannot
    /// be written opens for reading alone; see [`read_only`](Self::read_only).
    pub fn open(path: &Path) -> Result<Self, ReplicaError> {
        let (connection, read_only) = database::open_or_read_only(path, Durability::Restorable)?;
        Ok(Self {
            connection,
            read_only,
        })
    }

    /// Returns why nothing can be written, if nothing can.
    pub fn read_only(&self) -> Option<&ReplicaError> {
        self.read_only.as_ref()
    }

    /// Makes a replica that lives as long as this value.
    pub fn open_in_memory() -> Result<Self, ReplicaError> {
        let connection = database::open_in_memory()?;
        Ok(Self {
            connection,
            read_only: None,
        })
    }

    /// Returns which space it is a copy of, as soon as that is known.
    pub fn identity(&self) -> Result<Option<SpaceIdentity>, ReplicaError> {
        identity(&self.connection)
    }

    /// Returns a number that changes when another connection has changed the file.
    pub fn version(&self) -> Result<i64, ReplicaError> {
        self.connection
            .prepare_cached("pragma data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing("looking for changes")
    }
}

fn identity(connection: &Connection) -> Result<Option<SpaceIdentity>, ReplicaError> {
    let found: Option<Option<String>> = connection
        .prepare_cached("select identity from space where identity is not null limit 1")
        .and_then(|mut s| s.query_row([], |row| row.get(0)).optional())
        .doing("looking which space it is of")?;
    let parsed = found.flatten().map(SpaceIdentity::try_from).transpose();
    parsed.map_err(|error| ReplicaError::Damaged {
        what: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
