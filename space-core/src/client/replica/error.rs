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
    #[error("the local copy is of version {found}, this program knows {known}: update it")]
    TooNew {
        /// The version of the file.
        found: usize,
        /// The latest version that is known here.
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
