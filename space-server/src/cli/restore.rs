// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server restore`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use space_core::{Clock, Timestamp};

use super::backup::{counted, gaps_said, progress, run, worded};
use super::error::Error;
use super::operate::log_for_commands;
use super::{data_folder, output};
use crate::backup::{self, Restore as What, Restored, Returned, Totals};
use crate::clock::{OsEntropy, SystemClock};
use crate::config::{Database, Loaded};

/// Bring a space back from a backup, into an empty data folder or database
///
/// The whole backup is checked before anything is written, and what was written is read again before it is reported. A
/// restore that breaks off leaves nothing half. Accounts, passwords and tokens stay as they were when the backup was
/// made: what was revoked, taken away or hidden since is there again, and is listed when the former database is here to
/// compare with. What was written after the backup is gone: clients notice by a new epoch that they have to read the
/// space again, and send what they still have to send; no number that may have been given out since is given out again.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    path: PathBuf,

    /// Put a database that is there aside, damaged or not, under another name in the same folder; for SQLite, with the
    /// server stopped
    #[arg(long)]
    replace: bool,

    /// Revoke all tokens that are in the backup: everybody signs in again, bridges need a new token
    #[arg(long)]
    sign_everybody_out: bool,

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
    put_aside_files: &'a [PathBuf],
    signed_everybody_out: bool,
    came_back: &'a Returned,
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
            signs_out: self.sign_everybody_out,
            now: SystemClock.now(),
        };
        let restored = run(backup::restore(config, &what, &OsEntropy, &progress()))?
            .map_err(|error| worded(config, error))?;
        let place = match config.database() {
            Database::Sqlite(file) => file.display().to_string(),
            Database::Postgres(url) => url.to_string(),
        };
        if self.json {
            output::json_lines(&[Report {
                place: &place,
                put_aside: restored.put_aside.first().map(PathBuf::as_path),
                put_aside_files: &restored.put_aside,
                signed_everybody_out: self.sign_everybody_out,
                came_back: &restored.returned,
                totals: &restored.totals,
            }])?;
        } else {
            output::text(&told(&restored, &place, self.sign_everybody_out))?;
        }
        gaps_said(&restored.totals)
    }
}

/// How many of a kind are shown.
const SHOWN: usize = 20;

/// Says what was restored, and what that means.
fn told(restored: &Restored, place: &str, signs_out: bool) -> String {
    let totals = &restored.totals;
    let mut text = format!("Restored {} into {place}.\n", counted(totals));
    let aside: Vec<String> = restored
        .put_aside
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    if !aside.is_empty() {
        let _ = writeln!(
            text,
            "The former database is in {} now; remove it when nobody misses it.",
            aside.join(", ")
        );
    }
    let made = Timestamp::from_millis(totals.made_at);
    match &restored.returned {
        Returned::Known(found) if found.is_empty() => {
            text.push_str("Nothing came back that was revoked, taken away, hidden or deleted since the backup.\n");
        }
        Returned::Known(found) => {
            let _ = writeln!(text, "Came back, because the backup is of {made}:");
            for one in found {
                let named = one.named.iter().take(SHOWN).cloned().collect::<Vec<_>>();
                let more = one.count - named.len() as u64;
                let more = if more > 0 {
                    format!(" and {more} more (--json names them)")
                } else {
                    String::new()
                };
                let _ = writeln!(
                    text,
                    "  {} {}: {}{more}",
                    one.count,
                    one.title,
                    named.join(", ")
                );
            }
        }
        Returned::Unknown | Returned::OtherSpace => {
            let tokens = if signs_out {
                "Passwords"
            } else {
                "Tokens, passwords"
            };
            let _ = writeln!(
                text,
                "{tokens}, roles, groups and hidden posts are as they were on {made}; what was taken away or hidden \
                 since is not known here."
            );
        }
    }
    text.push_str(if signs_out {
        "All tokens were revoked: everybody signs in again.\n"
    } else {
        "Tokens of that time are valid; --sign-everybody-out revokes them.\n"
    });
    text
}
