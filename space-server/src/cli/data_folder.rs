// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The data folder: made when a space is made, looked for otherwise.

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use anyhow::Context;

use super::error::Error;
use crate::config::{Config, Database};

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
        Database::Sqlite(file) if file.is_file() => Ok(()),
        Database::Sqlite(_) => Err(no_space(&config.data_dir)),
    }
}

/// Says that there is no space in a folder.
pub(super) fn no_space(folder: &Path) -> Error {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Error::refused(format!("there is no space in {}", absolute.display())).hint(
        "make one with `space-server init --name NAME --owner NAME`, name its folder with --data-dir, or look \
         at `space-server demo`",
    )
}
