// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Collects what documents say, each topic and post once, whatever the order and number of documents.

use std::collections::{BTreeMap, HashMap};
use std::io;

use space_core::Timestamp;

use super::discourse::{CategoryDoc, Form, Parsed, Poll, PostDoc, PostText, TopicDoc, parse};
use super::finding::{FindingKind, Findings};
use super::links::{OwnLinks, OwnSite};
use super::people::{People, Sighting};
use super::source::Item;
use super::texts::{Span, Texts};

/// What all documents together say.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) topics: BTreeMap<i64, Topic>,
    pub(crate) categories: BTreeMap<i64, CategoryDoc>,
    /// Whether any document lists categories.
    pub(crate) lists_categories: bool,
    pub(crate) people: People,
    pub(crate) texts: Texts,
    pub(crate) own_site: OwnSite,
    own_links: OwnLinks,
    /// Topics that the source says are not shown any more, and since when that was known.
    pub(crate) vanished: Vec<Vanished>,
    /// Topics that were gone and are shown again, and since when at the earliest.
    pub(crate) back_since: BTreeMap<i64, Timestamp>,
    pub(crate) findings: Findings,
    /// How many documents held something that is imported.
    pub(crate) documents: u64,
}

/// A topic of which only that is known that it is not shown any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vanished {
    pub(crate) topic: i64,
    /// It is there, but not for everyone.
    pub(crate) is_closed: bool,
    pub(crate) seen_at: Timestamp,
}

/// One topic, of all documents that tell of it.
#[derive(Debug)]
pub(crate) struct Topic {
    /// Without its posts.
    pub(crate) doc: TopicDoc,
    pub(crate) posts: HashMap<i64, Post>,
    freshness: Freshness,
}

/// One post, as the newest document that has it tells it.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the source"
)]
pub(crate) struct Post {
    pub(crate) id: i64,
    pub(crate) number: Option<i64>,
    pub(crate) kind: i64,
    pub(crate) author: Sighting,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) is_edited: bool,
    pub(crate) text: Span,
    pub(crate) is_html: bool,
    pub(crate) reply_to: Option<i64>,
    pub(crate) likes: i64,
    pub(crate) is_hidden: bool,
    pub(crate) is_taken_back: bool,
    pub(crate) is_removed: bool,
    pub(crate) removed_at: Option<Timestamp>,
    pub(crate) is_answer: bool,
    pub(crate) action: Option<Box<str>>,
    pub(crate) action_who: Option<Box<str>>,
    pub(crate) polls: Option<Box<[Poll]>>,
    topic_claimed: Option<i64>,
    age: Age,
}

/// Orders documents of one topic: what they tell of it, then the latest post, then views, then the name of the document.
type Freshness = (Form, Option<Timestamp>, i64, String);

/// Orders states of one post: version, time of change, likes, then the freshness of its document.
type Age = (i64, Option<Timestamp>, i64, Option<Timestamp>, i64);

impl Gathered {
    pub(crate) fn new() -> Self {
        Self {
            topics: BTreeMap::new(),
            categories: BTreeMap::new(),
            lists_categories: false,
            people: People::default(),
            texts: Texts::new(),
            own_site: OwnSite::default(),
            own_links: OwnLinks::default(),
            vanished: Vec::new(),
            back_since: BTreeMap::new(),
            findings: Findings::default(),
            documents: 0,
        }
    }

    /// Takes what reading came upon.
    pub(crate) fn take(&mut self, item: Item) -> io::Result<()> {
        let (name, bytes) = match item {
            Item::Document { name, bytes } => (name, bytes),
            Item::Unreadable { name, why } => {
                self.findings.add(FindingKind::Document, name, why);
                return Ok(());
            }
            Item::Damaged { place, why } => {
                self.findings.add(FindingKind::Archive, place, why);
                return Ok(());
            }
        };
        match parse(&name, &bytes, &mut self.findings) {
            None => {}
            Some(Parsed::Other) => self.findings.add(FindingKind::Other, name, "left out"),
            Some(Parsed::Categories(categories)) => {
                self.documents += 1;
                self.lists_categories = true;
                for category in categories {
                    let known = self
                        .categories
                        .entry(category.id)
                        .or_insert_with(|| category.clone());
                    // What one document leaves open, another may say; closed stays closed.
                    known.name = known.name.take().or(category.name);
                    known.slug = known.slug.take().or(category.slug);
                    known.colour = known.colour.take().or(category.colour);
                    known.about = known.about.take().or(category.about);
                    known.parent = known.parent.or(category.parent);
                    known.position = known.position.or(category.position);
                    known.is_restricted |= category.is_restricted;
                }
            }
            Some(Parsed::Topic(topic)) => {
                self.documents += 1;
                self.take_topic(&name, *topic)?;
            }
            Some(Parsed::Posts(topics)) => {
                self.documents += 1;
                for topic in topics {
                    self.take_topic(&name, topic)?;
                }
            }
        }
        Ok(())
    }

