// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The memory of the bridge: one SQLite file of its own, in which everything is written down before it has effects.
//!
//! Reading takes `&Store`, so whoever is handed one cannot write; writing goes through [`Change`]s. A commit survives a
//! power cut, unless it says only how far a sending came.

mod change;
mod read;
mod report;
mod write;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use space_core::Entropy;

pub(crate) use change::Change;
pub(in crate::relay) use read::Waiting;
pub(crate) use report::{Condition, RoomReport, report};

/// The steps from one version of the tables to the next. A released step is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("V0001__first.sql"),
    include_str!("V0002__presence.sql"),
    include_str!("V0003__tries.sql"),
];

/// What can go wrong with the memory.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The file cannot be made, locked or closed to others.
    #[error("cannot use {} as the memory of the bridge", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another program has it.
    #[error("another space-bridge is at work on {}", path.display())]
    Taken {
        /// Which file.
        path: PathBuf,
    },
    /// It belongs to another server.
    #[error("{} belongs to {found}, not to {wanted}", path.display())]
    OtherServer {
        /// Which file.
        path: PathBuf,
        /// Whose it is.
        found: String,
        /// Whose it should be.
        wanted: String,
    },
    /// A later version of the program wrote it.
    #[error(
        "a later version of space-bridge wrote the memory (tables of version {found}, known are {known})"
    )]
    TooNew {
        /// The version of its tables.
        found: usize,
        /// The version that is known here.
        known: usize,
    },
    /// SQLite failed.
    #[error("the memory of the bridge failed")]
    Sqlite(#[from] rusqlite::Error),
    /// Something that was written down cannot be read.
    #[error("the memory of the bridge holds something that cannot be read")]
    Json(#[from] serde_json::Error),
    /// Something that was written down makes no sense.
    #[error("the memory of the bridge holds {what}, which makes no sense")]
    Nonsense {
        /// What.
        what: String,
    },
}

/// The memory of the bridge.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
    /// Keeps a second program away.
    _lock: Option<File>,
}

impl Store {
    /// Opens the file, or begins a new one, for a bridge to `server`. Only its owner can read it.
    pub(crate) fn open(
        path: &Path,
        server: &str,
        entropy: &dyn Entropy,
    ) -> Result<Self, StoreError> {
        let in_file = |source| StoreError::File {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(in_file)?;
        }
        let lock = lock(path)?;
        private(path).map_err(in_file)?;
        let store = Self::prepare(Connection::open(path)?, Some(lock))?;
        match store.note("server")? {
            None => {
                let mut id = [0; 8];
                entropy.fill(&mut id);
                store.set_note("server", server)?;
                store.set_note("id", &format!("{:016x}", u64::from_be_bytes(id)))?;
            }
            Some(found) if found != server => {
                return Err(StoreError::OtherServer {
                    path: path.to_owned(),
                    found,
                    wanted: server.to_owned(),
                });
            }
            Some(_) => {}
        }
        Ok(store)
    }

    /// Opens a memory that lives as long as the value.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        let store = Self::prepare(Connection::open_in_memory().unwrap(), None).unwrap();
        store.set_note("id", "0123456789abcdef").unwrap();
        store
    }

    fn prepare(connection: Connection, lock: Option<File>) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -4096;
             pragma temp_store = memory; pragma journal_size_limit = 16777216;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        let found: usize = connection.query_row("pragma user_version", [], |row| row.get(0))?;
        let Some(steps) = MIGRATIONS.get(found..) else {
            return Err(StoreError::TooNew {
                found,
                known: MIGRATIONS.len(),
            });
        };
        let transaction = connection.unchecked_transaction()?;
        for step in steps {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
        transaction.commit()?;
        Ok(Self {
            connection,
            _lock: lock,
        })
    }

    /// Says whether the next commits have to survive a power cut. All of them survive the end of this program, and none
    /// leaves half of itself; a commit that has to survive takes those before it along.
    pub(super) fn set_lasting(&self, is_lasting: bool) -> Result<(), StoreError> {
        let word = if is_lasting { "full" } else { "normal" };
        self.connection
            .pragma_update(None, "synchronous", word)
            .map_err(StoreError::from)
    }

    /// Begins to write: what is applied from now on counts when it is committed, all of it or nothing.
    pub(super) fn begin(&self) -> Result<rusqlite::Transaction<'_>, StoreError> {
        Ok(self.connection.unchecked_transaction()?)
    }

    /// Writes changes down, all of them or none.
    pub(crate) fn commit(&self, changes: &[Change]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = self.begin()?;
        self.apply(changes)?;
        transaction.commit()?;
        Ok(())
    }
}

/// Makes sure that the file is there and only its owner can read it. SQLite gives its side files the same permissions.
fn private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    match fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
                fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Locks a file beside the memory. It is not the memory itself: closing a descriptor of that would take SQLite's locks.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let in_file = |source| StoreError::File {
        path: path.to_owned(),
        source,
    };
    let file = File::create(PathBuf::from(name)).map_err(in_file)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::Taken {
            path: path.to_owned(),
        }),
        Err(fs::TryLockError::Error(error)) => Err(in_file(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;

    impl Entropy for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[test]
    fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/bridge.db");
        let _store = Store::open(&path, "https://a.example", &Zeros).unwrap();
        for name in ["bridge.db", "bridge.db-wal"] {
            let mode = fs::metadata(path.with_file_name(name)).unwrap();
            assert_eq!(mode.permissions().mode() & 0o077, 0, "{name}");
        }
    }

    #[test]
    fn one_program_and_one_server_each() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bridge.db");
        let first = Store::open(&path, "https://a.example", &Zeros).unwrap();
        let second = Store::open(&path, "https://a.example", &Zeros).unwrap_err();
        assert!(matches!(second, StoreError::Taken { .. }), "{second}");
        drop(first);
        let other = Store::open(&path, "https://b.example", &Zeros).unwrap_err();
        assert!(matches!(other, StoreError::OtherServer { .. }), "{other}");
    }

    #[test]
    fn what_is_not_committed_never_was() {
        let store = Store::in_memory();
        let transaction = store.begin().unwrap();
        store.apply(&[Change::NextId(7)]).unwrap();
        assert_eq!(store.next_id().unwrap(), 7);
        drop(transaction);
        assert_eq!(store.next_id().unwrap(), 1);
    }
}
