// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Hiding posts, and showing them again.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, Permit};
use space_core::protocol::{self, Kind, TopicLine};
use space_core::text::{Clause, Comment};
use space_core::{Post, PostId, Scope};

use super::post::{again, find};
use crate::audit::{Act, Subject};
use crate::store::hidden;
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Hiding a post.
#[derive(Debug, Clone)]
pub(crate) struct Hide {
    pub(crate) post: PostId,
    pub(crate) hide: protocol::HidePost,
}

/// Hides what a permit names, and moves its row, which says from now on that the post is hidden and nothing else of it.
pub(super) async fn hide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    permit: &Permit<policy::HidePost>,
    clause: Option<&Clause>,
    note: Option<&Comment>,
) -> Result<Post, Failure> {
    let by = permit.actor().ok_or(Denial::SignedOut)?;
    let (post, context, line) = find(tx, permit.action().post).await?;
    hidden::hide(tx, permit, by, clause, note).await?;
    let scope = context.topic.access.scope(line.topic.category);
    touch(tx, scope, &post, &line);
    let detail = json!({
        "author": post.author, "revision": post.revision, "clause": clause, "note": note,
    });
    tx.audit(Act::PostHidden, actor, Subject::Post(post.id), detail);
    Ok(Post {
        source: String::new(),
        is_hidden: true,
        revision: post.revision + 1,
        ..post
    })
}

/// Moves the post, and what names its author besides: the topic that it began, the numbers of the one that it is the last of.
fn touch(tx: &mut Tx<'_>, scope: Scope, post: &Post, line: &TopicLine) {
    tx.touch(scope, Kind::Post, post.id.get());
    if post.number == 1 {
        tx.touch(scope, Kind::Topic, post.topic.get());
    }
    if post.created_at == line.tally.last_post_at {
        tx.touch(scope, Kind::TopicTally, post.topic.get());
    }
}

impl Deed for Hide {
    type Reply = Post;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Post), Failure> {
        let (_, context, _) = find(tx, self.post).await?;
        let permit = policy::decide(actor, policy::HidePost { post: self.post }, &context)?;
        let protocol::HidePost { clause, note } = &self.hide;
        let post = hide(tx, actor, &permit, clause.as_ref(), note.as_ref()).await?;
        Ok((self.post.get(), post))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Post, Failure> {
        again(tx, actor, id, 1).await
    }
}

/// Showing a hidden post again, exactly as it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Restore {
    pub(crate) post: PostId,
}

impl Deed for Restore {
    type Reply = Post;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Post), Failure> {
        let (post, context, line) = find(tx, self.post).await?;
        let permit = policy::decide(actor, policy::RestorePost { post: self.post }, &context)?;
        let Some(kept) = hidden::by_id(tx.x(), self.post).await? else {
            return Err(Refusal::Invalid {
                why: "this post was hidden before it came here, and its text is not here"
                    .to_owned(),
            }
            .into());
        };
        hidden::restore(tx, &permit).await?;
        let scope = context.topic.access.scope(line.topic.category);
        touch(tx, scope, &post, &line);
        // What hiding said outlives it here: the row of it is gone.
        let detail = json!({
            "author": post.author, "hidden_by": kept.by, "hidden_at": kept.hidden_at,
            "clause": kept.clause, "note": kept.note,
        });
        tx.audit(Act::PostRestored, actor, Subject::Post(self.post), detail);
        let post = Post {
            source: kept.source,
            is_hidden: false,
            revision: post.revision + 1,
            ..post
        };
        Ok((self.post.get(), post))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Post, Failure> {
        again(tx, actor, id, 1).await
    }
}
