// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Making a backup. Under its name there is the whole of it, read again and found sound, or nothing.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use space_core::Timestamp;

use super::archive::{self, Reader, Writer};
use super::{BackupError, FORMAT, FORMAT_VERSION, Manifest, Totals};
use crate::config::Config;
use crate::import::Progress;
use crate::media;
use crate::store::portable::{Cell, Source};

/// About how many bytes of rows are in one entry.
const PIECE: usize = 4 << 20;

/// What to make.
#[derive(Debug, Clone)]
pub(crate) struct Make {
    /// Where.
    pub(crate) path: PathBuf,
    /// Whether it is compressed.
    pub(crate) is_compressed: bool,
    /// Whether pictures come with it.
    pub(crate) has_media: bool,
    /// Whether a file that is there may be overwritten.
    pub(crate) overwrites: bool,
    /// The present time.
    pub(crate) now: Timestamp,
}

/// Makes a backup beside whatever the server does.
pub(crate) async fn make(
    config: &Config,
    what: &Make,
    progress: &Progress,
) -> Result<Totals, BackupError> {
    let path = &what.path;
    if path.exists() && !what.overwrites {
        return Err(BackupError::Exists { path: path.clone() });
    }
    let half = beside(path, "half");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&half)
        .map_err(BackupError::file(&half))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(BackupError::Busy { path: path.clone() }),
        Err(TryLockError::Error(error)) => return Err(BackupError::file(&half)(error)),
    }
    // What a backup that was cut off has left.
    file.set_len(0).map_err(BackupError::file(&half))?;
    let copy = Removed(beside(path, "copy"));
    let half = Removed(half);

    progress.begin_parts("copying");
    let done = std::cell::Cell::new(0);
    let source = Source::open(&config.database(), &copy.0, &|parts| {
        progress.advance(parts.saturating_sub(done.replace(parts)));
    })
    .await?;
    progress.begin_rows("writing");
    write(
        config,
        what,
        &source,
        file.try_clone().map_err(BackupError::file(&half.0))?,
        progress,
    )
    .await?;
    drop(source);

    let totals = verify(&half.0, progress)?;
    fs::rename(&half.0, path).map_err(BackupError::file(path))?;
    sync_folder(path).map_err(BackupError::file(path))?;
    progress.end();
    Ok(totals)
}

async fn write(
    config: &Config,
    what: &Make,
    source: &Source,
    file: File,
    progress: &Progress,
) -> Result<(), BackupError> {
    let failed = || BackupError::file(&what.path);
    let catalog = source.catalog();
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: what.now.millis(),
        tables_version: catalog.version,
        tables: catalog.tables.clone(),
        has_media: what.has_media,
    };
    let mut archive = Writer::begin(file, what.is_compressed, &manifest).map_err(failed())?;
    let mut counts = BTreeMap::new();
    for table in &catalog.tables {
        let (mut count, mut piece, mut lines) = (0_u64, 0_u64, Vec::new());
        source
            .rows(table, |cells| {
                line(&mut lines, &cells).map_err(|error| failed()(error.into()))?;
                count += 1;
                progress.advance(1);
                if lines.len() >= PIECE {
                    piece += 1;
                    archive.rows(&table.name, piece, &lines).map_err(failed())?;
                    lines.clear();
                }
                Ok::<(), BackupError>(())
            })
            .await?;
        if !lines.is_empty() {
            archive
                .rows(&table.name, piece + 1, &lines)
                .map_err(failed())?;
        }
        counts.insert(table.name.clone(), count);
    }
    let mut pictures = 0;
    if what.has_media {
        for name in media::names(&config.data_dir).map_err(BackupError::file(&config.data_dir))? {
            let read = media::read(&config.data_dir, &name);
            if let Some(bytes) = read.map_err(BackupError::file(&config.data_dir))? {
                archive.picture(&name, &bytes).map_err(failed())?;
                pictures += 1;
            }
        }
    }
    archive.end(counts, pictures).map_err(failed())
}

/// Writes a row as one line.
fn line(out: &mut Vec<u8>, cells: &[Cell]) -> serde_json::Result<()> {
    let values: Vec<Value> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Bool(value) => Value::Bool(*value),
            Cell::I64(value) => Value::from(*value),
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Bytes(bytes) => Value::from(STANDARD.encode(bytes)),
        })
        .collect();
    serde_json::to_writer(&mut *out, &values)?;
    out.push(b'\n');
    Ok(())
}

/// Reads a backup from its first byte to its last, and says what is in it.
pub(super) fn verify(path: &Path, progress: &Progress) -> Result<Totals, BackupError> {
    let size = fs::metadata(path).map_err(BackupError::file(path))?.len();
    progress.begin_bytes("checking", Some(size));
    let counter = progress.clone();
    let mut bytes = archive::open(path, move |read| counter.advance(read))?;
    let (mut reader, manifest) = Reader::begin(path, &mut bytes)?;
    loop {
        if let Err(end) = reader.next()? {
            return Ok(Totals::of(&manifest, &end));
        }
    }
}

/// Names a file that belongs to another: hidden, in the same folder.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}"))
}

/// Makes the name of a file as durable as the file.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

/// A file that goes away when nothing came of it.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
