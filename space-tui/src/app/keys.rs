// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Keys, and how they are written: `g g`, `C-d`, `<A-Up>`, `Space`.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

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

    /// Reads one key: `j`, `G`, `C-d`, `<C-A-x>`, `Space`, `Enter`, `F5`.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .filter(|rest| !rest.is_empty())
            .unwrap_or(text);
        let (mut rest, mut ctrl, mut alt) = (bare, false, false);
        loop {
            // A lone `C-` is no key, but `C--` is the minus.
            let held = HELD
                .iter()
                .find_map(|(name, is_ctrl)| Some((rest.strip_prefix(name)?, *is_ctrl)));
            match held {
                Some((after, is_ctrl)) if !after.is_empty() => {
                    ctrl |= is_ctrl;
                    alt |= !is_ctrl;
                    rest = after;
                }
                _ => break,
            }
        }
        Some(Self {
            code: code(rest)?,
            ctrl,
            alt,
        })
    }

    /// Returns the character that the key types into a text.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// Returns whether this is Ctrl with a character.
    pub fn is_ctrl(self, c: char) -> bool {
        self.ctrl && !self.alt && self.code == KeyCode::Char(c)
    }
}

/// What may be held, and whether it is Ctrl.
const HELD: &[(&str, bool)] = &[
    ("C-", true),
    ("Ctrl-", true),
    ("A-", false),
    ("Alt-", false),
];

/// Names of keys; the first name of each is the one shown.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("S-Tab", KeyCode::BackTab),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Bksp", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
];

fn code(text: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*code);
    }
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && c != ' ').then_some(KeyCode::Char(c));
    }
    let number = text.strip_prefix('F')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

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
        if self.alt {
            f.write_str("Alt-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, other) => write!(f, "{other}"),
        }
    }
}

/// Reads a binding such as `g g`; the first part that is no key is the error.
pub fn binding(text: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = text
        .split_ascii_whitespace()
        .map(|part| Key::parse(part).ok_or_else(|| part.to_owned()))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(text.to_owned());
    }
    Ok(keys)
}

/// Returns the keys of a binding such as `g g`; parts that are no keys are left out.
pub fn sequence(text: &str) -> Vec<Key> {
    text.split_ascii_whitespace()
        .filter_map(Key::parse)
        .collect()
}

/// Returns keys as readers see them: `gg`, `Ctrl-d`, `Space m`.
pub fn shown(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    let are_short = names.iter().all(|name| name.chars().count() == 1);
    names.join(if are_short { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("g g", "gg")]
    #[case("C-d", "Ctrl-d")]
    #[case("<C-k>", "Ctrl-k")]
    #[case("<A-Up>", "Alt-Up")]
    #[case("Ctrl-Alt-x", "Ctrl-Alt-x")]
    #[case("C--", "Ctrl--")]
    #[case("-", "-")]
    #[case("<", "<")]
    #[case("Space m", "Space m")]
    #[case("F5", "F5")]
    fn reading_and_showing(#[case] text: &str, #[case] want: &str) {
        assert_eq!(shown(&binding(text).unwrap()), want);
    }

    #[rstest]
    #[case("", "")]
    #[case("g spce", "spce")]
    #[case("C-", "C-")]
    #[case("F13", "F13")]
    fn what_is_no_key_is_named(#[case] text: &str, #[case] wrong: &str) {
        assert_eq!(binding(text), Err(wrong.to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(keys) = binding(&text) {
                // What is shown of one key can be read back.
                for key in keys {
                    prop_assert_eq!(Key::parse(&key.to_string()), Some(key));
                }
            }
        }
    }
}
