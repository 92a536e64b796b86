// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every true difference between the two engines.

use super::Executor;

impl Executor<'_> {
    /// Begins a transaction that writes.
    pub(crate) fn begin_write(&self) -> &'static str {
        match self {
            // A deferred transaction would fail when it first writes, instead of waiting for its turn.
            Executor::Sqlite(_) => "begin immediate",
            Executor::Postgres(_) => "begin",
        }
    }

    /// Begins a transaction that reads one snapshot.
    pub(crate) fn begin_read(&self) -> &'static str {
        match self {
            Executor::Sqlite(_) => "begin deferred",
            Executor::Postgres(_) => "begin isolation level repeatable read read only",
        }
    }

    /// What locks a row until the transaction ends.
    pub(crate) fn locks_rows(&self) -> bool {
        // `begin immediate` has locked the whole SQLite file already.
        matches!(self, Executor::Postgres(_))
    }

    /// Tells other processes to look, once per transaction, when the engine can.
    pub(crate) fn wakes_others(&self) -> Option<&'static str> {
        match self {
            Executor::Sqlite(_) => None,
            Executor::Postgres(_) => Some("notify space_feed"),
        }
    }
}
