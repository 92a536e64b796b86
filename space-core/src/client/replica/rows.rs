// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the queries return: owned rows with names resolved.

use std::ops::Range;

use crate::category::{Category, Colour};
use crate::group::Group;
use crate::id::{CategoryId, MemberId, PostId, TopicId};
use crate::member::{Member, MemberKind};
use crate::post::Post;
use crate::tag::Tag;
use crate::time::Timestamp;
use crate::topic::Topic;

/// Somebody, as named beside what they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: MemberId,
    /// The name they are known by; `#1003` while the replica does not hold them.
    pub name: String,
    /// The name they show beside it.
    pub display_name: Option<String>,
    /// What kind of account it is; `None` while the replica does not hold them.
    pub kind: Option<MemberKind>,
}

/// A category, as named beside what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryMark {
    /// Which.
    pub id: CategoryId,
    /// The name used in commands.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// Its colour.
    pub colour: Option<Colour>,
    /// One symbol shown before the name.
    pub icon: Option<String>,
}

/// How many topics want to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attention {
    /// Topics that one has read before and that have newer posts.
    pub unread: i64,
    /// Topics that one has never opened.
    pub new: i64,
}

/// A category in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRow {
    /// The category.
    pub category: Category,
    /// How far from the root it stands, from 0. A category whose parent cannot be seen stands at the root.
    pub depth: usize,
    /// What waits in it.
    pub own: Attention,
    /// What waits in it and below it.
    pub with_below: Attention,
}

/// What a topic wants from its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TopicState {
    /// Nothing: everything in it was read, or it is older than what counts as new.
    Read,
    /// There are posts after the last one read.
    Unread,
    /// It was never opened.
    New,
}

/// Where a topic stands in a list; give it back to read on after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicKey {
    pub(super) is_pinned: bool,
    /// What the list is ordered by.
    pub(super) value: i64,
    pub(super) id: i64,
}

impl TopicKey {
    /// Comes before every place of every list.
    pub const FIRST: Self = Self::new(true, i64::MAX, i64::MAX);
    /// Comes after every place of every list.
    pub const LAST: Self = Self::new(false, i64::MIN, i64::MIN);

    /// Returns the place just before this one, so that a list read on from there begins with it.
    #[must_use]
    pub const fn just_before(self) -> Self {
        Self {
            id: self.id.saturating_add(1),
            ..self
        }
    }

    /// Makes the place of a topic: whether it is pinned where that counts, what the list is ordered by, and its id.
    pub const fn new(is_pinned: bool, value: i64, id: i64) -> Self {
        Self {
            is_pinned,
            value,
            id,
        }
    }
}

/// A topic in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicRow {
    /// The topic.
    pub topic: Topic,
    /// Where it is.
    pub category: CategoryMark,
    /// Who started it.
    pub author: Person,
    /// Who wrote last.
    pub last_poster: Person,
    /// When the newest post was written.
    pub last_post_at: Timestamp,
    /// How many posts can be read.
    pub posts: i64,
    /// The highest post number.
    pub last_number: i64,
    /// How many people have opened it.
    pub views: i64,
    /// How many likes its posts have.
    pub likes: i64,
    /// The highest post number that was read; 0 when none was.
    pub read_number: i64,
    /// How many posts up to that are unread all the same.
    pub marked_unread: i64,
    /// What it wants from its reader.
    pub state: TopicState,
    /// Where it stands in the list it came from.
    pub key: TopicKey,
}

impl TopicRow {
    /// Returns how many posts are unread, by their numbers.
    pub fn unread(&self) -> i64 {
        (self.last_number - self.read_number).max(0) + self.marked_unread
    }
}

/// In which order to list topics, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TopicOrder {
    /// All, latest activity first.
    #[default]
    Latest,
    /// Those never opened, latest activity first.
    New,
    /// Those with posts after the last one read, latest activity first.
    Unread,
    /// All, most liked first; with `since`, those that somebody has written in since then.
    Top,
    /// Those with a bookmark, latest bookmark first.
    Bookmarked,
}

/// Which topics to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicQuery {
    /// Of this category; then pinned ones come first in `Latest`.
    pub category: Option<CategoryId>,
    /// Also of the categories below that one.
    pub with_below: bool,
    /// In which order, and which.
    pub order: TopicOrder,
    /// Started by this member alone; not for `Bookmarked`.
    pub author: Option<MemberId>,
    /// With this tag alone; not for `Bookmarked`.
    pub tag: Option<Tag>,
    /// With a post since then alone, in `Top`.
    pub since: Option<Timestamp>,
    /// After this one, which stands before them in the list.
    pub before: Option<TopicKey>,
    /// Before this one, next to it; the page is in the order of the list all the same. Not together with `before`.
    pub after: Option<TopicKey>,
    /// This many at most.
    pub limit: usize,
}

/// A tag, and how many topics have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    /// The tag.
    pub tag: Tag,
    /// How many listed topics of the local copy have it.
    pub topics: i64,
}

/// The post that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyMark {
    /// Which.
    pub id: PostId,
    /// Its number; `None` while the replica does not hold it, or when it is gone.
    pub number: Option<i64>,
    /// Who wrote it; `None` like the number.
    pub author: Option<Person>,
}

/// A post in its topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    /// The post.
    pub post: Post,
    /// Who wrote it.
    pub author: Person,
    /// How many people like it.
    pub likes: i64,
    /// The post it answers.
    pub reply_to: Option<ReplyMark>,
}

/// A bookmark in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookmarkRow {
    /// The bookmark.
    pub bookmark: crate::Bookmark,
    /// The number of the post, 1 when the topic as a whole is meant.
    pub number: i64,
    /// The topic it is in.
    pub topic: TopicRow,
}

/// A page of posts that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchPage {
    /// The posts, newest first.
    pub hits: Vec<SearchHit>,
    /// Where to go on; absent when there is nothing more. A page may be short, or empty, and not the last.
    pub next: Option<PostId>,
}

/// A post that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// Which.
    pub post: PostId,
    /// Its number in the topic.
    pub number: i64,
    /// The topic it is in.
    pub topic: TopicId,
    /// What the topic is about.
    pub title: String,
    /// Byte ranges of the words in the title, when the post begins the topic.
    pub title_marks: Vec<Range<usize>>,
    /// Where it is.
    pub category: CategoryMark,
    /// Who wrote it.
    pub author: Person,
    /// When.
    pub created_at: Timestamp,
    /// The part of its text where the words are.
    pub snippet: Snippet,
}

/// A part of a text on one line, and the words in it that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Byte ranges of the words, in order.
    pub marks: Vec<Range<usize>>,
}

/// What a number such as `#48213` names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the type it holds")]
pub enum Found {
    Category(Category),
    Group(Group),
    Member(Member),
    Topic(TopicRow),
    Post(PostRow),
}

/// How much the replica holds that can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Categories.
    pub categories: i64,
    /// Topics.
    pub topics: i64,
    /// Posts.
    pub posts: i64,
    /// Members.
    pub members: i64,
}
