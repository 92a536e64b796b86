// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Topics: titled conversations in a category.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, MemberId, PostId, TopicId};
use crate::language::Language;
use crate::tag::Tags;
use crate::text::TopicTitle;
use crate::time::Timestamp;

/// A titled conversation. Its first post has number 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each set and shown on its own"
)]
pub struct Topic {
    /// The topic's id.
    pub id: TopicId,
    /// Where it stands.
    pub category: CategoryId,
    /// Who started it; 1, which is no member, when its first post is hidden and its author is not told.
    pub author: MemberId,
    /// What it is about.
    pub title: TopicTitle,
    /// The language it is held in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The words under which it is found.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    /// The post that answers the question it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<PostId>,
    /// Nobody but staff may reply.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_closed: bool,
    /// Nothing in it may change any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_archived: bool,
    /// It stays at the top of its category.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_pinned: bool,
    /// It is readable, but in no list.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_unlisted: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
}

/// The numbers of a topic that change often; they travel apart, so that a reply never resends the topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopicTally {
    /// Whose numbers these are.
    pub topic: TopicId,
    /// How many posts can be read.
    pub posts: i64,
    /// The highest post number; more than `posts` when some are gone.
    pub last_number: i64,
    /// When the newest post was written.
    pub last_post_at: Timestamp,
    /// Who wrote it; 1, which is no member, when it is hidden and its author is not told.
    pub last_poster: MemberId,
    /// How many people have opened it.
    pub views: i64,
    /// How many likes its posts have.
    pub likes: i64,
}

/// How far a member has read a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadPosition {
    /// Which topic.
    pub topic: TopicId,
    /// The highest post number that was read.
    pub number: i64,
    /// The numbers below it that were not; see [`ReadState`](crate::ReadState).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<i64>,
    /// When it was last set on purpose, rather than by reading on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Timestamp>,
    /// When it last changed; rises with every change.
    pub read_at: Timestamp,
}

impl ReadPosition {
    /// Returns which posts were read.
    pub fn state(&self) -> crate::ReadState {
        crate::ReadState::new(self.number, self.unread.iter().copied())
    }
}

/// Until when a member counts everything as read, in a category or everywhere. What they have set back in a topic
/// since then stays unread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaughtUp {
    /// Which category; everywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Posts that were written until then count as read; 0 when none do.
    pub until: Timestamp,
    /// When this was last said.
    pub changed_at: Timestamp,
}

impl CaughtUp {
    /// The id of what is said of everything; categories have higher ones.
    pub const EVERYWHERE: i64 = 1;

    /// Returns the id that its row has.
    pub fn id(&self) -> i64 {
        self.category.map_or(Self::EVERYWHERE, CategoryId::get)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(crate) fn is_false(fact: &bool) -> bool {
    !fact
}
