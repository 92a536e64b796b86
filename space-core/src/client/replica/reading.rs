// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far one has read, and marks that the server has not heard of yet.

use rusqlite::{OptionalExtension, Transaction, params};

use super::apply::{Batch, DOING};
use super::store::numbers;
use super::{Replica, ReplicaError, state};
use crate::client::database::Doing;
use crate::id::TopicId;
use crate::protocol::{CatchUpPlace, MarkRead, MarkWay};
use crate::reading::ReadState;
use crate::time::Timestamp;
use crate::topic::{CaughtUp, ReadPosition};

impl Replica {
    /// Returns the highest post number that was read, here or elsewhere; `None` when the topic was never opened.
    pub fn read_position(&self, topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        self.number(
            "select coalesce((select number from local_read where topic = ?1),
                             (select number from read_position where id = ?1))",
            [topic.get()],
        )
    }

    /// Returns which posts of a topic were read, with everything worked in. Give it back with [`Draft::RestoreRead`]
    /// to undo what was marked since.
    ///
    /// [`Draft::RestoreRead`]: crate::client::outbox::Draft::RestoreRead
    pub fn read_state(&self, topic: TopicId) -> Result<ReadState, ReplicaError> {
        Ok(held(&self.connection, topic)?.state)
    }

    /// Returns until when one has caught up in some places, here or elsewhere; 0 for never. Give it back with
    /// [`Draft::CatchUp`](crate::client::outbox::Draft::CatchUp) to undo what is said now.
    pub fn caught_up(
        &self,
        places: &[Option<crate::CategoryId>],
    ) -> Result<Vec<CatchUpPlace>, ReplicaError> {
        places
            .iter()
            .map(|category| {
                let id = category.map_or(CaughtUp::EVERYWHERE, crate::CategoryId::get);
                let until = self.number(
                    "select coalesce((select until_at from local_caught_up where id = ?1),
                                     (select until_at from caught_up where id = ?1))",
                    [id],
                )?;
                Ok(CatchUpPlace {
                    category: *category,
                    until: Timestamp::from_millis(until.unwrap_or(0)),
                })
            })
            .collect()
    }
}

/// What is known of a topic, here and by the server.
struct Held {
    state: ReadState,
    set_at: Option<i64>,
    read_at: i64,
    /// The `read_at` of the server's word.
    known: Option<i64>,
}

fn held(connection: &rusqlite::Connection, topic: TopicId) -> Result<Held, ReplicaError> {
    type Row = (Option<i64>, String, Option<i64>, i64, Option<i64>, i64);
    let row: Option<Row> = connection
        .prepare_cached(
            "select coalesce(h.number, r.number), coalesce(h.unread, r.unread, '[]'), iif(h.topic is null, r.set_at, h.set_at),
                coalesce(h.read_at, r.read_at, 0), r.read_at,
                max(coalesce((select until_at from local_caught_up where id = 1),
                             (select until_at from caught_up where id = 1), 0),
                    coalesce((select until_at from local_caught_up where id = t.category),
                             (select until_at from caught_up where id = t.category), 0))
             from (select ?1 as id) x left join topic t on t.id = x.id
             left join read_position r on r.id = x.id left join local_read h on h.topic = x.id",
        )
        .and_then(|mut s| {
            s.query_row([topic.get()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<_, Option<i64>>(5)?.unwrap_or(0)))
            })
            .optional()
        })
        .doing(DOING)?;
    let (number, unread, set_at, read_at, known, until) =
        row.unwrap_or((None, "[]".to_owned(), None, 0, None, 0));
    let unread: Vec<i64> = serde_json::from_str(&unread).unwrap_or_default();
    let mut state = ReadState::new(number.unwrap_or(0), unread);
    if until > 0 && set_at.is_none_or(|set| set <= until) {
        if read_at <= until {
            state = ReadState::new(state.number, []);
        }
        let seen: Option<i64> = connection
            .prepare_cached("select max(number) from post where topic = ?1 and created_at <= ?2")
            .and_then(|mut s| s.query_row([topic.get(), until], |row| row.get(0)))
            .doing(DOING)?;
        state = state.join(&ReadState::new(seen.unwrap_or(0), []));
    }
    Ok(Held {
        state,
        set_at,
        read_at,
        known,
    })
}

