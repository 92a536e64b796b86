// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space config`: checks, shows and begins configuration files.

use std::io::Write as _;

use super::End;
use super::args::{Config as Args, ConfigAction, ConfigFile};
use super::failure::{Failure, Kind};
use super::open::Place;
use super::output::Output;
use crate::config::problem::Level;
use crate::config::{State, example, schema};
use crate::doc::{Role, Span};
use crate::text::measure::{column, width};

/// Does what was asked for.
pub(super) fn run(place: &Place<'_>, args: &Args, out: &mut Output<'_>) -> Result<(), End> {
    match &args.action {
        ConfigAction::Check(args) => check(place, args.json, out),
        ConfigAction::Show(args) => show(place, args.file, args.all, out),
        ConfigAction::Path => path(place, out),
        ConfigAction::Schema(args) => {
            let schema = schema::of(args.file.name(), place.l10n).unwrap_or_default();
            let text = serde_json::to_string_pretty(&schema).map_err(std::io::Error::from)?;
            Ok(out.ready_json(&(text + "\n"))?)
        }
        ConfigAction::Init => init(place, out),
    }
}

fn check(place: &Place<'_>, is_json: bool, out: &mut Output<'_>) -> Result<(), End> {
    let (l10n, config) = (place.l10n, place.config);
    for problem in &config.problems {
        if is_json {
            out.json(&problem.json(l10n))?;
        } else {
            let role = match problem.level {
                Level::Error => Role::Error,
                Level::Warning => Role::Warning,
            };
            let text = problem.text(l10n);
            let mut lines = text.lines();
            if let Some(first) = lines.next() {
                out.spans(&[Span::new(role, first)])?;
            }
            for line in lines {
                out.line(line)?;
            }
            out.line("")?;
        }
    }
    if let Some((_, count)) = config.first_error() {
        out.flush()?;
        let values = [("count", count.into())];
        return Err(Failure::new(Kind::Failed, l10n, "fail-config", &values).into());
    }
    if is_json {
        return Ok(());
    }
    let folder = place.folders.config.display().to_string();
    let text = match config.problems.len() {
        0 => l10n.with("config-fine", &[("folder", folder.into())]),
        count => l10n.with("config-warnings", &[("count", count.into())]),
    };
    Ok(out.line(&text)?)
}

/// Prints what holds now, or with `--all` everything that can be set.
fn show(
    place: &Place<'_>,
    file: ConfigFile,
    is_all: bool,
    out: &mut Output<'_>,
) -> Result<(), End> {
    let text = if is_all {
        example::of(file.name(), place.l10n).unwrap_or_default()
    } else {
        let config = place.config;
        match file {
            ConfigFile::Config => config.settings.shown(),
            ConfigFile::Keys => config.keys.shown(),
            ConfigFile::Theme => config.theme.shown(),
        }
    };
    for line in text.lines() {
        out.line(line)?;
    }
    Ok(())
}

fn path(place: &Place<'_>, out: &mut Output<'_>) -> Result<(), End> {
    let files = &place.config.files;
    let names: Vec<String> = files
        .iter()
        .map(|(path, _)| path.display().to_string())
        .collect();
    let columns = names.iter().map(|name| width(name)).max().unwrap_or(0);
    for (name, (_, state)) in names.iter().zip(files) {
        let state = place.l10n.text(state_key(*state));
        out.spans(&[
            Span::new(Role::Text, column(name, columns)),
            Span::new(Role::Quiet, format!("  {state}")),
        ])?;
    }
    Ok(())
}

/// Returns the key of the text that says what became of a file.
pub(super) fn state_key(state: State) -> &'static str {
    match state {
        State::Absent => "config-file-absent",
        State::Used => "config-file-used",
        State::NotUsed => "config-file-not-used",
    }
}

fn init(place: &Place<'_>, out: &mut Output<'_>) -> Result<(), End> {
    let l10n = place.l10n;
    let mut kept = None;
    for name in example::FILES {
        let path = place.folders.config.join(name);
        let shown = path.display().to_string();
        let values = [("file", shown.as_str().into())];
        let text = example::of(name, l10n).unwrap_or_default();
        let written = std::fs::create_dir_all(&place.folders.config).and_then(|()| {
            // Never over what somebody wrote, not even when they write it in this moment.
            let mut file = std::fs::File::create_new(&path)?;
            file.write_all(text.as_bytes())
        });
        match written {
            Ok(()) => out.line(&l10n.with("config-written", &values))?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                out.line(&l10n.with("fail-config-exists", &values))?;
                kept = Some(shown);
            }
            Err(error) => {
                return Err(Failure::new(Kind::Failed, l10n, "fail-file-write", &values)
                    .because(&error)
                    .into());
            }
        }
    }
    match kept {
        // To find everything there already is what was asked for, but for whoever wanted it anew.
        Some(_) => Ok(out.line(&l10n.text("hint-config-exists"))?),
        None => Ok(()),
    }
}
