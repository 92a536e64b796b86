// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One file while it is read: its text, and what was found wrong so far.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::{Level, Place, Problem, Text};

/// What a file is read from.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// As it is shown to the reader.
    name: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

/// A key with its value.
pub(super) type Entry<'t, 'a> = (&'t Spanned<DeString<'a>>, &'t Spanned<DeValue<'a>>);

impl<'a> Source<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        // The mark that some editors put at the beginning of a file is not part of its text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            name,
            text,
            problems: Vec::new(),
        }
    }

    /// Returns what can be understood; what cannot is a problem.
    pub(super) fn parse(&mut self) -> DeTable<'a> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let mut last_line = 0;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let place = self.place(span);
            // What follows a mistake on the same line is seldom another one.
            if place.line == last_line {
                continue;
            }
            last_line = place.line;
            let why = Text::new("config-syntax", [("why", error.message())]);
            self.problems
                .push(Problem::new(Level::Error, self.name, Some(place), why));
        }
        table.into_inner()
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::of(self.text, span)
    }

    /// Returns a problem to complete and [`Source::add`].
    pub(super) fn problem(&self, level: Level, span: Range<usize>, what: Text) -> Problem {
        Problem::new(level, self.name, Some(self.place(span)), what)
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Whether anything was wrong so that the file cannot be used.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.level == Level::Error)
    }

    /// Returns what was found wrong, from the top of the file to its end.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems
            .sort_by_key(|p| p.place.as_ref().map(|place| (place.line, place.column)));
        self.problems
    }

    /// Returns the span of a part of a string's value, if the value stands in the file as it is.
    pub(super) fn within(&self, value: &Spanned<DeValue<'_>>, part: Range<usize>) -> Range<usize> {
        let span = value.span();
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let inner = raw.get(1..raw.len().saturating_sub(1));
        if inner.is_some() && inner == value.get_ref().as_str() {
            span.start + 1 + part.start..span.start + 1 + part.end
        } else {
            span
        }
    }

    /// Says that a value cannot be the value of something.
    pub(super) fn wrong(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Problem {
        let raw = self.text.get(value.span()).unwrap_or_default();
        let word = value.get_ref().as_str().unwrap_or(raw);
        // A table or a long text is not repeated: where it stands says enough.
        let is_short = word.chars().count() <= 40 && !word.contains('\n');
        let what = if is_short && !word.is_empty() && !raw.starts_with(['[', '{']) {
            Text::new("config-wrong-word", [("word", word), ("name", name)])
        } else {
            Text::new("config-wrong-kind", [("name", name)])
        };
        self.problem(Level::Error, value.span(), what)
    }

    /// Says that a value is of the wrong kind, and which is wanted.
    pub(super) fn wrong_kind(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &'static str,
    ) {
        let problem = self.wrong(name, value);
        self.add(problem.todo(Text::plain(wanted)));
    }
}

/// Returns the entries of a table as they stand in the file.
pub(super) fn entries<'t, 'a>(table: &'t DeTable<'a>) -> Vec<Entry<'t, 'a>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
