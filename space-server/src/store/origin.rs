// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where imported things came from.

use space_core::policy::{Permit, RunImport};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

statements! {
    OF_KIND = "select source_id, id, digest from origin where source = $1 and kind = $2";
    STORE = "insert into origin (source, kind, source_id, id, digest) values ($1, $2, $3, $4, $5)
        on conflict (source, kind, source_id) do update set digest = excluded.digest";
    RESERVE = "insert into origin (source, kind, source_id, id, digest) values ($1, $2, $3, $4, '')
        on conflict (source, kind, source_id) do nothing";
}

/// Something that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its id where it came from.
    pub(crate) source_id: String,
    /// Its id here.
    pub(crate) id: i64,
    /// A digest of what was imported; empty as long as only the id is reserved.
    pub(crate) digest: String,
}

/// Lists everything of a kind (`topic`, `post`, `member`, `category`) that came from a source.
pub(crate) async fn of_kind(x: &mut Executor<'_>, source: &str, kind: &str) -> Result<Vec<Origin>> {
    x.rows(OF_KIND, &[source.into(), kind.into()], |row| {
        Ok(Origin {
            source_id: row.text(0)?,
            id: row.i64(1)?,
            digest: row.text(2)?,
        })
    })
    .await
}

/// Remembers where things of a kind came from.
pub(crate) async fn store(
    tx: &mut Tx<'_>,
    _: &Permit<RunImport>,
    source: &str,
    kind: &str,
    origins: &[Origin],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = origins
        .iter()
        .map(|origin| {
            vec![
                source.into(),
                kind.into(),
                (&origin.source_id).into(),
                origin.id.into(),
                (&origin.digest).into(),
            ]
        })
        .collect();
    tx.execute_each(STORE, &values).await
}

/// Reserves the ids of things of a kind that will be imported. What has an id already keeps it.
pub(crate) async fn reserve(
    tx: &mut Tx<'_>,
    _: &Permit<RunImport>,
    source: &str,
    kind: &str,
    ids: &[(String, i64)],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = ids
        .iter()
        .map(|(source_id, id)| vec![source.into(), kind.into(), source_id.into(), (*id).into()])
        .collect();
    tx.execute_each(RESERVE, &values).await
}
