// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that get their name only when they are whole.
//!
//! Such a file is made beside its place, under a name that no other process uses, and never through a file or a link that
//! is there already: in a folder where others write too, a planted one would keep its owner, its mode and its open
//! descriptors. It is locked for as long as its process lives, so that the leftovers of a process that was killed are told
//! from files that are being written.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many names are tried, when others have taken some.
const TRIES: usize = 100;

/// The ending of a file that is being written.
const ENDING: &str = ".part";

/// Endings of files that belong to one: copies of a database with what SQLite keeps beside them.
const BESIDE: [&str; 4] = [".copy", ".copy-wal", ".copy-shm", ".copy-journal"];

/// A file that is not whole yet. It is removed with this value, unless it got its name.
#[derive(Debug)]
pub(crate) struct Unfinished {
    target: PathBuf,
    path: PathBuf,
    file: File,
}

impl Unfinished {
    /// Makes an empty file that will be `target`; nobody but its owner may read it. An earlier `time` goes first when two
    /// processes want the same target.
    pub(crate) fn create(target: &Path, time: i64) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = name(target)?;
        for _ in 0..TRIES {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let process = std::process::id();
            let path = target.with_file_name(format!(
                ".{name}.{:015}-{process}-{count}{ENDING}",
                time.max(0)
            ));
            let file = match OpenOptions::new()
                .read(true)
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
            {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            file.lock()?;
            // Between the two steps another process may have taken it for a leftover.
            if is_at(&file, &path) {
                return Ok(Self {
                    target: target.to_owned(),
                    path,
                    file,
                });
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    /// Returns where it is as long as it is not whole.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the file; clones share its position.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// Returns the name of a file that belongs to this one, and that is swept away with it.
    pub(crate) fn copy(&self) -> PathBuf {
        self.path.with_extension("copy")
    }

    /// Removes what killed processes of this user have left beside the target. Returns whether another process, which
    /// began earlier, is writing the same target.
    pub(crate) fn sweep(&self) -> io::Result<bool> {
        sweep(&self.target, &self.path, self.file.metadata()?.uid())
    }

    /// Gives the file its name, in place of what is there.
    pub(crate) fn replace(self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        sync_folder(&self.target)
    }

    /// Gives the file its name, unless there is something of that name.
    pub(crate) fn name(self) -> io::Result<()> {
        self.file.sync_all()?;
        match fs::hard_link(&self.path, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // Some file systems have no links. Then only somebody who makes a file at this very moment loses it.
            Err(_) if fs::symlink_metadata(&self.target).is_ok() => {
                return Err(io::Error::from(io::ErrorKind::AlreadyExists));
            }
            Err(_) => fs::rename(&self.path, &self.target)?,
        }
        sync_folder(&self.target)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a rename the name is free, or somebody else's by now.
        if is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Writes a file that is there whole or not at all, also after a power cut.
pub(crate) fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = Unfinished::create(target, 0)?;
    (&unfinished.file).write_all(bytes)?;
    unfinished.replace()
}

/// Removes what killed processes have left in a folder of this program's own; `is_left` knows names of earlier versions.
pub(crate) fn sweep_folder(folder: &Path, is_left: impl Fn(&str) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let own = fs::metadata(folder)?.uid();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if is_unfinished(name) || is_left(name) {
            remove_left(&path, own);
        }
    }
    Ok(())
}

/// Says whether a name is that of a file that is not whole.
pub(crate) fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(ENDING)
}

/// Makes the name of a file as durable as the file.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

fn name(target: &Path) -> io::Result<String> {
    let name = target.file_name().and_then(OsStr::to_str);
    name.map(str::to_owned)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidFilename, "the name is not UTF-8"))
}

