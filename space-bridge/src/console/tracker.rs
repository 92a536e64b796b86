// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is known of the space, and which posts wait to be written.

use std::collections::BTreeMap;

use space_core::protocol::{Body, FeedRow, Kind};
use space_core::text::Slug;
use space_core::{
    Category, CategoryId, Member, MemberId, Post, PostId, PostKind, Scope, Topic, TopicId,
};

use super::line::line;

/// Things by number. A tombstone acts on its own scope only: what moved to another scope is there already.
#[derive(Debug)]
struct Known<T>(BTreeMap<i64, (Scope, T)>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Known<T> {
    fn put(&mut self, scope: Scope, id: i64, thing: T) {
        self.0.insert(id, (scope, thing));
    }

    fn gone(&mut self, scope: Scope, id: i64) {
        if self.0.get(&id).is_some_and(|(known, _)| *known == scope) {
            self.0.remove(&id);
        }
    }

    fn get(&self, id: i64) -> Option<&T> {
        self.0.get(&id).map(|(_, thing)| thing)
    }

    fn values(&self) -> impl Iterator<Item = &T> {
        self.0.values().map(|(_, thing)| thing)
    }
}

/// What is known of the space, and which posts wait to be written.
///
/// The feed gives things in the order of their last change, so a post may come after one that was written later, and
/// before its topic. So posts wait until everything is read; then they are written in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Tracker {
    categories: Known<Category>,
    members: Known<Member>,
    topics: Known<Topic>,
    waiting: Known<Post>,
    /// The highest number of a post that was seen.
    highest: i64,
}

/// A line to be written, and the post it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) post: PostId,
    pub(super) line: String,
}

impl Tracker {
    /// The kinds of rows that it looks at.
    pub(super) const KINDS: [Kind; 4] = [Kind::Category, Kind::Member, Kind::Topic, Kind::Post];

    /// The kinds without posts: what posts refer to.
    pub(super) const FRAME: [Kind; 3] = [Kind::Category, Kind::Member, Kind::Topic];

    /// Takes a row in. Posts up to number `last_post` have been dealt with before.
    pub(super) fn apply(&mut self, row: FeedRow, last_post: i64) {
        let FeedRow {
            scope,
            kind,
            id,
            body,
        } = row;
        match (kind, body) {
            (_, Some(Body::Category(category))) => self.categories.put(scope, id, category),
            (_, Some(Body::Member(member))) => self.members.put(scope, id, member),
            (_, Some(Body::Topic(topic))) => self.topics.put(scope, id, topic),
            (_, Some(Body::Post(post))) => {
                self.highest = self.highest.max(id);
                if id > last_post {
                    self.waiting.put(scope, id, post);
                }
            }
            (Kind::Category, None) => self.categories.gone(scope, id),
            (Kind::Member, None) => self.members.gone(scope, id),
            (Kind::Topic, None) => self.topics.gone(scope, id),
            (Kind::Post, None) => self.waiting.gone(scope, id),
            _ => {}
        }
    }

    /// Returns the category of a short name, or of an id when it was renamed since.
    pub(super) fn category(&self, slug: &Slug, id: Option<CategoryId>) -> Option<&Category> {
        let by_id = id.and_then(|id| self.categories.get(id.get()));
        by_id.or_else(|| self.categories.values().find(|known| known.slug == *slug))
    }

    /// Returns the short names of all categories.
    pub(super) fn slugs(&self) -> Vec<&str> {
        let mut slugs: Vec<&str> = self
            .categories
            .values()
            .map(|known| known.slug.as_str())
            .collect();
        slugs.sort_unstable();
        slugs
    }

