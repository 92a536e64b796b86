// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Operations: what is to be said in a place. Each is written down before it is sent, and until it is certain.

use serde::{Deserialize, Serialize};
use space_core::{PostId, Timestamp};

use super::Place;

/// The number of an operation; they rise in the order in which they were decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OpId(pub(crate) i64);

/// What goes first, in one place and among places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Lane {
    /// A report, and what is said about it to whoever made it.
    Report,
    /// Something is taken back.
    Withdraw,
    /// Something is put right.
    Edit,
    /// Somebody is answered in private.
    Answer,
    /// Something new.
    Post,
}

/// What is to be said. Of a post only the number is kept: its text is that of the moment in which it is sent, so an edit
/// before that needs no operation of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Outward {
    /// A post that is new to the room.
    Tell {
        /// Which.
        post: PostId,
    },
    /// A post says something else now.
    Edit {
        /// Which.
        post: PostId,
        /// What the room was told.
        before: String,
    },
    /// A post is gone or hidden.
    Withdraw {
        /// Which.
        post: PostId,
    },
    /// Several posts were taken back where that can only be said.
    WithdrawMany {
        /// How many.
        count: usize,
    },
    /// Posts that are not told one by one, because there were too many.
    Digest(Digest),
    /// What was said while the bridge was not there did not arrive.
    Away(Absence),
    /// Words to one person.
    Answer {
        /// The words; each line is one of the network.
        text: String,
    },
}

/// Posts that are not told one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest {
    /// How many posts.
    pub(crate) posts: usize,
    /// In how many topics.
    pub(crate) topics: usize,
    /// The first of them.
    pub(crate) first: PostId,
    /// The last of them.
    pub(crate) last: PostId,
}

/// A time in which a room was not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Absence {
    /// When it began.
    pub(crate) since: Timestamp,
    /// When it ended.
    pub(crate) until: Timestamp,
    /// Whether the network has shown some of what was said, perhaps not all.
    pub(crate) is_partly_known: bool,
}

/// Something to be said in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    /// Its number, which the network is told where it can remember it.
    pub(crate) id: OpId,
    /// Where.
    pub(crate) place: Place,
    /// How urgent.
    pub(crate) lane: Lane,
    /// What.
    pub(crate) what: Outward,
    /// How far it came.
    pub(crate) progress: Option<Progress>,
    /// When it was decided.
    pub(crate) created_at: Timestamp,
    /// When it is of no use any more.
    pub(crate) expires_at: Option<Timestamp>,
    /// How often the network did not pass it on.
    pub(crate) tries: u32,
}

impl Operation {
    /// Returns the post that is told for the first time.
    pub(crate) fn tells(&self) -> Option<PostId> {
        match self.what {
            Outward::Tell { post } => Some(post),
            _ => None,
        }
    }
}

/// How far an operation of several lines came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// The lines, as they were worded when the first of them was sent.
    pub(crate) lines: Vec<String>,
    /// So many of them were handed to the network.
    pub(crate) sent: usize,
}

impl Progress {
    /// Returns whether nothing is left to be sent.
    pub(crate) fn is_complete(&self) -> bool {
        self.sent >= self.lines.len()
    }
}
