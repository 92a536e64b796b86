// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The archive: entries go in one after the other, and come out again checked.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{BackupError, End, FORMAT, FORMAT_VERSION, Manifest};
use crate::media::MediaName;
use crate::store::portable::Gaps;

const MANIFEST: &str = "backup.json";
const END: &str = "end.json";

/// What a zstd frame begins with.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Bytes of one entry at most: a piece of a table is cut long before, and no picture is that large.
const ENTRY_MAX: u64 = 256 << 20;

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// Rows of a table, as lines.
    Rows(String),
    /// A picture.
    Picture(MediaName),
}

/// An archive that is being written.
pub(super) struct Writer {
    tar: tar::Builder<Out>,
    hash: Sha256,
    made_at: u64,
}

enum Out {
    Plain(BufWriter<File>),
    Compressed(zstd::Encoder<'static, BufWriter<File>>),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Compressed(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Compressed(out) => out.flush(),
        }
    }
}

impl Writer {
    /// Begins an archive.
    pub(super) fn begin(file: File, is_compressed: bool, manifest: &Manifest) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 17, file);
        let out = if is_compressed {
            let mut encoder = zstd::Encoder::new(out, 3)?;
            encoder.include_checksum(true)?;
            Out::Compressed(encoder)
        } else {
            Out::Plain(out)
        };
        let mut writer = Self {
            tar: tar::Builder::new(out),
            hash: Sha256::new(),
            made_at: u64::try_from(manifest.made_at / 1000).unwrap_or(0),
        };
        writer.entry(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
        Ok(writer)
    }

    /// Adds rows of a table.
    pub(super) fn rows(&mut self, table: &str, piece: u64, lines: &[u8]) -> io::Result<()> {
        self.entry(&format!("tables/{table}/{piece:06}.ndjson"), lines)
    }

    /// Adds a picture.
    pub(super) fn picture(&mut self, name: &MediaName, bytes: &[u8]) -> io::Result<()> {
        self.entry(&format!("media/{name}"), bytes)
    }

    /// Ends the archive with its counts, and makes it durable.
    pub(super) fn end(
        mut self,
        rows: BTreeMap<String, u64>,
        pictures: u64,
        gaps: &Gaps,
    ) -> io::Result<()> {
        let end = End {
            rows,
            pictures,
            sha256: hex(&self.hash.clone().finalize()),
            gaps: gaps.named().to_vec(),
            more_gaps: gaps.more(),
        };
        self.entry(END, &serde_json::to_vec_pretty(&end)?)?;
        let out = match self.tar.into_inner()? {
            Out::Plain(out) => out,
            Out::Compressed(encoder) => encoder.finish()?,
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()
    }

    fn entry(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.made_at);
        self.tar.append_data(&mut header, name, bytes)?;
        add(&mut self.hash, name, bytes);
        Ok(())
    }
}

fn add(hash: &mut Sha256, name: &str, bytes: &[u8]) {
    hash.update((name.len() as u64).to_be_bytes());
    hash.update(name);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An archive that is being read, entry by entry. It is sound when [`Reader::next`] came to its end without an error.
pub(super) struct Reader<'a> {
    path: &'a Path,
    entries: tar::Entries<'a, Box<dyn Read>>,
    hash: Sha256,
    rows: BTreeMap<String, u64>,
    pictures: u64,
}

/// Opens the bytes of an archive, decompressed. `read` is told how many were read of the file.
pub(super) fn open(
    path: &Path,
    read: impl Fn(u64) + 'static,
) -> Result<tar::Archive<Box<dyn Read>>, BackupError> {
    let failed = || BackupError::file(path);
    let mut file = File::open(path).map_err(failed())?;
    let mut magic = [0; MANIFEST.len()];
    let is_compressed = match file.read_exact(&mut magic) {
        Ok(()) => magic.starts_with(&ZSTD),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(no_backup(path, "it is empty, or nearly so"));
        }
        Err(error) => return Err(failed()(error)),
    };
    // A tar archive begins with the name of its first entry.
    if !is_compressed && magic != MANIFEST.as_bytes() {
        return Err(no_backup(
            path,
            &format!("it does not begin with {MANIFEST}"),
        ));
    }
    file.rewind().map_err(failed())?;
    let counted = Counted { file, read };
    let bytes: Box<dyn Read> = if is_compressed {
        Box::new(zstd::Decoder::new(counted).map_err(failed())?)
    } else {
        Box::new(BufReader::with_capacity(1 << 17, counted))
    };
    Ok(tar::Archive::new(bytes))
}

fn no_backup(path: &Path, why: &str) -> BackupError {
    BackupError::NoBackup {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

struct Counted<F> {
    file: File,
    read: F,
}

impl<F: Fn(u64)> Read for Counted<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(into)?;
        (self.read)(length as u64);
        Ok(length)
    }
}

