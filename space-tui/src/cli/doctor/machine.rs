// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the machine says: language, and the editor.

use std::path::{Path, PathBuf};

use super::{Examination, Status};
use crate::terminal::choose_editor;

pub(super) fn examine(it: &mut Examination<'_>, variable: impl Fn(&str) -> Option<String>) {
    language(it, &variable);
    editor(it, &variable);
}

fn language(it: &mut Examination<'_>, variable: &impl Fn(&str) -> Option<String>) {
    let set = &it.place.config.settings.language;
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)));
    let why = match &named {
        _ if set != "auto" => "config.toml".to_owned(),
        Some((name, value)) => format!("{name}={value}"),
        None => "LANG".to_owned(),
    };
    let language = it.place.l10n.language();
    let values = [("language", language.into()), ("why", why.into())];
    let value = it.text("doctor-language-value", &values);
    // What a terminal makes of bytes is decided by LC_CTYPE, not by LC_MESSAGES.
    let characters = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_lowercase();
    if characters.contains("utf-8") || characters.contains("utf8") || cfg!(not(unix)) {
        it.fine("language", value);
    } else {
        let fix = it.text("doctor-utf8-fix", &[]);
        it.say("language", Status::Warning, value, Some(fix));
    }
}

fn editor(it: &mut Examination<'_>, variable: &impl Fn(&str) -> Option<String>) {
    let (editor, why) = choose_editor(&it.place.config.settings.editor, variable);
    let program = editor.split_whitespace().next().unwrap_or_default();
    let value = format!("{editor} ({why})");
    let path = variable("PATH").unwrap_or_default();
    // Quotes and variables are the shell's to read: what looks like them is not looked for.
    let is_plain = !program.contains(['"', '\'', '$', '~', '\\']);
    if is_plain && find(program, &path).is_none() {
        let fix = it.text("doctor-editor-fix", &[("editor", program.into())]);
        it.say("editor", Status::Warning, value, Some(fix));
    } else {
        it.fine("editor", value);
    }
}

/// Returns the file that a shell would run.
fn find(program: &str, path: &str) -> Option<PathBuf> {
    let is_file = |file: &PathBuf| file.is_file();
    if program.contains(std::path::MAIN_SEPARATOR) {
        return Some(PathBuf::from(program)).filter(is_file);
    }
    std::env::split_paths(path)
        .map(|folder| Path::new(&folder).join(program))
        .find(is_file)
}
