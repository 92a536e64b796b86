// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Names that are read and call nobody.

use space_core::markup::sanitize;
use unicode_segmentation::UnicodeSegmentation;

/// How much of a name is shown.
const LONGEST: usize = 32;

/// Returns a name that looks the same and highlights nobody: with a zero-width space after its first letter. Marks of rank
/// before it go, and whatever could make it read as another or steer a client; nothing may be left.
pub(super) fn unpinged(name: &str) -> String {
    let clean = sanitize::line(name);
    let clean = clean.trim_start_matches(['~', '&', '@', '%', '+', '#', '!', '<', ' ']);
    let mut graphemes = clean.graphemes(true).take(LONGEST);
    let Some(first) = graphemes.next() else {
        return "?".to_owned();
    };
    let mut shown = format!("{first}\u{200b}");
    shown.extend(graphemes);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("alice", "a\u{200b}lice")]
    #[case("@alice", "a\u{200b}lice")]
    #[case("e\u{301}mile", "e\u{301}\u{200b}mile")]
    #[case("\u{200b}\u{2060}", "?")]
    #[case("", "?")]
    #[case("\u{202e}nimda", "n\u{200b}imda")]
    #[case("a\r\nQUIT", "a\u{200b} QUIT")]
    #[case("\u{3}04red\u{2}", "0\u{200b}4red")]
    #[case("שלום", "ש\u{200b}לום")]
    fn names(#[case] name: &str, #[case] want: &str) {
        assert_eq!(unpinged(name), want);
    }

    #[test]
    fn a_name_without_end_has_one() {
        assert!(unpinged(&"ab".repeat(500)).chars().count() <= LONGEST + 1);
    }
}
