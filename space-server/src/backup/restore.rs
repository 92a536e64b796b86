// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Restoring a backup, into a database in which there is nothing.
//!
//! A restored space is not the one it was: what was written after the backup is gone, though clients have seen it. So
//! it begins a new epoch, by which they notice that they have to read everything again, and its counters jump ahead, so
//! that no number means two things.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use space_core::{Entropy, Timestamp};

use super::archive::{self, Name, Reader};
use super::compare::{Returned, compare};
use super::make::{not_its_name, verify};
use super::place::{is_free, take};
use super::{BackupError, Manifest, Totals};
use crate::config::{Config, Database};
use crate::import::Progress;
use crate::media;
use crate::store::portable::files::present;
use crate::store::portable::{
    Catalog, Cell, ColumnKind, Gaps, NewLife, PostgresTarget, SqliteTarget, Table, Target, confirm,
};
use crate::store::{Store, StoreError, head};
use crate::unfinished::Unfinished;

/// What to restore.
#[derive(Debug, Clone)]
pub(crate) struct Restore {
    /// The backup.
    pub(crate) path: PathBuf,
    /// Whether a database that is there is put aside.
    pub(crate) replaces: bool,
    /// How many ids are left out at least.
    pub(crate) skip_ids: i64,
    /// Whether tokens of the backup are void.
    pub(crate) signs_out: bool,
    /// The present time.
    pub(crate) now: Timestamp,
}

/// What was restored.
#[derive(Debug)]
pub(crate) struct Restored {
    pub(crate) totals: Totals,
    /// Files of the database that was there before, under their new names.
    pub(crate) put_aside: Vec<PathBuf>,
    /// What was taken away after the backup, and is there again.
    pub(crate) returned: Returned,
}

/// Restores a backup. The whole of it is checked before anything is written, and what was written before this says that it is
/// there.
pub(crate) async fn restore(
    config: &Config,
    what: &Restore,
    entropy: &dyn Entropy,
    progress: &Progress,
) -> Result<Restored, BackupError> {
    let path = &what.path;
    if let Database::Sqlite(place) = config.database() {
        is_free(&place, what.replaces)?;
    }
    let (mut totals, end) = verify(path, progress)?;
    let size = fs::metadata(path).map_err(BackupError::file(path))?.len();
    progress.begin_bytes("restoring", Some(size));
    let counter = progress.clone();
    let mut bytes = archive::open(path, move |read| counter.advance(read))?;
    let (mut reader, manifest) = Reader::begin(path, &mut bytes)?;
    let catalog = known(path, &manifest)?;
    media::sweep(&config.data_dir).map_err(BackupError::file(&config.data_dir))?;
    let (mut target, half) = target(config, what, &catalog).await?;
    let mut found = Gaps::default();
    let mut table: Option<&Table> = None;
    while let Ok((name, content)) = reader.next()? {
        match name {
            Name::Picture(name) if !name.fits(&content) => found.add(not_its_name(&name)),
            Name::Picture(name) => {
                let kept = media::keep(&config.data_dir, &name, &content);
                kept.map_err(BackupError::file(&config.data_dir))?;
            }
            Name::Rows(name) => {
                if table.is_none_or(|table| table.name != name) {
                    let mut tables = catalog.tables.iter();
                    let next = tables.find(|table| table.name == name).ok_or_else(|| {
                        reader.damaged(&format!("it has a table {name:?}, which there is not"))
                    })?;
                    target.begin(next).await?;
                    table = Some(next);
                }
                let Some(table) = table else { continue };
                for line in content.split(|byte| *byte == b'\n') {
                    if !line.is_empty() {
                        let cells = cells(table, line).map_err(|why| reader.damaged(&why))?;
                        target.row(&cells).await?;
                    }
                }
            }
        }
    }
    progress.begin_rows("finishing");
    let life = new_life(what, entropy);
    target.finish(&catalog, &life, &end.rows).await?;
    let mut aside = None;
    if let (Database::Sqlite(place), Some(half)) = (config.database(), half) {
        // Once more: the backup may have been large.
        is_free(&place, what.replaces)?;
        aside = take(&place, half, what.now.millis())?;
        confirm(&place, &catalog, &life, &end.rows).map_err(unconfirmed(&place))?;
    }
    is_served(config, &life).await?;
    let (mut put_aside, mut returned) = (Vec::new(), Returned::Unknown);
    if let (Database::Sqlite(place), Some(aside)) = (config.database(), aside) {
        // Only now does it have all tables of this version.
        returned = compare(&place, &aside.path, what.now);
        put_aside = aside.files();
    }
    totals.add(&found);
    progress.end();
    Ok(Restored {
        totals,
        put_aside,
        returned,
    })
}

