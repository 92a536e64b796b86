// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the operator is told when the store cannot be used: the cause in one sentence, and what to do.
//!
//! SQLite tells too little: a full disk is an "I/O error within the `xShmMap` method", a read-only folder an "unable to open".
//! So the folder is looked at, too.

use std::error::Error;
use std::path::Path;

use rustix::fs::StatVfsMountFlags;
use space_core::chain;

use super::{Fault, StoreError, migrate};
use crate::config::Database;

/// How a database for a space is made.
pub(crate) const CREATEDB: &str = "createdb --template template0 --encoding UTF8 --locale C";

/// Less room than this, and SQLite cannot even make the files beside its own.
const SOME_ROOM: u64 = 64 << 10;

/// The cause, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    /// The cause.
    pub(crate) why: String,
    /// What to do.
    pub(crate) hint: String,
}

impl Diagnosis {
    fn new(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            hint: hint.into(),
        }
    }
}

/// Says why a database cannot be used, and what to do.
pub(crate) fn diagnose(database: &Database, error: &StoreError) -> Diagnosis {
    let fault = error.fault();
    match fault {
        Fault::Newer => return newer(error),
        Fault::Older => {
            return Diagnosis::new(
                error.to_string(),
                "make a backup with `space-server backup`, then start without --no-migrate and with \
                 store.migrate = true, which is the default",
            );
        }
        _ => {}
    }
    match database {
        Database::Sqlite(file) => of_file(file, fault, error),
        Database::Postgres(_) => of_server(fault, error),
    }
}

fn newer(error: &StoreError) -> Diagnosis {
    let why = match error {
        StoreError::NewerVersion { version } => format!(
            "a newer version of this program has updated it: its tables are of version {version}, and this program knows up to {}",
            migrate::newest()
        ),
        error => error.to_string(),
    };
    Diagnosis::new(
        why,
        "run the version that updated it, or a newer one; for this version, restore a backup from before the update",
    )
}

fn of_file(file: &Path, fault: Fault, error: &StoreError) -> Diagnosis {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let absolute = std::path::absolute(folder);
    let folder = absolute.as_deref().unwrap_or(folder);
    let (shown, place) = (file.display(), folder.display());
    let has_no_room = room(folder).is_some_and(|free| free < SOME_ROOM);
    match fault {
        Fault::Full => full(folder),
        // These are what a full disk looks like where SQLite wants to make its `-wal` and `-shm`.
        Fault::Io | Fault::CannotOpen | Fault::ReadOnly if has_no_room => full(folder),
        Fault::ReadOnly | Fault::Forbidden | Fault::CannotOpen if is_read_only(folder) => {
            Diagnosis::new(
                format!("the disk is read-only: {place}"),
                "mount it for writing (`mount -o remount,rw`), or move the data folder to another disk; \
                 a disk that became read-only by itself is failing: see `dmesg`",
            )
        }
        Fault::ReadOnly | Fault::Forbidden | Fault::CannotOpen => Diagnosis::new(
            format!("this user may not write {shown}, or make files beside it in {place}"),
            format!(
                "run this as the user of the server, or give that user the folder: chown -R USER {place}"
            ),
        ),
        Fault::Io => Diagnosis::new(
            format!("the disk failed: {}", chain(error)),
            "see `dmesg` for what the disk says, and keep a copy of the data folder before anything else",
        ),
        Fault::NotADatabase => Diagnosis::new(
            format!("{shown} is not a SQLite database"),
            "that file holds something else: name another folder with --data-dir, or bring the file back from a backup",
        ),
        Fault::Damaged => Diagnosis::new(
            format!("the database is damaged: {}", innermost(error)),
            format!(
                "stop the server, keep a copy of {place}, and restore the newest backup with `space-server restore`"
            ),
        ),
        Fault::Locked => Diagnosis::new(
            "another program holds the lock of the database",
            format!("see which one has it open with `fuser -v {shown}`, and let it end"),
        ),
        _ => Diagnosis::new(
            chain(error),
            "run `space-server doctor`, and see the log of the server",
        ),
    }
}

fn full(folder: &Path) -> Diagnosis {
    Diagnosis::new(
        format!("the disk is full: {}", folder.display()),
        "make room there; the server then goes on by itself",
    )
}

