// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Opens what an import reads - a folder, an archive, a single file - and yields its documents one by one.
//!
//! What cannot be read is reported where it is found, and reading goes on behind it as far as it can: after a
//! damaged header the archive is searched for the next sound one; damaged compression ends the archive.

use std::fs::{self, File};
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::{Path, PathBuf};

/// How large one document may be. The largest topic of a forum with 37,000 posts has 1 MB.
pub(crate) const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// How deep folders are followed.
const MAX_DEPTH: usize = 16;

/// Where the blocks of a tar archive begin.
const TAR_BLOCK: usize = 512;

/// Why nothing could be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The path cannot be opened.
    #[error("cannot open {path}")]
    Open {
        /// What was to be opened.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// What reading comes upon.
#[derive(Debug)]
pub(crate) enum Item {
    /// A file whose name ends in `.json`.
    Document {
        /// Its path within the source.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A `.json` file that cannot be read.
    Unreadable {
        /// Its path within the source.
        name: String,
        /// Why not.
        why: String,
    },
    /// The archive itself is damaged.
    Damaged {
        /// Where.
        place: String,
        /// What is wrong.
        why: String,
    },
}

/// Reads everything under `path` in a fixed order: folders by name, archives as they are written.
///
/// `progress` is told the bytes read since it was last told: of an archive or file as it is on disk.
pub(crate) fn read(
    path: &Path,
    progress: &mut dyn FnMut(u64),
    take: &mut dyn FnMut(Item),
) -> Result<(), SourceError> {
    let open = |source| SourceError::Open {
        path: path.to_owned(),
        source,
    };
    let meta = fs::metadata(path).map_err(open)?;
    if meta.is_dir() {
        fs::read_dir(path).map_err(open)?;
        read_folder(path, path, 0, progress, take);
        return Ok(());
    }
    let file = File::open(path).map_err(open)?;
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    );
    let counted = BufReader::with_capacity(
        1 << 17,
        Counted {
            inner: file,
            progress,
        },
    );
    read_stream(&name, counted, take);
    Ok(())
}

/// Returns how many bytes [`read`] will tell of, as far as that is known before.
pub(crate) fn size(path: &Path) -> Option<u64> {
    fs::metadata(path)
        .ok()
        .filter(fs::Metadata::is_file)
        .map(|meta| meta.len())
}

struct Counted<'p, R> {
    inner: R,
    progress: &'p mut dyn FnMut(u64),
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        (self.progress)(read as u64);
        Ok(read)
    }
}

fn is_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("json"))
}

fn read_folder(
    root: &Path,
    folder: &Path,
    depth: usize,
    progress: &mut dyn FnMut(u64),
    take: &mut dyn FnMut(Item),
) {
    let shown = |path: &Path| {
        path.strip_prefix(root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned()
    };
    let damaged = |why: String| Item::Damaged {
        place: format!("folder {}", shown(folder)),
        why,
    };
    if depth > MAX_DEPTH {
        return take(damaged(format!("is more than {MAX_DEPTH} folders deep")));
    }
    let mut entries = Vec::new();
    match fs::read_dir(folder) {
        Ok(found) => {
            for entry in found {
                match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                    Ok(entry) => entries.push(entry),
                    Err(error) => take(damaged(error.to_string())),
                }
            }
        }
        Err(error) => return take(damaged(error.to_string())),
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let name = shown(&path);
        if kind.is_dir() {
            if is_json(&name) {
                let why = "is a folder".to_owned();
                take(Item::Unreadable { name, why });
            }
            read_folder(root, &path, depth + 1, progress, take);
        } else if is_json(&name) {
            // A link is followed to a file, never to a folder: no walk leaves the source or goes in circles.
            let document = fs::metadata(&path).and_then(|meta| {
                if !meta.is_file() {
                    return Err(io::Error::other("is not a file"));
                }
                bounded(File::open(&path)?)
            });
            if let Ok(bytes) = &document {
                progress(bytes.len() as u64);
            }
            take(match document {
                Ok(bytes) => Item::Document { name, bytes },
                Err(error) => Item::Unreadable {
                    name,
                    why: error.to_string(),
                },
            });
        }
    }
}

/// Reads a document to its end, unless it is larger than any topic.
fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_DOCUMENT_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_DOCUMENT_BYTES {
        return Err(io::Error::other(format!(
            "is larger than {} MiB",
            MAX_DOCUMENT_BYTES >> 20
        )));
    }
    Ok(bytes)
}

