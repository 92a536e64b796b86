// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The documents of a Discourse forum, as its JSON interface gives them and as archives save them.

mod category;
mod field;
mod post;
mod topic;

use serde::Deserialize;
use serde_json::value::RawValue;

pub(crate) use category::CategoryDoc;
pub(crate) use post::{Poll, PostDoc, PostText, UserDoc};
pub(crate) use topic::{Form, TopicDoc};

use self::field::Raw;
use crate::import::finding::{FindingKind, Findings};

/// What a document turned out to be.
#[derive(Debug)]
pub(crate) enum Parsed {
    /// A topic, or some of its posts.
    Topic(Box<TopicDoc>),
    /// Posts that stand alone, each with its topic.
    Posts(Vec<TopicDoc>),
    /// Names and places of categories.
    Categories(Vec<CategoryDoc>),
    /// JSON, but nothing that is imported.
    Other,
}

/// The outermost fields by which documents are told apart.
#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    post_stream: Raw<'a>,
    #[serde(borrow)]
    categories: Raw<'a>,
    #[serde(borrow)]
    category_list: Raw<'a>,
    #[serde(borrow)]
    latest_posts: Raw<'a>,
    #[serde(borrow)]
    topic_id: Raw<'a>,
    #[serde(borrow)]
    post_number: Raw<'a>,
}

/// Reads a document. What is not JSON, or a topic without its number, is reported and `None`.
pub(crate) fn parse(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Parsed> {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        let replaced = bytes
            .utf8_chunks()
            .filter(|chunk| !chunk.invalid().is_empty())
            .count();
        findings.add(
            FindingKind::Value,
            name,
            format!("{replaced} places are not UTF-8; replaced with U+FFFD"),
        );
    }
    let json = text.trim_start_matches('\u{feff}');
    if json.trim().is_empty() {
        findings.add(FindingKind::Document, name, "is empty");
        return None;
    }
    let top: Top<'_> = match serde_json::from_str(json) {
        Ok(top) => top,
        Err(error) if error.is_data() && !json.trim_start().starts_with('{') => {
            return Some(list(name, json, findings).unwrap_or(Parsed::Other));
        }
        Err(error) => {
            findings.add(
                FindingKind::Document,
                name,
                format!("is not sound JSON: {error}"),
            );
            return None;
        }
    };
    if top.post_stream.is_some() {
        topic::read(name, json, findings).map(|topic| Parsed::Topic(Box::new(topic)))
    } else if top.categories.is_some() || top.category_list.is_some() {
        Some(Parsed::Categories(category::read(
            name,
            top.categories,
            top.category_list,
            findings,
        )))
    } else if let Some(posts) = top.latest_posts {
        // `/posts.json`: the newest posts of all topics.
        Some(list(name, posts.get(), findings).unwrap_or(Parsed::Other))
    } else if top.topic_id.is_some() && top.post_number.is_some() {
        post::read_alone(name, json, findings)
            .and_then(topic::of_post)
            .map(|topic| Parsed::Posts(vec![topic]))
    } else {
        Some(Parsed::Other)
    }
}

/// Reads a list of posts; `None` when it is a list of something else.
fn list(name: &str, json: &str, findings: &mut Findings) -> Option<Parsed> {
    #[derive(Deserialize)]
    struct Post<'a> {
        #[serde(borrow)]
        topic_id: Raw<'a>,
        #[serde(borrow)]
        post_number: Raw<'a>,
    }
    let entries: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let is_post = |entry: &&RawValue| {
        serde_json::from_str::<Post<'_>>(entry.get())
            .is_ok_and(|post| post.topic_id.is_some() && post.post_number.is_some())
    };
    if !entries.first().is_some_and(is_post) {
        return None;
    }
    let posts = entries.iter().enumerate().filter_map(|(at, entry)| {
        let place = format!("{name}, entry {}", at + 1);
        post::read_alone(&place, entry.get(), findings).and_then(topic::of_post)
    });
    Some(Parsed::Posts(posts.collect()))
}
