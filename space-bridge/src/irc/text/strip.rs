// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people write on IRC, without its formatting.

use space_core::markup::sanitize;

/// Returns a line without colours, styles and anything else that cannot be seen.
///
/// The codes are those of <https://modern.ircdocs.horse/formatting>.
pub(in crate::irc) fn strip(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{3}' => {
                let has_colour = skip(&mut rest, 2, |c| c.is_ascii_digit());
                let mut ahead = rest.clone();
                let has_background = has_colour
                    && ahead.next() == Some(',')
                    && ahead.next().is_some_and(|c| c.is_ascii_digit());
                if has_background {
                    rest.next();
                    skip(&mut rest, 2, |c| c.is_ascii_digit());
                }
            }
            '\u{4}' => {
                skip(&mut rest, 6, |c| c.is_ascii_hexdigit());
            }
            _ => out.push(c),
        }
    }
    // The other codes are control characters.
    sanitize::line(&out).into_owned()
}

/// Skips characters; returns whether there was one.
fn skip(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    most: usize,
    is_one: impl Fn(char) -> bool,
) -> bool {
    let skipped = (0..most).take_while(|_| rest.next_if(|c| is_one(*c)).is_some());
    skipped.count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain", "plain")]
    #[case("\u{2}bold\u{f} and \u{1d}slanted\u{1d}", "bold and slanted")]
    #[case("\u{3}04red\u{3} \u{3}4,12x \u{3}045", "red x 5")]
    #[case("\u{3},5", ",5")]
    #[case("\u{4}ff0000red", "red")]
    #[case("a\u{202e}b\u{7}", "ab")]
    #[case("12\u{3}03: hi", "12: hi")]
    fn lines(#[case] line: &str, #[case] want: &str) {
        assert_eq!(strip(line), want);
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_is_left(line in "[\\x00-\\x20a0-9,]{0,60}") {
            prop_assert!(!strip(&line).chars().any(char::is_control));
        }
    }
}
