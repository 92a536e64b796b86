// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writes one piece of an import in one transaction, beside whatever else happens to the space.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use space_core::policy::{self, Actor, Permit, RunImport};
use space_core::protocol::{Kind, TopicLine};
use space_core::text::folded;
use space_core::{
    Access, AccessRule, Audience, Category, CategoryId, Level, PostId, Scope, TopicId,
};

use super::categories::fit_slug;
use super::digest::{PostDigest, WRITTEN};
use super::finding::{FindingKind, Findings};
use super::people;
use super::piece::{NewMember, Piece, TopicState};
use super::report::{Counts, Written};
use super::restate;
use super::restate_categories;
use crate::store::origin::Origin;
use crate::store::{Result, category, member, origin, post, topic};
use crate::writer::commands::{refresh_category, refresh_member};
use crate::writer::{Command, Failure, Refusal, Tx};

/// Writing one piece.
#[derive(Debug)]
pub(crate) struct WritePiece {
    pub(crate) source: Arc<str>,
    pub(crate) piece: Piece,
}

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) written: Written,
    /// Of what changed: what is not for everyone any more.
    pub(crate) withdrawn: Counts,
    pub(crate) findings: Findings,
    /// New categories, as they are remembered.
    categories: Vec<Origin>,
    /// The revisions in which posts were left.
    pub(super) revisions: BTreeMap<PostId, i64>,
}

impl Command for WritePiece {
    type Reply = Done;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> std::result::Result<Done, Failure> {
        let permit = policy::decide(&Actor::Operator, RunImport, &()).map_err(Refusal::from)?;
        let mut done = Done::default();
        self.categories(tx, &permit, &mut done).await?;
        let access = category::all_access(tx.x()).await?;
        self.members(tx, &permit, &access, &mut done).await?;
        let mut topics = Lines {
            by_id: self.lines(tx).await?,
            ..Lines::default()
        };
        for state in self.piece.topics.iter().filter(|state| state.was.is_none()) {
            topics.by_id.insert(state.line.topic.id, state.line.clone());
            topics.new.insert(state.line.topic.id);
        }
        let new_posts = self.place_posts(&mut topics, &mut done);
        let new: Vec<TopicLine> = topics
            .new
            .iter()
            .filter_map(|id| topics.by_id.get(id))
            .cloned()
            .collect();
        topic::insert(tx, &permit, &new).await?;
        let posts: Vec<_> = new_posts
            .iter()
            .map(|(post, likes)| (post.clone(), *likes))
            .collect();
        post::insert(tx, &permit, &posts).await?;
        for state in self.piece.topics.iter().filter(|state| state.was.is_some()) {
            restate::topic(tx, &permit, state, &mut topics, &mut done).await?;
        }
        restate::posts(tx, &permit, &self.piece.posts, &mut topics, &mut done).await?;
        let tallies: Vec<_> = topics
            .tallied
            .iter()
            .filter(|id| !topics.new.contains(id))
            .filter_map(|id| topics.by_id.get(id))
            .map(|line| line.tally.clone())
            .collect();
        topic::store_tallies(tx, &permit, &tallies).await?;

        let scope = |id: CategoryId| {
            access
                .get(&id)
                .map_or(Scope::Category(id), |access| access.scope(id))
        };
        for id in topics.new.iter().chain(&topics.changed) {
            if let Some(line) = topics.by_id.get(id) {
                tx.touch(scope(line.topic.category), Kind::Topic, id.get());
            }
        }
        for id in &topics.tallied {
            if let Some(line) = topics.by_id.get(id) {
                tx.touch(scope(line.topic.category), Kind::TopicTally, id.get());
            }
        }
        for (post, likes) in &posts {
            if let Some(line) = topics.by_id.get(&post.topic) {
                let scope = scope(line.topic.category);
                tx.touch(scope, Kind::Post, post.id.get());
                // The topic and its numbers name the author, unless the post is hidden.
                if post.number == 1 {
                    tx.touch(scope, Kind::Topic, post.topic.get());
                }
                if post.created_at == line.tally.last_post_at {
                    tx.touch(scope, Kind::TopicTally, post.topic.get());
                }
                if *likes > 0 {
                    tx.touch(scope, Kind::PostTally, post.id.get());
                }
            }
        }
        for (kind, id, of) in &topics.moved {
            if let Some(line) = topics.by_id.get(of) {
                let scope = scope(line.topic.category);
                tx.touch(scope, *kind, *id);
                // It may be hidden since, or not any more.
                if *kind == Kind::Post {
                    tx.touch(scope, Kind::Topic, of.get());
                    tx.touch(scope, Kind::TopicTally, of.get());
                }
            }
        }
        done.written.new.topics = new.len() as u64;
        done.written.new.posts = posts.len() as u64;
        done.written.withdrawn = done.withdrawn;
        self.remember(tx, &permit, &done).await?;
        Ok(done)
    }
}

