// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can follow the keys that were typed, shown when the reader hesitates.

use super::Drawn;
use crate::app::Env;
use crate::app::commands::disabled;
use crate::app::keymap::Following;
use crate::app::keys::shown;
use crate::app::model::Model;
use crate::doc::{Area, Line, Overlay, Role, Span};
use crate::text::measure::{column, width};

pub(super) fn draw(model: &Model, env: Env<'_>, area: Area) -> Drawn {
    let following = env.keymap.following(model.context(), &model.pending);
    if following.is_empty() {
        return Drawn::Hidden;
    }
    let rows: Vec<_> = following
        .into_iter()
        .map(|(key, next)| (shown(&[key]), next))
        .collect();
    let widest = rows.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
    let lines: Vec<Line> = rows
        .into_iter()
        .map(|(key, next)| {
            let (role, text) = match next {
                Following::Command(command) => {
                    let role = match disabled(command.action, model, model.screen()) {
                        Some(_) => Role::Quiet,
                        None => Role::Text,
                    };
                    (role, env.l10n.text(&format!("command-{}", command.name)))
                }
                Following::Prefix(count) => (
                    Role::Quiet,
                    env.l10n.with("which-more", &[("count", count.into())]),
                ),
            };
            Line::of(vec![
                Span::new(Role::Key, column(&key, widest)),
                Span::new(role, format!("  {text}")),
            ])
        })
        .collect();
    let title = format!("{}…", shown(&model.pending));
    let (columns, rows) = Overlay::size(&title, &lines);
    let overlay = Overlay {
        title,
        area: area.corner(columns, rows),
        lines,
        ..Overlay::default()
    };
    Drawn::Box(overlay, None)
}
