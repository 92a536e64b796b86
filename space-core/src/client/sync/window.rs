// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far back a local copy goes.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::client::replica::{Replica, ReplicaError};
use crate::protocol::{Body, FeedRow};
use crate::time::Timestamp;

/// How far back a local copy goes. What is newer is always all there; what is older can be read later, by asking for
/// more. Scopes that are granted are read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Window {
    /// Everything, from the first post on.
    #[default]
    Whole,
    /// Posts of so many days, with their topics.
    Days(u32),
    /// About so many topics, those with the latest activity.
    Topics(u32),
}

/// A text that is no [`Window`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} does not say how far back: write for example 90d, 1000topics or whole")]
pub struct ParseWindowError(String);

impl FromStr for Window {
    type Err = ParseWindowError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseWindowError(text.to_owned());
        if text == "whole" {
            return Ok(Self::Whole);
        }
        let at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, unit) = text.split_at(at);
        let number: u32 = number.parse().map_err(|_| wrong())?;
        match unit {
            _ if number == 0 => Err(wrong()),
            "d" => Ok(Self::Days(number)),
            "topics" => Ok(Self::Topics(number)),
            _ => Err(wrong()),
        }
    }
}

impl TryFrom<String> for Window {
    type Error = ParseWindowError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("whole"),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Topics(topics) => write!(f, "{topics}topics"),
        }
    }
}

impl Window {
    /// Returns whether everything is wanted.
    pub fn is_whole(&self) -> bool {
        *self == Self::Whole
    }

    /// Returns whether a page of a backward reading says that what lies before it is older than what is wanted.
    ///
    /// A page is in the order of last change, so a few old posts that were edited lately say nothing. A page of
    /// changes says nothing of days either way, and its posts are new.
    pub(super) fn is_reached(
        self,
        rows: &[FeedRow],
        replica: &Replica,
        now: Timestamp,
    ) -> Result<bool, ReplicaError> {
        match self {
            Self::Whole => Ok(false),
            Self::Days(days) => {
                let begins = now.minus(Duration::from_hours(24) * days);
                let (mut posts, mut older) = (0_usize, 0_usize);
                for row in rows {
                    if let Some(Body::Post(post)) = &row.body {
                        posts += 1;
                        older += usize::from(post.created_at < begins);
                    }
                }
                Ok(posts > 0 && older * 10 >= posts * 9)
            }
            Self::Topics(wanted) => Ok(replica.topics_delivered()? >= u64::from(wanted)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("whole", Window::Whole)]
    #[case("90d", Window::Days(90))]
    #[case("1000topics", Window::Topics(1000))]
    fn it_reads_what_it_writes(#[case] text: &str, #[case] window: Window) {
        assert_eq!(text.parse(), Ok(window));
        assert_eq!(window.to_string(), text);
    }

    #[rstest]
    #[case("")]
    #[case("90")]
    #[case("d")]
    #[case("0d")]
    #[case("-1d")]
    #[case("90 days")]
    #[case("99999999999d")]
    #[case("é")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(
            text.parse::<Window>(),
            Err(ParseWindowError(text.to_owned()))
        );
    }
}
