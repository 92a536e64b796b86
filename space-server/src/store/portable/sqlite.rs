// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! SQLite: a copy is made through its own backup, and read; a new file is written beside the place it will have.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::super::{Result, StoreError, Value, migrate};
use super::gap::{Gaps, Read};
use super::{Catalog, Cell, ColumnKind, Counts, NewLife, Table, miscounted};

/// Pages that are copied between two reports.
const PAGES: i32 = 2_000;

/// A copy of a database, of one moment.
pub(crate) struct SqliteSource {
    copy: Connection,
    catalog: Catalog,
}

impl SqliteSource {
    /// Copies a database while others write to it, and checks the copy.
    pub(super) fn copy(
        path: &Path,
        into: &Path,
        gaps: &mut Gaps,
        copied: &dyn Fn(u64),
    ) -> Result<Self> {
        let source = Connection::open_with_flags(path, FLAGS)?;
        source.busy_timeout(super::super::sqlite::BUSY)?;
        let mut copy = open_new(into)?;
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
        tolerate(&copy, gaps)?;
        let version: Option<i32> = copy
            .query_row(
                "select max(version) from refinery_schema_history",
                [],
                |row| row.get(0),
            )
            .map_err(|_| StoreError::NoSpace)?;
        let version = version.ok_or(StoreError::NoSpace)?;
        let catalog = Catalog::at(version)?.ok_or(StoreError::NewerVersion { version })?;
        find_lost(&copy, &catalog, gaps)?;
        Ok(Self { copy, catalog })
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub(super) fn rows<E: From<StoreError>>(
        &self,
        table: &Table,
        gaps: &mut Gaps,
        each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        rows(&self.copy, table, gaps, each)
    }
}

/// Reads all rows of a table that can be read.
pub(super) fn rows<E: From<StoreError>>(
    connection: &Connection,
    table: &Table,
    gaps: &mut Gaps,
    each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    if table.refers_to_itself() {
        // A row may refer to one that comes after it, and is left out.
        let mut ahead = gaps.clone();
        read(connection, table, &mut ahead, |_| Ok::<_, StoreError>(())).map_err(E::from)?;
        gaps.learn(ahead);
    }
    read(connection, table, gaps, each)
}

fn read<E: From<StoreError>>(
    connection: &Connection,
    table: &Table,
    gaps: &mut Gaps,
    mut each: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let failed = |error: rusqlite::Error| E::from(damaged_in(&table.name, error));
    let mut statement = connection.prepare(&table.select_rows()).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let mut read = Vec::with_capacity(table.columns.len());
        for (at, column) in table.columns.iter().enumerate() {
            read.push(cell(row.get_ref(at).map_err(failed)?, column.kind));
        }
        if let Some(cells) = gaps.mend(table, read) {
            each(cells)?;
        }
    }
    Ok(())
}

/// A page that cannot be read is told with its table.
fn damaged_in(table: &str, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => StoreError::Damaged {
            why: format!("the table {table} cannot be read to its end"),
        },
        _ => error.into(),
    }
}

/// Finds rows that others refer to and that are not there.
pub(super) fn find_lost(connection: &Connection, catalog: &Catalog, gaps: &mut Gaps) -> Result<()> {
    let mut broken = connection.prepare("pragma foreign_key_check")?;
    if broken.query([])?.next()?.is_none() {
        return Ok(());
    }
    for table in &catalog.tables {
        for (target, sql) in table.dangling() {
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let ValueRef::Integer(id) = row.get_ref(0)? {
                    gaps.lose(target, id);
                }
            }
        }
    }
    Ok(())
}

/// SQLite keeps what it is given, whatever the column says: here it is looked at.
fn cell(value: ValueRef<'_>, kind: ColumnKind) -> Read {
    let lossy = |bytes: &[u8], why: &str| {
        let text = String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}");
        Read::Odd(Some(Cell::Text(text)), why.to_owned())
    };
    let odd = |instead| {
        let held = value.data_type().to_string().to_lowercase();
        Read::Odd(instead, format!("holds {held} instead of {}", kind.word()))
    };
    Read::Sound(match (value, kind) {
        (ValueRef::Null, _) => Cell::Null,
        (ValueRef::Integer(value), ColumnKind::Integer) => Cell::I64(value),
        (ValueRef::Integer(value @ 0..=1), ColumnKind::Boolean) => Cell::Bool(value == 1),
        (ValueRef::Blob(bytes), ColumnKind::Bytes) => Cell::Bytes(bytes.to_owned()),
        (ValueRef::Text(text), ColumnKind::Text) => match std::str::from_utf8(text) {
            Ok(text) if !text.contains('\0') => Cell::Text(text.to_owned()),
            Ok(_) => return lossy(text, "has U+0000 in it"),
            Err(_) => return lossy(text, "is not UTF-8"),
        },
        (ValueRef::Blob(bytes), ColumnKind::Text) => {
            return lossy(bytes, "holds bytes instead of text");
        }
        (ValueRef::Integer(value), ColumnKind::Boolean) => {
            return odd(Some(Cell::Bool(value != 0)));
        }
        (ValueRef::Integer(number), ColumnKind::Text) => {
            return odd(Some(Cell::Text(number.to_string())));
        }
        (ValueRef::Text(text), ColumnKind::Bytes) => {
            return odd(Some(Cell::Bytes(text.to_owned())));
        }
        _ => return odd(None),
    })
}

