// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why a forum could not be fetched. What was fetched until then is kept.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why a forum could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is none of a forum.
    #[error("cannot fetch from {address}: {why}")]
    Address {
        /// The address, without a password.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The key would be readable on the way.
    #[error("a key is not sent to {forum} over plain http")]
    PlainKey {
        /// The forum.
        forum: String,
    },
    /// The HTTP client cannot be made.
    #[error("cannot make requests")]
    Setup(#[source] reqwest::Error),
    /// The folder cannot be read or written.
    #[error("cannot keep what was fetched in {path}")]
    Staging {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The folder holds something that was not fetched.
    #[error("{path} holds something else than a fetched forum")]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds another forum.
    #[error("{path} holds what was fetched from {forum}")]
    OtherForum {
        /// The folder.
        path: PathBuf,
        /// The forum that it holds.
        forum: String,
    },
    /// Another fetch writes into the folder.
    #[error("{path} is being written by another import")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// What answers is no Discourse forum, as far as can be told.
    #[error("{page} does not answer as a Discourse forum does: {what}")]
    NoForum {
        /// The page.
        page: String,
        /// What it answered.
        what: String,
    },
    /// The forum shows its list only to members, or does not know the key.
    #[error("{page} is not shown to everyone")]
    Closed {
        /// The page.
        page: String,
    },
    /// The forum says that it is elsewhere.
    #[error("{page} leads to another site, {to}, which is not followed")]
    Moved {
        /// The page.
        page: String,
        /// Where it leads.
        to: String,
    },
    /// The forum asks to wait longer than is sensible, or over and over.
    #[error("the forum asks to come back in {}", Minutes(*wait))]
    Busy {
        /// The time.
        wait: Duration,
    },
    /// The forum does not answer, or with errors alone.
    #[error("the forum does not answer: {what}")]
    Failing {
        /// What came instead of an answer, the last time.
        what: String,
    },
}

/// A time as people say it.
struct Minutes(Duration);

impl std::fmt::Display for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..120 => write!(f, "{seconds} seconds"),
            120..7200 => write!(f, "{} minutes", seconds.div_ceil(60)),
            _ => write!(f, "{} hours", seconds.div_ceil(3600)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(90, "90 seconds")]
    #[case(601, "11 minutes")]
    #[case(86_400, "24 hours")]
    fn times_are_told_as_people_say_them(#[case] seconds: u64, #[case] want: &str) {
        let error = FetchError::Busy {
            wait: Duration::from_secs(seconds),
        };
        assert_eq!(
            error.to_string(),
            format!("the forum asks to come back in {want}")
        );
    }
}
