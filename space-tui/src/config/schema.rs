// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! JSON schemas of the files, for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::keys::{Preset, SECTIONS as PLACES};
use super::settings::{Kind, SETTINGS, Setting, Settings, themes};
use super::theme::{BUNDLED, SECTIONS};
use crate::app::commands::COMMANDS;
use crate::doc::theme::TOKENS;
use crate::l10n::L10n;

/// Returns the schema of a file; nothing when there is none of that name.
pub fn of(file: &str, l10n: &L10n) -> Option<Value> {
    let (title, properties) = match file {
        "config.toml" => ("config.toml", config(l10n)),
        "keys.toml" => ("keys.toml", keys(l10n)),
        "theme.toml" => ("theme.toml", theme(l10n)),
        _ => return None,
    };
    Some(json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    }))
}

fn config(l10n: &L10n) -> Map<String, Value> {
    let mut out = Map::new();
    for setting in SETTINGS {
        let value = one(setting, l10n);
        if setting.section.is_empty() {
            out.insert(setting.name.to_owned(), value);
        } else {
            let section = out.entry(setting.section).or_insert_with(
                || json!({ "type": "object", "additionalProperties": false, "properties": {} }),
            );
            section["properties"][setting.name] = value;
        }
    }
    out
}

fn one(setting: &Setting, l10n: &L10n) -> Value {
    let mut out = match setting.kind {
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Words(_) | Kind::Language => json!({ "enum": setting.words() }),
        Kind::Text => json!({ "type": "string", "minLength": 1 }),
        Kind::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Time => json!({ "type": "string", "pattern": "^[0-9]+(ms|s)$" }),
        Kind::Theme => {
            let names: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
            json!({ "oneOf": [
                { "enum": themes() },
                { "type": "object", "additionalProperties": false, "properties": {
                    "light": { "enum": names }, "dark": { "enum": names } } },
            ] })
        }
    };
    out["description"] = l10n.text(&setting.doc_key()).into();
    let default = (setting.show)(&Settings::default());
    let default = format!("v = {default}").parse::<toml::Table>().ok();
    let default = default.and_then(|table| serde_json::to_value(table.get("v")?).ok());
    if let Some(default) = default.filter(|default| default.as_str() != Some("")) {
        out["default"] = default;
    }
    out
}

fn keys(l10n: &L10n) -> Map<String, Value> {
    let mut out = Map::new();
    let presets = Preset::WORDS.map(|(name, _)| name);
    out.insert(
        "preset".to_owned(),
        json!({ "enum": presets, "default": presets[0] }),
    );
    for (place, context) in PLACES {
        let commands: Vec<Value> = COMMANDS
            .iter()
            .filter(|command| context.is_none_or(|c| command.contexts.contains(&c)))
            .map(|command| {
                let help = l10n.text(&format!("command-{}-help", command.name));
                json!({ "const": command.name, "description": help })
            })
            .chain([json!({ "const": false })])
            .collect();
        out.insert(
            (*place).to_owned(),
            json!({ "type": "object", "additionalProperties": { "oneOf": commands } }),
        );
    }
    out
}

fn theme(l10n: &L10n) -> Map<String, Value> {
    let mut out = Map::new();
    let names: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
    out.insert("inherits".to_owned(), json!({ "enum": names }));
    let tokens: Map<String, Value> = TOKENS
        .iter()
        .map(|(name, _)| {
            let text = l10n.text(&super::example::token_key(name));
            (
                (*name).to_owned(),
                json!({ "type": "string", "description": text }),
            )
        })
        .collect();
    for (section, _) in SECTIONS {
        out.insert(
            section.to_owned(),
            json!({ "type": "object", "additionalProperties": false, "properties": tokens }),
        );
    }
    out
}
