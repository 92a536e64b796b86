// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading `keys.toml`: rows of a place, keys, and a command or `false`.

use std::ops::Range;

use toml::de::DeTable;

use super::chord::{self, NotAKey};
use super::problem::{Level, Text};
use super::source::{Entry, Source, entries};
use crate::app::commands::{COMMANDS, Command, Context};
use crate::app::keys::{Key, sequence};
use crate::config::Problem;

/// Sections: everywhere, and one place each.
pub(super) const SECTIONS: &[(&str, Option<Context>)] = &[
    ("everywhere", None),
    ("topics", Some(Context::Topics)),
    ("thread", Some(Context::Thread)),
    ("search", Some(Context::Search)),
    ("tree", Some(Context::Tree)),
];

/// Keys that are typed one after the other, at most.
const LONGEST: usize = 4;

/// Which keys there are before the file changes any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// Letters as in vim, and arrows.
    #[default]
    Vim,
    /// Arrows and named keys only.
    Arrows,
}

impl Preset {
    /// Every preset as it is written.
    pub const WORDS: [(&str, Self); 2] = [("vim", Self::Vim), ("arrows", Self::Arrows)];
}

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
    /// Returns the rows as a file that says the same.
    pub fn shown(&self) -> String {
        use std::fmt::Write as _;
        let preset = Preset::WORDS.iter().find(|(_, it)| *it == self.preset);
        let mut out = format!("preset = \"{}\"\n", preset.map_or("vim", |(name, _)| name));
        for (place, context) in SECTIONS {
            let mut rows = self
                .rows
                .iter()
                .filter(|row| row.context == *context)
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
            let known = Preset::WORDS.iter().map(|(name, _)| *name);
            match value.get_ref().as_str() {
                Some(text) => match Preset::WORDS.iter().find(|(name, _)| *name == text) {
                    Some((_, chosen)) => preset = *chosen,
                    None => {
                        let values = [("word", text), ("name", word)];
                        let what = Text::new("config-wrong-word", values);
                        let problem = source.problem(Level::Error, value.span(), what);
                        source.add(problem.instead_of(text, known));
                    }
                },
                None => {
                    let problem = source.wrong(word, value);
                    source.add(problem.instead_of("", known));
                }
            }
            continue;
        }
        let section = SECTIONS.iter().find(|(name, _)| *name == word);
        match (section, value.get_ref().as_table()) {
            (Some((_, context)), Some(table)) => rows(*context, table, &mut source, &mut found),
            (Some(_), None) => source.wrong_kind(word, value, "config-want-section"),
            (None, inner) => {
                let what = match inner {
                    Some(_) => Text::new("config-unknown-place", [("word", word)]),
                    None => Text::new("config-key-outside", [("word", word)]),
                };
                let problem = source.problem(Level::Error, key.span(), what);
                let allowed = SECTIONS.iter().map(|(name, _)| *name);
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
    conflicts(&found, &mut source);
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
            (Some(name), _) => match command(name) {
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
        match chord::key(word) {
            Ok(found) => {
                if let Some(same) = chord::same_to_a_terminal(found) {
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
                        let near =
                            super::problem::nearest(name, chord::NAMES.iter().map(|(n, _)| *n));
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

fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// Everywhere means: wherever the command can be used.
fn is_for(command: &Command, context: Option<Context>) -> bool {
    context.is_none_or(|context| command.contexts.contains(&context))
}

fn places(command: &Command) -> Vec<&'static str> {
    SECTIONS
        .iter()
        .filter(|(_, context)| context.is_some_and(|c| command.contexts.contains(&c)))
        .map(|(name, _)| *name)
        .collect()
}

/// Finds rows that can never be reached: the same keys twice, or keys whose beginning is bound.
fn conflicts(found: &[Found], source: &mut Source<'_>) {
    for (at, one) in found.iter().enumerate() {
        let line = |other: &Found| source.place(other.span.clone()).line.to_string();
        let before = &found[..at];
        let twice = before
            .iter()
            .find(|other| other.row.context == one.row.context && other.row.keys == one.row.keys);
        if let Some(other) = twice {
            let what = Text::new("config-keys-twice", [("line", line(other))]);
            let problem = source.problem(Level::Error, one.span.clone(), what);
            source.add(problem.todo(Text::plain("config-keys-twice-todo")));
            continue;
        }
        if one.row.command.is_none() {
            is_bound_at_all(one, source);
            continue;
        }
        // Whoever presses the shorter keys never gets to the longer ones.
        let shorter = found.iter().find(|other| {
            other.row.command.is_some()
                && overlap(other.row.context, one.row.context)
                && other.row.keys.len() < one.row.keys.len()
                && one.row.keys.starts_with(&other.row.keys)
        });
        if let Some(other) = shorter {
            let values = [("line", line(other)), ("keys", shown(&other.row.keys))];
            let what = Text::new("config-keys-hidden", values);
            let problem = source.problem(Level::Error, one.span.clone(), what);
            source.add(problem.todo(Text::plain("config-keys-hidden-todo")));
            continue;
        }
        hidden_by_default(one, found, source);
    }
}

/// Whether two rows can both be meant somewhere.
fn overlap(a: Option<Context>, b: Option<Context>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Keys that are bound before the file changes any: where, which, to what.
fn defaults() -> impl Iterator<Item = (Context, Vec<Key>, &'static Command)> {
    COMMANDS.iter().flat_map(|command| {
        command.contexts.iter().flat_map(move |context| {
            let keys = command.keys.iter();
            keys.map(move |keys| (*context, sequence(keys), command))
        })
    })
}

fn is_unbound(keys: &[Key], context: Context, found: &[Found]) -> bool {
    found
        .iter()
        .any(|other| other.row.context.is_none_or(|c| c == context) && other.row.keys == keys)
}

fn hidden_by_default(one: &Found, found: &[Found], source: &mut Source<'_>) {
    let reaches = command(one.row.command.unwrap_or_default());
    for (context, keys, command) in defaults() {
        let is_here = one.row.context.is_none_or(|c| c == context)
            && reaches.is_some_and(|c| c.contexts.contains(&context))
            && !is_unbound(&keys, context, found);
        if !is_here || keys == one.row.keys {
            continue;
        }
        let values = [("keys", shown(&keys)), ("command", command.name.to_owned())];
        if one.row.keys.starts_with(&keys) {
            let what = Text::new("config-keys-hidden-default", values.clone());
            let problem = source.problem(Level::Error, one.span.clone(), what);
            source.add(problem.todo(Text::new("config-keys-hidden-default-todo", values)));
            return;
        }
        if keys.starts_with(&one.row.keys) {
            let what = Text::new("config-keys-hide-default", values.clone());
            let problem = source.problem(Level::Warning, one.span.clone(), what);
            source.add(problem.todo(Text::new("config-keys-hidden-default-todo", values)));
            return;
        }
    }
}

fn is_bound_at_all(one: &Found, source: &mut Source<'_>) {
    let is_bound = defaults().any(|(context, keys, _)| {
        one.row.context.is_none_or(|c| c == context) && keys == one.row.keys
    });
    if !is_bound {
        let what = Text::new("config-not-bound", [("keys", shown(&one.row.keys))]);
        source.add(source.problem(Level::Warning, one.span.clone(), what));
    }
}

/// Returns keys as they are written in the file.
fn shown(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}
