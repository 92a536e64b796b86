// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what a forum rendered to the source of our posts.

use std::collections::HashMap;
use std::fmt::Write;

use space_core::PostId;
use space_core::markup::html::{LinkMap, Target, to_markdown};
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

impl LinkMap for Links {
    fn link(&self, address: &str) -> Option<Target> {
        match self.id(address) {
            Some(id) => Some(Target::Id(id)),
            None => self.own_site.absolute(address).map(Target::Address),
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
        self.own_site.absolute(address)
    }
}

/// Returns the source of a post. `text` is what the forum had; nothing is left of it when the post was hidden.
pub(crate) fn source(post: &PlannedPost, text: &str, links: &Links) -> String {
    if post.is_hidden {
        // What is there instead of the text are words of the forum.
        return String::new();
    }
    let mut source = if post.is_html {
        to_markdown(text, links)
    } else {
        text.to_owned()
    };
    for poll in &post.polls {
        push_poll(&mut source, poll, links);
    }
    source
}

/// Keeps a poll as a list: its options, each with its votes.
fn push_poll(source: &mut String, poll: &Poll, links: &Links) {
    source.push_str("\n\n");
    for (option, votes) in &poll.options {
        let option = to_markdown(option, links).replace('\n', " ");
        let _ = match votes {
            Some(votes) => writeln!(source, "- {option}: {votes}"),
            None => writeln!(source, "- {option}"),
        };
    }
    source.truncate(source.trim_end().len());
}
