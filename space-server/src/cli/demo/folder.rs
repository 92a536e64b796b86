// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A folder that goes away with the demonstration.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use space_core::Entropy;

use crate::clock::OsEntropy;

/// A new folder in the temporary directory, closed to others, removed when this value goes.
#[derive(Debug)]
pub(super) struct DemoFolder(PathBuf);

impl DemoFolder {
    pub(super) fn make() -> io::Result<Self> {
        let mut chance = [0; 8];
        OsEntropy.fill(&mut chance);
        let name = format!("space-demo-{:016x}", u64::from_be_bytes(chance));
        let path = std::env::temp_dir().join(name);
        // Not recursive: a folder that is there already would be somebody else's.
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for DemoFolder {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever empties the temporary directory.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_folder_is_closed_to_others_and_goes_away() {
        let folder = DemoFolder::make().unwrap();
        let path = folder.path().to_owned();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        std::fs::write(path.join("file"), "text").unwrap();
        drop(folder);
        assert!(!path.exists());
    }
}
