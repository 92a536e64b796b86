// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What earlier imports of the same source brought, and the ids of what this one will bring.
//!
//! All ids are drawn before anything is written, in the order of birth: so a text may link to what comes later, and
//! an import that was cut off goes on with the same ids. Until a thing is written its digest is empty.

use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use space_core::policy::{self, Actor, RunImport};

use super::plan::{Birth, Plan};
use crate::store::{Executor, Result, Store, origin};
use crate::writer::{Command, Failure, Refusal, Tx};

/// How many ids one transaction draws.
const CHUNK: usize = 10_000;

/// A thing that has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: i64,
    /// Empty when it is not written yet.
    pub(crate) digest: Box<str>,
}

/// Everything of one source that has an id, by its id there.
#[derive(Debug, Default)]
pub(crate) struct Known {
    categories: HashMap<String, Entry>,
    members: HashMap<String, Entry>,
    topics: HashMap<i64, Entry>,
    posts: HashMap<i64, Entry>,
    /// The latest moment that any archive told of, in milliseconds; 0 when none was imported.
    archive_seen_at: i64,
}

impl Known {
    /// Reads what is known of a source.
    pub(crate) async fn read(store: &Store, source: &Arc<str>) -> Result<Self> {
        let source = Arc::clone(source);
        store
            .read_long(move |x| -> BoxFuture<'_, Result<Self>> { Box::pin(read(x, source)) })
            .await
    }

    /// Finds the entry of a planned thing.
    pub(crate) fn of(&self, plan: &Plan, thing: Birth) -> Option<&Entry> {
        match thing {
            Birth::Category(at) => self.categories.get(&plan.categories[at].source_id),
            Birth::Member(at) => self.members.get(&plan.members[at].person.source_id),
            Birth::Topic(at) => self.topics.get(&plan.topics[at].source_id),
            Birth::Post(at) => self.posts.get(&plan.posts[at].source_id),
        }
    }

    /// Finds a topic by its id in the source.
    pub(crate) fn topic(&self, source_id: i64) -> Option<&Entry> {
        self.topics.get(&source_id)
    }

    /// Finds a category by its id in the source.
    pub(crate) fn category(&self, source_id: &str) -> Option<&Entry> {
        self.categories.get(source_id)
    }

    /// Lists the topics that were written.
    pub(crate) fn topics(&self) -> impl Iterator<Item = (i64, &Entry)> {
        let topics = self.topics.iter().map(|(id, entry)| (*id, entry));
        topics.filter(|(_, entry)| !entry.digest.is_empty())
    }

    /// Lists the posts that were written.
    pub(crate) fn posts(&self) -> impl Iterator<Item = (i64, &Entry)> {
        let posts = self.posts.iter().map(|(id, entry)| (*id, entry));
        posts.filter(|(_, entry)| !entry.digest.is_empty())
    }

    /// Returns the latest moment that any archive told of; 0 when none was imported.
    pub(crate) fn archive_seen_at(&self) -> i64 {
        self.archive_seen_at
    }

    /// Finds a post by its id in the source.
    pub(crate) fn post(&self, source_id: i64) -> Option<&Entry> {
        self.posts.get(&source_id)
    }

    /// The commands that give an id to everything in a plan that has none, in the order of birth.
    pub(crate) fn reserve(&self, plan: &Plan, source: &Arc<str>) -> Vec<Reserve> {
        let is_closed = |category: usize| plan.categories[category].is_restricted;
        let missing: Vec<Nameless> = plan
            .births
            .iter()
            .filter(|thing| self.of(plan, **thing).is_none())
            .map(|thing| match *thing {
                Birth::Category(at) => {
                    let it = &plan.categories[at];
                    ("category", it.source_id.clone(), is_closed(at))
                }
                Birth::Member(at) => ("member", plan.members[at].person.source_id.clone(), false),
                Birth::Topic(at) => {
                    let it = &plan.topics[at];
                    ("topic", it.source_id.to_string(), is_closed(it.category))
                }
                Birth::Post(at) => {
                    let it = &plan.posts[at];
                    let category = plan.topics[it.topic].category;
                    ("post", it.source_id.to_string(), is_closed(category))
                }
            })
            .collect();
        missing
            .chunks(CHUNK)
            .map(|things| Reserve {
                source: Arc::clone(source),
                things: things.to_vec(),
            })
            .collect()
    }
}

async fn read(x: &mut Executor<'_>, source: Arc<str>) -> Result<Known> {
    let entry = |origin: origin::Origin| {
        (
            origin.source_id,
            Entry {
                id: origin.id,
                digest: origin.digest.into_boxed_str(),
            },
        )
    };
    let numbered = |origin| {
        let (source_id, entry) = entry(origin);
        source_id.parse().ok().map(|id| (id, entry))
    };
    Ok(Known {
        categories: origin::of_kind(x, &source, "category")
            .await?
            .into_iter()
            .map(entry)
            .collect(),
        members: origin::of_kind(x, &source, "member")
            .await?
            .into_iter()
            .map(entry)
            .collect(),
        topics: origin::of_kind(x, &source, "topic")
            .await?
            .into_iter()
            .filter_map(numbered)
            .collect(),
        posts: origin::of_kind(x, &source, "post")
            .await?
            .into_iter()
            .filter_map(numbered)
            .collect(),
        archive_seen_at: origin::of_kind(x, &source, ARCHIVE)
            .await?
            .first()
            .and_then(|archive| archive.digest.parse().ok())
            .unwrap_or(0),
    })
}

/// The kind under which the newest archive is noted; it is no thing of the space, and has no id.
const ARCHIVE: &str = "archive";

/// Notes the latest moment that an archive tells of.
#[derive(Debug)]
pub(crate) struct NoteArchive {
    pub(crate) source: Arc<str>,
    pub(crate) seen_at: i64,
}

impl Command for NoteArchive {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> std::result::Result<(), Failure> {
        let permit = policy::decide(&Actor::Operator, RunImport, &()).map_err(Refusal::from)?;
        let archive = origin::Origin {
            source_id: ARCHIVE.to_owned(),
            id: 0,
            digest: self.seen_at.to_string(),
        };
        origin::store(tx, &permit, &self.source, ARCHIVE, &[archive]).await?;
        Ok(())
    }
}

/// A thing without an id: its kind, its id in the source, and whether it is closed.
type Nameless = (&'static str, String, bool);

/// Gives ids to things, by kind and id in the source.
#[derive(Debug)]
pub(crate) struct Reserve {
    source: Arc<str>,
    things: Vec<Nameless>,
}

impl Reserve {
    /// Gives an id to one closed category.
    pub(crate) fn closed_category(source: &Arc<str>, source_id: &str) -> Self {
        Self {
            source: Arc::clone(source),
            things: vec![("category", source_id.to_owned(), true)],
        }
    }
}

impl Command for Reserve {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> std::result::Result<(), Failure> {
        let permit = policy::decide(&Actor::Operator, RunImport, &()).map_err(Refusal::from)?;
        let mut by_kind: HashMap<&str, Vec<(String, i64)>> = HashMap::new();
        for (kind, source_id, is_closed) in &self.things {
            let id = if *is_closed {
                tx.next_unseen(Some).await?
            } else {
                tx.next_id(Some)?
            };
            by_kind
                .entry(kind)
                .or_default()
                .push((source_id.clone(), id));
        }
        for (kind, ids) in by_kind {
            origin::reserve(tx, &permit, &self.source, kind, &ids).await?;
        }
        Ok(())
    }
}
