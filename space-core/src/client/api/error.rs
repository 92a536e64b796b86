// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can go wrong in a call.

use std::time::Duration;

use crate::protocol::{Problem, ProblemCode};

/// What went wrong in a call.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The address of the server cannot be used.
    #[error("{server:?} cannot be used as a server: {why}")]
    Address {
        /// What was given.
        server: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The address would send everything unencrypted to another machine.
    #[error("{server:?} is not encrypted: use https://, or allow plain http for this server")]
    PlainHttp {
        /// What was given.
        server: String,
    },
    /// The HTTP client cannot be set up: certificates cannot be read, for instance.
    #[error("cannot prepare encrypted connections")]
    Setup {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server cannot be reached, or the connection was cut. Trying again later may help.
    #[error("cannot reach the server while {doing}")]
    Unreachable {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server did not answer, or stopped answering, in time. Trying again later may help.
    #[error("the server did not answer within {} s while {doing}", .after.as_secs())]
    TimedOut {
        /// What was being done.
        doing: &'static str,
        /// How long it was given.
        after: Duration,
    },
    /// The cursor is too old or from before a restore: read the feed from zero again.
    #[error("the server no longer knows how far this copy has read")]
    CursorGone,
    /// The server refused or failed, and said so.
    #[error("{problem}")]
    Problem {
        /// What it said.
        problem: Box<Problem>,
        /// How long it asks to wait before another try.
        retry_after: Option<Duration>,
    },
    /// The server sent the call elsewhere. This is not followed, so that a token reaches the named server only.
    #[error("the server says it is elsewhere: {to}")]
    Moved {
        /// Where it says it is.
        to: String,
    },
    /// What came is larger than anything that should come.
    #[error("the answer is larger than {limit_bytes} bytes while {doing}")]
    TooLarge {
        /// What was being done.
        doing: &'static str,
        /// What was allowed.
        limit_bytes: usize,
    },
    /// What came makes no sense: not a Space server, or of another version.
    #[error("the server's answer makes no sense while {doing}: {what}")]
    Protocol {
        /// What was being done.
        doing: &'static str,
        /// What is wrong with it.
        what: String,
    },
}

impl ApiError {
    /// Returns whether the same call may succeed later without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } => true,
            Self::Problem { problem, .. } => matches!(
                problem.code,
                ProblemCode::TooMany | ProblemCode::Internal | ProblemCode::Unavailable
            ),
            _ => false,
        }
    }

    /// Returns whether the token is missing or no longer valid.
    pub fn is_signed_out(&self) -> bool {
        self.code() == Some(ProblemCode::SignedOut)
    }

    /// Returns whether another space is at this address than the one that is meant.
    pub fn is_other_space(&self) -> bool {
        self.code() == Some(ProblemCode::OtherSpace)
    }

    /// Returns the code of the problem that the server named.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem { problem, .. } => Some(problem.code),
            Self::CursorGone => Some(ProblemCode::CursorGone),
            _ => None,
        }
    }

    /// Returns how long the server asks to wait before another try.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Problem { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    pub(super) fn setup(source: reqwest::Error) -> Self {
        Self::Setup {
            source: Box::new(source.without_url()),
        }
    }

    /// Sorts an error of the HTTP client. Addresses are left out: they are known, and long.
    pub(super) fn from_http(doing: &'static str, after: Duration, error: reqwest::Error) -> Self {
        let source = error.without_url();
        if source.is_timeout() && !source.is_connect() {
            return Self::TimedOut { doing, after };
        }
        if source.is_builder() {
            return Self::Setup {
                source: Box::new(source),
            };
        }
        Self::Unreachable {
            doing,
            source: Box::new(source),
        }
    }
}
