// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far one has read.

use rusqlite::Transaction;

use super::apply::Batch;
use super::{Replica, ReplicaError, store};
use crate::id::TopicId;

impl Replica {
    /// Returns the highest post number that was read, here or elsewhere; `None` when the topic was never opened.
    pub fn read_position(&self, topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        self.number(
            "select coalesce((select number from local_read where topic = ?1),
                             (select number from read_position where id = ?1))",
            [topic.get()],
        )
    }

    /// Returns the number of the first post that was not read; `None` when all were.
    pub fn first_unread(&self, topic: TopicId) -> Result<Option<i64>, ReplicaError> {
        let read = self.read_position(topic)?.unwrap_or(0);
        self.number(
            "select p.number from post p cross join topic t on t.id = p.topic
             where p.topic = ?1 and p.number > ?2 and t.category in (select id from category)
             order by p.number limit 1",
            [topic.get(), read],
        )
    }

    /// Marks as read at once; the server's word replaces it once nothing about this topic waits in the outbox.
    pub fn mark_read_local(&mut self, topic: TopicId, number: i64) -> Result<(), ReplicaError> {
        self.write(|batch| {
            batch.run(MARK, [topic.get(), number])?;
            store::refresh_topic(batch, topic.get())
        })
        .map(drop)
    }
}

const MARK: &str = "insert or replace into local_read (topic, number) values (?1, ?2)";

/// Marks as read within a transaction of the outbox, so that the mark and its item are one.
pub(in crate::client) fn mark_read(
    tx: &Transaction<'_>,
    topic: TopicId,
    number: i64,
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    batch.run(MARK, [topic.get(), number])?;
    store::refresh_topic(&batch, topic.get())
}

/// Takes a mark back that the server refused, or that was thrown away.
pub(in crate::client) fn unmark_read(
    tx: &Transaction<'_>,
    topic: TopicId,
) -> Result<(), ReplicaError> {
    let batch = Batch::begin(tx)?;
    batch.run("delete from local_read where topic = ?1", [topic.get()])?;
    store::refresh_topic(&batch, topic.get())
}
