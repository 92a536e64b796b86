// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading `config.toml`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Level, Problem, Text};
use super::settings::{AUTO, Kind, SETTINGS, Setting, Settings, ThemePick, Value, themes, time};
use super::source::{Entry, Source, entries};

/// Reads the file. Whatever is wrong with it, there are settings: the defaults.
pub fn read(name: &str, text: &str) -> (Settings, Vec<Problem>) {
    let mut source = Source::new(name, text);
    let table = source.parse();
    let mut settings = Settings::default();
    section("", &table, &mut source, &mut settings);
    if source.has_errors() {
        settings = Settings::default();
    }
    (settings, source.into_problems())
}

fn section(
    section_name: &str,
    table: &DeTable<'_>,
    source: &mut Source<'_>,
    settings: &mut Settings,
) {
    for (key, value) in entries(table) {
        let name = key.get_ref().as_ref();
        let is_section = section_name.is_empty() && SETTINGS.iter().any(|s| s.section == name);
        if is_section {
            match value.get_ref().as_table() {
                Some(inner) => section(name, inner, source, settings),
                None => source.wrong_kind(name, value, "config-want-section"),
            }
            continue;
        }
        let found = SETTINGS
            .iter()
            .find(|s| s.section == section_name && s.name == name);
        match found {
            Some(setting) => {
                if let Some(value) = check(setting, value, source) {
                    (setting.set)(settings, value);
                }
            }
            None => unknown(section_name, (key, value), source),
        }
    }
}

fn unknown(section: &str, (key, value): Entry<'_, '_>, source: &mut Source<'_>) {
    let name = key.get_ref().as_ref();
    let is_table = value.get_ref().is_table();
    let what = match (section, is_table) {
        (_, true) => Text::new("config-unknown-section", [("word", name)]),
        ("", _) => Text::new("config-unknown-setting", [("word", name)]),
        _ => Text::new(
            "config-unknown-setting-in",
            [("word", name), ("section", section)],
        ),
    };
    let problem = source.problem(Level::Error, key.span(), what);
    // A right name in a wrong section is the commonest mistake of all.
    let elsewhere = SETTINGS
        .iter()
        .find(|s| s.name == name && s.section != section);
    let problem = match elsewhere {
        Some(setting) if setting.section.is_empty() => {
            problem.todo(Text::new("config-move-to-top", [("word", name)]))
        }
        Some(setting) => problem.todo(Text::new(
            "config-move-to",
            [("word", name), ("section", setting.section)],
        )),
        None => {
            let mut allowed: Vec<&str> = SETTINGS
                .iter()
                .filter(|s| s.section == section && !is_table)
                .map(|s| s.name)
                .collect();
            if section.is_empty() {
                allowed.extend(SETTINGS.iter().map(|s| s.section).filter(|s| !s.is_empty()));
                allowed.dedup();
            }
            problem
                .instead_of(name, allowed)
                .todo(Text::plain("config-see-example"))
        }
    };
    source.add(problem);
}

fn check(
    setting: &Setting,
    value: &Spanned<DeValue<'_>>,
    source: &mut Source<'_>,
) -> Option<Value> {
    let path = setting.path();
    let text = value.get_ref().as_str();
    match setting.kind {
        Kind::Bool => {
            let found = value.get_ref().as_bool();
            if found.is_none() {
                source.wrong_kind(&path, value, "config-want-bool");
            }
            found.map(Value::Bool)
        }
        Kind::Words(_) | Kind::Language => {
            let Some(word) = text else {
                let problem = source.wrong(&path, value);
                source.add(problem.instead_of("", setting.words()));
                return None;
            };
            one_of(&path, word, &setting.words(), value, source)
                .then(|| Value::Text(word.to_owned()))
        }
        Kind::Text => match text {
            Some(text) if !text.trim().is_empty() => Some(Value::Text(text.to_owned())),
            _ => {
                source.wrong_kind(&path, value, "config-want-text");
                None
            }
        },
        Kind::Number(least, most) => {
            let number = value.get_ref().as_integer();
            let number = number
                .and_then(|n| i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok())
                .filter(|n| (least..=most).contains(n));
            if number.is_none() {
                let problem = source.wrong(&path, value);
                let want = [("least", least.to_string()), ("most", most.to_string())];
                source.add(problem.todo(Text::new("config-want-number", want)));
            }
            number.map(Value::Number)
        }
        Kind::Time => {
            let found = text.and_then(time);
            if found.is_none() {
                source.wrong_kind(&path, value, "config-want-time");
            }
            found.map(Value::Time)
        }
        Kind::Theme => theme(&path, value, source).map(Value::Theme),
    }
}

fn one_of(
    path: &str,
    word: &str,
    words: &[&'static str],
    value: &Spanned<DeValue<'_>>,
    source: &mut Source<'_>,
) -> bool {
    let is_one = words.contains(&word);
    if !is_one {
        let what = Text::new("config-wrong-word", [("word", word), ("name", path)]);
        let problem = source.problem(Level::Error, value.span(), what);
        source.add(problem.instead_of(word, words.iter().copied()));
    }
    is_one
}

/// A name for both, or one each.
fn theme(path: &str, value: &Spanned<DeValue<'_>>, source: &mut Source<'_>) -> Option<ThemePick> {
    if let Some(word) = value.get_ref().as_str() {
        let is_one = one_of(path, word, &themes(), value, source);
        return is_one.then(|| {
            if word == AUTO {
                ThemePick::default()
            } else {
                ThemePick {
                    light: word.to_owned(),
                    dark: word.to_owned(),
                }
            }
        });
    }
    let Some(table) = value.get_ref().as_table() else {
        source.wrong_kind(path, value, "config-want-theme");
        return None;
    };
    let mut pick = ThemePick::default();
    let names: Vec<&'static str> = themes().into_iter().filter(|name| *name != AUTO).collect();
    for (key, value) in entries(table) {
        let name = key.get_ref().as_ref();
        let slot = match name {
            "light" => &mut pick.light,
            "dark" => &mut pick.dark,
            _ => {
                let what = Text::new(
                    "config-unknown-setting-in",
                    [("word", name), ("section", path)],
                );
                let problem = source.problem(Level::Error, key.span(), what);
                source.add(problem.instead_of(name, ["light", "dark"]));
                continue;
            }
        };
        match value.get_ref().as_str() {
            Some(word) if one_of(name, word, &names, value, source) => word.clone_into(slot),
            Some(_) => {}
            None => source.wrong_kind(name, value, "config-want-theme"),
        }
    }
    Some(pick)
}
