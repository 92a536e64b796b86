// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that an editor has a text in, beside the local copy.
//!
//! Such a file is there while the editor runs. It stays when the editor failed, or when everything was killed: then it may
//! have a text that is nowhere else. A second file beside it has what was on the screen when the editor began. Of two
//! texts the one counts that was seen last:
//!
//! - a text that the editor did not change is nothing of its own;
//! - one that it changed counts, as long as what was on the screen then is still there;
//! - where both have changed since, the one on the screen counts, and the other is kept in a file that is named.

use std::io;
use std::path::{Path, PathBuf};

use space_core::client::files::replace_durably;
use space_core::client::outbox::{PostRef, TopicRef};
use space_core::{CategoryId, PostId, TopicId};

use crate::compose::Subject;

/// What stands above it is sent, what stands below is not.
const SCISSORS: &str = "-------- >8 --------";
/// How many texts of one place are kept apart at most.
const MOST: u32 = 1_000;

/// What an editor left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Nothing that is not elsewhere.
    Nothing,
    /// A text that is newer than what is on the screen.
    Newer(String),
    /// Another text, while the one on the screen has changed too.
    Other(String),
}

/// Returns the file that an editor has a text in.
pub fn file(replica: &Path, subject: &Subject) -> PathBuf {
    let name = match subject {
        Subject::NewTopic(category) => format!("start-{category}"),
        Subject::NewTopicAnywhere => "start".to_owned(),
        Subject::Reply(TopicRef::Sent(topic)) => format!("reply-{topic}"),
        Subject::ReplyTo(PostRef::Sent(post)) => format!("reply-to-{post}"),
        Subject::Edit(post) => format!("edit-{post}"),
        Subject::Waiting(id) | Subject::Reply(TopicRef::Queued(id)) => format!("waiting-{}", id.0),
        Subject::ReplyTo(PostRef::Queued(id)) => format!("below-{}", id.0),
    };
    folder(replica).join(format!("{name}.md"))
}

/// Returns what a file of this name is for, unless it was set aside.
fn subject(file: &Path) -> Option<Subject> {
    let name = file.file_stem()?.to_str()?;
    if name == "start" {
        return Some(Subject::NewTopicAnywhere);
    }
    let (kind, number) = name.rsplit_once('-')?;
    let number = number.parse().ok()?;
    Some(match kind {
        "start" => Subject::NewTopic(CategoryId::new(number)?),
        "reply" => Subject::Reply(TopicRef::Sent(TopicId::new(number)?)),
        "reply-to" => Subject::ReplyTo(PostRef::Sent(PostId::new(number)?)),
        "edit" => Subject::Edit(PostId::new(number)?),
        _ => return None,
    })
}

fn folder(replica: &Path) -> PathBuf {
    replica.with_file_name("editing")
}

/// The file that has what was on the screen when the editor began.
fn given(file: &Path) -> PathBuf {
    file.with_extension("given")
}

/// Writes a text for an editor, with what it is about below a line; `now` is what the screen has of it.
pub fn begin(file: &Path, text: &str, context: &str, now: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // In this order: a kill between the two leaves a text that is taken for a changed one, and not the other way round.
    forget(&given(file));
    write_private(file, &format!("{text}\n\n{SCISSORS}\n{context}\n"))?;
    write_private(&given(file), now)
}

/// Returns what was written above the line; nothing when there is nothing.
pub fn written(file: &Path) -> io::Result<Option<String>> {
    std::fs::read_to_string(file).map(|text| above(&text))
}

/// Returns what an editor left, where `now` is on the screen.
pub fn left(file: &Path, now: &str) -> Left {
    let Ok(Some(text)) = written(file) else {
        return Left::Nothing;
    };
    let given = std::fs::read_to_string(given(file)).ok();
    let (given, now) = (given.as_deref().map(str::trim_end), now.trim_end());
    if text == now || given == Some(text.as_str()) {
        Left::Nothing
    } else if now.trim().is_empty() || given == Some(now) {
        Left::Newer(text)
    } else {
        Left::Other(text)
    }
}

/// Keeps a text in a file of its own, beside that of its place, and returns which. It takes the place of one that it begins
/// with: two terminals on one text would leave hundreds otherwise.
pub fn set_aside(file: &Path, text: &str) -> io::Result<PathBuf> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    for number in 2..MOST {
        let path = file.with_file_name(format!("{stem}.{number}.md"));
        match private(std::fs::OpenOptions::new().create_new(true), &path, text) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let there = std::fs::read_to_string(&path)?;
                if text.starts_with(&there) && !there.is_empty() {
                    return replace_durably(&path, text.as_bytes()).map(|()| path);
                }
            }
            done => return done.map(|()| path),
        }
    }
    Err(io::Error::other(format!(
        "there are too many texts in {}",
        file.display()
    )))
}