/// The topics that a piece touches, as they will be.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) by_id: BTreeMap<TopicId, TopicLine>,
    pub(super) new: BTreeSet<TopicId>,
    /// Whose state changed.
    pub(super) changed: BTreeSet<TopicId>,
    /// Whose numbers changed.
    pub(super) tallied: BTreeSet<TopicId>,
    /// Posts and tallies of posts that changed, and the topics they are in.
    pub(super) moved: Vec<(Kind, i64, TopicId)>,
}

impl WritePiece {
    async fn categories(
        &self,
        tx: &mut Tx<'_>,
        permit: &Permit<RunImport>,
        done: &mut Done,
    ) -> Result<()> {
        for new in &self.piece.categories {
            let planned = &new.planned;
            let mut slug = planned.slug.clone();
            let mut nth_try = 0;
            while category::by_slug(tx.x(), slug.as_str()).await?.is_some() {
                nth_try += 1;
                slug = fit_slug(planned.slug.as_str(), &planned.source_id, nth_try);
            }
            if slug != planned.slug {
                let place = format!("category {}", planned.source_id);
                done.findings.add(
                    FindingKind::Category,
                    place,
                    format!("{} is {slug} here", planned.slug),
                );
            }
            let access = if planned.is_restricted {
                staff_only()
            } else {
                Access::open()
            };
            let position = match planned.position {
                Some(position) => position,
                None => category::next_position(tx.x()).await?,
            };
            let category = Category {
                id: new.id,
                parent: new.parent,
                slug,
                name: planned.name.clone(),
                about: planned.about.clone(),
                colour: planned.colour,
                icon: None,
                language: None,
                position,
                is_open: access.is_open(),
                created_at: planned.created_at,
                revision: 1,
            };
            category::insert(tx, permit, &category, &access).await?;
            tx.touch(access.scope(new.id), Kind::Category, new.id.get());
            refresh_category(tx, Scope::Category(new.id), &access).await?;
            done.written.new.categories += 1;
            done.categories.push(Origin {
                source_id: planned.source_id.clone(),
                id: new.id.get(),
                digest: restate_categories::first(new, position).to_string(),
            });
        }
        Ok(())
    }

    async fn members(
        &self,
        tx: &mut Tx<'_>,
        permit: &Permit<RunImport>,
        access: &BTreeMap<CategoryId, Access>,
        done: &mut Done,
    ) -> Result<()> {
        let mut names = Vec::with_capacity(self.piece.members.len());
        let mut chosen = HashSet::new();
        for NewMember { planned, .. } in &self.piece.members {
            // The name was free when the import began; somebody may have taken it since.
            let mut name = planned.person.name.clone();
            let mut nth_try = 0;
            while member::by_name(tx.x(), &name).await?.is_some()
                || chosen.contains(&folded(name.as_str()))
            {
                loop {
                    nth_try += 1;
                    name = people::fit(&planned.person.username, nth_try);
                    if !self.piece.names.contains(&folded(name.as_str())) {
                        break;
                    }
                }
            }
            if name != planned.person.name {
                let here = format!("is {name} here");
                done.findings
                    .add(FindingKind::Renamed, &planned.person.username, here);
            }
            chosen.insert(folded(name.as_str()));
            names.push(name);
        }
        let new: Vec<member::NewMember<'_>> = self
            .piece
            .members
            .iter()
            .zip(&names)
            .map(|(new, name)| member::NewMember {
                id: new.id,
                kind: new.planned.person.kind,
                name,
                display_name: new.planned.person.display_name.as_ref(),
                trust_level: new.planned.person.trust_level,
                created_at: new.planned.created_at,
            })
            .collect();
        member::insert(tx, permit, &new).await?;
        // A new member is in no group and holds no role: only this can open anything closed to them.
        let may_read_more = access.values().any(|access| {
            !access.is_open()
                && access
                    .rules
                    .iter()
                    .any(|rule| rule.audience == Audience::Members)
        });
        for NewMember { id, .. } in &self.piece.members {
            tx.touch(Scope::Public, Kind::Member, id.get());
            if may_read_more {
                refresh_member(tx, *id).await?;
            }
        }
        done.written.new.members += self.piece.members.len() as u64;
        Ok(())
    }

