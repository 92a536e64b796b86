// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Text from others, made harmless for a terminal.
//!
//! A terminal obeys escape sequences, wherever they come from; and bidirectional controls can make a name
//! read as another. Neither ever leaves this module.

use std::borrow::Cow;

/// Returns the text on one line: line ends and tabs become spaces, everything harmful goes.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| if is_break(c) { ' ' } else { c })
            .filter(|c| is_harmless(*c))
            .collect(),
    )
}

/// Returns the text with its line ends, and tabs as four spaces; everything harmful goes.
pub fn block(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || is_harmless(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if is_harmless(c) => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

/// Controls (C0, C1, DEL), bidirectional controls, and characters that show nothing but can hide something.
fn is_harmless(c: char) -> bool {
    !(c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e001f}'))
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
