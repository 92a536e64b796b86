// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commented files to begin with: everything that can be set, with what it is for and its default.

use std::fmt::Write as _;

use super::keys::SECTIONS as PLACES;
use super::settings::{Kind, SETTINGS, Settings};
use super::theme::{BUNDLED, bundled};
use crate::app::commands::COMMANDS;
use crate::doc::theme::TOKENS;
use crate::l10n::L10n;

/// Columns of a comment at most.
const COLUMNS: usize = 96;

/// The files by name.
pub const FILES: [&str; 3] = ["config.toml", "keys.toml", "theme.toml"];

/// Returns a file; nothing when there is none of that name.
pub fn of(file: &str, l10n: &L10n) -> Option<String> {
    match file {
        "config.toml" => Some(config(l10n)),
        "keys.toml" => Some(keys(l10n)),
        "theme.toml" => Some(theme(l10n)),
        _ => None,
    }
}

fn config(l10n: &L10n) -> String {
    let mut out = String::new();
    comment(&mut out, &l10n.text("example-config"));
    let defaults = Settings::default();
    let mut section = "";
    for setting in SETTINGS {
        if setting.section != section {
            section = setting.section;
            let _ = writeln!(out, "\n[{section}]");
        }
        out.push('\n');
        comment(&mut out, &l10n.text(&setting.doc_key()));
        let words = match setting.kind {
            Kind::Bool => Vec::new(),
            _ => setting.words(),
        };
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            comment(
                &mut out,
                &l10n.with("config-allowed", &[("words", words.join(", ").into())]),
            );
        }
        if let Kind::Number(least, most) = setting.kind {
            let values = [("least", least.into()), ("most", most.into())];
            comment(&mut out, &l10n.with("config-want-number", &values));
        }
        let value = if setting.example.is_empty() {
            (setting.show)(&defaults)
        } else {
            super::settings::quoted(setting.example)
        };
        let _ = writeln!(out, "#{} = {value}", setting.name);
    }
    out
}

fn keys(l10n: &L10n) -> String {
    let mut out = String::new();
    comment(&mut out, &l10n.text("example-keys"));
    let _ = writeln!(out, "\n#preset = \"vim\"");
    for (place, context) in PLACES {
        let here = COMMANDS.iter().filter(|command| match context {
            // A command stands under the first section where it can be: everywhere, or one of its places.
            None => command.contexts.len() > 1,
            Some(context) => command.contexts == [*context],
        });
        let _ = writeln!(out, "\n[{place}]");
        for command in here {
            let _ = writeln!(
                out,
                "# {}",
                l10n.text(&format!("command-{}-help", command.name))
            );
            for keys in command.keys {
                let _ = writeln!(out, "#\"{keys}\" = \"{}\"", command.name);
            }
        }
    }
    out
}

fn theme(l10n: &L10n) -> String {
    let mut out = String::new();
    comment(&mut out, &l10n.text("example-theme"));
    let names: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
    comment(
        &mut out,
        &l10n.with("config-allowed", &[("words", names.join(", ").into())]),
    );
    let _ = writeln!(out, "#inherits = \"dark\"");
    for (section, base, key) in [
        ("tokens", Some("dark"), "example-theme-tokens"),
        ("light", None, "example-theme-light"),
        ("dark", None, "example-theme-dark"),
    ] {
        out.push('\n');
        comment(&mut out, &l10n.text(key));
        let _ = writeln!(out, "[{section}]");
        let Some(base) = base else { continue };
        let looks = bundled(base);
        for (name, token) in TOKENS {
            comment(&mut out, &l10n.text(&token_key(name)));
            let _ = writeln!(out, "#{name} = \"{}\"", looks.get(*token).written());
        }
    }
    out
}

/// Returns the key of the text that says what a token is for.
pub(crate) fn token_key(name: &str) -> String {
    format!("token-{name}")
}

/// Returns the keys of the texts that say what settings and tokens are for.
#[cfg(test)]
pub(crate) fn text_keys() -> Vec<String> {
    let settings = SETTINGS.iter().map(super::settings::Setting::doc_key);
    settings
        .chain(TOKENS.iter().map(|(name, _)| token_key(name)))
        .collect()
}

fn comment(out: &mut String, text: &str) {
    for paragraph in text.lines() {
        let mut column = 0;
        for word in paragraph.split(' ') {
            let wide = crate::text::measure::width(word);
            if column == 0 || column + 1 + wide > COLUMNS {
                out.push_str(if column == 0 { "#" } else { "\n#" });
                column = 1;
            }
            if !word.is_empty() {
                let _ = write!(out, " {word}");
            }
            column += wide + 1;
        }
        out.push('\n');
    }
}
