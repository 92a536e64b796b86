// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Throwing away what waits, and bringing it back.

use rusqlite::{Transaction, params};

use super::queue::run;
use super::table::{DOING, item, json};
use super::{Draft, ItemState, LocalId, Outbox, OutboxError, Place, Thrown};
use super::{drafts, marks};
use crate::client::database::Doing;

impl Outbox {
    /// Throws an item away, and with it what depends on it and the unfinished texts that were to replace these. Returns what
    /// was thrown away, for [`restore`](Self::restore).
    pub fn discard(&mut self, id: LocalId) -> Result<Thrown, OutboxError> {
        let thrown = self.write(|tx| {
            let it = item(tx, id)?.ok_or(OutboxError::NoSuchItem { id })?;
            let is_sent = matches!(it.state, ItemState::Sent(_));
            if matches!(it.state, ItemState::Sending) || is_sent && is_needed(tx, id)? {
                return Err(OutboxError::OnItsWay { id });
            }
            // A later edit of the same post stands by itself, and meets the server's text when it is sent.
            let sql = "with recursive gone (id) as (
                    select ?1 union
                    select a.item from outbox_after a join gone g on a.needs = g.id
                        join outbox o on o.id = a.item and o.edits is null
                 ) select id from gone order by id";
            let gone: Vec<i64> = tx
                .prepare_cached(sql)
                .and_then(|mut s| s.query_map([id.0], |row| row.get(0))?.collect())
                .doing(DOING)?;
            let mut thrown = Thrown::default();
            // All of it is read before any of it goes: items name each other.
            for id in gone.iter().copied().map(LocalId) {
                thrown.items.extend(item(tx, id)?);
            }
            for id in gone.into_iter().map(LocalId) {
                let place = Place::Waiting(id);
                thrown.drafts.extend(drafts::draft(tx, &place)?);
                drafts::remove(tx, &place)?;
                run(tx, "delete from outbox where id = ?1", [id.0])?;
                run(
                    tx,
                    "delete from outbox_after where item = ?1 or needs = ?1",
                    [id.0],
                )?;
            }
            if !is_sent {
                marks::forget(tx, id, &it.draft)?;
            }
            Ok(thrown)
        })?;
        self.cut_log();
        Ok(thrown)
    }

    /// Puts back what was thrown away, as it was.
    pub fn restore(&mut self, thrown: &Thrown) -> Result<(), OutboxError> {
        self.write(|tx| {
            for it in &thrown.items {
                let (state, problem) = match &it.state {
                    ItemState::Refused(problem) => ("refused", Some(json(problem))),
                    ItemState::Held => ("held", None),
                    ItemState::Queued | ItemState::Sending => ("queued", None),
                    ItemState::Sent(_) => continue,
                };
                let edits = match &it.draft {
                    Draft::EditPost { post, .. } => Some(post.get()),
                    _ => None,
                };
                let marks = marks::place(&it.draft);
                // What was noted about the same meanwhile has taken its place.
                if marks::is_noted_again(tx, &it.draft)? {
                    continue;
                }
                // Whether it was ever tried is not known any more: it counts as tried, and keeps its key.
                run(
                    tx,
                    "insert or ignore into outbox (id, key, draft, marks, edits, state, tries, written_at, problem)
                     values (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)",
                    params![
                        it.id.0,
                        it.key.as_str(),
                        json(&it.draft),
                        marks,
                        edits,
                        state,
                        it.written_at.millis(),
                        problem
                    ],
                )?;
                for need in &it.after {
                    run(
                        tx,
                        "insert or ignore into outbox_after (item, needs) values (?1, ?2)",
                        [it.id.0, need.0],
                    )?;
                }
                // What was refused does not count here.
                if state != "refused" {
                    marks::count(tx, &it.draft, it.written_at)?;
                }
            }
            for draft in &thrown.drafts {
                // One that was begun meanwhile is newer.
                if drafts::draft(tx, &draft.place)?.is_none() {
                    drafts::put(tx, draft)?;
                }
            }
            Ok(())
        })
    }
}

/// Returns whether something that waits names this item.
fn is_needed(tx: &Transaction<'_>, id: LocalId) -> Result<bool, OutboxError> {
    let is_needed = tx
        .prepare_cached("select exists (select 1 from outbox_after where needs = ?1)")
        .and_then(|mut s| s.query_row([id.0], |row| row.get(0)))
        .doing(DOING)?;
    Ok(is_needed)
}
