// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The terminal client of Space: a screen, and commands for scripts, on one local copy.
//!
//! - [`cli`] is the command line.
//! - [`app`] is the screen's model: messages in, commands out, and a view.
//! - [`screens`] are its screens; [`doc`] is what they say, and how that is painted.
//! - [`worker`] reads the replica and follows the server, each on a thread of its own.
//! - [`terminal`] ties these to a real terminal; [`editing`] keeps what the reader's own editor has.
//! - [`config`] is what the reader sets: settings, keys and looks.
//! - [`l10n`] has every text in every language; [`text`] makes text harmless, measures and wraps it.

pub mod app;
pub mod cli;
pub mod compose;
pub mod config;
pub mod connect;
pub mod doc;
pub mod editing;
pub mod l10n;
mod machine;
pub mod profile;
pub mod screens;
pub mod terminal;
pub mod text;
pub mod trouble;
pub mod worker;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use crate::cli::failure::{Failure, Kind};
use crate::config::Config;
use crate::l10n::L10n;

/// Runs the program as the shell called it.
pub fn main() -> ExitCode {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let code = run(std::env::args_os(), &mut out, &mut std::io::stderr());
    ExitCode::from(code)
}

/// Runs the program with arguments, and returns its exit code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let config = config::folder(&args, |name| std::env::var_os(name));
    let config = config
        .map(|folder| Config::load(&folder))
        .unwrap_or_default();
    let locale = match config.settings.language.as_str() {
        "auto" => l10n::from_environment(|name| std::env::var(name).ok()),
        set => set.to_owned(),
    };
    let l10n = L10n::new(&locale).dated(config.settings.dates);
    let ended = cli::run(args, &l10n, &config, out, err);
    // What was printed counts once it has arrived: a full disk says no only here.
    let (code, lost) = match (ended, out.flush()) {
        (Err(cli::End::Output(error)), _) => (0, Some(error)),
        (Ok(()), flushed) => (0, flushed.err()),
        (Err(cli::End::Shown(code)), flushed) => (code, flushed.err()),
        (Err(cli::End::Failure(failure)), flushed) => {
            let _ = writeln!(err, "{}", failure.text(&l10n));
            (failure.kind.code(), flushed.err())
        }
    };
    match lost {
        // A reader who goes away before the end is no failure.
        Some(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let failure = Failure::new(Kind::Failed, &l10n, "fail-output", &[]).because(&error);
            let _ = writeln!(err, "{}", failure.text(&l10n));
            if code == 0 { Kind::Failed.code() } else { code }
        }
        _ => code,
    }
}