/// Keeps a text in a new file in a folder that others write in too, and returns which. Nothing that is there is followed or
/// written over.
pub fn set_aside_in(folder: &Path, file: &Path, text: &str) -> io::Result<PathBuf> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    for number in 1..MOST {
        let path = folder.join(format!("space-{process}-{stem}.{number}.md"));
        match private(std::fs::OpenOptions::new().create_new(true), &path, text) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done.map(|()| path),
        }
    }
    Err(io::Error::other(format!(
        "there are too many texts in {}",
        folder.display()
    )))
}

/// Removes the text of an editor that is kept elsewhere, or was given up.
pub fn forget(file: &Path) {
    for path in [file, &given(file)] {
        if let Err(error) = std::fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "cannot remove a draft");
        }
    }
}

/// A text that is in a file alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// The file.
    pub file: PathBuf,
    /// What it is for; nothing when it was set aside.
    pub subject: Option<Subject>,
    /// What it says.
    pub text: String,
}

/// Returns the texts that editors changed and that were not taken up, and those that were set aside, by name.
pub fn unfinished(replica: &Path) -> Vec<Unfinished> {
    let files = std::fs::read_dir(folder(replica)).into_iter().flatten();
    let files = files.flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect();
    files.sort();
    let texts = files.into_iter().filter_map(|file| {
        // Nothing is on the screen, so that all counts that is not as it was given.
        let Left::Newer(text) = left(&file, "") else {
            return None;
        };
        let subject = subject(&file);
        Some(Unfinished {
            file,
            subject,
            text,
        })
    });
    texts.collect()
}

/// Returns what stands above the scissors line, unless it is nothing.
fn above(text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| line.trim_end() != SCISSORS);
    let text = lines.collect::<Vec<_>>().join("\n");
    (!text.trim().is_empty()).then(|| text.trim_end().to_owned())
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    replace_durably(file, text.as_bytes())
}

/// Writes a file that only its owner can read.
fn private(options: &mut std::fs::OpenOptions, file: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut out = options.write(true).open(file)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("hello\n\n-------- >8 --------\n> quoted", Some("hello"))]
    #[case("\n\n-------- >8 --------\n> quoted", None)]
    #[case("  \n", None)]
    #[case(
        "# Heading\n-------- >8 -------- no\nend",
        Some("# Heading\n-------- >8 -------- no\nend")
    )]
    fn what_is_sent(#[case] text: &str, #[case] want: Option<&str>) {
        assert_eq!(above(text).as_deref(), want);
    }

    /// What the screen had when the editor began, what the editor left, what the screen has now.
    #[rstest]
    #[case("a", "a", "a", Left::Nothing)]
    #[case("a", "a", "a, and more", Left::Nothing)]
    #[case("a", "a b", "a", Left::Newer("a b".to_owned()))]
    #[case("a", "a b", "a b", Left::Nothing)]
    #[case("a", "a b", "a c", Left::Other("a b".to_owned()))]
    #[case("a", "a b", "", Left::Newer("a b".to_owned()))]
    #[case("", "a b", "", Left::Newer("a b".to_owned()))]
    #[case("a", "", "a", Left::Nothing)]
    fn the_text_counts_that_was_seen_last(
        #[case] given: &str,
        #[case] left_there: &str,
        #[case] now: &str,
        #[case] want: Left,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("editing").join("reply-7.md");
        begin(&file, given, "> quoted", given).unwrap();
        let edited = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, edited.replacen(given, left_there, 1)).unwrap();
        assert_eq!(left(&file, now), want);
    }

    #[test]
    fn what_was_taken_up_and_left_again_is_still_newer() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("editing").join("reply-7.md");
        begin(&file, "taken up", "", "on the screen").unwrap();
        assert_eq!(
            left(&file, "on the screen"),
            Left::Newer("taken up".to_owned())
        );
    }

    #[test]
    fn texts_in_files_are_found_again_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let replica = folder.path().join("replica.db");
        let place = Subject::ReplyTo(PostRef::Sent(PostId::new(7).unwrap()));
        let file = file(&replica, &place);
        begin(&file, "as it was", "", "as it was").unwrap();
        assert_eq!(unfinished(&replica), []);
        std::fs::write(&file, "changed").unwrap();
        let one = set_aside(&file, "one").unwrap();
        let two = set_aside(&file, "two").unwrap();
        assert_eq!(set_aside(&file, "one").unwrap(), one);
        assert_eq!(set_aside(&file, "two, and more").unwrap(), two);
        let found = unfinished(&replica);
        let texts: Vec<(&Path, Option<Subject>, &str)> = found
            .iter()
            .map(|it| (it.file.as_path(), it.subject, it.text.as_str()))
            .collect();
        assert_eq!(
            texts,
            [
                (one.as_path(), None, "one"),
                (two.as_path(), None, "two, and more"),
                (file.as_path(), Some(place), "changed"),
            ]
        );
        forget(&file);
        assert_eq!(unfinished(&replica).len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn only_their_owner_can_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("editing").join("start.md");
        begin(&file, "mine", "", "mine").unwrap();
        set_aside(&file, "also mine").unwrap();
        let files = std::fs::read_dir(file.parent().unwrap()).unwrap();
        for path in files.map(|it| it.unwrap().path()) {
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
    }
}
