// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topics that are read from the server because somebody opens them, and kept: those that lie outside the window, or
//! partly so.
//!
//! A page is kept only where the copy stands as it stood when the page was asked for. Then whatever has changed since is
//! still to come in the feed: what was removed after the page was made, a category that was closed, a right that is gone.

use rusqlite::OptionalExtension as _;

use super::apply::{Batch, DOING};
use super::{Replica, ReplicaError};
use crate::client::api::beyond;
use crate::client::database::Doing as _;
use crate::id::TopicId;
use crate::protocol::{Body, Cursor, FeedRow, Kind, PostPage};

/// How much of a topic is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Posts that are here.
    pub held: u64,
    /// Posts that the server has and this copy does not. Deleted ones, which nobody has, do not count.
    pub missing: u64,
}

const COVERAGE: &str = "select (select count(*) from post where topic = ?1),
    coalesce((select posts from topic_tally where id = ?1), 0),
    coalesce((select excess from topic_read_whole where topic = ?1), 0)";

impl Replica {
    /// Returns how much of a topic is here.
    pub fn coverage(&self, topic: TopicId) -> Result<Coverage, ReplicaError> {
        let (held, counted, excess): (i64, i64, i64) = self
            .connection
            .prepare_cached(COVERAGE)
            .and_then(|mut s| {
                s.query_row([topic.get()], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
            })
            .doing("counting what is here")?;
        let missing = counted.saturating_sub(held).saturating_sub(excess);
        Ok(Coverage {
            held: u64::try_from(held).unwrap_or(0),
            missing: u64::try_from(missing).unwrap_or(0),
        })
    }

    /// Returns the lowest post number from `from` on that is not here.
    pub fn first_gap(&self, topic: TopicId, from: i64) -> Result<i64, ReplicaError> {
        const DOING: &str = "looking for what is not here";
        let mut statement = self
            .connection
            .prepare_cached(
                "select number from post where topic = ?1 and number >= ?2 order by number",
            )
            .doing(DOING)?;
        let mut found = statement.query([topic.get(), from]).doing(DOING)?;
        let mut gap = from;
        while let Some(row) = found.next().doing(DOING)? {
            let number: i64 = row.get(0).doing(DOING)?;
            if number > gap {
                break;
            }
            gap = number.saturating_add(1);
        }
        Ok(gap)
    }

    /// Keeps a page of a topic that was asked for when the copy stood at `since`. Returns whether its category is here: what
    /// is in another one would be seen by nobody, and wiped by nothing.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] when the copy stands elsewhere by now: ask again.
    pub(in crate::client) fn keep_page(
        &mut self,
        since: Option<&Cursor>,
        page: &PostPage,
    ) -> Result<bool, ReplicaError> {
        let topic = page.topic.id.get();
        let mut is_kept = true;
        self.write(|batch| {
            stands(batch, since)?;
            let scope: Option<String> = batch
                .tx
                .prepare_cached(
                    "select s.name from category c join scope s on s.id = c.scope where c.id = ?1",
                )
                .and_then(|mut s| {
                    s.query_row([page.topic.category.get()], |row| row.get(0))
                        .optional()
                })
                .doing(DOING)?;
            let Some(scope) = scope else {
                is_kept = false;
                return Ok(());
            };
            let scope = super::model::parse(&scope)?;
            let row = |kind, id, body| FeedRow {
                scope,
                kind,
                id,
                body: Some(body),
            };
            let mut rows = Vec::with_capacity(page.posts.len() + 2);
            let is_outside = !is_held(batch, "select 1 from topic where id = ?1", topic)?;
            if is_outside {
                rows.push(row(Kind::Topic, topic, Body::Topic(page.topic.clone())));
            }
            let tally = &page.tally;
            let is_counted = is_held(batch, "select 1 from topic_tally where id = ?1", topic)?;
            if !is_counted {
                rows.push(row(Kind::TopicTally, topic, Body::TopicTally(tally.clone())));
            }
            for post in &page.posts {
                let id = post.id.get();
                // What is here came by the feed, which knows its scope.
                if post.topic == page.topic.id
                    && !is_held(batch, "select 1 from post where id = ?1", id)?
                {
                    rows.push(row(Kind::Post, id, Body::Post(post.clone())));
                }
            }
            rows.retain(|row| beyond(row).is_none());
            batch.take(&rows)?;
            for row in &rows {
                let sql = match row.kind {
                    Kind::Topic => "update topic set is_kept = 1 where id = ?1",
                    Kind::TopicTally => "update topic_tally set is_kept = 1 where id = ?1",
                    _ => "update post set is_kept = 1 where id = ?1",
                };
                batch.run(sql, [row.id])?;
            }
            if is_counted && beyond(&row(Kind::TopicTally, topic, Body::TopicTally(tally.clone()))).is_none() {
                batch.run(
                    "update topic_tally set posts = ?2, last_number = ?3, last_post_at = ?4, last_poster = ?5 where id = ?1",
                    [
                        topic,
                        tally.posts,
                        tally.last_number,
                        tally.last_post_at.millis(),
                        tally.last_poster.get(),
                    ],
                )?;
                batch.topics.insert(topic);
            }
            Ok(())
        })?;
        Ok(is_kept)
    }

    /// Notes that a topic was read to its end: what its numbers count beyond that is nowhere to be had.
    pub(in crate::client) fn note_whole(
        &mut self,
        since: Option<&Cursor>,
        topic: TopicId,
    ) -> Result<(), ReplicaError> {
        self.write(|batch| {
            stands(batch, since)?;
            batch.run(
                "insert into topic_read_whole (topic, excess)
                 select ?1, max(0, y.posts - (select count(*) from post where topic = ?1)) from topic_tally y where y.id = ?1
                 on conflict (topic) do update set excess = excluded.excess",
                [topic.get()],
            )?;
            Ok(())
        })
        .map(drop)
    }
}

/// Makes sure that the copy stands where it stood. One that has no place in the feed yet, or has lost it, is read from zero:
/// nothing would tell what of a page is gone by then.
fn stands(batch: &Batch<'_>, since: Option<&Cursor>) -> Result<(), ReplicaError> {
    let now = super::follow::cursor(batch.tx)?;
    if now.is_some() && now.as_ref() == since {
        Ok(())
    } else {
        Err(ReplicaError::MovedOn)
    }
}

/// The feed has delivered a topic.
pub(super) fn delivered(batch: &Batch<'_>, topic: i64) -> Result<(), ReplicaError> {
    batch.run(
        "update topic set is_kept = 0 where id = ?1 and is_kept",
        [topic],
    )?;
    Ok(())
}

/// Removes what the feed has never delivered, as it says that it is gone from a scope; returns how much that was.
pub(super) fn remove(batch: &Batch<'_>, kind: Kind, id: i64) -> Result<usize, ReplicaError> {
    let sql = match kind {
        Kind::Topic => "delete from topic where id = ?1 and is_kept",
        Kind::TopicTally => "delete from topic_tally where id = ?1 and is_kept",
        Kind::Post => "delete from post where id = ?1 and is_kept",
        _ => return Ok(0),
    };
    batch.run(sql, [id])
}

/// A category has left the scope in which it was read: what was asked for of it went by that scope, and what lives on
/// comes with rows of its own, or is asked for again.
pub(super) fn leave(batch: &mut Batch<'_>, category: i64) -> Result<(), ReplicaError> {
    for (kind, sql) in [
        (
            Kind::Post,
            "select p.id from post p join topic t on t.id = p.topic where t.category = ?1 and p.is_kept",
        ),
        (
            Kind::TopicTally,
            "select y.id from topic_tally y join topic t on t.id = y.id where t.category = ?1 and y.is_kept",
        ),
        (
            Kind::Topic,
            "select id from topic where category = ?1 and is_kept",
        ),
    ] {
        let kept: Vec<i64> = batch
            .tx
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([category], |row| row.get(0))?.collect())
            .doing(DOING)?;
        for id in kept {
            let gone = remove(batch, kind, id)?;
            batch.gone(kind, id, gone)?;
        }
    }
    Ok(())
}

/// A topic is gone, and with it what was noted of it.
pub(super) fn forget(batch: &Batch<'_>, topic: i64) -> Result<(), ReplicaError> {
    batch.run("delete from topic_read_whole where topic = ?1", [topic])?;
    Ok(())
}

fn is_held(batch: &Batch<'_>, sql: &str, id: i64) -> Result<bool, ReplicaError> {
    batch
        .tx
        .prepare_cached(sql)
        .and_then(|mut s| s.exists([id]))
        .doing(DOING)
}
