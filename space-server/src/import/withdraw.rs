// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Withdraws here what the source took back, in transactions of the writer.
//!
//! A post is removed like any other, its text kept for moderators. A topic moves into a category for staff alone, with
//! whatever was written in it here: nobody else reads it any more, and moderators can put it back. A category is closed.
//! What somebody here has decided otherwise stays, and is named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use space_core::policy::{self, Actor, ManageCategories, Permit, RunImport};
use space_core::protocol::{Kind, TopicLine};
use space_core::text::{About, Label, Slug};
use space_core::{Access, CategoryId, Post, Scope, Timestamp, TopicId};

use super::categories::{NamedBy, PlannedCategory};
use super::digest::{CategoryAccess, PostDigest, Presence, TopicDigest, fingerprint};
use super::finding::{FindingKind, Findings};
use super::gone::Why;
use super::report::Counts;
use super::withdrawal::{CategoryWithdrawal, PostWithdrawal, TopicWithdrawal};
use super::write::staff_only;
use crate::store::origin::Origin;
use crate::store::{Result, category, hidden, origin, post, topic};
use crate::writer::commands::{leave_others, move_topic, refresh_category};
use crate::writer::{Command, Failure, Refusal, Tx};

/// Stands for the category of withdrawn topics among the categories of a source.
pub(crate) const HOME: &str = "withdrawn";

/// The category that withdrawn topics are put into.
pub(crate) fn home(created_at: Timestamp) -> Option<PlannedCategory> {
    let about =
        "Topics that were withdrawn because the forum that they were imported from took them back.";
    Some(PlannedCategory {
        source_id: HOME.to_owned(),
        parent: None,
        slug: Slug::parse("withdrawn").ok()?,
        name: Label::parse("Withdrawn").ok()?,
        about: About::parse(about).ok()?,
        colour: None,
        position: None,
        named_by: NamedBy::Nobody,
        is_listed: false,
        says_about: false,
        is_restricted: true,
        created_at,
    })
}

/// Withdrawing some things, all of one kind.
#[derive(Debug)]
pub(crate) struct Withdraw {
    pub(crate) source: Arc<str>,
    pub(crate) what: Things,
}

/// Things of one kind.
#[derive(Debug)]
pub(crate) enum Things {
    Categories(Vec<CategoryWithdrawal>),
    /// And the category that they are put into.
    Topics(Vec<TopicWithdrawal>, CategoryId),
    Posts(Vec<PostWithdrawal>),
}

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Withdrawn {
    pub(crate) counts: Counts,
    pub(crate) findings: Findings,
}

impl Command for Withdraw {
    type Reply = Withdrawn;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> std::result::Result<Withdrawn, Failure> {
        let permit = policy::decide(&Actor::Operator, RunImport, &()).map_err(Refusal::from)?;
        let mut done = Withdrawn::default();
        match &self.what {
            Things::Categories(categories) => {
                let manage = policy::decide(&Actor::Operator, ManageCategories, &())
                    .map_err(Refusal::from)?;
                self.categories(tx, (&permit, &manage), categories, &mut done)
                    .await?;
            }
            Things::Topics(topics, home) => {
                self.topics(tx, &permit, topics, *home, &mut done).await?;
            }
            Things::Posts(posts) => self.posts(tx, &permit, posts, &mut done).await?,
        }
        Ok(done)
    }
}

impl Withdraw {
    async fn categories(
        &self,
        tx: &mut Tx<'_>,
        (permit, manage): (&Permit<RunImport>, &Permit<ManageCategories>),
        categories: &[CategoryWithdrawal],
        done: &mut Withdrawn,
    ) -> Result<()> {
        let mut noted = Vec::with_capacity(categories.len());
        for withdrawal in categories {
            let id = withdrawal.id;
            let place = format!("category {}", withdrawal.source_id);
            let before = category::access(tx.x(), id).await?;
            noted.push(Origin {
                source_id: withdrawal.source_id.clone(),
                id: id.get(),
                digest: withdrawal.was.closed().to_string(),
            });
            if !before.is_open() {
                continue;
            }
            // Opened by an import or by somebody here: an import of an earlier version did not note which.
            if withdrawal.was.access == CategoryAccess::Unknown || before != Access::open() {
                let what = "is closed in the archive now, and open here; it stays as it is \
                    (space-server category access closes it)";
                done.findings.add(FindingKind::Conflict, place, what);
                continue;
            }
            let after = staff_only();
            category::set_access(tx, manage, id, &before, &after).await?;
            let scope = after.scope(id);
            let seen = before.scope(id);
            leave_others(tx, Kind::Category, id.get(), id, seen, Some(scope));
            tx.touch(scope, Kind::Category, id.get());
            refresh_category(tx, Scope::Category(id), &after).await?;
            let what = "was closed; it is for staff alone here, until you open it";
            done.findings.add(FindingKind::TakenBack, place, what);
            done.counts.categories += 1;
        }
        origin::store(tx, permit, &self.source, "category", &noted).await
    }

