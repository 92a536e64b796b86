// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a query, and where.

use std::ops::Range;

/// What is wrong with a part of a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct SearchError {
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub kind: SearchErrorKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchErrorKind {
    /// It looks like an operator, but is none.
    #[error("`{operator}:` is no operator; did you mean `{nearest}`?")]
    UnknownOperator {
        /// What was typed, without the colon.
        operator: String,
        /// What was probably meant.
        nearest: &'static str,
    },
    /// The operator knows some words, and this is none of them.
    #[error("`{operator}:` takes {}{}", .known.join(", "), or_this(.operator, *.nearest))]
    UnknownValue {
        /// Which operator.
        operator: &'static str,
        /// What was typed after it.
        value: String,
        /// What it knows.
        known: &'static [&'static str],
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// Nothing stands after the operator.
    #[error("`{operator}` needs something after it, such as `{example}`")]
    MissingValue {
        /// Which operator, as it is typed.
        operator: &'static str,
        /// The operator with something after it.
        example: &'static str,
    },
    /// What stands after `before:` or `after:` is no moment.
    #[error(
        "`{value}` is no date; write 2020-02-01, 2020-02, 2020, today, or how long ago: 3d, 2w, 6m, 1y"
    )]
    NoDate {
        /// What was typed.
        value: String,
    },
    /// What stands after `lang:` is no language tag.
    #[error("`{value}` is no language; write a tag such as en, pt-BR or zh-Hant")]
    NoLanguage {
        /// What was typed.
        value: String,
    },
    /// What stands after `tag:` can be no tag.
    #[error("`{value}` is no tag; one has letters, digits, `-`, `_`, `.` and `+`")]
    NoTag {
        /// What was typed.
        value: String,
    },
    /// A minus stands before something that has no opposite.
    #[error("`-` cannot stand before `{operator}`")]
    NotExcludable {
        /// Which operator, as it is typed.
        operator: &'static str,
    },
    /// There is more than anybody types.
    #[error("that is too long for a search: at most {most} words and operators")]
    TooLong {
        /// How many are taken.
        most: usize,
    },
    /// Only what is not wanted was said.
    #[error("say what to look for, not only what to leave out")]
    OnlyExcluded,
    /// Nobody of that name is in the local copy.
    #[error("nobody here is called `{name}`{}", did_you_mean("@", .near))]
    UnknownAuthor {
        /// What was typed.
        name: String,
        /// Names that are near it.
        near: Vec<String>,
    },
    /// No category of that name is in the local copy.
    #[error("there is no category `{name}` here{}", did_you_mean("#", .near))]
    UnknownCategory {
        /// What was typed.
        name: String,
        /// Short names that are near it.
        near: Vec<String>,
    },
    /// No topic in the local copy has that tag.
    #[error("no topic here has the tag `{name}`{}", did_you_mean("tag:", .near))]
    UnknownTag {
        /// What was typed.
        name: String,
        /// Tags that are near it.
        near: Vec<String>,
    },
}

fn or_this(operator: &str, nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |word| {
        format!("; did you mean `{operator}:{word}`?")
    })
}

fn did_you_mean(sign: &str, near: &[String]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let near: Vec<String> = near.iter().map(|name| format!("`{sign}{name}`")).collect();
    format!("; did you mean {}?", near.join(" or "))
}
