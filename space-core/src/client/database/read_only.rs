// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading a file that cannot be written: on a full disk, a read-only file system, in a folder of somebody else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Doing as _, Durability, VERSION, open, too_new};
use crate::client::replica::ReplicaError;

/// How long another program may hold the file. It is not expected to: a program that can write would write here too.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the file; when it cannot be written, for reading alone. The second value says why.
pub(in crate::client) fn open_or_read_only(
    path: &Path,
    durability: Durability,
) -> Result<(Connection, Option<ReplicaError>), ReplicaError> {
    let error = match open(path, durability) {
        // SQLite opens a file that may not be written all the same, and says so with the first write.
        Ok(connection) if connection.is_readonly("main").unwrap_or(false) => {
            denied(path, "the file may not be written")
        }
        Ok(connection) => return Ok((connection, None)),
        Err(error) => error,
    };
    if !is_about_writing(&error) || !path.exists() {
        return Err(error);
    }
    match read_only(path) {
        Ok(connection) => Ok((connection, Some(error))),
        Err(newer @ ReplicaError::TooNew { .. }) => Err(newer),
        // The first error says what is wrong with the place; the second only that there is no way around it.
        Err(_) => Err(error),
    }
}

fn denied(path: &Path, why: &str) -> ReplicaError {
    ReplicaError::File {
        path: path.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::PermissionDenied, why),
    }
}

/// Returns whether the file may well be readable all the same.
fn is_about_writing(error: &ReplicaError) -> bool {
    match error {
        ReplicaError::File { .. } => true,
        ReplicaError::Sqlite { source, .. } => matches!(
            source.sqlite_error_code(),
            Some(
                ErrorCode::ReadOnly
                    | ErrorCode::DiskFull
                    | ErrorCode::CannotOpen
                    | ErrorCode::PermissionDenied
                    | ErrorCode::SystemIoFailure
            )
        ),
        _ => false,
    }
}

/// Tries, in this order: beside the programs that write; without the index of the log that SQLite would have to make; and
/// as a file that nobody changes, when there is no log.
fn read_only(path: &Path) -> Result<Connection, ReplicaError> {
    const DOING: &str = "opening the file for reading alone";
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plain = Connection::open_with_flags(address(path, "mode=ro"), flags)
        .doing(DOING)
        .and_then(readable);
    match plain {
        Ok(connection) => return Ok(connection),
        Err(newer @ ReplicaError::TooNew { .. }) => return Err(newer),
        Err(_) => {}
    }
    if has_log(path) {
        // With the whole file locked the index of the log is kept in memory; a full disk does not mind locks.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).doing(DOING)?;
        connection
            .execute_batch("pragma locking_mode = exclusive; pragma query_only = on;")
            .doing(DOING)?;
        return readable(connection);
    }
    Connection::open_with_flags(address(path, "mode=ro&immutable=1"), flags)
        .doing(DOING)
        .and_then(readable)
}

/// Makes sure that the tables are there, in the form that this program reads.
fn readable(connection: Connection) -> Result<Connection, ReplicaError> {
    const DOING: &str = "reading the file";
    connection.busy_timeout(PATIENCE).doing(DOING)?;
    connection
        .execute_batch("pragma cache_size = -8192; pragma temp_store = memory;")
        .doing(DOING)?;
    connection.set_prepared_statement_cache_capacity(64);
    let found: usize = connection
        .query_row("pragma user_version", [], |row| row.get(0))
        .doing(DOING)?;
    match found {
        VERSION => {
            let _: i64 = connection
                .query_row("select generation from copy", [], |row| row.get(0))
                .doing(DOING)?;
            Ok(connection)
        }
        newer if newer > VERSION => Err(too_new(newer)),
        older => Err(ReplicaError::Outdated {
            found: older,
            known: VERSION,
        }),
    }
}

/// Returns whether something is in the log that is not in the file yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0)
}

/// Returns the address of a file, as SQLite reads it.
fn address(path: &Path, how: &str) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                address.push(char::from(*byte));
            }
            other => {
                let _ = write!(address, "%{other:02x}");
            }
        }
    }
    format!("{address}?{how}")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Lets SQLite neither open nor make the index of the log.
    fn no_index(path: &Path) {
        let mut index = path.as_os_str().to_owned();
        index.push("-shm");
        std::os::unix::fs::symlink("nowhere/at/all", index)
            .expect("the folder is of this test alone");
    }

    #[test]
    fn read_only_copy_is_read_with_and_without_a_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a copy?#%.db");
        let writer = open(&path, Durability::Lasting).unwrap();
        writer.execute("update copy set me = 42", []).unwrap();
        let me = |connection: &Connection| -> i64 {
            connection
                .query_row("select me from copy", [], |row| row.get(0))
                .unwrap()
        };
        assert!(has_log(&path));
        // Tests may run as root, whom no permission stops: what is left of it is called itself.
        assert_eq!(me(&read_only(&path).unwrap()), 42);
        drop(writer);
        assert!(!has_log(&path));
        let connection = read_only(&path).unwrap();
        assert_eq!(me(&connection), 42);
        let refused = connection.execute("update copy set me = 1", []);
        assert!(refused.is_err());
    }

    #[test]
    fn log_that_a_killed_program_left_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (path, left) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let writer = open(&path, Durability::Lasting).unwrap();
        writer.execute("update copy set me = 42", []).unwrap();
        // What is there when a program is killed: a log, and no index that anybody keeps.
        std::fs::copy(&path, &left).unwrap();
        std::fs::copy(
            folder.path().join("a.db-wal"),
            folder.path().join("b.db-wal"),
        )
        .unwrap();
        no_index(&left);
        assert!(open(&left, Durability::Lasting).is_err());
        let (connection, why) = open_or_read_only(&left, Durability::Lasting).unwrap();
        assert!(why.is_some());
        let me: i64 = connection
            .query_row("select me from copy", [], |row| row.get(0))
            .unwrap();
        assert_eq!(me, 42);
    }

    #[test]
    fn newer_copy_is_named_as_such_though_it_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let writer = open(&path, Durability::Lasting).unwrap();
        writer.pragma_update(None, "user_version", 9999).unwrap();
        drop(writer);
        no_index(&path);
        let opened = open_or_read_only(&path, Durability::Lasting);
        assert!(matches!(
            opened,
            Err(ReplicaError::TooNew { found: 9999, .. })
        ));
    }
}
