// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists, for readers who keep no replica.

use serde::{Deserialize, Serialize};

use crate::post::Post;
use crate::tag::Tag;
use crate::topic::{Topic, TopicTally};

/// A topic in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopicLine {
    /// The topic.
    pub topic: Topic,
    /// Its numbers.
    pub tally: TopicTally,
}

/// A page of topics, latest activity first: `GET /v1/topics?category=ID&tag=TAG&before=MARK&limit=N`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopicPage {
    /// The topics.
    pub topics: Vec<TopicLine>,
    /// Give this as `before` to read on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A tag, and how many topics have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TagLine {
    /// The tag.
    pub tag: Tag,
    /// How many topics in lists that the reader may see have it.
    pub topics: i64,
}

/// A page of tags, in the order of their characters: `GET /v1/tags?after=TAG&limit=N`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TagPage {
    /// The tags.
    pub tags: Vec<TagLine>,
    /// Give this as `after` to read on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Tag>,
}

/// A page of a topic, in order: `GET /v1/topics/ID?from=NUMBER&limit=N`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostPage {
    /// The topic.
    pub topic: Topic,
    /// Its numbers.
    pub tally: TopicTally,
    /// The posts.
    pub posts: Vec<Post>,
    /// Give this as `from` to read on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}
