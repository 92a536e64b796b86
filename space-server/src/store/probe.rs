// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A row that is written to see whether writes get through.

use super::{Result, Value, statements};
use crate::writer::Tx;

statements! {
    FILL = "insert into write_probe (id, filler) values ($1, $2) on conflict (id) do update set filler = excluded.filler";
    CLEAR = "delete from write_probe";
}

/// As much as the longest post takes, in four bytes each.
const FILLER: usize = 128_000;

/// Writes the row.
pub(crate) async fn fill(tx: &mut Tx<'_>) -> Result<()> {
    // Other bytes than the last time: SQLite leaves a page alone that would stay the same.
    let byte = tx.now().millis().to_le_bytes()[0];
    let filler = vec![byte; FILLER];
    tx.execute(FILL, &[1.into(), Value::Bytes(&filler)]).await?;
    Ok(())
}

/// Takes the row away.
pub(crate) async fn clear(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(CLEAR, &[]).await?;
    Ok(())
}
