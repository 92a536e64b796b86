// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What members want to find again.

use space_core::policy::{Permit, PutBookmark, RemoveBookmark};
use space_core::{Bookmark, MemberId, PostId, Timestamp, TopicId};

use super::{Executor, Result, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_TARGETS = concat!("select target_id, topic_id, is_topic, note, created_at from bookmark
        where target_id in (", ids64!(), ") and member_id = $65");
    STORE = "insert into bookmark (member_id, target_id, topic_id, is_topic, note, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (member_id, target_id) do update set note = excluded.note";
    DELETE = "delete from bookmark where member_id = $1 and target_id = $2";
}

/// Reads a member's marks in some topics and posts.
pub(crate) async fn by_targets(
    x: &mut Executor<'_>,
    member: MemberId,
    targets: &[i64],
) -> Result<Vec<Bookmark>> {
    x.readable_in(
        "bookmark",
        BY_TARGETS,
        targets,
        &[member.get().into()],
        |row| {
            let is_topic = row.bool(2)?;
            Ok(Bookmark {
                topic: row.id(1, TopicId::new)?,
                post: if is_topic {
                    None
                } else {
                    Some(row.id(0, PostId::new)?)
                },
                note: row.opt_checked(3)?,
                created_at: Timestamp::from_millis(row.i64(4)?),
            })
        },
    )
    .await
}

/// Puts a mark in, or changes the note of one that is there.
pub(crate) async fn store(
    tx: &mut Tx<'_>,
    _: &Permit<PutBookmark>,
    member: MemberId,
    bookmark: &Bookmark,
) -> Result<()> {
    let values = [
        member.get().into(),
        bookmark.id().into(),
        bookmark.topic.get().into(),
        bookmark.post.is_none().into(),
        bookmark
            .note
            .as_ref()
            .map(space_core::text::Note::as_str)
            .into(),
        bookmark.created_at.millis().into(),
    ];
    tx.execute(STORE, &values).await.map(drop)
}

/// Takes a mark out. Says whether there was one.
pub(crate) async fn delete(
    tx: &mut Tx<'_>,
    permit: &Permit<RemoveBookmark>,
    member: MemberId,
) -> Result<bool> {
    let values = [member.get().into(), permit.action().id.into()];
    Ok(tx.execute(DELETE, &values).await? > 0)
}
