// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Jobs: what the server is to be asked for somebody. Each is written down before it is asked, with a key by which the
//! server knows it again, and kept until there is an answer.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use space_core::text::PostSource;
use space_core::{MemberId, PostId, Timestamp};

use super::{Lane, Place, Who};

/// The number of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct JobId(pub(crate) i64);

/// Something to ask the server for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job {
    /// Its number.
    pub(crate) id: JobId,
    /// By which the server knows it again.
    pub(crate) key: String,
    /// For whom.
    pub(crate) who: Who,
    /// What.
    pub(crate) task: Task,
    /// When it was asked for.
    pub(crate) created_at: Timestamp,
    /// How often it was tried in vain.
    pub(crate) tries: u32,
    /// Before this it is not tried again.
    pub(crate) not_before: Timestamp,
    /// Whether they know that it takes longer.
    pub(crate) has_told: bool,
}

/// What to ask the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub(crate) enum Task {
    /// To post a reply.
    Reply {
        /// Where it was said.
        place: Place,
        /// What it answers.
        post: PostId,
        /// What it says.
        text: PostSource,
        /// What the network calls the message, where it calls it anything.
        remote_id: Option<String>,
        /// When it was said.
        #[serde(default)]
        written_at: Option<Timestamp>,
    },
    /// To note that they accept the code of conduct, in the version that they were asked about.
    Agree {
        /// Which version; the one in force when they were not asked.
        version: Option<i64>,
    },
    /// To file a report.
    Report {
        /// On what.
        post: PostId,
        /// Why, in the words of the server.
        reason: String,
        /// What they say about it.
        comment: Option<String>,
    },
}

impl Job {
    /// Returns how urgent it is.
    pub(crate) fn lane(&self) -> Lane {
        match self.task {
            Task::Report { .. } => Lane::Report,
            Task::Agree { .. } => Lane::Answer,
            Task::Reply { .. } => Lane::Post,
        }
    }
}

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The reply is posted.
    Posted {
        /// For whom.
        visitor: MemberId,
        /// As what.
        post: PostId,
    },
    /// They have to accept the code of conduct first.
    MustAgree {
        /// Who they are.
        visitor: MemberId,
        /// Which version.
        version: i64,
    },
    /// They have accepted the code of conduct.
    Agreed {
        /// Who they are.
        visitor: MemberId,
    },
    /// The report is filed.
    Reported,
    /// The server refuses, and will again.
    Refused {
        /// Why, in a sentence for them.
        why: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// It may succeed later.
    Later {
        /// Whether the server cannot be reached, or asks to wait.
        is_away: bool,
        /// How long the server asks to wait.
        after: Option<Duration>,
    },
}
