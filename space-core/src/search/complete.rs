// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What could stand where somebody is typing.

use std::ops::Range;

use super::parse::{IN, IS, OPERATORS, pieces};

/// A part of a query that can be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a choice replaces.
    pub span: Range<usize>,
    /// What it is.
    pub of: CompletionOf,
}

/// What can be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompletionOf {
    /// A member's name; a choice replaces the name after the `@`.
    Author(String),
    /// A category's short name; a choice replaces the name after the `#`.
    Category(String),
    /// A tag; a choice replaces the name after the colon.
    Tag(String),
    /// An operator, or what stands after it: these fit, each as a whole.
    Word(Vec<String>),
}

/// The operator whose values are tags.
const TAG: &str = "tag:";

/// Says what could stand at a place in a text; nothing where people write words of their own.
pub fn complete(text: &str, cursor: usize) -> Option<Completion> {
    let span = pieces(text)
        .into_iter()
        .find(|span| span.start < cursor && cursor <= span.end)?;
    let typed = text.get(span.start..cursor)?;
    let minus = usize::from(typed.starts_with('-'));
    let body = &typed[minus..];
    let start = span.start + minus;
    for (sign, of) in [
        ('@', CompletionOf::Author as fn(String) -> CompletionOf),
        ('#', CompletionOf::Category),
    ] {
        if let Some(name) = body.strip_prefix(sign) {
            return Some(Completion {
                span: start + 1..span.end,
                of: of(name.to_owned()),
            });
        }
    }
    let folded = body.to_ascii_lowercase();
    if folded.starts_with(TAG) {
        return Some(Completion {
            span: start + TAG.len()..span.end,
            of: CompletionOf::Tag(body[TAG.len()..].to_owned()),
        });
    }
    let values = |operator: &str, values: &[&str]| -> Vec<String> {
        values
            .iter()
            .map(|value| format!("{operator}{value}"))
            .collect()
    };
    let all: Vec<String> = OPERATORS
        .iter()
        .flat_map(|(operator, _)| match *operator {
            "in:" => values("in:", IN),
            "is:" => values("is:", IS),
            other => vec![other.to_owned()],
        })
        .filter(|word| !folded.is_empty() && word.starts_with(&folded) && *word != folded)
        .collect();
    (!all.is_empty()).then_some(Completion {
        span: start..span.end,
        of: CompletionOf::Word(all),
    })
}
