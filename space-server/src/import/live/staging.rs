// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The folder that a fetched forum is kept in.
//!
//! ```text
//! manifest.ndjson     the forum, then a line for each topic that came or went
//! site.json           the forum's categories and groups
//! topics/12.json      a whole topic
//! parts/12/0 1 2 ...  a long topic that is still coming
//! lock
//! ```
//!
//! A file is written aside, brought to the disk and renamed, and only then the manifest gets its line. So whatever the
//! manifest names is whole, however the program ended; a line that was cut is as if it were not there. Only its owner may
//! look into the folder: with a key it holds what is not open to everyone.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use space_core::Timestamp;

use super::listing::Seen;
use super::{FetchError, Forum};
use crate::import::gather::Vanished;
use crate::import::source::MAX_DOCUMENT_BYTES;
use crate::unfinished;

const MANIFEST: &str = "manifest.ndjson";

/// The form of the folder; another one is not read.
const FORMAT: u32 = 1;

/// The first line of the manifest.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: u32,
    forum: String,
}

/// Any other line.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    topic: i64,
    /// What came; absent when the topic is gone.
    whole: Option<Whole>,
    /// How it is gone; absent in what earlier versions wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<Gone>,
}

/// How a topic is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Gone {
    /// It is there, but not for everyone.
    is_closed: bool,
    /// When the forum said so, in milliseconds.
    at: i64,
}

/// What the lines of a manifest say together.
#[derive(Debug, Default)]
struct Entries {
    topics: BTreeMap<i64, Whole>,
    gone: BTreeMap<i64, Gone>,
}

/// A topic that is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Whole {
    /// What the list said of it when it was fetched; absent when it was in no list.
    seen: Option<Seen>,
    bytes: u64,
    /// When it was gone last before it came back, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was_gone_at: Option<i64>,
}

/// The first part of a long topic.
#[derive(Debug, Serialize, Deserialize)]
struct FirstPart {
    seen: Option<Seen>,
    page: Value,
}

/// The folder.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    manifest: File,
    head: Head,
    topics: BTreeMap<i64, Whole>,
    gone: BTreeMap<i64, Gone>,
    /// Whether lines above still say something of a topic that is gone.
    has_removed: bool,
    /// Held until the end.
    _lock: File,
}

