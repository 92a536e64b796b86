// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topics: start, retitle, tag, move, close.

use serde_json::json;
use space_core::policy::{
    self, Actor, CloseTopic, Denial, EditContext, StartContext, TopicContext,
};
use space_core::protocol::{self, Conflict, Kind, StartedTopic, TopicLine};
use space_core::{
    Access, CategoryId, Post, PostId, PostKind, Scope, Timestamp, Topic, TopicId, TopicTally,
};

use super::receipt;
use super::scope_move;
use crate::audit::{Act, Subject};
use crate::store::{Result as StoreResult, category, post, read_position, topic};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Loads a topic with what rules look at; a missing one reads like one that is not open to the reader.
pub(super) async fn load(
    tx: &mut Tx<'_>,
    id: TopicId,
) -> Result<(TopicLine, TopicContext), Failure> {
    let (line, access) = tx.topic_with_access(id).await?.ok_or(Denial::NotFound)?;
    let context = TopicContext::of(&line.topic, access);
    Ok((line, context))
}

/// When a post counts as written: as its author says, where that can be; only kept when it differs from now.
pub(super) fn written_at(claimed: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    claimed
        .and_then(|at| at.believed(now))
        .filter(|written| *written < now)
}

impl Deed for protocol::StartTopic {
    type Reply = StartedTopic;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, StartedTopic), Failure> {
        let access = category::access(tx.x(), self.category).await?;
        let pace = tx.pace_of_topic(actor, self.source.as_str()).await?;
        let context = StartContext { access, pace };
        let permit = policy::decide(
            actor,
            policy::StartTopic {
                category: self.category,
                tags: self.tags.clone(),
            },
            &context,
        )?;
        let access = context.access;
        is_there(tx, self.category, &access).await?;
        let author = permit.actor().ok_or(Denial::SignedOut)?;
        let now = tx.now();
        let id = tx.next_in(self.category, &access, TopicId::new).await?;
        let first = tx.next_in(self.category, &access, PostId::new).await?;
        let line = TopicLine {
            topic: Topic {
                id,
                category: self.category,
                author,
                title: self.title.clone(),
                language: self.language.clone(),
                tags: self.tags.clone(),
                answer: None,
                is_closed: false,
                is_archived: false,
                is_pinned: false,
                is_unlisted: false,
                created_at: now,
                revision: 1,
            },
            tally: TopicTally {
                topic: id,
                posts: 1,
                last_number: 1,
                last_post_at: now,
                last_poster: author,
                views: 0,
                likes: 0,
            },
        };
        let post = Post {
            id: first,
            topic: id,
            number: 1,
            author,
            reply_to: None,
            kind: PostKind::Regular,
            source: self.source.as_str().to_owned(),
            notice: None,
            language: self.language.clone(),
            is_hidden: false,
            created_at: now,
            written_at: written_at(self.written_at, now),
            edited_at: None,
            revision: 1,
        };
        topic::insert(tx, &permit, std::slice::from_ref(&line)).await?;
        post::insert(tx, &permit, &[(post.clone(), 0)]).await?;
        tx.note_post(&permit, actor).await?;
        let scope = access.scope(self.category);
        tx.touch(scope, Kind::Topic, id.get());
        tx.touch(scope, Kind::TopicTally, id.get());
        tx.touch(scope, Kind::Post, first.get());
        // Nobody has to read what they wrote themselves.
        read_position::begin(tx, &permit, author, id).await?;
        tx.touch(Scope::Member(author), Kind::ReadPosition, id.get());
        Ok((
            id.get(),
            StartedTopic {
                topic: line.topic,
                post,
            },
        ))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<StartedTopic, Failure> {
        let id = TopicId::new(id).ok_or(Denial::NotFound)?;
        let shown = again(tx, actor, id).await;
        if receipt::is_closed(&shown) {
            let topic = receipt::of_topic(tx, actor, id, Some(&self.title), Some(self.category))?;
            let post = receipt::of_first(tx, id).await?;
            return Ok(StartedTopic { topic, post });
        }
        let first = post::of_topic(tx.x(), id, 1, 1).await?.pop();
        let post = match first.filter(|post| post.number == 1) {
            Some(post) => post,
            None => receipt::of_first(tx, id).await?,
        };
        Ok(StartedTopic {
            topic: shown?,
            post,
        })
    }
}

/// Retitling, tagging, moving, closing or opening.
#[derive(Debug, Clone)]
pub(crate) struct EditTopic {
    pub(crate) topic: TopicId,
    pub(crate) edit: protocol::EditTopic,
}

