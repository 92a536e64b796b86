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
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // A record that a power cut left half written is none, wherever it was cut; the others count.
        let records = bytes
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<Record>(line).ok())
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
        append(&mut *self.file(), &line)
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
        // Each record is written whole or cut off again, whatever happened to the last one.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that grows at its end and can be cut off there.
trait Tail: Write {
    fn bytes(&self) -> io::Result<u64>;
    fn cut(&mut self, bytes: u64) -> io::Result<()>;
}

impl Tail for File {
    fn bytes(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.set_len(bytes)
    }
}

/// Writes a line at the end. When that fails, as on a full disk, what there is of it is cut off again: the next line would
/// go on where it broke off, and neither could be read.
fn append(tail: &mut impl Tail, line: &[u8]) -> io::Result<()> {
    let before = tail.bytes()?;
    tail.write_all(line).inspect_err(|_| {
        // Why it could not be written says more than why it could not be cut.
        let _ = tail.cut(before);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with so much room.
    struct Disk {
        bytes: Vec<u8>,
        room: usize,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room - self.bytes.len());
            if fits == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.bytes.extend_from_slice(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Tail for Disk {
        fn bytes(&self) -> io::Result<u64> {
            Ok(self.bytes.len() as u64)
        }

        fn cut(&mut self, bytes: u64) -> io::Result<()> {
            self.bytes.truncate(usize::try_from(bytes).unwrap());
            Ok(())
        }
    }

    #[test]
    fn what_could_not_be_written_whole_is_cut_off_again() {
        let mut disk = Disk {
            bytes: Vec::new(),
            room: 10,
        };
        append(&mut disk, b"first\n").unwrap();
        let error = append(&mut disk, b"second\n").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        append(&mut disk, b"3rd\n").unwrap();
        assert_eq!(disk.bytes, b"first\n3rd\n");
    }

    #[test]
    fn a_character_that_was_cut_in_half_loses_its_own_record_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sent");
        let (journal, _) = Journal::open(&path).unwrap();
        journal.note(OpId(7), &Progress::default()).unwrap();
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"op\":8,\"progress\":{\"lines\":[\"caf\xc3\n")
            .unwrap();
        journal.note(OpId(9), &Progress::default()).unwrap();
        let (_, found) = Journal::open(&path).unwrap();
        let ops: Vec<_> = found.into_iter().map(|(op, _)| op).collect();
        assert_eq!(ops, [OpId(7), OpId(9)]);
    }

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
