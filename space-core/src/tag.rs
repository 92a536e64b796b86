// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tags: words under which topics of all categories can be found.

use std::collections::{BTreeSet, btree_set};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::markup::sanitize;
use crate::text::TextError;

/// What it is called where one is refused.
const WHAT: &str = "the tag";

/// A word under which topics are found: letters and digits of any script, `-`, `_`, `.` and `+`.
///
/// `Café`, `CAFÉ` and `café` are one tag: it is composed (NFC) and lower-cased, and so it stands in addresses, in
/// commands and on screens. What a member may give one is less: see [`policy`](crate::policy::TAG_LENGTH).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("maxLength" = 100)))]
#[serde(into = "String", try_from = "String")]
pub struct Tag(String);

impl Tag {
    /// How many characters one has at most. Forums set their own limit, most of them 20 or 30; what comes from elsewhere
    /// may keep what it has.
    pub const MAX: usize = 100;

    /// Checks a tag.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let tag = composed(&sanitize::line(text));
        if let Some(character) = tag.chars().find(|c| !is_allowed(*c)) {
            return Err(TextError::Character {
                what: WHAT,
                character,
            });
        }
        let length = tag.chars().count();
        if length > Self::MAX {
            return Err(TextError::TooLong {
                what: WHAT,
                length,
                max: Self::MAX,
            });
        }
        // Also because `.` and `..` would not be names in an address.
        if !tag.chars().any(char::is_alphanumeric) {
            return Err(TextError::NoLetter { what: WHAT });
        }
        Ok(Self(tag))
    }

    /// Returns the tag as it is written everywhere.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns how many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }
}

fn composed(text: &str) -> String {
    text.nfc()
        .collect::<String>()
        .to_lowercase()
        .nfc()
        .collect()
}

fn is_allowed(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+') || is_combining_mark(c)
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

impl TryFrom<String> for Tag {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

impl FromStr for Tag {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::parse(text)
    }
}

/// The tags of a topic: each once, in the order of their characters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("maxItems" = 50)))]
#[serde(try_from = "BTreeSet<Tag>")]
pub struct Tags(BTreeSet<Tag>);

/// Why some words are not the tags of a topic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagsError {
    /// More than a topic can have.
    #[error("these are {given} tags; a topic can have {} at most", Tags::MAX)]
    TooMany {
        /// How many there are.
        given: usize,
    },
    /// One of them is no tag.
    #[error(transparent)]
    Tag(#[from] TextError),
}

impl Tags {
    /// How many there can be: whatever comes from elsewhere, a topic stays a small thing. Members may give fewer; see
    /// [`policy`](crate::policy::TAGS_OF_A_TOPIC).
    pub const MAX: usize = 50;

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether a tag is among them.
    pub fn contains(&self, tag: &Tag) -> bool {
        self.0.contains(tag)
    }

    /// Goes through them in order.
    pub fn iter(&self) -> btree_set::Iter<'_, Tag> {
        self.0.iter()
    }

    /// Returns these with some added, and others taken away; a tag that is in both is there afterwards.
    pub fn changed(&self, add: &Self, remove: &Self) -> Result<Self, TagsError> {
        let left = self.0.difference(&remove.0);
        left.chain(&add.0)
            .cloned()
            .collect::<BTreeSet<_>>()
            .try_into()
    }

    /// Returns those of them that others are not.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        Self(self.0.difference(&others.0).cloned().collect())
    }

    /// Returns them with spaces between, which no tag has: the form in which they are stored.
    pub fn joined(&self) -> String {
        let words: Vec<&str> = self.iter().map(Tag::as_str).collect();
        words.join(" ")
    }
}

impl TryFrom<BTreeSet<Tag>> for Tags {
    type Error = TagsError;

    fn try_from(tags: BTreeSet<Tag>) -> Result<Self, TagsError> {
        if tags.len() > Self::MAX {
            return Err(TagsError::TooMany { given: tags.len() });
        }
        Ok(Self(tags))
    }
}

/// Reads tags with spaces between.
impl FromStr for Tags {
    type Err = TagsError;

    fn from_str(text: &str) -> Result<Self, TagsError> {
        let tags: BTreeSet<Tag> = text
            .split_whitespace()
            .map(Tag::parse)
            .collect::<Result<_, _>>()?;
        tags.try_into()
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined())
    }
}

impl<'t> IntoIterator for &'t Tags {
    type Item = &'t Tag;
    type IntoIter = btree_set::Iter<'t, Tag>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("  Fire-Fox ", Ok("fire-fox"))]
    #[case("CAFE\u{301}", Ok("caf\u{e9}"))]
    #[case("c++", Ok("c++"))]
    #[case(".net", Ok(".net"))]
    #[case("日本語", Ok("日本語"))]
    #[case("हिन्दी", Ok("हिन्दी"))]
    #[case("fire fox", Err(TextError::Character { what: WHAT, character: ' ' }))]
    #[case("a/b", Err(TextError::Character { what: WHAT, character: '/' }))]
    #[case("a\u{202e}b", Ok("ab"))]
    #[case("a\u{fe0f}\u{34f}\u{200b}b", Ok("ab"))]
    #[case("..", Err(TextError::NoLetter { what: WHAT }))]
    #[case("", Err(TextError::NoLetter { what: WHAT }))]
    fn names(#[case] text: &str, #[case] want: Result<&str, TextError>) {
        let tag = Tag::parse(text);
        assert_eq!(tag.as_ref().map(Tag::as_str), want.as_ref().map(|t| *t));
    }

    #[test]
    fn a_tag_has_a_hundred_characters_at_most() {
        assert!(Tag::parse(&"é".repeat(100)).is_ok());
        assert_eq!(
            Tag::parse(&"é".repeat(101)),
            Err(TextError::TooLong {
                what: WHAT,
                length: 101,
                max: 100
            })
        );
    }

    fn tags(names: &str) -> Tags {
        names.parse().unwrap()
    }

    #[test]
    fn each_tag_is_there_once_and_in_order() {
        let read: Tags = serde_json::from_str(r#"["Wiki","irc","wiki"]"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["irc","wiki"]"#);
    }

    #[test]
    fn a_topic_has_fifty_tags_at_most() {
        let many: Vec<String> = (0..51).map(|n| format!("t{n}")).collect();
        let json = serde_json::to_string(&many).unwrap();
        let error = serde_json::from_str::<Tags>(&json).unwrap_err();
        assert!(error.to_string().contains("51 tags"), "{error}");
    }

    #[rstest]
    #[case("a b", "c", "a", "b c")]
    #[case("a b", "", "x", "a b")]
    #[case("a", "a", "a", "a")]
    fn tags_change(#[case] was: &str, #[case] add: &str, #[case] remove: &str, #[case] want: &str) {
        let changed = tags(was).changed(&tags(add), &tags(remove));
        assert_eq!(changed.unwrap().joined(), want);
    }

    #[test]
    fn what_makes_one_set_of_tags_another_changes_it_into_that() {
        let (a, b) = (tags("a b c"), tags("b d"));
        assert_eq!(a.changed(&b.without(&a), &a.without(&b)), Ok(b));
    }

    proptest! {
        #[test]
        fn checking_twice_is_checking_once(text in "\\PC{0,20}|[A-Za-zİßΣſǅ\u{301}\u{307}-]{1,8}") {
            if let Ok(once) = Tag::parse(&text) {
                prop_assert_eq!(Tag::parse(once.as_str()), Ok(once));
            }
        }
    }
}
