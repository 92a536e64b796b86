// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-bridge run`, `config` and `status`.

mod status;

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, ConfigError, Loaded, Sources, check, example};
use crate::failure::Failure;

pub(crate) use status::Status;

/// Where the configuration is.
#[derive(Debug, Args)]
pub(crate) struct Configured {
    /// The configuration file
    #[arg(long, value_name = "FILE", env = "SPACE_BRIDGE_CONFIG")]
    config: Option<PathBuf>,

    /// The file that keeps how far everything came
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Mirror categories in rooms, and bring back what people there answer
///
/// It reads the feed of the server from where it stopped, and tells each room what is new, in order and once, also after
/// it, the server or the network was away. SIGTERM and SIGINT end it: it finishes what it has begun.
#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    configured: Configured,
}

/// Check or show the configuration
#[derive(Debug, Args)]
pub(crate) struct Configuration {
    #[command(subcommand)]
    command: ConfigurationCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigurationCommand {
    Check(Check),
    Show(Show),
    Example(Example),
}

/// Write a commented example to standard output, with every key
#[derive(Debug, Args)]
struct Example;

/// Say whether the configuration can be used; exit code 78 when it cannot
#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    configured: Configured,
}

/// Show every key with the value in force; it names the files of secrets, not the secrets
#[derive(Debug, Args)]
struct Show {
    #[command(flatten)]
    configured: Configured,
}

impl Configured {
    fn load(&self) -> Result<Loaded, ConfigError> {
        let mut command_line = Vec::new();
        if let Some(state) = &self.state {
            command_line.push(("state", state.display().to_string()));
        }
        Sources {
            file: self.config.clone(),
            environment: std::env::vars_os().collect(),
            command_line,
        }
        .load()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::configuration(anyhow::Error::from(error))
            .hint("`space-bridge config check --config FILE` says it again when it is mended")
    }
}

impl Run {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Loaded { config } = self.configured.load()?;
        start_logging(&config);
        let checked = check(&config)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        runtime.block_on(crate::run::run(&config, checked))
    }
}

fn start_logging(config: &Config) {
    let filter = EnvFilter::try_from_env("SPACE_BRIDGE_LOG")
        .or_else(|_| EnvFilter::try_new(&config.log.filter))
        .unwrap_or_else(|_| "info".into());
    // Only a test that runs this twice in one process has logging already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
        .try_init();
}

impl Configuration {
    pub(crate) fn run(self) -> Result<(), Failure> {
        match self.command {
            ConfigurationCommand::Check(Check { configured }) => {
                let Loaded { config } = configured.load()?;
                check(&config)?;
                say("The configuration can be used.\n")
            }
            ConfigurationCommand::Example(Example) => say(&example()),
            ConfigurationCommand::Show(Show { configured }) => {
                let Loaded { config } = configured.load()?;
                let text =
                    toml::to_string(&config).context("cannot write the configuration as TOML")?;
                say(&text)
            }
        }
    }
}

pub(crate) fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::from(anyhow::Error::from(error)))
}