type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads the first `count` bytes, and gives them back with the reader.
fn peek<R: Read>(mut reader: R, count: usize) -> (Vec<u8>, Peeked<R>) {
    let mut head = vec![0; count];
    let mut have = 0;
    while have < count {
        match reader.read(&mut head[have..]) {
            // What is wrong with the reader shows again as soon as it is read.
            Ok(0) | Err(_) => break,
            Ok(read) => have += read,
        }
    }
    head.truncate(have);
    (head.clone(), Cursor::new(head).chain(reader))
}

fn read_stream(name: &str, reader: impl Read, take: &mut dyn FnMut(Item)) {
    let (head, reader) = peek(reader, 4);
    let is_zstd = head == [0x28, 0xb5, 0x2f, 0xfd];
    if is_zstd {
        match zstd::Decoder::new(reader) {
            Ok(decoder) => read_plain(name, decoder, take),
            Err(error) => take(Item::Damaged {
                place: name.to_owned(),
                why: error.to_string(),
            }),
        }
    } else {
        read_plain(name, reader, take);
    }
}

fn read_plain(name: &str, reader: impl Read, take: &mut dyn FnMut(Item)) {
    let (head, mut reader) = peek(reader, TAR_BLOCK);
    if head.get(257..262) == Some(b"ustar") || name.contains(".tar") {
        read_tar(name, &mut reader, take);
    } else {
        take(match bounded(reader) {
            Ok(bytes) => Item::Document {
                name: name.to_owned(),
                bytes,
            },
            Err(error) => Item::Unreadable {
                name: name.to_owned(),
                why: error.to_string(),
            },
        });
    }
}

/// Remembers how reading ended, so that damage of the archive can be told from damage of its compression.
struct Watched<R> {
    inner: R,
    is_over: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        self.is_over |= !buffer.is_empty() && !matches!(read, Ok(1..));
        read
    }
}

fn read_tar(archive: &str, reader: impl Read, take: &mut dyn FnMut(Item)) {
    let mut reader = Watched {
        inner: reader,
        is_over: false,
    };
    let mut last = String::new();
    let mut found = 0_u64;
    // One report for each damaged place, however many blocks are searched behind it.
    let mut reported = None;
    let mut damaged = |after: &str, found: u64, why: String, take: &mut dyn FnMut(Item)| {
        if reported.replace(found) != Some(found) {
            let after = if after.is_empty() {
                "at its start".to_owned()
            } else {
                format!("after {after}")
            };
            take(Item::Damaged {
                place: format!("{archive}, {after}"),
                why,
            });
        }
    };
    loop {
        let mut tar = tar::Archive::new(&mut reader);
        let damage = match tar.entries() {
            Ok(entries) => {
                let mut entries = entries;
                loop {
                    match entries.next() {
                        None => break None,
                        Some(Err(error)) => break Some(error),
                        Some(Ok(entry)) => {
                            found += 1;
                            last = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                            if is_json(&last) {
                                take(tar_document(&last, entry));
                            }
                        }
                    }
                }
            }
            Err(error) => Some(error),
        };
        let Some(error) = damage else { break };
        damaged(&last, found, error.to_string(), take);
        // The next block may be a sound header again, unless there is none.
        if reader.is_over {
            return;
        }
    }
    // The checksum of the compression stands at the very end.
    if let Err(error) = io::copy(&mut reader, &mut io::sink()) {
        damaged(&last, found, error.to_string(), take);
    } else if found == 0 {
        damaged(&last, found, "it holds nothing".to_owned(), take);
    }
}

fn tar_document(name: &str, entry: tar::Entry<'_, impl Read>) -> Item {
    let size = entry.size();
    let name = name.to_owned();
    if !entry.header().entry_type().is_file() {
        let why = "is a folder or a link".to_owned();
        return Item::Unreadable { name, why };
    }
    match bounded(entry) {
        Ok(bytes) if (bytes.len() as u64) < size => Item::Unreadable {
            why: format!("is cut: {} of {size} bytes are there", bytes.len()),
            name,
        },
        Ok(bytes) => Item::Document { name, bytes },
        Err(error) => Item::Unreadable {
            name,
            why: error.to_string(),
        },
    }
}
