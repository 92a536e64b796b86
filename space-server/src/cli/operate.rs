// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Work on the store beside a running server, or without one.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use super::data_folder;
use super::error::Error;
use crate::clock::{OsEntropy, SystemClock};
use crate::config::{Config, Database, Loaded, Log};
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
    operate_on_new(loaded, work)
}

/// Like [`operate`], where there may be no space yet.
pub(super) fn operate_on_new<T, W, F>(loaded: &Loaded, work: W) -> Result<T, Error>
where
    W: FnOnce(Operator) -> F,
    F: Future<Output = Result<T, Error>>,
{
    let Config { log, data_dir, .. } = &loaded.config;
    // What a command does is in its report; only what is wrong is logged, unless somebody wants more.
    let filter = if loaded.origins.contains_key("log.filter") {
        log.filter.clone()
    } else {
        "warn".to_owned()
    };
    logging::start(&Log {
        filter,
        ..log.clone()
    })
    .map_err(Error::config)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        let lifecycle = Lifecycle::new();
        let opened = Operator::open(
            &loaded.config,
            &lifecycle,
            Arc::new(SystemClock),
            Arc::new(OsEntropy),
        )
        .await;
        let operator = opened
            .with_context(|| match loaded.config.database() {
                Database::Sqlite(file) => format!("cannot open {}", file.display()),
                Database::Postgres(url) => format!("cannot open {url}"),
            })
            .map_err(|error| {
                Error::from(error).hint(match loaded.config.database() {
                    Database::Sqlite(_) => {
                        "is another program at work on this file, or the disk full?"
                    }
                    Database::Postgres(_) => {
                        "does that server run, and may this user use that database?"
                    }
                })
            })?;
        let done = work(operator).await;
        lifecycle.finish(CLOSING).await;
        done.map_err(|error| {
            if error.is_no_space() {
                data_folder::no_space(data_dir)
            } else {
                error
            }
        })
    })
}

impl From<OperatorError> for Error {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::NoSpace => Self::no_space(),
            OperatorError::Refused(_) | OperatorError::Password(_) => {
                Self::refused(error.to_string())
            }
            OperatorError::NoMember { .. } => Self::refused(error.to_string())
                .hint("`space-server member list` shows who there is"),
            OperatorError::Store(_) | OperatorError::Stopped => anyhow::Error::from(error).into(),
        }
    }
}
