// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bookmarks: what members want to find again. Nobody else sees them.

use serde::{Deserialize, Serialize};

use crate::id::{PostId, TopicId};
use crate::text::Note;
use crate::time::Timestamp;

/// A mark that a member has put in a topic or in a post. It goes by the id of that: they share one number space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bookmark {
    /// The topic, or the topic of the post.
    pub topic: TopicId,
    /// The post; absent when the topic as a whole is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    /// What the member wants to remember of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// When it was put there.
    pub created_at: Timestamp,
}

impl Bookmark {
    /// Returns the id of what is marked.
    pub fn id(&self) -> i64 {
        self.post.map_or(self.topic.get(), PostId::get)
    }
}
