// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The documents of a Discourse forum, as its JSON interface gives them and as archives save them.

mod category;
mod field;
mod post;
mod topic;

use serde::Deserialize;

pub(crate) use category::CategoryDoc;
pub(crate) use post::{Poll, PostDoc, PostText, UserDoc};
pub(crate) use topic::TopicDoc;

use self::field::Raw;
use crate::import::finding::{FindingKind, Findings};

/// What a document turned out to be.
#[derive(Debug)]
pub(crate) enum Parsed {
    /// A topic, or some of its posts.
    Topic(Box<TopicDoc>),
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
            return Some(Parsed::Other);
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
    } else {
        Some(Parsed::Other)
    }
}
