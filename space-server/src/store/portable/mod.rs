// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! All tables as plain values, read from one snapshot and written into a new database: what a backup is made of.
//!
//! The two engines have the same tables (a test compares them), so what was read from one is written to the other.

mod catalog;
pub(crate) mod files;
mod gap;
mod postgres;
mod scan;
mod sqlite;

use std::collections::BTreeMap;
use std::path::Path;

use super::value::Owned;
use super::{Result, StoreError};
use crate::config::Database;

pub(crate) use catalog::{Catalog, ColumnKind, Table};
pub(crate) use gap::{Gap, Gaps};
pub(crate) use postgres::PostgresTarget;
pub(crate) use scan::scan;
pub(crate) use sqlite::{SqliteTarget, confirm};

/// A value of a table.
pub(crate) type Cell = Owned;

/// What begins a new life of a database: nothing that was given out before the restore is given out again, or understood.
#[derive(Debug, Clone)]
pub(crate) struct NewLife {
    /// Cursors of another epoch are void.
    pub(crate) epoch: i64,
    /// The key that seals cursors from now on.
    pub(crate) seal_key: Vec<u8>,
    /// How many ids are left out at least: so many may have been given out since the backup was made.
    pub(crate) skip: i64,
    /// Whether no token of before is taken any more.
    pub(crate) signs_out: bool,
}

/// Tables by which somebody is signed in, or about to be.
const SIGNED_IN: [&str; 2] = ["token", "device_login"];

/// How many rows each table has to have.
pub(crate) type Counts = BTreeMap<String, u64>;

impl NewLife {
    /// Returns how many rows a table has to have in the end, when the archive has so many.
    pub(crate) fn expected(&self, table: &str, counts: &Counts) -> u64 {
        if self.signs_out && SIGNED_IN.contains(&table) {
            return 0;
        }
        counts.get(table).copied().unwrap_or(0)
    }

    /// Returns the tables that are emptied.
    fn emptied(&self) -> &'static [&'static str] {
        if self.signs_out { &SIGNED_IN } else { &[] }
    }

    /// Jumps ahead, to a number that is easy to recognise.
    fn jump(&self, counter: i64) -> i64 {
        let skip = self.skip.max(1);
        let least = counter.saturating_add(skip);
        let over = least % skip;
        if over == 0 {
            least
        } else {
            least.saturating_add(skip - over)
        }
    }
}

/// One moment of a database.
pub(crate) enum Source {
    Sqlite(Box<sqlite::SqliteSource>),
    Postgres(Box<postgres::PostgresSource>),
}

impl Source {
    /// Holds one moment of a database. Of SQLite it makes a copy, at `copy`, which has to be removed afterwards; `copied`
    /// is told how much of it is done, in parts of a thousand.
    pub(crate) async fn open(
        database: &Database,
        copy: &Path,
        gaps: &mut Gaps,
        copied: &dyn Fn(u64),
    ) -> Result<Self> {
        Ok(match database {
            Database::Sqlite(path) => Self::Sqlite(Box::new(sqlite::SqliteSource::copy(
                path, copy, gaps, copied,
            )?)),
            Database::Postgres(url) => Self::Postgres(Box::new(
                postgres::PostgresSource::open(url.expose()).await?,
            )),
        })
    }

    /// Returns the tables of the version that the database has.
    pub(crate) fn catalog(&self) -> &Catalog {
        match self {
            Self::Sqlite(source) => source.catalog(),
            Self::Postgres(source) => source.catalog(),
        }
    }

    /// Reads all rows of a table in the order of its key. They are never all in memory. Those that are not as they were
    /// written are mended or left out, and named in `gaps`.
    pub(crate) async fn rows<E: From<StoreError>>(
        &self,
        table: &Table,
        gaps: &mut Gaps,
        each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        match self {
            Self::Sqlite(source) => source.rows(table, gaps, each),
            Self::Postgres(source) => source.rows(table, gaps, each).await,
        }
    }
}

/// A new database, which nobody sees before it is finished.
pub(crate) enum Target {
    Sqlite(Box<SqliteTarget>),
    Postgres(Box<PostgresTarget>),
}

impl Target {
    /// Begins a table; rows come next.
    pub(crate) async fn begin(&mut self, table: &Table) -> Result<()> {
        match self {
            Self::Sqlite(target) => {
                target.begin(table);
                Ok(())
            }
            Self::Postgres(target) => target.begin(table).await,
        }
    }

    /// Writes a row of the table that was begun.
    pub(crate) async fn row(&mut self, cells: &[Cell]) -> Result<()> {
        match self {
            Self::Sqlite(target) => target.row(cells),
            Self::Postgres(target) => target.row(cells).await,
        }
    }

    /// Begins the new life, checks that everything is there and fits together, and makes all of it durable. On SQLite the
    /// file still has to be put in its place.
    pub(crate) async fn finish(
        self,
        catalog: &Catalog,
        life: &NewLife,
        counts: &Counts,
    ) -> Result<()> {
        match self {
            Self::Sqlite(target) => target.finish(catalog, life, counts),
            Self::Postgres(target) => target.finish(catalog, life, counts).await,
        }
    }
}

/// Says that a table has not as many rows as were written.
fn miscounted(table: &str, found: u64, wanted: u64) -> StoreError {
    StoreError::Damaged {
        why: format!("the table {table} has {found} rows, and {wanted} were written"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_jump_far_enough_and_stay_readable() {
        let life = NewLife {
            epoch: 1,
            seal_key: Vec::new(),
            skip: 100_000,
            signs_out: false,
        };
        assert_eq!(life.jump(48_213), 200_000);
        assert_eq!(life.jump(0), 100_000);
        assert_eq!(life.jump(i64::MAX - 5), i64::MAX);
    }
}
