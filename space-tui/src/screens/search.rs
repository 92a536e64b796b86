// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a search found.

use crate::app::Env;
use crate::app::items::HitItem;
use crate::app::message::{Query, Ticket};
use crate::doc::{Line, Role, Span, Tone};
use crate::text::clean;
use crate::text::measure::fit;
use crate::text::when;

/// Posts that a search brings at most.
pub const LIMIT: usize = 200;

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchScreen {
    /// Names the screen in questions.
    pub id: u64,
    /// What was typed.
    pub words: String,
    /// What was found.
    pub hits: Vec<HitItem>,
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
            is_loaded: false,
            at: 0,
            top: 0,
            ticket: None,
        }
    }

    /// Returns the question.
    pub fn query(&self) -> Query {
        Query::Search {
            words: self.words.clone(),
            limit: LIMIT,
        }
    }

    /// Takes what was found.
    pub fn take(&mut self, hits: Vec<HitItem>, height: usize) {
        let was = self.hits.get(self.at).map(|hit| hit.post);
        self.hits = hits;
        self.is_loaded = true;
        self.at = was
            .and_then(|post| self.hits.iter().position(|hit| hit.post == post))
            .unwrap_or(0);
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
        if self.hits.is_empty() {
            let key = if self.is_loaded {
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
        let mut lines = Vec::new();
        for (at, hit) in self
            .hits
            .iter()
            .enumerate()
            .skip(self.top)
            .take(height.div_ceil(2))
        {
            let is_here = at == self.at;
            let tone = if is_here { Tone::Focused } else { Tone::Plain };
            lines.push(
                Line::of(vec![
                    Span::new(Role::Key, if is_here { "▸ " } else { "  " }),
                    Span::new(Role::Title, clean::line(&hit.title)),
                ])
                .right(vec![
                    Span::new(Role::Author, clean::line(&hit.author)),
                    Span::new(
                        Role::Quiet,
                        format!("  {}", when::short(env.l10n, hit.created_at, env.now)),
                    ),
                    Span::new(Role::Id, format!("  #{}", hit.post)),
                ])
                .tone(tone),
            );
            let excerpt = fit(&clean::line(&hit.excerpt), columns.saturating_sub(4));
            lines.push(Line::text(Role::Quiet, format!("    {excerpt}")));
        }
        lines.truncate(height);
        lines
    }
}
