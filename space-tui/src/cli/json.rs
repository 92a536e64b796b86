// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What `--json` prints: the types of the protocol, with the names that their ids stand for beside them.
//!
//! Field names are stable. Ids are numbers, times are milliseconds since 1970.

use serde::Serialize;
use space_core::client::replica::{PostRow, SearchHit, TopicRow, TopicState};
use space_core::{CategoryId, Hiding, MemberId, Post, PostId, Timestamp, Topic, TopicId};

use super::hidden::HiddenJson;

/// A topic: the fields of the protocol's topic and tally, and names.
#[derive(Debug, Serialize)]
pub(super) struct TopicJson<'a> {
    #[serde(flatten)]
    topic: &'a Topic,
    category_slug: &'a str,
    category_name: &'a str,
    author_name: &'a str,
    posts: i64,
    last_number: i64,
    last_post_at: Timestamp,
    last_poster: MemberId,
    last_poster_name: &'a str,
    views: i64,
    likes: i64,
    /// The highest post number that was read; 0 when none was.
    read_number: i64,
    /// `read`, `unread` or `new`.
    state: &'static str,
}

impl<'a> From<&'a TopicRow> for TopicJson<'a> {
    fn from(row: &'a TopicRow) -> Self {
        Self {
            topic: &row.topic,
            category_slug: &row.category.slug,
            category_name: &row.category.name,
            author_name: &row.author.name,
            posts: row.posts,
            last_number: row.last_number,
            last_post_at: row.last_post_at,
            last_poster: row.last_poster.id,
            last_poster_name: &row.last_poster.name,
            views: row.views,
            likes: row.likes,
            read_number: row.read_number,
            state: match row.state {
                TopicState::Read => "read",
                TopicState::Unread => "unread",
                TopicState::New => "new",
            },
        }
    }
}

/// A post: the fields of the protocol's post and tally, and names.
#[derive(Debug, Serialize)]
pub(super) struct PostJson<'a> {
    #[serde(flatten)]
    post: &'a Post,
    author_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to_number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to_author_name: Option<&'a str>,
    likes: i64,
    /// What it says while it is hidden, for staff who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hidden: Option<HiddenJson>,
    /// When it was hidden and shown again, for staff who asked about this post.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hidings: Vec<Hiding>,
}

impl<'a> From<&'a PostRow> for PostJson<'a> {
    fn from(row: &'a PostRow) -> Self {
        let to = row.reply_to.as_ref();
        Self {
            post: &row.post,
            author_name: &row.author.name,
            reply_to_number: to.and_then(|to| to.number),
            reply_to_author_name: to
                .and_then(|to| to.author.as_ref())
                .map(|a| a.name.as_str()),
            likes: row.likes,
            hidden: None,
            hidings: Vec::new(),
        }
    }
}

/// A thread: one document.
#[derive(Debug, Serialize)]
pub(super) struct ThreadJson<'a> {
    pub(super) topic: TopicJson<'a>,
    /// How many posts of it the copy does not have, before or between those that follow; 0 when it is whole.
    pub(super) missing_posts: u64,
    /// Why they could not be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) missing_why: Option<&'a str>,
    pub(super) posts: Vec<PostJson<'a>>,
}

/// A post that was found.
#[derive(Debug, Serialize)]
pub(super) struct HitJson<'a> {
    id: PostId,
    number: i64,
    topic: TopicId,
    title: &'a str,
    category: CategoryId,
    category_slug: &'a str,
    category_name: &'a str,
    author: MemberId,
    author_name: &'a str,
    created_at: Timestamp,
    excerpt: &'a str,
}

impl<'a> From<&'a SearchHit> for HitJson<'a> {
    fn from(hit: &'a SearchHit) -> Self {
        Self {
            id: hit.post,
            number: hit.number,
            topic: hit.topic,
            title: &hit.title,
            category: hit.category.id,
            category_slug: &hit.category.slug,
            category_name: &hit.category.name,
            author: hit.author.id,
            author_name: &hit.author.name,
            created_at: hit.created_at,
            excerpt: &hit.snippet.text,
        }
    }
}

/// What became of something written.
#[derive(Debug, Serialize)]
pub(super) struct SentJson {
    /// Its number in the outbox.
    pub(super) outbox: i64,
    /// `sent`, `queued` or `refused`.
    pub(super) state: &'static str,
    /// The topic, once the server has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<TopicId>,
    /// The post, once the server has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post: Option<PostId>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
}
