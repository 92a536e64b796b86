// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that hold a secret and nothing else.

use std::path::Path;

/// Reads a secret. What is wrong is said without repeating it.
pub(super) fn secret(path: &Path) -> Result<String, String> {
    space_core::secret_file::read(path).map_err(|error| error.to_string())
}
