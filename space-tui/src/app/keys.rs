// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Keys, how they are written (`g g`, `C-d`, `Space`), and what they do where.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::commands::{COMMANDS, Command, Context};

/// A key with what was held; shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl Key {
    /// Returns the key alone.
    pub fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// Reads one key: `j`, `G`, `C-d`, `Space`, `Enter`.
    pub fn parse(text: &str) -> Option<Self> {
        let (ctrl, rest) = text
            .strip_prefix("C-")
            .map_or((false, text), |rest| (true, rest));
        let named = NAMES
            .iter()
            .find(|(name, _)| *name == rest)
            .map(|(_, code)| *code);
        let code = named.or_else(|| {
            let mut chars = rest.chars();
            chars
                .next()
                .filter(|_| chars.next().is_none())
                .map(KeyCode::Char)
        })?;
        Some(Self {
            code,
            ctrl,
            alt: false,
        })
    }
}

const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Bksp", KeyCode::Backspace),
];

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self {
            code: event.code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, other) => write!(f, "{other}"),
        }
    }
}

/// Returns the keys of a binding such as `g g`.
pub fn sequence(binding: &str) -> Vec<Key> {
    binding.split(' ').filter_map(Key::parse).collect()
}

/// Returns a binding as readers see it: `gg`, `Ctrl-d`.
pub fn shown(binding: &str) -> String {
    sequence(binding).iter().map(Key::to_string).collect()
}

/// What a sequence of keys means.
#[derive(Debug, Clone, Copy)]
pub enum Meaning {
    /// A command.
    Command(&'static Command),
    /// The beginning of at least one.
    Prefix,
    /// Nothing.
    Nothing,
}

/// Returns what a sequence of keys means somewhere.
pub fn meaning(keys: &[Key], context: Context) -> Meaning {
    let mut is_prefix = false;
    for command in COMMANDS.iter().filter(|c| c.contexts.contains(&context)) {
        for binding in command.keys {
            let bound = sequence(binding);
            if bound == keys {
                return Meaning::Command(command);
            }
            is_prefix |= bound.starts_with(keys);
        }
    }
    if is_prefix {
        Meaning::Prefix
    } else {
        Meaning::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binding_can_be_typed_and_none_hides_another() {
        for context in Context::ALL {
            let mut seen: Vec<Vec<Key>> = Vec::new();
            for command in COMMANDS.iter().filter(|c| c.contexts.contains(&context)) {
                for binding in command.keys {
                    let keys = sequence(binding);
                    assert_eq!(keys.len(), binding.split(' ').count(), "{binding}");
                    for other in &seen {
                        assert!(
                            !other.starts_with(&keys) && !keys.starts_with(other),
                            "{context:?} {binding}"
                        );
                    }
                    seen.push(keys);
                }
            }
        }
    }

    #[test]
    fn a_prefix_waits_for_the_rest() {
        let g = Key::plain(KeyCode::Char('g'));
        assert!(matches!(meaning(&[g], Context::Topics), Meaning::Prefix));
        assert!(
            matches!(meaning(&[g, g], Context::Topics), Meaning::Command(c) if c.name == "top")
        );
        assert!(matches!(
            meaning(&[g, Key::plain(KeyCode::Esc)], Context::Topics),
            Meaning::Nothing
        ));
    }
}