    /// Reads the topics that are there and that something here belongs to.
    async fn lines(&self, tx: &mut Tx<'_>) -> Result<BTreeMap<TopicId, TopicLine>> {
        let new: BTreeSet<TopicId> = self
            .piece
            .topics
            .iter()
            .filter(|t| t.was.is_none())
            .map(|t| t.line.topic.id)
            .collect();
        let mut ids: BTreeSet<i64> = self
            .piece
            .topics
            .iter()
            .map(|t| t.line.topic.id.get())
            .collect();
        ids.extend(self.piece.posts.iter().map(|state| state.post.topic.get()));
        let ids: Vec<i64> = ids
            .into_iter()
            .filter(|id| !new.iter().any(|new| new.get() == *id))
            .collect();
        let lines = topic::by_ids(tx.x(), &ids).await?;
        Ok(lines
            .into_iter()
            .map(|line| (line.topic.id, line))
            .collect())
    }

    /// Gives new posts their numbers, and counts them.
    fn place_posts(&self, topics: &mut Lines, done: &mut Done) -> Vec<(space_core::Post, i64)> {
        let mut placed = Vec::new();
        for state in self.piece.posts.iter().filter(|state| state.was.is_none()) {
            let mut post = state.post.clone();
            let Some(line) = topics.by_id.get_mut(&post.topic) else {
                let place = format!("topic {}, number {}", state.digest.topic, post.number);
                done.findings.add(
                    FindingKind::Conflict,
                    place,
                    "its topic is not here any more",
                );
                continue;
            };
            let tally = &mut line.tally;
            if post.number > state.reserved && post.number <= tally.last_number {
                let place = format!("topic {}, number {}", state.digest.topic, post.number);
                post.number = tally.last_number + 1;
                let what = format!("somebody here has that number; it is {} here", post.number);
                done.findings.add(FindingKind::Renumbered, place, what);
            }
            tally.posts += 1;
            tally.likes += state.likes;
            tally.last_number = tally.last_number.max(post.number);
            if tally.posts == 1 || post.created_at >= tally.last_post_at {
                (tally.last_post_at, tally.last_poster) = (post.created_at, post.author);
            }
            topics.tallied.insert(post.topic);
            placed.push((post, state.likes));
        }
        placed
    }

    /// Remembers what was imported.
    async fn remember(
        &self,
        tx: &mut Tx<'_>,
        permit: &Permit<RunImport>,
        done: &Done,
    ) -> Result<()> {
        let piece = &self.piece;
        let written = |source_id: &str, id: i64, digest: String| Origin {
            source_id: source_id.to_owned(),
            id,
            digest,
        };
        let members: Vec<_> = piece
            .members
            .iter()
            .map(|new| {
                let source_id = &new.planned.person.source_id;
                written(source_id, new.id.get(), WRITTEN.to_owned())
            })
            .collect();
        let topic = |state: &TopicState| Origin {
            source_id: state.source_id.to_string(),
            id: state.line.topic.id.get(),
            digest: state.digest.to_string(),
        };
        let topics: Vec<_> = piece.topics.iter().map(topic).collect();
        let posts = piece.posts.iter().map(|state| Origin {
            source_id: state.source_id.to_string(),
            id: state.post.id.get(),
            digest: match done.revisions.get(&state.post.id) {
                Some(revision) => PostDigest {
                    revision: *revision,
                    ..state.digest
                }
                .to_string(),
                None => state.digest.to_string(),
            },
        });
        let posts: Vec<_> = posts.collect();
        for (kind, origins) in [
            ("category", &done.categories),
            ("member", &members),
            ("topic", &topics),
            ("post", &posts),
        ] {
            origin::store(tx, permit, &self.source, kind, origins).await?;
        }
        Ok(())
    }
}

/// Until somebody opens it.
pub(super) fn staff_only() -> Access {
    Access {
        rules: vec![AccessRule {
            audience: Audience::Staff,
            level: Level::Start,
        }],
    }
}
