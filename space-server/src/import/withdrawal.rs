// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What has to be withdrawn here because the source took it back: found by comparing what is gone there with what was
//! imported before. Nothing is written here ([`withdraw`](super::withdraw) does that).

use std::collections::{BTreeMap, HashSet};

use space_core::{CategoryId, PostId, TopicId};

use super::digest::{CategoryAccess, CategoryDigest, PostDigest, Presence, TopicDigest};
use super::finding::{FindingKind, Findings};
use super::gone::Why;
use super::known::Known;
use super::order::{self, Order};
use super::plan::Plan;

/// A topic to withdraw.
#[derive(Debug, Clone)]
pub(crate) struct TopicWithdrawal {
    pub(crate) source_id: i64,
    pub(crate) id: TopicId,
    pub(crate) why: Why,
    /// The category that the import put it into.
    pub(crate) category: Option<CategoryId>,
    /// What is noted of it then.
    pub(crate) digest: TopicDigest,
}

/// A post to withdraw.
#[derive(Debug, Clone)]
pub(crate) struct PostWithdrawal {
    pub(crate) source_id: i64,
    pub(crate) id: PostId,
    /// As the report names it.
    pub(crate) place: String,
    pub(crate) why: Why,
    /// What was imported of it.
    pub(crate) was: PostDigest,
}

/// A category to close.
#[derive(Debug, Clone)]
pub(crate) struct CategoryWithdrawal {
    pub(crate) source_id: String,
    pub(crate) id: CategoryId,
    pub(crate) was: CategoryDigest,
}

/// Everything to withdraw.
#[derive(Debug, Default)]
pub(crate) struct Withdrawals {
    pub(crate) categories: Vec<CategoryWithdrawal>,
    pub(crate) topics: Vec<TopicWithdrawal>,
    pub(crate) posts: Vec<PostWithdrawal>,
}

impl Withdrawals {
    /// Returns the ids in the source of the posts to withdraw.
    pub(crate) fn post_ids(&self) -> HashSet<i64> {
        self.posts.iter().map(|post| post.source_id).collect()
    }
}

/// Finds what has to be withdrawn. `is_whole` says that what the archive does not mention is gone.
pub(crate) fn plan(
    plan: &Plan,
    known: &Known,
    is_whole: bool,
    findings: &mut Findings,
) -> Withdrawals {
    let archive = order::of_archive(plan, known);
    let mut finder = Finder {
        plan,
        known,
        archive,
        orders: BTreeMap::new(),
        findings,
        found: Withdrawals::default(),
    };
    finder.categories();
    finder.topics();
    finder.absent(is_whole);
    finder.posts();
    finder.found
}

struct Finder<'a> {
    plan: &'a Plan,
    known: &'a Known,
    archive: Order,
    /// By id in the source: how the archive's state of a topic stands to what was imported.
    orders: BTreeMap<i64, Order>,
    findings: &'a mut Findings,
    found: Withdrawals,
}

