// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Hidden posts: what they say is kept here, beside the evidence of cases and earlier revisions, and is in no feed and no
//! answer to anybody but moderators as long as they are hidden.

use std::collections::BTreeMap;

use space_core::policy::{HidePost, Permit, RestorePost};
use space_core::text::{Clause, Comment};
use space_core::{CaseId, HiddenPost, Hiding, MemberId, PostId, Timestamp};

use super::{Executor, Result, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_ID = "select h.post_id, h.source, h.hider_id, h.hidden_at, h.clause, h.note, p.author_id
        from hidden_post h join post p on p.id = h.post_id where h.post_id = $1";
    PUT_ASIDE = "insert into hidden_post (post_id, source, clause, note, hider_id, hidden_at)
        select p.id, p.source, cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as bigint)
        from post p where p.id = $5
        on conflict (post_id) do update set source = excluded.source, clause = excluded.clause, note = excluded.note,
        hider_id = excluded.hider_id, hidden_at = excluded.hidden_at";
    BLANK = "update post set source = '', is_hidden = $1, revision = revision + 1 where id = $2";
    GIVE_BACK = "update post set source = (select h.source from hidden_post h where h.post_id = post.id),
        is_hidden = $1, revision = revision + 1 where id = $2";
    FORGET = "delete from hidden_post where post_id = $1";
    NOTE = "insert into hiding (post_id, number, hider_id, hidden_at, clause, note, case_id)
        select p.id, (select count(*) + 1 from hiding g where g.post_id = p.id), cast($1 as bigint), cast($2 as bigint),
        cast($3 as text), cast($4 as text), cast($5 as bigint) from post p where p.id = $6";
    NOTE_OLD = "insert into hiding (post_id, number, hider_id, hidden_at, clause, note)
        select h.post_id, (select count(*) + 1 from hiding g where g.post_id = h.post_id), h.hider_id, h.hidden_at,
        h.clause, h.note from hidden_post h where h.post_id = $1 and not exists
        (select 1 from hiding g where g.post_id = h.post_id and g.hidden_at = h.hidden_at and g.restored_at is null)";
    NOTE_RESTORED = "update hiding set restorer_id = $1, restored_at = $2 where post_id = $3 and restored_at is null
        and number = (select max(g.number) from hiding g where g.post_id = $3)";
    HIDINGS = concat!("select post_id, hider_id, hidden_at, clause, note, restorer_id, restored_at from hiding
        where post_id in (", ids64!(), ") order by post_id, number");
    LAST_CASE = "select case_id from hiding where post_id = $1 and restored_at is null order by number desc limit 1";
}

/// Reads what a hidden post says; `None` when it is not hidden, or its text never came here.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: PostId) -> Result<Option<HiddenPost>> {
    let found = x
        .readable_rows("hidden_post", BY_ID, &[id.get().into()], |row| {
            Ok(HiddenPost {
                post: row.id(0, PostId::new)?,
                author: Some(row.id(6, MemberId::new)?),
                source: row.mended("hidden_post", id.get(), 1)?,
                by: row.id(2, MemberId::new)?,
                hidden_at: Timestamp::from_millis(row.i64(3)?),
                // What cannot be read of them must not keep the text from those who decide.
                clause: row.opt_checked(4).unwrap_or(None),
                note: row.opt_checked(5).unwrap_or(None),
            })
        })
        .await?;
    Ok(found.into_iter().next())
}

/// Lists when posts were hidden and shown again, oldest first.
pub(crate) async fn hidings(
    x: &mut Executor<'_>,
    posts: &[i64],
) -> Result<BTreeMap<PostId, Vec<Hiding>>> {
    let found = x.readable_in("hiding", HIDINGS, posts, &[], |row| {
        let restorer = row.opt_i64(5)?.and_then(MemberId::new);
        let hiding = Hiding {
            by: row.id(1, MemberId::new)?,
            hidden_at: Timestamp::from_millis(row.i64(2)?),
            clause: row.opt_checked(3)?,
            note: row.opt_checked(4)?,
            restored_by: restorer,
            restored_at: row.opt_i64(6)?.map(Timestamp::from_millis),
        };
        Ok((row.id(0, PostId::new)?, hiding))
    });
    let mut hidings: BTreeMap<PostId, Vec<Hiding>> = BTreeMap::new();
    for (post, one) in found.await? {
        hidings.entry(post).or_default().push(one);
    }
    Ok(hidings)
}

/// Returns the case whose decision hid a post that is hidden now; `None` when it was hidden by itself.
pub(crate) async fn hiding_case(x: &mut Executor<'_>, post: PostId) -> Result<Option<CaseId>> {
    let found = x
        .row(LAST_CASE, &[post.get().into()], |row| row.opt_i64(0))
        .await?;
    Ok(found.flatten().and_then(CaseId::new))
}

/// Why a post is hidden, and who decided so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reasons<'a> {
    pub(crate) clause: Option<&'a Clause>,
    pub(crate) note: Option<&'a Comment>,
    /// The case whose decision it is.
    pub(crate) case: Option<CaseId>,
}

/// Hides a post: its text is put aside, and the post itself has none any more. That it was hidden stays noted.
pub(crate) async fn hide(
    tx: &mut Tx<'_>,
    permit: &Permit<HidePost>,
    by: MemberId,
    reasons: Reasons<'_>,
) -> Result<()> {
    let Reasons { clause, note, case } = reasons;
    let (id, now) = (permit.action().post.get(), tx.now().millis());
    let values = [
        clause.map(Clause::as_str).into(),
        note.map(Comment::as_str).into(),
        by.get().into(),
        now.into(),
        id.into(),
    ];
    tx.execute(PUT_ASIDE, &values).await?;
    let values = [
        by.get().into(),
        now.into(),
        clause.map(Clause::as_str).into(),
        note.map(Comment::as_str).into(),
        case.map(CaseId::get).into(),
        id.into(),
    ];
    tx.execute(NOTE, &values).await?;
    tx.execute(BLANK, &[true.into(), id.into()]).await.map(drop)
}

/// Shows a hidden post again, with the text that was put aside: it has to be there. Why it was hidden stays noted.
pub(crate) async fn restore(
    tx: &mut Tx<'_>,
    permit: &Permit<RestorePost>,
    by: MemberId,
) -> Result<()> {
    let (id, now) = (permit.action().post.get(), tx.now().millis());
    // A server of a former version, which may run beside this one, notes nothing.
    tx.execute(NOTE_OLD, &[id.into()]).await?;
    tx.execute(NOTE_RESTORED, &[by.get().into(), now.into(), id.into()])
        .await?;
    tx.execute(GIVE_BACK, &[false.into(), id.into()]).await?;
    tx.execute(FORGET, &[id.into()]).await.map(drop)
}
