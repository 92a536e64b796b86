// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What one notes of one's own reading: it counts in the replica at once, and a later note about the same replaces one that
//! waits.

use rusqlite::{OptionalExtension, Transaction, params};

use super::queue::run;
use super::table::{DOING, damaged, json};
use super::{Draft, LocalId, OutboxError, PostMark};
use crate::bookmark::Bookmark;
use crate::client::database::Doing;
use crate::client::replica;
use crate::id::{PostId, TopicId};
use crate::protocol::{MarkRead, MarkWay};
use crate::reading::ReadState;
use crate::time::Timestamp;
use crate::topic::ReadPosition;

/// The place of catching up. Several such items wait one after the other, as each may be about other categories.
pub(super) const CATCH_UP: i64 = 0;

/// Returns the number by which notes about the same are found: a topic's for how far it was read, the negative one of what
/// a bookmark is in, or [`CATCH_UP`].
pub(super) fn place(draft: &Draft) -> Option<i64> {
    match draft {
        Draft::MarkRead { topic, .. }
        | Draft::MarkPost { topic, .. }
        | Draft::RestoreRead { topic, .. }
        | Draft::SetRead { topic, .. } => Some(topic.get()),
        Draft::CatchUp { .. } => Some(CATCH_UP),
        Draft::PutBookmark { topic, post, .. } | Draft::RemoveBookmark { topic, post } => {
            Some(-target(*topic, *post))
        }
        Draft::StartTopic { .. }
        | Draft::TagTopic { .. }
        | Draft::Reply { .. }
        | Draft::EditPost { .. }
        | Draft::DeletePost { .. }
        | Draft::Report { .. } => None,
    }
}

pub(super) fn target(topic: TopicId, post: Option<PostId>) -> i64 {
    post.map_or(topic.get(), PostId::get)
}

/// Lets a note count in the replica, and returns what to keep of it for sending.
pub(super) fn noted(
    tx: &Transaction<'_>,
    draft: &Draft,
    now: Timestamp,
) -> Result<Draft, OutboxError> {
    let bookmark = |topic, post, note| Bookmark {
        topic,
        post,
        note,
        created_at: now,
    };
    match draft.clone() {
        Draft::MarkRead { topic, number } => {
            set_read(tx, topic, MarkWay::Add, |was| was.read_to(number), now)
        }
        Draft::MarkPost {
            topic,
            number,
            mark,
        } => match mark {
            PostMark::Read => set_read(tx, topic, MarkWay::Add, |was| was.read_one(number), now),
            PostMark::Unread => {
                set_read(tx, topic, MarkWay::Set, |was| was.unread_one(number), now)
            }
            PostMark::UnreadFromHere => {
                set_read(tx, topic, MarkWay::Set, |was| was.unread_from(number), now)
            }
        },
        Draft::RestoreRead { topic, state } => {
            let state = ReadState::new(state.number, state.unread);
            set_read(tx, topic, MarkWay::Set, |_| state, now)
        }
        Draft::CatchUp { places } => {
            replica::catch_up(tx, &places)?;
            Ok(Draft::CatchUp { places })
        }
        Draft::PutBookmark { topic, post, note } => {
            replica::put_bookmark(tx, &bookmark(topic, post, note.clone()), false)?;
            Ok(Draft::PutBookmark { topic, post, note })
        }
        Draft::RemoveBookmark { topic, post } => {
            replica::put_bookmark(tx, &bookmark(topic, post, None), true)?;
            Ok(Draft::RemoveBookmark { topic, post })
        }
        other => Ok(other),
    }
}

fn set_read(
    tx: &Transaction<'_>,
    topic: TopicId,
    way: MarkWay,
    change: impl FnOnce(&ReadState) -> ReadState,
    now: Timestamp,
) -> Result<Draft, OutboxError> {
    let mut mark = replica::mark(tx, topic, way, change, now)?;
    // A mark that is replaced may have set the topic back: what replaces it does so too, from what that one knew.
    let waiting: Option<String> = tx
        .prepare_cached(
            "select draft from outbox where marks = ?1 and state in ('queued', 'held') order by id desc limit 1",
        )
        .and_then(|mut s| s.query_row([topic.get()], |row| row.get(0)).optional())
        .doing(DOING)?;
    if let Some(Draft::SetRead { mark: waiting, .. }) =
        waiting.and_then(|draft| serde_json::from_str(&draft).ok())
        && waiting.way == MarkWay::Set
    {
        mark.way = MarkWay::Set;
        mark.known = mark.known.max(waiting.known);
    }
    Ok(Draft::SetRead { topic, mark })
}

