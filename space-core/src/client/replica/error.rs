// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can go wrong with the replica.

/// What went wrong with the replica.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// The file cannot be made, or its permissions cannot be set.
    #[error("cannot prepare the local copy {path:?}")]
    File {
        /// Which file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite refused: the disk is full or broken, or the file is no database.
    #[error("the local copy failed while {doing}")]
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
    /// A later version of the program wrote this file.
    #[error(
        "a newer version of space wrote the local copy (version {found}, this program knows {known})"
    )]
    TooNew {
        /// The version of the file.
        found: usize,
        /// The latest version that is known here.
        known: usize,
    },
    /// An earlier version of the program wrote this file, and it cannot be written to bring it up to date.
    #[error(
        "the local copy is of version {found}, and cannot be brought to {known} where it cannot be written"
    )]
    Outdated {
        /// The version of the file.
        found: usize,
        /// The version that is needed.
        known: usize,
    },
    /// Somebody else took in rows in the meantime: these no longer follow on what is there.
    #[error("the local copy has moved on in the meantime")]
    MovedOn,
    /// What is to be taken in is of another space than the copy.
    #[error("the local copy is of another space than {name:?}, which answers at its address now")]
    OtherSpace {
        /// What the other one is called.
        name: String,
    },
    /// It was ended from another thread; see [`Interrupter`](super::Interrupter).
    #[error("it was interrupted")]
    Interrupted,
    /// What is stored does not read back: the file is damaged.
    #[error("the local copy holds something unreadable: {what}")]
    Damaged {
        /// What cannot be read.
        what: String,
    },
}

impl ReplicaError {
    /// Returns what kind of trouble it is.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::TooNew { .. } => Trouble::Newer,
            Self::Damaged { .. } => Trouble::Damaged,
            Self::File { source, .. } => of_system(source),
            Self::Sqlite { source, .. } => of_sqlite(source),
            Self::Outdated { .. } => Trouble::Place,
            _ => Trouble::Other,
        }
    }
}

/// What kind of trouble there is with the file, for those who word it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full.
    Full,
    /// The file, or what SQLite keeps beside it, cannot be written or made: the disk is full, or rights are missing.
    Place,
    /// Another program holds it.
    Busy,
    /// A newer version of the program wrote it.
    Newer,
    /// It is no database, or a damaged one.
    Damaged,
    /// None of these.
    Other,
}

fn of_system(error: &std::io::Error) -> Trouble {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Trouble::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotFound => {
            Trouble::Place
        }
        _ => Trouble::Other,
    }
}

fn of_sqlite(error: &rusqlite::Error) -> Trouble {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Trouble::Full,
        // SQLite says this of the index beside the file also when there is no room for it.
        Some(
            ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure,
        ) => Trouble::Place,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Trouble::Damaged,
        _ => Trouble::Other,
    }
}
