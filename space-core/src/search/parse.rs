// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From text to a query, or to everything that is wrong with it.

use std::ops::Range;

use super::{Part, SearchError, SearchErrorKind as Kind, SearchQuery, Term, When};
use crate::nearest::nearest;

/// Terms of a query at most: each costs a walk through the index.
const MOST: usize = 32;

/// Operators that take a word after a colon, each with an example.
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("tag:", "tag:wiki"),
    ("before:", "before:2020-02-01"),
    ("after:", "after:2w"),
    ("in:", "in:title"),
    ("is:", "is:unread"),
    ("lang:", "lang:en"),
];
/// What `in:` knows.
pub(super) const IN: &[&str] = &["title", "first"];
/// What `is:` knows.
pub(super) const IS: &[&str] = &["unread", "bookmarked"];

/// Names that other programs give to what is a sign here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("author", "@name"),
    ("from", "@name"),
    ("user", "@name"),
    ("category", "#category"),
    ("tags", "tag:"),
    ("tagged", "tag:"),
    ("label", "tag:"),
    ("since", "after:"),
    ("until", "before:"),
    ("language", "lang:"),
];

/// Whether a character can be part of a word that is looked for.
pub(crate) fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Reads a query.
pub(super) fn parse(text: &str) -> Result<SearchQuery, Vec<SearchError>> {
    let mut query = SearchQuery::default();
    let mut errors = Vec::new();
    for span in pieces(text) {
        if query.terms.len() + errors.len() == MOST {
            errors.push(error(span.start..text.len(), Kind::TooLong { most: MOST }));
            break;
        }
        match term(text, span) {
            Ok(Some(term)) => query.terms.push(term),
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() && !query.is_empty() && query.wanted().next().is_none() {
        let (first, last) = (&query.terms[0], &query.terms[query.terms.len() - 1]);
        errors.push(error(first.span.start..last.span.end, Kind::OnlyExcluded));
    }
    if errors.is_empty() {
        Ok(query)
    } else {
        Err(errors)
    }
}

/// Splits a text at white space outside quotes. A phrase that nobody has closed yet goes to the end, and one that
/// follows a word without a space stands by itself.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + start;
        let body = start + usize::from(text[start..].starts_with('-'));
        let end = if text[body..].starts_with('"') {
            text[body + 1..]
                .find('"')
                .map_or(text.len(), |quote| body + 1 + quote + 1)
        } else {
            text[body..]
                .find(|c: char| c.is_whitespace() || c == '"')
                .map_or(text.len(), |end| body + end)
        };
        // A piece is never empty: a quote and a minus belong to what follows.
        at = end;
        pieces.push(start..end);
    }
    pieces
}

fn error(span: Range<usize>, kind: Kind) -> SearchError {
    SearchError { span, kind }
}

/// Reads one piece; nothing when it is only signs.
fn term(text: &str, span: Range<usize>) -> Result<Option<Term>, SearchError> {
    let piece = &text[span.clone()];
    let is_excluded = piece.starts_with('-');
    let body = piece.strip_prefix('-').unwrap_or(piece);
    let part = match part(body) {
        Ok(Some(part)) => part,
        Ok(None) => return Ok(None),
        Err((within, kind)) => {
            let start = span.end - body.len();
            return Err(error(start + within.start..start + within.end, kind));
        }
    };
    if is_excluded {
        let operator = match &part {
            Part::Before(_) => Some("before:"),
            Part::After(_) => Some("after:"),
            Part::InTitle => Some("in:title"),
            _ => None,
        };
        if let Some(operator) = operator {
            return Err(error(span, Kind::NotExcludable { operator }));
        }
    }
    Ok(Some(Term {
        span,
        is_excluded,
        part,
    }))
}

/// Reads what stands after the minus. An error says where within it.
fn part(body: &str) -> Result<Option<Part>, (Range<usize>, Kind)> {
    let all = 0..body.len();
    if let Some(phrase) = body.strip_prefix('"') {
        let phrase = phrase.strip_suffix('"').unwrap_or(phrase);
        return Ok(has_words(phrase).then(|| Part::Phrase(phrase.to_owned())));
    }
    if let Some(name) = body.strip_prefix('@') {
        let missing = Kind::MissingValue {
            operator: "@",
            example: "@leila",
        };
        return if name.is_empty() {
            Err((all, missing))
        } else {
            Ok(Some(Part::Author(name.to_owned())))
        };
    }
    if let Some(name) = body.strip_prefix('#') {
        let missing = Kind::MissingValue {
            operator: "#",
            example: "#software",
        };
        return match name {
            "" => Err((all, missing)),
            // `#48213` names a topic or a post; as a word it finds where it is spoken of.
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Ok(Some(Part::Word(body.to_owned())))
            }
            name => Ok(Some(Part::Category(name.to_owned()))),
        };
    }
    if let Some((name, value)) = body.split_once(':')
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphabetic())
    {
        let folded = name.to_ascii_lowercase();
        let known = OPERATORS
            .iter()
            .find(|(operator, _)| operator.strip_suffix(':') == Some(&folded));
        if let Some((operator, example)) = known {
            if value.is_empty() {
                return Err((all, Kind::MissingValue { operator, example }));
            }
            let value_at = name.len() + 1..body.len();
            return operation(operator, value)
                .map(Some)
                .map_err(|kind| (value_at, kind));
        }
        if let Some(nearest) = meant(&folded, value) {
            let kind = Kind::UnknownOperator {
                operator: name.to_owned(),
                nearest,
            };
            return Err((0..name.len() + 1, kind));
        }
    }
    Ok(has_words(body).then(|| Part::Word(body.to_owned())))
}

/// Returns the operator that a word with a colon was probably meant to be. `std::env` and `https://` are words.
fn meant(name: &str, value: &str) -> Option<&'static str> {
    if value.starts_with([':', '/']) {
        return None;
    }
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == name);
    if let Some((_, here)) = elsewhere {
        return Some(here);
    }
    // Nearly every word of three letters is near to a word of two.
    let long = OPERATORS
        .iter()
        .map(|(operator, _)| *operator)
        .filter(|operator| operator.len() > 3);
    nearest(&format!("{name}:"), long)
}

fn operation(operator: &'static str, value: &str) -> Result<Part, Kind> {
    let folded = value.to_ascii_lowercase();
    let unknown = |operator: &'static str, known: &'static [&'static str]| Kind::UnknownValue {
        operator,
        value: value.to_owned(),
        known,
        nearest: nearest(&folded, known.iter().copied()),
    };
    let no_date = || Kind::NoDate {
        value: value.to_owned(),
    };
    match operator {
        "tag:" => value.parse().map(Part::Tag).map_err(|_| Kind::NoTag {
            value: value.to_owned(),
        }),
        "before:" => When::parse(&folded).map(Part::Before).ok_or_else(no_date),
        "after:" => When::parse(&folded).map(Part::After).ok_or_else(no_date),
        "lang:" => value
            .parse()
            .map(Part::Language)
            .map_err(|_| Kind::NoLanguage {
                value: value.to_owned(),
            }),
        "in:" => match folded.as_str() {
            "title" => Ok(Part::InTitle),
            "first" => Ok(Part::InFirst),
            _ => Err(unknown("in", IN)),
        },
        _ => match folded.as_str() {
            "unread" => Ok(Part::IsUnread),
            "bookmarked" => Ok(Part::IsBookmarked),
            _ => Err(unknown("is", IS)),
        },
    }
}

/// A term of nothing but signs would match nothing.
fn has_words(text: &str) -> bool {
    text.chars().any(is_word_character)
}
