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

use crate::unfinished;

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
        Self {
            name: format!("{}.png", hash(bytes)),
            media_type: KINDS[0].1,
        }
    }

    /// Says whether these bytes have the hash that the name says.
    pub(crate) fn fits(&self, bytes: &[u8]) -> bool {
        self.name.split('.').next() == Some(hash(bytes).as_str())
    }

    /// Returns the media type, such as `image/png`.
    pub(crate) fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn path(&self, data_dir: &Path) -> PathBuf {
        data_dir.join(FOLDER).join(&self.name)
    }
}

fn hash(bytes: &[u8]) -> String {
    use fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(68), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
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

/// Keeps a picture that has a name already. One that is there under this name, and holds something else, is replaced.
pub(crate) fn keep(data_dir: &Path, name: &MediaName, bytes: &[u8]) -> io::Result<()> {
    if !name.fits(bytes) {
        let why = format!("{name} is not the hash of what it is to hold");
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    if read(data_dir, name)?.is_some_and(|there| there == bytes) {
        return Ok(());
    }
    std::fs::create_dir_all(data_dir.join(FOLDER))?;
    unfinished::write(&name.path(data_dir), bytes)
}

/// Removes what killed processes have left among the pictures.
pub(crate) fn sweep(data_dir: &Path) -> io::Result<()> {
    unfinished::sweep_folder(&data_dir.join(FOLDER), |name| {
        Path::new(name).extension() == Some("half".as_ref())
    })
}

/// Removes a picture; says whether it was there.
pub(crate) fn remove(data_dir: &Path, name: &MediaName) -> io::Result<bool> {
    match std::fs::remove_file(name.path(data_dir)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
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

    #[test]
    fn content_that_is_not_its_name_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let name = MediaName::of_png(b"a picture");
        let refused = keep(folder.path(), &name, b"another").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
        // A file that was planted or has rotted is replaced.
        std::fs::create_dir(folder.path().join(FOLDER)).unwrap();
        std::fs::write(name.path(folder.path()), b"planted").unwrap();
        keep(folder.path(), &name, b"a picture").unwrap();
        assert_eq!(read(folder.path(), &name).unwrap().unwrap(), b"a picture");
    }

    #[test]
    fn planted_link_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        std::fs::write(&victim, b"mine").unwrap();
        let name = MediaName::of_png(b"a picture");
        let place = name.path(folder.path());
        std::fs::create_dir(folder.path().join(FOLDER)).unwrap();
        for planted in [place.with_extension("half"), place.clone()] {
            std::os::unix::fs::symlink(&victim, planted).unwrap();
        }
        keep(folder.path(), &name, b"a picture").unwrap();
        assert_eq!(std::fs::read(&victim).unwrap(), b"mine");
        assert!(!std::fs::symlink_metadata(&place).unwrap().is_symlink());
        sweep(folder.path()).unwrap();
        assert_eq!(names(folder.path()).unwrap(), [name]);
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
