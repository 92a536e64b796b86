// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The place of a SQLite database: what may stand there before a restore, and how the restored one takes it.

use std::path::Path;

use super::BackupError;
use crate::store::portable::files::{Aside, is_unused, orphans, present, put_aside};
use crate::unfinished::Unfinished;

/// Refuses when there is something that may not be replaced, or that somebody uses. What is left of a database without
/// its own file is never in the way: it is put aside.
pub(super) fn is_free(place: &Path, replaces: bool) -> Result<(), BackupError> {
    let is_occupied = !present(place).is_empty() && orphans(place).is_empty();
    if is_occupied && !replaces {
        return Err(BackupError::Occupied {
            place: place.display().to_string(),
        });
    }
    if is_unused(place)? {
        Ok(())
    } else {
        Err(BackupError::InUse {
            path: place.to_owned(),
        })
    }
}

/// Puts a database that is whole in its place, and all files of the one that was there aside.
pub(super) fn take(
    place: &Path,
    half: Unfinished,
    number: i64,
) -> Result<Option<Aside>, BackupError> {
    let failed = || BackupError::file(place);
    let aside = put_aside(place, number).map_err(failed())?;
    // Since the look a moment ago a server may have been started.
    let named = half.name();
    if let Err(error) = named {
        if let Some(aside) = aside {
            aside.back().map_err(failed())?;
        }
        return Err(failed()(error));
    }
    Ok(aside)
}
