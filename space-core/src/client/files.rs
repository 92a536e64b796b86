// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Small files that are replaced as a whole, and that only their owner can read.
//!
//! A file is written beside its place, under a name that no other process uses, and never through a file or a link that is
//! there already: a planted one would keep its owner and its mode, or be a way to somewhere else.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many names are tried, when others have taken some.
const TRIES: usize = 100;

/// Replaces a file. It is there as a whole, however the program ends.
///
/// # Errors
///
/// When it cannot be written, or its name is not UTF-8.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes, false)
}

/// Replaces a file. It is there as a whole, also after a power cut.
///
/// # Errors
///
/// As of [`replace`].
pub fn replace_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write(path, bytes, true)
}

/// Opens a file to be locked, and makes it when it is missing. What is in it stays.
///
/// # Errors
///
/// When it cannot be opened, or is a link.
pub fn lock_file(path: &Path) -> io::Result<File> {
    if let Ok(found) = fs::symlink_metadata(path)
        && !found.is_file()
    {
        let why = format!("{} is a link or a folder", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    private(&mut options);
    options.open(path)
}

fn write(path: &Path, bytes: &[u8], durably: bool) -> io::Result<()> {
    let name = path.file_name().and_then(OsStr::to_str);
    let name = name
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidFilename, "the name is not UTF-8"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let begin = format!(".{name}.");
    let (part, mut file) = loop {
        let (part, file) = create(folder, &begin)?;
        // For as long as it is locked, nobody takes it for a leftover. Where nothing can be locked, nothing is swept.
        let _ = file.lock();
        if part.exists() {
            break (part, file);
        }
    };
    let written = (|| {
        sweep(folder, &begin, &part);
        file.write_all(bytes)?;
        if durably {
            file.sync_all()?;
        }
        fs::rename(&part, path)?;
        // A rename lasts once the folder is on the disk.
        if durably && cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    })();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

fn create(folder: &Path, begin: &str) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    for _ in 0..TRIES {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let part = folder.join(format!("{begin}{}-{count}.part", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        private(&mut options);
        match options.open(&part) {
            Ok(file) => return Ok((part, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

/// Removes what killed processes have left of this file.
fn sweep(folder: &Path, begin: &str, own: &Path) {
    let is_left = |name: &str| {
        name.starts_with(begin) && Path::new(name).extension() == Some("part".as_ref())
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || path == own || !entry.file_name().to_str().is_some_and(is_left) {
            continue;
        }
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "modes are of Unix"))]
fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn planted_links_are_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        let place = folder.path().join("a.token");
        for count in 0..20 {
            let part = format!(".a.token.{}-{count}.part", std::process::id());
            symlink(&victim, folder.path().join(part)).unwrap();
        }
        symlink(&victim, folder.path().join("a.half")).unwrap();
        symlink(&victim, &place).unwrap();
        replace(&place, b"secret").unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
        assert_eq!(fs::read(&place).unwrap(), b"secret");
        let found = fs::symlink_metadata(&place).unwrap();
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        assert!(found.is_file());
        assert!(lock_file(&folder.path().join("a.half")).is_err());
    }

    #[test]
    fn leftovers_of_killed_processes_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.json");
        fs::write(folder.path().join(".a.json.1-0.part"), "left").unwrap();
        fs::write(folder.path().join(".b.json.1-0.part"), "another's").unwrap();
        replace_durably(&place, b"{}").unwrap();
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, [".b.json.1-0.part", "a.json"]);
    }

    #[test]
    fn lock_file_keeps_its_content_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.lock");
        lock_file(&place).unwrap();
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(&place, "something").unwrap();
        lock_file(&place).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"something");
    }
}
