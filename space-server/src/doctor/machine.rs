// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Folders, rights, room on the disk, age of backups.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use space_core::Timestamp;

use super::Finding;
use crate::config::{Config, Database};
use crate::store::diagnosis;

const MEBIBYTE: u64 = 1 << 20;

/// Less than this, and the next writes fail.
const ROOM_AT_LEAST: u64 = 100 * MEBIBYTE;

/// Less than this is to be looked at.
const ROOM: u64 = 1024 * MEBIBYTE;

pub(super) fn data_folder(config: &Config) -> Vec<Finding> {
    let folder = &config.data_dir;
    let shown = folder.display();
    let metadata = match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => metadata,
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return vec![Finding::wrong(
                "data_folder",
                format!("the data folder {shown} cannot be looked at: {error}"),
                "this user does not see what the server sees",
                "run this as the user of the server, such as `sudo -u space space-server doctor`",
            )];
        }
        found => {
            let what = if found.is_ok() {
                format!("{shown} is not a folder")
            } else {
                format!("there is no data folder {shown}")
            };
            return vec![Finding::wrong(
                "data_folder",
                what,
                "the server keeps everything there",
                "name it with --data-dir, or make a space with `space-server init`",
            )];
        }
    };
    let mut findings = vec![private(
        "data_folder",
        folder,
        metadata.permissions().mode(),
    )];
    if let Database::Sqlite(file) = config.database()
        && let Ok(metadata) = fs::metadata(&file)
    {
        findings.push(private(
            "database_file",
            &file,
            metadata.permissions().mode(),
        ));
        if metadata.permissions().readonly()
            || fs::OpenOptions::new().append(true).open(&file).is_err()
        {
            findings.push(Finding::wrong(
                "database_file",
                format!("{} cannot be written by this user", file.display()),
                "the server cannot write",
                "run this as the user of the server, or give the file to that user with chown",
            ));
        }
    }
    findings
}

fn private(check: &'static str, path: &Path, mode: u32) -> Finding {
    let shown = path.display();
    let is_shared = mode & 0o077 > 0;
    if !is_shared {
        return Finding::fine(check, format!("{shown} is its owner's alone"));
    }
    Finding::warning(
        check,
        format!(
            "other users of this machine have rights on {shown} (mode {:03o})",
            mode & 0o777
        ),
        "it has hashes of passwords and tokens, and what is confidential",
        format!("chmod go= {shown}"),
    )
}

pub(super) fn disk(config: &Config) -> Option<Finding> {
    let free = diagnosis::room(&config.data_dir)?;
    if diagnosis::is_read_only(&config.data_dir) {
        return Some(Finding::wrong(
            "disk",
            format!("the disk is read-only: {}", config.data_dir.display()),
            "nothing can be written",
            "mount it for writing; a disk that became read-only by itself is failing: see `dmesg`",
        ));
    }
    let database = match config.database() {
        Database::Sqlite(file) => fs::metadata(file).map_or(0, |metadata| metadata.len()),
        Database::Postgres(_) => 0,
    };
    Some(room(&config.data_dir, free, database))
}

fn room(folder: &Path, free: u64, database: u64) -> Finding {
    let found = format!("{} MiB are free for {}", free / MEBIBYTE, folder.display());
    let why = "a full disk refuses every write";
    if free < ROOM_AT_LEAST {
        Finding::wrong("disk", found, why, "make room now")
    } else if free < ROOM.max(database) {
        Finding::warning(
            "disk",
            found,
            why,
            "make room, or move the data folder to a larger disk",
        )
    } else {
        Finding::fine("disk", found)
    }
}

pub(super) fn backups(config: &Config, now: Timestamp) -> Option<Finding> {
    let folder = config.backup.dir.as_ref()?;
    let shown = folder.display();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return Some(Finding::wrong(
                "backups",
                format!("the folder of backups {shown} cannot be read: {error}"),
                "without a backup, what is lost stays lost",
                "make the folder, or correct backup.dir",
            ));
        }
    };
    let newest = entries
        .filter_map(Result::ok)
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("space-") && (name.ends_with(".tar.zst") || name.ends_with(".tar"))
        })
        .filter_map(|entry| entry.metadata().ok()?.modified().ok())
        .max()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .map(Timestamp::from_millis);
    Some(age(&shown, newest, now, config.backup.max_age.get()))
}

fn age(
    folder: &impl std::fmt::Display,
    newest: Option<Timestamp>,
    now: Timestamp,
    most: Duration,
) -> Finding {
    let why = "what was written since the last backup is lost with the disk";
    let Some(newest) = newest else {
        return Finding::wrong(
            "backups",
            format!("there is no backup in {folder}"),
            why,
            "make one with `space-server backup`, and let a timer do it: see config-examples/systemd",
        );
    };
    let hours = now.since(newest).as_secs() / 3600;
    let found = format!("the newest backup in {folder} is {hours} h old");
    if now.since(newest) > most {
        Finding::wrong(
            "backups",
            found,
            why,
            "see why the timer that calls `space-server backup` does not work",
        )
    } else {
        Finding::fine("backups", found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Level;
    use rstest::rstest;

    #[rstest]
    #[case::plenty(5000, 10, Level::Fine)]
    #[case::not_for_a_copy_of_the_database(5000, 6000, Level::Warning)]
    #[case::little(500, 10, Level::Warning)]
    #[case::next_to_nothing(50, 10, Level::Wrong)]
    fn room_on_the_disk(#[case] free: u64, #[case] database: u64, #[case] want: Level) {
        let found = room(Path::new("x"), free * MEBIBYTE, database * MEBIBYTE);
        assert_eq!(found.level, want, "{found:?}");
    }

    #[rstest]
    #[case::none(None, Level::Wrong)]
    #[case::fresh(Some(3600), Level::Fine)]
    #[case::old(Some(48 * 3600), Level::Wrong)]
    fn the_age_of_backups(#[case] seconds: Option<i64>, #[case] want: Level) {
        let now = Timestamp::from_millis(1_795_731_330_000);
        let newest = seconds.map(|s| Timestamp::from_millis(now.millis() - s * 1000));
        let found = age(&"x", newest, now, Duration::from_hours(26));
        assert_eq!(found.level, want, "{found:?}");
    }
}
