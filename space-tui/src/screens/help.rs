// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The help: every command that can be used where the reader came from, with its keys.

use crate::app::Env;
use crate::app::commands::{COMMANDS, Context, disabled};
use crate::app::keys::shown;
use crate::app::model::Model;
use crate::doc::{Line, Role, Span};
use crate::text::measure::{column, width};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpScreen {
    /// Where the reader came from.
    pub about: Context,
    /// The first row on the screen.
    pub top: usize,
}

impl HelpScreen {
    /// Returns every line: keys, name, and what it does.
    pub fn lines(&self, model: &Model, env: Env<'_>, columns: usize) -> Vec<Line> {
        let rows: Vec<_> = COMMANDS
            .iter()
            .filter(|command| command.contexts.contains(&self.about))
            .map(|command| {
                let keys: Vec<_> = command.keys.iter().map(|key| shown(key)).collect();
                (keys.join(", "), command)
            })
            .collect();
        let keys_width = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
        rows.iter()
            .map(|(keys, command)| {
                let mut text = env.l10n.text(&format!("command-{}-help", command.name));
                let reason = model
                    .under()
                    .and_then(|screen| disabled(command.action, model, screen));
                let role = if reason.is_some() {
                    Role::Quiet
                } else {
                    Role::Text
                };
                if let Some(reason) = reason {
                    text = format!("{text} ({})", env.l10n.text(reason));
                }
                let room = columns.saturating_sub(keys_width + 6);
                let text = crate::text::measure::fit(&text, room);
                Line::of(vec![
                    Span::new(Role::Key, column(keys, keys_width)),
                    Span::new(role, format!("  {text}")),
                ])
            })
            .collect()
    }
}