impl Staging {
    /// Opens the folder for a forum, or makes it.
    pub(super) fn open(folder: &Path, forum: &Forum) -> Result<Self, FetchError> {
        make_folder(folder)?;
        let lock_path = folder.join("lock");
        let lock = private(OpenOptions::new().create(true).truncate(false).write(true))
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&lock_path)
            .map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err(FetchError::InUse {
                    path: folder.to_owned(),
                });
            }
            Err(fs::TryLockError::Error(source)) => return Err(at(&lock_path)(source)),
        }
        let path = folder.join(MANIFEST);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                expect_empty(folder)?;
                String::new()
            }
            Err(error) => return Err(at(&path)(error)),
        };
        let head = Head {
            format: FORMAT,
            forum: forum.to_string(),
        };
        if !text.is_empty() {
            let was = head_of(&text).ok_or_else(|| FetchError::Occupied {
                path: folder.to_owned(),
            })?;
            if was.forum != head.forum {
                return Err(FetchError::OtherForum {
                    path: folder.to_owned(),
                    forum: was.forum,
                });
            }
        }
        for name in ["topics", "parts"] {
            make_folder(&folder.join(name))?;
        }
        for left in [folder.to_owned(), folder.join("topics")] {
            unfinished::sweep_folder(&left, |name| {
                Path::new(name).extension() == Some("new".as_ref())
            })
            .map_err(at(&left))?;
        }
        let Entries { mut topics, gone } = entries(&text);
        topics.retain(|id, whole| {
            fs::metadata(topic_path(folder, *id)).is_ok_and(|meta| meta.len() == whole.bytes)
        });
        // Written anew, it has one line for each topic again, and none that was cut.
        write(&path, &lines(&head, &topics, &gone))?;
        let manifest = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(at(&path))?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            head,
            topics,
            gone,
            has_removed: false,
            _lock: lock,
        })
    }

    /// Returns the topics that are there.
    pub(super) fn ids(&self) -> Vec<i64> {
        self.topics.keys().copied().collect()
    }

    /// Returns whether a topic is there as the list says it is now.
    pub(super) fn has(&self, id: i64, seen: &Seen) -> bool {
        self.topics
            .get(&id)
            .is_some_and(|whole| whole.seen.as_ref() == Some(seen))
    }

    /// Keeps what the forum says of itself.
    pub(super) fn put_site(&self, name: &str, site: &Value) -> Result<(), FetchError> {
        write(&self.folder.join(name), site.to_string().as_bytes())
    }

    /// Keeps a whole topic; `false` when it is larger than what can be imported.
    pub(super) fn put(
        &mut self,
        id: i64,
        seen: Option<&Seen>,
        topic: &Value,
    ) -> Result<bool, FetchError> {
        let text = topic.to_string();
        let bytes = text.len() as u64;
        if bytes > MAX_DOCUMENT_BYTES {
            return Ok(false);
        }
        write(&topic_path(&self.folder, id), text.as_bytes())?;
        let before = self.topics.get(&id).and_then(|whole| whole.was_gone_at);
        let whole = Whole {
            seen: seen.cloned(),
            bytes,
            was_gone_at: self.gone.get(&id).map(|gone| gone.at).or(before),
        };
        self.note(id, Some(whole), None)?;
        self.drop_parts(id)?;
        Ok(true)
    }

    /// Forgets a topic that is not shown any more, and notes that, so that an import knows it.
    pub(super) fn remove(
        &mut self,
        id: i64,
        is_closed: bool,
        now: Timestamp,
    ) -> Result<(), FetchError> {
        self.drop_parts(id)?;
        let path = topic_path(&self.folder, id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&path)(error)),
            removed => {
                self.has_removed |= removed.is_ok();
                let at = now.millis();
                self.note(id, None, Some(Gone { is_closed, at }))
            }
        }
    }

    fn note(
        &mut self,
        id: i64,
        whole: Option<Whole>,
        gone: Option<Gone>,
    ) -> Result<(), FetchError> {
        let entry = Entry {
            topic: id,
            whole: whole.clone(),
            gone,
        };
        let path = self.folder.join(MANIFEST);
        self.manifest.write_all(&line(&entry)).map_err(at(&path))?;
        self.topics.remove(&id);
        self.gone.remove(&id);
        match (whole, gone) {
            (Some(whole), _) => drop(self.topics.insert(id, whole)),
            (None, Some(gone)) => drop(self.gone.insert(id, gone)),
            (None, None) => {}
        }
        Ok(())
    }

    /// Keeps the first page of a long topic until the others are there.
    pub(super) fn put_first(
        &self,
        id: i64,
        seen: Option<&Seen>,
        page: &Value,
    ) -> Result<(), FetchError> {
        self.drop_parts(id)?;
        make_folder(&self.parts(id))?;
        let first = FirstPart {
            seen: seen.cloned(),
            page: page.clone(),
        };
        write(&self.parts(id).join("0"), &line(&first))
    }

    /// Returns the first page of a long topic that was begun, if the list says of it what it said then.
    pub(super) fn first(&self, id: i64, seen: Option<&Seen>) -> Option<Value> {
        let first: FirstPart = read(&self.parts(id).join("0"))?;
        (first.seen.as_ref() == seen && seen.is_some()).then_some(first.page)
    }

    /// Keeps a further part; they are counted from 1.
    pub(super) fn put_part(&self, id: i64, number: usize, page: &Value) -> Result<(), FetchError> {
        write(
            &self.parts(id).join(number.to_string()),
            page.to_string().as_bytes(),
        )
    }

    /// Returns a further part, if it is there.
    pub(super) fn part(&self, id: i64, number: usize) -> Option<Value> {
        read(&self.parts(id).join(number.to_string()))
    }

    fn parts(&self, id: i64) -> PathBuf {
        self.folder.join("parts").join(id.to_string())
    }

    fn drop_parts(&self, id: i64) -> Result<(), FetchError> {
        let path = self.parts(id);
        match fs::remove_dir_all(&path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(at(&path)(error)),
        }
    }
}

impl Drop for Staging {
    /// The title of a topic that is gone stands in a line above: without this it would until the folder is next opened.
    fn drop(&mut self) {
        if self.has_removed {
            let _ = write(
                &self.folder.join(MANIFEST),
                &lines(&self.head, &self.topics, &self.gone),
            );
        }
    }
}

