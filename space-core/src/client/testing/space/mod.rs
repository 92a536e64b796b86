// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A space in miniature: the rules of the feed, and nothing else.
//!
//! One row per scope, kind and id; a change moves it to the head, a removal leaves a tombstone. A category opens or closes at
//! once; the rows of what is in it follow later. How it is read is in [`feed`].

mod feed;

use std::collections::{BTreeMap, BTreeSet};

use super::bodies;
use crate::protocol::{Body, Grant, Kind, PostPage};
use crate::{Bookmark, CategoryId, CaughtUp, MemberId, Post, PostTally, ReadPosition, Scope};

pub(in crate::client) use feed::{Gone, Page};

/// The member who reads.
pub(in crate::client) const ME: i64 = 3;

#[derive(Debug, Clone)]
struct Thing {
    body: Body,
    /// The scope in which its row stands.
    scope: Scope,
}

#[derive(Debug, Clone)]
pub(in crate::client) struct Model {
    epoch: i64,
    seq: i64,
    next_id: i64,
    feed: BTreeMap<(Scope, Kind, i64), (i64, bool)>,
    things: BTreeMap<(Kind, i64), Thing>,
    closed: BTreeSet<i64>,
    granted: BTreeSet<i64>,
    /// What is on its way since its category was opened or closed. All of it is sent again, also when the
    /// category turned back meanwhile: readers may have passed over it.
    moving: BTreeSet<(Kind, i64)>,
}

impl Model {
    pub(in crate::client) fn new() -> Self {
        let mut model = Self {
            epoch: 1,
            seq: 0,
            next_id: 10,
            feed: BTreeMap::new(),
            things: BTreeMap::new(),
            closed: BTreeSet::new(),
            granted: BTreeSet::new(),
            moving: BTreeSet::new(),
        };
        model.put(Scope::Public, Body::Space(bodies::space()));
        model.put(Scope::Public, Body::Member(bodies::member(ME, "Alice")));
        model.add_category(false);
        model.add_category(true);
        model
    }