impl<'a> Reader<'a> {
    /// Begins to read, and says what the archive is.
    pub(super) fn begin(
        path: &'a Path,
        archive: &'a mut tar::Archive<Box<dyn Read>>,
    ) -> Result<(Self, Manifest), BackupError> {
        let no_backup = |why: String| no_backup(path, &why);
        let entries = archive.entries().map_err(BackupError::file(path))?;
        let mut reader = Self {
            path,
            entries,
            hash: Sha256::new(),
            rows: BTreeMap::new(),
            pictures: 0,
        };
        let first = match reader.entry()? {
            Some((name, bytes)) if name == MANIFEST => bytes,
            _ => return Err(no_backup(format!("it does not begin with {MANIFEST}"))),
        };
        let outline: Outline =
            serde_json::from_slice(&first).map_err(|error| no_backup(error.to_string()))?;
        if outline.format != FORMAT {
            return Err(no_backup(format!(
                "it says that it is {:?}",
                outline.format
            )));
        }
        if outline.format_version > FORMAT_VERSION {
            return Err(BackupError::Newer {
                path: path.to_owned(),
                program: outline.program,
            });
        }
        let manifest: Manifest =
            serde_json::from_slice(&first).map_err(|error| no_backup(error.to_string()))?;
        add(&mut reader.hash, MANIFEST, &first);
        Ok((reader, manifest))
    }

    /// Returns the next entry; the end of the archive when there is none.
    pub(super) fn next(&mut self) -> Result<Result<(Name, Vec<u8>), End>, BackupError> {
        let Some((name, bytes)) = self.entry()? else {
            return Err(self.damaged("it is cut off: its end is missing"));
        };
        if name == END {
            return self.end(&bytes).map(Err);
        }
        add(&mut self.hash, &name, &bytes);
        if let Some(picture) = name
            .strip_prefix("media/")
            .and_then(|name| name.parse().ok())
        {
            self.pictures += 1;
            return Ok(Ok((Name::Picture(picture), bytes)));
        }
        let table = name
            .strip_prefix("tables/")
            .and_then(|name| name.split_once('/'))
            .filter(|(_, piece)| piece.ends_with(".ndjson"))
            .map(|(table, _)| table.to_owned());
        let Some(table) = table else {
            return Err(self.damaged(&format!("it has an entry {name:?}, which no backup has")));
        };
        let lines = bytes.split(|byte| *byte == b'\n').skip(1).count() as u64;
        *self.rows.entry(table.clone()).or_default() += lines;
        Ok(Ok((Name::Rows(table), bytes)))
    }

    fn end(&mut self, bytes: &[u8]) -> Result<End, BackupError> {
        let end: End =
            serde_json::from_slice(bytes).map_err(|error| self.damaged(&error.to_string()))?;
        if end.sha256 != hex(&self.hash.clone().finalize()) {
            return Err(self.damaged("its contents are not those that were written"));
        }
        let counted = |table: &String| self.rows.get(table).copied().unwrap_or(0);
        let is_complete = end.pictures == self.pictures
            && end
                .rows
                .iter()
                .all(|(table, count)| counted(table) == *count)
            && self.rows.keys().all(|table| end.rows.contains_key(table));
        if !is_complete {
            return Err(self.damaged("it has not as many rows as it says"));
        }
        if self.entry()?.is_some() {
            return Err(self.damaged("it goes on after its end"));
        }
        Ok(end)
    }

    fn entry(&mut self) -> Result<Option<(String, Vec<u8>)>, BackupError> {
        let path = self.path;
        let damaged = |error: &dyn std::fmt::Display| BackupError::Damaged {
            path: path.to_owned(),
            why: error.to_string(),
        };
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        let entry = entry.map_err(|error| damaged(&error))?;
        let name = entry.path().map_err(|error| damaged(&error))?;
        let Some(name) = name.to_str().map(str::to_owned) else {
            return Err(damaged(&"it has an entry whose name is not UTF-8"));
        };
        let size = entry.header().size().map_err(|error| damaged(&error))?;
        if size > ENTRY_MAX || !entry.header().entry_type().is_file() {
            return Err(damaged(&format!("{name:?} is not what a backup has")));
        }
        let mut bytes = Vec::new();
        let read = entry.take(ENTRY_MAX).read_to_end(&mut bytes);
        read.map_err(|error| damaged(&error))?;
        if bytes.len() as u64 != size {
            return Err(damaged(&format!("it is cut off in {name:?}")));
        }
        Ok(Some((name, bytes)))
    }

    pub(super) fn damaged(&self, why: &str) -> BackupError {
        BackupError::Damaged {
            path: self.path.to_owned(),
            why: why.to_owned(),
        }
    }
}

/// What every version of the format has.
#[derive(serde::Deserialize)]
struct Outline {
    format: String,
    format_version: u32,
    program: String,
}