/// Returns scheme, host and port, and folder, of the forum that was fetched into a folder; `None` for any other folder.
pub(crate) fn origin_of(folder: &Path) -> Option<(String, String)> {
    let file = File::open(folder.join(MANIFEST)).ok()?;
    let mut text = String::new();
    // The first line is short.
    file.take(4096).read_to_string(&mut text).ok()?;
    let forum = Forum::parse(&head_of(&text)?.forum).ok()?;
    let (origin, path) = forum.origin_and_folder();
    Some((origin, path.to_owned()))
}

/// Returns the topics that are gone from the forum that was fetched into a folder, and those that came back, with a moment
/// after which that was; none for any other folder.
pub(crate) fn vanished_from(folder: &Path) -> (Vec<Vanished>, BTreeMap<i64, Timestamp>) {
    let Ok(manifest) = fs::read_to_string(folder.join(MANIFEST)) else {
        return (Vec::new(), BTreeMap::new());
    };
    let Entries { topics, gone } = entries(&manifest);
    let back = topics
        .into_iter()
        .filter_map(|(id, whole)| Some((id, Timestamp::from_millis(whole.was_gone_at? + 1))))
        .collect();
    let gone = gone.into_iter().map(|(topic, gone)| Vanished {
        topic,
        is_closed: gone.is_closed,
        seen_at: Timestamp::from_millis(gone.at),
    });
    (gone.collect(), back)
}

fn head_of(manifest: &str) -> Option<Head> {
    let head: Head = serde_json::from_str(manifest.lines().next()?).ok()?;
    (head.format == FORMAT).then_some(head)
}

/// Returns what the lines of a manifest say together; what cannot be read is as if it were not there.
fn entries(manifest: &str) -> Entries {
    let mut entries = Entries::default();
    for line in manifest.lines().skip(1) {
        let Ok(Entry { topic, whole, gone }) = serde_json::from_str(line) else {
            continue;
        };
        entries.topics.remove(&topic);
        entries.gone.remove(&topic);
        match (whole, gone) {
            (Some(whole), _) => drop(entries.topics.insert(topic, whole)),
            (None, Some(gone)) => drop(entries.gone.insert(topic, gone)),
            (None, None) => {}
        }
    }
    entries
}

fn topic_path(folder: &Path, id: i64) -> PathBuf {
    folder.join("topics").join(format!("{id}.json"))
}

/// Returns a manifest with one line for each topic.
fn lines(head: &Head, topics: &BTreeMap<i64, Whole>, gone: &BTreeMap<i64, Gone>) -> Vec<u8> {
    let mut lines = line(head);
    for (id, whole) in topics {
        lines.extend(line(&Entry {
            topic: *id,
            whole: Some(whole.clone()),
            gone: None,
        }));
    }
    for (id, gone) in gone {
        lines.extend(line(&Entry {
            topic: *id,
            whole: None,
            gone: Some(*gone),
        }));
    }
    lines
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).expect("the types have nothing that JSON has not");
    line.push(b'\n');
    line
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// A folder that holds something else is not written into.
fn expect_empty(folder: &Path) -> Result<(), FetchError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let name = entry.map_err(at(folder))?.file_name();
        // What a fetch that was ended at its very beginning leaves.
        let is_left = name.to_str().is_some_and(unfinished::is_unfinished);
        if name != "lock" && name != "manifest.ndjson.new" && !is_left {
            return Err(FetchError::Occupied {
                path: folder.to_owned(),
            });
        }
    }
    Ok(())
}

fn make_folder(path: &Path) -> Result<(), FetchError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(at(path))
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