    fn id(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    fn put(&mut self, scope: Scope, body: Body) {
        let key = (body.kind(), bodies::id_of(&body));
        if let Some(old) = self.things.get(&key).filter(|old| old.scope != scope) {
            self.seq += 1;
            self.feed
                .insert((old.scope, key.0, key.1), (self.seq, true));
        }
        self.moving.remove(&key);
        self.seq += 1;
        self.feed.insert((scope, key.0, key.1), (self.seq, false));
        self.things.insert(key, Thing { body, scope });
    }

    fn remove(&mut self, kind: Kind, id: i64) {
        let shown = self
            .things
            .get(&(kind, id))
            .map(|thing| self.belongs(thing));
        self.moving.remove(&(kind, id));
        if let Some(old) = self.things.remove(&(kind, id)) {
            self.seq += 1;
            self.feed.insert((old.scope, kind, id), (self.seq, true));
            self.vanish(shown, kind, id, old.scope);
        }
    }

    /// Leaves a tombstone where a thing is read, although its row may still stand elsewhere: a page shows it.
    fn vanish(&mut self, shown: Option<Scope>, kind: Kind, id: i64, but: Scope) {
        let Some(shown) = shown.filter(|shown| *shown != but) else {
            return;
        };
        if matches!(kind, Kind::Topic | Kind::TopicTally | Kind::Post) {
            self.seq += 1;
            self.feed.insert((shown, kind, id), (self.seq, true));
        }
    }

    fn ids(&self, kind: Kind) -> Vec<i64> {
        self.things
            .keys()
            .filter(|key| key.0 == kind)
            .map(|key| key.1)
            .collect()
    }

    fn pick(&self, kind: Kind, at: usize) -> Option<i64> {
        let ids = self.ids(kind);
        (!ids.is_empty()).then(|| ids[at % ids.len()])
    }

    fn scope_of(&self, category: i64) -> Scope {
        if self.closed.contains(&category) {
            Scope::Category(CategoryId::new(category).unwrap())
        } else {
            Scope::Public
        }
    }

    /// Where a thing belongs, as its category is now.
    fn belongs(&self, thing: &Thing) -> Scope {
        let of_topic = |topic: i64| match self.things.get(&(Kind::Topic, topic)) {
            Some(Thing {
                body: Body::Topic(it),
                ..
            }) => self.scope_of(it.category.get()),
            _ => thing.scope,
        };
        match &thing.body {
            Body::Category(it) => self.scope_of(it.id.get()),
            Body::Topic(it) => self.scope_of(it.category.get()),
            Body::TopicTally(it) => of_topic(it.topic.get()),
            Body::Post(it) => of_topic(it.topic.get()),
            Body::PostTally(it) => of_topic(it.topic.get()),
            _ => thing.scope,
        }
    }

    pub(in crate::client) fn add_category(&mut self, is_closed: bool) {
        let id = self.id();
        if is_closed {
            self.closed.insert(id);
        }
        self.put(
            self.scope_of(id),
            Body::Category(bodies::category(id, None)),
        );
    }

    pub(in crate::client) fn start(&mut self, category: usize) {
        let Some(category) = self.pick(Kind::Category, category) else {
            return;
        };
        let (topic, scope) = (self.id(), self.scope_of(category));
        let title = format!("About number{topic}");
        self.put(scope, Body::Topic(bodies::topic(topic, category, &title)));
        self.put(scope, Body::TopicTally(bodies::tally(topic, 0, topic)));
        self.reply_to(topic);
    }

    pub(in crate::client) fn reply(&mut self, topic: usize) {
        if let Some(topic) = self.pick(Kind::Topic, topic) {
            self.reply_to(topic);
        }
    }

    fn reply_to(&mut self, topic: i64) {
        let id = self.id();
        let Some(Body::TopicTally(tally)) = self.body(Kind::TopicTally, topic) else {
            return;
        };
        let number = tally.last_number + 1;
        let scope = self.belongs(&self.things[&(Kind::Topic, topic)]);
        let source = format!("words *of* post{id}");
        self.put(scope, Body::Post(bodies::post(id, topic, number, &source)));
        self.put(scope, Body::TopicTally(bodies::tally(topic, number, id)));
    }

    fn body(&self, kind: Kind, id: i64) -> Option<Body> {
        self.things.get(&(kind, id)).map(|thing| thing.body.clone())
    }

    pub(in crate::client) fn edit(&mut self, post: usize) {
        let Some(id) = self.pick(Kind::Post, post) else {
            return;
        };
        if let Some(Body::Post(mut it)) = self.body(Kind::Post, id) {
            it.revision += 1;
            it.source = format!("edited{} of post{id}", it.revision);
            let scope = self.belongs(&self.things[&(Kind::Post, id)]);
            self.put(scope, Body::Post(it));
        }
    }

    pub(in crate::client) fn retitle(&mut self, topic: usize) {
        let Some(id) = self.pick(Kind::Topic, topic) else {
            return;
        };
        if let Some(Body::Topic(mut it)) = self.body(Kind::Topic, id) {
            it.revision += 1;
            it.is_pinned = !it.is_pinned;
            it.tags = format!("all t{}", it.revision % 3).parse().unwrap();
            it.title = format!("Retitled{} number{id}", it.revision)
                .try_into()
                .unwrap();
            let scope = self.belongs(&self.things[&(Kind::Topic, id)]);
            self.put(scope, Body::Topic(it));
        }
    }

    pub(in crate::client) fn like(&mut self, post: usize) {
        let Some(id) = self.pick(Kind::Post, post) else {
            return;
        };
        if let Some(Body::Post(it)) = self.body(Kind::Post, id) {
            let scope = self.belongs(&self.things[&(Kind::Post, id)]);
            self.put(
                scope,
                Body::PostTally(PostTally {
                    post: it.id,
                    topic: it.topic,
                    likes: self.seq,
                }),
            );
        }
    }

    pub(in crate::client) fn delete(&mut self, post: usize) {
        if let Some(id) = self.pick(Kind::Post, post) {
            self.remove(Kind::Post, id);
            self.remove(Kind::PostTally, id);
        }
    }

    pub(in crate::client) fn delete_topic(&mut self, topic: usize) {
        let Some(topic) = self.pick(Kind::Topic, topic) else {
            return;
        };
        // The topic last: it says in which category the others are.
        let (topics, rest): (Vec<_>, Vec<_>) = self
            .things_of(topic)
            .into_iter()
            .partition(|(kind, _)| *kind == Kind::Topic);
        for (kind, id) in rest.into_iter().chain(topics) {
            self.remove(kind, id);
        }
        self.remove(Kind::ReadPosition, topic);
    }

    fn things_of(&self, topic: i64) -> Vec<(Kind, i64)> {
        let is_of = |thing: &Thing| match &thing.body {
            Body::Topic(it) => it.id.get() == topic,
            Body::TopicTally(it) => it.topic.get() == topic,
            Body::Post(it) => it.topic.get() == topic,
            Body::PostTally(it) => it.topic.get() == topic,
            _ => false,
        };
        self.things
            .iter()
            .filter(|(_, thing)| is_of(thing))
            .map(|(key, _)| *key)
            .collect()
    }

    /// Moves a topic to another category, with everything in it, in one transaction.
    pub(in crate::client) fn move_topic(&mut self, topic: usize, category: usize) {
        let (Some(topic), Some(category)) = (
            self.pick(Kind::Topic, topic),
            self.pick(Kind::Category, category),
        ) else {
            return;
        };
        if let Some(Body::Topic(mut it)) = self.body(Kind::Topic, topic) {
            let (shown, now) = (self.scope_of(it.category.get()), self.scope_of(category));
            it.revision += 1;
            it.category = CategoryId::new(category).unwrap();
            self.put(now, Body::Topic(it));
            for (kind, id) in self.things_of(topic) {
                self.vanish(Some(shown), kind, id, now);
            }
        }
        self.settle(self.things_of(topic));
    }

    /// Opens or closes a category: the category itself moves at once.
    pub(in crate::client) fn turn(&mut self, category: usize) {
        let Some(id) = self.pick(Kind::Category, category) else {
            return;
        };
        if !self.closed.remove(&id) {
            self.closed.insert(id);
        }
        if let Some(Body::Category(mut it)) = self.body(Kind::Category, id) {
            it.revision += 1;
            self.put(self.scope_of(id), Body::Category(it));
        }
        for topic in self.ids(Kind::Topic) {
            if let Some(Body::Topic(it)) = self.body(Kind::Topic, topic)
                && it.category.get() == id
            {
                let things = self.things_of(topic);
                self.moving.extend(things);
            }
        }
    }

    /// Moves some of what is on its way.
    pub(in crate::client) fn settle_some(&mut self, most: usize) {
        let some = self.moving.iter().copied().take(most).collect();
        self.settle(some);
    }

    fn settle(&mut self, keys: Vec<(Kind, i64)>) {
        for key in keys {
            let thing = self.things[&key].clone();
            self.put(self.belongs(&thing), thing.body);
        }
    }

    pub(in crate::client) fn grant(&mut self, category: usize) {
        if let Some(id) = self.pick(Kind::Category, category)
            && self.granted.insert(id)
        {
            let scope = Scope::Category(CategoryId::new(id).unwrap());
            self.put(me(), Body::Grant(Grant { scope }));
        }
    }

    pub(in crate::client) fn revoke(&mut self, category: usize) {
        if let Some(id) = self.pick(Kind::Grant, category) {
            self.granted.remove(&id);
            self.remove(Kind::Grant, id);
        }
    }

    pub(in crate::client) fn read_topic(&mut self, topic: usize, number: i64) {
        if let Some(Body::Topic(it)) = self
            .pick(Kind::Topic, topic)
            .and_then(|id| self.body(Kind::Topic, id))
        {
            let position = ReadPosition {
                topic: it.id,
                number,
                unread: if number == 3 { vec![1] } else { Vec::new() },
                set_at: (number == 2).then(|| bodies::moment(self.seq)),
                read_at: bodies::moment(self.seq),
            };
            self.put(me(), Body::ReadPosition(position));
        }
    }

    /// The reader puts a bookmark in a post, or takes it out.
    pub(in crate::client) fn bookmark(&mut self, post: usize) {
        let Some(Body::Post(it)) = self
            .pick(Kind::Post, post)
            .and_then(|id| self.body(Kind::Post, id))
        else {
            return;
        };
        if self.things.contains_key(&(Kind::Bookmark, it.id.get())) {
            self.remove(Kind::Bookmark, it.id.get());
            return;
        }
        let bookmark = Bookmark {
            topic: it.topic,
            post: Some(it.id),
            note: None,
            created_at: bodies::moment(self.seq),
        };
        self.put(me(), Body::Bookmark(bookmark));
    }

    /// The reader counts everything before `until` as read, in a category or everywhere.
    pub(in crate::client) fn catch_up(&mut self, category: usize, until: i64) {
        let category = self
            .pick(Kind::Category, category)
            .filter(|id| id % 2 == 0)
            .and_then(CategoryId::new);
        let it = CaughtUp {
            category,
            until: bodies::moment(until),
            changed_at: bodies::moment(self.seq),
        };
        self.put(me(), Body::CaughtUp(it));
    }

    /// Puts an older copy back in place, as after a disaster: what happened since is lost, and cursors are void.
    pub(in crate::client) fn restored(&self, older: &Self) -> Self {
        let mut model = older.clone();
        model.epoch = self.epoch + 1;
        model.next_id = self.next_id + 1000;
        model.seq = self.seq + 1000;
        model
    }

    /// `GET /v1/topics/ID`; `None` for what the reader may not see, as for what is not there.
    pub(in crate::client) fn topic_page(
        &self,
        topic: i64,
        from: i64,
        limit: usize,
    ) -> Option<PostPage> {
        let thing = self.things.get(&(Kind::Topic, topic))?;
        if !self.scopes().contains(&self.belongs(thing)) {
            return None;
        }
        let (Body::Topic(topic), Body::TopicTally(tally)) =
            (thing.body.clone(), self.body(Kind::TopicTally, topic)?)
        else {
            return None;
        };
        let mut posts: Vec<Post> = self
            .ids(Kind::Post)
            .into_iter()
            .filter_map(|id| match self.body(Kind::Post, id) {
                Some(Body::Post(post)) if post.topic == topic.id && post.number >= from => {
                    Some(post)
                }
                _ => None,
            })
            .collect();
        posts.sort_by_key(|post| post.number);
        let next = posts.get(limit).map(|post| post.number);
        posts.truncate(limit);
        Some(PostPage {
            topic,
            tally,
            posts,
            next,
        })
    }

    /// `GET /v1/posts/ID`
    pub(in crate::client) fn post(&self, id: i64) -> Option<Post> {
        match self.body(Kind::Post, id) {
            Some(Body::Post(post)) => self.topic_page(post.topic.get(), 1, 1).map(|_| post),
            _ => None,
        }
    }

    /// The topic at a place in the order of ids.
    pub(in crate::client) fn topic_at(&self, at: usize) -> Option<i64> {
        self.pick(Kind::Topic, at)
    }

    /// What the reader may see.
    pub(in crate::client) fn scopes(&self) -> BTreeSet<Scope> {
        let granted = self
            .granted
            .iter()
            .map(|id| Scope::Category(CategoryId::new(*id).unwrap()));
        granted.chain([Scope::Public, me()]).collect()
    }

    /// Everything that the reader should hold.
    pub(in crate::client) fn truth(&self) -> BTreeSet<(Kind, i64, Scope)> {
        let scopes = self.scopes();
        self.things
            .iter()
            .filter(|(_, thing)| scopes.contains(&thing.scope))
            .map(|((kind, id), thing)| (*kind, *id, thing.scope))
            .collect()
    }
}

fn me() -> Scope {
    Scope::Member(MemberId::new(ME).unwrap())
}
