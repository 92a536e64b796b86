// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server restore`

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use space_core::Clock;

use super::backup::{counted, progress, run, worded};
use super::error::Error;
use super::operate::log_for_commands;
use super::{data_folder, output};
use crate::backup::{self, Restore as What, Totals};
use crate::clock::{OsEntropy, SystemClock};
use crate::config::{Database, Loaded};
use crate::store::Store;

/// Bring a space back from a backup, into an empty data folder or database
///
/// The whole backup is checked before anything is written, and a restore that breaks off leaves nothing half. Accounts,
/// passwords and tokens stay as they were. What was written after the backup is gone: clients notice by a new epoch
/// that they have to read the space again, and send what they still have to send; no number that may have been given
/// out since is given out again.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    path: PathBuf,

    /// Put a database that is there aside, under another name in the same folder; for SQLite, with the server stopped
    #[arg(long)]
    replace: bool,

    /// Leave out at least so many numbers, in case they were given out after the backup was made
    #[arg(long, value_name = "COUNT", default_value_t = 100_000, value_parser = clap::value_parser!(i64).range(1..=1_000_000_000))]
    skip_ids: i64,

    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    place: &'a str,
    put_aside: Option<&'a Path>,
    #[serde(flatten)]
    totals: &'a Totals,
}

impl Restore {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let config = &loaded.config;
        log_for_commands(loaded)?;
        // A path that is not there should not leave a data folder behind.
        if !self.path.is_file() {
            return Err(
                Error::refused(format!("there is no file {}", self.path.display()))
                    .hint("a file that `space-server backup` has made"),
            );
        }
        data_folder::make(config)?;
        let what = What {
            path: self.path.clone(),
            replaces: self.replace,
            skip_ids: self.skip_ids,
            now: SystemClock.now(),
        };
        let restored = run(async {
            let restored = backup::restore(config, &what, &OsEntropy, &progress())
                .await
                .map_err(|error| worded(config, error))?;
            // Brings the tables of an older version up to date.
            let opened = Store::open(config).await;
            opened.map_err(|error| data_folder::cannot_open(config, error))?;
            Ok::<_, Error>(restored)
        })??;
        let place = match config.database() {
            Database::Sqlite(file) => file.display().to_string(),
            Database::Postgres(url) => url.to_string(),
        };
        if self.json {
            output::json_lines(&[Report {
                place: &place,
                put_aside: restored.put_aside.as_deref(),
                totals: &restored.totals,
            }])?;
        } else {
            output::line(format_args!(
                "Restored {} into {place}.",
                counted(&restored.totals)
            ))?;
            if let Some(aside) = &restored.put_aside {
                output::line(format_args!(
                    "What was there before is {} now; remove it when nobody misses it.",
                    aside.display()
                ))?;
            }
        }
        Ok(())
    }
}
