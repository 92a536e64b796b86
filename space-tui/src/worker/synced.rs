// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! When the local copy was last up to date, in a small file beside it.

use std::path::Path;

use space_core::Timestamp;
use space_core::client::files::replace;

const FILE: &str = "synced-at";

/// Notes that the copy in `file` is up to date. Not worth failing for: it is only told to the reader.
pub fn note(file: &Path, now: Timestamp) {
    if let Err(error) = replace(
        &file.with_file_name(FILE),
        now.millis().to_string().as_bytes(),
    ) {
        tracing::debug!(%error, "the time of the last sync is not kept");
    }
}

/// Returns when the copy in `file` was last up to date, if that is known.
pub fn when(file: &Path) -> Option<Timestamp> {
    let text = std::fs::read_to_string(file.with_file_name(FILE)).ok()?;
    text.trim().parse().ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_and_unknown_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("replica.db");
        assert_eq!(when(&file), None);
        note(&file, Timestamp::from_millis(1_700_000_000_000));
        assert_eq!(when(&file), Some(Timestamp::from_millis(1_700_000_000_000)));
        std::fs::write(folder.path().join(FILE), "soon").unwrap();
        assert_eq!(when(&file), None);
    }
}
