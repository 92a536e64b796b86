// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What to read next: the next unread post, topic and category.

use super::rows::{TopicKey, TopicOrder, TopicQuery, TopicRow};
use super::search::UNREAD;
use super::{Replica, ReplicaError};
use crate::id::{CategoryId, TopicId};

impl Replica {
    /// Returns the number of the first post that was not read, to begin there; `None` when all were.
    pub fn first_unread(&self, topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        let waiting = self.next_unread_post(topic, 0)?;
        if waiting.is_some() {
            return Ok(waiting);
        }
        let read = self.read_position(topic)?.unwrap_or(0);
        self.number(
            "select p.number from post p cross join topic t on t.id = p.topic
             where p.topic = ?1 and p.number > ?2 and t.category in (select id from category)
             order by p.number limit 1",
            [topic.get(), read],
        )
    }

    /// Returns the number of the next post after `number` that waits to be read; `None` when none does. A topic that was
    /// never opened and is not new has nothing that waits.
    pub fn next_unread_post(
        &self,
        topic: TopicId,
        number: i64,
    ) -> Result<Option<i64>, ReplicaError> {
        self.number(
            &format!(
                "select p.number from topic t cross join post p on p.topic = t.id
                 where t.id = ?1 and p.number > ?2 and t.category in (select id from category) and {UNREAD}
                 order by p.number limit 1"
            ),
            [topic.get(), number],
        )
    }

    /// Returns the next topic that waits to be read: in a category with those below it, or anywhere; after a key of the
    /// list by latest activity, and from the start again when there is none after it. Topics that one has opened before come
    /// before new ones. `but` is the topic that one is in.
    pub fn next_unread_topic(
        &self,
        category: Option<CategoryId>,
        after: Option<TopicKey>,
        but: Option<TopicId>,
    ) -> Result<Option<TopicRow>, ReplicaError> {
        for order in [TopicOrder::Unread, TopicOrder::New] {
            let starts = [after, None];
            for before in &starts[usize::from(after.is_none())..] {
                let found = self.topics(&TopicQuery {
                    category,
                    with_below: true,
                    order,
                    before: *before,
                    limit: 2,
                    ..TopicQuery::default()
                })?;
                let next = found.into_iter().find(|row| Some(row.topic.id) != but);
                if next.is_some() {
                    return Ok(next);
                }
            }
        }
        Ok(None)
    }

    /// Returns the next category after one, in the order of the tree and around its end, in which something waits to be read;
    /// that one itself comes last.
    pub fn next_unread_category(
        &self,
        after: Option<CategoryId>,
    ) -> Result<Option<CategoryId>, ReplicaError> {
        let mut rows = self.categories()?;
        let at = after.and_then(|id| rows.iter().position(|row| row.category.id == id));
        rows.rotate_left(at.map_or(0, |at| at + 1));
        let waits = rows
            .iter()
            .find(|row| row.own.unread + row.own.new > 0)
            .map(|row| row.category.id);
        Ok(waits)
    }
}
