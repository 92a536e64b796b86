// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows of the feed that this program could not read. They are kept as they came: a later version may know more. Whatever
//! takes a thing away takes away what was set aside of it.

use rusqlite::{OptionalExtension as _, params};

use super::apply::{Batch, DOING};
use super::{Applied, Replica, ReplicaError};
use crate::client::api::{Line, UnreadRow};
use crate::client::database::Doing as _;
use crate::protocol::Kind;

/// How many rows are kept. More than these are no accident; they are counted in the log and left out.
const MOST: i64 = 1_000;
/// Bytes of a row that are kept.
const LINE_MAX: usize = 256 << 10;
/// The version of this program: what it could not read once it need not try again.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The kind of thing, as the server calls it; empty when even that is not known.
    pub kind: String,
    /// Which thing; below zero when that is not known.
    pub id: i64,
    /// Why it could not be read.
    pub why: String,
}

impl Replica {
    /// Returns the rows that could not be read.
    pub fn set_aside(&self) -> Result<Vec<SetAside>, ReplicaError> {
        const DOING: &str = "looking for rows that were set aside";
        self.connection
            .prepare_cached("select kind, id, why from set_aside order by kind, id")
            .and_then(|mut s| {
                s.query_map([], |row| {
                    Ok(SetAside {
                        kind: row.get(0)?,
                        id: row.get(1)?,
                        why: row.get(2)?,
                    })
                })?
                .collect()
            })
            .doing(DOING)
    }

    /// Reads again what an earlier version of the program could not read.
    pub(in crate::client) fn read_set_aside(&mut self) -> Result<Applied, ReplicaError> {
        let is_due: bool = self
            .connection
            .prepare_cached("select exists (select 1 from set_aside where program <> ?1)")
            .and_then(|mut s| s.query_row([PROGRAM], |row| row.get(0)))
            .doing(DOING)?;
        if !is_due {
            return Ok(Applied::default());
        }
        self.write(|batch| {
            let due: Vec<String> = batch
                .tx
                .prepare_cached("select line from set_aside where program <> ?1")
                .and_then(|mut s| s.query_map([PROGRAM], |row| row.get(0))?.collect())
                .doing(DOING)?;
            batch.run("update set_aside set program = ?1", [PROGRAM])?;
            for line in due {
                if let Line::Row(row) = Line::read(line.as_bytes()) {
                    batch.take(std::slice::from_ref(&row))?;
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
impl Replica {
    /// As if an earlier version had set aside this line.
    pub(in crate::client) fn pretend_set_aside(&self, id: i64, line: &str) {
        self.connection
            .execute(
                "update set_aside set line = ?2, program = '0' where id = ?1",
                params![id, line],
            )
            .expect("a row that is set aside");
    }
}

impl Batch<'_> {
    /// Sets aside rows that could not be read.
    pub(super) fn set_aside(&mut self, rows: &[UnreadRow]) -> Result<(), ReplicaError> {
        for row in rows {
            put(self, row)?;
        }
        self.has_set_aside |= !rows.is_empty();
        self.applied.unread += rows.len();
        Ok(())
    }
}

fn put(batch: &Batch<'_>, row: &UnreadRow) -> Result<(), ReplicaError> {
    let is_known = !row.kind.is_empty() && row.id > 0;
    let (held, lowest): (i64, i64) = batch
        .tx
        .prepare_cached("select count(*), coalesce(min(id), 0) from set_aside")
        .and_then(|mut s| s.query_row([], |row| Ok((row.get(0)?, row.get(1)?))))
        .doing(DOING)?;
    if held >= MOST {
        return Ok(());
    }
    let id = if is_known { row.id } else { lowest.min(0) - 1 };
    let line = if row.line.len() > LINE_MAX {
        ""
    } else {
        row.line.as_str()
    };
    batch.run(
        "insert or replace into set_aside (kind, id, scope, generation, line, why, program)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            row.kind,
            id,
            row.scope,
            batch.generation,
            line,
            row.why,
            PROGRAM
        ],
    )?;
    Ok(())
}

/// A thing is known from a row that could be read, or it is gone: from one scope, or with `None` from all.
pub(super) fn settled(
    batch: &Batch<'_>,
    kind: Kind,
    id: i64,
    scope: Option<i64>,
) -> Result<(), ReplicaError> {
    if batch.has_set_aside {
        batch.run(
            "delete from set_aside where kind = ?1 and id = ?2
             and (?3 is null or scope = (select name from scope where id = ?3))",
            params![kind.word(), id, scope],
        )?;
    }
    Ok(())
}

/// Drops what was set aside of a scope, or with `None` of every scope, before a generation.
pub(super) fn drop_old(
    batch: &Batch<'_>,
    scope: Option<i64>,
    generation: i64,
) -> Result<(), ReplicaError> {
    batch.run(
        "delete from set_aside where generation < ?2
         and (?1 is null or scope = (select name from scope where id = ?1))",
        params![scope, generation],
    )?;
    Ok(())
}

/// Returns whether anything is set aside: of almost every copy nothing is, and nothing need be looked for.
pub(super) fn has_any(tx: &rusqlite::Transaction<'_>) -> Result<bool, ReplicaError> {
    tx.prepare_cached("select 1 from set_aside limit 1")
        .and_then(|mut s| s.query_row([], |_| Ok(())).optional())
        .doing(DOING)
        .map(|found| found.is_some())
}
