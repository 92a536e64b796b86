// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A question before something large or lasting. What can be taken back asks for one key, what cannot for a word.

use crossterm::event::KeyCode;

use super::input::{Input, is_cancel};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::keys::Key;
use crate::app::message::Cmd;
use crate::app::model::Model;
use crate::app::view::said;
use crate::doc::{Area, Line, Overlay, Role, Span};
use crate::text::clean;
use crate::text::measure::width;
use crate::text::wrap::wrap;

/// The question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The key of the text that asks.
    pub key: &'static str,
    /// What goes into it as `$detail`.
    pub detail: String,
    /// The word that must be typed; a yes is enough without one.
    pub word: Option<String>,
    /// What was typed of it.
    pub input: Input,
    /// What is done then.
    pub then: Vec<Cmd>,
}

impl Confirm {
    /// Asks for a yes.
    pub fn yes(key: &'static str, detail: impl Into<String>, then: Vec<Cmd>) -> Self {
        Self {
            key,
            detail: detail.into(),
            word: None,
            input: Input::default(),
            then,
        }
    }

    /// Asks for a word to be typed.
    #[must_use]
    pub fn typed(mut self, word: impl Into<String>) -> Self {
        self.word = Some(word.into());
        self
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model, env: &Env<'_>) -> Outcome {
        let is_confirmed = match &self.word {
            None => {
                let yes = env.l10n.text("confirm-yes");
                key.code == KeyCode::Enter
                    || key
                        .typed()
                        .is_some_and(|c| yes.to_lowercase().starts_with(c))
            }
            Some(word) => key.code == KeyCode::Enter && self.input.text.trim() == word,
        };
        if is_confirmed {
            return Outcome::Closes(std::mem::take(&mut self.then));
        }
        let leaves = self.word.is_none() || key.code == KeyCode::Enter;
        if is_cancel(key) || leaves {
            model.say("confirm-left", "");
            return Outcome::Closes(Vec::new());
        }
        self.input.key(key);
        Outcome::Stays(Vec::new())
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let text = said(self.key, &self.detail, env);
        let columns = usize::from(area.columns).saturating_sub(4).min(60);
        let mut lines: Vec<Line> = wrap(&[Span::new(Role::Text, text)], columns)
            .into_iter()
            .map(Line::of)
            .collect();
        lines.push(Line::default());
        let mut column = None;
        lines.push(match &self.word {
            None => Line::text(Role::Key, env.l10n.text("confirm-how")),
            Some(word) => {
                let word = clean::line(word).into_owned();
                let label = env.l10n.with("confirm-type", &[("word", word.into())]) + " ";
                let typed = self.input.tail(columns.saturating_sub(width(&label)));
                column = Some(width(&label) + width(&typed));
                Line::of(vec![
                    Span::new(Role::Key, label),
                    Span::new(Role::Text, typed),
                ])
            }
        });
        let title = env.l10n.text("confirm-title");
        let (wide, high) = Overlay::size(&title, &lines);
        let place = area.middle(wide.max(30), high);
        let row = place.y + u16::try_from(lines.len()).unwrap_or(0);
        let cursor = column.map(|column| (row, place.x + 2 + u16::try_from(column).unwrap_or(0)));
        let overlay = Overlay {
            title,
            area: place,
            lines,
            ..Overlay::default()
        };
        Drawn::Box(overlay, cursor)
    }
}
