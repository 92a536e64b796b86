// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::collections::BTreeSet;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

fn keys(text: &str) -> BTreeSet<String> {
    FluentResource::try_new(text.to_owned()).expect("every locale is valid Fluent");
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_language_has_every_text() {
    let english = keys(LOCALES[0].1);
    for (name, text) in &LOCALES[1..] {
        let theirs = keys(text);
        let missing: Vec<_> = english.difference(&theirs).collect();
        let extra: Vec<_> = theirs.difference(&english).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{name}: missing {missing:?}, extra {extra:?}"
        );
    }
}

#[test]
fn no_language_has_a_text_twice() {
    for (name, text) in LOCALES {
        let mut seen = BTreeSet::new();
        let ids = text.lines().filter_map(|line| line.split_once(" ="));
        let twice: Vec<_> = ids
            .map(|(key, _)| key)
            .filter(|key| key.starts_with(|c: char| c.is_ascii_alphabetic()) && !seen.insert(*key))
            .collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
    }
}

/// The variables of every text, by its key.
fn variables(text: &str) -> std::collections::BTreeMap<String, BTreeSet<String>> {
    let mut out = std::collections::BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key = line.split(" =").next().unwrap_or_default().to_owned();
        }
        let found: &mut BTreeSet<String> = out.entry(key.clone()).or_default();
        let names = line.split('$').skip(1).map(|rest| {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            rest.chars().take_while(|c| is_name(*c)).collect::<String>()
        });
        found.extend(names);
    }
    out
}

#[test]
fn every_language_puts_the_same_values_into_a_text() {
    let english = variables(LOCALES[0].1);
    for (name, text) in &LOCALES[1..] {
        for (key, theirs) in variables(text) {
            assert_eq!(english.get(&key), Some(&theirs), "{name}: {key}");
        }
    }
}

#[test]
fn every_language_has_only_the_plurals_that_it_can_choose() {
    // CLDR: English and German have two, Japanese one, Arabic six.
    for (name, text) in LOCALES {
        let allowed: &[&str] = match *name {
            "ja" => &["other"],
            "ar" => &["zero", "one", "two", "few", "many", "other"],
            _ => &["one", "other"],
        };
        for line in text.lines() {
            let selector = line.trim().trim_start_matches('*').strip_prefix('[');
            let Some((word, _)) = selector.and_then(|rest| rest.split_once(']')) else {
                continue;
            };
            let is_number = word.bytes().all(|b| b.is_ascii_digit());
            assert!(
                !line.starts_with(' ') || is_number || allowed.contains(&word),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let mut used: BTreeSet<String> = code
        .split('"')
        .skip(1)
        .step_by(1)
        .map(str::to_owned)
        .collect();
    // Families whose keys are put together: commands of the screen, and the command line's help.
    for command in crate::app::commands::COMMANDS {
        used.insert(format!("command-{}", command.name));
        used.insert(format!("command-{}-help", command.name));
    }
    used.extend(crate::cli::help::keys());
    used.extend(crate::config::example::text_keys());
    let findings = crate::cli::doctor::NAMES.iter();
    used.extend(findings.map(|name| format!("doctor-{name}")));
    let english = keys(LOCALES[0].1);
    let unused: Vec<_> = english.difference(&used).collect();
    assert!(unused.is_empty(), "not used: {unused:?}");
    let l10n = L10n::english();
    for command in crate::app::commands::COMMANDS {
        assert!(
            l10n.has(&format!("command-{}", command.name)),
            "{}",
            command.name
        );
        assert!(
            l10n.has(&format!("command-{}-help", command.name)),
            "{}",
            command.name
        );
    }
    for key in crate::cli::help::keys() {
        assert!(l10n.has(&key), "{key}");
    }
    for call in [".text(", ".with(", "failure::key("] {
        for piece in code.split(call).skip(1) {
            let Some(key) = piece
                .trim_start()
                .strip_prefix('"')
                .and_then(|p| p.split('"').next())
            else {
                continue;
            };
            let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(
                !is_key || english.contains(key),
                "used but not written: {key}"
            );
        }
    }
}

#[test]
fn a_text_that_a_language_lacks_is_shown_in_english() {
    let l10n = L10n {
        language: "de",
        dates: Dates::default(),
        bundles: vec![bundle("de", "", None), bundle("en", LOCALES[0].1, None)],
    };
    assert_eq!(l10n.text("when-now"), "now");
    assert_eq!(L10n::new("de").text("when-now"), "eben");
}
