// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The search line at the foot of the screen.

use crossterm::event::KeyCode;

use super::input::{Input, is_cancel};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::ask::ask_screen;
use crate::app::keys::Key;
use crate::app::model::{Model, Screen};
use crate::doc::{Area, Line, Role, Span};
use crate::screens::search::SearchScreen;
use crate::text::measure::width;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// What was typed so far.
    pub input: Input,
}

impl Prompt {
    pub(super) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        // Erasing what is empty leaves, as one is used to from other lines of this kind.
        let leaves = key.code == KeyCode::Backspace && self.input.text.is_empty();
        if is_cancel(key) || leaves {
            return Outcome::Closes(Vec::new());
        }
        if key.code != KeyCode::Enter {
            self.input.key(key);
            return Outcome::Stays(Vec::new());
        }
        let words = self.input.text.trim().to_owned();
        if words.is_empty() {
            return Outcome::Closes(Vec::new());
        }
        let id = model.next_number();
        let screen = Screen::Search(SearchScreen::new(id, words));
        if matches!(model.screen(), Screen::Search(_)) {
            model.replace(screen);
        } else {
            model.push(screen);
        }
        Outcome::Closes(ask_screen(model).into_iter().collect())
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let label = format!(" {} ", env.l10n.text("search-prompt"));
        let room = usize::from(area.columns).saturating_sub(width(&label) + 1);
        let typed = self.input.tail(room);
        let column = u16::try_from(width(&label) + width(&typed)).ok();
        let line = Line::of(vec![
            Span::new(Role::Key, label),
            Span::new(Role::Text, typed),
        ]);
        Drawn::Foot(line, column)
    }
}
