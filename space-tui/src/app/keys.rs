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

    /// Reads one key: `j`, `G`, `C-d`, `<C-A-x>`, `Ctrl-k`, `Space`, `Enter`, `F5`.
    ///
    /// # Errors
    /// Why it is not a key.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let inner = text
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'));
        let mut rest = inner.filter(|inner| !inner.is_empty()).unwrap_or(text);
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        // The last character is a key even when it is a dash: `C--`.
        while let Some((held, after)) = rest
            .find(['-', '+'])
            .map(|at| (&rest[..at], &rest[at + 1..]))
        {
            let held = HELD
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(held));
            let (Some((_, held)), false) = (held, after.is_empty()) else {
                break;
            };
            match held {
                Held::Ctrl => ctrl = true,
                Held::Alt => alt = true,
                Held::Shift => shift = true,
            }
            rest = after;
        }
        let named = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(rest));
        let mut chars = rest.chars();
        let code = match (named, chars.next(), chars.next()) {
            (Some((_, code)), ..) => *code,
            (None, Some(c), None) if !c.is_control() && !c.is_whitespace() => KeyCode::Char(c),
            (None, Some(_), Some(_)) if rest == text && is_several(rest) => {
                return Err(NotAKey::Together);
            }
            _ => return Err(NotAKey::Unknown),
        };
        let code = match (code, shift) {
            (KeyCode::Tab, true) => KeyCode::BackTab,
            (_, true) => return Err(NotAKey::Shift),
            // A terminal sends the same for Ctrl with a small and with a capital letter.
            (KeyCode::Char(c), false) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            (code, false) => code,
        };
        Ok(Self { code, ctrl, alt })
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

/// Keys with a name; the first of several for one key is the one that we write.
pub(crate) const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("S-Tab", KeyCode::BackTab),
    ("BackTab", KeyCode::BackTab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Bksp", KeyCode::Backspace),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Delete", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("F1", KeyCode::F(1)),
    ("F2", KeyCode::F(2)),
    ("F3", KeyCode::F(3)),
    ("F4", KeyCode::F(4)),
    ("F5", KeyCode::F(5)),
    ("F6", KeyCode::F(6)),
    ("F7", KeyCode::F(7)),
    ("F8", KeyCode::F(8)),
    ("F9", KeyCode::F(9)),
    ("F10", KeyCode::F(10)),
    ("F11", KeyCode::F(11)),
    ("F12", KeyCode::F(12)),
];

/// What may be held, as it may be written.
const HELD: &[(&str, Held)] = &[
    ("ctrl", Held::Ctrl),
    ("c", Held::Ctrl),
    ("alt", Held::Alt),
    ("a", Held::Alt),
    ("meta", Held::Alt),
    ("m", Held::Alt),
    ("shift", Held::Shift),
    ("s", Held::Shift),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Ctrl,
    Alt,
    Shift,
}

/// Why something is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAKey {
    /// It names none.
    Unknown,
    /// Shift with a letter is the capital letter.
    Shift,
    /// Several keys without spaces between them.
    Together,
}

/// Whether a word looks like keys that are typed one after the other: `gg`.
fn is_several(word: &str) -> bool {
    word.chars().count() <= 3 && word.chars().all(char::is_alphanumeric)
}

/// Returns the key that a terminal takes this one for.
pub(crate) fn same_to_a_terminal(key: Key) -> Option<&'static str> {
    match key {
        Key {
            code: KeyCode::Char(c),
            ctrl: true,
            alt: false,
        } => match c {
            'i' => Some("Tab"),
            'm' | 'j' => Some("Enter"),
            'h' => Some("Backspace"),
            '[' => Some("Esc"),
            _ => None,
        },
        _ => None,
    }
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
        .map(|part| Key::parse(part).map_err(|_| part.to_owned()))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(text.to_owned());
    }
    Ok(keys)
}

/// Returns the keys of a binding such as `g g`; parts that are no keys are left out.
pub fn sequence(text: &str) -> Vec<Key> {
    text.split_ascii_whitespace()
        .filter_map(|part| Key::parse(part).ok())
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

    fn char(c: char, ctrl: bool, alt: bool) -> Key {
        Key {
            code: KeyCode::Char(c),
            ctrl,
            alt,
        }
    }

    #[rstest]
    #[case("j", char('j', false, false))]
    #[case("G", char('G', false, false))]
    #[case("<C-k>", char('k', true, false))]
    #[case("C-k", char('k', true, false))]
    #[case("Ctrl-k", char('k', true, false))]
    #[case("ctrl+K", char('k', true, false))]
    #[case("<A-x>", char('x', false, true))]
    #[case("<C-A-x>", char('x', true, true))]
    #[case("<", char('<', false, false))]
    #[case(">", char('>', false, false))]
    #[case("-", char('-', false, false))]
    #[case("<C-->", char('-', true, false))]
    #[case("+", char('+', false, false))]
    #[case("é", char('é', false, false))]
    #[case("space", char(' ', false, false))]
    #[case("S-Tab", Key::plain(KeyCode::BackTab))]
    #[case("<F12>", Key::plain(KeyCode::F(12)))]
    #[case("<A-Up>", Key { code: KeyCode::Up, ctrl: false, alt: true })]
    fn keys(#[case] text: &str, #[case] want: Key) {
        assert_eq!(Key::parse(text), Ok(want));
    }

    #[rstest]
    #[case("gg", NotAKey::Together)]
    #[case("Ctrl-", NotAKey::Unknown)]
    #[case("<Hyper-x>", NotAKey::Unknown)]
    #[case("S-a", NotAKey::Shift)]
    #[case("", NotAKey::Unknown)]
    #[case("<>", NotAKey::Unknown)]
    fn no_keys(#[case] text: &str, #[case] want: NotAKey) {
        assert_eq!(Key::parse(text), Err(want));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(keys) = binding(&text) {
                // What is shown of one key can be read back.
                for key in keys {
                    prop_assert_eq!(Key::parse(&key.to_string()), Ok(key));
                }
            }
        }
    }
}
