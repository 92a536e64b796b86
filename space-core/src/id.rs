// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Identifiers: small numbers that a person can type (`#48213`).

use std::fmt;
use std::num::NonZeroI64;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that should have been an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not an id: expected a number above zero, such as 48213 or #48213")]
pub struct ParseIdError {
    /// What was given.
    pub text: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(extend("minimum" = 1)))]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name(NonZeroI64);

        impl $name {
            /// Wraps a number above zero; anything else is `None`.
            pub fn new(number: i64) -> Option<Self> {
                NonZeroI64::new(number).filter(|n| n.get() > 0).map(Self)
            }

            /// Returns the number.
            pub fn get(self) -> i64 {
                self.0.get()
            }
        }

        impl TryFrom<i64> for $name {
            type Error = ParseIdError;

            fn try_from(number: i64) -> Result<Self, ParseIdError> {
                Self::new(number).ok_or_else(|| ParseIdError { text: number.to_string() })
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            /// Reads `48213` or `#48213`.
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let digits = text.strip_prefix('#').unwrap_or(text);
                Some(digits)
                    .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|d| d.parse().ok())
                    .and_then(Self::new)
                    .ok_or_else(|| ParseIdError { text: text.to_owned() })
            }
        }
    )*};
}

// Topics, posts, members, groups and categories draw from one number space, so that `#48213` names
// one thing whatever its kind. Tokens draw from another one, and
// cases are counted by themselves: neither tells of the other.
ids! {
    /// Names a category.
    CategoryId;
    /// Names a topic.
    TopicId;
    /// Names a post.
    PostId;
    /// Names a member: a person's account, or a staff account, bot or visitor.
    MemberId;
    /// Names a group.
    GroupId;
    /// Names an access token, never the token itself.
    TokenId;
    /// Names a case: all reports on one thing. Staff alone sees it.
    CaseId;
}

impl MemberId {
    /// Stands where an author is not told, as that of a hidden post: an id that no member has, so that copies of every version
    /// can read it.
    pub const WITHHELD: Self = match NonZeroI64::new(1) {
        Some(one) => Self(one),
        None => unreachable!(),
    };

    /// Returns whether it stands for an author who is not told.
    pub fn is_withheld(self) -> bool {
        self == Self::WITHHELD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("48213", Some(48213))]
    #[case("#48213", Some(48213))]
    #[case("0", None)]
    #[case("-4", None)]
    #[case("+4", None)]
    #[case("#", None)]
    #[case("", None)]
    #[case("99999999999999999999", None)]
    fn ids_read_plain_and_hashed_numbers(#[case] text: &str, #[case] want: Option<i64>) {
        assert_eq!(text.parse::<PostId>().ok().map(PostId::get), want);
    }
}
