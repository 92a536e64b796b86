// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing one thing of each kind.

use rusqlite::{OptionalExtension, params};

use super::apply::{Batch, DOING};
use super::search_plan::BLOCK_BITS;
use super::{ReplicaError, keep, state, withdraw};
use crate::bookmark::Bookmark;
use crate::category::Category;
use crate::client::database::Doing;
use crate::group::Group;
use crate::member::Member;
use crate::post::{Post, PostKind, PostTally};
use crate::protocol::Kind;
use crate::space::Space;
use crate::text::{SpaceIdentity, folded};
use crate::topic::{CaughtUp, ReadPosition, Topic, TopicTally};

/// One statement for each kind's table.
pub(super) struct PerKind(fn(Kind) -> &'static str);

impl PerKind {
    pub(super) fn of(&self, kind: Kind) -> &'static str {
        (self.0)(kind)
    }
}

macro_rules! per_kind {
    ($before:literal, $after:literal) => {
        PerKind(|kind| match kind {
            Kind::Space => concat!($before, "space", $after),
            Kind::Category => concat!($before, "category", $after),
            Kind::Group => concat!($before, "community_group", $after),
            Kind::Member => concat!($before, "member", $after),
            Kind::Topic => concat!($before, "topic", $after),
            Kind::Post => concat!($before, "post", $after),
            Kind::TopicTally => concat!($before, "topic_tally", $after),
            Kind::PostTally => concat!($before, "post_tally", $after),
            Kind::ReadPosition => concat!($before, "read_position", $after),
            Kind::Bookmark => concat!($before, "bookmark", $after),
            Kind::CaughtUp => concat!($before, "caught_up", $after),
            Kind::Grant => concat!($before, "access_grant", $after),
        })
    };
}

/// What is held of a thing that has a revision.
pub(super) const HELD: PerKind =
    per_kind!("select scope, generation, revision from ", " where id = ?1");
/// Notes that a thing was delivered.
pub(super) const TOUCH: PerKind = per_kind!("update ", " set generation = ?2 where id = ?1");
/// Removes a thing from a scope.
pub(super) const DELETE: PerKind = per_kind!("delete from ", " where id = ?1 and scope = ?2");
/// Removes a thing from whatever scope it is in.
pub(super) const ERASE: PerKind = per_kind!("delete from ", " where id = ?1");
/// Which things of a scope were not delivered since a generation. Never of the public one; saying so lets the
/// partial indexes be used.
pub(super) const OLD_IN_SCOPE: PerKind = per_kind!(
    "select id from ",
    " where scope <> 1 and scope = ?1 and generation < ?2"
);
/// Which things were not delivered since a generation, in any scope; ?1 is not looked at.
pub(super) const OLD: PerKind = per_kind!(
    "select id from ",
    " where ?1 is not null and generation < ?2"
);

pub(super) fn space(
    batch: &Batch<'_>,
    scope: i64,
    id: i64,
    it: &Space,
) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into space (id, scope, generation, revision, name, about, created_at, identity)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?8, (select identity from space where id = ?1)))",
        params![
            id,
            scope,
            batch.generation,
            it.revision,
            it.name.as_str(),
            it.about.as_str(),
            it.created_at.millis(),
            it.identity.as_ref().map(SpaceIdentity::as_str)
        ],
    )?;
    Ok(())
}

pub(super) fn category(batch: &Batch<'_>, scope: i64, it: &Category) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into category (id, scope, generation, revision, parent, slug, name, about, colour, icon,
            language, position, is_open, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            it.id.get(),
            scope,
            batch.generation,
            it.revision,
            it.parent.map(crate::CategoryId::get),
            it.slug.as_str(),
            it.name.as_str(),
            it.about.as_str(),
            it.colour.map(String::from),
            it.icon.as_ref().map(crate::text::Label::as_str),
            it.language.as_ref().map(crate::Language::as_str),
            it.position,
            it.is_open,
            it.created_at.millis()
        ],
    )?;
    Ok(())
}

pub(super) fn group(batch: &Batch<'_>, scope: i64, it: &Group) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into community_group (id, scope, generation, revision, slug, name, is_closed, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            it.id.get(),
            scope,
            batch.generation,
            it.revision,
            it.slug.as_str(),
            it.name.as_str(),
            it.is_closed,
            it.created_at.millis()
        ],
    )?;
    Ok(())
}

