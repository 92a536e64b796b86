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
use super::digest::{PostDigest, Presence, TopicDigest};
use super::emoji;
use super::finding::{FindingKind, Findings};
use super::known::Known;
use super::markdown::{self, Links};
use super::order::{self, Order};
use super::plan::{Birth, Plan, PlannedMember, PlannedPost, PlannedTopic, fit_source};
use super::withdraw::HOME;

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
    /// The id in the source of the one it stands under.
    pub(crate) parent_source_id: Option<String>,
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
    /// Whether the archive is known to be newer than what was imported before.
    pub(crate) is_newer: bool,
    /// Where the import put it before, or an import that withdrew it.
    pub(crate) was_in: Option<CategoryId>,
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

impl NewCategory {
    /// Returns a category of the plan with its ids.
    pub(crate) fn of(plan: &Plan, known: &Known, at: usize) -> Option<Self> {
        let id = |at| {
            known
                .of(plan, Birth::Category(at))
                .map_or(0, |entry| entry.id)
        };
        let planned = plan.categories[at].clone();
        Some(Self {
            id: CategoryId::new(id(at))?,
            parent: planned.parent.and_then(|at| CategoryId::new(id(at))),
            parent_source_id: planned
                .parent
                .map(|at| plan.categories[at].source_id.clone()),
            planned,
        })
    }
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
    /// How the archive's state of each topic stands to what was imported before.
    orders: Vec<Order>,
    /// Posts that were withdrawn, by id in the source.
    withdrawn: HashSet<i64>,
    next: usize,
    /// Codes that stay.
    emoji: emoji::Unknown,
    pub(crate) findings: Findings,
}

impl Pieces {
    /// Everything in the plan must have an id.
    pub(crate) fn new(plan: Plan, known: Known, withdrawn: HashSet<i64>) -> Self {
        let archive = order::of_archive(&plan, &known);
        let order = |topic: &PlannedTopic| {
            let was = TopicDigest::read(&known.topic(topic.source_id)?.digest)?;
            Some(order::of_topic(&was, topic.views, topic.seen_at, archive))
        };
        let orders = plan.topics.iter().map(order);
        let orders = orders.map(|order| order.unwrap_or(Order::Newer)).collect();
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
            orders,
            withdrawn,
            next: 0,
            emoji: emoji::Unknown::default(),
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

    /// Returns everything there is to tell, when the last piece was made.
    pub(crate) fn into_findings(mut self) -> Findings {
        self.emoji.tell(&mut self.findings);
        self.findings
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
        NewCategory::of(&self.plan, &self.known, at)
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

    fn topic(&mut self, at: usize) -> Option<TopicState> {
        let planned = &self.plan.topics[at];
        let was = TopicDigest::read(self.digest(Birth::Topic(at)));
        let mut digest =
            TopicDigest::of(planned, &self.plan.categories[planned.category].source_id);
        let mut is_unlisted = planned.is_unlisted;
        let order = self.orders[at];
        if let Some(was) = &was {
            digest.reserved = was.reserved;
            digest.seen_at = digest.seen_at.max(was.seen_at);
            if planned.views == 0 {
                digest.views = was.views;
            }
            let place = format!("topic {}", planned.source_id);
            let is_there = was.gone == Presence::There;
            if order == Order::Older || (was.gone == Presence::Withdrawn && order != Order::Newer) {
                if !is_there || !digest.says_as(was) {
                    let what = older(is_there, order);
                    self.findings.add(FindingKind::Older, place, what);
                }
                return None;
            }
            if order != Order::Newer {
                digest.gone = was.gone;
                if was.is_unlisted && !digest.is_unlisted {
                    let what = "is listed in this archive, which is not known to be newer";
                    self.findings.add(FindingKind::Older, place, what);
                    (digest.is_unlisted, is_unlisted) = (true, true);
                }
            }
        }
        if was == Some(digest) {
            return None;
        }
        let was_in = was.and_then(|was| self.was_in(&was));
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
            is_unlisted,
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
            is_newer: order == Order::Newer,
            was_in,
        })
    }