fn keep(
    batch: &Batch<'_>,
    topic: TopicId,
    it: &ReadState,
    set_at: Option<i64>,
    read_at: i64,
) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into local_read (topic, number, unread, set_at, read_at) values (?1, ?2, ?3, ?4, ?5)",
        params![topic.get(), it.number, numbers(&it.unread), set_at, read_at],
    )?;
    state::refresh_topic(batch, topic.get())
}

/// Marks posts within a transaction of the outbox, so that the mark and its item are one. Returns the command for it.
pub(in crate::client) fn mark(
    tx: &Transaction<'_>,
    topic: TopicId,
    way: MarkWay,
    change: impl FnOnce(&ReadState) -> ReadState,
    now: Timestamp,
) -> Result<MarkRead, ReplicaError> {
    let batch = Batch::begin(tx)?;
    let held = held(tx, topic)?;
    let state = change(&held.state);
    // What was set here counts from now, whatever the clocks of others said.
    let now = now.millis().max(held.read_at);
    let set_at = match way {
        MarkWay::Set => Some(now),
        MarkWay::Add => held.set_at,
    };
    keep(&batch, topic, &state, set_at, now)?;
    Ok(MarkRead {
        number: state.number,
        unread: state.unread,
        way,
        marked_at: None,
        known: held.known.map(Timestamp::from_millis),
    })
}

/// Takes a mark back that the server refused, or that was thrown away.
pub(in crate::client) fn unmark_read(
    tx: &Transaction<'_>,
    topic: TopicId,
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    batch.run("delete from local_read where topic = ?1", [topic.get()])?;
    state::refresh_topic(&batch, topic.get())
}

/// Takes in what the server made of a mark. It may have known better, and then says nothing of it in the feed.
pub(in crate::client) fn settle_read(
    tx: &Transaction<'_>,
    it: &ReadPosition,
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    let (topic, read_at) = (it.topic.get(), it.read_at.millis());
    batch.run(
        "update read_position set number = ?2, unread = ?3, set_at = ?4, read_at = ?5 where id = ?1 and read_at < ?5",
        params![
            topic,
            it.number,
            numbers(&it.unread),
            it.set_at.map(Timestamp::millis),
            read_at
        ],
    )?;
    // A position that is not there yet comes with the feed, and the mark counts until then.
    batch.run(
        "delete from local_read where topic = ?1 and exists (select 1 from read_position where id = ?1 and read_at >= ?2)
         and not exists (select 1 from outbox where marks = ?1 and state in ('queued', 'sending', 'held'))",
        params![topic, read_at],
    )?;
    state::refresh_topic(&batch, topic)
}

/// Catches up within a transaction of the outbox.
pub(in crate::client) fn catch_up(
    tx: &Transaction<'_>,
    places: &[CatchUpPlace],
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    for place in places {
        let id = id(place);
        let before = state::caught_up_until(&batch, id)?;
        batch.run(
            "insert or replace into local_caught_up (id, until_at) values (?1, ?2)",
            params![id, place.until.millis()],
        )?;
        state::refresh_place(&batch, id, before)?;
    }
    Ok(())
}

/// Takes catching up back that the server refused, or that was thrown away.
pub(in crate::client) fn uncatch_up(
    tx: &Transaction<'_>,
    places: &[CatchUpPlace],
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    for place in places {
        let id = id(place);
        let before = state::caught_up_until(&batch, id)?;
        batch.run("delete from local_caught_up where id = ?1", [id])?;
        state::refresh_place(&batch, id, before)?;
    }
    Ok(())
}

/// Takes in that the server changed some of the places; of the others it knows something later, and does not say it again.
pub(in crate::client) fn settle_caught_up(
    tx: &Transaction<'_>,
    asked: &[CatchUpPlace],
    changed: &[CatchUpPlace],
) -> Result<(), ReplicaError> {
    let is_passed_over =
        |place: &&CatchUpPlace| changed.iter().all(|other| other.category != place.category);
    let waits: bool = tx
        .query_row(
            "select exists (select 1 from outbox where marks = 0 and state in ('queued', 'sending', 'held'))",
            [],
            |row| row.get(0),
        )
        .doing(DOING)?;
    if waits {
        return Ok(());
    }
    let passed_over: Vec<CatchUpPlace> = asked.iter().filter(is_passed_over).copied().collect();
    uncatch_up(tx, &passed_over)
}

fn id(place: &CatchUpPlace) -> i64 {
    place
        .category
        .map_or(CaughtUp::EVERYWHERE, crate::CategoryId::get)
}
