// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Wrapping: spans into lines no wider than asked, broken between words, or where a script allows it.

use unicode_segmentation::UnicodeSegmentation;

use crate::doc::Span;
use crate::text::isolate::step;
use crate::text::measure::width;

/// Wraps spans to `columns`; `\n` in them ends a line. Runs of spaces within a line stay; those at a break go.
///
/// A word wider than a line is broken between grapheme clusters; wide (CJK) characters may part anywhere
/// except before closing punctuation and after opening.
pub fn wrap(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let mut out = Wrap::new(columns.max(1));
    for span in spans {
        for cluster in span.text.graphemes(true) {
            step(1);
            out.take(cluster, span);
        }
    }
    out.finish()
}

/// Breaks spans at `columns` wherever that falls, for code: spaces count.
pub fn chop(spans: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let columns = columns.max(1);
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    for span in spans {
        for cluster in span.text.graphemes(true) {
            step(1);
            let w = width(cluster);
            if cluster == "\n" || used + w > columns {
                lines.push(Vec::new());
                used = 0;
                if cluster == "\n" {
                    continue;
                }
            }
            used += w;
            if let Some(line) = lines.last_mut() {
                push(line, cluster, span);
            }
        }
    }
    lines
}

struct Wrap {
    columns: usize,
    lines: Vec<Vec<Span>>,
    line: Vec<Span>,
    line_width: usize,
    /// Space seen since the last word of the line.
    gap: Vec<Span>,
    gap_width: usize,
    word: Vec<Span>,
    word_width: usize,
    last: String,
}

impl Wrap {
    fn new(columns: usize) -> Self {
        Self {
            columns,
            lines: Vec::new(),
            line: Vec::new(),
            line_width: 0,
            gap: Vec::new(),
            gap_width: 0,
            word: Vec::new(),
            word_width: 0,
            last: String::new(),
        }
    }

    fn take(&mut self, cluster: &str, like: &Span) {
        if cluster == "\n" {
            self.place_word();
            self.end_line();
        } else if cluster == " " {
            self.place_word();
            push(&mut self.gap, cluster, like);
            self.gap_width += 1;
        } else {
            if may_part(&self.last, cluster) {
                self.place_word();
            }
            let w = width(cluster);
            if self.word_width + w > self.columns {
                self.place_word();
            }
            push(&mut self.word, cluster, like);
            self.word_width += w;
        }
        self.last.clear();
        self.last.push_str(cluster);
    }

    fn place_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.line_width + self.gap_width + self.word_width > self.columns {
            self.end_line();
        } else {
            self.line_width += self.gap_width;
            append(&mut self.line, &mut self.gap);
        }
        self.gap.clear();
        self.gap_width = 0;
        self.line_width += self.word_width;
        append(&mut self.line, &mut self.word);
        self.word_width = 0;
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.line_width = 0;
        self.gap.clear();
        self.gap_width = 0;
    }

    fn finish(mut self) -> Vec<Vec<Span>> {
        self.place_word();
        if !self.line.is_empty() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

/// Whether a line may end between two clusters of which neither is a space.
fn may_part(before: &str, after: &str) -> bool {
    const NOT_FIRST: &str =
        "、。，．・：；？！）」』】〕〉》”’ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々…,.!?:;)]}";
    const NOT_LAST: &str = "（「『【〔〈《“‘([{";
    !before.is_empty()
        && (width(before) > 1 || width(after) > 1)
        && !NOT_FIRST.contains(after)
        && !NOT_LAST.contains(before)
}

fn push(line: &mut Vec<Span>, cluster: &str, model: &Span) {
    match line.last_mut() {
        Some(last) if last.is_alike(model) => last.text.push_str(cluster),
        _ => {
            let mut span = model.clone_empty();
            span.text.push_str(cluster);
            line.push(span);
        }
    }
}

fn append(line: &mut Vec<Span>, more: &mut Vec<Span>) {
    for span in more.drain(..) {
        match line.last_mut() {
            Some(last) if last.is_alike(&span) => last.text.push_str(&span.text),
            _ => line.push(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Role, plain};
    use proptest::prelude::*;
    use rstest::rstest;

    fn lines(text: &str, columns: usize) -> Vec<String> {
        wrap(&[Span::new(Role::Text, text)], columns)
            .iter()
            .map(|line| plain(line))
            .collect()
    }

    #[rstest]
    #[case("the quick brown fox", 10, &["the quick", "brown fox"])]
    #[case("the quick brown fox", 9, &["the quick", "brown fox"])]
    #[case("a\n\nb", 9, &["a", "", "b"])]
    #[case("incomprehensibility", 8, &["incompre", "hensibil", "ity"])]
    #[case("日本語のテキスト。", 8, &["日本語の", "テキス", "ト。"])]
    #[case("", 8, &[""])]
    #[case("👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻", 4, &["👩\u{200d}💻👩\u{200d}💻", "👩\u{200d}💻"])]
    #[case("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"])]
    #[case("ends with space ", 40, &["ends with space"])]
    fn words(#[case] text: &str, #[case] columns: usize, #[case] want: &[&str]) {
        assert_eq!(lines(text, columns), want);
    }

    #[test]
    fn roles_survive() {
        let spans = [
            Span::new(Role::Text, "see "),
            Span::new(Role::Link, "the long link"),
        ];
        let wrapped = wrap(&spans, 8);
        assert_eq!(wrapped[0].len(), 2);
        assert_eq!(wrapped[1][0].role, Role::Link);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_space_is_lost(
            text in "(\\PC|[ a-z\n日本。（👍]){0,60}", columns in 2_usize..30
        ) {
            let clean = crate::text::clean::block(&text).into_owned();
            let wrapped = lines(&clean, columns);
            for line in &wrapped {
                // A cluster is never broken, however wide it is.
                let is_one = line.graphemes(true).count() <= 1;
                prop_assert!(is_one || width(line) <= columns, "{line:?}");
            }
            let solid = |t: &str| t.chars().filter(|c| *c != ' ' && *c != '\n').collect::<String>();
            prop_assert_eq!(solid(&wrapped.concat()), solid(&clean));
        }
    }
}