pub(super) fn member(batch: &Batch<'_>, scope: i64, it: &Member) -> Result<(), ReplicaError> {
    let roles: Vec<&str> = it.roles.iter().map(|role| role.word()).collect();
    batch.run(
        "insert or replace into member (id, scope, generation, revision, kind, name, folded, display_name, roles,
            trust_level, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            it.id.get(),
            scope,
            batch.generation,
            it.revision,
            it.kind.word(),
            it.name.as_str(),
            folded(it.name.as_str()),
            it.display_name.as_ref().map(crate::text::DisplayName::as_str),
            roles.join(" "),
            it.trust_level,
            it.created_at.millis()
        ],
    )?;
    Ok(())
}

pub(super) fn topic(batch: &mut Batch<'_>, scope: i64, it: &Topic) -> Result<(), ReplicaError> {
    let id = it.id.get();
    let held: Option<String> = batch
        .tx
        .prepare_cached("select title from topic where id = ?1")
        .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
        .doing(DOING)?;
    batch.run(
        // What lists go by stays as it is until it is worked out again, at the end of the batch.
        "insert into topic (id, scope, generation, revision, category, author, title, language, answer,
            is_closed, is_archived, is_pinned, is_listed, created_at, tags, last_post_at, likes, state)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, 0, 0)
         on conflict (id) do update set (scope, generation, revision, category, author, title, language, answer,
            is_closed, is_archived, is_pinned, is_listed, created_at, tags)
         = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            id,
            scope,
            batch.generation,
            it.revision,
            it.category.get(),
            it.author.get(),
            it.title.as_str(),
            it.language.as_ref().map(crate::Language::as_str),
            it.answer.map(crate::PostId::get),
            it.is_closed,
            it.is_archived,
            it.is_pinned,
            !it.is_unlisted,
            it.created_at.millis(),
            serde_json::to_string(&it.tags).expect("words have a JSON form")
        ],
    )?;
    batch.topics.insert(id);
    keep::delivered(batch, id)?;
    if held.as_deref() != Some(it.title.as_str()) {
        batch.is_withdrawn |= held.is_some();
        retitle(batch, id)?;
    }
    Ok(())
}

/// The first post carries the title in the full-text index; it may have come before the topic.
fn retitle(batch: &mut Batch<'_>, topic: i64) -> Result<(), ReplicaError> {
    let first: Option<i64> = batch
        .tx
        .prepare_cached("select id from post where topic = ?1 and number = 1")
        .and_then(|mut s| s.query_row([topic], |row| row.get(0)).optional())
        .doing(DOING)?;
    if let Some(id) = first {
        batch.texts.touch(id, true);
    }
    Ok(())
}

/// What follows `insert` for a post.
macro_rules! insert_post {
    () => {
        " into post (id, scope, generation, revision, topic, number, author, reply_to, kind, is_hidden, created_at,
            written_at, edited_at, language, notice, source)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    };
}

/// A post has so many columns that a number does for its kind.
pub(super) fn kind_number(kind: PostKind) -> i64 {
    match kind {
        PostKind::Regular => 0,
        PostKind::Moderator => 1,
        PostKind::Notice => 2,
    }
}

/// Takes in a post; returns whether it is not older than what is held, see [`Batch`].
pub(super) fn post(batch: &mut Batch<'_>, scope: i64, it: &Post) -> Result<bool, ReplicaError> {
    let (id, topic) = (it.id.get(), it.topic.get());
    let held: Option<(bool, bool)> = batch
        .tx
        .prepare_cached(
            "select scope, generation, revision, topic, number, source from post where id = ?1",
        )
        .and_then(|mut s| {
            s.query_row([id], |row| {
                let is_newer = row.get::<_, i64>(0)? == scope
                    && row.get::<_, i64>(1)? == batch.generation
                    && row.get::<_, i64>(2)? > it.revision;
                let is_same_text = row.get::<_, i64>(3)? == topic
                    && row.get::<_, i64>(4)? == it.number
                    && row.get_ref(5)?.as_str()? == it.source;
                Ok((is_newer, is_same_text))
            })
            .optional()
        })
        .doing(DOING)?;
    if held.is_some_and(|(is_newer, _)| is_newer) {
        return Ok(false);
    }
    // To replace, SQLite opens a savepoint and looks through every index; most posts are new.
    let sql = match held {
        None => concat!("insert", insert_post!()),
        Some(_) => concat!("insert or replace", insert_post!()),
    };
    batch.run(
        sql,
        params![
            id,
            scope,
            batch.generation,
            it.revision,
            topic,
            it.number,
            it.author.get(),
            it.reply_to.map(crate::PostId::get),
            kind_number(it.kind),
            it.is_hidden,
            it.created_at.millis(),
            it.written_at.map(crate::Timestamp::millis),
            it.edited_at.map(crate::Timestamp::millis),
            it.language.as_ref().map(crate::Language::as_str),
            it.notice,
            it.source
        ],
    )?;
    let written = it.created_at.millis();
    batch
        .blocks
        .entry(id >> BLOCK_BITS)
        .and_modify(|(earliest, latest)| {
            *earliest = written.min(*earliest);
            *latest = written.max(*latest);
        })
        .or_insert((written, written));
    match held {
        Some((_, true)) => {}
        held => {
            batch.is_withdrawn |= held.is_some();
            batch.texts.touch(id, held.is_some());
        }
    }
    if it.is_hidden {
        withdraw::sent(batch, id)?;
    }
    Ok(true)
}

