// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts: reply, edit, remove.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, EditContext, PostContext, ReplyContext};
use space_core::protocol::{self, Conflict, Kind};
use space_core::{Post, PostId, PostKind, Scope, TopicId, TopicTally};

use super::receipt;
use super::scope_move::leave_others;
use super::topic::{load, written_at};
use super::visitor;
use crate::audit::{Act, Subject};
use crate::store::{post, read_position, topic};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Replying in a topic.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) topic: TopicId,
    pub(crate) reply: protocol::Reply,
}

impl Deed for Reply {
    type Reply = Post;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Post), Failure> {
        let (line, context) = load(tx, self.topic).await?;
        let category = line.topic.category;
        let access = context.access.clone();
        let scope = access.scope(category);
        let answers_in = match self.reply.reply_to {
            Some(id) => post::by_id(tx.x(), id).await?.map(|found| found.post.topic),
            None => None,
        };
        let action = policy::Reply {
            topic: self.topic,
            reply_to: self.reply.reply_to,
        };
        let pace = tx.pace_of_reply(actor, self.reply.source.as_str()).await?;
        let permit = policy::decide(
            actor,
            action,
            &ReplyContext {
                topic: context,
                answers_in,
                pace,
            },
        )?;
        let author = permit.actor().ok_or(Denial::SignedOut)?;
        let now = tx.now();
        let post = Post {
            id: tx.next_in(category, &access, PostId::new).await?,
            topic: self.topic,
            number: line.tally.last_number + 1,
            author,
            reply_to: self.reply.reply_to,
            kind: PostKind::Regular,
            source: self.reply.source.as_str().to_owned(),
            notice: None,
            language: self.reply.language.clone(),
            is_hidden: false,
            created_at: now,
            written_at: written_at(self.reply.written_at, now),
            edited_at: None,
            revision: 1,
        };
        post::insert(tx, &permit, &[(post.clone(), 0)]).await?;
        let tally = TopicTally {
            posts: line.tally.posts + 1,
            last_number: post.number,
            last_post_at: now,
            last_poster: author,
            ..line.tally
        };
        topic::store_tallies(tx, &permit, &[tally]).await?;
        tx.note_post(&permit, actor).await?;
        // With a post, and not before, everybody hears of a visitor and of their name: who only reports stays unknown.
        if actor.relayed().is_some() {
            visitor::show(tx, &permit, author).await?;
        }
        tx.touch(scope, Kind::Post, post.id.get());
        tx.touch(scope, Kind::TopicTally, self.topic.get());
        // Nobody has to read what they wrote themselves.
        if read_position::advance(tx, &permit, author, self.topic, post.number).await? {
            tx.touch(Scope::Member(author), Kind::ReadPosition, self.topic.get());
        }
        Ok((post.id.get(), post))
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

/// Answers again with the post as it is now, or with its numbers and the revision that the command made.
pub(super) async fn again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: i64,
    revision: i64,
) -> Result<Post, Failure> {
    let id = PostId::new(id).ok_or(Denial::NotFound)?;
    let shown = shown(tx, actor, id).await;
    if receipt::is_closed(&shown) {
        return receipt::of_post(tx, id, revision).await;
    }
    shown
}

async fn shown(tx: &mut Tx<'_>, actor: &Actor, id: PostId) -> Result<Post, Failure> {
    let (post, context, _) = find(tx, id).await?;
    policy::may_read(actor, &context.topic.access)?;
    Ok(post)
}

pub(super) async fn find(
    tx: &mut Tx<'_>,
    id: PostId,
) -> Result<(Post, PostContext, protocol::TopicLine), Failure> {
    let found = post::by_id(tx.x(), id).await?.ok_or(Denial::NotFound)?;
    let (line, topic) = load(tx, found.post.topic).await?;
    let context = PostContext::of(&found.post, topic);
    Ok((found.post, context, line))
}

/// Changing what a post says.
#[derive(Debug, Clone)]
pub(crate) struct EditPost {
    pub(crate) post: PostId,
    pub(crate) edit: protocol::EditPost,
}

impl Deed for EditPost {
    type Reply = Post;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Post), Failure> {
        let (before, context, line) = find(tx, self.post).await?;
        let scope = context.topic.access.scope(line.topic.category);
        let pace = tx.pace_of_edit(actor).await?;
        let context = EditContext { of: context, pace };
        let permit = policy::decide(actor, policy::EditPost { post: self.post }, &context)?;
        if before.revision != self.edit.revision {
            let yours = self.edit.source.as_str().to_owned();
            let conflict = Conflict {
                revision: before.revision,
                theirs: before.source,
                yours,
            };
            return Err(Refusal::Conflict(conflict).into());
        }
        post::edit(tx, &permit, &self.edit.source).await?;
        tx.note_edit(&permit, actor).await?;
        tx.touch(scope, Kind::Post, self.post.get());
        // The words of somebody else: what they said is kept as a revision, and here stands who changed it.
        if actor.member() != Some(before.author) {
            let detail = json!({"author": before.author, "revision": before.revision});
            tx.audit(Act::PostEdited, actor, Subject::Post(self.post), detail);
        }
        let after = Post {
            source: self.edit.source.as_str().to_owned(),
            edited_at: Some(tx.now()),
            revision: before.revision + 1,
            ..before
        };
        Ok((self.post.get(), after))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Post, Failure> {
        again(tx, actor, id, self.edit.revision.saturating_add(1)).await
    }
}

/// Removing a post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeletePost {
    pub(crate) post: PostId,
}

impl Deed for DeletePost {
    type Reply = ();

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let likes = post::by_id(tx.x(), self.post)
            .await?
            .map_or(0, |found| found.likes);
        let (removed, context, line) = find(tx, self.post).await?;
        let scope = context.topic.access.scope(line.topic.category);
        let permit = policy::decide(actor, policy::DeletePost { post: self.post }, &context)?;
        post::delete(tx, &permit).await?;
        let mut tally = line.tally;
        tally.posts -= 1;
        tally.likes -= likes;
        if let Some((author, at)) = post::last_of_topic(tx.x(), tally.topic).await? {
            (tally.last_poster, tally.last_post_at) = (author, at);
        }
        let topic = tally.topic;
        topic::store_tallies(tx, &permit, &[tally]).await?;
        for kind in [Kind::Post, Kind::PostTally] {
            leave_others(tx, kind, self.post.get(), line.topic.category, scope, None);
        }
        tx.touch(scope, Kind::TopicTally, topic.get());
        if actor.member() != Some(removed.author) {
            let detail = json!({"author": removed.author, "revision": removed.revision});
            tx.audit(Act::PostDeleted, actor, Subject::Post(self.post), detail);
        }
        Ok((self.post.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
