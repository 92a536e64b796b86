// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Wrapping: spans into lines no wider than asked, broken between words, or where a script allows it.

use unicode_segmentation::UnicodeSegmentation;

use crate::doc::{Role, Span};
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

/// Wraps one line of code to `columns`: at a space or where a token ends, else where the row is full. Rows after the first
/// begin under the first one, where that leaves room. Spaces at a break go; all others count.
pub fn wrap_code(line: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let clusters: Vec<(&str, &Span, usize)> = line
        .iter()
        .flat_map(|span| span.text.graphemes(true).map(move |it| (it, span)))
        .map(|(cluster, span)| (cluster, span, width(cluster)))
        .collect();
    step(clusters.len());
    let columns = columns.max(1);
    let leading = clusters.iter().take_while(|(it, ..)| *it == " ").count();
    let indent = leading.min(columns / 3);
    let mut rows = Vec::new();
    let mut start = 0;
    loop {
        let (mut row, room) = match start {
            0 => (Vec::new(), columns),
            _ => (indentation(indent), columns - indent),
        };
        let end = filled(&clusters[start..], room) + start;
        let at = match clusters.get(end) {
            None => end,
            Some(_) => broken(&clusters, start.max(leading), end),
        };
        let is_whole = at == clusters.len();
        let shown = clusters[start..at]
            .iter()
            .rposition(|(it, ..)| is_whole || *it != " ");
        for (cluster, span, _) in &clusters[start..shown.map_or(start, |last| start + last + 1)] {
            push(&mut row, cluster, span);
        }
        rows.push(row);
        start = at;
        if end == clusters.len() {
            return rows;
        }
        while clusters.get(start).is_some_and(|(it, ..)| *it == " ") {
            start += 1;
        }
        if start == clusters.len() {
            return rows;
        }
    }
}

fn indentation(columns: usize) -> Vec<Span> {
    match columns {
        0 => Vec::new(),
        _ => vec![Span::new(Role::Code, " ".repeat(columns))],
    }
}

/// How many clusters go into a row; one at least, if there is any.
fn filled(clusters: &[(&str, &Span, usize)], room: usize) -> usize {
    let mut used = 0;
    let fits = clusters.iter().take_while(|(.., columns)| {
        used += columns;
        used <= room
    });
    fits.count().max(1).min(clusters.len())
}

/// Where a row ends that is full at `end`: as far back as a third of it, where code may be broken.
fn broken(clusters: &[(&str, &Span, usize)], start: usize, end: usize) -> usize {
    let least = start + end.saturating_sub(start) / 3;
    let mut places = (least + 1..=end).rev();
    let found = places.find(|at| may_break(clusters[at - 1].0, clusters[*at].0));
    found.unwrap_or(end)
}

/// Whether a row of code may end between two clusters.
fn may_break(before: &str, after: &str) -> bool {
    // Operators of several signs stay whole, and so do options and numbers with a point.
    const ENDS: &str = ",;([{=+*/|&<>?:";
    let begins = |it: &str| {
        let is_word = |c: char| c.is_alphanumeric() || "_\"'`$@#([{".contains(c);
        it.chars().next().is_some_and(is_word)
    };
    match (before, after) {
        (_, " ") | (" ", _) => true,
        (before, ".") => before
            .chars()
            .all(|c| c.is_alphabetic() || ")]}".contains(c)),
        _ => ENDS.contains(before) && begins(after) || may_part(before, after),
    }
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
    use crate::doc::plain;
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

    fn code(text: &str, columns: usize) -> Vec<String> {
        wrap_code(&[Span::new(Role::Code, text)], columns)
            .iter()
            .map(|line| plain(line))
            .collect()
    }

    #[rstest]
    #[case::fits("let x = 1;", 10, &["let x = 1;"])]
    #[case::empty("", 10, &[""])]
    #[case::space("let value = other;", 13, &["let value =", "other;"])]
    #[case::under_the_first("    let value = other_value;", 24, &["    let value =", "    other_value;"])]
    #[case::brackets("CreateComponent<Geometry>(context_)", 30, &["CreateComponent<Geometry>(", "context_)"])]
    #[case::chain("space.topics.latest.first", 16, &["space.topics", ".latest.first"])]
    #[case::path("/home/alice/space/data", 14, &["/home/alice/", "space/data"])]
    #[case::operator("alpha::beta::gamma", 13, &["alpha::beta::", "gamma"])]
    #[case::option("cargo run --release", 14, &["cargo run", "--release"])]
    #[case::number("[3.14159,2.71828]", 12, &["[3.14159,", "2.71828]"])]
    #[case::one_word("0123456789abcdef", 12, &["0123456789ab", "cdef"])]
    #[case::wide("日本語日本語", 7, &["日本語", "日本語"])]
    #[case::spaces_at_the_end("abc      ", 3, &["abc"])]
    #[case::narrow("ab", 1, &["a", "b"])]
    fn code_breaks_where_tokens_end(
        #[case] text: &str,
        #[case] columns: usize,
        #[case] want: &[&str],
    ) {
        assert_eq!(code(text, columns), want);
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
        fn no_row_of_code_is_too_wide_and_nothing_but_space_is_lost(text in "[ a-z(),.:日👍e\u{301}-]{0,80}", columns in 2_usize..30) {
            let rows = code(&text, columns);
            for row in &rows {
                let is_one = row.trim().graphemes(true).count() <= 1;
                prop_assert!(is_one || width(row) <= columns, "{row:?}");
            }
            let solid = |t: &str| t.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(solid(&rows.concat()), solid(&text));
        }

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