/// Looks whether every page is sound. What is wrong with an index, or with a single value, is noted: rows are read from their
/// tables, value by value.
fn tolerate(connection: &Connection, gaps: &mut Gaps) -> Result<()> {
    const MOST: usize = 1_000;
    let mut statement = connection.prepare("pragma integrity_check(1000)")?;
    let found: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let is_small = |line: &&String| {
        line.contains(" missing from index ")
            || line.contains("entries in index ")
            || line.contains("non-unique entry in index ")
            || [" value in ", "NULL value in "]
                .iter()
                .any(|it| line.contains(it))
    };
    let is_ok = |line: &&String| line.as_str() == "ok";
    let large: Vec<&str> = found
        .iter()
        .filter(|line| !is_ok(line) && !is_small(line))
        .map(String::as_str)
        .take(5)
        .collect();
    if !large.is_empty() || found.len() >= MOST {
        return Err(StoreError::Damaged {
            why: if large.is_empty() {
                "its indexes do not fit its tables".to_owned()
            } else {
                large.join("; ")
            },
        });
    }
    let indexes: std::collections::BTreeSet<&str> = found
        .iter()
        .filter_map(|line| {
            Some(
                line.split_once(" in index ")
                    .or_else(|| line.split_once(" from index "))?
                    .1,
            )
        })
        .collect();
    for index in indexes {
        gaps.note(format!(
            "the index {index} does not fit its table, which was read instead"
        ));
    }
    Ok(())
}

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Opens a database in a file that is made here: in a folder where others write, one that is there, or a link, is not ours.
fn open_new(path: &Path) -> Result<Connection> {
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |source| StoreError::File {
        path: path.display().to_string(),
        source,
    };
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|file| file.metadata())
        .map_err(failed)?;
    // SQLite follows no link at all when told not to, so those on the way are resolved here.
    let name = path.file_name().unwrap_or_default();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder
        .unwrap_or(Path::new("."))
        .canonicalize()
        .map_err(failed)?;
    let connection =
        Connection::open_with_flags(folder.join(name), FLAGS | OpenFlags::SQLITE_OPEN_NOFOLLOW)?;
    let found = std::fs::symlink_metadata(path).map_err(failed)?;
    if (made.dev(), made.ino()) != (found.dev(), found.ino()) {
        let why = "another file was put in its place";
        return Err(failed(std::io::Error::other(why)));
    }
    Ok(connection)
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
    /// Makes the tables of a version in a file that is empty and nobody else's.
    pub(crate) fn create(path: &Path, version: i32) -> Result<Self> {
        let mut connection = Connection::open_with_flags(path, FLAGS)?;
        // Nobody sees the file before it is whole: if this breaks off, it is made anew.
        connection.pragma_update(None, "journal_mode", "off")?;
        connection.pragma_update(None, "synchronous", "off")?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "secure_delete", true)?;
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

    pub(super) fn finish(self, catalog: &Catalog, life: &NewLife, counts: &Counts) -> Result<()> {
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
        for table in life.emptied() {
            connection.execute(&format!("delete from {table}"), [])?;
        }
        connection.execute_batch("commit")?;
        check(&connection)?;
        count(&connection, catalog, life, counts)?;
        connection.close().map_err(|(_, error)| error)?;
        let synced = std::fs::File::open(&path).and_then(|file| file.sync_all());
        synced.map_err(|source| StoreError::File {
            path: path.display().to_string(),
            source,
        })
    }
}

/// Compares how many rows there are with how many there have to be.
fn count(
    connection: &Connection,
    catalog: &Catalog,
    life: &NewLife,
    counts: &Counts,
) -> Result<()> {
    for table in &catalog.tables {
        let found: i64 = connection.query_row(&table.count(), [], |row| row.get(0))?;
        let (found, wanted) = (found.unsigned_abs(), life.expected(&table.name, counts));
        if found != wanted {
            return Err(miscounted(&table.name, found, wanted));
        }
    }
    Ok(())
}

/// Opens a database in its place, and looks whether it is the one that was written: by its epoch, its rows and its pages.
pub(crate) fn confirm(
    path: &Path,
    catalog: &Catalog,
    life: &NewLife,
    counts: &Counts,
) -> Result<()> {
    let connection = Connection::open_with_flags(path, FLAGS)?;
    connection.busy_timeout(super::super::sqlite::BUSY)?;
    let epoch: i64 = connection.query_row("select epoch from head", [], |row| row.get(0))?;
    if epoch != life.epoch {
        return Err(StoreError::Damaged {
            why: "it is not the one that was restored".to_owned(),
        });
    }
    count(&connection, catalog, life, counts)?;
    check(&connection)
}
