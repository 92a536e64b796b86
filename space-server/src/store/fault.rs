// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The cause behind an error of the store, as far as the two engines tell it: one place for start-up, `doctor`, HTTP and
//! `/readyz`.

use std::error::Error;
use std::io::ErrorKind;

use super::StoreError;

/// The cause of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No room is left where the data is kept.
    Full,
    /// The disk, the file or the database takes no writes.
    ReadOnly,
    /// The user of this process has no rights on a file or folder.
    Forbidden,
    /// The disk failed in another way.
    Io,
    /// The file could not be opened.
    CannotOpen,
    /// The file holds something else.
    NotADatabase,
    /// The file is damaged.
    Damaged,
    /// Another process holds the lock.
    Locked,
    /// The tables are of a newer version.
    Newer,
    /// The tables are of an older version, and must not be touched.
    Older,
    /// The database cannot hold every character.
    Encoding,
    /// The database server does not answer.
    Away,
    /// The database server starts or stops.
    Restarting,
    /// The database server has no connection left.
    Crowded,
    /// The database server does not know the role, or the password is wrong.
    WrongPassword,
    /// The database server has no such database.
    NoDatabase,
    /// The role may not do that in the database.
    NoRights,
    /// The database server gave up: a timeout, a deadlock.
    GaveUp,
    /// This process closes the store.
    Stopping,
    /// Anything else: a fault of the program.
    Other,
}

impl Fault {
    /// Says whether trying again later may help: the store was not reached, is busy, full or stopping. What a statement
    /// refuses is refused the next time too.
    pub(crate) fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Full
                | Self::ReadOnly
                | Self::Forbidden
                | Self::Io
                | Self::CannotOpen
                | Self::Locked
                | Self::Away
                | Self::Restarting
                | Self::Crowded
                | Self::WrongPassword
                | Self::NoDatabase
                | Self::GaveUp
                | Self::Stopping
        )
    }

    /// Says whether nothing can be written as long as it lasts, whoever writes.
    pub(crate) fn stops_writes(self) -> bool {
        self.is_passing() && !matches!(self, Self::Locked | Self::GaveUp | Self::Stopping)
    }

    /// Returns what clients are told: why, and neither a path nor an address.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Full => "the disk of the server is full",
            Self::ReadOnly | Self::Forbidden => {
                "the server cannot write: its database is read-only"
            }
            Self::Io | Self::CannotOpen => "the disk of the server fails",
            Self::Locked => "the database of the server is in use by another program",
            Self::Away | Self::WrongPassword | Self::NoDatabase => {
                "the server does not reach its database"
            }
            Self::Restarting => "the database of the server is restarting",
            Self::Crowded => "the database of the server has no connection left",
            Self::GaveUp => "the database of the server took too long",
            Self::Stopping => "the server is stopping",
            _ => "the server failed; it has been logged",
        }
    }
}

impl StoreError {
    /// Returns the cause.
    pub(crate) fn fault(&self) -> Fault {
        match self {
            Self::Sqlite(error) => of_sqlite(error),
            Self::Postgres(error) => of_postgres(error),
            Self::Pool(deadpool_postgres::PoolError::Backend(error)) => match of_postgres(error) {
                // Whatever it is, there is no connection.
                Fault::Other => Fault::Away,
                fault => fault,
            },
            Self::Pool(_) => Fault::Away,
            Self::File { source, .. } => of_file(source.kind()),
            Self::Damaged { .. } => Fault::Damaged,
            Self::NewerVersion { .. } => Fault::Newer,
            Self::MigrationPending => Fault::Older,
            Self::Encoding { .. } => Fault::Encoding,
            Self::Stopped => Fault::Stopping,
            Self::Migration(error) => {
                let mut next: Option<&(dyn Error + 'static)> = Some(error.as_ref());
                while let Some(error) = next {
                    if let Some(error) = error.downcast_ref::<rusqlite::Error>() {
                        return of_sqlite(error);
                    }
                    if let Some(error) = error.downcast_ref::<tokio_postgres::Error>() {
                        return of_postgres(error);
                    }
                    next = error.source();
                }
                Fault::Other
            }
            _ => Fault::Other,
        }
    }
}

fn of_sqlite(error: &rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Fault::Full,
        Some(ErrorCode::ReadOnly) => Fault::ReadOnly,
        Some(ErrorCode::PermissionDenied) => Fault::Forbidden,
        Some(ErrorCode::SystemIoFailure) => Fault::Io,
        Some(ErrorCode::CannotOpen) => Fault::CannotOpen,
        Some(ErrorCode::NotADatabase) => Fault::NotADatabase,
        Some(ErrorCode::DatabaseCorrupt) => Fault::Damaged,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Locked,
        _ => Fault::Other,
    }
}

