// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with a configuration file: where, what, which word was meant, what is allowed, what to do.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;

use crate::l10n::{L10n, Value};
use crate::text::clean;
use crate::text::measure::{fit, width};
use space_core::nearest::nearest;

/// Columns of the source line that are shown.
const SHOWN_COLUMNS: usize = 100;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The file is not used.
    Error,
    /// The file is used, but perhaps not as its writer thinks.
    Warning,
}

/// A text by its key, with what goes into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Text {
    /// Makes a text.
    pub fn new<V: Into<String>>(
        key: &'static str,
        values: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        Self {
            key,
            values: values.into_iter().map(|(n, v)| (n, v.into())).collect(),
        }
    }

    /// Makes a text into which nothing goes.
    pub fn plain(key: &'static str) -> Self {
        Self::new::<String>(key, [])
    }

    fn in_words(&self, l10n: &L10n) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|(name, value)| (*name, Value::from(clean::line(value).into_owned())))
            .collect();
        l10n.with(self.key, &values)
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters as editors count them.
    pub column: usize,
    /// The whole line.
    source: String,
    /// The marked part of it, in bytes.
    marked: Range<usize>,
}

impl Place {
    /// Returns the place of some bytes of a text.
    pub fn of(text: &str, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let source = text[begin..end].trim_end_matches('\r').to_owned();
        let marked_end = floor(text, span.end).min(begin + source.len());
        Self {
            line: text[..begin].matches('\n').count() + 1,
            column: text[begin..start].chars().count() + 1,
            marked: (start - begin).min(source.len())..marked_end.max(start).saturating_sub(begin),
            source,
        }
    }

    /// Returns the line with marks below it.
    fn shown(&self, out: &mut String) {
        let number = self.line.to_string();
        let before = clean::line(&self.source[..self.marked.start]).into_owned();
        let end = self.marked.end.clamp(self.marked.start, self.source.len());
        let marked = clean::line(&self.source[self.marked.start..end]).into_owned();
        let after = clean::line(&self.source[end..]).into_owned();
        let gap = " ".repeat(number.len());
        let source = fit(&format!("{before}{marked}{after}"), SHOWN_COLUMNS);
        let _ = write!(out, "\n  {number} | {}", source.trim_end());
        let column = width(&before);
        if column < SHOWN_COLUMNS {
            let wide = width(&marked).clamp(1, SHOWN_COLUMNS - column);
            let _ = write!(
                out,
                "\n  {gap} | {}{}",
                " ".repeat(column),
                "^".repeat(wide)
            );
        }
    }
}

/// The last beginning of a character at or before an offset.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub level: Level,
    /// The file as it is shown to the reader.
    pub file: String,
    /// Where in it.
    pub place: Option<Place>,
    what: Text,
    near: Option<String>,
    allowed: Vec<String>,
    todo: Option<Text>,
}

/// A problem for programs.
#[derive(Debug, Serialize)]
pub struct ProblemJson {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    level: Level,
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Problem {
    /// Says what is wrong.
    pub fn new(level: Level, file: &str, place: Option<Place>, what: Text) -> Self {
        Self {
            level,
            file: file.to_owned(),
            place,
            what,
            near: None,
            allowed: Vec::new(),
            todo: None,
        }
    }

    /// Says what would have been allowed instead of a word, and which of it was perhaps meant.
    #[must_use]
    pub fn instead_of<'a>(
        mut self,
        word: &str,
        allowed: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.allowed = allowed.into_iter().map(str::to_owned).collect();
        self.near = nearest(word, self.allowed.iter().map(String::as_str)).map(str::to_owned);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn todo(mut self, todo: Text) -> Self {
        self.todo = Some(todo);
        self
    }

    /// Returns where it is: `config.toml:3:1`.
    pub fn at(&self) -> String {
        let file = clean::line(&self.file);
        match &self.place {
            Some(place) => format!("{file}:{}:{}", place.line, place.column),
            None => file.into_owned(),
        }
    }

    /// Returns it on one line.
    pub fn line(&self, l10n: &L10n) -> String {
        let mut out = format!("{}: {}", self.at(), self.what.in_words(l10n));
        if let Some(near) = &self.near {
            let _ = write!(out, "; {}", near_text(l10n, near));
        }
        out
    }

    /// Returns all there is to say of it, over some lines.
    pub fn text(&self, l10n: &L10n) -> String {
        let level = l10n.text(match self.level {
            Level::Error => "config-error",
            Level::Warning => "config-warning",
        });
        let mut out = format!("{}: {level}: {}", self.at(), self.what.in_words(l10n));
        if let Some(place) = &self.place {
            place.shown(&mut out);
        }
        let near = self.near.as_ref().map(|near| near_text(l10n, near));
        let allowed = (!self.allowed.is_empty()).then(|| {
            l10n.with(
                "config-allowed",
                &[("words", self.allowed.join(", ").into())],
            )
        });
        let todo = self.todo.as_ref().map(|todo| todo.in_words(l10n));
        for line in [near, allowed, todo].into_iter().flatten() {
            let _ = write!(out, "\n  {line}");
        }
        out
    }

    /// Returns it for programs.
    pub fn json(&self, l10n: &L10n) -> ProblemJson {
        ProblemJson {
            file: self.file.clone(),
            line: self.place.as_ref().map(|place| place.line),
            column: self.place.as_ref().map(|place| place.column),
            level: self.level,
            what: self.what.in_words(l10n),
            nearest: self.near.clone(),
            allowed: self.allowed.clone(),
            hint: self.todo.as_ref().map(|todo| todo.in_words(l10n)),
        }
    }
}

fn near_text(l10n: &L10n, near: &str) -> String {
    l10n.with("config-near", &[("word", near.to_owned().into())])
}
