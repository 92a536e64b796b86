// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What members remember of their own reading: how far, until when, and what to find again. All of it goes to their own
//! scope, and nobody else sees it.

use std::collections::BTreeSet;

use space_core::policy::{self, Actor, Denial};
use space_core::protocol::{self, CatchUpPlace, CaughtUpBefore, Kind};
use space_core::reading::take_mark;
use space_core::{Bookmark, CaughtUp, MemberId, PostId, ReadPosition, Scope, Timestamp, TopicId};

use super::topic::load;
use crate::store::{bookmark, category, caught_up, post, read_position};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Places that one command may name; more are no command of a person.
const PLACES_MOST: usize = 1000;

/// Remembering how far one has read.
#[derive(Debug, Clone)]
pub(crate) struct MarkRead {
    pub(crate) topic: TopicId,
    pub(crate) mark: protocol::MarkRead,
}

impl Deed for MarkRead {
    type Reply = ReadPosition;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, ReadPosition), Failure> {
        let (line, context) = load(tx, self.topic).await?;
        let permit = policy::decide(actor, policy::MarkRead { topic: self.topic }, &context)?;
        let member = permit.actor().ok_or(Denial::SignedOut)?;
        let held = held(tx, member, self.topic).await?;
        let last = line.tally.last_number;
        let mark = self.believed(tx.now());
        let position = take_mark(self.topic, held.as_ref(), &mark, last, tx.now());
        if held.as_ref() != Some(&position) {
            read_position::store(tx, &permit, member, &position).await?;
            tx.touch(Scope::Member(member), Kind::ReadPosition, self.topic.get());
        }
        Ok((self.topic.get(), position))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<ReadPosition, Failure> {
        let member: MemberId = actor.member().ok_or(Denial::SignedOut)?;
        let held = held(tx, member, self.topic).await?;
        let mark = self.believed(tx.now());
        Ok(held.unwrap_or_else(|| take_mark(self.topic, None, &mark, mark.number, tx.now())))
    }
}

impl MarkRead {
    /// Returns the mark with the time that its sender names, where that can be.
    fn believed(&self, now: Timestamp) -> protocol::MarkRead {
        protocol::MarkRead {
            marked_at: self.mark.marked_at.map(|at| at.within(now)),
            ..self.mark.clone()
        }
    }
}

async fn held(
    tx: &mut Tx<'_>,
    member: MemberId,
    topic: TopicId,
) -> Result<Option<ReadPosition>, Failure> {
    let found = read_position::by_topics(tx.x(), member, &[topic.get()]).await?;
    Ok(found.into_iter().next())
}

/// Counting everything until a moment as read.
#[derive(Debug, Clone)]
pub(crate) struct CatchUp {
    pub(crate) command: protocol::CatchUp,
}

impl Deed for CatchUp {
    type Reply = CaughtUpBefore;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, CaughtUpBefore), Failure> {
        let places = &self.command.places;
        let distinct: BTreeSet<_> = places.iter().map(|place| place.category).collect();
        if places.is_empty() || places.len() > PLACES_MOST || distinct.len() < places.len() {
            return Err(Refusal::Invalid {
                why: format!("name between 1 and {PLACES_MOST} places, each once"),
            }
            .into());
        }
        let now = tx.now();
        let at = self.command.marked_at.map_or(now, |at| at.within(now));
        let mut allowed = Vec::new();
        for place in places {
            let access = match place.category {
                None => None,
                Some(id) if category::by_id(tx.x(), id).await?.is_none() => {
                    return Err(Denial::NotFound.into());
                }
                Some(id) => Some(category::access(tx.x(), id).await?),
            };
            let action = policy::CatchUp {
                category: place.category,
            };
            let permit = policy::decide(actor, action, &access)?;
            let member = permit.actor().ok_or(Denial::SignedOut)?;
            let next = CaughtUp {
                category: place.category,
                // What is yet to be written cannot have been read.
                until: place.until.min(now),
                changed_at: at,
            };
            let known = caught_up::by_places(tx.x(), member, &[next.id()]).await?;
            allowed.push((permit, member, known.into_iter().next(), next));
        }
        let mut before = Vec::new();
        for (permit, member, known, next) in allowed {
            if known.as_ref().is_some_and(|known| known.changed_at > at) {
                continue;
            }
            before.push(CatchUpPlace {
                category: next.category,
                until: known.map(|known| known.until).unwrap_or_default(),
            });
            caught_up::store(tx, &permit, member, &next).await?;
            tx.touch(Scope::Member(member), Kind::CaughtUp, next.id());
        }
        Ok((CaughtUp::EVERYWHERE, CaughtUpBefore { before }))
    }

    async fn again<'t>(
        &'t self,
        _: &'t mut Tx<'_>,
        _: &'t Actor,
        _: i64,
    ) -> Result<CaughtUpBefore, Failure> {
        // What was there before is known no more; whoever repeats has it from the replica.
        Ok(CaughtUpBefore { before: Vec::new() })
    }
}

