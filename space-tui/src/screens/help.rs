// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The rows of the help: every command that can be used where the reader is, with its keys.

use crate::app::Env;
use crate::app::commands::{COMMANDS, disabled};
use crate::app::model::Model;
use crate::doc::{Line, Role, Span};
use crate::text::fuzzy::Fuzzy;
use crate::text::measure::{column, fit, width};

/// Returns the rows that fit what was typed: keys, and what they do.
pub fn rows(model: &Model, env: Env<'_>, typed: &str, columns: usize) -> Vec<Line> {
    let context = model.context();
    let mut fuzzy = Fuzzy::new(typed);
    let here: Vec<_> = COMMANDS
        .iter()
        .filter(|command| command.contexts.contains(&context))
        .map(|command| {
            (
                env.keymap.keys_of(context, command.action).join(", "),
                command,
            )
        })
        .filter(|(keys, _)| !keys.is_empty())
        .collect();
    // As wide for a part of the rows as for all of them.
    let widest = here.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    here.iter()
        .filter_map(|(keys, command)| {
            let mut text = env.l10n.text(&format!("command-{}-help", command.name));
            if fuzzy.score(&text).is_none() && fuzzy.score(command.name).is_none() && keys != typed
            {
                return None;
            }
            let reason = disabled(command.action, model, model.screen());
            let role = if reason.is_some() {
                Role::Quiet
            } else {
                Role::Text
            };
            if let Some(reason) = reason {
                text = format!("{text} ({})", env.l10n.text(reason));
            }
            let text = fit(&text, columns.saturating_sub(widest + 2));
            Some(Line::of(vec![
                Span::new(Role::Key, column(keys, widest)),
                Span::new(role, format!("  {text}")),
            ]))
        })
        .collect()
}