impl Deed for EditTopic {
    type Reply = Topic;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Topic), Failure> {
        let (line, context) = load(tx, self.topic).await?;
        let Topic {
            category: from,
            revision,
            ..
        } = line.topic;
        let goes_elsewhere = self.edit.category.filter(|to| *to != from);
        let moves_to: Option<(CategoryId, Access)> = match goes_elsewhere {
            Some(to) => Some((to, category::access(tx.x(), to).await?)),
            None => None,
        };
        // Every decision first: nothing is written when one of them is a refusal.
        let changes = self.edit.title.is_some() || self.edit.tags.is_some() || moves_to.is_some();
        let edit = policy::EditTopic {
            topic: self.topic,
            moves_to: moves_to.clone(),
            tags: self.edit.tags.clone(),
        };
        let pace = tx.pace_of_edit(actor).await?;
        let context = EditContext { of: context, pace };
        let change = if changes {
            Some(policy::decide(actor, edit, &context)?)
        } else {
            None
        };
        let context = context.of;
        let close = match self.edit.is_closed {
            Some(close) => Some(policy::decide(
                actor,
                CloseTopic {
                    topic: self.topic,
                    close,
                },
                &context,
            )?),
            None => None,
        };
        if change.is_none() && close.is_none() {
            policy::may_read(actor, &context.access)?;
        }
        if let Some((to, access)) = &moves_to {
            is_there(tx, *to, access).await?;
        }
        if revision != self.edit.revision {
            let yours = self
                .edit
                .title
                .as_ref()
                .unwrap_or(&line.topic.title)
                .to_string();
            let conflict = Conflict {
                revision,
                theirs: line.topic.title.to_string(),
                yours,
            };
            return Err(Refusal::Conflict(conflict).into());
        }
        let (old, new) = (
            context.access.scope(from),
            moves_to.as_ref().map_or_else(
                || context.access.scope(from),
                |(to, access)| access.scope(*to),
            ),
        );
        if let Some(permit) = &change {
            let title = self.edit.title.as_ref().unwrap_or(&line.topic.title);
            topic::edit(tx, permit, &line, title).await?;
            tx.note_edit(permit, actor).await?;
        }
        if let Some(permit) = &close {
            topic::close(tx, permit).await?;
        }
        let moves = moves_to.is_some() && (old != new || category::is_moving(tx.x(), from).await?);
        if moves {
            scope_move::topic(tx, self.topic, from, old, new).await?;
        } else {
            tx.touch(new, Kind::Topic, self.topic.get());
        }
        if actor.member() != Some(context.author) && (change.is_some() || close.is_some()) {
            let detail = json!({
                "author": context.author, "revision": revision, "closes": self.edit.is_closed,
                "moves_to": goes_elsewhere,
            });
            tx.audit(Act::TopicEdited, actor, Subject::Topic(self.topic), detail);
        }
        Ok((self.topic.get(), read_back(tx, self.topic).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Topic, Failure> {
        let shown = again(tx, actor, self.topic).await;
        if receipt::is_closed(&shown) {
            let (title, category) = (self.edit.title.as_ref(), self.edit.category);
            return receipt::of_topic(tx, actor, self.topic, title, category);
        }
        shown
    }
}

/// Giving tags to a topic, and taking tags from it.
#[derive(Debug, Clone)]
pub(crate) struct ChangeTags {
    pub(crate) topic: TopicId,
    pub(crate) change: protocol::ChangeTags,
}

impl Deed for ChangeTags {
    type Reply = Topic;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Topic), Failure> {
        let (line, context) = load(tx, self.topic).await?;
        let protocol::ChangeTags { add, remove } = &self.change;
        let tags = line.topic.tags.changed(add, remove);
        let edit = policy::EditTopic {
            topic: self.topic,
            moves_to: None,
            // More than a topic can have is more than anybody may give; who may give none is told that first.
            tags: tags.as_ref().ok().cloned(),
        };
        let pace = tx.pace_of_edit(actor).await?;
        let context = EditContext { of: context, pace };
        let permit = policy::decide(actor, edit, &context)?;
        let tags = tags.map_err(|_| Denial::TooManyTags)?;
        if tags != line.topic.tags {
            topic::edit(tx, &permit, &line, &line.topic.title).await?;
            tx.note_edit(&permit, actor).await?;
            let scope = context.of.access.scope(line.topic.category);
            tx.touch(scope, Kind::Topic, self.topic.get());
        }
        Ok((self.topic.get(), read_back(tx, self.topic).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Topic, Failure> {
        let shown = again(tx, actor, self.topic).await;
        if receipt::is_closed(&shown) {
            return receipt::of_topic(tx, actor, self.topic, None, None);
        }
        shown
    }
}

/// Returns a topic for a command that was done before, to whoever may read it now.
async fn again(tx: &mut Tx<'_>, actor: &Actor, id: TopicId) -> Result<Topic, Failure> {
    let (line, context) = load(tx, id).await?;
    policy::may_read(actor, &context.access)?;
    Ok(line.topic)
}

async fn read_back(tx: &mut Tx<'_>, id: TopicId) -> StoreResult<Topic> {
    let line = topic::by_id(tx.x(), id).await?;
    line.map(|line| line.topic)
        .ok_or(crate::store::StoreError::Lost)
}

/// Staff may everything everywhere, also where nothing is: no rule speaks against it.
async fn is_there(tx: &mut Tx<'_>, category: CategoryId, access: &Access) -> Result<(), Failure> {
    if access.rules.is_empty() && category::by_id(tx.x(), category).await?.is_none() {
        return Err(Denial::NotFound.into());
    }
    Ok(())
}
