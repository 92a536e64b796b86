// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files beside ours whose writer perhaps thought that they are read.

use std::path::Path;

use space_core::nearest::nearest;

use super::problem::{Level, Problem, Text};

/// Our files, with what other programs call theirs.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "config.toml",
        &[
            "config",
            "conf",
            "settings",
            "configuration",
            "options",
            "space",
            "spacerc",
        ],
    ),
    (
        "keys.toml",
        &[
            "keys",
            "key",
            "keybindings",
            "keybinding",
            "keymap",
            "keymaps",
            "bindings",
            "binds",
        ],
    ),
    (
        "theme.toml",
        &[
            "theme",
            "themes",
            "colors",
            "colours",
            "colorscheme",
            "styles",
            "style",
        ],
    ),
];

/// Looks through at most this many files.
const MOST: usize = 1000;

/// Finds them.
pub(super) fn find(folder: &Path) -> Vec<Problem> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .take(MOST)
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    let problems = names.iter().filter_map(|name| {
        let meant = meant(name)?;
        let shown = folder.join(name).display().to_string();
        let what = Text::new("config-other-file", [("word", meant)]);
        Some(Problem::new(Level::Warning, &shown, None, what))
    });
    problems.collect()
}

/// Returns which of our files a name was perhaps meant for.
fn meant(name: &str) -> Option<&'static str> {
    if KNOWN.iter().any(|(known, _)| *known == name) {
        return None;
    }
    let lower = name.to_lowercase();
    let (stem, extension) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    // Copies that editors and people make are left alone: config.toml.bak, config.toml~.
    if !matches!(
        extension,
        "" | "toml" | "yaml" | "yml" | "json" | "ini" | "conf" | "cfg"
    ) {
        return None;
    }
    let exact = KNOWN.iter().find(|(_, stems)| stems.contains(&stem));
    let exact = exact.map(|(known, _)| *known);
    exact.or_else(|| {
        nearest(&lower, KNOWN.iter().map(|(known, _)| *known)).filter(|_| extension == "toml")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("key.toml", Some("keys.toml"))]
    #[case("keybindings.toml", Some("keys.toml"))]
    #[case("Config.toml", Some("config.toml"))]
    #[case("confg.toml", Some("config.toml"))]
    #[case("config.yaml", Some("config.toml"))]
    #[case("colours.toml", Some("theme.toml"))]
    #[case("config.toml", None)]
    #[case("config.toml~", None)]
    #[case("config.toml.bak", None)]
    #[case("notes.md", None)]
    fn names(#[case] name: &str, #[case] want: Option<&str>) {
        assert_eq!(meant(name), want);
    }
}
