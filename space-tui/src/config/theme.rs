// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading themes: those that we bring, and the reader's own `theme.toml` over one of them.

use ratatui::style::Modifier;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Level, Problem, Text};
use super::source::{Source, entries};
use crate::doc::colour::{self, NAMES};
use crate::doc::theme::{Look, Looks, Mode, TOKENS, Token, WEIGHTS};

/// The themes that we bring, by name, with their files.
pub const BUNDLED: &[(&str, &str)] = &[
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../themes/high-contrast.toml"),
    ),
    (
        "high-contrast-light",
        include_str!("../../themes/high-contrast-light.toml"),
    ),
    ("mono", include_str!("../../themes/mono.toml")),
];

/// The sections of a theme's file: for any background, for light ones, for dark ones.
pub(super) const SECTIONS: [(&str, Option<Mode>); 3] = [
    ("tokens", None),
    ("light", Some(Mode::Light)),
    ("dark", Some(Mode::Dark)),
];

/// The reader's own theme: what it changes in another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnTheme {
    /// The theme that it changes; the one that is used otherwise when absent.
    pub inherits: Option<&'static str>,
    looks: Vec<(Option<Mode>, Token, Look)>,
}

impl OwnTheme {
    /// Returns the looks, over those of the theme of this name unless it inherits another.
    pub fn over(&self, base: &str, mode: Mode) -> Looks {
        self.with_base(self.inherits.unwrap_or(base), mode)
    }

    /// Returns the looks over those of the theme of this name.
    pub fn with_base(&self, base: &str, mode: Mode) -> Looks {
        let mut looks = bundled(base);
        // What is for one background wins over what is for any, wherever it stands in the file.
        for wanted in [None, Some(mode)] {
            for (_, token, look) in self.looks.iter().filter(|(of, ..)| *of == wanted) {
                looks.set(*token, *look);
            }
        }
        looks
    }

    /// Returns whether it looks otherwise on a light than on a dark background.
    pub fn has_modes(&self) -> bool {
        self.looks.iter().any(|(mode, ..)| mode.is_some())
    }

    /// Returns how many looks it changes.
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// Returns it as a file that says the same.
    pub fn shown(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        if let Some(base) = self.inherits {
            let _ = writeln!(out, "inherits = \"{base}\"");
        }
        for (section, mode) in SECTIONS {
            let mut looks = self.looks.iter().filter(|(of, ..)| *of == mode).peekable();
            if looks.peek().is_some() {
                let _ = writeln!(out, "\n[{section}]");
            }
            for (_, token, look) in looks {
                let name = TOKENS.iter().find(|(_, it)| it == token);
                let name = name.map_or("", |(name, _)| name);
                let _ = writeln!(out, "{name} = \"{}\"", look.written());
            }
        }
        out
    }

    /// Returns whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.looks.is_empty() && self.inherits.is_none()
    }
}

/// Returns a theme that we bring; without weight or colour when there is none of that name.
pub fn bundled(name: &str) -> Looks {
    let mut looks = Looks::default();
    if let Some((_, text)) = BUNDLED.iter().find(|(known, _)| *known == name) {
        // A test reads all of them and finds nothing wrong.
        let (own, _) = read(name, text);
        for (_, token, look) in own.looks {
            looks.set(token, look);
        }
    }
    looks
}

/// Reads a theme. Whatever is wrong with it, there is one: that changes nothing.
pub fn read(name: &str, text: &str) -> (OwnTheme, Vec<Problem>) {
    let mut source = Source::new(name, text);
    let table = source.parse();
    let mut own = OwnTheme::default();
    for (key, value) in entries(&table) {
        let word = key.get_ref().as_ref();
        if word == "inherits" {
            own.inherits = inherits(value, &mut source);
            continue;
        }
        let section = SECTIONS.iter().find(|(name, _)| *name == word);
        match (section, value.get_ref().as_table()) {
            (Some((_, mode)), Some(table)) => tokens(*mode, table, &mut source, &mut own),
            (Some(_), None) => source.wrong_kind(word, value, "config-want-section"),
            (None, table) => {
                let key_of = match table {
                    Some(_) => "config-unknown-section",
                    None => "config-unknown-setting",
                };
                let what = Text::new(key_of, [("word", word)]);
                let problem = source.problem(Level::Error, key.span(), what);
                let is_token = TOKENS.iter().any(|(name, _)| *name == word);
                source.add(if is_token {
                    problem.todo(Text::new(
                        "config-move-to",
                        [("word", word), ("section", "tokens")],
                    ))
                } else {
                    let allowed = SECTIONS.iter().map(|(name, _)| *name);
                    problem.instead_of(word, ["inherits"].into_iter().chain(allowed))
                });
            }
        }
    }
    if source.has_errors() {
        own = OwnTheme::default();
    }
    (own, source.into_problems())
}

