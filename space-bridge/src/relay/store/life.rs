// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether a bridge is at work on a memory, and how it is: a small file beside it.
//!
//! The file is locked for as long as the program lives. The kernel gives the lock back when the program ends, however it
//! ends, and when the machine does; no number of a process has to be believed. In the file the program leaves a sign of life
//! now and then. It has one size from the beginning and is written over in place, so that it can be written when the disk is
//! full. It is not the memory itself: closing a descriptor of that would take SQLite's locks.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use space_core::Timestamp;

use super::StoreError;

/// Bytes of the file: one block of a disk.
const SIZE: usize = 4096;
/// Bytes of a sentence in it.
const SENTENCE: usize = 1000;
/// Whoever asks holds the lock for a moment: a program that starts tries as often as this.
const TRIES: u32 = 50;
/// How long it waits in between.
const PAUSE: Duration = Duration::from_millis(10);

/// A sign of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sign {
    /// The number of the process.
    pub(crate) pid: u32,
    /// When the program started, in milliseconds since 1970.
    pub(crate) started_ms: i64,
    /// When this was written.
    pub(crate) alive_ms: i64,
    /// What it was asked to do is done: it has ended by itself.
    #[serde(default)]
    pub(crate) has_stopped: bool,
    /// What keeps it from working.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trouble: Option<String>,
}

/// What the file says of a bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Life {
    /// One runs. It left this sign, unless it is an earlier version.
    Runs(Option<Sign>),
    /// None runs. The last one left this sign.
    Ended(Option<Sign>),
}

/// The file, locked.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Locks the file beside a memory, which keeps a second program away.
    pub(super) fn take(memory: &Path) -> Result<Self, StoreError> {
        let in_file = |source| StoreError::File {
            path: memory.to_owned(),
            source,
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(beside(memory))
            .map_err(in_file)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(fs::TryLockError::Error(error)) => return Err(in_file(error)),
            }
        }
        Err(StoreError::Taken {
            path: memory.to_owned(),
        })
    }

    /// Leaves a sign of life.
    pub(super) fn sign(&self, sign: &Sign) -> io::Result<()> {
        let mut sign = sign.clone();
        if let Some(trouble) = &mut sign.trouble {
            trouble.truncate(trouble.floor_char_boundary(SENTENCE));
        }
        let mut bytes = serde_json::to_vec(&sign)?;
        bytes.resize(SIZE - 1, b' ');
        bytes.push(b'\n');
        self.0.write_all_at(&bytes, 0)
    }
}

/// Looks whether a bridge is at work on a memory.
pub(crate) fn look(memory: &Path) -> io::Result<Life> {
    let mut file = match File::open(beside(memory)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Life::Ended(None)),
        Err(error) => return Err(error),
    };
    let runs = match file.try_lock_shared() {
        Ok(()) => {
            file.unlock()?;
            false
        }
        Err(fs::TryLockError::WouldBlock) => true,
        Err(fs::TryLockError::Error(error)) => return Err(error),
    };
    let mut bytes = Vec::new();
    Read::by_ref(&mut file)
        .take(SIZE as u64)
        .read_to_end(&mut bytes)?;
    let sign = serde_json::from_slice(&bytes).ok();
    Ok(if runs {
        Life::Runs(sign)
    } else {
        Life::Ended(sign)
    })
}

impl Sign {
    /// Returns how long ago it was written.
    pub(crate) fn age(&self, now: Timestamp) -> Duration {
        now.since(Timestamp::from_millis(self.alive_ms))
    }
}

fn beside(memory: &Path) -> PathBuf {
    let mut name = memory.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(trouble: Option<&str>) -> Sign {
        Sign {
            pid: 7,
            started_ms: 1_000,
            alive_ms: 5_000,
            has_stopped: false,
            trouble: trouble.map(str::to_owned),
        }
    }

    #[test]
    fn lock_says_whether_the_program_lives() {
        let folder = tempfile::tempdir().unwrap();
        let memory = folder.path().join("bridge.db");
        assert_eq!(look(&memory).unwrap(), Life::Ended(None));
        let lock = Lock::take(&memory).unwrap();
        // As an earlier version left it.
        assert_eq!(look(&memory).unwrap(), Life::Runs(None));
        lock.sign(&sign(None)).unwrap();
        let at_first = fs::metadata(beside(&memory)).unwrap().len();
        let long = sign(Some(&"\u{e9}".repeat(5_000)));
        lock.sign(&long).unwrap();
        lock.sign(&sign(Some("the disk is full"))).unwrap();
        assert_eq!(fs::metadata(beside(&memory)).unwrap().len(), at_first);
        let last = Some(sign(Some("the disk is full")));
        assert_eq!(look(&memory).unwrap(), Life::Runs(last.clone()));
        assert!(matches!(
            Lock::take(&memory).unwrap_err(),
            StoreError::Taken { .. }
        ));
        // What a second program tried has changed nothing.
        assert_eq!(look(&memory).unwrap(), Life::Runs(last.clone()));
        drop(lock);
        assert_eq!(look(&memory).unwrap(), Life::Ended(last));
    }

    #[test]
    fn file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let memory = folder.path().join("bridge.db");
        let _lock = Lock::take(&memory).unwrap();
        let mode = fs::metadata(beside(&memory)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }

    #[test]
    fn damaged_sign_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let memory = folder.path().join("bridge.db");
        fs::write(beside(&memory), "{\"pid\":").unwrap();
        assert_eq!(look(&memory).unwrap(), Life::Ended(None));
    }
}
