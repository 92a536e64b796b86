// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Queueing, and changing what is queued.

use rusqlite::{Transaction, TransactionBehavior, params};

use super::table::{DOING, item, json};
use super::{Draft, ItemState, LocalId, Outbox, OutboxError, Place, PostRef, TopicRef};
use super::{drafts, marks};
use crate::client::api::IdempotencyKey;
use crate::client::database::{self, Doing};
use crate::text::PostSource;
use crate::time::{Clock, Entropy};

const QUEUEING: &str = "keeping what is to be sent";

impl Outbox {
    /// Queues something; when this returns, it survives a power cut - but for how far one has read, which is noted with
    /// every post and would have the reader wait for the disk each time.
    ///
    /// A mark as read replaces an earlier one of the same topic, an edit the text of an earlier one of the same post, as
    /// long as those were never tried. What one notes of one's own reading also
    /// counts in the replica at once.
    pub fn queue(
        &mut self,
        draft: &Draft,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Result<LocalId, OutboxError> {
        if !matches!(draft, Draft::MarkRead { .. }) {
            return self.write(|tx| put(tx, draft, clock, entropy));
        }
        self.connection
            .pragma_update(None, "synchronous", "normal")
            .doing(QUEUEING)?;
        let queued = self.write(|tx| put(tx, draft, clock, entropy));
        self.connection
            .pragma_update(None, "synchronous", "full")
            .doing(QUEUEING)?;
        queued
    }

    /// Queues a text that is finished: what was kept of it while it was written is gone in the same moment, so that it can
    /// neither be lost nor be sent twice.
    pub fn queue_finished(
        &mut self,
        place: &Place,
        draft: &Draft,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Result<LocalId, OutboxError> {
        self.write(|tx| {
            drafts::remove(tx, place)?;
            put(tx, draft, clock, entropy)
        })
    }

    /// Cuts off the log, in which words stand that are thrown away or sent. Not worth failing for, nor waiting: a log that is
    /// being read just now goes with the next one, and when the last program ends.
    pub(super) fn cut_log(&self) {
        let _ = self.connection.busy_timeout(std::time::Duration::ZERO);
        let _ = self
            .connection
            .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
        let _ = self.connection.busy_timeout(database::PATIENCE);
    }

    /// Queues several things as one: all of them, or none when one fails.
    pub fn queue_all(
        &mut self,
        drafts: &[Draft],
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Result<Vec<LocalId>, OutboxError> {
        self.write(|tx| {
            drafts
                .iter()
                .map(|draft| put(tx, draft, clock, entropy))
                .collect()
        })
    }

    /// Queues a refused or held item again.
    pub fn retry(&mut self, id: LocalId, clock: &dyn Clock) -> Result<(), OutboxError> {
        self.write(|tx| {
            let it = item(tx, id)?.ok_or(OutboxError::NoSuchItem { id })?;
            match it.state {
                // It may have been asked for later: now it is tried at once.
                ItemState::Queued => run(tx, "update outbox set problem = null where id = ?1", [id.0]),
                ItemState::Sending | ItemState::Sent(_) => Err(OutboxError::OnItsWay { id }),
                ItemState::Refused(_) | ItemState::Held => run(
                    tx,
                    "update outbox set state = 'queued', problem = null, confirmed_at = ?2 where id = ?1",
                    [id.0, clock.now().millis()],
                ),
            }
        })
    }

    /// Queues an edit that met another again: the merged text, made from the revision the server named. `finished` is where
    /// the text was kept while it was written.
    pub fn resolve(
        &mut self,
        id: LocalId,
        revision: i64,
        source: &PostSource,
        finished: Option<&Place>,
    ) -> Result<(), OutboxError> {
        self.write(|tx| {
            finished.map_or(Ok(()), |place| drafts::remove(tx, place))?;
            let it = item(tx, id)?.ok_or(OutboxError::NoSuchItem { id })?;
            let (Draft::EditPost { post, base, .. }, theirs) = (it.draft, theirs(&it.state)) else {
                return Err(OutboxError::NotAnEdit { id });
            };
            if matches!(it.state, ItemState::Sending | ItemState::Sent(_)) {
                return Err(OutboxError::OnItsWay { id });
            }
            // The key may stay: a server remembers only what it has done.
            let draft = json(&Draft::EditPost {
                post,
                revision,
                // The next conflict, if there is one, begins where this one ended.
                base: theirs.or(base),
                source: source.clone(),
            });
            run(
                tx,
                "update outbox set draft = ?2, state = 'queued', problem = null where id = ?1",
                params![id.0, draft],
            )
        })
    }

    /// Puts another text in the place of something that waits or was refused, and queues it again. What depends on it
    /// goes on depending on it. `finished` is where the text was kept while it was written.
    pub fn rewrite(
        &mut self,
        id: LocalId,
        draft: &Draft,
        finished: Option<&Place>,
        clock: &dyn Clock,
    ) -> Result<(), OutboxError> {
        self.write(|tx| {
            finished.map_or(Ok(()), |place| drafts::remove(tx, place))?;
            let it = item(tx, id)?.ok_or(OutboxError::NoSuchItem { id })?;
            let is_same = std::mem::discriminant(&it.draft) == std::mem::discriminant(draft);
            // What was tried and not refused may be done already: its key stands for the text that was sent.
            let changed = match it.state {
                _ if !is_same => false,
                ItemState::Refused(_) => true,
                ItemState::Queued | ItemState::Held => {
                    let sql = "select tries = 0 from outbox where id = ?1";
                    tx.query_row(sql, [id.0], |row| row.get(0)).doing(DOING)?
                }
                ItemState::Sending | ItemState::Sent(_) => false,
            };
            if !changed {
                return Err(OutboxError::OnItsWay { id });
            }
            run(
                tx,
                "update outbox set draft = ?2, state = 'queued', problem = null, confirmed_at = ?3 where id = ?1",
                params![id.0, json(draft), clock.now().millis()],
            )
        })
    }

    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, OutboxError>,
    ) -> Result<T, OutboxError> {
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(QUEUEING)?;
        let value = work(&tx)?;
        tx.commit().doing(QUEUEING)?;
        Ok(value)
    }
}

/// What the server has, when that is why an edit was refused.
fn theirs(state: &ItemState) -> Option<String> {
    match state {
        ItemState::Refused(problem) => problem.conflict.as_ref().map(|it| it.theirs.clone()),
        _ => None,
    }
}

/// Puts one thing into the queue.
fn put(
    tx: &Transaction<'_>,
    draft: &Draft,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<LocalId, OutboxError> {
    let now = clock.now();
    let key = IdempotencyKey::draw(now, entropy);
    let draft = &marks::noted(tx, draft, now)?;
    let needs = needs(tx, draft)?;
    let marks = marks::place(draft);
    let mut edits = None;
    if let Some(place) = marks.filter(|place| *place != marks::CATCH_UP) {
        run(
            tx,
            "delete from outbox where marks = ?1 and state in ('queued', 'refused', 'held')",
            [place],
        )?;
    }
    if let Draft::EditPost { post, .. } = draft {
        edits = Some(post.get());
        if let Some(id) = replace_edit(tx, draft, post.get())? {
            return Ok(id);
        }
    }
    run(
        tx,
        "insert into outbox (key, draft, marks, edits, state, tries, written_at)
         values (?1, ?2, ?3, ?4, 'queued', 0, ?5)",
        params![key.as_str(), json(draft), marks, edits, now.millis()],
    )?;
    let id = LocalId(tx.last_insert_rowid());
    for need in needs {
        run(
            tx,
            "insert or ignore into outbox_after (item, needs) values (?1, ?2)",
            [id.0, need.0],
        )?;
    }
    Ok(id)
}

/// Puts the text of an edit into one that waits and was never tried. Its key would not allow another text otherwise.
fn replace_edit(
    tx: &Transaction<'_>,
    draft: &Draft,
    post: i64,
) -> Result<Option<LocalId>, OutboxError> {
    let waiting: Vec<i64> = tx
        .prepare_cached("select id from outbox where edits = ?1 and state = 'queued' and tries = 0 order by id desc")
        .and_then(|mut s| s.query_map([post], |row| row.get(0))?.collect())
        .doing(DOING)?;
    let Some(id) = waiting.first().copied().map(LocalId) else {
        return Ok(None);
    };
    let (Some(held), Draft::EditPost { post, source, .. }) = (item(tx, id)?, draft) else {
        return Ok(None);
    };
    let Draft::EditPost { revision, base, .. } = held.draft else {
        return Ok(None);
    };
    // Made from the text that the earlier edit would have made, so from the earlier one's revision.
    let draft = json(&Draft::EditPost {
        post: *post,
        revision,
        base,
        source: source.clone(),
    });
    run(
        tx,
        "update outbox set draft = ?2 where id = ?1",
        params![id.0, draft],
    )?;
    Ok(Some(id))
}

/// Returns what must be sent before `draft` can be.
fn needs(tx: &Transaction<'_>, draft: &Draft) -> Result<Vec<LocalId>, OutboxError> {
    let mut needs = Vec::new();
    match draft {
        Draft::Reply {
            topic, reply_to, ..
        } => {
            if let TopicRef::Queued(id) = topic {
                needs.push(*id);
            }
            if let Some(PostRef::Queued(id)) = reply_to {
                needs.push(*id);
            }
            for id in &needs {
                item(tx, *id)?.ok_or(OutboxError::ParentGone { id: *id })?;
            }
        }
        // A later edit of the same post goes out from the revision that the earlier one makes.
        Draft::EditPost { post, .. } => {
            let earlier: Vec<i64> = tx
                .prepare_cached(
                    "select id from outbox where edits = ?1 and state in ('queued', 'sending') and tries > 0
                     order by id desc limit 1",
                )
                .and_then(|mut s| s.query_map([post.get()], |row| row.get(0))?.collect())
                .doing(DOING)?;
            needs.extend(earlier.into_iter().map(LocalId));
        }
        _ => {}
    }
    Ok(needs)
}

pub(super) fn run(
    tx: &Transaction<'_>,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<(), OutboxError> {
    tx.prepare_cached(sql)
        .and_then(|mut s| s.execute(params))
        .doing(QUEUEING)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TopicId;
    use crate::client::testing::{Counting, Still};

    #[test]
    fn only_a_mark_of_reading_does_not_wait_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut outbox = Outbox::open(&folder.path().join("replica.db")).unwrap();
        let synchronous = |outbox: &Outbox| -> i64 {
            outbox
                .connection
                .pragma_query_value(None, "synchronous", |row| row.get(0))
                .unwrap()
        };
        assert_eq!(synchronous(&outbox), 2, "2 is full");
        let mark = Draft::MarkRead {
            topic: TopicId::new(10).unwrap(),
            number: 3,
        };
        outbox
            .queue(&mark, &Still::at(1), &Counting::default())
            .unwrap();
        assert_eq!(synchronous(&outbox), 2, "it counts for that mark alone");
    }
}
