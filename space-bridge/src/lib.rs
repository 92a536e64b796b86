// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The bridge daemon of Space: mirrors categories into rooms of other networks.
//!
//! A bridge reads the change feed like any other follower and keeps its own cursor: losing one loses nothing. It is
//! a client without privileges; what it reads and writes is decided by the rights of its token.
//!
//! `space-bridge run` is the daemon: the `relay` decides what a room is told and what the server is asked, for all networks
//! alike; an adapter such as `irc` knows one network. `space-bridge console` is the dry run: what a room would receive, on
//! standard output.

#![cfg_attr(
    not(feature = "irc"),
    allow(
        dead_code,
        unused_imports,
        unused_mut,
        unused_variables,
        reason = "without a network there is nothing to relay"
    )
)]

mod cli;
mod config;
mod console;
mod failure;
#[cfg(feature = "irc")]
mod irc;
mod machine;
mod network;
mod pause;
mod relay;
mod run;

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::failure::Failure;

/// What every help text ends with.
const AFTER_HELP: &str = "\
Logs go to standard error; SPACE_BRIDGE_LOG=debug shows more.

Exit codes: 0 done, 1 it failed, 2 the command line is wrong, 3 it was refused, 4 no bridge is
at work (status), 78 the configuration cannot be used.";

/// Carry the posts of a Space category into rooms of other networks
#[derive(Debug, Parser)]
#[command(name = "space-bridge", version, after_long_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(cli::Run),
    Console(console::Console),
    Status(cli::Status),
    Config(cli::Configuration),
    Completion(Completion),
}

/// Write a completion script for a shell to standard output
#[derive(Debug, Args)]
struct Completion {
    /// The shell
    shell: Shell,
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Run(run) => run.run(),
            Self::Console(console) => console.run(),
            Self::Status(status) => status.run(),
            Self::Config(config) => config.run(),
            Self::Completion(Completion { shell }) => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut command(), "space-bridge", &mut script);
                cli::say(&String::from_utf8_lossy(&script))
            }
        }
    }
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => cli.command.run(),
        Err(answer) if answer.use_stderr() => answer.exit(),
        Err(answer) => answer
            .print()
            .and_then(|()| std::io::stdout().flush())
            .map_err(|error| Failure::from(anyhow::Error::from(error))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Returns the definition of the command line, of which man pages and completions are made.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Returns the commented example of the configuration.
pub fn example() -> String {
    config::example()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_has_no_contradictions() {
        command().debug_assert();
    }
}
