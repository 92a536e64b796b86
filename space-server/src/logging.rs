// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Logs go to standard error, as text or as one JSON object a line.

use std::io::{self, IsTerminal};
use std::panic;

use anyhow::Context;
use tracing::error;
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging; panics are logged too from now on.
///
/// # Errors
///
/// When the filter cannot be read, or logging was started before.
pub fn start(config: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.filter).with_context(|| {
        format!(
            "cannot read log.filter = {:?}; write for example \"info\" or \"info,space_server=debug\"",
            config.filter
        )
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let started = match config.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).try_init(),
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
