// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lines of the feed, read with patience: one that makes no sense is set aside, and the others are taken.

use serde::Deserialize;

use crate::protocol::{Body, Cursor, FeedLine, FeedRow};
use crate::time::Timestamp;

/// The highest number that a post, or a count of posts, may have. A server counts up from 1 for each topic; what is higher is
/// no count but an attack or a fault, and screens compute with it.
const COUNT_MAX: i64 = 1_000_000_000;
/// The highest number of views and likes, and the highest revision: what JSON numbers hold exactly everywhere.
const NUMBER_MAX: i64 = 1 << 53;
/// The latest moment, and the earliest with the other sign: the range of ECMAScript's dates (ECMA-262, 21.4.1.1).
const MOMENT_MAX: i64 = 8_640_000_000_000_000;
/// Characters of a reason that are kept.
const WHY_MAX: usize = 300;

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRow {
    /// The kind of thing, as the server calls it; empty when that is not known.
    pub kind: String,
    /// Which thing; 0 when that is not known.
    pub id: i64,
    /// The scope it is in, as the server calls it; empty when that is not known.
    pub scope: String,
    /// The row as it came; empty when it was too long to be kept.
    pub line: String,
    /// What is wrong with it.
    pub why: String,
}

/// A line of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::client) enum Line {
    Row(FeedRow),
    Cursor {
        cursor: Cursor,
        more: bool,
    },
    /// Nothing that is to be taken in.
    Idle,
    Unread(UnreadRow),
}

/// What can be read of a row although the rest cannot.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    id: Option<i64>,
    #[serde(default)]
    scope: Option<String>,
}

impl Line {
    /// Reads a line, without its end.
    pub(in crate::client) fn read(bytes: &[u8]) -> Self {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return unread(&String::from_utf8_lossy(bytes), &error.to_string()),
        };
        match FeedLine::read(text) {
            Ok(FeedLine::Row(row)) => match beyond(&row) {
                None => Self::Row(row),
                Some(what) => unread(text, what),
            },
            Ok(FeedLine::Cursor { cursor, more }) => Self::Cursor { cursor, more },
            Ok(FeedLine::Idle | FeedLine::Unknown) => Self::Idle,
            Err(error) => {
                use std::error::Error as _;
                let why = error
                    .source()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                unread(text, &why)
            }
        }
    }

    /// Says that a line was too long to be looked at.
    pub(super) fn too_long(bytes: usize) -> Self {
        Self::Unread(UnreadRow {
            kind: String::new(),
            id: 0,
            scope: String::new(),
            line: String::new(),
            why: format!("a line of more than {bytes} bytes"),
        })
    }
}

fn unread(text: &str, why: &str) -> Line {
    let head: Head = serde_json::from_str(text).unwrap_or(Head {
        kind: None,
        id: None,
        scope: None,
    });
    Line::Unread(UnreadRow {
        kind: head.kind.unwrap_or_default(),
        id: head.id.unwrap_or(0),
        scope: head.scope.unwrap_or_default(),
        line: text.to_owned(),
        why: why.chars().take(WHY_MAX).collect(),
    })
}

/// Returns what about a row is beyond all bounds, if anything is.
pub(in crate::client) fn beyond(row: &FeedRow) -> Option<&'static str> {
    let is_count = |number: i64| (0..=COUNT_MAX).contains(&number);
    let is_number = |number: i64| (0..=NUMBER_MAX).contains(&number);
    let is_moment = |at: Timestamp| (-MOMENT_MAX..=MOMENT_MAX).contains(&at.millis());
    let facts: [(bool, &'static str); 3] = match row.body.as_ref()? {
        Body::Post(it) => [
            (
                (1..=COUNT_MAX).contains(&it.number),
                "the number of the post",
            ),
            (is_number(it.revision), "the revision"),
            (
                is_moment(it.created_at)
                    && it.written_at.is_none_or(is_moment)
                    && it.edited_at.is_none_or(is_moment),
                "the time",
            ),
        ],
        Body::TopicTally(it) => [
            (
                is_count(it.posts) && is_count(it.last_number),
                "the count of posts",
            ),
            (is_number(it.views) && is_number(it.likes), "a count"),
            (is_moment(it.last_post_at), "the time"),
        ],
        Body::PostTally(it) => [(is_number(it.likes), "a count"), FINE, FINE],
        Body::ReadPosition(it) => [
            (
                is_count(it.number) && it.unread.iter().all(|number| is_count(*number)),
                "the number of a post",
            ),
            (is_moment(it.read_at), "the time"),
            (it.set_at.is_none_or(is_moment), "the time"),
        ],
        Body::Topic(it) => [
            (is_number(it.revision), "the revision"),
            (is_moment(it.created_at), "the time"),
            FINE,
        ],
        Body::CaughtUp(it) => [
            (is_moment(it.until) && is_moment(it.changed_at), "the time"),
            FINE,
            FINE,
        ],
        Body::Bookmark(it) => [(is_moment(it.created_at), "the time"), FINE, FINE],
        Body::Category(it) => [
            (is_number(it.revision), "the revision"),
            (is_moment(it.created_at), "the time"),
            FINE,
        ],
        Body::Group(it) => [
            (is_number(it.revision), "the revision"),
            (is_moment(it.created_at), "the time"),
            FINE,
        ],
        Body::Member(it) => [
            (is_number(it.revision), "the revision"),
            (is_moment(it.created_at), "the time"),
            FINE,
        ],
        Body::Space(it) => [
            (is_number(it.revision), "the revision"),
            (is_moment(it.created_at), "the time"),
            FINE,
        ],
        Body::Grant(_) => return None,
    };
    let wrong = facts.into_iter().find(|(is_fine, _)| !is_fine);
    wrong.map(|(_, what)| what)
}

/// Nothing to object to.
const FINE: (bool, &str) = (true, "");

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const POST: &str = r#"{"scope":"public","kind":"post","id":12,"body":{"id":12,"topic":11,"number":NUMBER,"author":3,"source":"x","created_at":AT,"revision":1}}"#;

    fn post(number: &str, at: &str) -> Line {
        let line = POST.replace("NUMBER", number).replace("AT", at);
        Line::read(line.as_bytes())
    }

    #[rstest]
    #[case("1", "0", true)]
    #[case("1000000000", "8640000000000000", true)]
    #[case("0", "0", false)]
    #[case("-1", "0", false)]
    #[case("9223372036854775807", "0", false)]
    #[case("1", "-9223372036854775808", false)]
    #[case("1e300", "0", false)]
    fn numbers_beyond_bounds_are_refused(
        #[case] number: &str,
        #[case] at: &str,
        #[case] is_read: bool,
    ) {
        let line = post(number, at);
        assert_eq!(matches!(line, Line::Row(_)), is_read, "{line:?}");
        if let Line::Unread(row) = line {
            assert_eq!(
                (row.kind.as_str(), row.id, row.scope.as_str()),
                ("post", 12, "public")
            );
            assert!(!row.why.is_empty());
        }
    }

    #[rstest]
    #[case(b"{")]
    #[case(b"[]")]
    #[case(b"\xff\xfe")]
    #[case(br#"{"scope":"public","kind":"post","id":"x"}"#)]
    fn line_without_sense_is_set_aside(#[case] line: &[u8]) {
        assert!(matches!(Line::read(line), Line::Unread(_)));
    }

    #[test]
    fn row_of_an_unknown_kind_is_passed_over() {
        let line = br#"{"scope":"public","kind":"wish","id":5,"body":{"id":5}}"#;
        assert_eq!(Line::read(line), Line::Idle);
    }
}
