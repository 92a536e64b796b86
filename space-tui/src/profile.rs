// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Profiles: a server, who one is there, and the local copy of it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use space_core::client::credentials::{Account, Credentials, CredentialsError};
use space_core::client::files::replace_durably;
use space_core::client::sync::Window;
use space_core::client::{Api, ApiError, Token};
use space_core::text::MemberName;

/// What is kept of a profile, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The server's address.
    pub server: String,
    /// Who one is there; absent for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberName>,
    /// Whether the server may be reached without encryption.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_plain_http: bool,
    /// How far back the local copy goes.
    #[serde(default, skip_serializing_if = "Window::is_whole")]
    pub window: Window,
}

/// Where profiles are kept.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Local copies and tokens.
    pub data: PathBuf,
    /// Profiles.
    pub config: PathBuf,
}

/// What can go wrong with profiles.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// A name that cannot be a file's.
    #[error("{name:?} cannot name a profile: use letters, digits, - and _")]
    Name {
        /// What was given.
        name: String,
    },
    /// A file cannot be read or written.
    #[error("cannot {doing} {path:?}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file does not say what it should.
    #[error("{path:?} is not a profile")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The home folder is not known.
    #[error("cannot find the home folder: set SPACE_DATA_DIR and SPACE_CONFIG_DIR")]
    NoHome,
    /// The token cannot be read or kept.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
}

/// The profile that is used when none was ever named.
const DEFAULT: &str = "default";

/// The file that names the profile to use when none is named.
const CURRENT: &str = "current-profile";

impl Folders {
    /// Returns the folders asked for, else those of the platform.
    pub fn new(data: Option<PathBuf>, config: Option<PathBuf>) -> Result<Self, ProfileError> {
        use etcetera::BaseStrategy as _;
        if let (Some(data), Some(config)) = (&data, &config) {
            return Ok(Self {
                data: data.clone(),
                config: config.clone(),
            });
        }
        let base = etcetera::choose_base_strategy().map_err(|_| ProfileError::NoHome)?;
        Ok(Self {
            data: data.unwrap_or_else(|| base.data_dir().join("space")),
            config: config.unwrap_or_else(|| base.config_dir().join("space")),
        })
    }

    fn file(&self, name: &str) -> Result<PathBuf, ProfileError> {
        let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.starts_with('.') || !name.chars().all(is_fine) {
            return Err(ProfileError::Name {
                name: name.to_owned(),
            });
        }
        Ok(self.config.join("profiles").join(format!("{name}.json")))
    }

    /// Returns the file that a profile is kept in.
    pub fn path(&self, name: &str) -> Result<PathBuf, ProfileError> {
        self.file(name)
    }

