// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! SQLite: one writer connection, some reader connections used in place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Executor, Result, StoreError, migrate, portable, ready};

/// How long a connection waits for another process to finish writing.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// How long cutting the log off waits for readers.
const PATIENCE: Duration = Duration::from_millis(100);

/// How many prepared statements a connection keeps; more than we have.
const STATEMENTS: usize = 256;

/// How many pages the log may have before they are moved into the file, which the next command waits for: 32 MiB. SQLite's
/// default is 1,000, which a busy server reaches every few batches.
const CHECKPOINT_PAGES: i64 = 8_000;

/// An opened SQLite file.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    path: PathBuf,
    /// Page cache of each connection, in KiB: the configured amount shared among them.
    cache_kib: i64,
    idle: Arc<Mutex<Vec<Connection>>>,
    turns: Arc<Semaphore>,
}

impl Sqlite {
    pub(super) fn open(
        path: &Path,
        readers: usize,
        cache_bytes: u64,
        migrates: bool,
    ) -> Result<Self> {
        let readers = readers.max(1);
        let share = cache_bytes / 1024 / (readers as u64 + 1);
        let cache_kib = i64::try_from(share).unwrap_or(i64::MAX).max(64);
        refuse_orphans(path)?;
        create_private(path)?;
        let mut writer = connect(path, cache_kib)?;
        migrate::sqlite(&mut writer, migrates)?;
        let idle = (0..readers)
            .map(|_| connect(path, cache_kib))
            .collect::<Result<Vec<_>>>()?;
        let turns = Arc::new(Semaphore::new(idle.len()));
        Ok(Self {
            path: path.to_owned(),
            cache_kib,
            idle: Arc::new(Mutex::new(idle)),
            turns,
        })
    }

    /// Opens the connection that the writer thread owns.
    pub(crate) fn writer(&self) -> Result<Connection> {
        connect(&self.path, self.cache_kib)
    }

    /// Moves everything from the log into the file, and cuts the log off: what was wiped is in no page of the file, but older
    /// pages stay in the log until they are written over. Returns whether nobody was in the way.
    pub(crate) fn cut_log(&self) -> Result<bool> {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        if std::fs::metadata(log).is_ok_and(|found| found.len() == 0) {
            return Ok(true);
        }
        let connection = connect(&self.path, 64)?;
        // Writers wait while it waits.
        connection.busy_timeout(PATIENCE)?;
        let is_busy = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| {
            row.get::<_, bool>(0)
        });
        match is_busy {
            Ok(is_busy) => Ok(!is_busy),
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for a free reader connection.
    pub(super) async fn reader(&self) -> Result<Reader> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Stopped)?;
        let connection = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match connection {
            Some(connection) => connection,
            // A connection was lost to a panic in a read.
            None => connect(&self.path, self.cache_kib)?,
        };
        Ok(Reader {
            connection: Some(connection),
            idle: Arc::clone(&self.idle),
            _turn: turn,
        })
    }
}

/// A reader connection; it goes back when this is dropped.
pub(super) struct Reader {
    connection: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
    _turn: OwnedSemaphorePermit,
}

impl Reader {
    /// Runs a body between `begin` and `commit`.
    pub(super) fn snapshot<T>(
        &mut self,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>) -> BoxFuture<'x, Result<T>>,
    ) -> Result<T> {
        let connection = self.connection.as_mut().ok_or(StoreError::Stopped)?;
        let mut executor = Executor::Sqlite(connection);
        ready(async {
            executor.control(executor.begin_read()).await?;
            let out = body(&mut executor).await;
            executor.control("commit").await?;
            out
        })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // After a panic the transaction may still be open; that connection is closed instead.
        if let Some(connection) = self.connection.take().filter(Connection::is_autocommit) {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }
}

fn connect(path: &Path, cache_kib: i64) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "journal_mode", "wal")?;
    // An acknowledged write survives a power cut: the log is synced on every commit.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // What is removed is overwritten, too: without this it stays in the file for as long as nothing needs the room.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// A log without its database belongs to one that was moved away, and SQLite would remove it or replay it.
fn refuse_orphans(path: &Path) -> Result<()> {
    let orphans = portable::files::orphans(path);
    let Some(orphan) = orphans.first() else {
        return Ok(());
    };
    Err(StoreError::Damaged {
        why: format!(
            "{} is missing, and {} is there, which belongs to it",
            path.display(),
            orphan.display()
        ),
    })
}

/// Makes the file, readable by nobody else, before SQLite would make it readable by all.
pub(super) fn create_private(path: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(StoreError::File {
            path: path.display().to_string(),
            source,
        }),
    }
}