/// Returns how many bytes this user may still write in a folder.
pub(crate) fn room(folder: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// Says whether the file system of a folder takes no writes.
pub(crate) fn is_read_only(folder: &Path) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|stat| stat.f_flag.contains(StatVfsMountFlags::RDONLY))
}

fn of_server(fault: Fault, error: &StoreError) -> Diagnosis {
    let said = innermost(error);
    let lower = said.to_lowercase();
    let is_tls = ["tls", "certificate", "ssl"]
        .iter()
        .any(|word| lower.contains(word));
    match fault {
        Fault::Encoding => Diagnosis::new(
            error.to_string(),
            format!(
                "make another database with `{CREATEDB} NAME`, and name it in store.url; a space that is in this one \
                 moves with `space-server backup` and `space-server restore`"
            ),
        ),
        Fault::Full => Diagnosis::new(
            "the disk of the database server is full",
            "make room there; the server then goes on by itself",
        ),
        Fault::ReadOnly => Diagnosis::new(
            format!("the database takes no writes: {said}"),
            "name the primary in store.url when this is a standby, or set default_transaction_read_only to off",
        ),
        Fault::Away if lower.contains("password") => Diagnosis::new(
            "the database server wants a password, and store.url has none",
            "put it into a file that only this user can read, and name that in store.url_file",
        ),
        Fault::Away if is_tls => Diagnosis::new(
            format!("the encrypted connection to the database server failed: {said}"),
            "see sslmode and sslrootcert in store.url, and the certificate of that server",
        ),
        Fault::Away => Diagnosis::new(
            format!("the database server does not answer: {said}"),
            "see whether it runs (`pg_isready`), and whether store.url names its address and port",
        ),
        Fault::Restarting => Diagnosis::new(
            format!("the database server is starting or stopping: {said}"),
            "wait until it is ready (`pg_isready`), then try again",
        ),
        Fault::Crowded => Diagnosis::new(
            format!("the database server has no connection left: {said}"),
            "raise its max_connections, or lower store.pool_size",
        ),
        Fault::WrongPassword => Diagnosis::new(
            format!("the database server refuses the log-in: {said}"),
            "correct the user and the password in store.url or store.url_file; pg_hba.conf says who may log in how",
        ),
        Fault::NoDatabase => Diagnosis::new(
            said,
            format!(
                "correct its name in store.url, or make it with `{CREATEDB} --owner ROLE NAME`"
            ),
        ),
        Fault::NoRights => Diagnosis::new(
            said,
            "make the role of store.url the owner: `alter database NAME owner to ROLE`",
        ),
        Fault::Damaged => Diagnosis::new(
            format!("the database is damaged: {said}"),
            "stop the server, keep a copy of the database cluster, and restore the newest backup with `space-server restore`",
        ),
        _ => Diagnosis::new(
            chain(error),
            "see the log of the database server, and whether this user may use that database",
        ),
    }
}

/// Returns the last cause: what the libraries around it add says nothing to an operator.
fn innermost(error: &StoreError) -> String {
    let mut innermost: &(dyn Error + 'static) = error;
    while let Some(source) = innermost.source() {
        innermost = source;
        // Its own source says the same, less exactly.
        if let Some(rusqlite::Error::SqliteFailure(_, Some(said))) = innermost.downcast_ref() {
            return said.clone();
        }
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn sqlite(code: i32) -> StoreError {
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into()
    }

    #[rstest]
    #[case::full(13, "the disk is full: ")]
    #[case::damaged(11, "damaged")]
    #[case::not_a_database(26, "not a SQLite database")]
    #[case::read_only(8, "may not write")]
    #[case::locked(5, "holds the lock")]
    fn sqlite_fault_names_cause_and_place(#[case] code: i32, #[case] want: &str) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("space.db"));
        let found = diagnose(&database, &sqlite(code));
        assert!(found.why.contains(want), "{found:?}");
        assert!(!found.hint.is_empty());
    }

    #[test]
    fn newer_tables_are_named_with_both_versions() {
        let database = Database::Sqlite("space.db".into());
        let found = diagnose(&database, &StoreError::NewerVersion { version: 4711 });
        assert!(found.why.contains("4711"), "{found:?}");
        assert!(
            found.why.contains(&migrate::newest().to_string()),
            "{found:?}"
        );
        assert!(!found.hint.contains("disk"), "{found:?}");
    }
}
