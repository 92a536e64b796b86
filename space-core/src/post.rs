// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts: single contributions to a topic.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, PostId, TopicId};
use crate::language::Language;
use crate::text::{Clause, Comment};
use crate::time::Timestamp;
use crate::topic::is_false;
use crate::words::words;

/// What a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// What somebody wrote.
    #[default]
    Regular,
    /// What a moderator wrote as one.
    Moderator,
    /// A note of something that happened to the topic, such as its closing.
    Notice,
}

words!(PostKind { Regular = "regular", Moderator = "moderator", Notice = "notice" });

/// One contribution. Its CommonMark source is canonical.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Post {
    /// The post's id.
    pub id: PostId,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// Its place in the topic, from 1; a missing number is a post that is gone.
    pub number: i64,
    /// Who wrote it; 1, which is no member, when the post is hidden and its author is not told.
    pub author: MemberId,
    /// The post it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<PostId>,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_regular")]
    pub kind: PostKind,
    /// The CommonMark source; empty when the post is hidden, or the notice has no words.
    pub source: String,
    /// What a notice is about: `closed.enabled`, `split_topic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The language it is written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Hidden by moderation: that it is there can be seen, what it says cannot.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_hidden: bool,
    /// When the server accepted it.
    pub created_at: Timestamp,
    /// When its author wrote it, if that was earlier, offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
    /// When it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// Rises with every change; an edit names the revision it was made from.
    pub revision: i64,
}

impl Post {
    /// Returns the post as it is shown to those who are not told who wrote it when it is hidden: its times say when its
    /// author was there, so those of writing and editing are left out, too.
    #[must_use]
    pub fn without_hidden_author(self) -> Self {
        if !self.is_hidden {
            return self;
        }
        Self {
            author: MemberId::WITHHELD,
            language: None,
            written_at: None,
            edited_at: None,
            ..self
        }
    }
}

/// What a hidden post says, for those who decide about it: `GET /v1/posts/ID/hidden`, staff alone.
///
/// It is a thing of its own: the [`Post`] holds no text as long as it is hidden, so that no reader, list or copy can
/// show it by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HiddenPost {
    /// The post.
    pub post: PostId,
    /// Who wrote it: the post itself does not tell as long as it is hidden. Servers before this field leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<MemberId>,
    /// What it says.
    pub source: String,
    /// Who hid it.
    pub by: MemberId,
    /// When.
    pub hidden_at: Timestamp,
    /// The clause of the code of conduct that it breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// What staff noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Comment>,
}

/// That a post was hidden once, and who showed it again: `GET /v1/posts/ID/hidings`, staff alone. It stays after the post is
/// shown again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hiding {
    /// Who hid it.
    pub by: MemberId,
    /// When.
    pub hidden_at: Timestamp,
    /// The clause of the code of conduct that it rested on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// What staff noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Comment>,
    /// Who showed the post again, once somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_by: Option<MemberId>,
    /// When that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored_at: Option<Timestamp>,
}

/// The numbers of a post that change often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostTally {
    /// Whose numbers these are.
    pub post: PostId,
    /// The topic of the post.
    pub topic: TopicId,
    /// How many people like it.
    pub likes: i64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_regular(kind: &PostKind) -> bool {
    *kind == PostKind::Regular
}
