// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server backup`

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use serde::Serialize;
use space_core::Clock;

use super::error::Error;
use super::operate::log_for_commands;
use super::{data_folder, output};
use crate::backup::{self, BackupError, Make, Totals};
use crate::clock::SystemClock;
use crate::config::{Config, Database, Loaded};
use crate::import::Progress;

/// Write everything into one file, while the server runs
///
/// The file has the whole space as it stands at one moment: every table and every picture. It is read again and
/// checked before it gets its name, and nobody but its owner may read it, for it holds what is confidential, too. It
/// is a tar archive with lines of JSON, the same for SQLite and PostgreSQL, so `space-server restore` also brings a
/// space from one to the other.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub(super) struct Backup {
    /// The file to write; in a folder it gets a name of its own, such as space-2026-11-26T221530Z.tar.zst [default: the
    /// folder of backup.dir]
    path: Option<PathBuf>,

    /// Do not compress: some four times as large, for what compresses by itself or tells duplicates apart
    #[arg(long)]
    plain: bool,

    /// Leave out the pictures; then keep a copy of the folder media of the data folder yourself
    #[arg(long)]
    no_media: bool,

    /// Overwrite the file when it is there
    #[arg(long)]
    force: bool,

    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    path: &'a Path,
    size_bytes: u64,
    duration_ms: u64,
    #[serde(flatten)]
    totals: &'a Totals,
}

impl Backup {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let config = &loaded.config;
        log_for_commands(loaded)?;
        data_folder::expect(config)?;
        let now = SystemClock.now();
        let path = self.path.clone().or_else(|| config.backup.dir.clone());
        let mut path = path.ok_or_else(|| {
            Error::usage(
                "where to? name a file or a folder, or set backup.dir in the configuration",
            )
        })?;
        if path.is_dir() {
            let ending = if self.plain { "tar" } else { "tar.zst" };
            path.push(format!("space-{}.{ending}", stamp(now)));
        }
        let what = Make {
            path,
            is_compressed: !self.plain,
            has_media: !self.no_media,
            overwrites: self.force,
            now,
        };
        let began = Instant::now();
        let totals = run(backup::make(config, &what, &progress()))
            .and_then(|made| made.map_err(|error| worded(config, error)))?;
        let path = &what.path;
        let size_bytes = std::fs::metadata(path)
            .with_context(|| format!("cannot look at {}", path.display()))?
            .len();
        let took = began.elapsed();
        if self.json {
            output::json_lines(&[Report {
                path,
                size_bytes,
                duration_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
                totals: &totals,
            }])?;
        } else {
            output::line(format_args!(
                "Backed up {} into {}: {}, read again and found sound, in {:.1} s.",
                counted(&totals),
                path.display(),
                mebibytes(size_bytes),
                took.as_secs_f64()
            ))?;
            if self.no_media {
                output::line(format_args!(
                    "Pictures are not in it: keep a copy of {}.",
                    config.data_dir.join("media").display()
                ))?;
            }
        }
        gaps_said(&totals)
    }
}

/// Names what was not as it had been written: the rest is there, but somebody should know.
pub(super) fn gaps_said(totals: &Totals) -> Result<(), Error> {
    const SHOWN: usize = 20;
    if totals.gap_count() == 0 {
        return Ok(());
    }
    let mut text = String::new();
    for gap in totals.gaps.iter().take(SHOWN) {
        let what = if gap.is_left_out {
            "left out"
        } else {
            "mended"
        };
        let _ = write!(text, "\n  {what}: {gap}");
    }
    let more = totals.gap_count() - totals.gaps.len().min(SHOWN) as u64;
    if more > 0 {
        let _ = write!(text, "\n  and {more} more");
    }
    Err(Error::partial(format!(
        "not everything could be read as it was written:{text}"
    ))
    .hint(
        "keep an older backup as well, and test the disk and the memory; mended texts have U+FFFD where bytes were unreadable",
    ))
}

/// Runs work that needs no other task.
pub(super) fn run<T>(work: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    Ok(runtime.block_on(work))
}

/// Shows how far it is to somebody who sees it.
pub(super) fn progress() -> Progress {
    if std::io::stderr().is_terminal() {
        Progress::shown()
    } else {
        Progress::hidden()
    }
}

/// Says what a backup holds.
pub(super) fn counted(totals: &Totals) -> String {
    let Totals {
        posts,
        topics,
        members,
        rows,
        pictures,
        ..
    } = totals;
    format!(
        "{posts} posts in {topics} topics, {members} accounts ({rows} rows in all) and {pictures} pictures"
    )
}

fn mebibytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let mebibytes = bytes as f64 / 1_048_576.0;
    format!("{mebibytes:.1} MiB")
}

/// A time that sorts and can be a file's name: 2026-11-26T221530Z.
fn stamp(now: space_core::Timestamp) -> String {
    let (year, month, day) = now.date();
    let seconds = now.millis().div_euclid(1000).rem_euclid(86_400);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}{:02}{:02}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Says what went wrong with a backup, and what to try.
pub(super) fn worded(config: &Config, error: BackupError) -> Error {
    use crate::store::StoreError;
    let said = |error: BackupError| Error::from(anyhow::Error::from(error));
    match error {
        BackupError::Store(StoreError::NoSpace) => data_folder::no_space(config),
        BackupError::Store(error @ StoreError::Damaged { .. }) => {
            Error::from(anyhow::Error::from(error)).hint(
                "stop the server, keep a copy of the data folder, and restore the newest backup that is sound",
            )
        }
        BackupError::Store(error @ StoreError::NewerVersion { .. }) => {
            Error::from(anyhow::Error::from(error)).hint("use the version that serves this space")
        }
        BackupError::Store(error) => data_folder::cannot_open(config, &error),
        BackupError::Exists { .. } => Error::refused(error.to_string())
            .hint("name another file, or overwrite it with --force"),
        BackupError::Busy { .. } => {
            Error::refused(error.to_string()).hint("wait for it, or name another file")
        }
        BackupError::Restoring { .. } => Error::refused(error.to_string()).hint("wait for it"),
        BackupError::Unconfirmed { .. } => said(error).hint(
            "do not start the server: what was there before is beside it under space.db.before-NUMBER; test the disk, and restore again with --replace",
        ),
        BackupError::Occupied { .. } => Error::refused(error.to_string()).hint(
            match config.database() {
                Database::Sqlite(_) => {
                    "restore into an empty folder with --data-dir, or put the present database aside with --replace"
                }
                Database::Postgres(_) => {
                    "make an empty database (createdb), and name it in store.url"
                }
            },
        ),
        BackupError::InUse { .. } => {
            Error::refused(error.to_string()).hint("stop the server, then try again")
        }
        BackupError::NoBackup { .. } => {
            Error::refused(error.to_string()).hint("a file that `space-server backup` has made")
        }
        BackupError::Damaged { .. } => said(error).hint(
            "nothing was restored: take another copy of it, or an older backup",
        ),
        BackupError::Newer { .. } => {
            Error::refused(error.to_string()).hint("restore it with the version that made it, or a newer one")
        }
        BackupError::File { .. } => {
            said(error).hint("see whether the disk is full, and whether this user may write there")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use space_core::Timestamp;

    #[test]
    fn names_sort_by_time() {
        let at = |millis| stamp(Timestamp::from_millis(millis));
        assert_eq!(at(1_795_731_330_000), "2026-11-26T221530Z");
        assert!(at(1_795_731_330_000) < at(1_795_731_331_000));
    }
}
