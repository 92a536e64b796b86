// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether the file is whole.

use super::{Doing as _, Replica, ReplicaError};

impl Replica {
    /// Returns the first thing that is wrong with the file's structure, if anything is. It reads all of the file.
    pub fn damage(&self) -> Result<Option<String>, ReplicaError> {
        let said: String = self
            .connection
            .query_row("pragma quick_check(1)", [], |row| row.get(0))
            .doing("checking the file")?;
        Ok((said != "ok").then_some(said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_copy_is_whole_and_one_with_a_hole_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("replica.db");
        assert_eq!(Replica::open(&file).unwrap().damage().unwrap(), None);
        let mut bytes = std::fs::read(&file).unwrap();
        let page = 4096;
        for at in (page..bytes.len()).step_by(page) {
            let end = (at + page).min(bytes.len());
            bytes[at..end].fill(0x5a);
        }
        std::fs::write(&file, bytes).unwrap();
        let is_found =
            Replica::open(&file).is_ok_and(|replica| !matches!(replica.damage(), Ok(None)));
        assert!(is_found || Replica::open(&file).is_err());
    }
}
