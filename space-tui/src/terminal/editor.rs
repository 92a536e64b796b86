// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing in the reader's own editor.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use space_core::client::outbox::{PostRef, TopicRef};

use crate::app::message::{Edited, Sheet};
use crate::compose::Subject;
use crate::l10n::L10n;
use crate::text::clean;

/// What stands above it is sent, what stands below is not.
const SCISSORS: &str = "-------- >8 --------";

/// Has a text written: what is answered is quoted below a scissors line.
pub fn compose(l10n: &L10n, editor: &str, replica: &Path, sheet: &Sheet) -> anyhow::Result<Edited> {
    let file = edit_file(replica, &sheet.subject);
    let mut context = l10n.with(
        "editor-context",
        &[("title", clean::line(&sheet.title).into())],
    );
    if let Some((author, source)) = &sheet.context {
        let author = clean::line(author);
        context.push_str("\n\n");
        context.push_str(&l10n.with("editor-wrote", &[("author", author.into())]));
        for line in clean::block(source).lines() {
            context.push_str("\n> ");
            context.push_str(line);
        }
    }
    match edit_text(editor, &file, &sheet.text, &context)? {
        Some(text) => Ok(Edited::Text(text)),
        None => Ok(Edited::Empty),
    }
}

/// Returns the editor that is set, else `$VISUAL`, else `$EDITOR`, else `vi`; and which of these it is.
pub fn choose(set: &str, variable: impl Fn(&str) -> Option<String>) -> (String, &'static str) {
    let set = (!set.trim().is_empty()).then(|| (set.to_owned(), "config.toml"));
    let from_environment = || {
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            let value = variable(name).filter(|value| !value.trim().is_empty())?;
            Some((value, name))
        })
    };
    set.or_else(from_environment)
        .unwrap_or_else(|| ("vi".to_owned(), "vi"))
}

/// Has a text written in the reader's editor; `None` when nothing was.
///
/// A text that an earlier, unfinished run left is taken up again.
pub fn edit_text(
    editor: &str,
    file: &Path,
    start: &str,
    context: &str,
) -> anyhow::Result<Option<String>> {
    let left = std::fs::read_to_string(file)
        .ok()
        .and_then(|text| above(&text));
    let begin = left.as_deref().unwrap_or(start);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    write_private(file, &format!("{begin}\n\n{SCISSORS}\n{context}\n"))?;
    let (editor, from) = choose(editor, |name| std::env::var(name).ok());
    // The shell splits "code --wait" into a program and its options; the file is never part of its script.
    let status = Command::new("/bin/sh")
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file)
        .status()
        .with_context(|| format!("cannot run {editor} (set by {from})"))?;
    if !status.success() {
        bail!(
            "{editor} (set by {from}) ended with {status}; what was written is kept in {}",
            file.display()
        );
    }
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let written = above(&text);
    if written.is_none() {
        forget(file);
    }
    Ok(written)
}

/// Returns the file that an editor has a text in, beside the local copy. It is there only while the editor runs: what is
/// unfinished is kept in the outbox. After a crash it is taken up again.
pub fn edit_file(replica: &Path, subject: &Subject) -> PathBuf {
    let name = match subject {
        Subject::NewTopic(category) => format!("start-{category}"),
        Subject::NewTopicAnywhere => "start".to_owned(),
        Subject::Reply(TopicRef::Sent(topic)) => format!("reply-{topic}"),
        Subject::ReplyTo(PostRef::Sent(post)) => format!("reply-to-{post}"),
        Subject::Edit(post) => format!("edit-{post}"),
        Subject::Waiting(id) | Subject::Reply(TopicRef::Queued(id)) => format!("waiting-{}", id.0),
        Subject::ReplyTo(PostRef::Queued(id)) => format!("below-{}", id.0),
    };
    replica.with_file_name("editing").join(format!("{name}.md"))
}

/// Removes an unfinished text that is finished, or was given up.
pub fn forget(file: &Path) {
    if let Err(error) = std::fs::remove_file(file)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "cannot remove a draft");
    }
}

/// Returns what stands above the scissors line, unless it is nothing.
fn above(text: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| line.trim_end() != SCISSORS);
    let text = lines.collect::<Vec<_>>().join("\n");
    (!text.trim().is_empty()).then(|| text.trim_end().to_owned())
}

#[cfg(unix)]
fn write_private(file: &Path, text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let written = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut out| out.write_all(text.as_bytes()));
    written.with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(not(unix))]
fn write_private(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
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

    #[rstest]
    #[case(&[("VISUAL", "code --wait"), ("EDITOR", "vi")], "code --wait", "VISUAL")]
    #[case(&[("VISUAL", " "), ("EDITOR", "ed")], "ed", "EDITOR")]
    #[case(&[], "vi", "vi")]
    fn which_editor(#[case] set: &[(&str, &str)], #[case] editor: &str, #[case] from: &str) {
        let variable = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(choose("", variable), (editor.to_owned(), from));
    }
}
