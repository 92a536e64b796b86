// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Work on the store beside a running server, or without one.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use space_core::Clock;

use super::data_folder;
use super::error::Error;
use crate::clock::{OsEntropy, SystemClock};
use crate::config::{Config, Loaded};
use crate::lifecycle::Lifecycle;
use crate::logging;
use crate::operator::{Operator, OperatorError};

/// How long the store may take to close. Everything was answered before, so it has nothing left to write.
const CLOSING: Duration = Duration::from_secs(10);

/// Opens the store, works on it, and closes it.
pub(super) fn operate<T, W, F>(loaded: &Loaded, work: W) -> Result<T, Error>
where
    W: FnOnce(Operator) -> F,
    F: Future<Output = Result<T, Error>>,
{
    data_folder::expect(&loaded.config)?;
    operate_on_new(loaded, async |operator| {
        if operator.has_space().await? {
            work(operator).await
        } else {
            Err(Error::no_space())
        }
    })
}

/// Like [`operate`], where there may be no space yet.
pub(super) fn operate_on_new<T, W, F>(loaded: &Loaded, work: W) -> Result<T, Error>
where
    W: FnOnce(Operator) -> F,
    F: Future<Output = Result<T, Error>>,
{
    log_for_commands(loaded)?;
    with_operator(&loaded.config, Arc::new(SystemClock), work)
}

/// Starts logging for a command: what it does is in its report, so only what is wrong is logged, unless somebody
/// wants more.
pub(super) fn log_for_commands(loaded: &Loaded) -> Result<(), Error> {
    let mut log = loaded.config.log.clone();
    if !loaded.origins.contains_key("log.filter") {
        "warn".clone_into(&mut log.filter);
    }
    logging::start(&log).map_err(Error::config)
}

/// Opens the store, works on it, and closes it. Logging has been started.
pub(super) fn with_operator<T, W, F>(
    config: &Config,
    clock: Arc<dyn Clock>,
    work: W,
) -> Result<T, Error>
where
    W: FnOnce(Operator) -> F,
    F: Future<Output = Result<T, Error>>,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        let lifecycle = Lifecycle::new();
        let opened = Operator::open(config, &lifecycle, clock, Arc::new(OsEntropy)).await;
        let operator = opened.map_err(|error| data_folder::cannot_open(config, &error))?;
        let done = work(operator).await;
        lifecycle.finish(CLOSING).await;
        done.map_err(|error| {
            if error.is_no_space() {
                data_folder::no_space(config)
            } else {
                error.diagnosed(&config.database())
            }
        })
    })
}

impl From<OperatorError> for Error {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::NoSpace => Self::no_space(),
            OperatorError::Refused(_) | OperatorError::OnlyOwner | OperatorError::Password(_) => {
                Self::refused(error.to_string())
            }
            OperatorError::NoMember { .. } => Self::refused(error.to_string())
                .hint("`space-server member list` shows who there is"),
            OperatorError::NoCategory { .. } => Self::refused(error.to_string())
                .hint("`space-server category list` shows which there are"),
            OperatorError::NoGroup { .. } => Self::refused(error.to_string())
                .hint("`space-server group list` shows which there are"),
            OperatorError::NoToken { ref name, .. } => Self::refused(error.to_string()).hint(
                format!("`space-server token list {name}` shows which there are"),
            ),
            OperatorError::Store(_) | OperatorError::Stopped => anyhow::Error::from(error).into(),
        }
    }
}
