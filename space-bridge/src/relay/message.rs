// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What an adapter is asked to say, in no network's words. Names and titles are as their authors wrote them: each adapter
//! makes them harmless for its network.

use space_core::PostId;

use super::Edits;
use super::operation::{Absence, Digest};

/// What an adapter is asked to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// A post.
    Post(PostMessage),
    /// A post, or what became of it, that the network does not pass on as it is: where it can be read.
    Pointer {
        /// Which.
        post: PostId,
        /// Its page.
        url: String,
    },
    /// A post says something else now.
    Edit {
        /// What it says now.
        now: PostMessage,
        /// The source that the room was told.
        before: String,
        /// How much of it the room wants to see.
        edits: Edits,
    },
    /// A post is to be taken back.
    Withdraw {
        /// Which.
        post: PostId,
        /// What the network called the messages that told it.
        remote_ids: Vec<String>,
        /// Whether to say so where it cannot be taken back.
        announces: bool,
    },
    /// Several posts were taken back.
    WithdrawMany {
        /// How many.
        count: usize,
    },
    /// Too many posts to tell them one by one.
    Digest {
        /// How many, and which.
        digest: Digest,
        /// The page of the first.
        url: String,
    },
    /// What was said while the bridge was not there did not arrive.
    Away(Absence),
    /// Words to one person.
    Answer {
        /// The words.
        text: String,
    },
}

/// A post as a room needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostMessage {
    /// Its number.
    pub(crate) id: PostId,
    /// The name of who wrote it.
    pub(crate) author: String,
    /// The title of its topic.
    pub(crate) topic: String,
    /// Whether it began the topic.
    pub(crate) is_first: bool,
    /// What stands beside the name: that it speaks for the moderators, or that the author is a program.
    pub(crate) mark: Option<&'static str>,
    /// The name of whom it answers.
    pub(crate) answers: Option<String>,
    /// What the network calls the message that it answers.
    pub(crate) answers_remote: Option<String>,
    /// CommonMark.
    pub(crate) source: String,
    /// Its page.
    pub(crate) url: String,
}
