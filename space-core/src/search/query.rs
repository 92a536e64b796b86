// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A query that was understood.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::{SearchError, When};
use crate::language::Language;
use crate::tag::Tag;

/// A query that was understood; it prints as it was typed, but for white space and letter case of operators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// What it is made of, in order.
    pub terms: Vec<Term>,
}

/// One part of a query, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The bytes of the text that it was read from.
    pub span: Range<usize>,
    /// Whether it says what is not wanted.
    pub is_excluded: bool,
    /// What it says.
    pub part: Part,
}

/// What a part of a query says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A word.
    Word(String),
    /// Words next to each other.
    Phrase(String),
    /// Posts of somebody.
    Author(String),
    /// Posts of a category, or of one below it.
    Category(String),
    /// Posts of topics with a tag.
    Tag(Tag),
    /// Posts written before.
    Before(When),
    /// Posts written since.
    After(When),
    /// The words are in the title.
    InTitle,
    /// Posts that begin a topic.
    InFirst,
    /// Posts that were not read.
    IsUnread,
    /// Posts with a bookmark.
    IsBookmarked,
    /// Posts in a language.
    Language(Language),
}

impl SearchQuery {
    /// Returns whether nothing is looked for at all.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the terms that are not excluded.
    pub fn wanted(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| !term.is_excluded)
    }

    /// Returns whether a part is among those that are wanted.
    pub fn wants(&self, part: &Part) -> bool {
        self.wanted().any(|term| term.part == *part)
    }
}

impl FromStr for SearchQuery {
    type Err = Vec<SearchError>;

    fn from_str(text: &str) -> Result<Self, Vec<SearchError>> {
        super::parse::parse(text)
    }
}

impl fmt::Display for SearchQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            let minus = if term.is_excluded { "-" } else { "" };
            write!(f, "{space}{minus}{}", term.part)?;
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Phrase(words) => write!(f, "\"{words}\""),
            Self::Author(name) => write!(f, "@{name}"),
            Self::Category(name) => write!(f, "#{name}"),
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Before(when) => write!(f, "before:{when}"),
            Self::After(when) => write!(f, "after:{when}"),
            Self::InTitle => f.write_str("in:title"),
            Self::InFirst => f.write_str("in:first"),
            Self::IsUnread => f.write_str("is:unread"),
            Self::IsBookmarked => f.write_str("is:bookmarked"),
            Self::Language(language) => write!(f, "lang:{language}"),
        }
    }
}
