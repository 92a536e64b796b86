// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cuts a plan into pieces, each written in one transaction: what is new or changed, with its ids and its text.
//!
//! The pieces are the same whenever an import of the same documents runs, so one that was cut off goes on at the
//! edge of a piece, and ends as if it had never stopped.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use space_core::protocol::TopicLine;
use space_core::text::folded;
use space_core::{CategoryId, MemberId, Post, PostId, Topic, TopicId, TopicTally};

use super::categories::PlannedCategory;
use super::digest::{PostDigest, TopicDigest};
use super::finding::{FindingKind, Findings};
use super::known::Known;
use super::markdown::{self, Links};
use super::plan::{Birth, Plan, PlannedMember, fit_source};

/// How many posts one transaction writes: large enough that its commit costs little beside it, small enough that
/// a server beside it waits no longer than it takes to read a page.
const POSTS: usize = 500;

/// What one transaction writes.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub(crate) categories: Vec<NewCategory>,
    pub(crate) members: Vec<NewMember>,
    pub(crate) topics: Vec<TopicState>,
    pub(crate) posts: Vec<PostState>,
    /// Names that later members of this import will have.
    pub(crate) names: Arc<HashSet<String>>,
}

/// A category that is not there yet.
#[derive(Debug)]
pub(crate) struct NewCategory {
    pub(crate) id: CategoryId,
    pub(crate) parent: Option<CategoryId>,
    pub(crate) planned: PlannedCategory,
}

/// A member who is not there yet.
#[derive(Debug)]
pub(crate) struct NewMember {
    pub(crate) id: MemberId,
    pub(crate) planned: PlannedMember,
}

/// A topic that is new or changed.
#[derive(Debug)]
pub(crate) struct TopicState {
    pub(crate) source_id: i64,
    /// With no posts yet.
    pub(crate) line: TopicLine,
    pub(crate) digest: TopicDigest,
    /// What was imported before.
    pub(crate) was: Option<TopicDigest>,
}

/// A post that is new or changed.
#[derive(Debug)]
pub(crate) struct PostState {
    pub(crate) source_id: i64,
    pub(crate) post: Post,
    pub(crate) likes: i64,
    pub(crate) digest: PostDigest,
    /// What was imported before.
    pub(crate) was: Option<PostDigest>,
    /// Numbers of its topic up to this are kept free for the import.
    pub(crate) reserved: i64,
}

impl Piece {
    /// Returns whether there is nothing to write.
    pub(crate) fn is_empty(&self) -> bool {
        self.categories.is_empty()
            && self.members.is_empty()
            && self.topics.is_empty()
            && self.posts.is_empty()
    }
}

/// Makes the pieces, one after the other.
#[derive(Debug)]
pub(crate) struct Pieces {
    plan: Plan,
    known: Known,
    links: Links,
    names: Arc<HashSet<String>>,
    next: usize,
    pub(crate) findings: Findings,
}

impl Pieces {
    /// Everything in the plan must have an id.
    pub(crate) fn new(plan: Plan, known: Known) -> Self {
        let links = Links::new(&plan, &known);
        let names = plan
            .members
            .iter()
            .map(|member| folded(member.person.name.as_str()))
            .collect();
        Self {
            plan,
            known,
            links,
            names: Arc::new(names),
            next: 0,
            findings: Findings::default(),
        }
    }

