// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Categories: places for topics, in a tree at most three deep.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, GroupId};
use crate::scope::Scope;
use crate::text::{About, Label, Slug};
use crate::time::Timestamp;
use crate::words::{UnknownWord, words};

/// How deep the tree of categories may be; three levels is what readers still keep in mind.
pub const MAX_DEPTH: usize = 3;

/// A place for topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Category {
    /// The category's id.
    pub id: CategoryId,
    /// The category it stands under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CategoryId>,
    /// The name used in commands, search and addresses.
    pub slug: Slug,
    /// The name shown.
    pub name: Label,
    /// What belongs here.
    pub about: About,
    /// `#rrggbb`, when it has a colour of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// One symbol shown before the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<Label>,
    /// The language of most of its posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<crate::Language>,
    /// Where it stands among its siblings, low first.
    pub position: i64,
    /// Whether everyone may read it, signed in or not.
    pub is_open: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
}

/// A colour: `#rrggbb` in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

/// A text that names no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a colour: expected # and six hexadecimal digits, such as #3366cc")]
pub struct ParseColourError {
    /// What was given.
    pub text: String,
}

impl FromStr for Colour {
    type Err = ParseColourError;

    fn from_str(text: &str) -> Result<Self, ParseColourError> {
        let error = || ParseColourError {
            text: text.to_owned(),
        };
        let digits = text
            .strip_prefix('#')
            .filter(|d| d.len() == 6 && d.is_ascii())
            .ok_or_else(error)?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| error());
        if digits.contains('+') {
            return Err(error());
        }
        Ok(Self {
            rgb: [part(0)?, part(2)?, part(4)?],
        })
    }
}

impl TryFrom<String> for Colour {
    type Error = ParseColourError;

    fn try_from(text: String) -> Result<Self, ParseColourError> {
        text.parse()
    }
}

/// Whom a rule of access speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub enum Audience {
    /// Everyone, signed in or not.
    Everyone,
    /// Everyone who is signed in.
    Members,
    /// Owners, administrators and moderators.
    Staff,
    /// The members of a group.
    Group(GroupId),
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::Members => f.write_str("members"),
            Self::Staff => f.write_str("staff"),
            Self::Group(id) => write!(f, "group:{id}"),
        }
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> Self {
        audience.to_string()
    }
}

impl FromStr for Audience {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "everyone" => Ok(Self::Everyone),
            "members" => Ok(Self::Members),
            "staff" => Ok(Self::Staff),
            _ => word
                .strip_prefix("group:")
                .and_then(|id| id.parse().ok())
                .map(Self::Group)
                .ok_or_else(|| UnknownWord {
                    word: word.to_owned(),
                    known: &["everyone", "members", "staff", "group:ID"],
                }),
        }
    }
}

impl TryFrom<String> for Audience {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        word.parse()
    }
}

/// How much somebody may do in a category; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Read.
    Read,
    /// Answer in topics.
    Reply,
    /// Start topics.
    Start,
}

words!(Level { Read = "read", Reply = "reply", Start = "start" });

/// One rule of a category's access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessRule {
    /// Whom it speaks of.
    pub audience: Audience,
    /// What they may do.
    pub level: Level,
}

/// Who may do what in a category: everything that no rule allows is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Access {
    /// The rules; the highest level that speaks of somebody counts.
    pub rules: Vec<AccessRule>,
}

impl Access {
    /// Everyone reads, every member writes.
    pub fn open() -> Self {
        Self {
            rules: vec![
                AccessRule {
                    audience: Audience::Everyone,
                    level: Level::Read,
                },
                AccessRule {
                    audience: Audience::Members,
                    level: Level::Start,
                },
            ],
        }
    }

    /// The members of one group write, nobody else reads.
    pub fn closed_to(group: GroupId) -> Self {
        Self {
            rules: vec![AccessRule {
                audience: Audience::Group(group),
                level: Level::Start,
            }],
        }
    }

    /// Returns whether everyone may read, signed in or not.
    pub fn is_open(&self) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.audience == Audience::Everyone)
    }

    /// Returns whether everybody who may read here may read there, too. Staff reads everywhere.
    pub fn is_within(&self, outer: &Self) -> bool {
        let covers = |audience: Audience| {
            outer.rules.iter().any(|rule| match rule.audience {
                Audience::Everyone => true,
                Audience::Members => audience != Audience::Everyone,
                other => other == audience,
            })
        };
        self.rules
            .iter()
            .all(|rule| rule.audience == Audience::Staff || covers(rule.audience))
    }

    /// Returns the scope in which the category and what is in it are published.
    pub fn scope(&self, category: CategoryId) -> Scope {
        if self.is_open() {
            Scope::Public
        } else {
            Scope::Category(category)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_within_another() {
        let access = |words: &str| Access {
            rules: words
                .split_whitespace()
                .map(|word| AccessRule {
                    audience: word.parse().unwrap(),
                    level: Level::Read,
                })
                .collect(),
        };
        for (inner, outer, want) in [
            ("everyone", "everyone", true),
            ("everyone members", "everyone", true),
            ("everyone", "members", false),
            ("everyone", "staff", false),
            ("members", "everyone", true),
            ("members", "members", true),
            ("members", "group:7", false),
            ("group:7", "members", true),
            ("group:7", "group:7 group:8", true),
            ("group:7 group:8", "group:7", false),
            ("group:7", "staff", false),
            ("staff", "staff", true),
            ("staff", "group:7", true),
            ("", "staff", true),
        ] {
            assert_eq!(
                access(inner).is_within(&access(outer)),
                want,
                "{inner} in {outer}"
            );
        }
    }

    #[test]
    fn colours_read_back_as_written() {
        assert_eq!("#3366CC".parse::<Colour>().unwrap().to_string(), "#3366cc");
        for bad in ["3366cc", "#36c", "#3366cg", "#+366cc", "#3366c\u{e9}", ""] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}
