// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Everything that can be written down.

use space_core::protocol::{Cursor, FeedRow};
use space_core::{CategoryId, Timestamp};

use crate::relay::{Job, JobId, Link, OpId, Operation, Person, Place, Progress};

/// Something to be written down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// A row of the feed: kept when posts refer to it, laid aside when it is a post.
    Row(FeedRow),
    /// Up to where the feed was read; nothing when it has to be read from zero.
    Cursor(Option<Cursor>),
    /// The posts that were laid aside have been looked at. No post up to this number is new any more.
    Planned {
        /// The highest number of a post that was seen.
        seen_post: i64,
    },
    /// A room mirrors a category from now on.
    Begun {
        /// The room.
        room: Place,
        /// The category.
        category: CategoryId,
        /// The highest number of a post that was there before.
        last_post: i64,
        /// When.
        at: Timestamp,
    },
    /// An operation is to be done.
    Operation(Operation),
    /// An operation came so far.
    Progress(OpId, Option<Progress>),
    /// An operation is done, or of no use any more.
    OperationDone(OpId),
    /// What a room knows of a post.
    Link(Link),
    /// The server is to be asked.
    Job(Job),
    /// The server has answered.
    JobDone(JobId),
    /// What is known of somebody.
    Person(Person),
    /// A message was taken in.
    Heard {
        /// Where.
        place: Place,
        /// What the network calls it.
        remote_id: String,
        /// When.
        at: Timestamp,
    },
    /// Until when the bridge was in a room.
    Presence {
        /// The room.
        room: Place,
        /// Until when.
        until: Timestamp,
        /// Up to where the room was heard, in the words of its adapter.
        mark: Option<String>,
    },
    /// The next number to give out.
    NextId(i64),
    /// What was taken in before this can be forgotten.
    Forget {
        /// Messages heard before this.
        before: Timestamp,
    },
    /// What waits since before this for its author to agree is not kept any longer.
    ForgetPending {
        /// Texts of before this.
        before: Timestamp,
    },
}
