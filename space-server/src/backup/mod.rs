// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Backups: a whole space in one file, made while the server runs, and restored on either engine.
//!
//! A backup is a tar archive, compressed with zstd unless told otherwise, so that `tar`, `zstd` and `jq` can look into
//! it. It begins with `backup.json`, which says what it is and which tables it has; then come the rows of each table as
//! lines of JSON arrays, in pieces; then the pictures; and at last `end.json` with the counts and a hash over everything
//! before it. An archive without that end is none, and nothing of it is restored.
//!
//! It holds everything: hashes of passwords and tokens, so that everybody stays signed in; keys of commands that were
//! done, so that whoever repeats one after the restore does not do it twice; confidential rows. So it is for nobody but
//! the operator, and its file is made that way.

mod archive;
mod compare;
mod make;
mod place;
mod restore;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::StoreError;
use crate::store::portable::{Gap, Gaps, Table};

pub(crate) use compare::Returned;
pub(crate) use make::{Make, make};
pub(crate) use restore::{Restore, Restored, restore};

/// What a backup says it is.
const FORMAT: &str = "space-backup";

/// The version of the format. What it holds follows the version of the tables, which is told beside it.
const FORMAT_VERSION: u32 = 1;

/// Why there is no backup, or none that can be restored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be used.
    #[error("{} could not be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file would be overwritten.
    #[error("there is a file {} already", path.display())]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// Another backup writes there.
    #[error("another backup is being written to {}", path.display())]
    Busy {
        /// Where.
        path: PathBuf,
    },
    /// Another restore writes there.
    #[error("another restore is writing to {}", path.display())]
    Restoring {
        /// Where.
        path: PathBuf,
    },
    /// What stands in the place after a restore is not what was restored.
    #[error("what stands in {} after the restore is not what was restored", path.display())]
    Unconfirmed {
        /// Which file.
        path: PathBuf,
        /// What was found.
        source: Box<StoreError>,
    },
    /// It is no backup of a space.
    #[error("{} is no backup of a space: {why}", path.display())]
    NoBackup {
        /// Which file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// It is cut or damaged.
    #[error("the backup {} is damaged: {why}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
    /// It was made by a newer version.
    #[error("the backup {} was made by version {program}, which this one does not know", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// What made it.
        program: String,
    },
    /// There is something where it is to be restored.
    #[error("there is something in {place} already")]
    Occupied {
        /// Where.
        place: String,
    },
    /// A server or another program uses the database that is to be replaced.
    #[error("{} is in use", path.display())]
    InUse {
        /// Which file.
        path: PathBuf,
    },
}

impl BackupError {
    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// What stands at the begin of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: String,
    format_version: u32,
    /// The version of the program that made it.
    program: String,
    /// When it was made, in milliseconds since 1970.
    made_at: i64,
    /// The number of the last migration of its tables.
    tables_version: i32,
    /// Its tables; one that refers to another stands after it.
    tables: Vec<Table>,
    /// Whether pictures come with it.
    has_media: bool,
}

/// What stands at the end of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    /// How many rows of each table there are.
    rows: BTreeMap<String, u64>,
    /// How many pictures.
    pictures: u64,
    /// SHA-256 over the names and contents of all entries before this one.
    sha256: String,
    /// What was not as it had been written when the backup was made; absent in backups of earlier versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gaps: Vec<Gap>,
    /// How many more there were than are named.
    #[serde(default, skip_serializing_if = "is_zero")]
    more_gaps: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What a backup holds, for people and for programs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Totals {
    /// Posts, with those that were deleted.
    pub(crate) posts: u64,
    /// Topics.
    pub(crate) topics: u64,
    /// Accounts.
    pub(crate) members: u64,
    /// Rows of all tables together.
    pub(crate) rows: u64,
    /// Pictures.
    pub(crate) pictures: u64,
    /// When it was made, in milliseconds since 1970.
    pub(crate) made_at: i64,
    /// What was not as it had been written: rows are mended or left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) gaps: Vec<Gap>,
    /// How many more there were than are named.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) more_gaps: u64,
}

impl Totals {
    fn of(manifest: &Manifest, end: &End) -> Self {
        let of = |table: &str| end.rows.get(table).copied().unwrap_or(0);
        Self {
            posts: of("post"),
            topics: of("topic"),
            members: of("member"),
            rows: end.rows.values().sum(),
            pictures: end.pictures,
            made_at: manifest.made_at,
            gaps: end.gaps.clone(),
            more_gaps: end.more_gaps,
        }
    }

    /// Returns how many things were not as they had been written.
    pub(crate) fn gap_count(&self) -> u64 {
        self.more_gaps + self.gaps.len() as u64
    }

    /// Adds what was found while it was restored.
    fn add(&mut self, found: &Gaps) {
        self.gaps.extend_from_slice(found.named());
        self.more_gaps += found.more();
    }
}

#[cfg(test)]
mod tests;