/// Putting a mark in a topic or post.
#[derive(Debug, Clone)]
pub(crate) struct PutBookmark {
    pub(crate) id: i64,
    pub(crate) command: protocol::PutBookmark,
}

impl Deed for PutBookmark {
    type Reply = Bookmark;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Bookmark), Failure> {
        let post = match PostId::new(self.id) {
            Some(id) => post::by_id(tx.x(), id).await?.map(|found| found.post),
            None => None,
        };
        let topic = match &post {
            Some(post) => post.topic,
            None => TopicId::new(self.id).ok_or(Denial::NotFound)?,
        };
        let (_, context) = load(tx, topic).await?;
        let action = policy::PutBookmark {
            topic,
            post: post.map(|post| post.id),
        };
        let permit = policy::decide(actor, action, &context)?;
        let member = permit.actor().ok_or(Denial::SignedOut)?;
        let held = bookmark::by_targets(tx.x(), member, &[self.id])
            .await?
            .pop();
        let now = tx.now();
        let bookmark = Bookmark {
            topic,
            post: permit.action().post,
            note: self.command.note.clone(),
            created_at: held.map_or(
                self.command.written_at.map_or(now, |at| at.within(now)),
                |held| held.created_at,
            ),
        };
        bookmark::store(tx, &permit, member, &bookmark).await?;
        tx.touch(Scope::Member(member), Kind::Bookmark, self.id);
        Ok((self.id, bookmark))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Bookmark, Failure> {
        let member: MemberId = actor.member().ok_or(Denial::SignedOut)?;
        if let Some(found) = bookmark::by_targets(tx.x(), member, &[id]).await?.pop() {
            return Ok(found);
        }
        // Taken out since. What the command said of it is told, as it was done.
        let stub = match PostId::new(id) {
            Some(id) => post::stub(tx.x(), id).await?,
            None => None,
        };
        let (topic, post) = match stub {
            Some(stub) => (stub.topic, Some(stub.id)),
            None => (TopicId::new(id).ok_or(Denial::NotFound)?, None),
        };
        let now = tx.now();
        Ok(Bookmark {
            topic,
            post,
            note: self.command.note.clone(),
            created_at: self.command.written_at.map_or(now, |at| at.within(now)),
        })
    }
}

/// Taking a mark out. It is fine when there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RemoveBookmark {
    pub(crate) id: i64,
}

impl Deed for RemoveBookmark {
    type Reply = ();

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let permit = policy::decide(actor, policy::RemoveBookmark { id: self.id }, &())?;
        let member = permit.actor().ok_or(Denial::SignedOut)?;
        if bookmark::delete(tx, &permit, member).await? {
            tx.leave(Scope::Member(member), Kind::Bookmark, self.id);
        }
        Ok((self.id, ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