    fn take_topic(&mut self, name: &str, mut doc: TopicDoc) -> io::Result<()> {
        let freshness = (doc.form, doc.last_posted_at, doc.views, name.to_owned());
        let posts = std::mem::take(&mut doc.posts);
        for host in doc.own_hosts.drain(..) {
            *self.own_site.hosts.entry(host).or_default() += 1;
        }
        for post in &posts {
            self.own_site.see_picture_of(post.own_host.as_deref());
            if let (PostText::Html(html), false) = (&post.text, self.own_site.is_known()) {
                self.own_links.look(html);
            }
        }
        let id = doc.id;
        let seen_at = (doc.last_posted_at, doc.views);
        let is_whole = doc.form == Form::Topic;
        let topic = match self.topics.entry(id) {
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Topic {
                doc,
                posts: HashMap::with_capacity(posts.len()),
                freshness,
            }),
            std::collections::btree_map::Entry::Occupied(entry) => {
                let topic = entry.into_mut();
                if is_whole && topic.doc.form == Form::Topic {
                    let names = format!("in {} and in {name}", topic.freshness.3);
                    self.findings
                        .add(FindingKind::Repeated, format!("topic {id}"), names);
                }
                // What any state knew to be private stays private.
                let is_private = topic.doc.is_private | doc.is_private;
                let is_newer = freshness > topic.freshness;
                if is_newer {
                    let before = std::mem::replace(&mut topic.doc, doc);
                    topic.freshness = freshness;
                    topic.doc.title = topic.doc.title.take().or(before.title);
                    if topic.doc.stream.is_empty() {
                        topic.doc.stream = before.stream;
                    }
                } else if topic.doc.stream.is_empty() {
                    topic.doc.stream = doc.stream;
                }
                topic.doc.is_private = is_private;
                topic
            }
        };
        for doc in posts {
            let post = keep(doc, seen_at, &mut self.people, &mut self.texts)?;
            match topic.posts.entry(post.id) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(post);
                }
                std::collections::hash_map::Entry::Occupied(mut entry) => {
                    if is_other(entry.get(), &post) {
                        let place = format!("topic {id}, post {}", post.id);
                        self.findings.add(
                            FindingKind::Repeated,
                            place,
                            format!("again in {name}, with changes"),
                        );
                    }
                    if post.age > entry.get().age {
                        entry.insert(post);
                    }
                }
            }
        }
        Ok(())
    }

    /// Concludes the address of the forum from links to its topics, when nothing else tells it.
    pub(crate) fn conclude_address(&mut self) {
        if self.own_site.is_known() {
            return;
        }
        let slug = |id: i64| self.topics.get(&id)?.doc.slug.as_deref();
        if let Some(host) = std::mem::take(&mut self.own_links).host(slug) {
            self.own_site.hosts.insert(host, 1);
        }
    }

    /// Leaves each post in one topic: the one it says it is in, else the one with its newest state, else the
    /// lowest.
    pub(crate) fn settle(&mut self) {
        let mut places: HashMap<i64, Vec<i64>> = HashMap::new();
        for (topic, found) in &self.topics {
            for id in found.posts.keys() {
                places.entry(*id).or_default().push(*topic);
            }
        }
        let mut repeated: Vec<(i64, Vec<i64>)> = places
            .into_iter()
            .filter(|(_, topics)| topics.len() > 1)
            .collect();
        repeated.sort_unstable();
        for (id, topics) in repeated {
            let rank = |topic: &i64| {
                let post = &self.topics[topic].posts[&id];
                (
                    post.topic_claimed == Some(*topic),
                    post.age,
                    std::cmp::Reverse(*topic),
                )
            };
            let Some(keeps) = topics.iter().copied().max_by_key(rank) else {
                continue;
            };
            for topic in topics.iter().filter(|topic| **topic != keeps) {
                if let Some(found) = self.topics.get_mut(topic) {
                    found.posts.remove(&id);
                    found.doc.stream.retain(|other| *other != id);
                }
                let what = format!("is in topic {keeps} too; left there");
                self.findings.add(
                    FindingKind::Repeated,
                    format!("topic {topic}, post {id}"),
                    what,
                );
            }
        }
    }
}

fn is_other(a: &Post, b: &Post) -> bool {
    (a.number, a.version_and_text()) != (b.number, b.version_and_text())
}

impl Post {
    fn version_and_text(&self) -> (i64, Option<Timestamp>) {
        (self.age.0, self.age.1)
    }
}

fn keep(
    doc: PostDoc,
    seen_at: (Option<Timestamp>, i64),
    people: &mut People,
    texts: &mut Texts,
) -> io::Result<Post> {
    let author = people.see(&doc.user, doc.id);
    let (text, is_html) = match &doc.text {
        PostText::Html(html) => (html, true),
        PostText::Markdown(source) => (source, false),
    };
    Ok(Post {
        id: doc.id,
        number: doc.number,
        kind: doc.kind,
        author,
        created_at: doc.created_at,
        updated_at: doc.updated_at,
        is_edited: doc.version > 1,
        text: texts.add(text)?,
        is_html,
        reply_to: doc.reply_to,
        likes: doc.likes,
        is_hidden: doc.is_hidden,
        is_taken_back: doc.is_taken_back,
        is_removed: doc.is_removed,
        removed_at: doc.removed_at,
        is_answer: doc.is_answer,
        action: doc.action.map(String::into_boxed_str),
        action_who: doc.action_who.map(String::into_boxed_str),
        polls: doc.polls.map(Vec::into_boxed_slice),
        topic_claimed: doc.topic_id,
        age: (doc.version, doc.updated_at, doc.likes, seen_at.0, seen_at.1),
    })
}
