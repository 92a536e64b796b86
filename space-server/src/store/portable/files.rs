// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A SQLite database is more than one file: a log or a journal that stays behind is replayed into whatever file has the
//! name of the database next. So they are put aside, and looked at, together.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use rustix::fs::FlockOperation;

use super::super::{Result, StoreError};
use crate::unfinished::sync_folder;

/// Endings of what SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Returns the names of all files of a database, its own first.
fn all(database: &Path) -> [PathBuf; 4] {
    let with = |ending: &str| {
        let mut name = OsString::from(database);
        name.push(ending);
        PathBuf::from(name)
    };
    let [wal, shm, journal] = BESIDE.map(with);
    [database.to_owned(), wal, shm, journal]
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Returns the files of a database that are there.
pub(crate) fn present(database: &Path) -> Vec<PathBuf> {
    all(database)
        .into_iter()
        .filter(|path| is_there(path))
        .collect()
}

/// Returns what is left of a database whose own file is missing: it must not meet another one.
pub(crate) fn orphans(database: &Path) -> Vec<PathBuf> {
    if is_there(database) {
        Vec::new()
    } else {
        present(database)
    }
}

/// Files that were put aside.
#[derive(Debug)]
pub(crate) struct Aside {
    /// What stands for the database now; its own file may have been missing.
    pub(crate) path: PathBuf,
    /// From where to where.
    moved: Vec<(PathBuf, PathBuf)>,
}

impl Aside {
    /// Returns the new names.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.moved.iter().map(|(_, to)| to.clone()).collect()
    }

    /// Puts everything back, the database last: without its file nobody opens it.
    pub(crate) fn back(self) -> io::Result<()> {
        for (from, to) in self.moved.iter().rev() {
            fs::rename(to, from)?;
        }
        Ok(())
    }
}

/// Puts all files of a database aside, under the same name with `number`, or the next that is free; `None` when there are
/// none.
///
/// Whenever it is cut off, the database is whole under the one name or under the other: the new names are there before
/// the first old one goes. The database itself goes first, and without it no server opens what is left.
pub(crate) fn put_aside(database: &Path, number: i64) -> io::Result<Option<Aside>> {
    let there = present(database);
    if there.is_empty() {
        return Ok(None);
    }
    let name = database.file_name().unwrap_or_default().to_os_string();
    let mut number = number;
    let path = loop {
        let mut name = name.clone();
        name.push(format!(".before-{number}"));
        let path = database.with_file_name(name);
        if present(&path).is_empty() {
            break path;
        }
        number = number.saturating_add(1);
    };
    let moved: Vec<(PathBuf, PathBuf)> = all(database)
        .into_iter()
        .zip(all(&path))
        .filter(|(from, _)| there.contains(from))
        .collect();
    let has_links = moved
        .iter()
        .all(|(from, to)| fs::hard_link(from, to).is_ok());
    if !has_links {
        // A file system without links, or a disk that takes no more names.
        for (_, to) in &moved {
            let _ = fs::remove_file(to);
        }
    }
    let mut done = Aside {
        path,
        moved: Vec::new(),
    };
    if has_links {
        sync_folder(database)?;
    }
    for (at, (from, to)) in moved.iter().enumerate() {
        let moving = if has_links {
            fs::remove_file(from)
        } else {
            fs::rename(from, to)
        };
        if let Err(error) = moving {
            done.back()?;
            for (_, to) in moved.iter().skip(at).filter(|_| has_links) {
                let _ = fs::remove_file(to);
            }
            return Err(error);
        }
        done.moved.push((from.clone(), to.clone()));
    }
    sync_folder(database)?;
    Ok(Some(done))
}

/// Says whether nobody else has a database open. When SQLite can read it, what is in its log is put into the file itself;
/// when it is damaged, its locks tell.
pub(crate) fn is_unused(database: &Path) -> Result<bool> {
    if is_there(database)
        && let Some(is_unused) = by_sqlite(database)
    {
        return Ok(is_unused);
    }
    for path in present(database) {
        if !is_unlocked(&path)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `None` when SQLite cannot tell.
fn by_sqlite(database: &Path) -> Option<bool> {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags).ok()?;
    // Only the last connection can leave the mode with a log.
    let mode = connection.pragma_update_and_check(None, "journal_mode", "delete", |row| {
        row.get::<_, String>(0)
    });
    match mode {
        Ok(mode) => Some(mode == "delete"),
        Err(error) => match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Some(false),
            _ => None,
        },
    }
}

/// A process that has a database open holds locks on its files, whatever is in them. Closing the file takes away the locks
/// of this very process, which therefore may not have it open.
fn is_unlocked(path: &Path) -> Result<bool> {
    let failed = |source| StoreError::File {
        path: path.display().to_string(),
        source,
    };
    let opened = OpenOptions::new().read(true).write(true).open(path);
    let file: File = match opened {
        Ok(file) => file,
        // A link to nothing, or a folder: nobody's database.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::IsADirectory
            ) =>
        {
            return Ok(true);
        }
        Err(error) => return Err(failed(error)),
    };
    match rustix::fs::fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::AGAIN | rustix::io::Errno::ACCESS) => Ok(false),
        Err(error) => Err(failed(error.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn database_is_put_aside_with_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("space.db");
        for ending in ["", "-wal", "-shm"] {
            fs::write(folder.path().join(format!("space.db{ending}")), ending).unwrap();
        }
        fs::write(folder.path().join("space.db.before-7-wal"), "older").unwrap();
        let aside = put_aside(&database, 7).unwrap().unwrap();
        assert_eq!(aside.path, folder.path().join("space.db.before-8"));
        assert_eq!(aside.files().len(), 3);
        let moved = [
            "space.db.before-7-wal",
            "space.db.before-8",
            "space.db.before-8-shm",
            "space.db.before-8-wal",
        ];
        assert_eq!(names(folder.path()), moved);
        aside.back().unwrap();
        assert_eq!(
            fs::read(folder.path().join("space.db-wal")).unwrap(),
            b"-wal"
        );
        assert_eq!(present(&database).len(), 3);
    }

    #[test]
    fn log_without_a_database_is_put_aside_too() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("space.db");
        assert!(put_aside(&database, 1).unwrap().is_none());
        fs::write(folder.path().join("space.db-wal"), "left").unwrap();
        assert_eq!(orphans(&database).len(), 1);
        assert!(is_unused(&database).unwrap());
        let aside = put_aside(&database, 1).unwrap().unwrap();
        assert_eq!(names(folder.path()), ["space.db.before-1-wal"]);
        assert_eq!(aside.files(), [folder.path().join("space.db.before-1-wal")]);
    }

    #[test]
    fn damaged_database_is_unused_unless_it_is_locked() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("space.db");
        fs::write(&database, "garbage!".repeat(100)).unwrap();
        assert!(is_unused(&database).unwrap());
    }
}
