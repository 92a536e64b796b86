// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading `keys.toml`: rows of a place, keys, and a command or `false`.

use std::ops::Range;

use space_core::nearest::nearest;
use toml::de::DeTable;

use super::problem::{Level, Text};
use super::source::{Entry, Source, entries};
use crate::app::commands::{COMMANDS, Command, Context};
use crate::app::keymap::{Keymap, KeymapError, Override, Preset, named};
use crate::app::keys::{self, Key, NotAKey, sequence, shown as as_readers_see};
use crate::config::Problem;

/// Sections: everywhere, and one place each.
pub(super) fn sections() -> impl Iterator<Item = (&'static str, Option<Context>)> {
    let places = Context::ALL.map(|context| (context.name(), Some(context)));
    [("everywhere", None)].into_iter().chain(places)
}

/// Keys that are typed one after the other, at most.
const LONGEST: usize = 4;

/// One row: what keys do somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Where; everywhere when absent.
    pub context: Option<Context>,
    /// The keys, one after the other.
    pub keys: Vec<Key>,
    /// The command's name; nothing when the keys are to do nothing.
    pub command: Option<&'static str>,
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyRows {
    /// Which keys there are before.
    pub preset: Preset,
    /// What is changed in them, in the order of the file.
    pub rows: Vec<KeyRow>,
}

impl KeyRows {
    /// Returns what keys mean then.
    pub fn keymap(&self) -> Keymap {
        // It was made once when the file was read: a file with a mistake has no rows.
        keymap(self.preset, &self.rows).unwrap_or_default()
    }

    /// Returns the rows as a file that says the same.
    pub fn shown(&self) -> String {
        use std::fmt::Write as _;
        let mut out = format!("preset = \"{}\"\n", self.preset.name());
        for (place, context) in sections() {
            let mut rows = self
                .rows
                .iter()
                .filter(|row| row.context == context)
                .peekable();
            if rows.peek().is_some() {
                let _ = writeln!(out, "\n[{place}]");
            }
            for row in rows {
                let keys = super::settings::quoted(&shown(&row.keys));
                let command = row
                    .command
                    .map_or("false".to_owned(), super::settings::quoted);
                let _ = writeln!(out, "{keys} = {command}");
            }
        }
        out
    }
}

/// A row, and where it stands.
struct Found {
    row: KeyRow,
    span: Range<usize>,
}

/// Reads the file. Whatever is wrong with it, there are rows: none.
pub fn read(name: &str, text: &str) -> (KeyRows, Vec<Problem>) {
    let mut source = Source::new(name, text);
    let table = source.parse();
    let mut preset = Preset::default();
    let mut found = Vec::new();
    for (key, value) in entries(&table) {
        let word = key.get_ref().as_ref();
        if word == "preset" {
            let known = Preset::ALL.iter().map(|preset| preset.name());
            let text = value.get_ref().as_str().unwrap_or_default();
            if let Some(chosen) = Preset::named(text) {
                preset = chosen;
            } else {
                let problem = source.wrong(word, value);
                source.add(problem.instead_of(text, known));
            }
            continue;
        }
        let section = sections().find(|(name, _)| *name == word);
        match (section, value.get_ref().as_table()) {
            (Some((_, context)), Some(table)) => rows(context, table, &mut source, &mut found),
            (Some(_), None) => source.wrong_kind(word, value, "config-want-section"),
            (None, inner) => {
                let what = match inner {
                    Some(_) => Text::new("config-unknown-place", [("word", word)]),
                    None => Text::new("config-key-outside", [("word", word)]),
                };
                let problem = source.problem(Level::Error, key.span(), what);
                let allowed = sections().map(|(name, _)| name);
                source.add(if inner.is_some() {
                    problem.instead_of(word, allowed)
                } else {
                    problem
                        .instead_of(word, ["preset"].into_iter().chain(allowed))
                        .todo(Text::plain("config-key-outside-todo"))
                });
            }
        }
    }
    // Rows with mistakes of their own would only lead to more that are none.
    if !source.has_errors() {
        conflicts(preset, &found, &mut source);
    }
    let rows = found.into_iter().map(|found| found.row).collect();
    let keys = if source.has_errors() {
        KeyRows::default()
    } else {
        KeyRows { preset, rows }
    };
    (keys, source.into_problems())
}

