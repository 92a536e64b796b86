// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Pictures, kept in the data folder under the hash of what is in them.
//!
//! There is no upload yet: the demonstration puts its own pictures here, and whoever runs the server may.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The folder within the data folder.
const FOLDER: &str = "media";

/// The kinds of pictures, by the ending of their names, with their media types.
const KINDS: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
];

/// The name of a picture: 64 hexadecimal digits of its SHA-256 in lower case, a dot, and what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MediaName {
    name: String,
    media_type: &'static str,
}

/// A text that names no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoMediaName;

impl FromStr for MediaName {
    type Err = NoMediaName;

    fn from_str(text: &str) -> Result<Self, NoMediaName> {
        let (hash, ending) = text.split_once('.').ok_or(NoMediaName)?;
        let is_hash = hash.len() == 64
            && hash
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let kind = KINDS.iter().find(|(known, _)| *known == ending);
        match kind {
            Some((_, media_type)) if is_hash => Ok(Self {
                name: text.to_owned(),
                media_type,
            }),
            _ => Err(NoMediaName),
        }
    }
}

impl fmt::Display for MediaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl MediaName {
    /// Returns the name of a PNG.
    fn of_png(bytes: &[u8]) -> Self {
        use fmt::Write as _;
        let mut name = String::with_capacity(68);
        for byte in Sha256::digest(bytes) {
            write!(name, "{byte:02x}").expect("a text can be written to");
        }
        name.push_str(".png");
        Self {
            name,
            media_type: KINDS[0].1,
        }
    }

    /// Returns the media type, such as `image/png`.
    pub(crate) fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn path(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(FOLDER).join(&self.name)
    }
}

/// Reads a picture; `None` when it is not there.
pub(crate) fn read(data_dir: &Path, name: &MediaName) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(name.path(data_dir)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the names of all pictures, in their order.
pub(crate) fn names(data_dir: &Path) -> io::Result<Vec<MediaName>> {
    let entries = match std::fs::read_dir(data_dir.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        // A picture that is only half there has no such name.
        names.extend(
            name.to_str()
                .and_then(|name| name.parse::<MediaName>().ok()),
        );
    }
    names.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(names)
}

/// Keeps a PNG, and returns its name.
pub(crate) fn keep_png(data_dir: &Path, bytes: &[u8]) -> io::Result<MediaName> {
    let name = MediaName::of_png(bytes);
    keep(data_dir, &name, bytes)?;
    Ok(name)
}

/// Keeps a picture that has a name already.
pub(crate) fn keep(data_dir: &Path, name: &MediaName, bytes: &[u8]) -> io::Result<()> {
    let path = name.path(data_dir);
    if !path.exists() {
        std::fs::create_dir_all(data_dir.join(FOLDER))?;
        // Under its name there is the whole of it or nothing.
        let half = path.with_extension("half");
        std::fs::write(&half, bytes)?;
        std::fs::rename(&half, &path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn what_is_kept_is_read_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let name = keep_png(folder.path(), b"a picture").unwrap();
        assert_eq!(name.to_string().parse(), Ok(name.clone()));
        assert_eq!(read(folder.path(), &name).unwrap().unwrap(), b"a picture");
        assert_eq!(keep_png(folder.path(), b"a picture").unwrap(), name);
        let other = MediaName::of_png(b"another");
        assert_eq!(read(folder.path(), &other).unwrap(), None);
    }

    const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[rstest]
    #[case(&format!("{HASH}.svg"))]
    #[case(&format!("{HASH}.png.html"))]
    #[case(&format!("{HASH}.PNG"))]
    #[case(&format!("{}.png", HASH.to_uppercase()))]
    #[case(&format!("{HASH}0.png"))]
    #[case(&format!("../{HASH}.png"))]
    #[case(HASH)]
    #[case("../space.db")]
    #[case("")]
    fn nothing_else_is_a_name(#[case] text: &str) {
        assert_eq!(text.parse::<MediaName>(), Err(NoMediaName));
    }
}