    /// Makes the next piece, and says how many posts of the plan it covers; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<(Piece, u64)>> {
        if self.next == self.plan.births.len() {
            return Ok(None);
        }
        let mut piece = Piece {
            names: Arc::clone(&self.names),
            ..Piece::default()
        };
        let mut posts = 0;
        while posts < POSTS
            && let Some(thing) = self.plan.births.get(self.next).copied()
        {
            self.next += 1;
            match thing {
                Birth::Category(at) => piece.categories.extend(self.category(at)),
                Birth::Member(at) => piece.members.extend(self.member(at)),
                Birth::Topic(at) => piece.topics.extend(self.topic(at)),
                Birth::Post(at) => {
                    posts += 1;
                    piece.posts.extend(self.post(at)?);
                }
            }
        }
        Ok(Some((piece, posts as u64)))
    }

    fn id(&self, thing: Birth) -> i64 {
        self.known.of(&self.plan, thing).map_or(0, |entry| entry.id)
    }

    fn digest(&self, thing: Birth) -> &str {
        self.known
            .of(&self.plan, thing)
            .map_or("", |entry| &entry.digest)
    }

    fn category(&self, at: usize) -> Option<NewCategory> {
        if !self.digest(Birth::Category(at)).is_empty() {
            return None;
        }
        let planned = self.plan.categories[at].clone();
        Some(NewCategory {
            id: CategoryId::new(self.id(Birth::Category(at)))?,
            parent: planned
                .parent
                .and_then(|at| CategoryId::new(self.id(Birth::Category(at)))),
            planned,
        })
    }

    fn member(&self, at: usize) -> Option<NewMember> {
        if !self.digest(Birth::Member(at)).is_empty() {
            return None;
        }
        let planned = self.plan.members[at].clone();
        Some(NewMember {
            id: MemberId::new(self.id(Birth::Member(at)))?,
            planned,
        })
    }

    fn topic(&self, at: usize) -> Option<TopicState> {
        let planned = &self.plan.topics[at];
        let was = TopicDigest::read(self.digest(Birth::Topic(at)));
        let mut digest =
            TopicDigest::of(planned, &self.plan.categories[planned.category].source_id);
        if let Some(was) = &was {
            digest.reserved = was.reserved;
        }
        if was == Some(digest) {
            return None;
        }
        let id = TopicId::new(self.id(Birth::Topic(at)))?;
        let author = MemberId::new(self.id(Birth::Member(planned.author)))?;
        let topic = Topic {
            id,
            category: CategoryId::new(self.id(Birth::Category(planned.category)))?,
            author,
            title: planned.title.clone(),
            language: None,
            tags: planned.tags.clone(),
            answer: planned
                .answer
                .and_then(|answer| PostId::new(self.known.post(answer)?.id)),
            is_closed: planned.is_closed,
            is_archived: planned.is_archived,
            is_pinned: planned.is_pinned,
            is_unlisted: planned.is_unlisted,
            created_at: planned.created_at,
            revision: 1,
        };
        let tally = TopicTally {
            topic: id,
            posts: 0,
            last_number: planned.last_number,
            last_post_at: planned.created_at,
            last_poster: author,
            views: planned.views,
            likes: 0,
        };
        Some(TopicState {
            source_id: planned.source_id,
            line: TopicLine { topic, tally },
            digest,
            was,
        })
    }

    fn post(&mut self, at: usize) -> io::Result<Option<PostState>> {
        let planned = &self.plan.posts[at];
        let text = self.plan.texts.get(planned.text)?;
        let topic = &self.plan.topics[planned.topic];
        let (source, change) = fit_source(&markdown::source(planned, &text, &self.links));
        if let Some(change) = change {
            let place = format!("topic {}, number {}", topic.source_id, planned.number);
            self.findings.add(FindingKind::Value, place, change);
        }
        let digest = PostDigest::of(planned, topic.source_id, source.as_str());
        let was = PostDigest::read(self.digest(Birth::Post(at)));
        if was == Some(digest) {
            return Ok(None);
        }
        let reserved = TopicDigest::read(self.digest(Birth::Topic(planned.topic)))
            .map_or(topic.last_number, |topic| topic.reserved);
        let id = |thing| self.id(thing);
        let ids = (
            PostId::new(id(Birth::Post(at))),
            TopicId::new(id(Birth::Topic(planned.topic))),
            MemberId::new(id(Birth::Member(planned.author))),
        );
        let (Some(id), Some(topic), Some(author)) = ids else {
            return Ok(None);
        };
        let post = Post {
            id,
            topic,
            number: planned.number,
            author,
            reply_to: planned
                .reply_to
                .and_then(|post| PostId::new(self.known.post(post)?.id)),
            kind: planned.kind,
            source: source.into(),
            notice: planned.notice.as_deref().map(str::to_owned),
            language: None,
            is_hidden: planned.is_hidden,
            created_at: planned.created_at,
            written_at: None,
            edited_at: planned.edited_at,
            revision: 1,
        };
        Ok(Some(PostState {
            source_id: planned.source_id,
            post,
            likes: planned.likes,
            digest,
            was,
            reserved,
        }))
    }
}
