// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What topics want from their reader, worked out when anything changes that it goes by, so that lists are read off an
//! index.
//!
//! A topic that was never opened is *new* when it began after one's account, and after one last caught up. One that was
//! opened is *unread* when there are posts after the last one read, written after one last caught up, or
//! posts below it that were marked as unread. What was set back on purpose after catching up counts in full.

use rusqlite::OptionalExtension;

use super::ReplicaError;
use super::apply::{Batch, DOING};
use crate::client::database::Doing;
use crate::topic::CaughtUp;

/// What the state of a topic goes by.
struct Facts {
    created_at: i64,
    last_post_at: Option<i64>,
    last_number: i64,
    likes: i64,
    position: Option<Position>,
    /// Until when one has caught up, 0 for never.
    until: i64,
}

struct Position {
    number: i64,
    unread: i64,
    set_at: Option<i64>,
    read_at: i64,
}

/// What lists go by.
struct State {
    wants: i64,
    read_number: i64,
    marked_unread: i64,
    caught_until: i64,
}

const READ: i64 = 0;
const UNREAD: i64 = 1;
const NEW: i64 = 2;

const FACTS: &str =
    "select t.created_at, y.last_post_at, coalesce(y.last_number, 0), coalesce(y.likes, 0),
        coalesce(h.number, r.number), json_array_length(coalesce(h.unread, r.unread, '[]')),
        iif(h.topic is null, r.set_at, h.set_at), coalesce(h.read_at, r.read_at, 0),
        max(coalesce((select until_at from local_caught_up where id = 1),
                     (select until_at from caught_up where id = 1), 0),
            coalesce((select until_at from local_caught_up where id = t.category),
                     (select until_at from caught_up where id = t.category), 0))
    from topic t left join topic_tally y on y.id = t.id
    left join read_position r on r.id = t.id left join local_read h on h.topic = t.id
    where t.id = ?1";

/// Works out again what lists go by, after the topic, its tally or a read position has changed.
pub(super) fn refresh_topic(batch: &Batch<'_>, topic: i64) -> Result<(), ReplicaError> {
    let facts = batch
        .tx
        .prepare_cached(FACTS)
        .and_then(|mut s| {
            s.query_row([topic], |row| {
                let number: Option<i64> = row.get(4)?;
                let (unread, set_at, read_at) = (row.get(5)?, row.get(6)?, row.get(7)?);
                Ok(Facts {
                    created_at: row.get(0)?,
                    last_post_at: row.get(1)?,
                    last_number: row.get(2)?,
                    likes: row.get(3)?,
                    position: number.map(|number| Position {
                        number,
                        unread,
                        set_at,
                        read_at,
                    }),
                    until: row.get(8)?,
                })
            })
            .optional()
        })
        .doing(DOING)?;
    let Some(facts) = facts else {
        return Ok(());
    };
    let state = facts.state(batch.new_since);
    batch.run(
        "update topic set last_post_at = ?2, likes = ?3, state = ?4, read_number = ?5, marked_unread = ?6, caught_until = ?7
         where id = ?1 and (last_post_at, likes, state, read_number, marked_unread, caught_until)
             is not (?2, ?3, ?4, ?5, ?6, ?7)",
        [
            topic,
            facts.last_post_at.unwrap_or(facts.created_at),
            facts.likes,
            state.wants,
            state.read_number,
            state.marked_unread,
            state.caught_until,
        ],
    )?;
    Ok(())
}

impl Facts {
    fn state(&self, new_since: i64) -> State {
        let has_caught_up = self.until > 0;
        let Some(position) = &self.position else {
            let is_new =
                self.created_at >= new_since && !(has_caught_up && self.created_at <= self.until);
            return State {
                wants: if is_new { NEW } else { READ },
                read_number: 0,
                marked_unread: 0,
                caught_until: 0,
            };
        };
        let last_post_at = self.last_post_at.unwrap_or(self.created_at);
        let counts = has_caught_up && position.set_at.is_none_or(|set| set <= self.until);
        let goes_on = self.last_number > position.number && !(counts && last_post_at <= self.until);
        // Marks from before one caught up are of posts from before.
        let marked_unread = if counts && position.read_at <= self.until {
            0
        } else {
            position.unread
        };
        let is_unread = goes_on || marked_unread > 0;
        State {
            wants: if is_unread { UNREAD } else { READ },
            read_number: position.number,
            marked_unread,
            caught_until: if is_unread && counts { self.until } else { 0 },
        }
    }
}

/// Works out again which topics are new, after that has changed for all of them.
pub(super) fn refresh_new(batch: &Batch<'_>) -> Result<(), ReplicaError> {
    refresh_all(
        batch,
        "select id from topic where state <> 1 and state <> iif(created_at >= ?1, 2, 0)
         and not exists (select 1 from local_read where topic = topic.id)
         and not exists (select 1 from read_position r where r.id = topic.id)",
        [batch.new_since],
    )
}

/// Returns until when one has caught up in a place, 0 for never.
pub(super) fn caught_up_until(batch: &Batch<'_>, place: i64) -> Result<i64, ReplicaError> {
    batch
        .tx
        .prepare_cached(
            "select coalesce((select until_at from local_caught_up where id = ?1),
                             (select until_at from caught_up where id = ?1), 0)",
        )
        .and_then(|mut s| s.query_row([place], |row| row.get(0)))
        .doing(DOING)
}

/// Works out again which topics of a place are unread or new, after one has caught up there, or taken that back: those
/// that are so now, and when it was taken back those with something newer.
pub(super) fn refresh_place(
    batch: &Batch<'_>,
    place: i64,
    before: i64,
) -> Result<(), ReplicaError> {
    let now = caught_up_until(batch, place)?;
    let since = match now {
        0 => i64::MIN,
        now if now < before => now,
        _ => i64::MAX,
    };
    let changed = "(state > 0 or last_post_at > ?1
        or id in (select id from read_position where unread <> '[]' union all
                  select topic from local_read where unread <> '[]'))";
    if place == CaughtUp::EVERYWHERE {
        let sql = format!("select id from topic where {changed}");
        refresh_all(batch, &sql, [since])
    } else {
        let sql = format!("select id from topic where {changed} and category = ?2");
        refresh_all(batch, &sql, [since, place])
    }
}

fn refresh_all(
    batch: &Batch<'_>,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<(), ReplicaError> {
    // By list, as a table must not change under its own reading; ids are small.
    let topics: Vec<i64> = batch
        .tx
        .prepare_cached(sql)
        .and_then(|mut s| s.query_map(params, |row| row.get(0))?.collect())
        .doing(DOING)?;
    topics
        .into_iter()
        .try_for_each(|topic| refresh_topic(batch, topic))
}
