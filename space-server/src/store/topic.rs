// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topics and their tallies.

use std::collections::BTreeSet;

use space_core::policy::{CloseTopic, EditTopic, Permit, StartTopic};
use space_core::protocol::TopicLine;
use space_core::text::TopicTitle;
use space_core::{
    Access, CategoryId, MemberId, PostId, Tag, Timestamp, Topic, TopicId, TopicTally,
};

use super::{Executor, Result, Row, Value, category, ids64, statements, tag};
use crate::writer::Tx;

macro_rules! columns {
    () => {
        "t.id, t.category_id, t.author_id, t.title, t.language, t.answer_id, t.is_closed, t.is_archived, t.is_pinned,
         t.is_unlisted, t.created_at, t.revision, t.posts, t.last_number, t.last_post_at, t.last_poster_id, t.views,
         t.likes, t.tags"
    };
}

statements! {
    BY_IDS = concat!("select ", columns!(), " from topic t where t.id in (", ids64!(), ")");
    BY_ID = concat!("select ", columns!(), " from topic t where t.id = $1");
    WITH_ACCESS = concat!("select ", columns!(), ",
        (select string_agg(a.audience || '=' || a.level, ' ') from category_access a
         where a.category_id = t.category_id)
        from topic t where t.id = $1");
    NEWEST = concat!("select ", columns!(), " from topic t
        where not t.is_unlisted and (t.last_post_at, t.id) < ($1, $2)
        order by t.last_post_at desc, t.id desc limit $3");
    LATEST = concat!("select ", columns!(), " from topic t
        where t.category_id = $1 and not t.is_unlisted and (t.last_post_at, t.id) < ($2, $3)
        order by t.last_post_at desc, t.id desc limit $4");
    TAGGED = concat!("select ", columns!(), " from topic_tag g join topic t on t.id = g.topic_id
        where g.tag = $1 and g.category_id = $2 and (g.last_post_at, g.topic_id) < ($3, $4)
        order by g.last_post_at desc, g.topic_id desc limit $5");
    IN_CATEGORY_AFTER = "select id from topic where category_id = $1 and id > $2 order by id limit $3";
    INSERT = "insert into topic
        (id, category_id, author_id, title, language, answer_id, is_closed, is_archived, is_pinned, is_unlisted,
         created_at, revision, posts, last_number, last_post_at, last_poster_id, views, likes, tags)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    STORE_TALLY = "update topic set posts = $1, last_number = $2, last_post_at = $3, last_poster_id = $4,
        views = $5, likes = $6 where id = $7";
    EDIT = "update topic set title = $1, category_id = $2, tags = $3, revision = revision + 1 where id = $4";
    CLOSE = "update topic set is_closed = $1, revision = revision + 1 where id = $2";
    STORE_STATE = "update topic set title = $1, answer_id = $2, is_closed = $3, is_archived = $4, is_pinned = $5,
        is_unlisted = $6, tags = $7, category_id = $8, revision = revision + 1 where id = $9";
}

fn line(row: &Row<'_>) -> Result<TopicLine> {
    with_title(row, row.checked(3)?)
}

/// A topic that is looked at by itself is shown although its title has rotted: somebody may want to put it right.
fn mended(row: &Row<'_>) -> Result<TopicLine> {
    with_title(row, row.mended("topic", row.i64(0)?, 3)?)
}

fn with_title(row: &Row<'_>, title: TopicTitle) -> Result<TopicLine> {
    let id = row.id(0, TopicId::new)?;
    Ok(TopicLine {
        topic: Topic {
            id,
            category: row.id(1, CategoryId::new)?,
            author: row.id(2, MemberId::new)?,
            title,
            language: row.opt_word(4)?,
            tags: row.word(18)?,
            answer: row.opt_id(5, PostId::new)?,
            is_closed: row.bool(6)?,
            is_archived: row.bool(7)?,
            is_pinned: row.bool(8)?,
            is_unlisted: row.bool(9)?,
            created_at: Timestamp::from_millis(row.i64(10)?),
            revision: row.i64(11)?,
        },
        tally: TopicTally {
            topic: id,
            posts: row.i64(12)?,
            last_number: row.i64(13)?,
            last_post_at: Timestamp::from_millis(row.i64(14)?),
            last_poster: row.id(15, MemberId::new)?,
            views: row.i64(16)?,
            likes: row.i64(17)?,
        },
    })
}

/// Reads topics with their tallies, in no particular order.
pub(crate) async fn by_ids(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<TopicLine>> {
    x.readable_in("topic", BY_IDS, ids, &[], line).await
}

/// Reads one topic with its tally.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: TopicId) -> Result<Option<TopicLine>> {
    x.row(BY_ID, &[id.get().into()], mended).await
}

/// Reads one topic with its tally, and who may do what in its category.
pub(crate) async fn with_access(
    x: &mut Executor<'_>,
    id: TopicId,
) -> Result<Option<(TopicLine, Access)>> {
    x.row(WITH_ACCESS, &[id.get().into()], |row| {
        Ok((mended(row)?, category::access_in(row, 19)))
    })
    .await
}

/// Leaves out of topics who began them when their first post is hidden, and who wrote last when that post is. Whoever `knows`
/// an author is told.
pub(crate) async fn withhold(
    x: &mut Executor<'_>,
    lines: &mut [TopicLine],
    knows: impl Fn(MemberId) -> bool,
) -> Result<()> {
    let ids: Vec<TopicId> = lines.iter().map(|line| line.topic.id).collect();
    let mut hidden = super::post::hidden_of(x, &ids).await?;
    hidden.sort_unstable();
    for line in lines {
        let from = hidden.partition_point(|(topic, ..)| *topic < line.topic.id);
        let of_topic = hidden[from..]
            .iter()
            .take_while(|(topic, ..)| *topic == line.topic.id);
        for (_, number, at) in of_topic {
            if *number == 1 && !knows(line.topic.author) {
                line.topic.author = MemberId::WITHHELD;
            }
            if *at == line.tally.last_post_at && !knows(line.tally.last_poster) {
                line.tally.last_poster = MemberId::WITHHELD;
            }
        }
    }
    Ok(())
}

/// How many pages of all topics are looked through for those of some categories.
const LOOKS: usize = 3;

/// Lists topics of some categories, latest activity first, before a mark of time and id.
///
/// Most readers see most of what is new, so the newest of all are looked at first: one short read, however many
/// categories there are. When that does not give enough, the rest is one limited read per category, merged: what it
/// costs does not depend on the categories left out.
pub(crate) async fn latest(
    x: &mut Executor<'_>,
    categories: &BTreeSet<CategoryId>,
    before: (i64, i64),
    limit: usize,
) -> Result<Vec<TopicLine>> {
    let mut found: Vec<TopicLine> = Vec::new();
    let mut before = before;
    let looks = if categories.len() > 1 { LOOKS } else { 0 };
    for _ in 0..looks {
        let list = vec![before.0.into(), before.1.into()];
        let newest = x
            .readable_lists("topic", NEWEST, &[list], limit, line)
            .await?
            .pop()
            .unwrap_or_default();
        let is_end = newest.len() < limit;
        if let Some(last) = newest.last() {
            before = (last.tally.last_post_at.millis(), last.topic.id.get());
        }
        let seen = |line: &TopicLine| categories.contains(&line.topic.category);
        found.extend(newest.into_iter().filter(seen));
        if found.len() >= limit || is_end {
            found.truncate(limit);
            return Ok(found);
        }
    }
    let lists: Vec<Vec<Value<'_>>> = categories
        .iter()
        .map(|id| vec![id.get().into(), before.0.into(), before.1.into()])
        .collect();
    let left = limit - found.len();
    let lists = x
        .readable_lists("topic", LATEST, &lists, left, line)
        .await?;
    found.extend(merged(lists));
    found.truncate(limit);
    Ok(found)
}

/// Lists topics of some categories with a tag, latest activity first, before a mark of time and id: one limited read per
/// category, merged.
pub(crate) async fn tagged(
    x: &mut Executor<'_>,
    tag: &Tag,
    categories: &BTreeSet<CategoryId>,
    before: (i64, i64),
    limit: usize,
) -> Result<Vec<TopicLine>> {
    let values: Vec<Vec<Value<'_>>> = categories
        .iter()
        .map(|id| {
            let category = id.get().into();
            vec![
                tag.as_str().into(),
                category,
                before.0.into(),
                before.1.into(),
            ]
        })
        .collect();
    let lists = x
        .readable_lists("topic", TAGGED, &values, limit, line)
        .await?;
    let mut found = merged(lists);
    found.truncate(limit);
    Ok(found)
}

/// Puts lists that are in the order of activity into one.
fn merged(lists: Vec<Vec<TopicLine>>) -> Vec<TopicLine> {
    let mut all: Vec<TopicLine> = lists.into_iter().flatten().collect();
    all.sort_unstable_by_key(|line| std::cmp::Reverse((line.tally.last_post_at, line.topic.id)));
    all
}

/// Lists ids of topics of a category in the order of their birth.
pub(crate) async fn in_category_after(
    x: &mut Executor<'_>,
    category: CategoryId,
    after: i64,
    limit: i64,
) -> Result<Vec<TopicId>> {
    x.rows(
        IN_CATEGORY_AFTER,
        &[category.get().into(), after.into(), limit.into()],
        |row| row.id(0, TopicId::new),
    )
    .await
}

/// What permits to make a topic.
pub(crate) trait MayStart {}
impl MayStart for StartTopic {}
impl MayStart for space_core::policy::RunImport {}

/// What permits to change a topic's numbers.
pub(crate) trait MayTally {}
impl MayTally for space_core::policy::Reply {}
impl MayTally for space_core::policy::DeletePost {}
impl MayTally for space_core::policy::RunImport {}

/// Makes topics.
pub(crate) async fn insert<P: MayStart>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    lines: &[TopicLine],
) -> Result<()> {
    let tags: Vec<String> = lines.iter().map(|line| line.topic.tags.joined()).collect();
    let values: Vec<Vec<Value<'_>>> = lines
        .iter()
        .zip(&tags)
        .map(|(TopicLine { topic, tally }, tags)| {
            vec![
                topic.id.get().into(),
                topic.category.get().into(),
                topic.author.get().into(),
                topic.title.as_str().into(),
                topic
                    .language
                    .as_ref()
                    .map(space_core::Language::as_str)
                    .into(),
                topic.answer.map(PostId::get).into(),
                topic.is_closed.into(),
                topic.is_archived.into(),
                topic.is_pinned.into(),
                topic.is_unlisted.into(),
                topic.created_at.millis().into(),
                topic.revision.into(),
                tally.posts.into(),
                tally.last_number.into(),
                tally.last_post_at.millis().into(),
                tally.last_poster.get().into(),
                tally.views.into(),
                tally.likes.into(),
                tags.into(),
            ]
        })
        .collect();
    tx.execute_each(INSERT, &values).await?;
    tag::put(tx, lines).await
}

/// Stores the numbers of topics.
pub(crate) async fn store_tallies<P: MayTally>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    tallies: &[TopicTally],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = tallies
        .iter()
        .map(|tally| {
            vec![
                tally.posts.into(),
                tally.last_number.into(),
                tally.last_post_at.millis().into(),
                tally.last_poster.get().into(),
                tally.views.into(),
                tally.likes.into(),
                tally.topic.get().into(),
            ]
        })
        .collect();
    tx.execute_each(STORE_TALLY, &values).await?;
    tag::store_tallies(tx, tallies).await
}

/// Retitles a topic, and moves and tags it when the permit says so.
pub(crate) async fn edit(
    tx: &mut Tx<'_>,
    permit: &Permit<EditTopic>,
    line: &TopicLine,
    title: &TopicTitle,
) -> Result<()> {
    let action = permit.action();
    let mut new = line.clone();
    if let Some((to, _)) = &action.moves_to {
        new.topic.category = *to;
    }
    if let Some(tags) = &action.tags {
        new.topic.tags = tags.clone();
    }
    let tags = new.topic.tags.joined();
    tx.execute(
        EDIT,
        &[
            title.as_str().into(),
            new.topic.category.get().into(),
            tags.as_str().into(),
            action.topic.get().into(),
        ],
    )
    .await?;
    if new.topic == line.topic {
        return Ok(());
    }
    tag::replace(tx, &new).await
}

/// Closes or opens a topic.
pub(crate) async fn close(tx: &mut Tx<'_>, permit: &Permit<CloseTopic>) -> Result<()> {
    let CloseTopic { topic, close } = *permit.action();
    tx.execute(CLOSE, &[close.into(), topic.get().into()])
        .await
        .map(drop)
}

/// Stores what an import says of topics that are there already.
pub(crate) async fn store_state(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::RunImport>,
    lines: &[TopicLine],
) -> Result<()> {
    let tags: Vec<String> = lines.iter().map(|line| line.topic.tags.joined()).collect();
    let values: Vec<Vec<Value<'_>>> = lines
        .iter()
        .zip(&tags)
        .map(|(TopicLine { topic, .. }, tags)| {
            vec![
                topic.title.as_str().into(),
                topic.answer.map(PostId::get).into(),
                topic.is_closed.into(),
                topic.is_archived.into(),
                topic.is_pinned.into(),
                topic.is_unlisted.into(),
                tags.into(),
                topic.category.get().into(),
                topic.id.get().into(),
            ]
        })
        .collect();
    tx.execute_each(STORE_STATE, &values).await?;
    for line in lines {
        tag::replace(tx, line).await?;
    }
    Ok(())
}