/// Widens the time of a block of posts.
pub(super) fn post_block(
    batch: &Batch<'_>,
    block: i64,
    earliest: i64,
    latest: i64,
) -> Result<(), ReplicaError> {
    batch.run(
        "insert into post_block (block, earliest, latest) values (?1, ?2, ?3)
         on conflict (block) do update set earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest)
         where excluded.earliest < earliest or excluded.latest > latest",
        [block, earliest, latest],
    )?;
    Ok(())
}

pub(super) fn topic_tally(
    batch: &mut Batch<'_>,
    scope: i64,
    it: &TopicTally,
) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into topic_tally (id, scope, generation, posts, last_number, last_post_at, last_poster, views,
            likes)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            it.topic.get(),
            scope,
            batch.generation,
            it.posts,
            it.last_number,
            it.last_post_at.millis(),
            it.last_poster.get(),
            it.views,
            it.likes
        ],
    )?;
    batch.topics.insert(it.topic.get());
    Ok(())
}

pub(super) fn post_tally(
    batch: &Batch<'_>,
    scope: i64,
    it: &PostTally,
) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into post_tally (id, scope, generation, topic, likes) values (?1, ?2, ?3, ?4, ?5)",
        params![it.post.get(), scope, batch.generation, it.topic.get(), it.likes],
    )?;
    Ok(())
}

pub(super) fn read_position(
    batch: &mut Batch<'_>,
    scope: i64,
    it: &ReadPosition,
) -> Result<(), ReplicaError> {
    let topic = it.topic.get();
    batch.run(
        "insert or replace into read_position (id, scope, generation, number, unread, set_at, read_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            topic,
            scope,
            batch.generation,
            it.number,
            numbers(&it.unread),
            it.set_at.map(crate::Timestamp::millis),
            it.read_at.millis()
        ],
    )?;
    // What was marked here counts for as long as the server has not heard of it.
    batch.run(
        "delete from local_read where topic = ?1
         and not exists (select 1 from outbox where marks = ?1 and state in ('queued', 'sending', 'held'))",
        [topic],
    )?;
    batch.topics.insert(topic);
    Ok(())
}

/// Writes a list of numbers as JSON.
pub(super) fn numbers(list: &[i64]) -> String {
    serde_json::to_string(list).expect("numbers have a JSON form")
}

pub(super) fn bookmark(batch: &Batch<'_>, scope: i64, it: &Bookmark) -> Result<(), ReplicaError> {
    batch.run(
        "insert or replace into bookmark (id, scope, generation, topic, post, note, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            it.id(),
            scope,
            batch.generation,
            it.topic.get(),
            it.post.map(crate::PostId::get),
            it.note.as_ref().map(crate::text::Note::as_str),
            it.created_at.millis()
        ],
    )?;
    settle_bookmark(batch, it.id())
}

/// What was done here counts for as long as the server has not heard of it.
pub(super) fn settle_bookmark(batch: &Batch<'_>, id: i64) -> Result<(), ReplicaError> {
    batch.run(
        "delete from local_bookmark where id = ?1
         and not exists (select 1 from outbox where marks = -?1 and state in ('queued', 'sending', 'held'))",
        [id],
    )?;
    Ok(())
}

pub(super) fn caught_up(batch: &Batch<'_>, scope: i64, it: &CaughtUp) -> Result<(), ReplicaError> {
    let id = it.id();
    let before = state::caught_up_until(batch, id)?;
    batch.run(
        "insert or replace into caught_up (id, scope, generation, until_at, changed_at) values (?1, ?2, ?3, ?4, ?5)",
        params![id, scope, batch.generation, it.until.millis(), it.changed_at.millis()],
    )?;
    batch.run(
        "delete from local_caught_up where id = ?1
         and not exists (select 1 from outbox where marks = 0 and state in ('queued', 'sending', 'held'))",
        [id],
    )?;
    state::refresh_place(batch, id, before)
}
