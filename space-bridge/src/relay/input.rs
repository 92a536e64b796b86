// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the engine is told.

use std::time::Duration;

use space_core::CategoryId;
use space_core::client::FeedBatch;
use space_core::protocol::FeedRow;

use super::{Answer, Capabilities, Heard, JobId, OpId, Place, Progress};

/// Something that happened.
#[derive(Debug)]
pub(crate) enum Input {
    /// The feed has more.
    Batch(FeedBatch),
    /// What posts refer to in a scope that may be read from now on; it says nothing of how far the feed was read.
    Granted(Vec<FeedRow>),
    /// The feed has to be read from zero: the server was restored, or this was away for too long.
    CursorGone,
    /// A room mirrors a category from now on.
    Begun {
        /// The room.
        room: Place,
        /// The category.
        category: CategoryId,
        /// The highest number of a post that was there before.
        last_post: i64,
    },
    /// A network is there: people on it can be spoken to.
    NetworkUp(String),
    /// A network is not there any more. What it has not confirmed is not certain.
    NetworkDown {
        /// Which.
        network: String,
        /// So long ago it was last heard of.
        silent: Duration,
    },
    /// A room is there.
    RoomUp(RoomUp),
    /// A room is not there any more.
    RoomDown(Place),
    /// Some lines of an operation were handed to the operating system.
    Sent {
        /// Which.
        op: OpId,
        /// Where.
        place: Place,
        /// How far it came.
        progress: Progress,
    },
    /// The network has shown that lines arrived.
    Confirmed(Confirmed),
    /// The network did not pass on a line of an operation; perhaps it never will.
    Unsaid {
        /// Which.
        op: OpId,
        /// Where.
        place: Place,
    },
    /// The network refuses an operation, and will again.
    Refused {
        /// Which.
        op: OpId,
        /// Where.
        place: Place,
    },
    /// Who goes by a name on a network has left it, or is called something else now.
    PersonGone(Place),
    /// Somebody said something.
    Heard(Heard),
    /// The server has answered.
    Answered(JobId, Answer),
    /// Time has passed.
    Tick,
}

/// A room that is there.
#[derive(Debug)]
pub(crate) struct RoomUp {
    /// Which.
    pub(crate) room: Place,
    /// What can be done there.
    pub(crate) capabilities: Capabilities,
    /// Lines of our own that the network shows to be there.
    pub(crate) recalled: Vec<String>,
    /// What the network has shown of what was said while the bridge was not there.
    pub(crate) past: Past,
    /// Up to where the room was heard, in the adapter's own words, which it is given when the program starts again.
    pub(crate) mark: Option<String>,
}

/// What a network shows of what was said in a room while the bridge was not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Past {
    /// Nothing.
    #[default]
    Lost,
    /// Some of it, perhaps not all.
    Part,
    /// All of it; or the bridge heard it itself, and only could not speak.
    Whole,
}

/// Lines that the network has shown to be there.
#[derive(Debug)]
pub(crate) struct Confirmed {
    /// Of which operation.
    pub(crate) op: OpId,
    /// Where.
    pub(crate) place: Place,
    /// So many of them, from the first.
    pub(crate) lines: usize,
    /// What the network calls them, where it calls them anything.
    pub(crate) remote_ids: Vec<String>,
    /// Up to where the room was heard with them, in the adapter's own words.
    pub(crate) mark: Option<String>,
}