fn rows(
    context: Option<Context>,
    table: &DeTable<'_>,
    source: &mut Source<'_>,
    out: &mut Vec<Found>,
) {
    for (key, value) in entries(table) {
        let keys = keys((key, value), source);
        let command = match (value.get_ref().as_str(), value.get_ref().as_bool()) {
            (Some(name), _) => match named(name) {
                Some(command) if is_for(command, context) => Some(Some(command.name)),
                Some(command) => {
                    let places = places(command);
                    let values = [("word", name.to_owned()), ("places", places.join(", "))];
                    let what = Text::new("config-not-here", values);
                    source.add(source.problem(Level::Error, value.span(), what));
                    None
                }
                None => {
                    let what = Text::new("config-unknown-command", [("word", name)]);
                    let problem = source.problem(Level::Error, value.span(), what);
                    let names = COMMANDS.iter().filter(|c| is_for(c, context));
                    source.add(problem.instead_of(name, names.map(|c| c.name)));
                    None
                }
            },
            (None, Some(false)) => Some(None),
            _ => {
                source.wrong_kind(key.get_ref(), value, "config-want-command");
                None
            }
        };
        if let (Some(keys), Some(command)) = (keys, command) {
            out.push(Found {
                row: KeyRow {
                    context,
                    keys,
                    command,
                },
                span: key.span(),
            });
        }
    }
}

fn keys((key, _): Entry<'_, '_>, source: &mut Source<'_>) -> Option<Vec<Key>> {
    let text = key.get_ref().as_ref();
    let mut keys = Vec::new();
    let mut is_fine = true;
    for word in text.split_whitespace() {
        match Key::parse(word) {
            Ok(found) => {
                if let Some(same) = keys::same_to_a_terminal(found) {
                    let values = [("word", word), ("same", same)];
                    let what = Text::new("config-same-key", values);
                    source.add(source.problem(Level::Warning, key.span(), what));
                }
                keys.push(found);
            }
            Err(why) => {
                let what = Text::new("config-unknown-key", [("word", word)]);
                let problem = source.problem(Level::Error, key.span(), what);
                source.add(match why {
                    NotAKey::Together => {
                        let apart: Vec<String> = word.chars().map(String::from).collect();
                        problem.todo(Text::new("config-keys-apart", [("keys", apart.join(" "))]))
                    }
                    NotAKey::Shift => problem.todo(Text::plain("config-key-shift")),
                    NotAKey::Unknown => {
                        // What is held is right or not; the name is what was mistyped.
                        let name = word.trim_matches(['<', '>']);
                        let name = name.rsplit(['-', '+']).next().unwrap_or(name);
                        let near = nearest(name, keys::NAMES.iter().map(|(n, _)| *n));
                        match near {
                            Some(near) => {
                                problem.todo(Text::new("config-key-near", [("word", near)]))
                            }
                            None => problem.todo(Text::plain("config-key-how")),
                        }
                    }
                });
                is_fine = false;
            }
        }
    }
    if keys.is_empty() && is_fine {
        let what = Text::new("config-unknown-key", [("word", text)]);
        let problem = source.problem(Level::Error, key.span(), what);
        source.add(problem.todo(Text::plain("config-key-how")));
        is_fine = false;
    }
    if keys.len() > LONGEST {
        let most = [("most", LONGEST.to_string())];
        let what = Text::new("config-too-many-keys", most);
        source.add(source.problem(Level::Error, key.span(), what));
        is_fine = false;
    }
    is_fine.then_some(keys)
}

/// Everywhere means: wherever the command can be used.
fn is_for(command: &Command, context: Option<Context>) -> bool {
    context.is_none_or(|context| command.contexts.contains(&context))
}

fn places(command: &Command) -> Vec<&'static str> {
    command
        .contexts
        .iter()
        .map(|context| context.name())
        .collect()
}

/// Returns what rows want otherwise than the preset, each with the number of its row. Keys of a place win over the same
/// keys everywhere.
fn wishes(rows: &[KeyRow]) -> Vec<(usize, Override)> {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let made = |context| Override {
            context,
            keys: shown(&row.keys),
            command: row.command.map(str::to_owned),
        };
        let command = row.command.and_then(named);
        let (None, Some(command)) = (row.context, command) else {
            out.push((at, made(row.context)));
            continue;
        };
        let is_free = |context: &Context| {
            !rows.iter().any(|it| {
                it.context == Some(*context) && it.keys == row.keys && it.command.is_some()
            })
        };
        let places = command.contexts.iter().copied().filter(is_free);
        out.extend(places.map(|context| (at, made(Some(context)))));
    }
    out
}

