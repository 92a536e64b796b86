// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands that were done, by the key their sender gave them.

use space_core::{MemberId, Timestamp};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

statements! {
    FIND = "select request_hash, result_id from idempotency where member_id = $1 and key = $2";
    INSERT = "insert into idempotency (member_id, key, request_hash, result_id, created_at) values ($1, $2, $3, $4, $5)";
    DELETE_OLD = "delete from idempotency where created_at < $1";
}

/// A command that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// SHA-256 of the request.
    pub(crate) request_hash: Vec<u8>,
    /// What it made or changed.
    pub(crate) result_id: i64,
}

/// Finds what was done under a key.
pub(crate) async fn find(
    x: &mut Executor<'_>,
    member: MemberId,
    key: &str,
) -> Result<Option<Done>> {
    x.row(FIND, &[member.get().into(), key.into()], |row| {
        Ok(Done {
            request_hash: row.bytes(0)?,
            result_id: row.i64(1)?,
        })
    })
    .await
}

/// Remembers what was done under a key, in the same transaction.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    member: MemberId,
    key: &str,
    done: &Done,
) -> Result<()> {
    let now = tx.now().millis();
    let values = vec![
        member.get().into(),
        key.into(),
        Value::Bytes(&done.request_hash),
        done.result_id.into(),
        now.into(),
    ];
    tx.execute_each(INSERT, &[values]).await
}

/// Forgets what was done before a moment.
pub(crate) async fn delete_before(tx: &mut Tx<'_>, moment: Timestamp) -> Result<u64> {
    tx.execute(DELETE_OLD, &[moment.millis().into()]).await
}
