// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The help: every command that can be used here with its keys; typing shows only what fits.

use super::picker::{Picked, Picker};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::commands::Action;
use crate::app::keymap::Meaning;
use crate::app::keys::Key;
use crate::app::model::Model;
use crate::doc::{Area, Overlay};
use crate::screens::help::rows;
use crate::text::measure::width;

/// The help.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Help {
    /// What was typed, and how far the reader has scrolled.
    pub picker: Picker,
    /// How many rows there were when keys last came.
    len: usize,
}

impl Help {
    pub(super) fn key(&mut self, key: Key, model: &mut Model, env: &Env<'_>) -> Outcome {
        let is_help = matches!(
            env.keymap.meaning(model.context(), &[key]),
            Meaning::Command(command) if command.action == Action::Help
        );
        if is_help && self.picker.input.text.is_empty() {
            return Outcome::Closes(Vec::new());
        }
        let (_, height) = Overlay::inner(model.layout().body);
        self.len = rows(model, *env, &self.picker.input.text, usize::MAX).len();
        let last = (self.len + 1)
            .saturating_sub(height.saturating_sub(1))
            .max(1);
        match self.picker.key(key, last) {
            Picked::Cancelled if !self.picker.input.text.is_empty() => {
                self.picker = Picker::default();
                Outcome::Stays(Vec::new())
            }
            Picked::Cancelled | Picked::Chosen => Outcome::Closes(Vec::new()),
            Picked::Moved | Picked::Typed => Outcome::Stays(Vec::new()),
        }
    }

    pub(super) fn draw(&self, model: &Model, env: Env<'_>, area: Area) -> Drawn {
        use crate::doc::{Line, Role, Span};
        let title = env.l10n.text("help-title");
        let (columns, height) = Overlay::inner(area);
        let all = rows(model, env, "", columns);
        let (wide, high) = Overlay::size(&title, &all);
        let place = area.middle(wide, high + 1);
        let lines = match self.picker.input.text.as_str() {
            "" => all,
            typed => rows(model, env, typed, columns),
        };
        let typed = self.picker.input.tail(columns.saturating_sub(3));
        let column = 2 + width(&typed);
        let mut shown = vec![match typed.as_str() {
            "" => Line::of(vec![
                Span::new(Role::Key, "› "),
                Span::new(Role::Quiet, env.l10n.text("help-filter")),
            ]),
            typed => Line::of(vec![
                Span::new(Role::Key, "› "),
                Span::new(Role::Text, typed),
            ]),
        }];
        let room = height.saturating_sub(1);
        let top = self.picker.at.min(lines.len().saturating_sub(room));
        let hidden = (top, lines.len().saturating_sub(top + room));
        shown.extend(lines.into_iter().skip(top).take(room));
        let cursor = (
            place.y + 1,
            place.x + 2 + u16::try_from(column).unwrap_or(0),
        );
        Drawn::Box(
            Overlay {
                title,
                area: place,
                lines: shown,
                hidden,
            },
            Some(cursor),
        )
    }
}
