// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a search found.

use std::ops::Range;

use space_core::PostId;
use space_core::search::SearchError;

use crate::app::Env;
use crate::app::items::{FoundPart, HitItem};
use crate::app::message::{Query, Ticket};
use crate::doc::{Line, Role, Span, Tone, plain};
use crate::text::clean;
use crate::text::measure::{column, column_right, fit, width};
use crate::text::search_error;
use crate::text::when;
use crate::text::wrap::wrap;

use super::rows::{self, Beside};

/// Posts that a search asks for at once.
pub const PAGE: usize = 50;

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchScreen {
    /// Names the screen in questions.
    pub id: u64,
    /// What was typed.
    pub words: String,
    /// What was found so far.
    pub hits: Vec<HitItem>,
    /// Where to go on; nothing when that is all.
    pub next: Option<PostId>,
    /// What is wrong with what was typed.
    pub errors: Vec<SearchError>,
    /// Whether an answer has come.
    pub is_loaded: bool,
    /// The hit the reader is on.
    pub at: usize,
    /// The first hit on the screen.
    pub top: usize,
    /// The last question.
    pub ticket: Option<Ticket>,
}

impl SearchScreen {
    /// Makes a search that is yet to be asked.
    pub fn new(id: u64, words: String) -> Self {
        Self {
            id,
            words,
            hits: Vec::new(),
            next: None,
            errors: Vec::new(),
            is_loaded: false,
            at: 0,
            top: 0,
            ticket: None,
        }
    }

    /// Looks for something else. What was found stays on the screen until the answer comes.
    pub fn look_for(&mut self, words: String) {
        self.words = words;
        self.next = None;
        (self.at, self.top) = (0, 0);
    }

    /// Returns the question for all that is held, anew.
    pub fn query(&self) -> Query {
        Query::Search {
            words: self.words.clone(),
            before: None,
            limit: self.hits.len().max(PAGE),
        }
    }

    /// Returns the question for more.
    pub fn query_on(&self) -> Query {
        Query::Search {
            words: self.words.clone(),
            before: self.next,
            limit: PAGE,
        }
    }

    /// Returns whether there is more, and room for it, or the reader comes near the end.
    pub fn wants_more(&self) -> bool {
        self.next.is_some() && (self.hits.len() < PAGE || self.at + PAGE / 2 > self.hits.len())
    }

    /// Takes what was found.
    pub fn take(&mut self, part: FoundPart, height: usize) {
        if part.words != self.words {
            return;
        }
        self.is_loaded = true;
        self.next = part.next;
        self.errors = part.errors;
        if part.is_start {
            let was = (self.at > 0)
                .then(|| self.hits.get(self.at).map(|hit| hit.post))
                .flatten();
            self.hits = part.hits;
            self.at = was
                .and_then(|post| self.hits.iter().position(|hit| hit.post == post))
                .unwrap_or(0);
        } else {
            self.hits.extend(part.hits);
        }
        self.settle(height);
    }

    /// Returns the hit the reader is on.
    pub fn current(&self) -> Option<&HitItem> {
        self.hits.get(self.at)
    }

    /// Moves by hits.
    pub fn step(&mut self, hits: isize, height: usize) {
        self.at = self.at.saturating_add_signed(hits);
        self.settle(height);
    }

    /// Brings the reader's hit onto the screen; each takes two rows.
    pub fn settle(&mut self, height: usize) {
        let fits = (height / 2).max(1);
        self.at = self.at.min(self.hits.len().saturating_sub(1));
        self.top = self.top.min(self.at);
        if self.at >= self.top + fits {
            self.top = self.at + 1 - fits;
        }
        self.top = self.top.min(self.hits.len().saturating_sub(fits));
    }

