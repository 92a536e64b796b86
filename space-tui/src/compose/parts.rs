// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Choosing which paragraphs of a post to quote.

use std::collections::BTreeSet;

use crossterm::event::KeyCode;

use super::list::Rows;
use super::{Answered, act, quote};
use crate::app::Env;
use crate::app::keys::Key;
use crate::app::layers::input::is_cancel;
use crate::app::layers::{Drawn, Outcome};
use crate::app::model::Model;
use crate::doc::{Area, Line, Overlay, Role, Span, Tone};
use crate::text::clean;
use crate::text::measure::fit;

/// The question. The first row stands for the whole post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    answered: Answered,
    texts: Vec<String>,
    marked: BTreeSet<usize>,
    rows: Rows,
}

impl Parts {
    /// Asks which paragraphs; none when there is nothing to choose between.
    pub fn new(answered: Answered) -> Option<Self> {
        let texts: Vec<String> = quote::parts(&answered.source)
            .into_iter()
            .map(str::to_owned)
            .collect();
        (texts.len() > 1).then(|| Self {
            answered,
            texts,
            marked: BTreeSet::new(),
            rows: Rows::default(),
        })
    }

    pub(crate) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        let len = self.texts.len() + 1;
        match key.code {
            _ if is_cancel(key) => return Outcome::Closes(Vec::new()),
            KeyCode::Down | KeyCode::Char('j') | KeyCode::Tab => self.rows.step(1, len),
            KeyCode::Up | KeyCode::Char('k') | KeyCode::BackTab => self.rows.step(-1, len),
            KeyCode::Char(' ') if self.rows.at > 0 => {
                let part = self.rows.at - 1;
                if !self.marked.remove(&part) {
                    self.marked.insert(part);
                }
                self.rows.step(1, len);
            }
            KeyCode::Enter => {
                let chosen: Vec<&str> = match (self.marked.is_empty(), self.rows.at) {
                    (true, 0) => self.texts.iter().map(String::as_str).collect(),
                    (true, at) => vec![&self.texts[at - 1]],
                    (false, _) => self
                        .marked
                        .iter()
                        .map(|at| self.texts[*at].as_str())
                        .collect(),
                };
                return Outcome::Closes(act::insert_quote(model, &self.answered, &chosen));
            }
            _ => {}
        }
        Outcome::Stays(Vec::new())
    }

    pub(crate) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let area = area.middle(90, (self.texts.len() + 3).max(6));
        let (columns, _) = Overlay::inner(area);
        let entry = |at: usize, text: &str| {
            let is_here = at == self.rows.at;
            let is_marked = at > 0 && self.marked.contains(&(at - 1));
            let here = if is_here { "▸" } else { " " };
            let mark = if is_marked { "* " } else { "  " };
            let tone = if is_here { Tone::Focused } else { Tone::Plain };
            let text = fit(&clean::line(text), columns.saturating_sub(4));
            let spans = vec![
                Span::new(Role::Key, here),
                Span::new(Role::Unread, mark),
                Span::new(Role::Text, text),
            ];
            vec![Line::of(spans).tone(tone)]
        };
        let mut entries = vec![entry(0, &env.l10n.text("quote-all"))];
        entries.extend(
            self.texts
                .iter()
                .enumerate()
                .map(|(at, part)| entry(at + 1, part)),
        );
        self.rows
            .draw(env.l10n.text("quote-title"), area, entries, String::new())
    }
}
