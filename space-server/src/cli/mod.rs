// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The command line of `space-server`.
//!
//! One subcommand, one file: its arguments, its help and what it does. Reports go to standard output, errors and
//! logs to standard error; the kind of an error decides the exit code.

mod audit;
mod backup;
mod block;
mod bridge;
mod category;
mod command_line;
mod completion;
mod config;
mod data_folder;
mod demo;
mod doctor;
mod error;
mod export;
mod group;
mod import;
mod init;
mod member;
mod next_steps;
mod operate;
mod output;
mod password;
mod purge;
mod restore;
mod serve;
mod system;
mod token;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{Loaded, Sources};
use error::Error;

/// What every help text ends with.
const AFTER_HELP: &str = "\
Configuration comes from --config FILE, then from environment variables such as SPACE_SERVER__HTTP__BIND, then \
from the command line; what comes later counts more. `space-server config show` tells what is in force.

SPACE_SERVER_DATA_DIR and SPACE_SERVER_CONFIG stand for --data-dir and --config. When nothing names a data folder or a \
configuration, /etc/space/space-server.toml is read where it exists, as an installed server does.

Exit codes: 0 done, 1 it failed, 2 the command line is wrong, 3 it was refused, 4 it was done but not all of it
could be, 78 the configuration is wrong.";

/// The sync server of Space, a community platform for terminals and chat rooms
#[derive(Debug, Parser)]
#[command(name = "space-server", version, after_long_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    /// The configuration file
    #[arg(
        long,
        short,
        global = true,
        value_name = "FILE",
        env = "SPACE_SERVER_CONFIG"
    )]
    config: Option<PathBuf>,

    /// The folder for everything the server keeps [env: SPACE_SERVER_DATA_DIR] [default: space-data]
    #[arg(long, short, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Serve(serve::Serve),
    Import(import::Import),
    Export(export::Export),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Purge(purge::Purge),
    Doctor(doctor::Doctor),
    #[command(subcommand)]
    Member(member::Member),
    #[command(subcommand)]
    Category(category::Category),
    #[command(subcommand)]
    Group(group::Group),
    #[command(subcommand)]
    Token(token::Token),
    #[command(subcommand)]
    Bridge(bridge::Bridge),
    #[command(subcommand)]
    Audit(audit::Audit),
    #[command(subcommand)]
    Config(config::Config),
    Completion(completion::Completion),
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let ended = match Cli::try_parse() {
        // What was printed counts once it has arrived: a full disk says no only here.
        Ok(cli) => cli.run().and_then(|()| Ok(output::flush()?)),
        Err(answer) if answer.use_stderr() => answer.exit(),
        Err(answer) => answer
            .print()
            .and_then(|()| output::flush())
            .map_err(Error::from),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

/// Returns the definition of the command line, of which man pages and completions are made.
pub fn command() -> clap::Command {
    Cli::command()
}

impl Cli {
    fn run(self) -> Result<(), Error> {
        let mut sources = Sources {
            file: self.config,
            environment: std::env::vars_os().collect(),
            command_line: Vec::new(),
        };
        let is_demo = matches!(self.command, Command::Demo(_));
        if self.data_dir.is_none() && sources.file.is_none() && !is_demo {
            sources.file = system::file(&sources.environment, Path::is_file);
        }
        if let Some(folder) = &self.data_dir {
            let folder = folder.to_str().ok_or_else(|| {
                Error::usage(format!("--data-dir: {} is not UTF-8", folder.display()))
            })?;
            sources.command_line.push(("data_dir", folder.to_owned()));
        }
        match self.command {
            Command::Completion(command) => command.run(),
            Command::Config(command) => command.run(&sources),
            Command::Demo(command) => command.run(sources),
            Command::Serve(command) => command.run(sources),
            Command::Init(command) => command.run(&load(&sources)?),
            Command::Import(command) => command.run(&load(&sources)?),
            Command::Export(command) => command.run(&load(&sources)?),
            Command::Backup(command) => command.run(&load(&sources)?),
            Command::Restore(command) => command.run(&load(&sources)?),
            Command::Purge(command) => command.run(&load(&sources)?),
            Command::Doctor(command) => command.run(&load(&sources)?),
            Command::Member(command) => command.run(&load(&sources)?),
            Command::Category(command) => command.run(&load(&sources)?),
            Command::Group(command) => command.run(&load(&sources)?),
            Command::Token(command) => command.run(&load(&sources)?),
            Command::Bridge(command) => command.run(&load(&sources)?),
            Command::Audit(command) => command.run(&load(&sources)?),
        }
    }
}

fn load(sources: &Sources) -> Result<Loaded, Error> {
    sources.load().map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_has_no_contradictions() {
        command().debug_assert();
    }

    #[test]
    fn man_pages_and_completions_are_generated() {
        space_tests::same_as_committed_manual(command());
    }
}
