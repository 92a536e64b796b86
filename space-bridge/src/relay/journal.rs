// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is handed to the operating system, noted in the same moment.
//!
//! The memory is written with every commit on the disk, which takes a while; whoever reads a line in a room may be faster.
//! If the program were killed in that while, the line would be said again. So whoever sends a line notes it here right
//! before, in a file that outlives the program (though perhaps no power cut). It is read when the program starts, and
//! emptied when everything in it is in the memory. A later record about an operation counts more than an earlier one.
//!
//! A kill in the microseconds between the note and the sending loses the line; one after it repeats nothing.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{OpId, Progress};

/// The file.
#[derive(Debug)]
pub(crate) struct Journal {
    file: Mutex<File>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    op: OpId,
    progress: Progress,
}

impl Journal {
    /// Opens the file, or begins it; returns also what it holds. Only its owner can read it.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, Vec<(OpId, Progress)>)> {
        use std::os::unix::fs::OpenOptionsExt;
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)?;
        let mut text = String::new();
        // A record that a power cut left half written is none.
        file.read_to_string(&mut text)
            .or_else(|error| match error.kind() {
                io::ErrorKind::InvalidData => Ok(0),
                _ => Err(error),
            })?;
        let records = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Record>(line).ok())
            .map(|record| (record.op, record.progress))
            .collect();
        let journal = Self {
            file: Mutex::new(file),
        };
        Ok((journal, records))
    }

    /// Notes how far an operation came.
    pub(crate) fn note(&self, op: OpId, progress: &Progress) -> io::Result<()> {
        let record = Record {
            op,
            progress: progress.clone(),
        };
        let mut line = serde_json::to_vec(&record)?;
        line.push(b'\n');
        self.file().write_all(&line)
    }

    /// Forgets everything: it is in the memory.
    pub(crate) fn clear(&self) -> io::Result<()> {
        let mut file = self.file();
        if file.metadata()?.len() > 0 {
            file.set_len(0)?;
            file.rewind()?;
        }
        Ok(())
    }

    fn file(&self) -> std::sync::MutexGuard<'_, File> {
        // Each record is written whole or not at all, whatever happened to the last one.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_found_again_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent");
        let (journal, found) = Journal::open(&path).unwrap();
        assert_eq!(found, []);
        let progress = |sent| Progress {
            lines: vec!["one\u{200b}".to_owned(), "two".to_owned()],
            sent,
        };
        journal.note(OpId(7), &progress(1)).unwrap();
        journal.note(OpId(7), &progress(2)).unwrap();
        drop(journal);
        std::fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"{\"op\":8,")
            .unwrap();
        let (journal, found) = Journal::open(&path).unwrap();
        assert_eq!(found, [(OpId(7), progress(1)), (OpId(7), progress(2))]);
        journal.clear().unwrap();
        journal.note(OpId(9), &progress(1)).unwrap();
        let (_, found) = Journal::open(&path).unwrap();
        assert_eq!(found, [(OpId(9), progress(1))]);
    }
}
