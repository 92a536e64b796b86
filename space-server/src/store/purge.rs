// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Erasing what deleted posts said. The post itself stays, without a word: its number stays empty.

use space_core::policy::{Permit, PurgePosts};
use space_core::{MemberId, PostId, Timestamp};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

/// What a post still says that can be erased.
macro_rules! with_text {
    () => {
        "p.deleted_at is not null and (p.source <> ''
            or exists (select 1 from post_revision r where r.post_id = p.id)
            or exists (select 1 from hidden_post h where h.post_id = p.id)
            or exists (select 1 from moderation_case c join case_evidence e on e.case_id = c.id where c.post_id = p.id))"
    };
}

statements! {
    DELETED_BEFORE = concat!("select p.id from post p where p.deleted_at < $1 and p.id > $2 and ", with_text!(), "
        order by p.id limit $3");
    DELETED_OF = concat!("select p.id from post p where p.author_id = $1 and p.id > $2 and ", with_text!(), "
        order by p.id limit $3");
    STANDS = "select deleted_at is null from post where id = $1";
    TEXTS = "select source from post where id = $1 and source <> ''
        union all select source from post_revision where post_id = $1
        union all select source from hidden_post where post_id = $1";
    EVIDENCE = "select e.source from case_evidence e join moderation_case c on c.id = e.case_id where c.post_id = $1";
    OPEN_CASES = "select count(*) from moderation_case where post_id = $1 and state = 'open'";
    NAMES = "select 1 from post where source like $1 union all select 1 from post_revision where source like $1
        union all select 1 from hidden_post where source like $1
        union all select 1 from case_evidence where source like $1 limit 1";
    BLANK = "update post set source = '' where id = $1 and deleted_at is not null";
    REVISIONS = "delete from post_revision where post_id = $1";
    HIDDEN = "delete from hidden_post where post_id = $1";
    NOTES = "update hiding set note = null where post_id = $1 and note is not null";
    KEYS = "update idempotency set request_hash = $1 where result_id = $2";
    DROP_EVIDENCE = "delete from case_evidence where case_id in (select id from moderation_case where post_id = $1)";
}

/// Which posts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// One.
    Post(PostId),
    /// All that were deleted before a moment.
    DeletedBefore(Timestamp),
    /// All deleted posts of a member.
    Member(MemberId),
}

/// Lists posts that were deleted and still say something, in the order of their ids, after one of them.
pub(crate) async fn deleted(
    x: &mut Executor<'_>,
    whose: Whose,
    after: i64,
    limit: usize,
) -> Result<Vec<PostId>> {
    let (sql, of): (_, Value<'_>) = match whose {
        Whose::Post(id) => {
            return Ok(if id.get() > after {
                vec![id]
            } else {
                Vec::new()
            });
        }
        Whose::DeletedBefore(moment) => (DELETED_BEFORE, moment.millis().into()),
        Whose::Member(id) => (DELETED_OF, id.get().into()),
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    x.rows(sql, &[of, after.into(), limit.into()], |row| {
        row.id(0, PostId::new)
    })
    .await
}

/// Says whether a post stands; `None` when there never was one.
pub(crate) async fn stands(x: &mut Executor<'_>, id: PostId) -> Result<Option<bool>> {
    x.row(STANDS, &[id.get().into()], |row| row.bool(0)).await
}

/// Lists what a post said: its text, earlier ones, and what was put aside when it was hidden.
pub(crate) async fn texts(x: &mut Executor<'_>, id: PostId) -> Result<Vec<String>> {
    x.rows(TEXTS, &[id.get().into()], |row| row.text(0)).await
}

/// Lists what cases keep of a post, and says whether one of them is open.
pub(crate) async fn evidence(x: &mut Executor<'_>, id: PostId) -> Result<(Vec<String>, bool)> {
    let kept = x
        .rows(EVIDENCE, &[id.get().into()], |row| row.text(0))
        .await?;
    let open = x
        .row(OPEN_CASES, &[id.get().into()], |row| row.i64(0))
        .await?;
    Ok((kept, open.unwrap_or(0) > 0))
}

/// Says whether any text still names a picture.
pub(crate) async fn is_named(x: &mut Executor<'_>, picture: &str) -> Result<bool> {
    let pattern = format!("%{picture}%");
    Ok(x.row(NAMES, &[pattern.as_str().into()], |_| Ok(()))
        .await?
        .is_some())
}

/// Erases what a deleted post said. What cases keep of it is erased only when it is asked for.
///
/// A key under which it was posted stays, without the hash of the text: who repeats the command is refused, rather than
/// posting the text again.
pub(crate) async fn erase(
    tx: &mut Tx<'_>,
    _: &Permit<PurgePosts>,
    id: PostId,
    with_evidence: bool,
) -> Result<()> {
    let id: Value<'_> = id.get().into();
    tx.execute(BLANK, std::slice::from_ref(&id)).await?;
    tx.execute(REVISIONS, std::slice::from_ref(&id)).await?;
    tx.execute(HIDDEN, std::slice::from_ref(&id)).await?;
    // What staff noted may quote it.
    tx.execute(NOTES, std::slice::from_ref(&id)).await?;
    if with_evidence {
        tx.execute(DROP_EVIDENCE, std::slice::from_ref(&id)).await?;
    }
    tx.execute(KEYS, &[Value::Bytes(&[]), id]).await.map(drop)
}
