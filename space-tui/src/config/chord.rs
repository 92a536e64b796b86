// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How keys are written in `keys.toml`: `j`, `<C-k>`, `Ctrl-k`, `g g`, `<A-Up>`.

use crossterm::event::KeyCode;

use crate::app::keys::Key;

/// Keys with a name; the first of several for one key is the one that we write.
pub(super) const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BackTab", KeyCode::BackTab),
    ("S-Tab", KeyCode::BackTab),
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
pub(super) enum NotAKey {
    /// It names none.
    Unknown,
    /// Shift with a letter is the capital letter.
    Shift,
    /// Several keys without spaces between them.
    Together,
}

/// Reads one key.
pub(super) fn key(text: &str) -> Result<Key, NotAKey> {
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
    Ok(Key { code, ctrl, alt })
}

/// Whether a word looks like keys that are typed one after the other: `gg`.
fn is_several(word: &str) -> bool {
    word.chars().count() <= 3 && word.chars().all(char::is_alphanumeric)
}

/// Returns the key that a terminal takes this one for.
pub(super) fn same_to_a_terminal(key: Key) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

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
        assert_eq!(key(text), Ok(want));
    }

    #[rstest]
    #[case("gg", NotAKey::Together)]
    #[case("Ctrl-", NotAKey::Unknown)]
    #[case("<Hyper-x>", NotAKey::Unknown)]
    #[case("S-a", NotAKey::Shift)]
    #[case("", NotAKey::Unknown)]
    #[case("<>", NotAKey::Unknown)]
    fn no_keys(#[case] text: &str, #[case] want: NotAKey) {
        assert_eq!(key(text), Err(want));
    }
}
