// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far the console came: a small file, replaced as a whole.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use space_core::CategoryId;
use space_core::client::files::{lock_file, replace, replace_durably};
use space_core::protocol::Cursor;
use space_core::text::Slug;

use crate::failure::Failure;

/// What the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// Which server.
    pub(super) server: String,
    /// Which category.
    pub(super) category: Slug,
    /// Its id, by which it is found again under another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) category_id: Option<CategoryId>,
    /// Up to where the feed was read; absent at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cursor: Option<Cursor>,
    /// The highest number of a post that was dealt with. Numbers rise with birth: a post with a smaller one that comes
    /// again was only edited.
    #[serde(default)]
    pub(super) last_post: i64,
}

/// The file, and the lock that keeps a second program away from it.
#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    /// What it holds.
    pub(super) state: State,
    /// Whether it was there before.
    pub(super) is_new: bool,
    _lock: File,
}

impl StateFile {
    /// Opens the file, or begins a new one.
    pub(super) fn open(path: &Path, server: &str, category: &Slug) -> Result<Self, Failure> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        let lock = lock(path)?;
        let read = match fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                return Err(anyhow::Error::from(error)
                    .context(format!("cannot read {}", path.display()))
                    .into());
            }
        };
        let is_new = read.is_none();
        let state = match read {
            Some(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("{} is not what this program wrote", path.display()))?,
            None => State {
                server: server.to_owned(),
                category: category.clone(),
                category_id: None,
                cursor: None,
                last_post: 0,
            },
        };
        if state.server != server || state.category != *category {
            return Err(Failure::refused(format!(
                "{} belongs to \"{}\" on {}",
                path.display(),
                state.category,
                state.server
            ))
            .hint("name another file with --state"));
        }
        Ok(Self {
            path: path.to_owned(),
            state,
            is_new,
            _lock: lock,
        })
    }

    /// Replaces the file. It survives the end of this program at any moment.
    pub(super) fn save(&self) -> anyhow::Result<()> {
        self.replace(false)
    }

    /// Replaces the file. It survives a power cut too.
    pub(super) fn save_durably(&self) -> anyhow::Result<()> {
        self.replace(true)
    }

    fn replace(&self, durably: bool) -> anyhow::Result<()> {
        let write = || {
            let mut json = serde_json::to_vec_pretty(&self.state)?;
            json.push(b'\n');
            if durably {
                replace_durably(&self.path, &json)
            } else {
                replace(&self.path, &json)
            }
        };
        write().with_context(|| format!("cannot write {}", self.path.display()))
    }
}

fn lock(path: &Path) -> Result<File, Failure> {
    let lock = beside(path, ".lock");
    let file = lock_file(&lock).with_context(|| format!("cannot make {}", lock.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::refused(format!(
            "another space-bridge is at work on {}",
            path.display()
        ))
        .hint("stop it, or name another file with --state")),
        Err(fs::TryLockError::Error(error)) => Err(anyhow::Error::from(error)
            .context(format!("cannot lock {}", lock.display()))
            .into()),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "https://space.example.org";

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    #[test]
    fn it_is_found_again_as_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/folder/state.json");
        let mut file = StateFile::open(&path, SERVER, &slug("welcome")).unwrap();
        assert!(file.is_new);
        file.state.last_post = 48213;
        file.state.cursor = Some(Cursor("abc".to_owned()));
        file.save_durably().unwrap();
        let saved = file.state.clone();
        drop(file);
        let file = StateFile::open(&path, SERVER, &slug("welcome")).unwrap();
        assert!(!file.is_new);
        assert_eq!(file.state, saved);
    }

    #[test]
    fn a_file_of_another_category_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        StateFile::open(&path, SERVER, &slug("welcome"))
            .unwrap()
            .save()
            .unwrap();
        let refused = StateFile::open(&path, SERVER, &slug("workshop")).unwrap_err();
        assert!(
            refused.to_string().contains("belongs to \"welcome\""),
            "{refused}"
        );
    }

    #[test]
    fn two_programs_do_not_share_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let _first = StateFile::open(&path, SERVER, &slug("welcome")).unwrap();
        let refused = StateFile::open(&path, SERVER, &slug("welcome")).unwrap_err();
        assert!(
            refused.to_string().contains("another space-bridge"),
            "{refused}"
        );
    }

    #[test]
    fn a_damaged_file_is_not_taken_for_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs::write(&path, "{").unwrap();
        assert!(StateFile::open(&path, SERVER, &slug("welcome")).is_err());
    }
}
