// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! SQLite: a copy is made through its own backup, and read; a new file is written beside the place it will have.

use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::super::sqlite::create_private;
use super::super::{Result, StoreError, Value, migrate};
use super::{Catalog, Cell, ColumnKind, NewLife, Table};

/// Pages that are copied between two reports.
const PAGES: i32 = 2_000;

/// A copy of a database, of one moment.
pub(crate) struct SqliteSource {
    copy: Connection,
    catalog: Catalog,
}

impl SqliteSource {
    /// Copies a database while others write to it, and checks the copy.
    pub(super) fn copy(path: &Path, into: &Path, copied: &dyn Fn(u64)) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(path, flags)?;
        source.busy_timeout(super::super::sqlite::BUSY)?;
        let _ = std::fs::remove_file(into);
        create_private(into)?;
        let mut copy = Connection::open_with_flags(into, flags)?;
        // The snapshot is held from here on: without it every write of somebody else would begin the copy anew.
        source.execute_batch("begin")?;
        source.query_row("select count(*) from sqlite_master", [], |_| Ok(()))?;
        let backup = Backup::new(&source, &mut copy)?;
        loop {
            let step = backup.step(PAGES)?;
            let progress = backup.progress();
            let (all, rest) = (progress.pagecount.max(1), progress.remaining);
            copied(
                u64::try_from((all - rest).max(0)).unwrap_or(0) * 1000
                    / u64::from(all.unsigned_abs()),
            );
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => {
                    return Err(StoreError::Damaged {
                        why: "it stayed locked while it was to be copied".to_owned(),
                    });
                }
            }
        }
        drop(backup);
        source.execute_batch("commit")?;
        // The copy is nobody else's, and one file is easier to remove than three.
        copy.pragma_update(None, "journal_mode", "delete")?;
        check(&copy)?;
        let version: Option<i32> = copy
            .query_row(
                "select max(version) from refinery_schema_history",
                [],
                |row| row.get(0),
            )
            .map_err(|_| StoreError::NoSpace)?;
        let version = version.ok_or(StoreError::NoSpace)?;
        let catalog = Catalog::at(version)?.ok_or(StoreError::NewerVersion { version })?;
        Ok(Self { copy, catalog })
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(super) fn rows<E: From<StoreError>>(
        &self,
        table: &Table,
        mut each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut statement = self.copy.prepare(&table.select()).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut cells = Vec::with_capacity(table.columns.len());
            for (at, column) in table.columns.iter().enumerate() {
                let value = row.get_ref(at).map_err(failed)?;
                cells.push(cell(value, column.kind).ok_or_else(|| {
                    E::from(StoreError::Content {
                        column: at,
                        why: format!("{}.{} holds {}", table.name, column.name, value.data_type()),
                    })
                })?);
            }
            each(cells)?;
        }
        Ok(())
    }
}

/// SQLite keeps what it is given, whatever the column says: here it is looked at.
fn cell(value: ValueRef<'_>, kind: ColumnKind) -> Option<Cell> {
    Some(match (value, kind) {
        (ValueRef::Null, _) => Cell::Null,
        (ValueRef::Integer(value), ColumnKind::Integer) => Cell::I64(value),
        (ValueRef::Integer(value @ 0..=1), ColumnKind::Boolean) => Cell::Bool(value == 1),
        (ValueRef::Text(text), ColumnKind::Text) => {
            Cell::Text(std::str::from_utf8(text).ok()?.to_owned())
        }
        (ValueRef::Blob(bytes), ColumnKind::Bytes) => Cell::Bytes(bytes.to_owned()),
        _ => return None,
    })
}

/// Looks whether every page and every index is sound, and every row refers to one that is there.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("pragma integrity_check(5)")?;
    let mut found: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    found.retain(|line| line != "ok");
    let mut statement = connection.prepare("pragma foreign_key_check")?;
    let mut rows = statement.query([])?;
    if let Some(row) = rows.next()? {
        let (table, target): (String, String) = (row.get(0)?, row.get(2)?);
        found.push(format!(
            "a row of {table} refers to one of {target} that is not there"
        ));
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            why: found.join("; "),
        })
    }
}

/// A new file.
pub(crate) struct SqliteTarget {
    connection: Connection,
    path: PathBuf,
    insert: String,
}

impl SqliteTarget {
    /// Makes a file with the tables of a version. What is left of a restore that was cut off is overwritten.
    pub(crate) fn create(path: &Path, version: i32) -> Result<Self> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::File {
                    path: path.display().to_string(),
                    source: error,
                });
            }
            _ => create_private(path)?,
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        // Nobody sees the file before it is whole: if this breaks off, it is made anew.
        connection.pragma_update(None, "journal_mode", "off")?;
        connection.pragma_update(None, "synchronous", "off")?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        migrate::sqlite_to(&mut connection, version)?;
        connection.execute_batch("begin")?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            insert: String::new(),
        })
    }

    pub(super) fn begin(&mut self, table: &Table) {
        self.insert = table.insert();
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let values = cells.iter().map(Value::from);
        self.connection
            .prepare_cached(&self.insert)?
            .execute(rusqlite::params_from_iter(values))?;
        Ok(())
    }

    pub(super) fn finish(self, life: &NewLife) -> Result<()> {
        let Self {
            connection, path, ..
        } = self;
        let counters: Option<(i64, i64, i64)> = {
            let mut statement = connection.prepare("select seq, id, aside from head")?;
            let mut rows = statement.query([])?;
            match rows.next()? {
                Some(row) => Some((row.get(0)?, row.get(1)?, row.get(2)?)),
                None => None,
            }
        };
        let (seq, id, aside) = counters.ok_or(StoreError::NoSpace)?;
        connection.execute(
            "update head set epoch = ?1, seal_key = ?2, seq = ?3, id = ?4, aside = ?5",
            rusqlite::params![
                life.epoch,
                life.seal_key,
                life.jump(seq),
                life.jump(id),
                life.jump(aside)
            ],
        )?;
        connection.execute_batch("commit")?;
        check(&connection)?;
        connection.close().map_err(|(_, error)| error)?;
        let synced = std::fs::File::open(&path).and_then(|file| file.sync_all());
        synced.map_err(|source| StoreError::File {
            path: path.display().to_string(),
            source,
        })
    }
}

/// Says whether nobody else has a database open, and puts what is in its log into the file itself.
pub(crate) fn is_unused(path: &Path) -> Result<bool> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Only the last connection can leave the mode with a log.
    let mode = connection.pragma_update_and_check(None, "journal_mode", "delete", |row| {
        row.get::<_, String>(0)
    });
    match mode {
        Ok(mode) => Ok(mode == "delete"),
        Err(error)
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
                || error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseLocked) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
