// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A configuration as text: the commented examples, and what is in force.

use std::fmt::Write;

use toml::{Table, Value};

use super::section::Field;
use super::{Config, Loaded, SECTIONS};

/// What an example says before its keys.
const HEAD: &str = "\
# Configuration of space-server.
#
# Every key is here with its default, commented out. Each can also be set by an environment variable:
# SPACE_SERVER__DATA_DIR for data_dir, SPACE_SERVER__HTTP__BIND for bind in [http]. The environment counts
# more than this file, the command line more than both. To see what is in force and where it comes from:
#
#     space-server --config FILE config show
";

/// Returns a commented example: every key with its documentation and its default, commented out.
///
/// `about` says what the example is for, in lines of text; `set` holds dotted keys that are not commented
/// out, with their values in TOML.
pub fn example(about: &str, set: &[(&str, &str)]) -> String {
    let defaults = table(&Config::default());
    let mut out = HEAD.to_owned();
    if !about.is_empty() {
        out.push_str("#\n");
        for line in about.lines() {
            comment(&mut out, line);
        }
    }
    for (section, fields) in SECTIONS {
        let values = if section.is_empty() {
            Some(&defaults)
        } else {
            let about = Config::FIELDS.iter().find(|field| field.name == *section);
            out.push('\n');
            for line in about.map_or(&[][..], |field| field.doc) {
                comment(&mut out, line.trim());
            }
            line(&mut out, format_args!("[{section}]"));
            defaults.get(*section).and_then(Value::as_table)
        };
        for field in *fields {
            let default = values.and_then(|values| values.get(field.name));
            if matches!(default, Some(Value::Table(_))) {
                continue; // A section, which has its own turn.
            }
            key(&mut out, section, field, default, set);
        }
    }
    out
}

fn key(
    out: &mut String,
    section: &str,
    field: &Field,
    default: Option<&Value>,
    set: &[(&str, &str)],
) {
    let name = field.name;
    out.push('\n');
    for text in field.doc {
        comment(out, text.trim());
    }
    let dotted = if section.is_empty() {
        name.to_owned()
    } else {
        format!("{section}.{name}")
    };
    if let Some((_, value)) = set.iter().find(|(key, _)| *key == dotted) {
        line(out, format_args!("{name} = {value}"));
    } else if let Some(value) = default {
        line(out, format_args!("#{name} = {value}"));
    } else {
        line(
            out,
            format_args!("#{name} = {}", field.like.unwrap_or("\"\"")),
        );
    }
}

/// Returns the configuration in force as TOML; values that are not at their default say where they come from.
pub fn shown(loaded: &Loaded) -> String {
    let values = table(&loaded.config);
    let mut out = String::new();
    for (section, fields) in SECTIONS {
        let values = if section.is_empty() {
            Some(&values)
        } else {
            line(&mut out, format_args!("\n[{section}]"));
            values.get(*section).and_then(Value::as_table)
        };
        for field in *fields {
            let Some(value) = values.and_then(|values| values.get(field.name)) else {
                continue;
            };
            let dotted = if section.is_empty() {
                field.name.to_owned()
            } else {
                format!("{section}.{}", field.name)
            };
            match (value, loaded.origins.get(&dotted)) {
                (Value::Table(_), _) => {}
                (_, Some(origin)) => {
                    line(
                        &mut out,
                        format_args!("{} = {value} # {origin}", field.name),
                    );
                }
                (_, None) => line(&mut out, format_args!("{} = {value}", field.name)),
            }
        }
    }
    out
}

fn table(config: &Config) -> Table {
    Table::try_from(config).expect("a configuration is made of tables, texts and numbers")
}

fn comment(out: &mut String, text: &str) {
    if text.is_empty() {
        out.push_str("#\n");
    } else {
        line(out, format_args!("# {text}"));
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing to a text does not fail");
}
