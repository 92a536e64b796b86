// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Scopes: who may see a row of the feed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, GroupId, MemberId};
use crate::member::Role;

/// Who may see a feed row. Written as text everywhere: `public`, `category:12`, `role:moderator`.
///
/// Who reported something is in no scope at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub enum Scope {
    /// Everyone, signed in or not.
    Public,
    /// The readers of a category that is not open to everyone.
    Category(CategoryId),
    /// The members of a closed group.
    Group(GroupId),
    /// Everyone who holds a role.
    Role(Role),
    /// One member: read positions, drafts, grants.
    Member(MemberId),
}

impl Scope {
    /// Returns the scopes in which a category, and what is in it, may ever be published.
    pub fn of_category(category: CategoryId) -> [Self; 2] {
        [Self::Public, Self::Category(category)]
    }

    /// Returns the id under which the scope is granted; `None` for scopes that need no grant.
    ///
    /// Categories and groups share one number space that begins far above the number of roles, so an id names one
    /// scope. That matters when a grant is gone: its tombstone has nothing but the id.
    pub fn grant_id(self) -> Option<i64> {
        match self {
            Self::Public | Self::Member(_) => None,
            Self::Category(id) => Some(id.get()),
            Self::Group(id) => Some(id.get()),
            Self::Role(role) => Role::ALL
                .iter()
                .position(|known| *known == role)
                .and_then(|at| i64::try_from(at + 1).ok()),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Category(id) => write!(f, "category:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
            Self::Role(role) => write!(f, "role:{role}"),
            Self::Member(id) => write!(f, "member:{id}"),
        }
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// A text that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a scope: expected public, category:ID, group:ID, role:NAME or member:ID")]
pub struct ParseScopeError {
    /// What was given.
    pub text: String,
}

impl FromStr for Scope {
    type Err = ParseScopeError;

    fn from_str(text: &str) -> Result<Self, ParseScopeError> {
        fn id<T: FromStr>(digits: &str) -> Option<T> {
            // One spelling per scope: `#` is for people, not for scopes.
            (!digits.starts_with(['#', '0']))
                .then(|| digits.parse().ok())
                .flatten()
        }
        let scope = match text.split_once(':') {
            None if text == "public" => Some(Self::Public),
            Some(("category", rest)) => id(rest).map(Self::Category),
            Some(("group", rest)) => id(rest).map(Self::Group),
            Some(("member", rest)) => id(rest).map(Self::Member),
            Some(("role", rest)) => rest.parse().ok().map(Self::Role),
            _ => None,
        };
        scope.ok_or_else(|| ParseScopeError {
            text: text.to_owned(),
        })
    }
}

impl TryFrom<String> for Scope {
    type Error = ParseScopeError;

    fn try_from(text: String) -> Result<Self, ParseScopeError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("public")]
    #[case("category:12")]
    #[case("group:7")]
    #[case("role:moderator")]
    #[case("member:1001")]
    fn scopes_read_back_as_written(#[case] text: &str) {
        assert_eq!(text.parse::<Scope>().unwrap().to_string(), text);
    }

    #[rstest]
    #[case("Public")]
    #[case("category:")]
    #[case("category:0")]
    #[case("category:#12")]
    #[case("category:012")]
    #[case("role:king")]
    #[case("")]
    fn other_texts_are_refused(#[case] text: &str) {
        assert!(text.parse::<Scope>().is_err());
    }
}
