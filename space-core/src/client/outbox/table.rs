// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Items as rows.

use rusqlite::{Connection, OptionalExtension, Row};

use super::pace::Kept;
use super::{Draft, Item, ItemState, LocalId, Outbox, OutboxError, Outcome};
use crate::client::api::IdempotencyKey;
use crate::client::database::Doing;
use crate::client::replica::ReplicaError;
use crate::protocol::Problem;
use crate::time::Timestamp;

pub(super) const DOING: &str = "looking at what waits to be sent";

const COLUMNS: &str = "id, key, draft, state, written_at, problem, outcome,
    (select group_concat(needs, ' ') from outbox_after where item = outbox.id)";

impl Outbox {
    /// Returns everything that is not sent, and what was sent lately, oldest first.
    pub fn items(&self) -> Result<Vec<Item>, OutboxError> {
        let sql = format!("select {COLUMNS} from outbox order by id");
        let mut statement = self.connection.prepare_cached(&sql).doing(DOING)?;
        let mut found = statement.query([]).doing(DOING)?;
        let mut items = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            items.push(read(row)?);
        }
        Ok(items)
    }

    /// Returns one item.
    pub fn item(&self, id: LocalId) -> Result<Option<Item>, OutboxError> {
        item(&self.connection, id)
    }
}

pub(super) fn item(connection: &Connection, id: LocalId) -> Result<Option<Item>, OutboxError> {
    let sql = format!("select {COLUMNS} from outbox where id = ?1");
    connection
        .prepare_cached(&sql)
        .and_then(|mut s| s.query_row([id.0], |row| Ok(read(row))).optional())
        .doing(DOING)?
        .transpose()
}

fn read(row: &Row<'_>) -> Result<Item, OutboxError> {
    let text = |at: usize| row.get::<_, String>(at).doing(DOING);
    let json = |error: serde_json::Error| damaged(&error.to_string());
    let draft: Draft = serde_json::from_str(&text(2)?).map_err(json)?;
    let problem: Option<String> = row.get(5).doing(DOING)?;
    let mut waiting = None;
    let state = match text(3)?.as_str() {
        "queued" => {
            let kept = problem.as_deref().map(serde_json::from_str::<Kept>);
            waiting = kept.transpose().map_err(json)?.map(Kept::waiting);
            ItemState::Queued
        }
        "sending" => ItemState::Sending,
        "held" => ItemState::Held,
        "refused" => {
            let problem: Problem = serde_json::from_str(&text(5)?).map_err(json)?;
            ItemState::Refused(Box::new(problem))
        }
        "sent" => {
            let outcome: Outcome = serde_json::from_str(&text(6)?).map_err(json)?;
            ItemState::Sent(outcome)
        }
        other => return Err(damaged(other).into()),
    };
    let after: Option<String> = row.get(7).doing(DOING)?;
    Ok(Item {
        id: LocalId(row.get(0).doing(DOING)?),
        draft,
        key: IdempotencyKey::new(text(1)?).ok_or_else(|| damaged("an idempotency key"))?,
        written_at: Timestamp::from_millis(row.get(4).doing(DOING)?),
        state,
        waiting,
        after: after
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|id| id.parse().ok())
            .map(LocalId)
            .collect(),
    })
}

pub(super) fn damaged(what: &str) -> ReplicaError {
    ReplicaError::Damaged {
        what: what.to_owned(),
    }
}

/// Writes a value that always has a JSON form.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them have a JSON form")
}
