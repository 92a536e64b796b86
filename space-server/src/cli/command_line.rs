// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Commands of this program as hints name them: with the options that lead to the same space.

use crate::config::Loaded;

/// Returns `space-server SUBCOMMAND`, with the options of this run that say where the space is.
pub(super) fn with_place(loaded: &Loaded, subcommand: &str) -> String {
    let mut words = vec!["space-server".to_owned(), subcommand.to_owned()];
    if let Some(file) = &loaded.given.file {
        words.push(format!("--config {}", quoted(&file.display().to_string())));
    }
    if let Some(folder) = &loaded.given.data_dir {
        words.push(format!("--data-dir {}", quoted(folder)));
    }
    words.join(" ")
}

/// Quotes a word for a shell, if that is needed.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/srv/space", "/srv/space")]
    #[case("/srv/our place", "'/srv/our place'")]
    #[case("it's", r"'it'\''s'")]
    #[case("", "''")]
    fn words_are_quoted_for_a_shell(#[case] word: &str, #[case] want: &str) {
        assert_eq!(quoted(word), want);
    }
}
