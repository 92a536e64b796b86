// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a feed costs at least: the same rows read straight from the same file, in one statement per kind, and
//! nothing else: no rights, no cursor, no HTTP.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};
use space_core::protocol::{Body, FeedRow, Kind};
use space_core::{Post, PostTally, Scope, Timestamp, Topic, TopicTally};

/// Reads the posts that changed after a position, oldest change first.
///
/// This is the bare query of row 6: keys of the feed, joined with the post and its topic, every column taken out of
/// the row into a value that is owned.
pub(crate) fn changed_posts(db: &Connection, after: i64) -> anyhow::Result<Vec<(i64, Post)>> {
    let mut statement = db.prepare_cached(POSTS_AFTER)?;
    let found = statement
        .query_map(params![after], |row| Ok((row.get(0)?, post(row, 3)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

const POSTS_AFTER: &str = "select f.seq, t.category_id, p.likes, p.id, p.topic_id, p.number, p.author_id, p.reply_to_id,
    p.kind, p.source, p.notice, p.language, p.is_hidden, p.created_at, p.written_at, p.edited_at, p.revision
    from feed f join post p on p.id = f.id join topic t on t.id = p.topic_id
    where f.scope = 'public' and f.seq > ?1 and f.kind = 'post' and f.gone_at is null and p.deleted_at is null
    order by f.seq";

/// Makes what a line says of a row.
type Make = dyn Fn(&Row<'_>) -> anyhow::Result<(Kind, i64, Body)>;

/// Reads every public row of the kinds that a forum is made of, as the lines of a feed are made of them: members,
/// topics and posts, and the numbers of both. Categories are so few that they are left out.
pub(crate) fn everything(
    db: &Connection,
    each: &mut dyn FnMut(FeedRow) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut read = |sql: &str, make: &Make| {
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, id, body) = make(row)?;
            each(FeedRow {
                scope: Scope::Public,
                kind,
                id,
                body: Some(body),
            })?;
        }
        anyhow::Ok(())
    };
    read(
        "select m.id, m.kind, m.name, m.display_name, m.trust_level, m.created_at, m.revision
         from feed f join member m on m.id = f.id
         where f.scope = 'public' and f.kind = 'member' and f.gone_at is null order by f.seq",
        &|row| {
            let id = row.get(0)?;
            Ok((Kind::Member, id, Body::Member(member(row)?)))
        },
    )?;
    read(
        "select t.id, t.category_id, t.author_id, t.title, t.language, t.answer_id, t.is_closed, t.is_archived,
         t.is_pinned, t.is_unlisted, t.created_at, t.revision from feed f join topic t on t.id = f.id
         where f.scope = 'public' and f.kind = 'topic' and f.gone_at is null order by f.seq",
        &|row| {
            let id = row.get(0)?;
            Ok((Kind::Topic, id, Body::Topic(topic(row)?)))
        },
    )?;
    read(
        "select t.id, t.posts, t.last_number, t.last_post_at, t.last_poster_id, t.views, t.likes
         from feed f join topic t on t.id = f.id
         where f.scope = 'public' and f.kind = 'topic_tally' and f.gone_at is null order by f.seq",
        &|row| {
            let tally = TopicTally {
                topic: id(row, 0)?,
                posts: row.get(1)?,
                last_number: row.get(2)?,
                last_post_at: Timestamp::from_millis(row.get(3)?),
                last_poster: id(row, 4)?,
                views: row.get(5)?,
                likes: row.get(6)?,
            };
            Ok((Kind::TopicTally, row.get(0)?, Body::TopicTally(tally)))
        },
    )?;
    read(POSTS, &|row| {
        Ok((Kind::Post, row.get(3)?, Body::Post(post(row, 3)?)))
    })?;
    read(
        "select p.id, p.topic_id, p.likes from feed f join post p on p.id = f.id
         where f.scope = 'public' and f.kind = 'post_tally' and f.gone_at is null order by f.seq",
        &|row| {
            let tally = PostTally {
                post: id(row, 0)?,
                topic: id(row, 1)?,
                likes: row.get(2)?,
            };
            Ok((Kind::PostTally, row.get(0)?, Body::PostTally(tally)))
        },
    )
}

const POSTS: &str = "select f.seq, t.category_id, p.likes, p.id, p.topic_id, p.number, p.author_id, p.reply_to_id,
    p.kind, p.source, p.notice, p.language, p.is_hidden, p.created_at, p.written_at, p.edited_at, p.revision
    from feed f join post p on p.id = f.id join topic t on t.id = p.topic_id
    where f.scope = 'public' and f.kind = 'post' and f.gone_at is null and p.deleted_at is null order by f.seq";

/// Adds up the texts of all posts and topics that everyone may read, in bytes.
pub(crate) fn sum_of_texts(db: &Connection) -> anyhow::Result<f64> {
    let sum: f64 = db.query_row(
        "select cast(sum(length(cast(p.source as blob))) as real) from feed f join post p on p.id = f.id
         where f.scope = 'public' and f.kind = 'post' and f.gone_at is null",
        [],
        |row| row.get(0),
    )?;
    Ok(sum)
}

/// Returns where the feed stands.
pub(crate) fn head(db: &Connection) -> anyhow::Result<i64> {
    Ok(db.query_row("select seq from head", [], |row| row.get(0))?)
}

/// Reads an id.
fn id<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let number: i64 = row.get(column)?;
    T::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

/// Reads an id that may be absent.
fn opt_id<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let number: Option<i64> = row.get(column)?;
    Ok(number.and_then(|number| T::try_from(number).ok()))
}

fn word<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    text.parse()
        .map_err(|_| rusqlite::Error::InvalidColumnName(text.to_owned()))
}

fn opt_word<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.map(Timestamp::from_millis))
}

