// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pictures on disk, so that each is loaded once. They go with the profile.

use std::fmt::Write as _;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};
use space_core::client::files::replace;

/// Bytes that are kept at most; the ones that were loaded first go.
const MOST_BYTES: u64 = 64 << 20;

/// A folder of pictures. When it cannot be used, pictures are loaded each time.
pub(super) struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn file(&self, source: &str) -> PathBuf {
        let mut name = String::with_capacity(64);
        for byte in Sha256::digest(source.as_bytes()) {
            let _ = write!(name, "{byte:02x}");
        }
        self.folder.join(name)
    }

    pub(super) fn get(&self, source: &str) -> Option<Vec<u8>> {
        std::fs::read(self.file(source)).ok()
    }

    pub(super) fn put(&self, source: &str, bytes: &[u8]) {
        // Written beside and moved: half a picture is never found.
        let kept =
            std::fs::create_dir_all(&self.folder).and_then(|()| replace(&self.file(source), bytes));
        if let Err(error) = kept {
            tracing::info!(%error, "a picture cannot be kept");
        }
        self.thin_out(MOST_BYTES);
    }

    fn thin_out(&self, most_bytes: u64) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return;
        };
        let mut files: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let data = entry.metadata().ok()?;
                Some((data.modified().ok()?, data.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, bytes, path) in files {
            if total <= most_bytes {
                return;
            }
            let _ = std::fs::remove_file(path);
            total -= bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_there() {
        let place = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(place.path().join("pictures"));
        assert_eq!(shelf.get("/media/a.png"), None);
        shelf.put("/media/a.png", b"a");
        shelf.put("../../b", b"b");
        assert_eq!(shelf.get("/media/a.png").as_deref(), Some(&b"a"[..]));
        assert_eq!(shelf.get("../../b").as_deref(), Some(&b"b"[..]));
        let files = std::fs::read_dir(place.path().join("pictures")).unwrap();
        assert_eq!(files.count(), 2);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let place = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(place.path().to_owned());
        for n in 0..5 {
            shelf.put(&format!("{n}"), &[0; 100]);
        }
        shelf.thin_out(250);
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 2);
    }
}
