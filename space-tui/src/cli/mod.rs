// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The command line: one file per command.

mod args;
mod auth;
mod bookmark;
mod completion;
mod config;
mod device;
pub(crate) mod doctor;
pub mod failure;
pub mod help;
mod hidden;
mod json;
mod login;
mod logout;
mod moderate;
mod open;
mod outbox;
pub mod output;
mod password;
mod read;
mod reply;
mod report;
pub(crate) mod reports;
mod screen;
mod search;
mod sessions;
mod start;
mod sync;
mod tag;
mod tags;
mod topics;
mod watch;
mod whoami;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};

use clap::FromArgMatches as _;

use self::args::{Cli, ColorWhen, Command};
use self::failure::Failure;
use self::open::Place;
use self::output::Output;
use crate::config::Config;
use crate::doc::appearance::{Appearance, Colours};
use crate::l10n::L10n;

/// How a command ended, if not well.
#[derive(Debug)]
pub enum End {
    /// It failed.
    Failure(Failure),
    /// What it had to say could not be printed.
    Output(io::Error),
    /// Everything is said; only the exit code is left.
    Shown(u8),
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs a command line.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    l10n: &L10n,
    config: &Config,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), End> {
    let parsed = help::command(l10n)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Prints help and version to the output, everything else to the error output.
            let printed = error.print().and_then(|()| io::stdout().flush());
            if !error.use_stderr() {
                printed?;
            }
            return Err(End::Shown(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    let variable = |name: &str| std::env::var(name).ok();
    let asked = cli.global.color.map(ColorWhen::when);
    let colours = Colours::choose(asked, config.settings.color, variable);
    let appearance = Appearance::new(config, variable);
    let columns =
        crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns.max(20)));
    let has_colour = colours.on(std::io::stdout().is_terminal());
    let theme = has_colour.then(|| appearance.theme(true));
    let mut output = Output::new(out, theme, columns);
    let out = &mut output;
    let place = Place::new(&cli.global, l10n, config)?;
    let command = cli.command.unwrap_or(Command::Tui);
    // The screen has a place of its own for this, and the other two say more of it.
    let says_it = matches!(
        command,
        Command::Tui | Command::Config(_) | Command::Doctor(_)
    );
    if let (Some((first, count)), false) = (config.first_error(), says_it) {
        let values = [("detail", first.line(l10n).into()), ("count", count.into())];
        writeln!(err, "{}", l10n.with("notice-config", &values))?;
    }
    match command {
        Command::Tui => screen::run(&place, appearance, colours),
        Command::Login(args) => login::run(&place, &args, out),
        Command::Logout(args) => logout::run(&place, &args, out),
        Command::Password(args) => password::run(&place, &args, out),
        Command::Sessions(args) => sessions::run(&place, &args, out),
        Command::Auth(args) => auth::run(&place, &args.action, out),
        Command::Sync(args) => sync::run(&place, &args, out),
        Command::Topics(args) => topics::run(&place, &args, out),
        Command::Read(args) => read::run(&place, &args, out),
        Command::Reply(args) => reply::run(&place, &args, out),
        Command::Start(args) => start::run(&place, &args, out),
        Command::Search(args) => search::run(&place, &args, out),
        Command::Bookmark(args) => bookmark::run(&place, &args, out),
        Command::Tag(args) => tag::run(&place, &args, out),
        Command::Tags(args) => tags::run(&place, &args, out),
        Command::Report(args) => report::run(&place, &args, out),
        Command::Reports(args) => reports::run(&place, &args, out),
        Command::Hide(args) => moderate::hide(&place, &args, out),
        Command::Restore(args) => moderate::restore(&place, &args, out),
        Command::Decide(args) => moderate::decide(&place, &args, out),
        Command::Outbox(args) => outbox::run(&place, &args, out),
        Command::Watch(args) => watch::run(&place, &args, out),
        Command::Whoami(args) => whoami::run(&place, &args, out),
        Command::Config(args) => config::run(&place, &args, out),
        Command::Doctor(args) => doctor::run(&place, &args, &appearance, colours, out),
        Command::Completion(args) => completion::run(l10n, &args, out),
    }
}
