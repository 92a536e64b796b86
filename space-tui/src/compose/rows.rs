// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The rows of a text that is being written, at a width. Unlike those of a text that is read they lose nothing: every
//! byte but the line ends is on exactly one row, so that the cursor can stand before and after each.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::clean;
use crate::text::measure::width;

/// Columns of a tab.
pub const TAB: usize = 4;

/// A row: from which byte to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Returns the columns of a character as readers see them, the way it is painted.
pub fn columns_of(cluster: &str) -> usize {
    match cluster.as_bytes() {
        b"\t" => TAB,
        [b' '..=b'~'] => 1,
        _ => width(&clean::line(cluster)),
    }
}

/// Returns what is painted for a part of the text.
pub fn painted(text: &str) -> String {
    text.replace('\t', &" ".repeat(TAB))
}

/// Returns the rows of a text; there is always one. Space at the end of a row hangs over its edge.
pub fn rows(text: &str, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap(line, start, columns.max(1), &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap(line: &str, offset: usize, columns: usize, rows: &mut Vec<Row>) {
    let (mut start, mut used) = (0, 0);
    // The last place where the row may end, and the columns up to it.
    let mut may_end: Option<(usize, usize)> = None;
    let row = |start: usize, end: usize| Row {
        start: offset + start,
        end: offset + end,
    };
    for (at, cluster) in line.grapheme_indices(true) {
        let wide = columns_of(cluster);
        let is_space = matches!(cluster, " " | "\t");
        if wide > 1 && !is_space && at > start {
            may_end = Some((at, used));
        }
        if used + wide > columns && at > start && !is_space {
            let (end, before) = may_end.unwrap_or((at, used));
            rows.push(row(start, end));
            (start, used, may_end) = (end, used - before, None);
            if used + wide > columns && at > start {
                rows.push(row(start, at));
                (start, used) = (at, 0);
            }
        }
        used += wide;
        if is_space || wide > 1 {
            may_end = Some((at + cluster.len(), used));
        }
    }
    rows.push(row(start, line.len()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn shown(text: &str, columns: usize) -> Vec<&str> {
        let rows = rows(text, columns);
        rows.iter().map(|row| &text[row.start..row.end]).collect()
    }

    #[rstest]
    #[case("", &[""])]
    #[case("one two three", &["one two ", "three"])]
    #[case("one two   three", &["one two   ", "three"])]
    #[case("incomprehensible", &["incompreh", "ensible"])]
    #[case("a incomprehensible", &["a ", "incompreh", "ensible"])]
    #[case("日本語日本語", &["日本語日", "本語"])]
    #[case("a\n\nb\n", &["a", "", "b", ""])]
    fn words(#[case] text: &str, #[case] want: &[&str]) {
        assert_eq!(shown(text, 9), want);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_only_space_hangs_over(text in "([a-z \t\n]|[日👩\u{200d}💻e\u{301}ש]){0,60}", columns in 2_usize..12) {
            let rows = rows(&text, columns);
            let mut at = 0;
            for row in &rows {
                prop_assert!(row.start == at || row.start == at + 1 && &text[at..=at] == "\n");
                at = row.end;
                let solid = text[row.start..row.end].trim_end_matches([' ', '\t']);
                let wide: usize = solid.graphemes(true).map(columns_of).sum();
                prop_assert!(wide <= columns.max(TAB) || solid.graphemes(true).count() == 1, "{solid:?}");
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
