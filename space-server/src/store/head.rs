// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The head row: the order of everything that is written.

use super::{Executor, Result, Row, StoreError, Value, statements};

/// There is one space in a database; the key is there so that communities can share one later.
pub(crate) const SPACE: i64 = 1;

/// Ids begin here: a mention such as `#7` in a text is then never an id by accident.
const FIRST_ID: i64 = 1000;

/// The counters of a space. A transaction that writes locks them first, counts in memory, stores them last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Starts anew with every restore: cursors of another epoch are void.
    pub(crate) epoch: i64,
    /// The position of the newest feed row; never shown to clients.
    pub(crate) seq: i64,
    /// The newest id of things that everyone may hear of.
    pub(crate) id: i64,
    /// The newest id of things that outsiders must not count.
    pub(crate) aside: i64,
    /// Tombstones up to this position have been dropped.
    pub(crate) floor: i64,
    /// How often rights were lost that move no feed row; never shown to clients.
    pub(crate) rights: i64,
}

statements! {
    READ = "select epoch, seq, id, aside, floor, rights from head where space = $1";
    LOCK = "select epoch, seq, id, aside, floor, rights from head where space = $1 for update";
    STORE = "update head set seq = $1, id = $2, aside = $3, floor = $4, rights = $5 where space = $6";
    SEAL_KEY = "select seal_key from head where space = $1";
    INSERT = "insert into head (space, epoch, seq, id, aside, floor, seal_key)
        values ($1, $2, 0, $3, 0, 0, $4) on conflict (space) do nothing";
}

fn head(row: &Row<'_>) -> Result<Head> {
    Ok(Head {
        epoch: row.i64(0)?,
        seq: row.i64(1)?,
        id: row.i64(2)?,
        aside: row.i64(3)?,
        floor: row.i64(4)?,
        rights: row.i64(5)?,
    })
}

/// Reads the counters; what they say may be old as soon as it is read.
pub(crate) async fn read(x: &mut Executor<'_>) -> Result<Head> {
    x.row(READ, &[SPACE.into()], head)
        .await?
        .ok_or(StoreError::NoSpace)
}

/// Locks the counters until the transaction ends: everything that is read after this is settled.
pub(crate) async fn lock(x: &mut Executor<'_>) -> Result<Option<Head>> {
    let sql = if x.locks_rows() { LOCK } else { READ };
    x.row(sql, &[SPACE.into()], head).await
}

/// Stores the counters, at the end of the transaction that locked them.
pub(crate) async fn store(x: &mut Executor<'_>, head: &Head) -> Result<()> {
    let Head {
        seq,
        id,
        aside,
        floor,
        rights,
        ..
    } = *head;
    x.execute(
        STORE,
        &[
            seq.into(),
            id.into(),
            aside.into(),
            floor.into(),
            rights.into(),
            SPACE.into(),
        ],
    )
    .await
    .map(drop)
}

/// Makes the head row, when it is not there.
pub(crate) async fn create(x: &mut Executor<'_>, epoch: i64, seal_key: &[u8]) -> Result<()> {
    x.execute(
        INSERT,
        &[
            SPACE.into(),
            epoch.into(),
            FIRST_ID.into(),
            Value::Bytes(seal_key),
        ],
    )
    .await
    .map(drop)
}

/// Returns the key that seals cursors; `None` when there is no space yet.
pub(crate) async fn seal_key(x: &mut Executor<'_>) -> Result<Option<Vec<u8>>> {
    x.row(SEAL_KEY, &[SPACE.into()], |row| row.bytes(0)).await
}
