// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Hidden posts: what they say is kept here, beside the evidence of cases and earlier revisions, and is in no feed and no
//! answer to anybody but moderators as long as they are hidden.

use space_core::policy::{HidePost, Permit, RestorePost};
use space_core::text::{Clause, Comment};
use space_core::{HiddenPost, MemberId, PostId, Timestamp};

use super::{Executor, Result, statements};
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

/// Hides a post: its text is put aside, and the post itself has none any more.
pub(crate) async fn hide(
    tx: &mut Tx<'_>,
    permit: &Permit<HidePost>,
    by: MemberId,
    clause: Option<&Clause>,
    note: Option<&Comment>,
) -> Result<()> {
    let (id, now) = (permit.action().post.get(), tx.now().millis());
    let values = [
        clause.map(Clause::as_str).into(),
        note.map(Comment::as_str).into(),
        by.get().into(),
        now.into(),
        id.into(),
    ];
    tx.execute(PUT_ASIDE, &values).await?;
    tx.execute(BLANK, &[true.into(), id.into()]).await.map(drop)
}

/// Shows a hidden post again, with the text that was put aside: it has to be there.
pub(crate) async fn restore(tx: &mut Tx<'_>, permit: &Permit<RestorePost>) -> Result<()> {
    let id = permit.action().post.get();
    tx.execute(GIVE_BACK, &[false.into(), id.into()]).await?;
    tx.execute(FORGET, &[id.into()]).await.map(drop)
}
