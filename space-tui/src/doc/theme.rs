// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How roles look: a table of colours and weights. The tables themselves are written in TOML, see
//! [`config::theme`](crate::config::theme).

use std::sync::LazyLock;

use ratatui::style::{Color, Modifier, Style};

use super::colour::{self, Depth};
use super::{Role, Stress, Tone};

/// Whether a background is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// Light text on a dark background.
    #[default]
    Dark,
    /// Dark text on a light background.
    Light,
}

/// How something looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The colour of the text; the screen's when absent.
    pub fg: Option<Color>,
    /// The colour behind it; the screen's when absent.
    pub bg: Option<Color>,
    /// Weight, slant, line, reversal.
    pub weight: Modifier,
}

/// What a theme has a look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// Everything that nothing else has a look for.
    Screen,
    /// The line on which the reader is.
    Selection,
    /// The frame of the screen: where one is, who one is.
    Bar,
    /// Text in a role.
    Role(Role),
}

/// Every token by name, in the order in which they are listed.
pub const TOKENS: &[(&str, Token)] = &[
    ("screen", Token::Screen),
    ("bar", Token::Bar),
    ("selection", Token::Selection),
    ("border", Token::Role(Role::Border)),
    ("text", Token::Role(Role::Text)),
    ("quiet", Token::Role(Role::Quiet)),
    ("title", Token::Role(Role::Title)),
    ("heading", Token::Role(Role::Heading)),
    ("author", Token::Role(Role::Author)),
    ("own", Token::Role(Role::Own)),
    ("mention", Token::Role(Role::Mention)),
    ("id", Token::Role(Role::Id)),
    ("category", Token::Role(Role::Category)),
    ("unread", Token::Role(Role::Unread)),
    ("badge", Token::Role(Role::Badge)),
    ("link", Token::Role(Role::Link)),
    ("quote", Token::Role(Role::Quote)),
    ("code", Token::Role(Role::Code)),
    ("code-keyword", Token::Role(Role::Keyword)),
    ("code-string", Token::Role(Role::Literal)),
    ("code-comment", Token::Role(Role::Comment)),
    ("code-number", Token::Role(Role::Number)),
    ("code-name", Token::Role(Role::Name)),
    ("search-hit", Token::Role(Role::SearchHit)),
    ("key", Token::Role(Role::Key)),
    ("queued", Token::Role(Role::Queued)),
    ("warning", Token::Role(Role::Warning)),
    ("error", Token::Role(Role::Error)),
];

/// Modifiers by name, in the order in which they are written.
pub const WEIGHTS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// The looks of every token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    looks: [Look; TOKENS.len()],
}

impl Default for Looks {
    /// Every token looks like the terminal's own text.
    fn default() -> Self {
        Self {
            looks: [Look::default(); TOKENS.len()],
        }
    }
}

/// A theme in use. It is made at most a few times, and lives as long as the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme(&'static Looks);

impl Look {
    /// Returns how it is written: `bold underline blue on black`.
    pub fn written(self) -> String {
        let mut words: Vec<String> = WEIGHTS
            .iter()
            .filter(|(_, weight)| self.weight.contains(*weight))
            .map(|(name, _)| (*name).to_owned())
            .collect();
        words.extend(self.fg.map(colour::written));
        words.extend(self.bg.map(|bg| format!("on {}", colour::written(bg))));
        words.join(" ")
    }

    fn at(self, depth: Depth) -> Self {
        Self {
            fg: self.fg.map(|c| depth.nearest(c)),
            bg: self.bg.map(|c| depth.nearest(c)),
            ..self
        }
    }

    /// Whether it decides by itself what colours are on it.
    fn is_ground(self) -> bool {
        self.fg.is_some() || self.bg.is_some() || self.weight.contains(Modifier::REVERSED)
    }
}

impl Looks {
    /// Returns how a token looks.
    pub fn get(&self, token: Token) -> Look {
        position(token).map_or_else(Look::default, |at| self.looks[at])
    }

    /// Sets how a token looks.
    pub fn set(&mut self, token: Token, look: Look) {
        if let Some(at) = position(token) {
            self.looks[at] = look;
        }
    }

    /// Returns the same with the nearest colours that a terminal has.
    #[must_use]
    pub fn at(&self, depth: Depth) -> Self {
        Self {
            looks: self.looks.map(|look| look.at(depth)),
        }
    }

    /// Returns the same without colours.
    #[must_use]
    pub fn without_colours(&self) -> Self {
        Self {
            looks: self.looks.map(|look| Look {
                weight: look.weight,
                ..Look::default()
            }),
        }
    }

    /// Returns the style of a span.
    pub fn style(&self, role: Role, stress: Stress, tone: Tone) -> Style {
        let (screen, own) = (self.get(Token::Screen), self.get(Token::Role(role)));
        let ground = match tone {
            Tone::Plain | Tone::Here => None,
            Tone::Focused => Some(self.get(Token::Selection)),
            Tone::Bar => Some(self.get(Token::Bar)),
        };
        let mut look = Look {
            fg: own.fg.or(screen.fg),
            bg: own.bg.or(screen.bg),
            weight: own.weight | screen.weight,
        };
        for (wanted, weight) in [
            (stress.strong, Modifier::BOLD),
            (stress.emphasis, Modifier::ITALIC),
            (stress.struck, Modifier::CROSSED_OUT),
        ] {
            look.weight
                .set(weight, look.weight.contains(weight) || wanted);
        }
        if let Some(ground) = ground {
            if ground.is_ground() {
                // Colours chosen for the screen may vanish on another ground, and so may what is dim.
                look.fg = ground.fg.or(screen.fg);
                look.bg = ground.bg.or(screen.bg);
                look.weight -= Modifier::DIM | Modifier::REVERSED;
            }
            look.weight |= ground.weight;
        }
        look.weight.set(
            Modifier::BOLD,
            look.weight.contains(Modifier::BOLD) || tone == Tone::Here,
        );
        let style = Style {
            fg: look.fg,
            bg: look.bg,
            ..Style::new()
        };
        style.add_modifier(look.weight)
    }
}

fn position(token: Token) -> Option<usize> {
    // The roles stand in no order of their own: a search of thirty is as fast as anything here needs.
    TOKENS.iter().position(|(_, other)| *other == token)
}

impl Theme {
    /// Takes a table into use.
    pub fn new(looks: Looks) -> Self {
        Self(Box::leak(Box::new(looks)))
    }

    /// Returns the looks.
    pub fn looks(self) -> &'static Looks {
        self.0
    }

    /// Returns how a span looks.
    pub fn style(self, role: Role, stress: Stress, tone: Tone) -> Style {
        self.0.style(role, stress, tone)
    }

    /// Returns what lies under everything.
    pub fn screen(self) -> Style {
        self.style(Role::Text, Stress::default(), Tone::Plain)
    }
}

impl Default for Theme {
    /// The theme for dark backgrounds.
    fn default() -> Self {
        static DARK: LazyLock<Looks> = LazyLock::new(|| crate::config::theme::bundled("dark"));
        Self(&DARK)
    }
}

#[cfg(test)]
mod tests;
