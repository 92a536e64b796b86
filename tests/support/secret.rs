// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files for passwords and tokens, as an operator makes them.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Writes a file that only its owner can read.
///
/// # Panics
///
/// When it cannot be written.
pub fn write_secret(path: &Path, secret: &str) {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .expect("the folder is there");
    file.write_all(secret.as_bytes())
        .expect("the secret is written");
}