    /// Where an import put a topic.
    fn was_in(&self, was: &TopicDigest) -> Option<CategoryId> {
        let source_id = match (was.gone, was.category) {
            (Presence::Withdrawn, _) => HOME.to_owned(),
            (_, ..0) => "none".to_owned(),
            (_, id) => id.to_string(),
        };
        self.known
            .category(&source_id)
            .and_then(|entry| CategoryId::new(entry.id))
    }

    /// Returns whether a post is left as it is, because what was imported before is newer.
    fn is_left(
        &mut self,
        planned: &PlannedPost,
        digest: &mut PostDigest,
        was: Option<&PostDigest>,
    ) -> bool {
        let topic = &self.plan.topics[planned.topic];
        let of_topic = self.orders[planned.topic];
        let topic_was = TopicDigest::read(self.digest(Birth::Topic(planned.topic)));
        let place = format!("topic {}, number {}", topic.source_id, planned.number);
        let is_of_withdrawn = topic_was
            .as_ref()
            .is_some_and(|was| was.gone == Presence::Withdrawn);
        let Some(was) = was else {
            if is_of_withdrawn && of_topic != Order::Newer {
                return true;
            }
            // The newer archive had every post of the topic that was shown then, and this was not among them.
            if of_topic == Order::Older && topic_was.is_some_and(|was| was.is_whole) {
                let what = "is there in this archive, and was not in a newer one";
                self.findings.add(FindingKind::Older, place, what);
                return true;
            }
            return false;
        };
        let order = order::of_post(was, planned.updated_at, of_topic);
        let is_there = was.gone == Presence::There;
        if order == Order::Older || (was.gone == Presence::Withdrawn && order != Order::Newer) {
            if !is_there || !digest.says_as(was) {
                let what = older(is_there, order);
                self.findings.add(FindingKind::Older, place, what);
            }
            return true;
        }
        if order != Order::Newer {
            digest.gone = was.gone;
            if was.is_hidden && !digest.is_hidden {
                let what = "is shown in this archive, which is not known to be newer";
                self.findings.add(FindingKind::Older, place, what);
                return true;
            }
        }
        false
    }

    fn post(&mut self, at: usize) -> io::Result<Option<PostState>> {
        let planned = &self.plan.posts[at];
        let text = self.plan.texts.get(planned.text)?;
        let topic = &self.plan.topics[planned.topic];
        let mut made = markdown::source(planned, &text, &self.links);
        if let Some(text) = self.emoji.replace_in(&made.text) {
            made.text = text;
        }
        let (source, change) = fit_source(&made.text);
        let place = format!("topic {}, number {}", topic.source_id, planned.number);
        if let Some((kind, change)) = change {
            self.findings.add(kind, &place, change);
        }
        if let Some(lost) = made.lost() {
            self.findings.add(FindingKind::Lost, &place, lost);
        }
        if let Some(address) = made.relative {
            self.findings.add(FindingKind::Relative, &place, address);
        }
        if self.withdrawn.contains(&planned.source_id) {
            return Ok(None);
        }
        let mut digest = PostDigest::of(planned, topic.source_id, source.as_str());
        let was = PostDigest::read(self.digest(Birth::Post(at)));
        if let Some(was) = &was {
            digest.revision = was.revision;
        }
        let planned = planned.clone();
        if self.is_left(&planned, &mut digest, was.as_ref()) || was == Some(digest) {
            return Ok(None);
        }
        let topic = &self.plan.topics[planned.topic];
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

/// Why a thing is left as it is.
fn older(is_there: bool, order: Order) -> &'static str {
    match (is_there, order) {
        (true, _) => "is different in a newer archive",
        (false, Order::Older) => "is there in this archive, and was gone in a newer one",
        (false, _) => {
            "is there in this archive, which is not known to be newer than the one without it"
        }
    }
}
