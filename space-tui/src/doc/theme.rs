// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How roles look: one table of the terminal's own 16 colours, so that every palette, light or dark, works.

use ratatui::style::{Color, Modifier, Style};

use super::{Role, Stress, Tone};

/// Whether and how colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's own 16 colours.
    #[default]
    Colours,
    /// No colour at all; weight and reversal only.
    Plain,
}

impl Theme {
    /// Returns how a span looks. Backgrounds are never set: the terminal's own stays.
    pub fn style(self, role: Role, stress: Stress, tone: Tone) -> Style {
        let (colour, weight) = look(role);
        let mut style = Style::new().add_modifier(weight);
        if let (Self::Colours, Some(colour)) = (self, colour) {
            style = style.fg(colour);
        }
        for (wanted, modifier) in [
            (stress.strong, Modifier::BOLD),
            (stress.emphasis, Modifier::ITALIC),
            (stress.struck, Modifier::CROSSED_OUT),
        ] {
            if wanted {
                style = style.add_modifier(modifier);
            }
        }
        match tone {
            Tone::Plain => style,
            Tone::Focused => style.add_modifier(Modifier::BOLD),
            // Colours in a reversed bar become backgrounds that nobody chose.
            Tone::Bar => Style::new()
                .add_modifier(Modifier::REVERSED)
                .add_modifier(weight & Modifier::BOLD),
        }
    }
}

/// The table. White, black and grey are left out: on some background each cannot be read.
fn look(role: Role) -> (Option<Color>, Modifier) {
    let none = Modifier::empty();
    match role {
        Role::Text => (None, none),
        Role::Quiet | Role::Id => (None, Modifier::DIM),
        Role::Title | Role::Heading => (None, Modifier::BOLD),
        Role::Author | Role::Number => (Some(Color::Cyan), none),
        Role::Category => (Some(Color::Magenta), none),
        Role::Unread => (Some(Color::Green), Modifier::BOLD),
        Role::Link => (Some(Color::Blue), Modifier::UNDERLINED),
        Role::Code => (Some(Color::Yellow), none),
        Role::Quote | Role::Literal => (Some(Color::Green), none),
        Role::Keyword => (Some(Color::Magenta), Modifier::BOLD),
        Role::Comment => (None, Modifier::DIM.union(Modifier::ITALIC)),
        Role::Name => (Some(Color::Blue), none),
        Role::Mention | Role::Key => (Some(Color::Cyan), Modifier::BOLD),
        Role::Queued | Role::Warning => (Some(Color::Yellow), Modifier::BOLD),
        Role::Error => (Some(Color::Red), Modifier::BOLD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 21] = [
        Role::Text,
        Role::Quiet,
        Role::Title,
        Role::Heading,
        Role::Author,
        Role::Id,
        Role::Category,
        Role::Unread,
        Role::Link,
        Role::Code,
        Role::Keyword,
        Role::Literal,
        Role::Comment,
        Role::Number,
        Role::Name,
        Role::Quote,
        Role::Mention,
        Role::Key,
        Role::Queued,
        Role::Warning,
        Role::Error,
    ];

    #[test]
    fn no_background_is_ever_set() {
        for tone in [Tone::Plain, Tone::Focused, Tone::Bar] {
            for role in ROLES {
                let style = Theme::Colours.style(role, Stress::default(), tone);
                assert_eq!(style.bg, None, "{role:?}");
            }
        }
    }

    #[test]
    fn without_colours_there_is_none() {
        for role in ROLES {
            let style = Theme::Plain.style(role, Stress::default(), Tone::Plain);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }
}
