// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a repeated command is answered when its result is gone, or no longer open to its sender: that it was done, and the
//! numbers of what it made. The text is not told, nor anything that has changed since. So an outbox whose answer was lost on
//! the way does not take for refused what everybody has read.

use space_core::policy::{Actor, Denial};
use space_core::text::TopicTitle;
use space_core::{CategoryId, Post, PostId, PostKind, Topic, TopicId};

use crate::store::post::{self, Stub};
use crate::writer::{Failure, Refusal, Tx};

/// Says whether nothing is shown because it is gone or closed.
pub(super) fn is_closed<T>(shown: &Result<T, Failure>) -> bool {
    matches!(shown, Err(Failure::Refused(Refusal::Denied(_))))
}

/// Returns the numbers of a post, and the revision that the command made.
pub(super) async fn of_post(tx: &mut Tx<'_>, id: PostId, revision: i64) -> Result<Post, Failure> {
    let stub = post::stub(tx.x(), id).await?.ok_or(Denial::NotFound)?;
    Ok(without_text(&stub, revision))
}

/// Returns the numbers of the first post of a topic, as it was made.
pub(super) async fn of_first(tx: &mut Tx<'_>, topic: TopicId) -> Result<Post, Failure> {
    let stub = post::first(tx.x(), topic).await?.ok_or(Denial::NotFound)?;
    Ok(without_text(&stub, 1))
}

fn without_text(stub: &Stub, revision: i64) -> Post {
    Post {
        id: stub.id,
        topic: stub.topic,
        number: stub.number,
        author: stub.author,
        reply_to: None,
        kind: PostKind::Regular,
        source: String::new(),
        notice: None,
        language: None,
        is_hidden: false,
        created_at: stub.created_at,
        written_at: None,
        edited_at: None,
        revision,
    }
}

/// The category of a topic that is not told; none has this number.
fn untold() -> Result<CategoryId, Failure> {
    Ok(CategoryId::new(1).ok_or(Denial::NotFound)?)
}

/// Returns the number of a topic that was changed. What is not of the command itself is not told.
pub(super) fn of_topic(
    tx: &Tx<'_>,
    actor: &Actor,
    id: TopicId,
    title: Option<&TopicTitle>,
    category: Option<CategoryId>,
) -> Result<Topic, Failure> {
    let created_at = tx.now();
    let title = match title {
        Some(title) => title.clone(),
        None => TopicTitle::parse(&format!("topic {id}")).map_err(Refusal::from)?,
    };
    Ok(Topic {
        id,
        category: match category {
            Some(category) => category,
            None => untold()?,
        },
        author: actor.member().ok_or(Denial::SignedOut)?,
        title,
        language: None,
        tags: space_core::Tags::default(),
        answer: None,
        is_closed: false,
        is_archived: false,
        is_pinned: false,
        is_unlisted: false,
        created_at,
        revision: 1,
    })
}
