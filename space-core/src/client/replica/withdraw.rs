// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Words that are withdrawn leave the bytes of the file too: posts deleted, hidden or changed, scopes that may no longer be
//! read.
//!
//! SQLite overwrites the rows themselves (`secure_delete`). The index of words does not: FTS5 notes that a row is gone, and its
//! words stay in the pieces of the index until these are merged. So they are merged, a few pages at a time, whenever
//! something was withdrawn; what the merge leaves behind is overwritten like any other row. And a row that SQLite moved to
//! another page, when one became full, may have left its bytes in the gap of the first: 2 of 34 withdrawn posts were found
//! there. So the file is written anew, unless it is very large. At last the log, which has the pages as they were, is
//! brought into the file and cut off.

use rusqlite::OptionalExtension as _;

use super::apply::{Batch, DOING};
use super::{Replica, ReplicaError};
use crate::client::database::Doing as _;

const CLEANING: &str = "wiping words that were withdrawn";

/// Pages of the index that are merged at a time: some milliseconds of work, so that nobody waits long for the file.
const PAGES: i64 = 500;

/// Where a cleaning stands.
#[derive(Debug)]
pub(in crate::client) struct Cleaning {
    /// What was withdrawn up to here is to go.
    withdrawn: i64,
    /// The largest file that is written anew.
    rewrite_max: u64,
    is_begun: bool,
    is_merged: bool,
}

/// Notes that something was withdrawn.
pub(super) fn note(batch: &Batch<'_>) -> Result<(), ReplicaError> {
    if batch.is_withdrawn {
        batch.run(
            "update copy set withdrawn = withdrawn + 1, is_dirty = 1",
            [],
        )?;
    }
    Ok(())
}

/// Drops the text of a post from what was sent from here lately, unless something that waits still names it.
pub(super) fn sent(batch: &Batch<'_>, post: i64) -> Result<(), ReplicaError> {
    let is_empty = batch
        .tx
        .prepare_cached("select 1 from outbox where state = 'sent' limit 1")
        .and_then(|mut s| s.query_row([], |_| Ok(())).optional())
        .doing(DOING)?
        .is_none();
    if is_empty {
        return Ok(());
    }
    batch.run(
        "delete from outbox where state = 'sent' and id not in (select needs from outbox_after)
         and exists (select 1 from json_tree(outcome) where key = 'post' and atom = ?1)",
        [post],
    )?;
    Ok(())
}

impl Replica {
    /// Returns what is to be wiped, if anything is.
    pub(in crate::client) fn unclean(
        &self,
        rewrite_max: u64,
    ) -> Result<Option<Cleaning>, ReplicaError> {
        let (withdrawn, cleaned, is_dirty): (i64, i64, bool) = self
            .connection
            .prepare_cached("select withdrawn, cleaned, is_dirty from copy")
            .and_then(|mut s| s.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .doing(CLEANING)?;
        let is_due = withdrawn > cleaned || is_dirty && self.bytes()? <= rewrite_max;
        Ok(is_due.then_some(Cleaning {
            withdrawn,
            rewrite_max,
            is_begun: false,
            is_merged: false,
        }))
    }

    fn bytes(&self) -> Result<u64, ReplicaError> {
        self.connection
            .query_row(
                "select (select page_count from pragma_page_count) * (select page_size from pragma_page_size)",
                [],
                |row| row.get(0),
            )
            .doing(CLEANING)
    }

    /// Does a piece of a cleaning; returns whether there is more to do.
    pub(in crate::client) fn clean_step(
        &mut self,
        cleaning: &mut Cleaning,
    ) -> Result<bool, ReplicaError> {
        if cleaning.is_merged {
            self.rewrite(cleaning.rewrite_max)?;
            return self.cut_log(cleaning).map(|()| false);
        }
        // The first step takes all pieces of the index into one merge, those after it go on with that.
        let pages = if cleaning.is_begun { PAGES } else { -PAGES };
        let before = self.changes()?;
        self.connection
            .prepare_cached("insert into post_text (post_text, rank) values ('merge', ?1)")
            .and_then(|mut s| s.execute([pages]))
            .doing(CLEANING)?;
        // The command itself counts as one change: https://www.sqlite.org/fts5.html#the_merge_command
        let is_idle = self.changes()? - before < 2;
        cleaning.is_merged = is_idle && cleaning.is_begun;
        cleaning.is_begun = true;
        Ok(true)
    }

    fn changes(&self) -> Result<i64, ReplicaError> {
        self.connection
            .prepare_cached("select total_changes()")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing(CLEANING)
    }

    /// Brings the log into the file and cuts it off, then notes that all is clean; it is not while somebody reads the log.
    fn cut_log(&mut self, cleaning: &Cleaning) -> Result<(), ReplicaError> {
        if !cut_log(&self.connection)? {
            return Ok(());
        }
        self.connection
            .prepare_cached("update copy set cleaned = max(cleaned, ?1)")
            .and_then(|mut s| s.execute([cleaning.withdrawn]))
            .doing(CLEANING)?;
        Ok(())
    }

    /// Writes the whole file anew, unless it is larger than said: SQLite makes the new one in memory, as a file of its own
    /// would leave words on the disk. Returns whether it did.
    fn rewrite(&mut self, most_bytes: u64) -> Result<bool, ReplicaError> {
        if self.bytes()? > most_bytes {
            return Ok(false);
        }
        self.connection
            .execute_batch("vacuum; update copy set is_dirty = 0;")
            .doing(CLEANING)?;
        Ok(true)
    }
}

/// Brings the log into the file and cuts it off. Returns whether it did: a reader who is at it just now keeps the log, which is
/// cut off the next time, and when the last program ends.
fn cut_log(connection: &rusqlite::Connection) -> Result<bool, ReplicaError> {
    connection
        .query_row("pragma wal_checkpoint(truncate)", [], |row| {
            Ok(row.get::<_, i64>(0)? == 0)
        })
        .doing(CLEANING)
}
