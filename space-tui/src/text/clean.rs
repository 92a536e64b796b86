// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Text from others, made harmless for a terminal.
//!
//! A terminal obeys escape sequences, wherever they come from; and bidirectional controls can make a name
//! read as another. Neither ever leaves this module. What is harmful is decided in [`space_core::markup::sanitize`];
//! here is only what becomes of line ends and tabs. Spaces stay as they are: rows are padded with them.

use std::borrow::Cow;

use space_core::markup::sanitize;

/// Returns the text on one line: line ends and tabs become spaces, everything harmful goes, direction marks too.
pub fn line(text: &str) -> Cow<'_, str> {
    let clean = sanitize::text(text);
    if !clean.contains(is_not_for_lines) {
        return clean;
    }
    Cow::Owned(
        clean
            .chars()
            .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c })
            .filter(|c| !is_not_for_lines(*c))
            .collect(),
    )
}

/// Returns the text with its line ends, and tabs as four spaces; everything harmful goes.
pub fn block(text: &str) -> Cow<'_, str> {
    let clean = sanitize::text(text);
    if clean.contains('\t') {
        Cow::Owned(clean.replace('\t', "    "))
    } else {
        clean
    }
}

fn is_not_for_lines(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain", "plain")]
    #[case("two\nlines\tand tab", "two lines and tab")]
    #[case("\u{1b}[31mred\u{1b}]52;c;eA==\u{7}", "[31mred]52;c;eA==")]
    #[case("\u{9b}31m", "31m")]
    #[case("user\u{202e}gnp.exe", "usergnp.exe")]
    #[case("  padded  ", "  padded  ")]
    #[case("pay\u{200b}pal\u{3164}\u{ad} hi\u{e0068}", "paypal hi")]
    #[case("שלום\u{200f}!", "שלום!")]
    #[case("👩\u{200d}💻 e\u{301}", "👩\u{200d}💻 e\u{301}")]
    fn lines(#[case] text: &str, #[case] want: &str) {
        assert_eq!(line(text), want);
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in "\\PC*|.*|[\\x00-\\x1f\\x7f-\\x9f]{0,20}") {
            prop_assert!(!line(&text).chars().any(char::is_control));
            prop_assert!(!block(&text).chars().any(|c| c != '\n' && c.is_control()));
        }
    }
}