fn inherits(value: &Spanned<DeValue<'_>>, source: &mut Source<'_>) -> Option<&'static str> {
    let Some(word) = value.get_ref().as_str() else {
        source.wrong_kind("inherits", value, "config-want-theme");
        return None;
    };
    let found = BUNDLED.iter().map(|(name, _)| *name).find(|n| *n == word);
    if found.is_none() {
        let what = Text::new("config-wrong-word", [("word", word), ("name", "inherits")]);
        let problem = source.problem(Level::Error, value.span(), what);
        source.add(problem.instead_of(word, BUNDLED.iter().map(|(name, _)| *name)));
    }
    found
}

fn tokens(mode: Option<Mode>, table: &DeTable<'_>, source: &mut Source<'_>, own: &mut OwnTheme) {
    for (key, value) in entries(table) {
        let word = key.get_ref().as_ref();
        let token = TOKENS.iter().find(|(name, _)| *name == word);
        if token.is_none() {
            let what = Text::new("config-unknown-token", [("word", word)]);
            let problem = source.problem(Level::Error, key.span(), what);
            source.add(problem.instead_of(word, TOKENS.iter().map(|(name, _)| *name)));
        }
        let Some(text) = value.get_ref().as_str() else {
            source.wrong_kind(word, value, "config-want-look");
            continue;
        };
        let look = look(word, text, value, source);
        if let (Some((_, token)), Some(look)) = (token, look) {
            own.looks.push((mode, *token, look));
        }
    }
}

/// Reads a look: `bold underline blue on black`.
fn look(
    name: &str,
    text: &str,
    value: &Spanned<DeValue<'_>>,
    source: &mut Source<'_>,
) -> Option<Look> {
    let mut look = Look::default();
    let mut is_fine = true;
    let mut is_ground = false;
    let mut at = 0;
    for word in text.split_ascii_whitespace() {
        // Each word is found behind the one before: they are the text's own.
        let start = at + text[at..].find(word).unwrap_or(0);
        at = start + word.len();
        let weight = WEIGHTS.iter().find(|(name, _)| *name == word);
        let is_second = if word == "on" {
            std::mem::replace(&mut is_ground, true)
        } else if let Some((_, weight)) = weight {
            look.weight |= *weight;
            false
        } else if let Some(colour) = colour::parse(word) {
            let slot = if is_ground {
                &mut look.bg
            } else {
                &mut look.fg
            };
            slot.replace(colour).is_some()
        } else {
            let span = source.within(value, start..at);
            let what = Text::new("config-wrong-look", [("word", word), ("name", name)]);
            let problem = source.problem(Level::Error, span, what);
            source.add(
                problem
                    .instead_of(word, look_words())
                    .todo(Text::plain("config-want-look")),
            );
            is_fine = false;
            false
        };
        if is_second {
            let span = source.within(value, start..at);
            let what = Text::new("config-second-colour", [("word", word), ("name", name)]);
            let problem = source.problem(Level::Error, span, what);
            source.add(problem.todo(Text::plain("config-want-look")));
            is_fine = false;
        }
    }
    if is_ground && look.bg.is_none() && is_fine {
        let what = Text::new("config-no-ground", [("name", name)]);
        let problem = source.problem(Level::Error, value.span(), what);
        source.add(problem.todo(Text::plain("config-want-look")));
        is_fine = false;
    }
    is_fine.then_some(look)
}

/// Every word that a look can be made of, but for numbers.
pub(super) fn look_words() -> impl Iterator<Item = &'static str> {
    let weights = WEIGHTS.iter().map(|(name, _): &(&str, Modifier)| *name);
    let colours = NAMES.iter().map(|(name, _)| *name);
    weights.chain(colours).chain(["default", "on"])
}