    /// Takes out what waits, in the order of birth, when everything up to now was read; with it comes the highest
    /// number that is dealt with then. Notices, hidden posts and other categories are not told.
    pub(super) fn take(&mut self, category: CategoryId) -> (Vec<Told>, i64) {
        let waiting = std::mem::take(&mut self.waiting);
        let told = waiting
            .values()
            .filter(|post| post.kind != PostKind::Notice && !post.is_hidden)
            .filter_map(|post| {
                let topic = self
                    .topic(post.topic)
                    .filter(|topic| topic.category == category)?;
                Some(Told {
                    post: post.id,
                    line: line(
                        post.id,
                        &self.name(post.author),
                        topic.title.as_str(),
                        post.kind,
                        &post.source,
                    ),
                })
            })
            .collect();
        (told, self.highest)
    }

    fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(id.get())
    }

    fn name(&self, id: MemberId) -> String {
        match self.members.get(id.get()) {
            Some(member) => member.name.to_string(),
            None => format!("member #{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use space_core::protocol::FeedLine;

    const CATEGORY: i64 = 12;

    fn row(line: &str) -> FeedRow {
        match FeedLine::read(line).unwrap() {
            FeedLine::Row(row) => row,
            other => panic!("{other:?}"),
        }
    }

    fn topic(id: i64, category: i64, scope: &str) -> FeedRow {
        row(&format!(
            r#"{{"scope":"{scope}","kind":"topic","id":{id},"body":{{"id":{id},"category":{category},"author":1,"title":"Tea at four","created_at":1,"revision":1}}}}"#
        ))
    }

    fn post(id: i64, topic: i64, more: &str) -> FeedRow {
        row(&format!(
            r#"{{"scope":"public","kind":"post","id":{id},"body":{{"id":{id},"topic":{topic},"number":1,"author":1,"source":"text {id}","created_at":1,"revision":1{more}}}}}"#
        ))
    }

    fn told(tracker: &mut Tracker) -> Vec<i64> {
        let (told, _) = tracker.take(CategoryId::new(CATEGORY).unwrap());
        told.iter().map(|told| told.post.get()).collect()
    }

    #[test]
    fn posts_are_told_in_order_of_birth_once_everything_is_read() {
        let mut tracker = Tracker::default();
        for row in [
            post(31, 20, ""),
            post(30, 20, ""),
            topic(20, CATEGORY, "public"),
        ] {
            tracker.apply(row, 0);
        }
        assert_eq!(told(&mut tracker), [30, 31]);
        assert_eq!(told(&mut tracker), [0; 0]);
    }

    #[test]
    fn edits_of_older_posts_are_not_told_again() {
        let mut tracker = Tracker::default();
        tracker.apply(topic(20, CATEGORY, "public"), 0);
        tracker.apply(post(30, 20, ""), 30);
        assert_eq!(told(&mut tracker), [0; 0]);
    }

    #[test]
    fn other_categories_notices_and_hidden_posts_are_dealt_with_silently() {
        let mut tracker = Tracker::default();
        tracker.apply(topic(20, CATEGORY, "public"), 0);
        tracker.apply(topic(21, 13, "public"), 0);
        tracker.apply(post(30, 21, ""), 0);
        tracker.apply(post(31, 20, r#","kind":"notice""#), 0);
        tracker.apply(post(32, 20, r#","is_hidden":true"#), 0);
        let (told, highest) = tracker.take(CategoryId::new(CATEGORY).unwrap());
        assert_eq!((told, highest), (Vec::new(), 32));
    }

    #[test]
    fn a_post_removed_before_it_was_told_is_not_told() {
        let mut tracker = Tracker::default();
        tracker.apply(topic(20, CATEGORY, "public"), 0);
        tracker.apply(post(30, 20, ""), 0);
        tracker.apply(
            row(r#"{"scope":"public","kind":"post","id":30,"gone":true}"#),
            0,
        );
        assert_eq!(told(&mut tracker), [0; 0]);
    }

    #[test]
    fn a_tombstone_of_the_old_scope_does_not_take_what_moved() {
        let mut tracker = Tracker::default();
        tracker.apply(topic(20, CATEGORY, "category:12"), 0);
        tracker.apply(
            row(r#"{"scope":"public","kind":"topic","id":20,"gone":true}"#),
            0,
        );
        tracker.apply(post(30, 20, ""), 0);
        assert_eq!(told(&mut tracker), [30]);
    }
}
