// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The data folder: made when a space is made, looked for otherwise.

use std::fs::DirBuilder;
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

use anyhow::Context;

use super::command_line::quoted;
use super::error::Error;
use crate::config::{Config, DATA_DIR_VARIABLE, Database};
use crate::store::StoreError;
use crate::store::diagnosis::{Diagnosis, diagnose};
use crate::store::portable::files::orphans;

/// Makes the data folder when it is missing. Only its owner may look inside.
pub(super) fn make(config: &Config) -> Result<(), Error> {
    let folder = &config.data_dir;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make the data folder {}", folder.display()))
        .map_err(|error| {
            Error::from(error).hint("name another folder with --data-dir, or make this one by hand")
        })?;
    let mode = std::fs::metadata(folder)
        .with_context(|| format!("cannot look at the data folder {}", folder.display()))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        tracing::warn!(
            "other users of this machine can look into the data folder {}; chmod 700 closes it",
            folder.display()
        );
    }
    Ok(())
}

/// Refuses when there is nothing in the data folder: a folder mistyped must not become an empty space.
pub(super) fn expect(config: &Config) -> Result<(), Error> {
    match config.database() {
        Database::Postgres(_) => Ok(()),
        Database::Sqlite(file) => match std::fs::metadata(&file) {
            Ok(there) if there.is_file() => Ok(()),
            Ok(_) => Err(
                Error::from(anyhow::anyhow!("{} is not a file", file.display()))
                    .hint("name another folder with --data-dir"),
            ),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(match orphans(&file).first() {
                    Some(orphan) => Error::refused(format!(
                        "{} is missing, and {} is there, which belongs to it",
                        file.display(),
                        orphan.display()
                    ))
                    .hint(
                        "bring a backup back with `space-server restore`, which puts that file aside, or put the \
                         database back where it was",
                    ),
                    None => no_space(config),
                })
            }
            Err(error) if error.kind() == ErrorKind::NotADirectory => Err(Error::from(
                anyhow::anyhow!("{} is not a folder", config.data_dir.display()),
            )
            .hint("name another folder with --data-dir")),
            // A folder of another user looks empty to this one, and is not.
            Err(source) => Err(cannot_open(
                config,
                &StoreError::File {
                    path: file.display().to_string(),
                    source,
                },
            )),
        },
    }
}

/// Says that there is no space where the configuration says.
pub(super) fn no_space(config: &Config) -> Error {
    let place = match config.database() {
        Database::Sqlite(_) => {
            let folder = &config.data_dir;
            let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            absolute.display().to_string()
        }
        Database::Postgres(url) => url.to_string(),
    };
    let hint = match config.database() {
        Database::Sqlite(_) if config.data_dir == Config::default().data_dir => format!(
            "name the data folder of your space with --data-dir DIR, {DATA_DIR_VARIABLE} or --config FILE: nothing did, so \
             {} in the present folder was looked at; `space-server init --help` says how to make a space",
            config.data_dir.display()
        ),
        Database::Sqlite(_) => format!(
            "see whether that is the right folder; a new space is made there by `space-server init --data-dir {} --name NAME \
             --owner NAME`, and `space-server restore` brings back a backup",
            quoted(&config.data_dir.display().to_string())
        ),
        Database::Postgres(_) => "see whether that is the right database; a new space is made there by `space-server init \
             --name NAME --owner NAME`, and `space-server restore` brings back a backup"
            .to_owned(),
    };
    Error::refused(format!("there is no space in {place}")).hint(hint)
}

/// Says that the database could not be opened, why, and what to try.
pub(super) fn cannot_open(config: &Config, error: &StoreError) -> Error {
    let database = config.database();
    let place = match &database {
        Database::Sqlite(file) => file.display().to_string(),
        Database::Postgres(url) => url.to_string(),
    };
    let Diagnosis { why, hint } = diagnose(&database, error);
    Error::from(anyhow::anyhow!(why).context(format!("cannot open {place}"))).hint(hint)
}