fn unconfirmed(place: &Path) -> impl FnOnce(StoreError) -> BackupError {
    let path = place.to_owned();
    move |error| BackupError::Unconfirmed {
        path,
        source: Box::new(error),
    }
}

/// Opens the store as a server would, which brings the tables of an older version up to date, and looks whether it is the one
/// that was restored.
async fn is_served(config: &Config, life: &NewLife) -> Result<(), BackupError> {
    let store = Store::open(config).await?;
    let head = store.read(|x| Box::pin(head::read(x))).await?;
    if head.epoch == life.epoch {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            why: "it is not the one that was restored".to_owned(),
        }
        .into())
    }
}

/// Returns the tables of a backup, if they are those of a version that this program knows.
fn known(path: &Path, manifest: &Manifest) -> Result<Catalog, BackupError> {
    let Some(catalog) = Catalog::at(manifest.tables_version)? else {
        return Err(BackupError::Newer {
            path: path.to_owned(),
            program: manifest.program.clone(),
        });
    };
    let is_same = |(ours, theirs): (&Table, &Table)| {
        ours.name == theirs.name && ours.columns == theirs.columns
    };
    let all_are = catalog.tables.len() == manifest.tables.len()
        && catalog.tables.iter().zip(&manifest.tables).all(is_same);
    if all_are {
        Ok(catalog)
    } else {
        Err(BackupError::Damaged {
            path: path.to_owned(),
            why: format!(
                "its tables are not those of their version, {}",
                manifest.tables_version
            ),
        })
    }
}

async fn target(
    config: &Config,
    what: &Restore,
    catalog: &Catalog,
) -> Result<(Target, Option<Unfinished>), BackupError> {
    match config.database() {
        Database::Sqlite(place) => {
            let failed = || BackupError::file(&place);
            let half = Unfinished::create(&place, what.now.millis()).map_err(failed())?;
            // What a restore of an earlier version that was cut off has left.
            for left in present(&place.with_file_name("space.db.restoring")) {
                let _ = fs::remove_file(left);
            }
            if half.sweep().map_err(failed())? {
                return Err(BackupError::Restoring { path: place });
            }
            let target = SqliteTarget::create(half.path(), catalog.version)?;
            Ok((Target::Sqlite(Box::new(target)), Some(half)))
        }
        Database::Postgres(url) => match PostgresTarget::create(url.expose(), catalog).await? {
            Some(target) => Ok((Target::Postgres(Box::new(target)), None)),
            None => Err(BackupError::Occupied {
                place: url.to_string(),
            }),
        },
    }
}

fn new_life(what: &Restore, entropy: &dyn Entropy) -> NewLife {
    let (mut seal_key, mut epoch) = (vec![0; 32], [0; 8]);
    entropy.fill(&mut seal_key);
    entropy.fill(&mut epoch);
    NewLife {
        epoch: i64::from_be_bytes(epoch) & i64::MAX,
        seal_key,
        skip: what.skip_ids,
        signs_out: what.signs_out,
    }
}

/// Reads the line of a row.
fn cells(table: &Table, line: &[u8]) -> Result<Vec<Cell>, String> {
    let values: Vec<Value> = serde_json::from_slice(line)
        .map_err(|error| format!("a row of {} cannot be read: {error}", table.name))?;
    if values.len() != table.columns.len() {
        return Err(format!("a row of {} has not all its columns", table.name));
    }
    table
        .columns
        .iter()
        .zip(values)
        .map(|(column, value)| {
            let cell = match (column.kind, value) {
                (_, Value::Null) => Some(Cell::Null),
                (ColumnKind::Integer, Value::Number(number)) => number.as_i64().map(Cell::I64),
                (ColumnKind::Boolean, Value::Bool(value)) => Some(Cell::Bool(value)),
                (ColumnKind::Text, Value::String(text)) => Some(Cell::Text(text)),
                (ColumnKind::Bytes, Value::String(text)) => {
                    STANDARD.decode(text).ok().map(Cell::Bytes)
                }
                _ => None,
            };
            cell.ok_or_else(|| {
                format!(
                    "a row of {} has no {:?} in {}",
                    table.name, column.kind, column.name
                )
            })
        })
        .collect()
}
