// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that hold a secret: opened only when no other user of the machine can read them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a file with one secret at most: no password, token or address is longer.
const BYTES: u64 = 64 << 10;

/// Why a secret was not read. What the file holds is never repeated.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file is missing, or this user may not read it.
    #[error("{}: cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// Its mode lets the group or others read or write it.
    #[error("{}: others on this machine can read it; chmod 600 closes it", path.display())]
    Shared {
        /// The file.
        path: PathBuf,
    },
    /// Nothing is in it.
    #[error("{}: is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// There is more in it than one line.
    #[error("{}: has more than one line", path.display())]
    ManyLines {
        /// The file.
        path: PathBuf,
    },
}

/// Opens a file that only its owner can read and write. Pipes and the like are nobody else's anyway.
pub fn open(path: &Path) -> Result<File, SecretFileError> {
    let failed = |source| SecretFileError::Read {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    // Of what was opened, not of what has the name: that may be another file by now.
    let metadata = file.metadata().map_err(failed)?;
    if is_shared(&metadata) {
        return Err(SecretFileError::Shared {
            path: path.to_owned(),
        });
    }
    Ok(file)
}

/// Reads a secret that is the only line of its file.
pub fn read(path: &Path) -> Result<String, SecretFileError> {
    let mut text = String::new();
    open(path)?
        .take(BYTES)
        .read_to_string(&mut text)
        .map_err(|source| SecretFileError::Read {
            path: path.to_owned(),
            source,
        })?;
    let secret = text.trim();
    if secret.is_empty() {
        return Err(SecretFileError::Empty {
            path: path.to_owned(),
        });
    }
    if secret.contains(['\r', '\n', '\0']) {
        return Err(SecretFileError::ManyLines {
            path: path.to_owned(),
        });
    }
    Ok(secret.to_owned())
}

#[cfg(unix)]
fn is_shared(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.is_file() && metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_shared(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::os::unix::fs::PermissionsExt;

    #[rstest]
    #[case::own(0o600, " s3cret\n", Ok("s3cret"))]
    #[case::read_only(0o400, "s3cret", Ok("s3cret"))]
    #[case::of_the_group(0o640, "s3cret", Err("chmod 600"))]
    #[case::of_all(0o644, "s3cret", Err("chmod 600"))]
    #[case::writable_by_all(0o602, "s3cret", Err("chmod 600"))]
    #[case::empty(0o600, " \n", Err("is empty"))]
    #[case::two_lines(0o600, "s3cret\nQUIT", Err("more than one line"))]
    fn secret_is_read_from_a_private_file_alone(
        #[case] mode: u32,
        #[case] text: &str,
        #[case] want: Result<&str, &str>,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        match (read(&path), want) {
            (Ok(read), Ok(want)) => assert_eq!(read, want),
            (Err(error), Err(want)) => {
                let said = error.to_string();
                assert!(said.contains(want) && !said.contains("s3cret"), "{said}");
            }
            (read, want) => panic!("{read:?} is not {want:?}"),
        }
    }
}
