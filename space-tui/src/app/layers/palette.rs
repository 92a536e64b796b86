// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every command that can be used here, found by some letters of its name; what cannot be used now says why.

use super::picker::{Picked, Picker};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::act::act;
use crate::app::commands::{COMMANDS, Command, disabled};
use crate::app::keys::Key;
use crate::app::model::Model;
use crate::doc::{Area, Line, Role, Span, Tone};
use crate::text::fuzzy::Fuzzy;
use crate::text::measure::{fit, width};

/// The palette.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    picker: Picker,
    /// Places in the table of commands, best first.
    found: Vec<usize>,
}

impl Palette {
    /// Opens it with every command.
    pub fn new(model: &Model, env: &Env<'_>) -> Self {
        let mut palette = Self::default();
        palette.find(model, env);
        palette
    }

    fn find(&mut self, model: &Model, env: &Env<'_>) {
        let context = model.context();
        let mut fuzzy = Fuzzy::new(&self.picker.input.text);
        let mut found: Vec<(u32, usize)> = COMMANDS
            .iter()
            .enumerate()
            .filter(|(_, command)| command.contexts.contains(&context))
            .filter_map(|(at, command)| {
                // By the name in files too: it is the same in every language.
                let name = env.l10n.text(&format!("command-{}", command.name));
                let help = env.l10n.text(&format!("command-{}-help", command.name));
                let score = fuzzy.score(&name).max(fuzzy.score(command.name));
                let score = score.map(|score| score * 2).max(fuzzy.score(&help));
                score.map(|score| (score, at))
            })
            .collect();
        found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        self.found = found.into_iter().map(|(_, at)| at).collect();
    }

    fn command(&self, at: usize) -> Option<&'static Command> {
        COMMANDS.get(*self.found.get(at)?)
    }

    pub(super) fn paste(&mut self, text: &str, model: &Model, env: &Env<'_>) {
        self.picker.input.paste(text);
        self.find(model, env);
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model, env: &Env<'_>) -> Outcome {
        match self.picker.key(key, self.found.len()) {
            Picked::Cancelled => Outcome::Closes(Vec::new()),
            Picked::Moved => Outcome::Stays(Vec::new()),
            Picked::Typed => {
                self.find(model, env);
                Outcome::Stays(Vec::new())
            }
            Picked::Chosen => {
                let Some(command) = self.command(self.picker.at) else {
                    return Outcome::Stays(Vec::new());
                };
                if let Some(reason) = disabled(command.action, model, model.screen()) {
                    model.say(reason, "");
                    return Outcome::Stays(Vec::new());
                }
                Outcome::Closes(act(model, command.action, env))
            }
        }
    }

    pub(super) fn draw(&self, model: &Model, env: Env<'_>, area: Area) -> Drawn {
        let title = env.l10n.text("palette-title");
        let nothing = env.l10n.text("palette-nothing");
        let row = |at: usize, is_here: bool, columns: usize| match self.command(at) {
            Some(command) => line(command, is_here, columns, model, env),
            None => Line::default(),
        };
        let hint = env.l10n.text("picker-hint");
        self.picker
            .draw(title, hint, area, self.found.len(), nothing, row)
    }
}

fn line(command: &Command, is_here: bool, columns: usize, model: &Model, env: Env<'_>) -> Line {
    let reason = disabled(command.action, model, model.screen());
    let keys = env.keymap.keys_of(model.context(), command.action);
    let keys = keys.first().cloned().unwrap_or_default();
    let name = env.l10n.text(&format!("command-{}", command.name));
    let help = match reason {
        Some(reason) => env.l10n.text(reason),
        None => env.l10n.text(&format!("command-{}-help", command.name)),
    };
    let mark = if is_here { "▸ " } else { "  " };
    let room = columns.saturating_sub(width(mark) + width(&name) + width(&keys) + 4);
    let role = match reason {
        Some(_) => Role::Quiet,
        None => Role::Text,
    };
    let is_told = help.to_lowercase() == name.to_lowercase();
    let mut left = vec![Span::new(Role::Key, mark), Span::new(role, name)];
    if room >= 12 && !is_told {
        left.push(Span::new(Role::Quiet, format!("  {}", fit(&help, room))));
    }
    let tone = if is_here { Tone::Focused } else { Tone::Plain };
    Line::of(left)
        .right(vec![Span::new(Role::Key, keys)])
        .tone(tone)
}
