// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What screens and commands show: rows of the replica with the names they mention filled in.

use std::ops::Range;
use std::sync::Arc;

use space_core::client::replica::{TopicKey, TopicState};
use space_core::search::SearchError;
use space_core::{CategoryId, MemberId, PostId, PostKind, Tags, Timestamp, TopicId};

use super::outline::Outline;

/// A topic in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicItem {
    /// The topic's id.
    pub id: TopicId,
    /// What it is about.
    pub title: String,
    /// Where it stands in the list that it came from.
    pub key: TopicKey,
    /// Its category.
    pub category: CategoryId,
    /// The name of its category, for readers.
    pub category_name: String,
    /// How many posts can be read.
    pub posts: i64,
    /// The highest post number.
    pub last_number: i64,
    /// When the newest post was written.
    pub last_post_at: Timestamp,
    /// The name of who wrote it.
    pub last_poster: String,
    /// The highest post number that was read; 0 when none was.
    pub read_number: i64,
    /// What it wants from its reader.
    pub state: TopicState,
    /// Nobody but staff may reply.
    pub is_closed: bool,
    /// Nothing in it may change any more.
    pub is_archived: bool,
    /// It stays at the top of its category.
    pub is_pinned: bool,
    /// The words under which it is found.
    pub tags: Tags,
    /// What the reader wants to remember of it, when it or one of its posts has a bookmark; empty without a note.
    pub bookmark: Option<String>,
}

impl TopicItem {
    /// Returns whether something in it was not read.
    pub fn is_unread(&self) -> bool {
        self.state != TopicState::Read
    }

    /// Returns where it stands in the list that it came from.
    pub fn key(&self) -> TopicKey {
        self.key
    }
}

/// Where a post stands on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostKey {
    /// The server has it, under this id.
    Id(PostId),
    /// It waits in the outbox, under this number.
    Outbox(i64),
}

/// Why a post is not on the server yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// It will be sent when the server answers.
    Queued,
    /// It was refused, for this reason.
    Refused(String),
}

/// What a post answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// The post.
    pub id: PostId,
    /// The name of who wrote it; absent when the post is not here.
    pub author: Option<String>,
}

/// A post in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostItem {
    /// Its id, or its number in the outbox.
    pub key: PostKey,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// Its place in the topic; above every other while it waits to be sent.
    pub number: i64,
    /// The name of who wrote it.
    pub author: String,
    /// Who wrote it; absent while that is not known.
    pub author_id: Option<MemberId>,
    /// What it answers.
    pub reply_to: Option<ReplyTo>,
    /// What it is.
    pub kind: PostKind,
    /// What a notice is about.
    pub notice: Option<String>,
    /// The CommonMark source.
    pub source: String,
    /// Hidden by moderation.
    pub is_hidden: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// How many people like it.
    pub likes: i64,
    /// Rises with every change.
    pub revision: i64,
    /// Why it is not on the server yet; absent when it is.
    pub waiting: Option<Waiting>,
    /// On the first post of a topic that is here: how many others are not, in a copy that is not whole.
    pub missing: u64,
    /// What the reader wants to remember of it, when they have put a bookmark there; empty without a note.
    pub bookmark: Option<String>,
}

/// A post that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitItem {
    /// The post.
    pub post: PostId,
    /// Its place in the topic.
    pub number: i64,
    /// The topic.
    pub topic: TopicId,
    /// What the topic is about.
    pub title: String,
    /// The name of who wrote it.
    pub author: String,
    /// Who wrote it.
    pub author_id: MemberId,
    /// When.
    pub created_at: Timestamp,
    /// Where the words are in the title.
    pub title_marks: Vec<Range<usize>>,
    /// A piece of what it says, as plain text.
    pub excerpt: String,
    /// Where the words are in that.
    pub marks: Vec<Range<usize>>,
}

/// A part of what a search found, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundPart {
    /// What was asked for.
    pub words: String,
    /// Whether it is the beginning; else it goes on where the part before ended.
    pub is_start: bool,
    /// The posts.
    pub hits: Vec<HitItem>,
    /// Where to go on; nothing at the end. A part may be short, or empty, and not the last.
    pub next: Option<PostId>,
    /// What is wrong with what was asked for.
    pub errors: Vec<SearchError>,
}

/// What could stand in the place of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The text.
    pub text: String,
    /// The bytes of it that a choice replaces.
    pub span: Range<usize>,
    /// What could stand there.
    pub all: Vec<String>,
}

/// A part of a list of topics around a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TopicsPart {
    /// The rows, in order.
    pub rows: Vec<TopicItem>,
    /// Nothing comes before them.
    pub is_start: bool,
    /// Nothing comes after them.
    pub is_end: bool,
    /// The name of the member whose list it is.
    pub author: Option<String>,
}

/// A part of a thread around a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadPart {
    /// The topic.
    pub topic: TopicItem,
    /// The posts, in order.
    pub posts: Vec<PostItem>,
    /// Nothing comes before them.
    pub is_start: bool,
    /// Nothing comes after them.
    pub is_end: bool,
    /// Where to begin reading.
    pub at: Option<PostKey>,
    /// Which post of the topic answers which.
    pub outline: Arc<Outline>,
}

/// How things stand, for the status line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// The name of the space; empty before the first sync.
    pub space: String,
    /// How many things wait to be sent.
    pub queued: usize,
    /// How many were refused.
    pub refused: usize,
    /// How many topics have something unread.
    pub unread_topics: usize,
}

/// A category in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryItem {
    /// The category.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// One symbol shown before the name.
    pub icon: Option<String>,
    /// How far from the root it stands, from 0.
    pub depth: usize,
    /// How many of its topics have something unread.
    pub own: usize,
    /// The same, with the categories below it.
    pub with_below: usize,
}

/// The places to go to, and what waits there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The categories, each before those below it.
    pub categories: Vec<CategoryItem>,
    /// Topics with posts after the last one read.
    pub unread: usize,
    /// Topics that were never opened.
    pub new: usize,
}

/// Something one can go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A category.
    Category(CategoryId),
    /// A topic.
    Topic(TopicId),
    /// A member, with the name they are mentioned by.
    Member(MemberId, String),
}

/// Something that was found by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// What.
    pub target: Target,
    /// Its name.
    pub name: String,
}

/// Where reading goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextUnread {
    /// The topic.
    pub topic: TopicId,
    /// Its category.
    pub category: CategoryId,
    /// The name of its category.
    pub category_name: String,
}
