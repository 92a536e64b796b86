// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Links: which post is known in which room, and as what.

use serde::{Deserialize, Serialize};
use space_core::{MemberId, PostId, Scope, Timestamp, TopicId};

use super::Place;

/// What a room knows of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// The room.
    pub(crate) room: Place,
    /// The post.
    pub(crate) post: PostId,
    /// Its topic.
    pub(crate) topic: TopicId,
    /// Who wrote it.
    pub(crate) author: MemberId,
    /// The post it answers.
    pub(crate) reply_to: Option<PostId>,
    /// Its place in the topic.
    pub(crate) number: i64,
    /// Whether it speaks for the moderators.
    pub(crate) is_moderator: bool,
    /// In which scope it was last seen: a tombstone of another one says nothing about it.
    pub(crate) scope: Scope,
    /// How the room knows it.
    pub(crate) state: LinkState,
    /// The revision that was last seen.
    pub(crate) revision: i64,
    /// What it says in that revision.
    pub(crate) source: String,
    /// When the room was told.
    pub(crate) told_at: Option<Timestamp>,
    /// What the network calls the messages that told it, where it calls them anything.
    pub(crate) remote_ids: Vec<String>,
}

/// How a room knows a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkState {
    /// It will be told.
    Queued,
    /// It was told.
    Told,
    /// It was written in that room, which so knows it.
    Own,
    /// It was counted in a digest.
    Digested,
    /// It was taken back, or went before it was told.
    Withdrawn,
}

impl Link {
    /// What a room knows of a post that was written in it, before the feed has brought the post.
    pub(crate) fn unseen(room: &Place, post: PostId) -> Self {
        const UNKNOWN: i64 = i64::MAX;
        Self {
            room: room.clone(),
            post,
            topic: TopicId::new(UNKNOWN).expect("it is above zero"),
            author: MemberId::new(UNKNOWN).expect("it is above zero"),
            reply_to: None,
            number: 0,
            is_moderator: false,
            scope: Scope::Public,
            state: LinkState::Own,
            revision: 0,
            source: String::new(),
            told_at: None,
            remote_ids: Vec::new(),
        }
    }
}
