// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Logs go to standard error, or to a file while another program has the screen: as text or as one JSON object a line.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::panic;
use std::path::Path;
use std::sync::Mutex;

use anyhow::Context;
use tracing::error;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{Log, LogFormat};

/// Starts logging; panics are logged too from now on.
///
/// # Errors
///
/// When the filter cannot be read, or logging was started before.
pub fn start(config: &Log) -> anyhow::Result<()> {
    start_with(config, io::stderr().is_terminal(), io::stderr)
}

/// Starts logging into a file, where the screen belongs to another program.
///
/// # Errors
///
/// Also when the file cannot be made.
pub fn start_in(config: &Log, file: &Path) -> anyhow::Result<()> {
    let file = File::create(file).with_context(|| format!("cannot make {}", file.display()))?;
    start_with(config, false, Mutex::new(file))
}

fn start_with<W>(config: &Log, has_colours: bool, writer: W) -> anyhow::Result<()>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&config.filter).with_context(|| {
        format!(
            "cannot read log.filter = {:?}; write for example \"info\" or \"info,space_server=debug\"",
            config.filter
        )
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    let started = match config.format {
        LogFormat::Text => lines.with_ansi(has_colours).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    started
        .map_err(anyhow::Error::from_boxed)
        .context("cannot start logging")?;
    panic::set_hook(Box::new(|info| {
        let thread = std::thread::current();
        error!("{info} (thread {})", thread.name().unwrap_or("unnamed"));
    }));
    Ok(())
}
