// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What happens elsewhere while a story is told: what the server sends.

use std::time::Duration;

use space_core::protocol::{Body, Cursor, FeedRow};
use space_core::text::{About, Label, Slug, TopicTitle};
use space_core::{
    Category, CategoryId, Clock as _, MemberId, Post, PostId, PostKind, PostTally, Scope,
    Timestamp, Topic, TopicId, TopicTally,
};

use super::{ME, Story};
use crate::app::message::{Msg, Net};

impl Story {
    pub(super) fn id(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    /// Rows of the feed arrive.
    pub(in crate::app::tests) fn arrives(&mut self, bodies: Vec<(i64, Body)>) {
        let rows: Vec<FeedRow> = bodies
            .into_iter()
            .map(|(id, body)| FeedRow {
                scope: match body {
                    Body::ReadPosition(_) => Scope::Member(MemberId::new(ME).unwrap()),
                    _ => Scope::Public,
                },
                kind: body.kind(),
                id,
                body: Some(body),
            })
            .collect();
        let cursor = Cursor(format!("c{}", self.id()));
        self.replica().apply(&rows, Some(&cursor)).unwrap();
    }

    /// There is a new category; a name such as `Meta/Help` has its short name after the line.
    pub(in crate::app::tests) fn category(&mut self, name: &str, parent: Option<&str>) {
        let id = CategoryId::new(self.id()).unwrap();
        let parent = parent.map(|name| self.category_of(name));
        let slug = name.to_lowercase().replace('/', "-");
        let position = i64::try_from(self.categories.len()).unwrap();
        self.categories.push((name.to_owned(), id));
        let category = Category {
            id,
            parent,
            slug: Slug::parse(&slug).unwrap(),
            name: Label::parse(name.rsplit('/').next().unwrap()).unwrap(),
            about: About::parse("About").unwrap(),
            colour: None,
            icon: None,
            language: None,
            position,
            is_open: true,
            created_at: Timestamp::from_millis(0),
            revision: 1,
        };
        self.arrives(vec![(id.get(), Body::Category(category))]);
    }

    pub(super) fn category_of(&self, name: &str) -> CategoryId {
        let found = self.categories.iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no category {name}")).1
    }

    /// Returns the id of a topic.
    pub(in crate::app::tests) fn topic(&self, title: &str) -> TopicId {
        let found = self.topics.iter().find(|(known, ..)| known == title);
        found.unwrap_or_else(|| panic!("no topic {title}")).1
    }

    /// Alice starts a topic, and Bob and she answer in turn.
    pub(in crate::app::tests) fn starts(&mut self, category: &str, title: &str, posts: &[&str]) {
        let id = TopicId::new(self.id()).unwrap();
        let topic = Topic {
            id,
            category: self.category_of(category),
            author: MemberId::new(3).unwrap(),
            title: TopicTitle::parse(title).unwrap(),
            language: None,
            answer: None,
            is_closed: false,
            is_archived: false,
            is_pinned: false,
            is_unlisted: false,
            created_at: self.hands.now(),
            revision: 1,
        };
        self.topics.push((title.to_owned(), id, 0));
        self.arrives(vec![(id.get(), Body::Topic(topic))]);
        for (at, source) in posts.iter().enumerate() {
            self.post(title, ["Alice", "Bob"][at % 2], source);
        }
        self.told();
    }

    /// Somebody posts in a topic.
    pub(in crate::app::tests) fn posts(&mut self, title: &str, author: &str, source: &str) {
        self.post(title, author, source);
        self.told();
    }

    pub(super) fn post(&mut self, title: &str, author: &str, source: &str) {
        self.passes(Duration::from_mins(1));
        let author = MemberId::new(match author {
            "Charlie" => ME,
            "Alice" => 3,
            _ => 4,
        })
        .unwrap();
        let id = PostId::new(self.id()).unwrap();
        let now = self.hands.now();
        let entry = self.topics.iter_mut().find(|(known, ..)| known == title);
        let (_, topic, last) = entry.unwrap_or_else(|| panic!("no topic {title}"));
        *last += 1;
        let (topic, number) = (*topic, *last);
        let post = Post {
            id,
            topic,
            number,
            author,
            reply_to: None,
            kind: PostKind::Regular,
            source: source.to_owned(),
            notice: None,
            language: None,
            is_hidden: false,
            created_at: now,
            written_at: None,
            edited_at: None,
            revision: 1,
        };
        let post_tally = PostTally {
            post: id,
            topic,
            likes: 0,
        };
        let tally = TopicTally {
            topic,
            posts: number,
            last_number: number,
            last_post_at: now,
            last_poster: author,
            views: 1,
            likes: 0,
        };
        self.arrives(vec![
            (id.get(), Body::Post(post)),
            (id.get(), Body::PostTally(post_tally)),
            (topic.get(), Body::TopicTally(tally)),
        ]);
    }

    /// The reader has read a topic up to a post number, on another machine.
    pub(in crate::app::tests) fn reads(&mut self, title: &str, number: i64) {
        let topic = self.topic(title).get();
        let now = self.hands.now().millis();
        let position = serde_json::json!({ "topic": topic, "number": number, "read_at": now });
        let position = serde_json::from_value(position).unwrap();
        self.arrives(vec![(topic, Body::ReadPosition(position))]);
        self.told();
    }

    /// The screen hears that something arrived.
    pub(super) fn told(&mut self) {
        if self.is_open {
            self.send(Msg::Changed);
        }
    }

    /// The server does not answer any more.
    pub(in crate::app::tests) fn goes_offline(&mut self) {
        self.send(Msg::Net(Net::Offline));
    }
}