    /// Returns the lines on the screen.
    pub fn view(&self, env: Env<'_>, columns: usize, height: usize) -> Vec<Line> {
        if !self.errors.is_empty() {
            return self.wrong(env, height);
        }
        if self.words.trim().is_empty() {
            let room = columns.saturating_sub(4);
            let lines = |role, key| wrap(&[Span::new(role, env.l10n.text(key))], room);
            let mut out = vec![Line::default()];
            for mut line in lines(Role::Text, "search-begin")
                .into_iter()
                .chain(lines(Role::Id, "search-hint"))
            {
                line.insert(0, Span::new(Role::Text, "  "));
                out.push(Line::of(line));
            }
            out.truncate(height);
            return out;
        }
        if self.hits.is_empty() {
            let key = if self.is_loaded && self.next.is_none() {
                "search-nothing"
            } else {
                "list-loading"
            };
            let text = env
                .l10n
                .with(key, &[("words", clean::line(&self.words).into())]);
            return vec![
                Line::default(),
                Line::text(Role::Quiet, format!("  {text}")),
            ];
        }
        let shown = self.top..self.hits.len().min(self.top + height.div_ceil(2));
        // Ids are as wide as the widest on the screen.
        let ids = self.hits[shown.clone()].iter();
        let id = ids.map(|hit| width(&hit.post.to_string())).max();
        let mut lines = Vec::new();
        for at in shown {
            let id = id.map_or(0, |columns| columns + 2);
            lines.push(self.line(at, id, columns, env));
            let hit = &self.hits[at];
            let mut excerpt = vec![Span::new(Role::Quiet, "    ")];
            excerpt.extend(marked(Role::Quiet, &hit.excerpt, &hit.marks));
            lines.push(Line::of(cut(excerpt, columns.saturating_sub(1))));
        }
        lines.truncate(height);
        lines
    }

    /// The line with the title; `id` is how many columns an id has.
    fn line(&self, at: usize, id: usize, columns: usize, env: Env<'_>) -> Line {
        let (hit, is_here) = (&self.hits[at], at == self.at);
        let mark = Span::new(Role::Key, if is_here { "▸ " } else { "  " });
        let title = marked(Role::Title, &hit.title, &hit.title_marks);
        let beside = Beside {
            category: 0,
            id,
            ..Beside::of(columns, env)
        };
        let fitted = rows::fit(columns, width("▸ "), width(&plain(&title)), beside);
        let beside = fitted.beside;
        let mut right = Vec::new();
        if beside.author > 0 {
            let author = column(&clean::line(&hit.author), beside.author - 1);
            right.push(Span::new(Role::Author, format!(" {author}")));
        }
        if beside.id > 0 {
            let id = column_right(&format!("#{}", hit.post), beside.id);
            right.push(Span::new(Role::Id, id));
        }
        if beside.date > 0 {
            let age = when::brief(env.l10n, hit.created_at, env.now);
            right.push(Span::new(Role::Quiet, column_right(&age, beside.date)));
        }
        right.push(Span::new(Role::Text, " ".repeat(fitted.margin)));
        let mut left = vec![mark];
        left.extend(cut(title, fitted.title));
        let tone = if is_here { Tone::Focused } else { Tone::Plain };
        Line::of(left).right(right).tone(tone)
    }

    /// Returns what is wrong with what was typed, below the part that it is about.
    fn wrong(&self, env: Env<'_>, height: usize) -> Vec<Line> {
        let mut lines = vec![Line::default()];
        for error in &self.errors {
            let before = self.words.get(..error.span.start).unwrap_or_default();
            let about = self.words.get(error.span.clone()).unwrap_or_default();
            let after = self.words.get(error.span.end..).unwrap_or_default();
            lines.push(Line::of(vec![
                Span::new(Role::Text, format!("  {}", clean::line(before))),
                Span::new(Role::Error, clean::line(about)),
                Span::new(Role::Text, clean::line(after)),
            ]));
            let left = " ".repeat(2 + width(&clean::line(before)));
            let marks = "^".repeat(width(&clean::line(about)).max(1));
            lines.push(Line::text(Role::Error, format!("{left}{marks}")));
            let says = search_error::text(env.l10n, &error.kind);
            lines.push(Line::text(Role::Text, format!("  {}", clean::line(&says))));
            lines.push(Line::default());
        }
        lines.truncate(height);
        lines
    }
}

/// Returns a text with the words that were looked for in bold. Nothing of it reaches the terminal as it is.
fn marked(role: Role, text: &str, marks: &[Range<usize>]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    let piece = |range: Range<usize>| clean::line(text.get(range).unwrap_or_default()).into_owned();
    for mark in marks {
        spans.push(Span::new(role, piece(at..mark.start)));
        let mut found = Span::new(Role::Text, piece(mark.clone()));
        found.stress.strong = true;
        spans.push(found);
        at = mark.end;
    }
    spans.push(Span::new(role, piece(at..text.len())));
    spans.retain(|span| !span.text.is_empty());
    spans
}

/// Cuts spans to so many columns.
fn cut(spans: Vec<Span>, columns: usize) -> Vec<Span> {
    let mut room = columns;
    let mut kept = Vec::new();
    for mut span in spans {
        let needs = width(&span.text);
        if needs > room {
            span.text = fit(&span.text, room);
            kept.push(span);
            break;
        }
        room -= needs;
        kept.push(span);
    }
    kept
}