    /// Returns a profile, or nothing when it was not set up.
    pub fn load(&self, name: &str) -> Result<Option<Profile>, ProfileError> {
        let path = self.file(name)?;
        match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .map_err(|source| ProfileError::Damaged { path, source }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ProfileError::File {
                doing: "read",
                path,
                source,
            }),
        }
    }

    /// Keeps a profile.
    pub fn save(&self, name: &str, profile: &Profile) -> Result<(), ProfileError> {
        let path = self.file(name)?;
        let folder = path.parent().unwrap_or(&self.config);
        let written = || {
            std::fs::create_dir_all(folder)?;
            let mut json = serde_json::to_vec_pretty(profile)?;
            json.push(b'\n');
            replace_durably(&path, &json)
        };
        written().map_err(|source| ProfileError::File {
            doing: "write",
            path: path.clone(),
            source,
        })
    }

    /// Removes a profile with its local copy, outbox and drafts.
    pub fn remove(&self, name: &str) -> Result<(), ProfileError> {
        let path = self.file(name)?;
        let gone = |result: std::io::Result<()>, path: PathBuf| match result {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(ProfileError::File {
                doing: "remove",
                path,
                source: error,
            }),
            _ => Ok(()),
        };
        gone(std::fs::remove_file(&path), path.clone())?;
        // One that is gone is not the one that is meant any more.
        if self.current()? == name {
            let mark = self.config.join(CURRENT);
            gone(std::fs::remove_file(&mark), mark.clone())?;
        }
        let folder = self.data.join(name);
        gone(std::fs::remove_dir_all(&folder), folder.clone())
    }

    /// Returns the SQLite file of a profile, in a folder that only its owner can read.
    pub fn replica(&self, name: &str) -> Result<PathBuf, ProfileError> {
        self.file(name)?;
        let folder = self.data.join(name);
        make_private(&folder).map_err(|source| ProfileError::File {
            doing: "make",
            path: folder.clone(),
            source,
        })?;
        Ok(folder.join("replica.db"))
    }

    /// Returns where tokens are kept.
    pub fn credentials(&self) -> Credentials {
        Credentials::new(&self.data.join("credentials"))
    }

    /// Returns the names of the profiles that are set up, in order.
    pub fn names(&self) -> Result<Vec<String>, ProfileError> {
        let folder = self.config.join("profiles");
        let failed = |source| ProfileError::File {
            doing: "read",
            path: folder.clone(),
            source,
        };
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            names.extend(
                name.to_str()
                    .and_then(|n| n.strip_suffix(".json"))
                    .map(str::to_owned),
            );
        }
        names.sort();
        Ok(names)
    }

    /// Returns the profile that is used when none is named.
    pub fn current(&self) -> Result<String, ProfileError> {
        let path = self.config.join(CURRENT);
        match std::fs::read_to_string(&path) {
            Ok(name) => Ok(name.trim().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(DEFAULT.to_owned()),
            Err(source) => Err(ProfileError::File {
                doing: "read",
                path,
                source,
            }),
        }
    }

    /// Makes a profile the one that is used when none is named.
    pub fn set_current(&self, name: &str) -> Result<(), ProfileError> {
        self.file(name)?;
        let path = self.config.join(CURRENT);
        std::fs::create_dir_all(&self.config)
            .and_then(|()| replace_durably(&path, format!("{name}\n").as_bytes()))
            .map_err(|source| ProfileError::File {
                doing: "write",
                path,
                source,
            })
    }

    /// Returns the file that the screen's log goes to.
    pub fn log(&self) -> PathBuf {
        self.data.join("space.log")
    }
}

impl Profile {
    /// Returns the account whose token it needs; none for a guest.
    pub fn account(&self) -> Option<Account> {
        let name = self.member.as_ref()?;
        Some(Account::new(&self.server, name))
    }

    /// Returns the server, ready for calls.
    pub fn api(&self, token: Option<Token>) -> Result<Api, ApiError> {
        let builder = Api::builder(&self.server, token);
        let builder = if self.allow_plain_http {
            builder.allow_plain_http()
        } else {
            builder
        };
        builder.build()
    }

    /// Returns the server's name for readers: without the scheme.
    pub fn server_name(&self) -> &str {
        self.server
            .split_once("://")
            .map_or(&self.server, |(_, name)| name)
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("../evil")]
    #[case("")]
    #[case(".hidden")]
    #[case("a/b")]
    fn names_stay_in_their_folder(#[case] name: &str) {
        let folders = Folders {
            data: "d".into(),
            config: "c".into(),
        };
        assert!(matches!(folders.load(name), Err(ProfileError::Name { .. })));
    }

    #[test]
    fn profiles_read_back_as_kept() {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders {
            data: place.path().join("d"),
            config: place.path().join("c"),
        };
        assert_eq!(folders.load("default").unwrap(), None);
        let profile = Profile {
            server: "https://space.example.org".to_owned(),
            member: Some(MemberName::parse("Alice").unwrap()),
            allow_plain_http: false,
            window: Window::Days(90),
        };
        folders.save("default", &profile).unwrap();
        assert_eq!(folders.load("default").unwrap(), Some(profile));
        assert_eq!(folders.current().unwrap(), "default");
        let other = Profile {
            server: "https://b.example.org".to_owned(),
            member: None,
            allow_plain_http: false,
            window: Window::default(),
        };
        folders.save("b.c", &other).unwrap();
        assert_eq!(folders.names().unwrap(), ["b.c", "default"]);
        folders.set_current("b.c").unwrap();
        assert_eq!(folders.current().unwrap(), "b.c");
        folders.remove("b.c").unwrap();
        assert_eq!(folders.current().unwrap(), "default");
        folders.remove("default").unwrap();
        assert_eq!(folders.load("default").unwrap(), None);
    }
}
