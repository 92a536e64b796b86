// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that hold a secret and nothing else.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Reads a secret. What is wrong is said without repeating it.
pub(super) fn secret(path: &Path) -> Result<String, String> {
    let about = |wrong: String| format!("{}: {wrong}", path.display());
    let metadata =
        std::fs::metadata(path).map_err(|error| about(format!("cannot be read: {error}")))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(about(
            "others on this machine can read it; chmod 600 closes it".to_owned(),
        ));
    }
    let text =
        std::fs::read_to_string(path).map_err(|error| about(format!("cannot be read: {error}")))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(about("is empty".to_owned()));
    }
    if text.contains(['\r', '\n', '\0']) {
        return Err(about("has more than one line".to_owned()));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_others_can_read_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, " s3cret\n").unwrap();
        let chmod =
            |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        chmod(0o640);
        let wrong = secret(&path).unwrap_err();
        assert!(
            wrong.contains("chmod 600") && !wrong.contains("s3cret"),
            "{wrong}"
        );
        chmod(0o600);
        assert_eq!(secret(&path).unwrap(), "s3cret");
        std::fs::write(&path, "a\nQUIT").unwrap();
        assert!(secret(&path).is_err());
    }
}
