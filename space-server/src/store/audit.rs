// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The audit log.

use space_core::Timestamp;

use super::{Executor, Result, Row, Value, statements};
use crate::audit::{AuditEntry, Event, chain};
use crate::writer::Tx;

statements! {
    LAST = "select number, hash from audit order by number desc limit 1";
    AFTER = "select number, at, event, actor, subject, detail, source, source_hash, hash from audit
        where number > $1 order by number limit $2";
    INSERT = "insert into audit (number, at, event, actor, subject, detail, source, source_hash, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FORGET_SOURCES = "update audit set source = null where at < $1 and source is not null";
}

fn entry(row: &Row<'_>) -> Result<AuditEntry> {
    Ok(AuditEntry {
        number: row.i64(0)?,
        at: Timestamp::from_millis(row.i64(1)?),
        event: row.text(2)?,
        actor: row.text(3)?,
        subject: row.opt_text(4)?,
        detail: row.text(5)?,
        source: row.opt_text(6)?,
        source_hash: row.opt_bytes(7)?.as_deref().map(chain::hex),
        hash: chain::hex(&row.bytes(8)?),
    })
}

/// Reads entries after a number, at most `limit`, oldest first.
pub(crate) async fn after(
    x: &mut Executor<'_>,
    number: i64,
    limit: usize,
) -> Result<Vec<AuditEntry>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    x.rows(AFTER, &[number.into(), limit.into()], entry).await
}

/// Returns the number of the newest entry; 0 when there is none.
pub(crate) async fn newest(x: &mut Executor<'_>) -> Result<i64> {
    let newest = x.row(LAST, &[], |row| row.i64(0)).await?;
    Ok(newest.unwrap_or(0))
}

/// Writes down what was done, at the end of the transaction that did it. It asks for no permit: whatever was permitted
/// is written down, and what was refused, too.
pub(crate) async fn append(tx: &mut Tx<'_>, events: Vec<Event>) -> Result<Vec<AuditEntry>> {
    let last = tx
        .x()
        .row(LAST, &[], |row| Ok((row.i64(0)?, row.bytes(1)?)))
        .await?;
    let (mut number, mut previous) = (0, chain::BEGINNING);
    if let Some((newest, hash)) = last {
        number = newest;
        // A hash of another length is none of ours: the chain breaks here, and verifying tells.
        previous = hash.try_into().unwrap_or(chain::BEGINNING);
    }
    let at = tx.now();
    let mut written = Vec::with_capacity(events.len());
    for event in events {
        number += 1;
        let source = event.source.map(|source| source.to_string());
        let source_hash = source.as_deref().map(chain::hash_of);
        let subject = event.subject.map(|subject| subject.to_string());
        let mut entry = AuditEntry {
            number,
            at,
            event: event.act.word().to_owned(),
            actor: event.actor,
            subject,
            detail: event.detail.to_string(),
            source,
            source_hash: source_hash.as_ref().map(|hash| chain::hex(hash)),
            hash: String::new(),
        };
        previous = chain::link(&previous, &entry);
        entry.hash = chain::hex(&previous);
        let values = vec![
            number.into(),
            at.millis().into(),
            entry.event.as_str().into(),
            entry.actor.as_str().into(),
            entry.subject.as_deref().into(),
            entry.detail.as_str().into(),
            entry.source.as_deref().into(),
            source_hash.as_ref().map(|hash| Value::Bytes(hash)).into(),
            Value::Bytes(&previous),
        ];
        tx.execute_each(INSERT, &[values]).await?;
        written.push(entry);
    }
    Ok(written)
}

/// Forgets where entries before a moment came from. They stay, and so does the hash of it.
pub(crate) async fn forget_sources(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(FORGET_SOURCES, &[before.millis().into()]).await
}
