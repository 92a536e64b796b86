// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Making a backup. Under its name there is the whole of it, read again and found sound, or nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use space_core::Timestamp;

use super::archive::{self, Reader, Writer};
use super::{BackupError, End, FORMAT, FORMAT_VERSION, Manifest, Totals};
use crate::config::Config;
use crate::import::Progress;
use crate::media::{self, MediaName};
use crate::store::portable::{Cell, Gap, Gaps, Source};
use crate::unfinished::Unfinished;

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
    if fs::symlink_metadata(path).is_ok() && !what.overwrites {
        return Err(BackupError::Exists { path: path.clone() });
    }
    let half = Unfinished::create(path, what.now.millis()).map_err(BackupError::file(path))?;
    if half.sweep().map_err(BackupError::file(path))? {
        return Err(BackupError::Busy { path: path.clone() });
    }
    let copy = Removed(half.copy());

    progress.begin_parts("copying");
    let done = std::cell::Cell::new(0);
    let mut gaps = Gaps::default();
    let source = Source::open(&config.database(), &copy.0, &mut gaps, &|parts| {
        progress.advance(parts.saturating_sub(done.replace(parts)));
    })
    .await?;
    progress.begin_rows("writing");
    let file = half.file().try_clone().map_err(BackupError::file(path))?;
    write(config, what, &source, gaps, file, progress).await?;
    drop(source);
    // A copy is swept away with what it belongs to, and that is about to get another name.
    drop(copy);

    let (totals, _) = verify(half.path(), progress)?;
    let named = if what.overwrites {
        half.replace()
    } else {
        half.name()
    };
    named.map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            BackupError::Exists { path: path.clone() }
        } else {
            BackupError::file(path)(error)
        }
    })?;
    progress.end();
    Ok(totals)
}

async fn write(
    config: &Config,
    what: &Make,
    source: &Source,
    mut gaps: Gaps,
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
            .rows(table, &mut gaps, |cells| {
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
            match read.map_err(BackupError::file(&config.data_dir))? {
                Some(bytes) if name.fits(&bytes) => {
                    archive.picture(&name, &bytes).map_err(failed())?;
                    pictures += 1;
                }
                Some(_) => gaps.add(not_its_name(&name)),
                None => {}
            }
        }
    }
    archive.end(counts, pictures, &gaps).map_err(failed())
}

/// A picture whose content is not what its name says is no picture of anybody's.
pub(super) fn not_its_name(name: &MediaName) -> Gap {
    Gap {
        table: "media".to_owned(),
        key: name.to_string(),
        why: "what it holds does not have the hash that its name says".to_owned(),
        is_left_out: true,
    }
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
pub(super) fn verify(path: &Path, progress: &Progress) -> Result<(Totals, End), BackupError> {
    let size = fs::metadata(path).map_err(BackupError::file(path))?.len();
    progress.begin_bytes("checking", Some(size));
    let counter = progress.clone();
    let mut bytes = archive::open(path, move |read| counter.advance(read))?;
    let (mut reader, manifest) = Reader::begin(path, &mut bytes)?;
    loop {
        if let Err(end) = reader.next()? {
            return Ok((Totals::of(&manifest, &end), end));
        }
    }
}

/// A file that goes away when nothing came of it.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
