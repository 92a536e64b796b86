// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How it is with the bridge, for whoever asks: read beside the running program.

use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};
use serde::Serialize;

use super::StoreError;

/// How it is with a network or a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    /// All is well.
    Up,
    /// It is being tried.
    Trying,
    /// It cannot be reached, or lets nobody in.
    Down,
    /// The program has ended.
    Stopped,
    /// The program does not say.
    Unknown,
}

impl Condition {
    /// Returns the word that is written down.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Trying => "trying",
            Self::Down => "down",
            Self::Stopped => "stopped",
            Self::Unknown => "unknown",
        }
    }
}

/// How it is with a room, or with a whole network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RoomReport {
    /// The network.
    pub(crate) network: String,
    /// The room; nothing for the network as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) room: Option<String>,
    /// `up`, `trying`, `down`, `stopped` or `unknown`.
    pub(crate) condition: String,
    /// Why, when it is not up.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) detail: String,
    /// Since when, in milliseconds since 1970.
    pub(crate) since_ms: i64,
    /// What waits to be said there.
    pub(crate) waiting: i64,
    /// The newest post that the room was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_post: Option<i64>,
}

/// Reads how it is from the memory of a bridge, which may be running. When none is, nothing is written beside it, so that it
/// can be read on a full or read-only disk, too.
///
/// # Errors
///
/// When the file is not there, or not the memory of a bridge.
pub(crate) fn report(path: &Path, is_in_use: bool) -> Result<(Vec<RoomReport>, i64), StoreError> {
    let connection = if is_in_use || has_log(path) {
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
    } else {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(unchanging(path), flags)?
    };
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let mut rooms = Vec::new();
    let mut statement = connection.prepare(
        "select network, room, word, detail, at,
                (select count(*) from operation where operation.network = condition.network and
                     (condition.room = '' or operation.place = condition.room)),
                (select max(post) from link where link.network = condition.network and
                     link.room = condition.room and link.told_at is not null)
         from condition order by network, room",
    )?;
    let mut rows = statement.query(params![])?;
    while let Some(row) = rows.next()? {
        let room: String = row.get(1)?;
        rooms.push(RoomReport {
            network: row.get(0)?,
            room: (!room.is_empty()).then_some(room),
            condition: row.get(2)?,
            detail: row.get(3)?,
            since_ms: row.get(4)?,
            waiting: row.get(5)?,
            last_post: row.get(6)?,
        });
    }
    let jobs = connection.query_row("select count(*) from job", [], |row| row.get(0))?;
    Ok((rooms, jobs))
}

/// Returns whether something is written down that is not in the file itself yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Names a file to SQLite as one that nobody changes.
fn unchanging(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::relay::Store;

    #[test]
    fn memory_at_rest_is_read_without_writing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a folder?/bri%dge.db");
        let store = Store::open(&path, "https://a.example", &Machine).unwrap();
        let at = space_core::Timestamp::from_millis(1);
        store
            .set_condition("net", "#tea", Condition::Up, "", at)
            .unwrap();
        let (rooms, _) = report(&path, true).unwrap();
        assert_eq!(rooms.len(), 1);
        drop(store);
        let names = || {
            let files = std::fs::read_dir(path.parent().unwrap()).unwrap();
            files
                .map(|file| file.unwrap().file_name())
                .collect::<Vec<_>>()
        };
        let before = names();
        let (rooms, _) = report(&path, false).unwrap();
        assert_eq!((rooms.len(), names()), (1, before));
    }
}
