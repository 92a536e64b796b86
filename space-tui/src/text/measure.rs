// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How many columns a text takes, and cutting it to fit.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the columns that a text without controls takes.
///
/// Cells hold one cluster each, so clusters are what is counted: taken as a whole, the Arabic letters lam and alef
/// would count as the one that some fonts make of them.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Returns whether terminals may give a cluster another width than we do, or none of its own.
///
/// They agree about single characters of scripts without marks, and about those of East Asia, which are two columns wide
/// everywhere. They do not about several characters in one cell, nor about emoji: each knows those of its own time.
pub fn is_contested(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => match c {
            '\0'..'\u{300}'
            | '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}'
            | '\u{20000}'..='\u{3fffd}' => false,
            _ => UnicodeWidthStr::width(cluster) != 1 || is_spacing_mark(c),
        },
        _ => true,
    }
}

/// Returns whether a character is a mark with a column of its own, which some terminals put into the column before.
fn is_spacing_mark(c: char) -> bool {
    // The scripts that have them; asking about every sign of a frame would take longer than drawing it.
    if !matches!(c, '\u{900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{11000}'..='\u{11fff}') {
        return false;
    }
    // A mark makes one cluster with whatever stands before it.
    let pair: String = ['a', c].iter().collect();
    pair.graphemes(true).count() == 1
}

/// Returns the text cut to at most `columns`, with an ellipsis when something was cut.
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let w = width(cluster);
        if used + w > columns - 1 {
            break;
        }
        used += w;
        out.push_str(cluster);
    }
    out.push('…');
    out
}

/// Returns the text cut or filled with spaces on the right to exactly `columns`.
pub fn column(text: &str, columns: usize) -> String {
    let mut out = fit(text, columns);
    let w = width(&out);
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(w)));
    out
}

/// Returns the text cut or filled with spaces on the left to exactly `columns`.
pub fn column_right(text: &str, columns: usize) -> String {
    let cut = fit(text, columns);
    let fill = columns.saturating_sub(width(&cut));
    " ".repeat(fill) + &cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("hello", 5, "hello")]
    #[case("hello!", 5, "hell…")]
    #[case("日本語です", 5, "日本…")]
    #[case("日本語です", 4, "日…")]
    #[case("abc", 0, "")]
    fn cutting(#[case] text: &str, #[case] columns: usize, #[case] want: &str) {
        assert_eq!(fit(text, columns), want);
    }

    #[rstest]
    #[case("abc", 3)]
    #[case("日本", 4)]
    #[case("إلى الأمام", 10)]
    #[case("👩\u{200d}💻", 2)]
    #[case("❤\u{fe0f}", 2)]
    #[case("e\u{301}", 1)]
    fn columns(#[case] text: &str, #[case] want: usize) {
        assert_eq!(width(text), want);
    }

    proptest! {
        #[test]
        fn a_column_is_exactly_as_wide_as_asked(text in "\\PC{0,20}", columns in 0_usize..30) {
            let clean = crate::text::clean::line(&text);
            let w = width(&column(&clean, columns));
            prop_assert!(w == columns, "{w} for {columns}");
        }
    }
}
