// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Items: what waits, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::case::ReportReason;
use crate::client::api::IdempotencyKey;
use crate::id::{CategoryId, PostId, TopicId};
use crate::language::Language;
use crate::protocol::{CatchUpPlace, ChangeTags, MarkRead, Problem};
use crate::reading::ReadState;
use crate::tag::Tags;
use crate::text::{Comment, Note, PostSource, TopicTitle};
use crate::time::Timestamp;

/// Names an item before the server has given it an id. Shown as `~7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalId(pub i64);

impl fmt::Display for LocalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "~{}", self.0)
    }
}

/// A topic on the server, or one that still waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopicRef {
    /// On the server.
    Sent(TopicId),
    /// The queued `StartTopic`.
    Queued(LocalId),
}

/// A post on the server, or one that still waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostRef {
    /// On the server.
    Sent(PostId),
    /// The queued `Reply`, or the first post of the queued `StartTopic`.
    Queued(LocalId),
}

/// Something to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Draft {
    /// Starts a topic.
    StartTopic {
        /// Where.
        category: CategoryId,
        /// What it is about.
        title: TopicTitle,
        /// The first post.
        source: PostSource,
        /// The language of the post.
        language: Option<Language>,
        /// The words under which it is found.
        #[serde(default, skip_serializing_if = "Tags::is_empty")]
        tags: Tags,
    },
    /// Gives a topic tags, and takes tags from it. What others change meanwhile stays.
    TagTopic {
        /// Which topic.
        topic: TopicId,
        /// Which tags.
        change: ChangeTags,
    },
    /// Replies in a topic.
    Reply {
        /// Which topic.
        topic: TopicRef,
        /// The post it answers, when one in particular.
        reply_to: Option<PostRef>,
        /// What it says.
        source: PostSource,
        /// The language of the post.
        language: Option<Language>,
    },
    /// Changes a post.
    EditPost {
        /// Which post.
        post: PostId,
        /// The revision that this edit was made from.
        revision: i64,
        /// What it said then: the common root when somebody else has changed it meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
        /// What it says now.
        source: PostSource,
    },
    /// Removes a post.
    DeletePost {
        /// Which post.
        post: PostId,
    },
    /// Reports a post in confidence. It goes before everything else that waits, and is forgotten here once it is sent.
    Report {
        /// Which post.
        post: PostId,
        /// Why.
        reason: ReportReason,
        /// What to say about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Comment>,
    },
    /// Remembers how far one has read; what was marked as unread below stays so.
    MarkRead {
        /// Which topic.
        topic: TopicId,
        /// The highest post number that was read.
        number: i64,
    },
    /// Marks a post, which was read or is to be read again.
    MarkPost {
        /// Which topic.
        topic: TopicId,
        /// The number of the post.
        number: i64,
        /// What is said of it.
        mark: PostMark,
    },
    /// Puts back which posts of a topic were read: what [`Replica::read_state`](crate::client::Replica::read_state) said.
    RestoreRead {
        /// Which topic.
        topic: TopicId,
        /// Which posts were read.
        state: ReadState,
    },
    /// What becomes of the three above in the outbox: which posts were read, as a whole.
    SetRead {
        /// Which topic.
        topic: TopicId,
        /// What to send.
        mark: MarkRead,
    },
    /// Counts everything until a moment as read, in categories or everywhere, or no longer.
    CatchUp {
        /// Where, and until when.
        places: Vec<CatchUpPlace>,
    },
    /// Puts a bookmark in a topic or post.
    PutBookmark {
        /// The topic, or the topic of the post.
        topic: TopicId,
        /// The post, when not the topic as a whole is meant.
        post: Option<PostId>,
        /// What to remember of it.
        note: Option<Note>,
    },
    /// Takes a bookmark out.
    RemoveBookmark {
        /// The topic, or the topic of the post.
        topic: TopicId,
        /// The post, when not the topic as a whole is meant.
        post: Option<PostId>,
    },
}

impl Draft {
    /// Returns whether it only notes something of one's own reading, which is sent without a word: lists of what waits
    /// leave it out.
    pub fn is_silent(&self) -> bool {
        match self {
            Self::StartTopic { .. }
            | Self::TagTopic { .. }
            | Self::Reply { .. }
            | Self::EditPost { .. }
            | Self::DeletePost { .. }
            | Self::Report { .. } => false,
            Self::MarkRead { .. }
            | Self::MarkPost { .. }
            | Self::RestoreRead { .. }
            | Self::SetRead { .. }
            | Self::CatchUp { .. }
            | Self::PutBookmark { .. }
            | Self::RemoveBookmark { .. } => true,
        }
    }
}

/// What is said of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostMark {
    /// It was read.
    Read,
    /// It is to be read again.
    Unread,
    /// It and all after it are to be read again.
    UnreadFromHere,
}

/// What the server made of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    /// A topic, and its first post.
    Started {
        /// The topic.
        topic: TopicId,
        /// Its first post.
        post: PostId,
    },
    /// A reply.
    Replied {
        /// The post.
        post: PostId,
        /// Its number.
        number: i64,
    },
    /// A changed post.
    Edited {
        /// The post.
        post: PostId,
        /// Its revision now.
        revision: i64,
    },
    /// Nothing that needs to be named.
    Done,
}

/// What became of an item so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// It waits to be sent.
    Queued,
    /// It is on its way, or was when something broke off; it will be sent again under the same key.
    Sending,
    /// The server refused it. An edit that met another has both texts in the problem's `conflict`.
    Refused(Box<Problem>),
    /// It is older than 25 days and waits for somebody to say that it is still meant: [`retry`](super::Outbox::retry).
    Held,
    /// The server has it.
    Sent(Outcome),
}

/// Why a queued item waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// When it is sent again.
    pub until: Timestamp,
    /// What the server said.
    pub why: Box<Problem>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its local number; later items have higher ones.
    pub id: LocalId,
    /// What to send.
    pub draft: Draft,
    /// Makes it safe to send twice.
    pub key: IdempotencyKey,
    /// When it was written.
    pub written_at: Timestamp,
    /// What became of it so far.
    pub state: ItemState,
    /// Why the server wants it later, when it is queued and does.
    pub waiting: Option<Waiting>,
    /// The items that must be sent first.
    pub after: Vec<LocalId>,
}

/// Where an unfinished text belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A new topic of this category.
    NewTopic(CategoryId),
    /// A new topic, somewhere.
    NewTopicAnywhere,
    /// A reply in this topic.
    Reply(TopicRef),
    /// A reply to this post.
    ReplyTo(PostRef),
    /// An edit of this post.
    Edit(PostId),
    /// Another text for something that waits in the outbox.
    Waiting(LocalId),
}

/// An unfinished text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDraft {
    /// Where it belongs.
    pub place: Place,
    /// The title, of a new topic.
    pub title: String,
    /// The category chosen for a new topic.
    pub category: Option<CategoryId>,
    /// The tags of a new topic.
    pub tags: Tags,
    /// The text.
    pub source: String,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The revision that an edit was begun from, and what the post said then.
    pub base: Option<(i64, String)>,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// What was thrown away of the outbox, and can come back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thrown {
    /// The items, oldest first.
    pub items: Vec<Item>,
    /// The unfinished texts that were to replace some of them.
    pub drafts: Vec<SavedDraft>,
}
