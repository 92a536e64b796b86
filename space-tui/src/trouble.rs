// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is wrong with the place of the local copy, in the reader's words: SQLite says of a full disk that a method failed.

use std::path::{Path, PathBuf};

use space_core::client::ReplicaError;
use space_core::client::replica::Trouble;

use crate::l10n::L10n;

/// Less room than this is none: SQLite makes an index of that size beside the file.
#[cfg(unix)]
const ROOM: u64 = 64 << 10;

/// What is wrong, and with which folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    what: What,
    folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Full,
    ReadOnlyDisk,
    Rights,
    Busy,
    Newer,
}

/// Names what is wrong with the local copy in `file`; `None` when the error itself says it best.
pub fn named(error: &ReplicaError, file: &Path) -> Option<Named> {
    let folder = file.parent().unwrap_or(file).to_owned();
    let what = match error.trouble() {
        Trouble::Full => What::Full,
        Trouble::Place => look(&folder, file)?,
        Trouble::Busy => What::Busy,
        Trouble::Newer => What::Newer,
        Trouble::Damaged | Trouble::Other => return None,
    };
    Some(Named { what, folder })
}

/// Looks why nothing can be written there.
#[cfg(unix)]
fn look(folder: &Path, file: &Path) -> Option<What> {
    use rustix::fs::{Access, StatVfsMountFlags, access, statvfs};
    let disk = statvfs(folder).ok()?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Some(What::ReadOnlyDisk);
    }
    if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err()
        || access(file, Access::WRITE_OK).is_err()
    {
        return Some(What::Rights);
    }
    (disk.f_bavail.saturating_mul(disk.f_frsize) < ROOM).then_some(What::Full)
}

#[cfg(not(unix))]
fn look(_: &Path, _: &Path) -> Option<What> {
    Some(What::Rights)
}

impl Named {
    /// Says what is wrong, with the folder.
    pub fn text(&self, l10n: &L10n) -> String {
        let key = match self.what {
            What::Full => "why-disk-full",
            What::ReadOnlyDisk => "why-disk-read-only",
            What::Rights => "why-not-writable",
            What::Busy => "why-copy-busy",
            What::Newer => "why-copy-newer",
        };
        l10n.with(key, &[("folder", self.folder.display().to_string().into())])
    }

    /// Says it where no language is at hand.
    pub fn plain(&self) -> String {
        self.text(&L10n::english())
    }

    /// Says what to do about it.
    pub fn hint(&self, l10n: &L10n) -> String {
        let key = match self.what {
            What::Full => "hint-disk-full",
            What::ReadOnlyDisk => "hint-disk-read-only",
            What::Rights => "hint-not-writable",
            What::Busy => "hint-copy-busy",
            What::Newer => "hint-copy-newer",
        };
        l10n.with(key, &[("folder", self.folder.display().to_string().into())])
    }
}