fn sweep(target: &Path, own: &Path, uid: u32) -> io::Result<bool> {
    let (name, own) = (name(target)?, own.file_name());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let begin = format!(".{name}.");
    let mut is_behind = false;
    let mut stems = Vec::new();
    let mut copies = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file_name = entry?.file_name();
        let Some(rest) = file_name
            .to_str()
            .and_then(|name| name.strip_prefix(&begin))
        else {
            continue;
        };
        let path = folder.join(&file_name);
        if Some(file_name.as_os_str()) == own {
            stems.push(rest.trim_end_matches(ENDING).to_owned());
        } else if let Some(stem) = rest.strip_suffix(ENDING) {
            if remove_left(&path, uid) == Left::Alive {
                stems.push(stem.to_owned());
                is_behind |= Some(file_name.as_os_str()) < own;
            }
        } else if rest == "half" || rest == "copy" {
            // Names of earlier versions.
            remove_left(&path, uid);
        } else if let Some(stem) = BESIDE.iter().find_map(|ending| rest.strip_suffix(ending)) {
            copies.push((stem.to_owned(), path));
        }
    }
    for (stem, path) in copies {
        if !stems.contains(&stem) {
            remove_left(&path, uid);
        }
    }
    Ok(is_behind)
}

#[derive(Debug, PartialEq, Eq)]
enum Left {
    Alive,
    NotOurs,
    Removed,
}

/// Removes a plain file of this user that no living process has locked.
fn remove_left(path: &Path, uid: u32) -> Left {
    let is_ours =
        fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.uid() == uid);
    if !is_ours {
        return Left::NotOurs;
    }
    let Ok(file) = File::open(path) else {
        return Left::NotOurs;
    };
    if file.try_lock().is_err() {
        return Left::Alive;
    }
    if is_at(&file, path) && fs::remove_file(path).is_ok() {
        Left::Removed
    } else {
        Left::NotOurs
    }
}

/// Says whether a name still leads to a file that is open.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => open.dev() == named.dev() && open.ino() == named.ino(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn planted_files_and_links_are_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        let target = folder.path().join("b.tar");
        // All names that could come next.
        let next = Unfinished::create(&target, 5).unwrap();
        let taken = next.path().to_str().unwrap().to_owned();
        drop(next);
        let (stem, count) = taken.trim_end_matches(ENDING).rsplit_once('-').unwrap();
        for more in 1..20 {
            let count = count.parse::<u64>().unwrap() + more;
            symlink(&victim, format!("{stem}-{count}{ENDING}")).unwrap();
        }
        let file = Unfinished::create(&target, 5).unwrap();
        (&file.file).write_all(b"secret").unwrap();
        file.sweep().unwrap();
        let mode = fs::metadata(file.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        file.name().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"secret");
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
        assert!(!fs::symlink_metadata(&target).unwrap().is_symlink());
    }

    #[test]
    fn leftovers_of_killed_processes_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.tar");
        for left in [
            ".b.tar.half",
            ".b.tar.000000000000001-77-0.part",
            ".b.tar.000000000000001-77-0.copy",
            ".b.tar.000000000000001-77-0.copy-journal",
            ".other.tar.half",
        ] {
            fs::write(folder.path().join(left), "left").unwrap();
        }
        let file = Unfinished::create(&target, 9).unwrap();
        fs::write(file.copy(), "of this one").unwrap();
        let own = file
            .path()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let copy = file
            .copy()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        assert!(!file.sweep().unwrap());
        assert_eq!(
            names(folder.path()),
            [copy, own, ".other.tar.half".to_owned()]
        );
    }

    #[test]
    fn the_earlier_of_two_writers_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.tar");
        let first = Unfinished::create(&target, 1).unwrap();
        let second = Unfinished::create(&target, 2).unwrap();
        assert!(!first.sweep().unwrap());
        assert!(second.sweep().unwrap());
        drop(second);
        first.name().unwrap();
        assert_eq!(names(folder.path()), ["b.tar"]);
        let late = Unfinished::create(&target, 3).unwrap();
        let refused = late.name().unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["b.tar"]);
    }
}