fn post(row: &Row<'_>, at: usize) -> rusqlite::Result<Post> {
    Ok(Post {
        id: id(row, at)?,
        topic: id(row, at + 1)?,
        number: row.get(at + 2)?,
        author: id(row, at + 3)?,
        reply_to: opt_id(row, at + 4)?,
        kind: word(row, at + 5)?,
        source: row.get(at + 6)?,
        notice: row.get(at + 7)?,
        language: opt_word(row, at + 8)?,
        is_hidden: row.get(at + 9)?,
        created_at: Timestamp::from_millis(row.get(at + 10)?),
        written_at: time(row, at + 11)?,
        edited_at: time(row, at + 12)?,
        revision: row.get(at + 13)?,
    })
}

fn topic(row: &Row<'_>) -> anyhow::Result<Topic> {
    let title: String = row.get(3)?;
    Ok(Topic {
        id: id(row, 0)?,
        category: id(row, 1)?,
        author: id(row, 2)?,
        title: title.try_into()?,
        language: opt_word(row, 4)?,
        tags: space_core::Tags::default(),
        answer: opt_id(row, 5)?,
        is_closed: row.get(6)?,
        is_archived: row.get(7)?,
        is_pinned: row.get(8)?,
        is_unlisted: row.get(9)?,
        created_at: Timestamp::from_millis(row.get(10)?),
        revision: row.get(11)?,
    })
}

fn member(row: &Row<'_>) -> anyhow::Result<space_core::Member> {
    let name: String = row.get(2)?;
    let display_name: Option<String> = row.get(3)?;
    Ok(space_core::Member {
        id: id(row, 0)?,
        kind: word(row, 1)?,
        name: name.try_into()?,
        display_name: display_name.map(TryInto::try_into).transpose()?,
        roles: BTreeSet::new(),
        trust_level: row.get(4)?,
        created_at: Timestamp::from_millis(row.get(5)?),
        revision: row.get(6)?,
    })
}
