// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What one wants to find again.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::apply::Batch;
use super::rows::BookmarkRow;
use super::{Replica, ReplicaError};
use crate::bookmark::Bookmark;
use crate::id::{PostId, TopicId};
use crate::text::Note;

impl Replica {
    /// Returns one's bookmarks, newest first, with their topics; those in what can no longer be seen are left out, and come
    /// back when it can be.
    pub fn bookmarks(&self) -> Result<Vec<BookmarkRow>, ReplicaError> {
        let all = self.list(
            "select b.topic, b.post, b.note, b.created_at, coalesce(p.number, 1)
             from bookmark_now b
             cross join topic t on t.id = b.topic
             left join post p on p.id = b.post
             where (b.post is null or p.id is not null) and t.category in (select id from category)
             order by b.created_at desc, b.id desc",
            |c| {
                let bookmark = Bookmark {
                    topic: c.id(TopicId::new)?,
                    post: c.id_or_none(PostId::new)?,
                    note: note(c.next()?),
                    created_at: c.moment()?,
                };
                Ok((bookmark, c.next::<i64>()?))
            },
        )?;
        let mut rows = Vec::new();
        for (bookmark, number) in all {
            if let Some(topic) = self.topic(bookmark.topic)? {
                rows.push(BookmarkRow {
                    bookmark,
                    number,
                    topic,
                });
            }
        }
        Ok(rows)
    }

    /// Returns the topics with a bookmark in them or in one of their posts, each with the note of the one in itself.
    pub fn bookmarked_topics(&self) -> Result<BTreeMap<TopicId, Option<Note>>, ReplicaError> {
        let all = self.list(
            "select topic, max(case when post is null then note end) from bookmark_now group by topic",
            |c| Ok((c.id(TopicId::new)?, note(c.next()?))),
        )?;
        Ok(all.into_iter().collect())
    }

    /// Returns the bookmarks in a topic and its posts, oldest first.
    pub fn bookmarks_in(&self, topic: TopicId) -> Result<Vec<Bookmark>, ReplicaError> {
        self.list_with(
            "select topic, post, note, created_at from bookmark_now where topic = ?1 order by created_at, id",
            [topic.get()],
            |c| {
                Ok(Bookmark {
                    topic: c.id(TopicId::new)?,
                    post: c.id_or_none(PostId::new)?,
                    note: note(c.next()?),
                    created_at: c.moment()?,
                })
            },
        )
    }

    /// Returns the bookmark in a topic or post.
    pub fn bookmark(&self, id: i64) -> Result<Option<Bookmark>, ReplicaError> {
        self.one(
            "select topic, post, note, created_at from bookmark_now where id = ?1",
            [id],
            |c| {
                Ok(Bookmark {
                    topic: c.id(TopicId::new)?,
                    post: c.id_or_none(PostId::new)?,
                    note: note(c.next()?),
                    created_at: c.moment()?,
                })
            },
        )
    }
}

/// A note that is no longer one by the rules of today is no reason to hide the bookmark.
fn note(text: Option<String>) -> Option<Note> {
    text.and_then(|text| Note::parse(&text).ok())
}

/// Puts a bookmark in, or takes it out, within a transaction of the outbox.
pub(in crate::client) fn put_bookmark(
    tx: &Transaction<'_>,
    it: &Bookmark,
    is_gone: bool,
) -> Result<(), ReplicaError> {
    Batch::begin(tx)?
        .run(
            "insert or replace into local_bookmark (id, topic, post, note, created_at, is_gone)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                it.id(),
                it.topic.get(),
                it.post.map(PostId::get),
                it.note.as_ref().map(Note::as_str),
                it.created_at.millis(),
                is_gone
            ],
        )
        .map(drop)
}

/// Takes back what the server refused, or what was thrown away.
pub(in crate::client) fn forget_bookmark(
    tx: &Transaction<'_>,
    id: i64,
) -> Result<(), ReplicaError> {
    Batch::begin(tx)?
        .run("delete from local_bookmark where id = ?1", [id])
        .map(drop)
}