    async fn topics(
        &self,
        tx: &mut Tx<'_>,
        permit: &Permit<RunImport>,
        topics: &[TopicWithdrawal],
        home: CategoryId,
        done: &mut Withdrawn,
    ) -> Result<()> {
        let access = category::all_access(tx.x()).await?;
        let ids: Vec<i64> = topics.iter().map(|topic| topic.id.get()).collect();
        let mut lines: BTreeMap<TopicId, TopicLine> = topic::by_ids(tx.x(), &ids)
            .await?
            .into_iter()
            .map(|line| (line.topic.id, line))
            .collect();
        let home_scope = shown(&access, home);
        let mut noted = Vec::with_capacity(topics.len());
        for withdrawal in topics {
            let Some(mut line) = lines.remove(&withdrawal.id) else {
                continue;
            };
            let place = format!("topic {}", withdrawal.source_id);
            let from = line.topic.category;
            let is_open = access.get(&from).is_some_and(Access::is_open);
            let mut note = |gone| {
                noted.push(Origin {
                    source_id: withdrawal.source_id.to_string(),
                    id: withdrawal.id.get(),
                    digest: TopicDigest {
                        gone,
                        ..withdrawal.digest
                    }
                    .to_string(),
                });
            };
            // Whoever fetched the forum may have had a key before: what is closed here already stays in its place.
            if withdrawal.why == Why::Closed && !is_open {
                continue;
            }
            if from != home && withdrawal.category != Some(from) {
                let what = format!(
                    "{}; it was moved here, and stays where it is",
                    withdrawal.why.text()
                );
                done.findings.add(FindingKind::Conflict, place, what);
                note(Presence::Decided);
                continue;
            }
            note(Presence::Withdrawn);
            if from == home {
                continue;
            }
            line.topic.category = home;
            topic::store_state(tx, permit, std::slice::from_ref(&line)).await?;
            move_topic(tx, withdrawal.id, from, shown(&access, from), home_scope).await?;
            let what = format!(
                "{}; its {} posts are for staff alone here",
                withdrawal.why.text(),
                line.tally.posts
            );
            done.findings.add(FindingKind::TakenBack, place, what);
            done.counts.topics += 1;
        }
        origin::store(tx, permit, &self.source, "topic", &noted).await
    }

    async fn posts(
        &self,
        tx: &mut Tx<'_>,
        permit: &Permit<RunImport>,
        posts: &[PostWithdrawal],
        done: &mut Withdrawn,
    ) -> Result<()> {
        let ids: Vec<i64> = posts.iter().map(|post| post.id.get()).collect();
        let mut here: BTreeMap<i64, (Post, i64, CategoryId)> = post::by_ids(tx.x(), &ids)
            .await?
            .into_iter()
            .map(|found| {
                (
                    found.post.id.get(),
                    (found.post, found.likes, found.category),
                )
            })
            .collect();
        let access = category::all_access(tx.x()).await?;
        let mut noted = Vec::with_capacity(posts.len());
        let mut touched: BTreeSet<TopicId> = BTreeSet::new();
        let mut less: BTreeMap<TopicId, (i64, i64)> = BTreeMap::new();
        for withdrawal in posts {
            let mut note = |gone| {
                noted.push(Origin {
                    source_id: withdrawal.source_id.to_string(),
                    id: withdrawal.id.get(),
                    digest: PostDigest {
                        gone,
                        ..withdrawal.was
                    }
                    .to_string(),
                });
            };
            // Removed here before: there is nothing to withdraw, and nothing to bring back later.
            let Some((post, likes, category)) = here.remove(&withdrawal.id.get()) else {
                note(Presence::Decided);
                continue;
            };
            let decided = decided(tx, &post, &withdrawal.was).await?;
            if let Some(decided) = decided {
                let what = format!(
                    "{}; it {decided} here, and stays as it is",
                    withdrawal.why.text()
                );
                done.findings
                    .add(FindingKind::Conflict, &withdrawal.place, what);
                note(Presence::Decided);
                continue;
            }
            note(Presence::Withdrawn);
            post::withdraw(tx, permit, post.id).await?;
            let seen = shown(&access, category);
            for kind in [Kind::Post, Kind::PostTally] {
                leave_others(tx, kind, post.id.get(), category, seen, None);
            }
            touched.insert(post.topic);
            let (fewer, unliked) = less.entry(post.topic).or_default();
            *fewer += 1;
            *unliked += likes;
            done.findings.add(
                FindingKind::TakenBack,
                &withdrawal.place,
                withdrawal.why.text(),
            );
            done.counts.posts += 1;
        }
        let ids: Vec<i64> = touched.iter().map(|id| id.get()).collect();
        for line in topic::by_ids(tx.x(), &ids).await? {
            let mut tally = line.tally;
            let (fewer, unliked) = less.get(&tally.topic).copied().unwrap_or_default();
            tally.posts -= fewer;
            tally.likes = (tally.likes - unliked).max(0);
            if let Some((author, at)) = post::last_of_topic(tx.x(), tally.topic).await? {
                (tally.last_poster, tally.last_post_at) = (author, at);
            }
            let id = tally.topic;
            topic::store_tallies(tx, permit, &[tally]).await?;
            let category = line.topic.category;
            tx.touch(shown(&access, category), Kind::TopicTally, id.get());
        }
        origin::store(tx, permit, &self.source, "post", &noted).await
    }
}

/// The scope in which a category is read.
fn shown(access: &BTreeMap<CategoryId, Access>, category: CategoryId) -> Scope {
    access
        .get(&category)
        .map_or(Scope::Category(category), |access| access.scope(category))
}

/// Returns what somebody here has decided about a post since it was imported.
pub(super) async fn decided(
    tx: &mut Tx<'_>,
    here: &Post,
    was: &PostDigest,
) -> Result<Option<&'static str>> {
    if here.is_hidden && hidden::by_id(tx.x(), here.id).await?.is_some() {
        return Ok(Some("was hidden by moderators"));
    }
    if here.is_hidden {
        return Ok(None);
    }
    if fingerprint(&here.source) != was.source {
        return Ok(Some("was edited"));
    }
    Ok(was_shown_again(here, was).then_some("was shown again by moderators"))
}

/// Whether moderators hid a post here and showed it again: its text is what was imported, and yet it was changed.
pub(super) fn was_shown_again(here: &Post, was: &PostDigest) -> bool {
    !here.is_hidden && was.revision != 0 && here.revision != was.revision
}
