// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Checked texts: the limits of what people write, in one place.

use std::fmt;

use crate::markup::sanitize;
use crate::time::Entropy;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Why a text was refused. The sentence is for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Fewer characters than needed, not counting space around the text.
    #[error("{what} has {}; at least {min} {} needed", characters(*length), is_or_are(*min))]
    TooShort {
        /// Which text.
        what: &'static str,
        /// Characters given.
        length: usize,
        /// Characters needed.
        min: usize,
    },
    /// More characters than allowed.
    #[error("{what} has {}; at most {max} {} allowed", characters(*length), is_or_are(*max))]
    TooLong {
        /// Which text.
        what: &'static str,
        /// Characters given.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A character that this text cannot hold.
    #[error("{what} cannot contain the character U+{:04X}", u32::from(*.character))]
    Character {
        /// Which text.
        what: &'static str,
        /// The character.
        character: char,
    },
    /// Nothing but signs.
    #[error("{what} needs a letter or a digit")]
    NoLetter {
        /// Which text.
        what: &'static str,
    },
}

fn characters(count: usize) -> String {
    let noun = if count == 1 {
        "character"
    } else {
        "characters"
    };
    format!("{count} {noun}")
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $what:literal, $min:literal..=$max:literal, $clean:path, $allowed:path;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        // Space around a text does not count, so only the upper bound can be told.
        #[cfg_attr(feature = "schema", schemars(extend("maxLength" = $max)))]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// How many characters it has at most.
            pub const MAX: usize = $max;

            /// Checks a text.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                let text = $clean(text);
                if let Some(character) = text.chars().find(|c| !$allowed(*c)) {
                    return Err(TextError::Character { what: $what, character });
                }
                let (min, max): (usize, usize) = ($min, Self::MAX);
                let length = text.chars().count();
                if length < min {
                    return Err(TextError::TooShort { what: $what, length, min });
                }
                if length > max {
                    return Err(TextError::TooLong { what: $what, length, max });
                }
                Ok(Self(text))
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }
    )*};
}

texts! {
    /// The title of a topic, on one line.
    TopicTitle: "the title", 3..=255, shown_line, no_control;
    /// The CommonMark source of a post.
    PostSource: "the post", 1..=32_000, source, in_source;
    /// The source of a post that came from elsewhere; other forums allow longer ones.
    ImportedSource: "the imported post", 0..=1_000_000, source, in_source;
    /// The name a member is known and mentioned by.
    MemberName: "the name", 2..=60, one_line, in_name;
    /// The name a member shows beside the one they are mentioned by.
    DisplayName: "the display name", 0..=100, shown_line, no_control;
    /// The name of a category, group or space, on one line.
    Label: "the name", 1..=100, shown_line, no_control;
    /// A few sentences about a category, group or space.
    About: "the description", 0..=2_000, source, in_source;
    /// What a member remembers of what they have marked, on one line.
    Note: "the note", 1..=500, shown_line, no_control;
    /// What somebody says about a report, a case or a hidden post.
    Comment: "the comment", 1..=2_000, source, in_source;
    /// The number of a clause in a code of conduct, such as `3.2`.
    Clause: "the clause", 1..=20, one_line, in_clause;
    /// The short name of a chat network, such as `irc.libera`.
    NetworkName: "the network", 1..=60, one_line, in_network;
    /// What identifies somebody on their own network. Nobody but staff is ever shown it.
    RemoteId: "the remote id", 1..=255, one_line, no_control;
    /// A short name for addresses and commands: lower-case letters, digits and hyphens.
    Slug: "the short name", 1..=60, one_line, in_slug;
    /// What tells a space from every other, whatever its name and its address: drawn once, when it is made.
    SpaceIdentity: "the identity of a space", 16..=64, one_line, in_slug;
}

impl MemberName {
    /// Says whether somebody may be given this name. A name of signs alone, such as `..`, can be neither linked to nor
    /// spoken of; those who have one already keep it.
    pub fn check_new(&self) -> Result<(), TextError> {
        if self.0.chars().any(char::is_alphanumeric) {
            Ok(())
        } else {
            Err(TextError::NoLetter { what: "the name" })
        }
    }
}

impl SpaceIdentity {
    /// Draws the identity of a new space: 128 random bits.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
    }
}

/// Trims, and folds runs of white space to one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// One line, without what nobody sees: overrides of the direction, invisible signs, noncharacters
/// ([`sanitize`]). Two titles or names that look alike are alike, and none reads as another.
///
/// It is taken out and not refused, since the same check reads what was stored, imported or sent by older programs. Where too
/// little would be left, it is shown instead, as U+FFFD.
fn shown_line(text: &str) -> String {
    let line = one_line(text);
    if line.contains(char::is_control) {
        return line;
    }
    let clean = sanitize::line(&line).into_owned();
    let (length, was) = (clean.chars().count(), line.chars().count());
    if length >= LEAST_SHOWN || length == was {
        return clean;
    }
    let is_hidden =
        |c: char| !c.is_whitespace() && sanitize::line(c.encode_utf8(&mut [0; 4])).is_empty();
    line.chars()
        .map(|c| if is_hidden(c) { '\u{fffd}' } else { c })
        .collect()
}

/// The most characters that any such text needs.
const LEAST_SHOWN: usize = 3;

