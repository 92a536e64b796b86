// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows that cannot be read - a bit flipped on a disk, a hand in the database - are set aside and named, and everything else
//! is served: one of them must not stop everybody.
//!
//! What reads has a connection alone, so what was set aside is remembered for the process: each row is logged once, counted
//! for the metrics, and named by `space-server doctor` and `export`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use space_core::chain;

use super::{Executor, Result, Row, Value};

/// How many rows are remembered; there are more only when the disk is gone.
const REMEMBERED: usize = 10_000;

static FOUND: Mutex<BTreeMap<(&'static str, i64), String>> = Mutex::new(BTreeMap::new());

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// Its table.
    pub(crate) table: &'static str,
    /// What its key begins with.
    pub(crate) id: i64,
    /// Why it cannot be read.
    pub(crate) why: String,
}

/// Returns the rows that this process has set aside.
pub(crate) fn found() -> Vec<SetAside> {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let rows = found.iter().map(|((table, id), why)| SetAside {
        table,
        id: *id,
        why: why.clone(),
    });
    rows.collect()
}

/// Returns how many rows this process has set aside.
pub(crate) fn count() -> usize {
    FOUND.lock().unwrap_or_else(PoisonError::into_inner).len()
}

/// Names a row that cannot be read.
pub(crate) fn note(table: &'static str, id: i64, why: &str) {
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if found.len() >= REMEMBERED || found.contains_key(&(table, id)) {
        return;
    }
    found.insert((table, id), why.to_owned());
    drop(found);
    tracing::error!(
        row.table = table,
        row.id = id,
        why,
        "a row of {table} cannot be read and is set aside: {id}"
    );
}

/// Returns what was read of a row, or `None` after naming it. The first column is what its key begins with.
///
/// Nothing but the content of the row can be wrong here: it has come from the database already.
pub(super) fn readable<T>(
    table: &'static str,
    row: &Row<'_>,
    read: impl FnOnce(&Row<'_>) -> Result<T>,
) -> Option<T> {
    match read(row) {
        Ok(read) => Some(read),
        Err(error) => {
            note(table, row.i64(0).unwrap_or(0), &chain(&error));
            None
        }
    }
}

impl Executor<'_> {
    /// Like [`rows_in`](Self::rows_in), without rows that cannot be read.
    pub(super) async fn readable_in<T: Send>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        ids: &[i64],
        more: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        let map = |row: &Row<'_>| Ok(readable(table, row, &mut map));
        let rows = self.rows_in(sql, ids, more, map).await?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Like [`rows`](Self::rows), without rows that cannot be read.
    pub(super) async fn readable_rows<T: Send>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        values: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        let map = |row: &Row<'_>| Ok(readable(table, row, &mut map));
        let rows = self.rows(sql, values, map).await?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Reads lists that end after `limit` rows each, the last bind of the statement, without rows that cannot be read. A list
    /// that is shorter than `limit` is at its end all the same.
    pub(super) async fn readable_lists<T: Send>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        lists: &[Vec<Value<'_>>],
        limit: usize,
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<Vec<T>>> {
        let mut rows = limit;
        loop {
            let bind = Value::I64(i64::try_from(rows).unwrap_or(i64::MAX));
            let values: Vec<Vec<Value<'_>>> = lists
                .iter()
                .map(|list| list.iter().copied().chain([bind]).collect())
                .collect();
            let map = |row: &Row<'_>| Ok(readable(table, row, &mut map));
            let found = self.rows_each(sql, &values, map).await?;
            let missing = |list: &Vec<Option<T>>| {
                let read = list.iter().flatten().count();
                // Only of a list that is cut off is it unknown what comes next.
                if list.len() < rows {
                    0
                } else {
                    limit.saturating_sub(read)
                }
            };
            let more = found.iter().map(missing).max().unwrap_or(0);
            if more == 0 {
                return Ok(found
                    .into_iter()
                    .map(|list| list.into_iter().flatten().take(limit).collect())
                    .collect());
            }
            rows += more;
        }
    }
}
