// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which tags people may give.

use super::Denial;
use crate::tag::{Tag, Tags};

/// How many characters a tag may have that somebody gives: what Discourse allows (`max_tag_length`), and what stands in a list
/// beside a title.
pub const TAG_LENGTH: usize = 20;

/// How many tags a topic may have by those who give them: what Discourse allows (`max_tags_per_topic`).
pub const TAGS_OF_A_TOPIC: usize = 5;

/// Refuses tags that are too long or too many, staff's too: they are for everybody to find things by. What came from
/// elsewhere with longer ones, or more, keeps them; only what is added has to fit.
pub(super) fn may_tag(has: &Tags, wants: &Tags) -> Result<(), Denial> {
    let mut added = wants.iter().filter(|tag| !has.contains(tag)).peekable();
    if added.peek().is_none() {
        return Ok(());
    }
    if added.map(Tag::length).any(|length| length > TAG_LENGTH) {
        return Err(Denial::TagTooLong);
    }
    if wants.len() > TAGS_OF_A_TOPIC {
        return Err(Denial::TooManyTags);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tags(names: &str) -> Tags {
        names.parse().unwrap()
    }

    #[rstest]
    #[case("", "a b c d e", None)]
    #[case("", "a b c d e f", Some(Denial::TooManyTags))]
    #[case("", "twenty-characters-ok", None)]
    #[case("", "this-has-21-character", Some(Denial::TagTooLong))]
    #[case("", "ääääääääääääääääääää", None)]
    #[case(
        "a-tag-that-came-from-elsewhere",
        "a-tag-that-came-from-elsewhere b",
        None
    )]
    #[case("a b c d e f g", "a b c d e f", None)]
    #[case("a b c d e f g", "a b c d e x", Some(Denial::TooManyTags))]
    #[case("a b c d e f g", "a b c x", None)]
    fn what_is_added_has_to_fit(
        #[case] has: &str,
        #[case] wants: &str,
        #[case] refused: Option<Denial>,
    ) {
        assert_eq!(may_tag(&tags(has), &tags(wants)).err(), refused);
    }
}
