// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts, and what they said before they were edited.

use space_core::policy::{DeletePost, EditPost, Permit};
use space_core::text::PostSource;
use space_core::{Access, CategoryId, MemberId, Post, PostId, Timestamp, TopicId};

use super::{Executor, Result, Row, Value, category, ids64, statements};
use crate::writer::Tx;

macro_rules! columns {
    () => {
        "p.id, p.topic_id, p.number, p.author_id, p.reply_to_id, p.kind, p.source, p.notice, p.language, p.is_hidden,
         p.created_at, p.written_at, p.edited_at, p.revision, p.likes"
    };
}

statements! {
    BY_IDS = concat!("select ", columns!(), ", t.category_id from post p join topic t on t.id = p.topic_id
        where p.id in (", ids64!(), ") and p.deleted_at is null");
    BY_ID = concat!("select ", columns!(), ", t.category_id from post p join topic t on t.id = p.topic_id
        where p.id = $1 and p.deleted_at is null");
    WITH_ACCESS = concat!("select ", columns!(), ", t.category_id, p.deleted_at is not null,
        (select string_agg(a.audience || '=' || a.level, ' ') from category_access a
         where a.category_id = t.category_id)
        from post p join topic t on t.id = p.topic_id where p.id = $1");
    OF_AUTHOR = "select p.id, t.category_id, p.created_at from post p join topic t on t.id = p.topic_id
        where p.author_id = $1 and p.deleted_at is null and not p.is_hidden and p.kind <> 'notice'
            and not t.is_unlisted and (p.created_at, p.id) < ($2, $3)
        order by p.created_at desc, p.id desc limit $4";
    OF_TOPIC = concat!("select ", columns!(), " from post p
        where p.topic_id = $1 and p.number >= $2 and p.deleted_at is null order by p.number limit $3");
    IDS_OF_TOPIC = "select id, likes from post where topic_id = $1 and deleted_at is null order by number";
    LAST_OF_TOPIC = "select author_id, created_at from post
        where topic_id = $1 and deleted_at is null order by number desc limit 1";
    INSERT = "insert into post
        (id, topic_id, number, author_id, reply_to_id, kind, source, notice, language, is_hidden, likes, created_at,
         written_at, edited_at, revision)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    KEEP_REVISION = "insert into post_revision (post_id, revision, source, editor_id, replaced_at)
        select id, revision, source, $1, $2 from post where id = $3";
    STORE_SOURCE = "update post set source = $1, edited_at = $2, revision = revision + 1 where id = $3";
    STORE_IMPORTED = "update post set source = $1, edited_at = $2, is_hidden = $3, kind = $4, notice = $5,
        revision = revision + 1 where id = $6";
    // What was erased in between stays away: there is nothing left to bring back.
    BRING_BACK = "update post set deleted_at = null, revision = revision + 1 where id = $1
        and (source <> '' or exists (select 1 from hidden_post h where h.post_id = post.id))";
    STUB = "select id, topic_id, number, author_id, created_at from post where id = $1";
    FIRST = "select id, topic_id, number, author_id, created_at from post where topic_id = $1 and number = 1";
    HIDDEN_OF = concat!("select topic_id, number, created_at from post where is_hidden and deleted_at is null
        and topic_id in (", ids64!(), ")");
    DELETE = "update post set deleted_at = $1, revision = revision + 1 where id = $2";
    STORE_LIKES = "update post set likes = $1 where id = $2";
}

/// A post with what a reader of its row needs to know besides.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) post: Post,
    pub(crate) likes: i64,
    pub(crate) category: CategoryId,
}

fn post(row: &Row<'_>) -> Result<Post> {
    with_source(row, row.text(6)?)
}

/// A post that is looked at by itself is shown although its text has rotted: somebody may want to edit or remove it.
fn mended(row: &Row<'_>) -> Result<Post> {
    with_source(row, row.mended("post", row.i64(0)?, 6)?)
}

fn with_source(row: &Row<'_>, source: String) -> Result<Post> {
    Ok(Post {
        id: row.id(0, PostId::new)?,
        topic: row.id(1, TopicId::new)?,
        number: row.i64(2)?,
        author: row.id(3, MemberId::new)?,
        reply_to: row.opt_id(4, PostId::new)?,
        kind: row.word(5)?,
        source,
        notice: row.opt_text(7)?,
        language: row.opt_word(8)?,
        is_hidden: row.bool(9)?,
        created_at: Timestamp::from_millis(row.i64(10)?),
        written_at: row.opt_i64(11)?.map(Timestamp::from_millis),
        edited_at: row.opt_i64(12)?.map(Timestamp::from_millis),
        revision: row.i64(13)?,
    })
}

fn found(row: &Row<'_>) -> Result<Found> {
    with_post(row, post(row)?)
}

fn with_post(row: &Row<'_>, post: Post) -> Result<Found> {
    Ok(Found {
        post,
        likes: row.i64(14)?,
        category: row.id(15, CategoryId::new)?,
    })
}

/// Reads posts, in no particular order; those that were removed are left out.
pub(crate) async fn by_ids(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<Found>> {
    x.readable_in("post", BY_IDS, ids, &[], found).await
}

/// Reads one post, unless it was removed.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: PostId) -> Result<Option<Found>> {
    x.row(BY_ID, &[id.get().into()], |row| {
        with_post(row, mended(row)?)
    })
    .await
}

/// A post, removed or not, and who may do what where it is.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) post: Post,
    pub(crate) is_gone: bool,
    pub(crate) access: Access,
}

/// Reads one post, also when it was removed, and who may do what in its category.
pub(crate) async fn with_access(x: &mut Executor<'_>, id: PostId) -> Result<Option<Standing>> {
    x.row(WITH_ACCESS, &[id.get().into()], |row| {
        Ok(Standing {
            post: mended(row)?,
            is_gone: row.bool(16)?,
            access: category::access_in(row, 17),
        })
    })
    .await
}

/// Lists what a member wrote, and in which categories, newest first, before a mark of time and id: without notices, what
/// is hidden, and what is in no list.
pub(crate) async fn of_author(
    x: &mut Executor<'_>,
    author: MemberId,
    before: (i64, i64),
    limit: usize,
) -> Result<Vec<(PostId, CategoryId, Timestamp)>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = [
        author.get().into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    x.rows(OF_AUTHOR, &values, |row| {
        Ok((
            row.id(0, PostId::new)?,
            row.id(1, CategoryId::new)?,
            Timestamp::from_millis(row.i64(2)?),
        ))
    })
    .await
}

/// Reads the first posts of topics, in no particular order.
pub(crate) async fn firsts(x: &mut Executor<'_>, topics: &[TopicId]) -> Result<Vec<Post>> {
    let lists: Vec<Vec<Value<'_>>> = topics
        .iter()
        .map(|topic| vec![topic.get().into(), 1_i64.into()])
        .collect();
    let found = x.readable_lists("post", OF_TOPIC, &lists, 1, post).await?;
    Ok(found
        .into_iter()
        .flatten()
        .filter(|post| post.number == 1)
        .collect())
}

/// The numbers of a post, gone or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stub {
    pub(crate) id: PostId,
    pub(crate) topic: TopicId,
    pub(crate) number: i64,
    pub(crate) author: MemberId,
    pub(crate) created_at: Timestamp,
}

fn stub_of(row: &Row<'_>) -> Result<Stub> {
    Ok(Stub {
        id: row.id(0, PostId::new)?,
        topic: row.id(1, TopicId::new)?,
        number: row.i64(2)?,
        author: row.id(3, MemberId::new)?,
        created_at: Timestamp::from_millis(row.i64(4)?),
    })
}

/// Reads the numbers of a post, whether it is gone or not.
pub(crate) async fn stub(x: &mut Executor<'_>, id: PostId) -> Result<Option<Stub>> {
    x.row(STUB, &[id.get().into()], stub_of).await
}

/// Reads the numbers of the first post of a topic, whether it is gone or not.
pub(crate) async fn first(x: &mut Executor<'_>, topic: TopicId) -> Result<Option<Stub>> {
    x.row(FIRST, &[topic.get().into()], stub_of).await
}

/// Returns which posts of some topics are hidden: the topic, the number, and when it was written.
pub(crate) async fn hidden_of(
    x: &mut Executor<'_>,
    topics: &[TopicId],
) -> Result<Vec<(TopicId, i64, Timestamp)>> {
    let topics: Vec<i64> = topics.iter().map(|topic| topic.get()).collect();
    x.rows_in(HIDDEN_OF, &topics, &[], |row| {
        let written_at = Timestamp::from_millis(row.i64(2)?);
        Ok((row.id(0, TopicId::new)?, row.i64(1)?, written_at))
    })
    .await
}

/// Reads posts of a topic in order, from a number on.
pub(crate) async fn of_topic(
    x: &mut Executor<'_>,
    topic: TopicId,
    from: i64,
    limit: usize,
) -> Result<Vec<Post>> {
    let list = vec![topic.get().into(), from.into()];
    let mut found = x
        .readable_lists("post", OF_TOPIC, &[list], limit, post)
        .await?;
    Ok(found.pop().unwrap_or_default())
}

/// Lists the posts of a topic that stand, and how many likes each has.
pub(crate) async fn ids_of_topic(
    x: &mut Executor<'_>,
    topic: TopicId,
) -> Result<Vec<(PostId, i64)>> {
    x.rows(IDS_OF_TOPIC, &[topic.get().into()], |row| {
        Ok((row.id(0, PostId::new)?, row.i64(1)?))
    })
    .await
}

/// Finds who wrote the last post of a topic that stands, and when.
pub(crate) async fn last_of_topic(
    x: &mut Executor<'_>,
    topic: TopicId,
) -> Result<Option<(MemberId, Timestamp)>> {
    x.row(LAST_OF_TOPIC, &[topic.get().into()], |row| {
        Ok((
            row.id(0, MemberId::new)?,
            Timestamp::from_millis(row.i64(1)?),
        ))
    })
    .await
}

/// What permits to make a post.
pub(crate) trait MayPost {}
impl MayPost for space_core::policy::StartTopic {}
impl MayPost for space_core::policy::Reply {}
impl MayPost for space_core::policy::RunImport {}

/// What permits to change what a post says.
pub(crate) trait MayEdit {}
impl MayEdit for EditPost {}
impl MayEdit for space_core::policy::RunImport {}

/// Makes posts, with how many likes each has.
pub(crate) async fn insert<P: MayPost>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    posts: &[(Post, i64)],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = posts
        .iter()
        .map(|(post, likes)| {
            vec![
                post.id.get().into(),
                post.topic.get().into(),
                post.number.into(),
                post.author.get().into(),
                post.reply_to.map(PostId::get).into(),
                post.kind.word().into(),
                post.source.as_str().into(),
                post.notice.as_ref().into(),
                post.language
                    .as_ref()
                    .map(space_core::Language::as_str)
                    .into(),
                post.is_hidden.into(),
                (*likes).into(),
                post.created_at.millis().into(),
                post.written_at.map(Timestamp::millis).into(),
                post.edited_at.map(Timestamp::millis).into(),
                post.revision.into(),
            ]
        })
        .collect();
    tx.execute_each(INSERT, &values).await
}

/// Changes what a post says, and keeps what it said before.
pub(crate) async fn store_source<P: MayEdit>(
    tx: &mut Tx<'_>,
    permit: &Permit<P>,
    id: PostId,
    source: &str,
    edited_at: Timestamp,
) -> Result<()> {
    let editor: Value<'_> = permit.actor().map(MemberId::get).into();
    let now = tx.now().millis();
    tx.execute(KEEP_REVISION, &[editor, now.into(), id.get().into()])
        .await?;
    tx.execute(
        STORE_SOURCE,
        &[source.into(), edited_at.millis().into(), id.get().into()],
    )
    .await
    .map(drop)
}

/// Changes what a post says, on behalf of somebody who edits it.
pub(crate) async fn edit(
    tx: &mut Tx<'_>,
    permit: &Permit<EditPost>,
    source: &PostSource,
) -> Result<()> {
    let now = tx.now();
    store_source(tx, permit, permit.action().post, source.as_str(), now).await
}

/// Removes a post: its number stays empty, its text is kept for moderators.
pub(crate) async fn delete(tx: &mut Tx<'_>, permit: &Permit<DeletePost>) -> Result<()> {
    let now = tx.now().millis();
    tx.execute(DELETE, &[now.into(), permit.action().post.get().into()])
        .await
        .map(drop)
}

/// Stores how many likes posts have.
pub(crate) async fn store_likes(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::RunImport>,
    likes: &[(PostId, i64)],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = likes
        .iter()
        .map(|(id, likes)| vec![(*likes).into(), id.get().into()])
        .collect();
    tx.execute_each(STORE_LIKES, &values).await
}

/// Stores what an import says of a post that is there already, and keeps what the post said before.
pub(crate) async fn store_imported(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::RunImport>,
    post: &Post,
) -> Result<()> {
    let now = tx.now().millis();
    let id = post.id.get();
    tx.execute(KEEP_REVISION, &[Value::Null, now.into(), id.into()])
        .await?;
    let edited_at = post.edited_at.map(Timestamp::millis);
    let values = [
        post.source.as_str().into(),
        edited_at.into(),
        post.is_hidden.into(),
        post.kind.word().into(),
        post.notice.as_deref().into(),
        id.into(),
    ];
    tx.execute(STORE_IMPORTED, &values).await.map(drop)
}

/// Removes a post that the forum it was imported from took back.
pub(crate) async fn withdraw(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::RunImport>,
    id: PostId,
) -> Result<()> {
    let now = tx.now().millis();
    tx.execute(DELETE, &[now.into(), id.get().into()])
        .await
        .map(drop)
}

/// Brings back posts that an import withdrew.
pub(crate) async fn bring_back(
    tx: &mut Tx<'_>,
    _: &Permit<space_core::policy::RunImport>,
    ids: &[PostId],
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = ids.iter().map(|id| vec![id.get().into()]).collect();
    tx.execute_each(BRING_BACK, &values).await
}
