// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writing in the reader's own editor.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::app::message::{Aside, Edited, Sheet};
use crate::editing::{self, Left};
use crate::l10n::L10n;
use crate::text::clean;

/// Has a text written: what is answered is quoted below a scissors line. Returns also where another text is that an editor
/// left earlier, when that one and this have both changed since.
pub fn compose(
    l10n: &L10n,
    editor: &str,
    replica: &Path,
    sheet: &Sheet,
) -> (anyhow::Result<Edited>, Aside) {
    let file = editing::file(replica, &sheet.subject);
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
    let mut aside = None;
    let text = edit_text(editor, &file, &sheet.text, &context, &mut aside);
    (
        text.map(|text| text.map_or(Edited::Empty, Edited::Text)),
        aside,
    )
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
/// A newer text that an earlier, unfinished run left is taken up again. One that is not newer is set `aside`.
fn edit_text(
    editor: &str,
    file: &Path,
    start: &str,
    context: &str,
    aside: &mut Aside,
) -> anyhow::Result<Option<String>> {
    let cannot_write = || format!("cannot write {}", file.display());
    let begin = match editing::left(file, start) {
        Left::Nothing => start.to_owned(),
        Left::Newer(text) => text,
        Left::Other(text) => {
            *aside = Some(editing::set_aside(file, &text).with_context(cannot_write)?);
            start.to_owned()
        }
    };
    editing::begin(file, &begin, context, start).with_context(cannot_write)?;
    let (editor, from) = choose(editor, |name| std::env::var(name).ok());
    // The shell splits "code --wait" into a program and its options; the file is never part of its script.
    let status = Command::new("/bin/sh")
        .args(["-c", &format!("{editor} \"$1\""), "sh"])
        .arg(file)
        .status()
        .with_context(|| format!("cannot run {editor} (set by {from})"))?;
    if !status.success() {
        if editing::left(file, start) == Left::Nothing {
            editing::forget(file);
            bail!("{editor} (set by {from}) ended with {status}");
        }
        bail!(
            "its text is kept for the next time; {editor} (set by {from}) ended with {status}; the text is in {}",
            file.display()
        );
    }
    let written =
        editing::written(file).with_context(|| format!("cannot read {}", file.display()))?;
    if written.is_none() {
        editing::forget(file);
    }
    Ok(written)
}

/// Stops the whole job, as Ctrl-Z does, until the shell continues it.
pub(super) fn stop_until_continued() {
    // The shell's own kill reaches the process group, ourselves included, without any unsafe code.
    let stopped = Command::new("/bin/sh")
        .args(["-c", "kill -s TSTP 0"])
        .status();
    if let Err(error) = stopped {
        tracing::warn!(%error, "cannot stop");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

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

    /// Runs an editor that is a line of the shell, on a text.
    fn edit(file: &Path, script: &str, start: &str) -> (Result<Option<String>, String>, Aside) {
        let mut aside = None;
        let editor = format!("f() {{ {script}; }}; f");
        let text = edit_text(&editor, file, start, "> quoted", &mut aside);
        (text.map_err(|error| format!("{error:#}")), aside)
    }

    #[test]
    fn what_an_editor_left_that_failed_is_taken_up_when_it_is_newer() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("editing").join("reply-7.md");
        let append = "sed -i '1s/$/ and more/' \"$1\"";
        // Nothing was written: nothing is left.
        let (failed, _) = edit(&file, "exit 1", "begun");
        assert!(!failed.unwrap_err().contains("is kept for the next time"));
        assert!(!file.exists());
        let (failed, _) = edit(&file, &format!("{append}; exit 1"), "begun");
        assert!(failed.unwrap_err().contains("reply-7.md"));
        let (text, aside) = edit(&file, append, "begun");
        assert_eq!(
            (text.unwrap().unwrap().as_str(), aside),
            ("begun and more and more", None)
        );
    }

    #[test]
    fn a_text_that_was_changed_since_is_edited_and_what_the_editor_left_is_kept_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("editing").join("reply-7.md");
        let killed = "sed -i '1s/$/ in the editor/' \"$1\"; kill -9 $$";
        edit(&file, killed, "begun").0.unwrap_err();
        let (text, aside) = edit(&file, "true", "begun, and changed on the screen");
        assert_eq!(
            text.unwrap().as_deref(),
            Some("begun, and changed on the screen")
        );
        let aside = std::fs::read_to_string(aside.unwrap()).unwrap();
        assert_eq!(aside, "begun in the editor");
    }
}