/// Takes back what the server refused, or what was thrown away: an item of this number. Other notes about the same that wait
/// go on counting.
pub(super) fn forget(tx: &Transaction<'_>, id: LocalId, draft: &Draft) -> Result<(), OutboxError> {
    uncount(tx, draft)?;
    for (draft, written_at) in waiting(tx, draft, Some(id))? {
        count(tx, &draft, written_at)?;
    }
    Ok(())
}

/// Returns the notes about the same as `draft` that wait, but for one, in the order in which they were made.
fn waiting(
    tx: &Transaction<'_>,
    draft: &Draft,
    but: Option<LocalId>,
) -> Result<Vec<(Draft, Timestamp)>, OutboxError> {
    let Some(place) = place(draft) else {
        return Ok(Vec::new());
    };
    let found: Vec<(String, i64)> = tx
        .prepare_cached(
            "select draft, written_at from outbox
             where marks = ?1 and id is not ?2 and state in ('queued', 'sending', 'held') order by id",
        )
        .and_then(|mut s| {
            s.query_map(params![place, but.map(|id| id.0)], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect()
        })
        .doing(DOING)?;
    found
        .into_iter()
        .map(|(draft, written_at)| {
            let draft = serde_json::from_str(&draft).map_err(|e| damaged(&e.to_string()))?;
            Ok((draft, Timestamp::from_millis(written_at)))
        })
        .collect()
}

/// Returns whether another note has taken the place of this one.
pub(super) fn is_noted_again(tx: &Transaction<'_>, draft: &Draft) -> Result<bool, OutboxError> {
    Ok(place(draft) != Some(CATCH_UP) && !waiting(tx, draft, None)?.is_empty())
}

/// Lets a note that waits count in the replica again.
pub(super) fn count(
    tx: &Transaction<'_>,
    draft: &Draft,
    written_at: Timestamp,
) -> Result<(), OutboxError> {
    if let Draft::SetRead { topic, mark } = draft {
        let state = ReadState::new(mark.number, mark.unread.iter().copied());
        let change = |was: &ReadState| match mark.way {
            MarkWay::Add => was.join(&state),
            MarkWay::Set => state.clone(),
        };
        replica::mark(tx, *topic, mark.way, change, written_at)?;
    } else {
        noted(tx, draft, written_at)?;
    }
    Ok(())
}

fn uncount(tx: &Transaction<'_>, draft: &Draft) -> Result<(), OutboxError> {
    match draft {
        Draft::MarkRead { topic, .. }
        | Draft::MarkPost { topic, .. }
        | Draft::RestoreRead { topic, .. }
        | Draft::SetRead { topic, .. } => replica::unmark_read(tx, *topic)?,
        Draft::CatchUp { places } => replica::uncatch_up(tx, places)?,
        Draft::PutBookmark { topic, post, .. } | Draft::RemoveBookmark { topic, post } => {
            replica::forget_bookmark(tx, target(*topic, *post))?;
        }
        Draft::StartTopic { .. }
        | Draft::TagTopic { .. }
        | Draft::Reply { .. }
        | Draft::EditPost { .. }
        | Draft::DeletePost { .. }
        | Draft::Report { .. } => {}
    }
    Ok(())
}

/// Takes in the server's word on a mark: marks of the same topic that wait were made in the knowledge of it.
pub(super) fn settle(tx: &Transaction<'_>, position: &ReadPosition) -> Result<(), OutboxError> {
    let topic = position.topic.get();
    let waiting: Vec<(i64, String)> = tx
        .prepare_cached(
            "select id, draft from outbox where marks = ?1 and state = 'queued' and tries = 0",
        )
        .and_then(|mut s| {
            s.query_map([topic], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .doing(DOING)?;
    for (id, draft) in waiting {
        if let Ok(Draft::SetRead { topic, mark }) = serde_json::from_str(&draft) {
            let mark = MarkRead {
                known: mark.known.max(Some(position.read_at)),
                ..mark
            };
            let draft = json(&Draft::SetRead { topic, mark });
            run(
                tx,
                "update outbox set draft = ?2 where id = ?1",
                params![id, draft],
            )?;
        }
    }
    Ok(replica::settle_read(tx, position)?)
}