impl Finder<'_> {
    fn categories(&mut self) {
        for category in self.plan.categories.iter().filter(|c| c.is_restricted) {
            let Some(entry) = self.known.category(&category.source_id) else {
                continue;
            };
            let was = CategoryDigest::read(&entry.digest);
            let Some(id) = CategoryId::new(entry.id) else {
                continue;
            };
            if entry.digest.is_empty() || was.access == CategoryAccess::Closed {
                continue;
            }
            if self.archive == Order::Older {
                let place = format!("category {}", category.source_id);
                let what = "is closed in this archive, and was open in a newer one";
                self.findings.add(FindingKind::Older, place, what);
                continue;
            }
            self.found.categories.push(CategoryWithdrawal {
                source_id: category.source_id.clone(),
                id,
                was,
            });
        }
    }

    fn topics(&mut self) {
        for topic in &self.plan.topics {
            if let Some(was) = self.topic_digest(topic.source_id) {
                let order = order::of_topic(&was, topic.views, topic.seen_at, self.archive);
                self.orders.insert(topic.source_id, order);
            }
        }
        for (source_id, gone) in &self.plan.gone.topics {
            let Some(was) = self.topic_digest(*source_id) else {
                continue;
            };
            let order = order::of_topic(&was, gone.views, gone.seen_at, self.archive);
            self.orders.insert(*source_id, order);
            let digest = TopicDigest {
                seen_at: was.seen_at.max(gone.seen_at.millis()),
                views: was.views,
                ..was
            };
            self.topic(*source_id, gone.why, was, digest, order);
        }
    }

    fn topic_digest(&self, source_id: i64) -> Option<TopicDigest> {
        TopicDigest::read(&self.known.topic(source_id)?.digest)
    }

    fn topic(
        &mut self,
        source_id: i64,
        why: Why,
        was: TopicDigest,
        digest: TopicDigest,
        order: Order,
    ) {
        let place = format!("topic {source_id}");
        let id = self.known.topic(source_id).map(|entry| entry.id);
        match (was.gone, order) {
            (Presence::Withdrawn, _) => {}
            (Presence::Decided, _) => {
                self.findings.add(FindingKind::Kept, place, why.text());
            }
            (Presence::There, Order::Older) => {
                let what = format!(
                    "{} in this archive, and was there in a newer one",
                    why.text()
                );
                self.findings.add(FindingKind::Older, place, what);
            }
            (Presence::There, _) => {
                let name = if was.category < 0 {
                    "none".to_owned()
                } else {
                    was.category.to_string()
                };
                let category = self.known.category(&name).map(|entry| entry.id);
                self.found
                    .topics
                    .extend(id.and_then(TopicId::new).map(|id| TopicWithdrawal {
                        source_id,
                        id,
                        why,
                        category: category.and_then(CategoryId::new),
                        digest,
                    }));
            }
        }
    }

    /// Topics of earlier imports that the archive does not mention at all.
    fn absent(&mut self, is_whole: bool) {
        let mut absent: Vec<(i64, TopicDigest)> = self
            .known
            .topics()
            .filter(|(id, _)| !self.plan.gone.mentioned.contains(id))
            .filter_map(|(id, entry)| Some((id, TopicDigest::read(&entry.digest)?)))
            .filter(|(_, was)| was.gone == Presence::There)
            .collect();
        absent.sort_unstable_by_key(|(id, _)| *id);
        if absent.is_empty() {
            return;
        }
        let unread = [
            FindingKind::Archive,
            FindingKind::Document,
            FindingKind::Post,
            FindingKind::NotFetched,
        ];
        let is_unread = unread.iter().any(|kind| self.findings.has(*kind));
        if is_whole && !is_unread && self.archive != Order::Older {
            for (id, was) in absent {
                self.topic(id, Why::Absent, was, was, Order::Unknown);
            }
            return;
        }
        if is_whole {
            let why = if is_unread {
                "parts of it could not be read"
            } else {
                "a newer one was imported"
            };
            let what = format!("is not taken to be whole: {why}");
            self.findings
                .add(FindingKind::Conflict, "the archive", what);
        }
        let mut shown: Vec<String> = absent
            .iter()
            .take(10)
            .map(|(id, _)| id.to_string())
            .collect();
        if absent.len() > shown.len() {
            shown.push("…".to_owned());
        }
        let (count, all) = (absent.len() as u64, self.known.topics().count());
        let what = format!("{count} of {all}: {}", shown.join(", "));
        self.findings
            .add_many(FindingKind::Absent, "topics", what, count);
    }

    fn posts(&mut self) {
        let gone = &self.plan.gone;
        for (id, post) in &gone.posts {
            let place = match post.number {
                Some(number) => format!("topic {}, number {number}", post.topic),
                None => format!("topic {}, post {id}", post.topic),
            };
            let Some(was) = self.post_digest(*id) else {
                continue;
            };
            let topic = self.order_of(post.topic);
            let order = order::of_post(&was, Some(post.updated_at), topic);
            self.post(*id, place, post.why, was, order);
        }
        for (topic, gone) in &gone.topics {
            for id in &gone.posts {
                let was = self.post_digest(*id).filter(|was| was.topic != *topic);
                if let Some(was) = was {
                    let place = format!("topic {}, post {id}", was.topic);
                    let order = self.order_of(*topic);
                    self.post(*id, place, Why::Elsewhere, was, order);
                }
            }
        }
        for post in &self.plan.posts {
            let topic = &self.plan.topics[post.topic];
            if !self.plan.categories[topic.category].is_restricted {
                continue;
            }
            let was = self.post_digest(post.source_id);
            if let Some(was) = was.filter(|was| was.topic != topic.source_id) {
                let place = format!("topic {}, post {}", was.topic, post.source_id);
                let order = order::of_post(&was, post.updated_at, self.order_of(topic.source_id));
                self.post(post.source_id, place, Why::Elsewhere, was, order);
            }
        }
        let mut unnamed: Vec<(i64, PostDigest)> = self
            .known
            .posts()
            .filter(|(id, _)| !gone.named.contains(id))
            .filter_map(|(id, entry)| Some((id, PostDigest::read(&entry.digest)?)))
            .filter(|(_, was)| gone.listed.contains(&was.topic))
            .collect();
        unnamed.sort_unstable_by_key(|(id, _)| *id);
        for (id, was) in unnamed {
            let place = format!("topic {}, post {id}", was.topic);
            let order = self.order_of(was.topic);
            self.post(id, place, Why::Unlisted, was, order);
        }
    }

    fn order_of(&self, topic: i64) -> Order {
        self.orders.get(&topic).copied().unwrap_or(self.archive)
    }

    fn post_digest(&self, source_id: i64) -> Option<PostDigest> {
        PostDigest::read(&self.known.post(source_id)?.digest)
    }

    fn post(&mut self, source_id: i64, place: String, why: Why, was: PostDigest, order: Order) {
        let id = self.known.post(source_id).map(|entry| entry.id);
        match (was.gone, order) {
            (Presence::Withdrawn, _) => {}
            (Presence::Decided, _) => self.findings.add(FindingKind::Kept, place, why.text()),
            (Presence::There, Order::Older) => {
                let what = format!(
                    "{} in this archive, and was there in a newer one",
                    why.text()
                );
                self.findings.add(FindingKind::Older, place, what);
            }
            (Presence::There, _) => {
                self.found
                    .posts
                    .extend(id.and_then(PostId::new).map(|id| PostWithdrawal {
                        source_id,
                        id,
                        place,
                        why,
                        was,
                    }));
            }
        }
    }
}
