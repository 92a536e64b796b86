// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading what was written down.

use rusqlite::{OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use space_core::protocol::Cursor;
use space_core::text::Slug;
use space_core::{
    Category, CategoryId, Member, MemberId, Post, PostId, Scope, Timestamp, Topic, TopicId,
};

use super::write::known_as;
use super::{Store, StoreError};
use crate::relay::{Job, JobId, Link, OpId, Operation, Person, Place, Who};

/// A post that was read and not looked at yet.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::relay) struct Waiting {
    pub(in crate::relay) id: PostId,
    pub(in crate::relay) scope: Scope,
    /// `None` when it is gone from the scope.
    pub(in crate::relay) post: Option<Post>,
}

/// Since when a room mirrors a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::relay) struct Begun {
    pub(in crate::relay) last_post: i64,
    pub(in crate::relay) at: Timestamp,
}

const LINK: &str = "post, network, room, topic, author, reply_to, number, is_moderator, scope, state, revision, source, told_at";

impl Store {
    /// Returns up to where the feed was read.
    pub(crate) fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        Ok(self.note("cursor")?.map(Cursor))
    }

    /// Returns the next number to give out.
    pub(crate) fn next_id(&self) -> Result<i64, StoreError> {
        self.number("next_id", 1)
    }

    /// Returns the highest number of a post that was seen.
    pub(in crate::relay) fn seen_post(&self) -> Result<i64, StoreError> {
        self.number("seen_post", 0)
    }

    /// Returns a text that no other memory has, of which the keys of jobs are made.
    pub(in crate::relay) fn id(&self) -> Result<String, StoreError> {
        Ok(self.note("id")?.unwrap_or_default())
    }

    pub(super) fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.one("select value from note where name = ?1", [name], |row| {
            row.get(0)
        })
    }

    fn number(&self, name: &str, otherwise: i64) -> Result<i64, StoreError> {
        let Some(text) = self.note(name)? else {
            return Ok(otherwise);
        };
        text.parse().map_err(|_| StoreError::Nonsense {
            what: format!("{text:?} as {name}"),
        })
    }

    /// Returns a category.
    pub(crate) fn category(&self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        self.thing("category", id.get())
    }

    /// Returns the category of a short name.
    pub(crate) fn category_of(&self, slug: &Slug) -> Result<Option<Category>, StoreError> {
        let body: Option<String> = self.one(
            "select body from thing where kind = 'category' and slug = ?1",
            [slug.as_str()],
            |row| row.get(0),
        )?;
        body.as_deref().map(parsed).transpose()
    }

    /// Returns the short names of all categories.
    pub(crate) fn slugs(&self) -> Result<Vec<String>, StoreError> {
        self.all(
            "select slug from thing where kind = 'category' order by slug",
            [],
            |row| Ok(row.get(0)?),
        )
    }

    /// Returns a topic.
    pub(crate) fn topic(&self, id: TopicId) -> Result<Option<Topic>, StoreError> {
        self.thing("topic", id.get())
    }

    /// Returns a member.
    pub(crate) fn member(&self, id: MemberId) -> Result<Option<Member>, StoreError> {
        self.thing("member", id.get())
    }

    fn thing<T: DeserializeOwned>(&self, kind: &str, id: i64) -> Result<Option<T>, StoreError> {
        let body: Option<String> = self.one(
            "select body from thing where kind = ?1 and id = ?2",
            params![kind, id],
            |row| row.get(0),
        )?;
        body.as_deref().map(parsed).transpose()
    }

    /// Returns the posts that were not looked at yet, in the order of birth.
    pub(in crate::relay) fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        self.all(
            "select id, scope, body from waiting order by id",
            [],
            |row| {
                let body: Option<String> = row.get(2)?;
                Ok(Waiting {
                    id: id(row.get(0)?, PostId::new)?,
                    scope: scope(&row.get::<_, String>(1)?)?,
                    post: body.as_deref().map(parsed).transpose()?,
                })
            },
        )
    }

    /// Returns since when a room mirrors a category.
    pub(in crate::relay) fn begun(
        &self,
        room: &Place,
        category: CategoryId,
    ) -> Result<Option<Begun>, StoreError> {
        self.one(
            "select last_post, at from begun where network = ?1 and room = ?2 and category = ?3",
            params![room.network, room.name, category.get()],
            |row| {
                Ok(Begun {
                    last_post: row.get(0)?,
                    at: Timestamp::from_millis(row.get(1)?),
                })
            },
        )
    }

    /// Returns since when a room mirrors anything.
    pub(in crate::relay) fn first_begun(
        &self,
        room: &Place,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self
            .one(
                "select min(at) from begun where network = ?1 and room = ?2",
                params![room.network, room.name],
                |row| row.get(0),
            )?
            .flatten();
        Ok(at.map(Timestamp::from_millis))
    }

    /// Returns whether a category is mirrored in a room already.
    pub(crate) fn has_begun(&self, room: &Place, category: CategoryId) -> Result<bool, StoreError> {
        Ok(self.begun(room, category)?.is_some())
    }

    /// Returns whether anything was ever mirrored anywhere.
    pub(crate) fn has_mirrored(&self) -> Result<bool, StoreError> {
        let found = self.one("select 1 from begun limit 1", [], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// Returns what a room knows of a post.
    pub(crate) fn link(&self, room: &Place, post: PostId) -> Result<Option<Link>, StoreError> {
        let sql = format!("select {LINK} from link where post = ?1 and network = ?2 and room = ?3");
        let link = self
            .connection
            .prepare_cached(&sql)?
            .query_and_then(params![post.get(), room.network, room.name], link)?
            .next()
            .transpose()?;
        link.map(|link| self.with_remote_ids(link)).transpose()
    }

    /// Returns what a room was told or wrote itself since a moment, the newest first, but not more than so many.
    pub(in crate::relay) fn told_since(
        &self,
        room: &Place,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<Link>, StoreError> {
        let sql = format!(
            "select {LINK} from link where network = ?1 and room = ?2 and told_at >= ?3
             order by told_at desc, post desc limit ?4"
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.all(
            &sql,
            params![room.network, room.name, since.millis(), most],
            link,
        )
    }

    /// Returns until when the bridge was in which room, and up to where it heard it.
    pub(crate) fn presences(&self) -> Result<Vec<(Place, Timestamp, Option<String>)>, StoreError> {
        self.all(
            "select network, room, until, mark from presence",
            [],
            |row| {
                let room = Place::room(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
                Ok((room, Timestamp::from_millis(row.get(2)?), row.get(3)?))
            },
        )
    }

    /// Returns in which rooms a post is known, and as what.
    pub(in crate::relay) fn links(&self, post: PostId) -> Result<Vec<Link>, StoreError> {
        let sql = format!("select {LINK} from link where post = ?1");
        let links = self.all(&sql, [post.get()], link)?;
        links
            .into_iter()
            .map(|link| self.with_remote_ids(link))
            .collect()
    }

    fn with_remote_ids(&self, mut link: Link) -> Result<Link, StoreError> {
        link.remote_ids = self.all(
            "select remote_id from remote where post = ?1 and network = ?2 and room = ?3 order by part",
            params![link.post.get(), link.room.network, link.room.name],
            |row| Ok(row.get(0)?),
        )?;
        Ok(link)
    }

    /// Returns the post that a message told.
    pub(in crate::relay) fn post_of(
        &self,
        room: &Place,
        remote_id: &str,
    ) -> Result<Option<PostId>, StoreError> {
        let post: Option<i64> = self.one(
            "select post from remote where network = ?1 and room = ?2 and remote_id = ?3",
            params![room.network, room.name, remote_id],
            |row| row.get(0),
        )?;
        post.map(|post| id(post, PostId::new)).transpose()
    }

    /// Returns what is to be said, in order.
    pub(crate) fn operations(&self) -> Result<Vec<Operation>, StoreError> {
        self.all(
            "select id, network, place, is_person, lane, what, progress, created_at, expires_at, tries
             from operation order by id",
            [],
            |row| {
                let progress: Option<String> = row.get(6)?;
                Ok(Operation {
                    id: OpId(row.get(0)?),
                    place: Place {
                        network: row.get(1)?,
                        name: row.get(2)?,
                        is_person: row.get(3)?,
                    },
                    lane: parsed(&row.get::<_, String>(4)?)?,
                    what: parsed(&row.get::<_, String>(5)?)?,
                    progress: progress.as_deref().map(parsed).transpose()?,
                    created_at: Timestamp::from_millis(row.get(7)?),
                    expires_at: row.get::<_, Option<i64>>(8)?.map(Timestamp::from_millis),
                    tries: row.get(9)?,
                })
            },
        )
    }

    /// Returns what the server is to be asked, in order.
    pub(crate) fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        self.all(
            "select id, key, network, remote, nick, task, created_at, tries, not_before, has_told
             from job order by id",
            [],
            |row| {
                Ok(Job {
                    id: JobId(row.get(0)?),
                    key: row.get(1)?,
                    who: Who {
                        network: row.get(2)?,
                        remote: row.get(3)?,
                        nick: row.get(4)?,
                    },
                    task: parsed(&row.get::<_, String>(5)?)?,
                    created_at: Timestamp::from_millis(row.get(6)?),
                    tries: row.get(7)?,
                    not_before: Timestamp::from_millis(row.get(8)?),
                    has_told: row.get(9)?,
                })
            },
        )
    }

    /// Returns what is known of somebody.
    pub(crate) fn person(&self, network: &str, remote: &str) -> Result<Option<Person>, StoreError> {
        let found = self.all(
            "select visitor, asked, pending from person where network = ?1 and remote = ?2",
            [network, remote],
            |row| {
                let pending: Option<String> = row.get(2)?;
                Ok(Person {
                    network: network.to_owned(),
                    remote: remote.to_owned(),
                    visitor: row
                        .get::<_, Option<i64>>(0)?
                        .map(|visitor| id(visitor, MemberId::new))
                        .transpose()?,
                    asked: row.get(1)?,
                    pending: pending.as_deref().map(parsed).transpose()?,
                })
            },
        )?;
        Ok(found.into_iter().next())
    }

    /// Returns whether a message was taken in before.
    pub(in crate::relay) fn has_heard(
        &self,
        place: &Place,
        remote_id: &str,
    ) -> Result<bool, StoreError> {
        let found = self.one(
            "select 1 from heard where network = ?1 and place = ?2 and remote_id = ?3",
            params![
                place.network,
                known_as(place, remote_id).0,
                known_as(place, remote_id).1
            ],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn one<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row(values, read)
            .optional()?)
    }

    pub(super) fn all<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection
            .prepare_cached(sql)?
            .query_and_then(values, read)?
            .collect()
    }
}

fn link(row: &Row<'_>) -> Result<Link, StoreError> {
    Ok(Link {
        post: id(row.get(0)?, PostId::new)?,
        room: Place::room(row.get::<_, String>(1)?, row.get::<_, String>(2)?),
        topic: id(row.get(3)?, TopicId::new)?,
        author: id(row.get(4)?, MemberId::new)?,
        reply_to: row.get::<_, Option<i64>>(5)?.and_then(PostId::new),
        number: row.get(6)?,
        is_moderator: row.get(7)?,
        scope: scope(&row.get::<_, String>(8)?)?,
        state: parsed(&row.get::<_, String>(9)?)?,
        revision: row.get(10)?,
        source: row.get(11)?,
        told_at: row.get::<_, Option<i64>>(12)?.map(Timestamp::from_millis),
        remote_ids: Vec::new(),
    })
}

fn id<T>(number: i64, new: impl Fn(i64) -> Option<T>) -> Result<T, StoreError> {
    new(number).ok_or_else(|| StoreError::Nonsense {
        what: format!("{number} as an id"),
    })
}

fn scope(text: &str) -> Result<Scope, StoreError> {
    text.parse().map_err(|_| StoreError::Nonsense {
        what: format!("{text:?} as a scope"),
    })
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}
