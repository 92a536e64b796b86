// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what a forum rendered to the source of our posts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;

use space_core::PostId;
use space_core::markup::html::{LinkMap, Lost, Polls, Target, convert};
use space_core::text::folded;

use super::discourse::Poll;
use super::known::Known;
use super::links::{self, OwnSite};
use super::plan::{Birth, Plan, PlannedPost};

/// Where links of the source lead here.
#[derive(Debug)]
pub(crate) struct Links {
    own_site: OwnSite,
    /// By id in the source.
    topics: HashMap<i64, i64>,
    /// By id in the source.
    posts: HashMap<i64, i64>,
    /// By the topic's id in the source, and number.
    numbers: HashMap<(i64, i64), i64>,
    /// By folded name in the source: id and name here.
    members: HashMap<String, (i64, String)>,
    /// An address of the old forum that could not be completed, since this was looked at last.
    relative: RefCell<Option<String>>,
}

impl Links {
    /// Collects where links lead, once everything has an id.
    pub(crate) fn new(plan: &Plan, known: &Known) -> Self {
        let mut links = Self {
            own_site: plan.own_site.clone(),
            topics: HashMap::with_capacity(plan.topics.len()),
            posts: HashMap::with_capacity(plan.posts.len()),
            numbers: HashMap::with_capacity(plan.posts.len()),
            members: HashMap::with_capacity(plan.members.len()),
            relative: RefCell::default(),
        };
        for topic in &plan.topics {
            links.topics.extend(
                known
                    .topic(topic.source_id)
                    .map(|entry| (topic.source_id, entry.id)),
            );
        }
        for post in &plan.posts {
            if let Some(entry) = known.post(post.source_id) {
                links.posts.insert(post.source_id, entry.id);
                links
                    .numbers
                    .insert((plan.topics[post.topic].source_id, post.number), entry.id);
            }
        }
        for (at, member) in plan.members.iter().enumerate() {
            if let Some(entry) = known.of(plan, Birth::Member(at)) {
                let name = member.person.name.to_string();
                links
                    .members
                    .insert(folded(&member.person.username), (entry.id, name));
            }
        }
        links
    }

    fn id(&self, address: &str) -> Option<i64> {
        match self.own_site.target(address) {
            Some(links::Target::Topic { id, number }) => {
                // A link to a post that is gone still leads to its topic.
                let post = number.and_then(|number| self.numbers.get(&(id, number)));
                post.or_else(|| self.topics.get(&id)).copied()
            }
            Some(links::Target::Post(id)) => self.posts.get(&id).copied(),
            None => self
                .own_site
                .member(address)
                .and_then(|name| self.members.get(&folded(name)))
                .map(|(id, _)| *id),
        }
    }
}

impl Links {
    /// Completes the address of something on the old forum, and notes one that cannot be completed.
    fn absolute(&self, address: &str) -> Option<String> {
        let absolute = self.own_site.absolute(address);
        if absolute.is_none() && address.starts_with('/') && !address.starts_with("//") {
            let mut relative = self.relative.borrow_mut();
            relative.get_or_insert_with(|| address.chars().take(200).collect());
        }
        absolute
    }
}

impl LinkMap for Links {
    fn link(&self, address: &str) -> Option<Target> {
        match self.id(address) {
            Some(id) => Some(Target::Id(id)),
            None => self.absolute(address).map(Target::Address),
        }
    }

    fn post(&self, topic: u64, number: u64) -> Option<PostId> {
        let key = (i64::try_from(topic).ok()?, i64::try_from(number).ok()?);
        self.numbers.get(&key).copied().and_then(PostId::new)
    }

    fn member(&self, name: &str) -> Option<String> {
        self.members
            .get(&folded(name))
            .map(|(_, name)| name.clone())
    }

    fn picture(&self, address: &str, _upload: Option<&str>) -> Option<String> {
        self.absolute(address)
    }
}

/// The source of a post, and what it lacks.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) text: String,
    lost: Lost,
    /// An address of the old forum that could not be completed.
    pub(crate) relative: Option<String>,
}

impl Source {
    /// Says what of the post is not in its source.
    pub(crate) fn lost(&self) -> Option<String> {
        let Lost {
            words,
            sample,
            things,
        } = &self.lost;
        let words = match words {
            0 => None,
            1 => Some(format!("the word \"{}\"", sample.join(" "))),
            _ => Some(format!(
                "{words} words, the first of them \"{}\"",
                sample.join(" ")
            )),
        };
        let lost: Vec<String> = words.into_iter().chain(things.iter().cloned()).collect();
        (!lost.is_empty()).then(|| lost.join("; "))
    }

    /// Adds what the HTML of a part becomes.
    fn convert(&mut self, html: &str, links: &Links, polls: Polls) -> String {
        let converted = convert(html, links, polls);
        self.lost.words += converted.lost.words;
        self.lost.sample.extend(converted.lost.sample);
        self.lost.things.extend(converted.lost.things);
        converted.markdown
    }
}

/// Returns the source of a post. `text` is what the forum had; nothing is left of it when the post was hidden.
pub(crate) fn source(post: &PlannedPost, text: &str, links: &Links) -> Source {
    let mut source = Source::default();
    if post.is_hidden {
        // What is there instead of the text are words of the forum.
        return source;
    }
    let polls = if post.polls.is_some() {
        Polls::Apart
    } else {
        Polls::InText
    };
    let mut text = if post.is_html {
        source.convert(text, links, polls)
    } else {
        text.to_owned()
    };
    if let Some(who) = &post.who {
        let name = links.member(who).unwrap_or_else(|| (**who).to_owned());
        let gap = if text.is_empty() { "" } else { "\n\n" };
        text = format!("@{name}{gap}{text}");
    }
    for poll in post.polls.iter().flatten() {
        source.push_poll(&mut text, poll, links);
    }
    source.relative = links.relative.take();
    source.text = text;
    source
}

impl Source {
    /// Keeps a poll as a list: its title, and its options, each with its votes.
    fn push_poll(&mut self, text: &mut String, poll: &Poll, links: &Links) {
        if let Some(title) = &poll.title {
            text.push_str("\n\n");
            text.push_str(&self.convert(title, links, Polls::Apart));
        }
        text.push_str("\n\n");
        for (option, votes) in &poll.options {
            let option = self.convert(option, links, Polls::Apart).replace('\n', " ");
            let _ = match votes {
                Some(votes) => writeln!(text, "- {option}: {votes}"),
                None => writeln!(text, "- {option}"),
            };
        }
        text.truncate(text.trim_end().len());
    }
}