/// Writes a file so that it is there whole or not at all, and its name is on the disk before the manifest says so.
fn write(path: &Path, bytes: &[u8]) -> Result<(), FetchError> {
    unfinished::write(path, bytes).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FetchError {
    let path = path.to_owned();
    |source| FetchError::Staging { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::os::unix::fs::PermissionsExt;

    fn forum() -> Forum {
        Forum::parse("https://forum.example").unwrap()
    }

    fn seen(posts: i64) -> Seen {
        Seen {
            posts_count: Some(posts),
            ..Seen::default()
        }
    }

    fn filled(folder: &Path) {
        let mut staging = Staging::open(folder, &forum()).unwrap();
        for id in [1, 2, 3] {
            assert!(
                staging
                    .put(id, Some(&seen(id)), &json!({"id": id}))
                    .unwrap()
            );
        }
        staging.remove(2, false, Timestamp::from_millis(5)).unwrap();
    }

    #[test]
    fn topics_are_there_when_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let staging = Staging::open(folder.path(), &forum()).unwrap();
        assert_eq!(staging.ids(), [1, 3]);
        assert!(staging.has(1, &seen(1)) && !staging.has(1, &seen(2)));
        assert_eq!(
            origin_of(folder.path()),
            Some(("https://forum.example".to_owned(), "/".to_owned()))
        );
    }

    #[test]
    fn a_manifest_cut_anywhere_names_only_whole_topics() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let path = folder.path().join(MANIFEST);
        let whole = fs::read(&path).unwrap();
        let first_line = whole.iter().position(|b| *b == b'\n').unwrap();
        for length in first_line..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let staging = Staging::open(folder.path(), &forum()).unwrap();
            for id in staging.ids() {
                assert!(topic_path(folder.path(), id).is_file());
            }
        }
    }

    #[test]
    fn a_topic_whose_file_is_gone_or_cut_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        fs::remove_file(topic_path(folder.path(), 1)).unwrap();
        fs::write(topic_path(folder.path(), 3), "{").unwrap();
        let staging = Staging::open(folder.path(), &forum()).unwrap();
        assert_eq!(staging.ids(), Vec::<i64>::new());
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
        let error = Staging::open(folder.path(), &forum()).unwrap_err();
        assert!(matches!(error, FetchError::Occupied { .. }));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn two_forums_do_not_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        let other = Forum::parse("https://other.example").unwrap();
        let error = Staging::open(folder.path(), &other).unwrap_err();
        assert!(matches!(error, FetchError::OtherForum { .. }));
    }

    #[test]
    fn two_fetches_do_not_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let _one = Staging::open(folder.path(), &forum()).unwrap();
        let error = Staging::open(folder.path(), &forum()).unwrap_err();
        assert!(matches!(error, FetchError::InUse { .. }));
    }

    #[test]
    fn only_the_owner_may_read_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("staging");
        filled(&folder);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&topic_path(&folder, 1)), 0o600);
        assert_eq!(mode(&folder.join(MANIFEST)), 0o600);
    }

    #[test]
    fn parts_are_used_while_the_list_says_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let mut staging = Staging::open(folder.path(), &forum()).unwrap();
        staging
            .put_first(5, Some(&seen(30)), &json!({"id": 5}))
            .unwrap();
        staging.put_part(5, 1, &json!({"n": 1})).unwrap();
        assert_eq!(staging.first(5, Some(&seen(30))), Some(json!({"id": 5})));
        assert_eq!(staging.first(5, Some(&seen(31))), None);
        assert_eq!(staging.part(5, 1), Some(json!({"n": 1})));
        assert_eq!(staging.part(5, 2), None);
        staging.put(5, Some(&seen(30)), &json!({"id": 5})).unwrap();
        assert_eq!(staging.part(5, 1), None);
    }

    #[test]
    fn removed_topic_leaves_no_word_in_any_file() {
        let folder = tempfile::tempdir().unwrap();
        let titled = Seen {
            title: Some("XYLOPHONE".to_owned()),
            ..seen(3)
        };
        let topic = json!({"id": 7, "title": "XYLOPHONE"});
        let mut staging = Staging::open(folder.path(), &forum()).unwrap();
        staging.put(7, Some(&titled), &topic).unwrap();
        staging.put(8, Some(&seen(3)), &json!({"id": 8})).unwrap();
        staging.remove(7, false, Timestamp::from_millis(1)).unwrap();
        drop(staging);
        for place in [folder.path().to_owned(), folder.path().join("topics")] {
            for entry in fs::read_dir(place).unwrap() {
                let path = entry.unwrap().path();
                let bytes = fs::read(&path).unwrap_or_default();
                let is_there = bytes.windows(9).any(|window| window == b"XYLOPHONE");
                assert!(!is_there, "{}", path.display());
            }
        }
        let staging = Staging::open(folder.path(), &forum()).unwrap();
        assert_eq!(staging.ids(), [8]);
    }

    #[test]
    fn planted_link_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        filled(&folder.path().join("staging"));
        let path = topic_path(&folder.path().join("staging"), 4);
        let mut aside = path.as_os_str().to_owned();
        aside.push(".new");
        std::os::unix::fs::symlink(&victim, PathBuf::from(aside)).unwrap();
        let mut staging = Staging::open(&folder.path().join("staging"), &forum()).unwrap();
        staging.put(4, None, &json!({"id": 4})).unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
        assert!(staging.ids().contains(&4));
    }
}