fn keymap(preset: Preset, rows: &[KeyRow]) -> Result<Keymap, Vec<(usize, KeymapError)>> {
    let wishes = wishes(rows);
    let overrides: Vec<Override> = wishes.iter().map(|(_, wish)| wish.clone()).collect();
    Keymap::new(preset, &overrides).map_err(|errors| {
        let row = |error: &KeymapError| wishes.get(error.at()).map_or(0, |(at, _)| *at);
        errors
            .into_iter()
            .map(|error| (row(&error), error))
            .collect()
    })
}

/// Finds rows that can never be reached, that hide others, and that free what nobody has.
fn conflicts(preset: Preset, found: &[Found], source: &mut Source<'_>) {
    let rows: Vec<KeyRow> = found.iter().map(|found| found.row.clone()).collect();
    let Err(errors) = keymap(preset, &rows) else {
        return;
    };
    let mut said = Vec::new();
    for (at, error) in errors {
        // One thing is said of a row: the next is often the same in another place.
        let Some(one) = found.get(at).filter(|_| !said.contains(&at)) else {
            continue;
        };
        said.push(at);
        let row_of = |keys: &str| {
            let other = |it: &&Found| as_readers_see(&it.row.keys) == keys && it.span != one.span;
            found
                .iter()
                .filter(|it| it.row.command.is_some())
                .find(other)
        };
        let line = |other: &Found| source.place(other.span.clone()).line.to_string();
        let (what, todo) = match error {
            KeymapError::NotBound { .. } => {
                let keys = [("keys", shown(&one.row.keys))];
                (
                    Text::new("config-not-bound", keys),
                    "config-not-bound-todo".into(),
                )
            }
            KeymapError::Twice { keys, .. } => {
                let other = row_of(&keys).map_or_else(String::new, line);
                let what = Text::new("config-keys-twice", [("line", other)]);
                (what, Todo::from("config-keys-twice-todo"))
            }
            KeymapError::Hides {
                keys,
                command,
                hidden_keys,
                hidden,
                ..
            } => {
                let is_shorter = as_readers_see(&one.row.keys) == keys;
                let (other_keys, other_command) = if is_shorter {
                    (hidden_keys, hidden)
                } else {
                    (keys, command)
                };
                let row = row_of(&other_keys);
                let other_keys = as_written(&other_keys, found);
                let values = [
                    ("keys", other_keys.clone()),
                    ("command", other_command.to_owned()),
                ];
                match (row, is_shorter) {
                    (Some(other), true) => {
                        let values = [("line", line(other)), ("keys", other_keys)];
                        (
                            Text::new("config-keys-hide", values),
                            "config-keys-hidden-todo".into(),
                        )
                    }
                    (Some(other), false) => {
                        let values = [("line", line(other)), ("keys", other_keys)];
                        (
                            Text::new("config-keys-hidden", values),
                            "config-keys-hidden-todo".into(),
                        )
                    }
                    (None, true) => (
                        Text::new("config-keys-hide-default", values.clone()),
                        Todo(Text::new("config-keys-hidden-default-todo", values)),
                    ),
                    (None, false) => (
                        Text::new("config-keys-hidden-default", values.clone()),
                        Todo(Text::new("config-keys-hidden-default-todo", values)),
                    ),
                }
            }
            // The rows are checked for these before.
            KeymapError::NoKey { .. }
            | KeymapError::NoCommand { .. }
            | KeymapError::NotThere { .. } => {
                continue;
            }
        };
        let problem = source.problem(Level::Error, one.span.clone(), what);
        source.add(problem.todo(todo.0));
    }
}

/// Returns keys that a keymap names as they are written in the file.
fn as_written(keys: &str, found: &[Found]) -> String {
    let defaults = COMMANDS.iter().flat_map(|command| command.keys);
    let known = found.iter().map(|it| it.row.keys.clone());
    let mut known = known.chain(defaults.map(|keys| sequence(keys)));
    known
        .find(|it| as_readers_see(it) == keys)
        .map_or_else(|| keys.to_owned(), |keys| shown(&keys))
}

/// What to do about it.
struct Todo(Text);

impl From<&'static str> for Todo {
    fn from(key: &'static str) -> Self {
        Self(Text::plain(key))
    }
}

/// Returns keys as they are written in the file.
fn shown(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}