/// Line ends become `\n`; blank lines around the text go, indentation of the first line stays.
fn source(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let body = text.trim_end();
    let start = body.len() - body.trim_start().len();
    let first_line = body[..start].rfind('\n').map_or(0, |at| at + 1);
    body[first_line..].to_owned()
}

fn no_control(c: char) -> bool {
    !c.is_control()
}

/// NUL cannot be stored in PostgreSQL, and other control characters have no meaning in CommonMark.
fn in_source(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\t')
}

fn in_name(c: char) -> bool {
    // Fillers are letters, and selectors are marks, that nobody sees.
    (c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || is_mark(c)) && !sanitize::is_hidden(c)
}

/// Combining marks that letters of many scripts need, in the ranges that `is_alphanumeric` leaves out.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn in_slug(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn in_network(c: char) -> bool {
    in_slug(c) || c == '.'
}

fn in_clause(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

/// Returns the form under which names are compared: `Ångström`, `ÅNGSTRÖM` and `ångström` are one.
///
/// Unicode compatibility decomposition recomposed (NFKC) and lower-cased, on every engine alike.
pub fn folded(name: &str) -> String {
    name.nfkc()
        .collect::<String>()
        .to_lowercase()
        .nfkc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("  Hello   world ", Ok("Hello world"))]
    #[case("hi", Err(TextError::TooShort { what: "the title", length: 2, min: 3 }))]
    #[case("bell \u{7}", Err(TextError::Character { what: "the title", character: '\u{7}' }))]
    #[case("two\nlines", Ok("two lines"))]
    fn titles(#[case] text: &str, #[case] want: Result<&str, TextError>) {
        assert_eq!(
            TopicTitle::parse(text).as_ref().map(TopicTitle::as_str),
            want.as_ref().map(|t| *t)
        );
    }

    #[rstest]
    #[case("abc\u{202e}fdp.exe", "abcfdp.exe")]
    #[case("pay\u{200b}pal\u{feff}\u{fffe}", "paypal")]
    #[case("\u{200f}title\u{200e}", "title")]
    #[case("a\u{e0061}\u{2066}bc", "abc")]
    #[case("می\u{200c}خواهم", "می\u{200c}خواهم")]
    #[case("👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}", "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}")]
    // Too little would be left, and what was stored once is to be read for ever.
    #[case("\u{202e}ab", "\u{fffd}ab")]
    #[case("\u{200b}\u{3164}\u{feff}", "\u{fffd}\u{fffd}\u{fffd}")]
    fn title_has_nothing_that_nobody_sees(#[case] text: &str, #[case] want: &str) {
        assert_eq!(TopicTitle::parse(text).unwrap().as_str(), want);
        assert_eq!(Label::parse(text).unwrap().as_str(), want);
        assert_eq!(DisplayName::parse(text).unwrap().as_str(), want);
    }

    #[rstest]
    #[case("alice\u{fe0f}")]
    #[case("alice\u{3164}")]
    #[case("alice\u{34f}")]
    #[case("alice\u{202e}")]
    #[case("alice\u{200b}")]
    fn name_with_a_hidden_character_is_refused(#[case] name: &str) {
        assert!(matches!(
            MemberName::parse(name),
            Err(TextError::Character { .. })
        ));
    }

    #[test]
    fn a_post_keeps_the_indentation_of_its_first_line() {
        let post = PostSource::parse("\r\n  \n    code\r\nend \n\n").unwrap();
        assert_eq!(post.as_str(), "    code\nend");
    }

    #[test]
    fn nul_is_refused() {
        assert!(PostSource::parse("a\0b").is_err());
    }

    #[rstest]
    #[case("Ångström", "ÅNGSTRÖM")]
    #[case("\u{212b}ngstr\u{f6}m", "ångström")]
    #[case("Sir_Nate", "sir_nate")]
    fn names_fold_alike(#[case] a: &str, #[case] b: &str) {
        assert_eq!(folded(a), folded(b));
    }

    #[rstest]
    #[case::dots("..", false)]
    #[case::signs("_-.", false)]
    #[case::marks("\u{301}\u{301}", false)]
    #[case::letter("a.", true)]
    #[case::digit("_7", true)]
    #[case::script("日本", true)]
    fn new_member_name_needs_a_letter_or_digit(#[case] name: &str, #[case] is_fine: bool) {
        // Who has it already is read all the same.
        let name = MemberName::parse(name).unwrap();
        assert_eq!(name.check_new().is_ok(), is_fine);
    }

    proptest! {
        #[test]
        fn checking_twice_is_checking_once(text in "\\PC{0,40}|[ \t\n\r a-z]{0,20}|[a \u{202e}\u{200b}\u{200d}\u{3164}\u{301}]{0,6}") {
            if let Ok(once) = PostSource::parse(&text) {
                prop_assert_eq!(PostSource::parse(once.as_str()), Ok(once));
            }
            if let Ok(once) = TopicTitle::parse(&text) {
                prop_assert_eq!(TopicTitle::parse(once.as_str()), Ok(once));
            }
            if let Ok(once) = DisplayName::parse(&text) {
                prop_assert_eq!(DisplayName::parse(once.as_str()), Ok(once));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(name in "\\PC{0,20}") {
            prop_assert_eq!(folded(&folded(&name)), folded(&name));
        }
    }
}