fn of_file(kind: ErrorKind) -> Fault {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Fault::Full,
        ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
        ErrorKind::PermissionDenied => Fault::Forbidden,
        _ => Fault::Io,
    }
}

fn of_postgres(error: &tokio_postgres::Error) -> Fault {
    use tokio_postgres::error::SqlState as Is;
    // Without a code it is the connection that failed.
    let Some(code) = error.code() else {
        return Fault::Away;
    };
    let known = [
        (Is::DISK_FULL, Fault::Full),
        (Is::READ_ONLY_SQL_TRANSACTION, Fault::ReadOnly),
        (Is::IO_ERROR, Fault::Io),
        (Is::DATA_CORRUPTED, Fault::Damaged),
        (Is::INDEX_CORRUPTED, Fault::Damaged),
        (Is::LOCK_NOT_AVAILABLE, Fault::Locked),
        (Is::ADMIN_SHUTDOWN, Fault::Restarting),
        (Is::CRASH_SHUTDOWN, Fault::Restarting),
        (Is::CANNOT_CONNECT_NOW, Fault::Restarting),
        (Is::IDLE_IN_TRANSACTION_SESSION_TIMEOUT, Fault::GaveUp),
        (Is::TOO_MANY_CONNECTIONS, Fault::Crowded),
        (Is::QUERY_CANCELED, Fault::GaveUp),
        (Is::T_R_SERIALIZATION_FAILURE, Fault::GaveUp),
        (Is::T_R_DEADLOCK_DETECTED, Fault::GaveUp),
        (Is::INVALID_PASSWORD, Fault::WrongPassword),
        (
            Is::INVALID_AUTHORIZATION_SPECIFICATION,
            Fault::WrongPassword,
        ),
        (Is::INVALID_CATALOG_NAME, Fault::NoDatabase),
        (Is::INSUFFICIENT_PRIVILEGE, Fault::NoRights),
    ];
    let fault = known.iter().find(|(known, _)| known == code);
    fault.map_or(Fault::Other, |(_, fault)| *fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Result codes of SQLite, as its documentation numbers them.
    #[rstest]
    #[case::full(13, Fault::Full)]
    #[case::read_only_folder(1544, Fault::ReadOnly)]
    #[case::no_shared_memory(4874, Fault::Io)]
    #[case::cannot_open(14, Fault::CannotOpen)]
    #[case::not_a_database(26, Fault::NotADatabase)]
    #[case::truncated(11, Fault::Damaged)]
    #[case::busy(5, Fault::Locked)]
    #[case::a_wrong_statement(1, Fault::Other)]
    fn sqlite_code_has_its_fault(#[case] code: i32, #[case] want: Fault) {
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        assert_eq!(StoreError::from(error).fault(), want);
    }

    #[rstest]
    #[case(ErrorKind::StorageFull, Fault::Full)]
    #[case(ErrorKind::ReadOnlyFilesystem, Fault::ReadOnly)]
    #[case(ErrorKind::PermissionDenied, Fault::Forbidden)]
    fn file_error_has_its_fault(#[case] kind: ErrorKind, #[case] want: Fault) {
        assert_eq!(of_file(kind), want);
    }

    #[test]
    fn what_clients_are_told_names_no_place() {
        for fault in [
            Fault::Full,
            Fault::ReadOnly,
            Fault::Io,
            Fault::Away,
            Fault::Locked,
        ] {
            assert!(fault.is_passing());
            assert!(!fault.told().contains('/'), "{}", fault.told());
        }
        assert!(!Fault::Other.is_passing());
        assert!(!Fault::Locked.stops_writes());
    }
}
