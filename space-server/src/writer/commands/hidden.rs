// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Hiding posts, and showing them again.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, Permit};
use space_core::protocol::{self, Kind, TopicLine};
use space_core::{CaseId, HiddenPost, Post, PostId, Scope};

use super::code::check_clause;
use super::post::{again, find};
use crate::audit::{Act, Subject};
use crate::store::hidden::Reasons;
use crate::store::{case, hidden};
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
    reasons: Reasons<'_>,
) -> Result<Post, Failure> {
    let by = permit.actor().ok_or(Denial::SignedOut)?;
    let (post, context, line) = find(tx, permit.action().post).await?;
    hidden::hide(tx, permit, by, reasons).await?;
    case::touch_open(tx, permit, reasons.case).await?;
    let scope = context.topic.access.scope(line.topic.category);
    touch(tx, scope, &post, &line);
    let detail = json!({
        "author": post.author, "revision": post.revision, "clause": reasons.clause, "note": reasons.note,
    });
    tx.audit(Act::PostHidden, actor, Subject::Post(post.id), detail);
    Ok(Post {
        source: String::new(),
        is_hidden: true,
        revision: post.revision + 1,
        ..post
    })
}

/// Asks for a hidden post what would be shown again; `None` when its text never came here.
pub(super) async fn kept(
    tx: &mut Tx<'_>,
    permit: Permit<policy::RestorePost>,
) -> Result<Option<Kept>, Failure> {
    let kept = hidden::by_id(tx.x(), permit.action().post).await?;
    Ok(kept.map(|hidden| Kept { permit, hidden }))
}

/// A hidden post that may be shown again.
pub(super) struct Kept {
    permit: Permit<policy::RestorePost>,
    hidden: HiddenPost,
}

impl Kept {
    /// Shows the post again, exactly as it was; `deciding` is the case that is decided by it.
    pub(super) async fn restore(
        self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        deciding: Option<CaseId>,
    ) -> Result<Post, Failure> {
        let Self { permit, hidden } = self;
        let by = permit.actor().ok_or(Denial::SignedOut)?;
        let (post, context, line) = find(tx, permit.action().post).await?;
        hidden::restore(tx, &permit, by).await?;
        case::touch_open(tx, &permit, deciding).await?;
        let scope = context.topic.access.scope(line.topic.category);
        touch(tx, scope, &post, &line);
        let detail = json!({
            "author": post.author, "hidden_by": hidden.by, "hidden_at": hidden.hidden_at,
            "clause": hidden.clause, "note": hidden.note,
        });
        tx.audit(Act::PostRestored, actor, Subject::Post(post.id), detail);
        Ok(Post {
            source: hidden.source,
            is_hidden: false,
            revision: post.revision + 1,
            ..post
        })
    }
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
        check_clause(tx, clause.as_ref()).await?;
        let reasons = Reasons {
            clause: clause.as_ref(),
            note: note.as_ref(),
            case: None,
        };
        let post = hide(tx, actor, &permit, reasons).await?;
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
        let (_, context, _) = find(tx, self.post).await?;
        let permit = policy::decide(actor, policy::RestorePost { post: self.post }, &context)?;
        let Some(kept) = kept(tx, permit).await? else {
            return Err(Refusal::Invalid {
                why: "this post was hidden before it came here, and its text is not here"
                    .to_owned(),
            }
            .into());
        };
        let post = kept.restore(tx, actor, None).await?;
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
