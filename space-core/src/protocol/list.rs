// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists, for readers who keep no replica.

use serde::{Deserialize, Serialize};

use crate::post::Post;
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

/// A page of topics, latest activity first: `GET /v1/topics?category=ID&before=MARK&limit=N`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopicPage {
    /// The topics.
    pub topics: Vec<TopicLine>,
    /// Give this as `before` to read on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
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
