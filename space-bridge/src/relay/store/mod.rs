// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The memory of the bridge: one SQLite file of its own, in which everything is written down before it has effects.
//!
//! Reading takes `&Store`, so whoever is handed one cannot write; writing goes through [`Change`]s. A commit survives a
//! power cut, unless it says only how far a sending came.

mod change;
mod life;
mod read;
mod report;
mod write;

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use space_core::Entropy;

pub(crate) use change::Change;
pub(crate) use life::{Life, Sign, look};
pub(in crate::relay) use read::Waiting;
pub(crate) use report::{Condition, RoomReport, report};

/// The steps from one version of the tables to the next. A released step is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("V0001__first.sql"),
    include_str!("V0002__presence.sql"),
    include_str!("V0003__tries.sql"),
    include_str!("V0004__confidence.sql"),
];
/// Before this version of the tables, what was deleted stayed in the bytes of the file.
const WIPES: usize = 4;

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

impl StoreError {
    /// Returns whether the same may succeed later, without anything being mended: there is no room, or the disk refuses.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(
            self.code(),
            Some(
                ErrorCode::DiskFull
                    | ErrorCode::SystemIoFailure
                    | ErrorCode::ReadOnly
                    | ErrorCode::DatabaseBusy
                    | ErrorCode::DatabaseLocked
            )
        )
    }

    /// Says in one sentence what is wrong, for a memory in a folder.
    pub(crate) fn sentence(&self, memory: &Path) -> String {
        let folder = memory.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new(".")).display();
        let is_full = match self {
            Self::File { source, .. } => source.kind() == io::ErrorKind::StorageFull,
            _ => self.code() == Some(ErrorCode::DiskFull),
        };
        if is_full {
            return format!("the disk is full: {folder}");
        }
        match self {
            Self::Sqlite(error) if self.may_pass() => format!("cannot write to {folder}: {error}"),
            other => other.to_string(),
        }
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        }
    }
}

/// The memory of the bridge.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
    /// Keeps a second program away, and says that this one lives.
    lock: Option<life::Lock>,
    /// Whether something confidential was deleted that may still be in the bytes of the write-ahead log.
    owes_wipe: Cell<bool>,
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
        let lock = life::Lock::take(path)?;
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

    /// Gives back what the write-ahead log takes, on a disk that has no more room: it may be many times the memory.
    pub(crate) fn make_room(&self) {
        let checkpoint = "pragma wal_checkpoint(truncate)";
        // When even that finds no room, what follows says so.
        let _ = self.connection.query_row(checkpoint, [], |_| Ok(()));
    }

    /// Opens a memory that lives as long as the value.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        let store = Self::prepare(Connection::open_in_memory().unwrap(), None).unwrap();
        store.set_note("id", "0123456789abcdef").unwrap();
        store
    }

    /// Takes no more than there is from now on, as a full disk does; or anything again.
    #[cfg(test)]
    pub(crate) fn set_full(&self, is_full: bool) {
        let pages: i64 = if is_full { 1 } else { 1 << 30 };
        let pragma = format!("pragma max_page_count = {pages}");
        let set = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
        self.connection.query_row(&pragma, [], set).unwrap();
    }

    /// Returns where messages were heard, and how long their names are.
    #[cfg(test)]
    pub(crate) fn heard_rows(&self) -> Vec<(String, usize)> {
        self.all("select place, length(remote_id) from heard", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap()
    }

    fn prepare(connection: Connection, lock: Option<life::Lock>) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::from_secs(10))?;
        // A log of 1 MiB at most: on a disk without room, moving it into the memory may need room itself.
        connection.execute_batch(
            "pragma journal_mode = wal; pragma wal_autocheckpoint = 256; pragma synchronous = full; pragma cache_size = -4096;
             pragma temp_store = memory; pragma journal_size_limit = 16777216; pragma secure_delete = on;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        let found: usize = connection.query_row("pragma user_version", [], |row| row.get(0))?;
        let Some(steps) = MIGRATIONS.get(found..) else {
            return Err(StoreError::TooNew {
                found,
                known: MIGRATIONS.len(),
            });
        };
        if (1..WIPES).contains(&found) {
            // Before the tables get their new version: it happens again when it is interrupted.
            connection.execute_batch("vacuum")?;
        }
        let transaction = connection.unchecked_transaction()?;
        for step in steps {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
        transaction.commit()?;
        let store = Self {
            connection,
            lock,
            // Whatever the program was killed before.
            owes_wipe: Cell::new(true),
        };
        store.wipe()?;
        Ok(store)
    }

    /// Leaves a sign of life for whoever asks.
    pub(crate) fn sign(&self, sign: &Sign) -> io::Result<()> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.sign(sign))
    }

    /// Takes what was confidential and is done out of the bytes of the write-ahead log, too. In the tables, what is deleted is
    /// written over. Somebody who reads at this moment may keep it from succeeding; then it is for the next time.
    pub(crate) fn wipe(&self) -> Result<(), StoreError> {
        if !self.owes_wipe.get() {
            return Ok(());
        }
        let is_busy: bool =
            self.connection
                .query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        self.owes_wipe.set(is_busy);
        Ok(())
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
