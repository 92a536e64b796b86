// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files in the repository that are generated: a test renders them and compares.
//!
//! `SPACE_BLESS=1 cargo test` writes them anew.

use std::path::Path;

/// Compares `text` with the committed file; with `SPACE_BLESS=1` writes the file instead.
///
/// # Panics
///
/// When they differ, or the file cannot be read or written.
#[track_caller]
pub fn same_as_committed(path: &Path, text: &str) {
    if std::env::var_os("SPACE_BLESS").is_some_and(|value| value == "1") {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
        }
        std::fs::write(path, text)
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_else(|error| {
        panic!(
            "cannot read {}: {error}; SPACE_BLESS=1 writes it",
            path.display()
        )
    });
    if let Some((number, want, have)) = first_difference(text, &committed) {
        panic!(
            "{} is out of date from line {number} on; SPACE_BLESS=1 rewrites it\n  committed: {have:?}\n  generated: {want:?}",
            path.display()
        );
    }
}

/// Returns the number of the first line that differs, and both lines; `None` when the texts are the same.
fn first_difference<'a>(
    a: &'a str,
    b: &'a str,
) -> Option<(usize, Option<&'a str>, Option<&'a str>)> {
    let (mut a, mut b) = (a.split('\n'), b.split('\n'));
    for number in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (a, b) if a != b => return Some((number, a, b)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb", "a\nb"), None);
        assert_eq!(
            first_difference("a\nb", "a\nc"),
            Some((2, Some("b"), Some("c")))
        );
        assert_eq!(first_difference("a\n", "a"), Some((2, Some(""), None)));
    }
}
