// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The SQLite file of a profile: how it is opened, and its tables.

mod read_only;

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::client::replica::ReplicaError;

pub(super) use read_only::open_or_read_only;

/// The steps from one version of the tables to the next: the version that a step makes, and how. A released step is never
/// edited. A number may be left out.
const MIGRATIONS: &[Step] = &[
    (1, include_str!("database/V0001__first.sql"), None),
    (
        2,
        include_str!("database/V0002__own_marks.sql"),
        Some(crate::client::replica::index_again),
    ),
    (3, include_str!("database/V0003__drafts.sql"), None),
    (4, include_str!("database/V0004__merge_less.sql"), None),
    (5, include_str!("database/V0005__identity.sql"), None),
    (6, include_str!("database/V0006__waiting.sql"), None),
    (7, include_str!("database/V0007__tags.sql"), None),
    (9, include_str!("database/V0009__coverage.sql"), None),
];

/// How long to wait for another program that writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The version that this program makes.
const VERSION: usize = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// A version, statements, and what only the program can do after them.
type Step = (
    usize,
    &'static str,
    Option<fn(&rusqlite::Transaction<'_>) -> Result<(), ReplicaError>>,
);

/// What happens when the power fails just after a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// The last commits may be undone, each as a whole: for what the server sends again.
    Restorable,
    /// Every commit stays: for what people wrote.
    Lasting,
}

/// Adds what was being done to an error of SQLite.
pub(super) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, ReplicaError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, ReplicaError> {
        self.map_err(|source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => ReplicaError::Interrupted,
            _ => ReplicaError::Sqlite { doing, source },
        })
    }
}

/// Opens the file, makes it when it is not there, and brings its tables up to date.
fn open(path: &Path, durability: Durability) -> Result<Connection, ReplicaError> {
    private(path).map_err(|source| ReplicaError::File {
        path: path.to_owned(),
        source,
    })?;
    let connection = Connection::open(path).doing("opening the file")?;
    prepare(connection, durability)
}

/// Opens tables that live as long as the connection.
pub(super) fn open_in_memory() -> Result<Connection, ReplicaError> {
    let connection = Connection::open_in_memory().doing("opening memory")?;
    prepare(connection, Durability::Restorable)
}

/// Makes sure that the file is there and only its owner can read it. SQLite gives its side files the same permissions.
///
/// A file that is there is never opened here: POSIX takes away every lock that a process holds on a file when it closes
/// any descriptor of it. SQLite would go on without its locks, and the next program to finish with the file would
/// remove the log under those that still use it (<https://www.sqlite.org/howtocorrupt.html>, section 2.2).
fn private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => narrow(path),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn narrow(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if std::fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn narrow(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn prepare(mut connection: Connection, durability: Durability) -> Result<Connection, ReplicaError> {
    connection
        .busy_timeout(PATIENCE)
        .doing("opening the file")?;
    // The cache is in KiB and grows with what is looked at; 8 MiB hold the inner pages of a million posts. The file is not
    // mapped: whatever was looked at would count as memory of the terminal.
    //
    // The log is brought into the file when it has so many pages of 4 KiB. A page of the feed changes more than the usual
    // thousand, most of them again with the next one. The connection of the outbox is also that of the screen, which shall
    // not be the one that waits for it: it leaves that to the follower as long as the log is not very long.
    let (synchronous, checkpoint, cache) = match durability {
        Durability::Restorable => ("normal", 4_000, 8_192),
        Durability::Lasting => ("full", 16_000, 2_048),
    };
    // What is deleted is overwritten: other people's words are not ours to keep once they are withdrawn.
    connection
        .execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma cache_size = -{cache};
             pragma temp_store = memory; pragma journal_size_limit = 67108864;
             pragma wal_autocheckpoint = {checkpoint}; pragma secure_delete = on;"
        ))
        .doing("opening the file")?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), ReplicaError> {
    const DOING: &str = "bringing its tables up to date";
    let version = |connection: &Connection| {
        connection.query_row("pragma user_version", [], |row| row.get::<_, usize>(0))
    };
    if version(connection).doing(DOING)? == VERSION {
        return Ok(());
    }
    // Two programs may start at once: the version counts that is read under the lock.
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .doing(DOING)?;
    let found = version(&transaction).doing(DOING)?;
    if found > VERSION {
        return Err(too_new(found));
    }
    for (_, statements, program) in MIGRATIONS.iter().filter(|step| step.0 > found) {
        transaction.execute_batch(statements).doing(DOING)?;
        if let Some(program) = program {
            program(&transaction)?;
        }
    }
    transaction
        .pragma_update(None, "user_version", VERSION)
        .doing(DOING)?;
    transaction.commit().doing(DOING)
}

fn too_new(found: usize) -> ReplicaError {
    ReplicaError::TooNew {
        found,
        known: VERSION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_later_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let connection = open(&path, Durability::Restorable).unwrap();
        connection
            .pragma_update(None, "user_version", 9999)
            .unwrap();
        drop(connection);
        assert!(matches!(
            open(&path, Durability::Restorable),
            Err(ReplicaError::TooNew { found: 9999, .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_file_and_its_side_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let _connection = open(&path, Durability::Lasting).unwrap();
        let mut seen = 0;
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
            seen += 1;
        }
        assert!(seen >= 2, "the write-ahead log is there");
    }

    /// See [`private`]: closing any descriptor of the file would take the locks of every connection of this process.
    #[cfg(target_os = "linux")]
    #[test]
    fn opening_again_keeps_the_locks_of_what_is_open() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let first = open(&path, Durability::Lasting).unwrap();
        let inode = format!(":{} ", std::fs::metadata(&path).unwrap().ino());
        let locks = || {
            let all = std::fs::read_to_string("/proc/locks").unwrap();
            all.lines().filter(|line| line.contains(&inode)).count()
        };
        assert!(
            locks() > 0,
            "a connection in WAL mode holds a lock on its file"
        );
        let second = open(&path, Durability::Restorable).unwrap();
        drop(second);
        assert!(locks() > 0, "the first connection has lost its lock");
        drop(first);
        assert_eq!(locks(), 0);
    }
}
