// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands: what clients ask to be done.

use serde::{Deserialize, Serialize};

use crate::category::{Access, Colour};
use crate::id::{CategoryId, PostId};
use crate::language::Language;
use crate::post::Post;
use crate::tag::Tags;
use crate::text::{About, Label, Note, PostSource, Slug, TopicTitle};
use crate::time::Timestamp;
use crate::topic::Topic;

/// Starts a topic: `POST /v1/topics`. Answers a [`StartedTopic`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StartTopic {
    /// Where.
    pub category: CategoryId,
    /// What it is about.
    pub title: TopicTitle,
    /// The first post.
    pub source: PostSource,
    /// The language of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The words under which it is found; at most five, of 20 characters.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    /// When it was written, if earlier than it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
}

/// A topic that was just started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartedTopic {
    /// The topic.
    pub topic: Topic,
    /// Its first post.
    pub post: Post,
}

/// Replies in a topic: `POST /v1/topics/ID/posts`. Answers a [`Post`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The post it answers, when one in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<PostId>,
    /// What it says.
    pub source: PostSource,
    /// The language of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// When it was written, if earlier than it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
}

/// Changes a post: `PUT /v1/posts/ID`. Answers the [`Post`]; when somebody else changed it since, a
/// problem `conflict` with both texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EditPost {
    /// The revision that this edit was made from.
    pub revision: i64,
    /// What it says now.
    pub source: PostSource,
}

/// Retitles, tags, moves, closes or opens a topic: `PATCH /v1/topics/ID`. Answers the [`Topic`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EditTopic {
    /// The revision that this edit was made from.
    pub revision: i64,
    /// Another title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<TopicTitle>,
    /// Another category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// All tags that it has from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    /// Whether it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_closed: Option<bool>,
}

/// Gives a topic tags and takes tags from it: `PATCH /v1/topics/ID/tags`. Answers the [`Topic`].
///
/// It says what changes, not what comes of it, and so needs no revision: whatever others did meanwhile stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeTags {
    /// Tags that it has from then on.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub add: Tags,
    /// Tags that it has no more, unless they are among those above.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub remove: Tags,
}

/// Remembers how far one has read: `PUT /v1/topics/ID/read`. Answers a [`ReadPosition`](crate::ReadPosition).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkRead {
    /// The highest post number that was read.
    pub number: i64,
    /// The numbers below it that were not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<i64>,
    /// What it does with what is known already.
    #[serde(default, skip_serializing_if = "MarkWay::is_set")]
    pub way: MarkWay,
    /// When it was marked, if earlier than it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked_at: Option<Timestamp>,
    /// The `read_at` of the position that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Timestamp>,
}

impl MarkRead {
    /// Makes a mark that replaces what is known: a smaller number than before marks as unread from there.
    pub fn set(number: i64) -> Self {
        Self {
            number,
            unread: Vec::new(),
            way: MarkWay::Set,
            marked_at: None,
            known: None,
        }
    }
}

/// What a mark does with what is known already; [`reading`](crate::reading) has the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MarkWay {
    /// It replaces it.
    #[default]
    Set,
    /// It adds to it: what was read anywhere is read.
    Add,
}

impl MarkWay {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_set(&self) -> bool {
        *self == Self::Set
    }
}

/// Counts everything until a moment as read, or no longer: `PUT /v1/caught-up`. Answers a [`CaughtUpBefore`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatchUp {
    /// Where, and until when; at most 1,000.
    pub places: Vec<CatchUpPlace>,
    /// When it was marked, if earlier than it is sent. What was said later of a place is left as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked_at: Option<Timestamp>,
}

/// Where one has caught up, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatchUpPlace {
    /// Which category; everywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Until when; 0 takes it back.
    pub until: Timestamp,
}

/// What was said before of the places that were changed: sent as the next [`CatchUp`] it undoes this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaughtUpBefore {
    /// Where, and until when.
    pub before: Vec<CatchUpPlace>,
}

/// Puts a mark in a topic or post: `PUT /v1/bookmarks/ID`. Answers the [`Bookmark`](crate::Bookmark).
///
/// `DELETE /v1/bookmarks/ID` takes it out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PutBookmark {
    /// What to remember of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// When it was put there, if earlier than it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
}

/// Makes a category: `POST /v1/categories`. Answers the [`Category`](crate::Category).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCategory {
    /// The category it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CategoryId>,
    /// The name used in commands.
    pub slug: Slug,
    /// The name shown.
    pub name: Label,
    /// What belongs here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// The language of most of its posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Who may do what; open to everyone when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

/// Opens or closes a category: `PUT /v1/categories/ID/access`. Answers the [`Category`](crate::Category).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAccess {
    /// Who may do what from now on.
    pub access: Access,
}

/// Makes a group: `POST /v1/groups`. Answers the [`Group`](crate::Group).
///
/// `PUT` and `DELETE /v1/groups/ID/members/ID` put a member in and take them out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateGroup {
    /// The name used in commands.
    pub slug: Slug,
    /// The name shown.
    pub name: Label,
    /// Whether outsiders must not learn that it exists.
    #[serde(default)]
    pub is_closed: bool,
}
