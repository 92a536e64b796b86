// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Right-to-left text: which way a paragraph reads, and the order in which cells show it.
//!
//! The levels of a paragraph are found before it is wrapped, as the Unicode algorithm (UAX 9) asks; each wrapped
//! line is then brought into visual order by itself. Arabic letters get the forms that they have beside each other first. Overrides and embeddings never get here: the sanitizer of
//! space-core takes them away.

use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

use super::measure::width;
use super::shape::shaped;
use crate::doc::{Flow, Span};

/// Returns whether a text may hold letters that read from right to left.
pub fn may_be_rtl(text: &str) -> bool {
    // Every such letter is at or above U+0590.
    text.bytes().any(|byte| byte >= 0xd6) && text.chars().any(is_rtl)
}

fn is_rtl(c: char) -> bool {
    use unicode_bidi::BidiClass::{AL, AN, R};
    matches!(unicode_bidi::bidi_class(c), R | AL | AN)
}

/// Gives the spans of one paragraph, line breaks included, their levels. Those of a paragraph without
/// right-to-left letters stay as they are.
pub fn levelled(spans: Vec<Span>) -> Vec<Span> {
    if !spans.iter().any(|span| may_be_rtl(&span.text)) {
        return spans;
    }
    let mut out = Vec::with_capacity(spans.len() + 4);
    let mut line = Vec::new();
    // A line break within a paragraph of a post ends what the algorithm calls a paragraph, too.
    for span in spans {
        let mut rest = span.text.as_str();
        while let Some(at) = rest.find('\n') {
            line.push(piece(&span, &rest[..=at]));
            level(std::mem::take(&mut line), &mut out);
            rest = &rest[at + 1..];
        }
        if !rest.is_empty() {
            line.push(piece(&span, rest));
        }
    }
    level(line, &mut out);
    out
}

fn piece(like: &Span, text: &str) -> Span {
    let mut span = like.clone_empty();
    span.text.push_str(text);
    span
}

fn level(spans: Vec<Span>, out: &mut Vec<Span>) {
    let spans = shaped(spans);
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    if text.is_empty() {
        return;
    }
    let info = BidiInfo::new(&text, None);
    let is_rtl = info.paragraphs.first().is_some_and(|p| p.level.is_rtl());
    let mut at = 0;
    for span in spans {
        let mut open: Option<Span> = None;
        // A cluster has the level of its first character: marks never leave their letter.
        for cluster in span.text.graphemes(true) {
            let number = info.levels.get(at).map_or(0, Level::number);
            at += cluster.len();
            let flow = Flow::Running {
                level: number,
                is_rtl,
            };
            if open.as_ref().is_none_or(|open| open.flow != flow) {
                out.extend(open.take());
                let mut next = span.clone_empty();
                next.flow = flow;
                open = Some(next);
            }
            if let Some(open) = &mut open {
                open.text.push_str(cluster);
            }
        }
        out.extend(open);
    }
}

/// Gives the spans of code their levels: code reads from left to right, and only words within it turn. The whole
/// algorithm would carry operators and numbers around with the words beside them.
pub fn words(spans: Vec<Span>) -> Vec<Span> {
    if !spans.iter().any(|span| may_be_rtl(&span.text)) {
        return spans;
    }
    let mut out: Vec<Span> = Vec::with_capacity(spans.len() + 4);
    for span in shaped(spans) {
        let first = out.len();
        for cluster in span.text.graphemes(true) {
            let flow = Flow::Running {
                level: u8::from(cluster.chars().any(is_rtl)),
                is_rtl: false,
            };
            match out[first..].last_mut() {
                Some(last) if last.flow == flow => last.text.push_str(cluster),
                _ => {
                    let mut next = piece(&span, cluster);
                    next.flow = flow;
                    out.push(next);
                }
            }
        }
    }
    out
}

/// Returns whether a line belongs to a paragraph that reads from right to left.
pub fn reads_from_right(line: &[Span]) -> bool {
    line.iter()
        .any(|span| matches!(span.flow, Flow::Running { is_rtl: true, .. }))
}

/// Brings the spans of a line into the order in which cells show them.
pub fn visual(line: &[Span]) -> Vec<Span> {
    let mut out = Vec::with_capacity(line.len());
    let mut at = 0;
    while at < line.len() {
        if line[at].flow == Flow::Apart {
            if may_be_rtl(&line[at].text) {
                // Blanks around it are there to fill its columns: they stay where they are.
                let text = line[at].text.as_str();
                let words = text.trim_matches(' ');
                let (before, after) = text.split_once(words).unwrap_or((text, ""));
                let fills = [before, after].map(|blanks| piece(&line[at], blanks));
                let [mut before, mut after] = fills;
                let mut alone = Vec::new();
                level(vec![piece(&line[at], words)], &mut alone);
                // Letters that became one sign leave a column free; what stands beside it stays where it is.
                let taken: usize = alone.iter().map(|span| width(&span.text)).sum();
                let free = " ".repeat(width(words).saturating_sub(taken));
                let is_right = after.text.is_empty() && !before.text.is_empty();
                let fill = if is_right { &mut before } else { &mut after };
                fill.text.push_str(&free);
                out.extend(Some(before).filter(|fill| !fill.text.is_empty()));
                reorder(&alone, &mut out);
                out.extend(Some(after).filter(|fill| !fill.text.is_empty()));
            } else {
                out.push(line[at].clone());
            }
            at += 1;
            continue;
        }
        let length = line[at..]
            .iter()
            .take_while(|span| span.flow != Flow::Apart)
            .count();
        reorder(&line[at..at + length], &mut out);
        at += length;
    }
    out
}

/// Rules L1, L2 and L4 for one line of running text.
fn reorder(run: &[Span], out: &mut Vec<Span>) {
    let mut clusters: Vec<(&str, Level, &Span)> = Vec::new();
    let mut base = 0;
    for span in run {
        let Flow::Running { level, is_rtl } = span.flow else {
            continue;
        };
        base = u8::from(is_rtl);
        let level = Level::new(level).unwrap_or_else(|_| Level::ltr());
        for cluster in span.text.graphemes(true) {
            clusters.push((cluster, level, span));
        }
    }
    // L1: space at the end of a line stands at the line's end, not at the end of its last words.
    let base = Level::new(base).unwrap_or_else(|_| Level::ltr());
    for (cluster, level, _) in clusters.iter_mut().rev() {
        if *cluster != " " {
            break;
        }
        *level = base;
    }
    let levels: Vec<Level> = clusters.iter().map(|(_, level, _)| *level).collect();
    let first = out.len();
    for at in BidiInfo::reorder_visual(&levels) {
        let (cluster, level, span) = clusters[at];
        let text = if level.is_rtl() {
            mirrored(cluster)
        } else {
            cluster
        };
        match out[first..].last_mut() {
            Some(last) if last.is_alike(span) => last.text.push_str(text),
            _ => out.push(piece(span, text)),
        }
    }
}

/// The other one of a pair of brackets, as it looks within right-to-left text.
fn mirrored(cluster: &str) -> &str {
    const PAIRS: [(&str, &str); 16] = [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("<", ">"),
        ("«", "»"),
        ("‹", "›"),
        ("≤", "≥"),
        ("⟨", "⟩"),
        ("「", "」"),
        ("『", "』"),
        ("【", "】"),
        ("〈", "〉"),
        ("《", "》"),
        ("（", "）"),
        ("［", "］"),
        ("｛", "｝"),
    ];
    PAIRS
        .iter()
        .find_map(|(left, right)| {
            if cluster == *left {
                Some(*right)
            } else {
                (cluster == *right).then_some(*left)
            }
        })
        .unwrap_or(cluster)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Role, plain};
    use crate::text::shape::unshaped;
    use crate::text::wrap::wrap;
    use proptest::prelude::*;
    use rstest::rstest;

    fn shown(text: &str) -> String {
        let line = levelled(vec![Span::new(Role::Text, text)]);
        plain(&visual(&line))
    }

    #[rstest]
    #[case::latin("hello (world)", "hello (world)")]
    #[case::hebrew("שלום", "םולש")]
    #[case::word_in_english("say שלום now", "say םולש now")]
    #[case::brackets_are_mirrored("שלום (עולם)", "(םלוע) םולש")]
    #[case::number_in_hebrew("מחיר 25 שקל", "לקש 25 ריחמ")]
    #[case::number_in_arabic("سعر 12.5 ريال", "لﺎﻳر 12.5 ﺮﻌﺳ")]
    #[case::english_in_hebrew("קרא את the manual עכשיו", "וישכע the manual תא ארק")]
    #[case::marks_stay_on_their_letter("שָׁ", "שָׁ")]
    #[case::full_stop_goes_left("שלום.", ".םולש")]
    fn one_line(#[case] logical: &str, #[case] want: &str) {
        assert_eq!(shown(logical), want);
    }

    #[test]
    fn a_wrapped_line_keeps_the_order_of_its_paragraph() {
        // Alone, the second line would begin with a number that reads from left to right.
        let text = "price: מחיר 25 שקל";
        let spans = levelled(vec![Span::new(Role::Text, text)]);
        let lines: Vec<String> = wrap(&spans, 11).iter().map(|l| plain(&visual(l))).collect();
        assert_eq!(lines, ["price: ריחמ", "לקש 25"]);
    }

    #[test]
    fn styles_survive_the_reordering() {
        let spans = vec![Span::new(Role::Text, "אב"), Span::new(Role::Link, "גד")];
        let line = visual(&levelled(spans));
        assert_eq!((line[0].role, line[0].text.as_str()), (Role::Link, "דג"));
        assert_eq!((line[1].role, line[1].text.as_str()), (Role::Text, "בא"));
    }

    #[test]
    fn names_in_a_list_do_not_order_each_other() {
        let names = [
            Span::new(Role::Author, "יוסי"),
            Span::new(Role::Quiet, " 3, "),
            Span::new(Role::Author, "דנה"),
        ];
        assert_eq!(plain(&visual(&names)), "יסוי 3, הנד");
    }

    #[test]
    fn a_name_of_letters_that_join_keeps_its_columns() {
        let names = [
            Span::new(Role::Author, "سلام  "),
            Span::new(Role::Quiet, "3"),
        ];
        assert_eq!(plain(&visual(&names)), "مﻼﺳ   3");
        let age = [Span::new(Role::Quiet, "  الآن")];
        assert_eq!(plain(&visual(&age)), "   نﻵا");
    }

    #[test]
    fn code_reads_from_the_left_word_by_word() {
        let line = words(vec![Span::new(Role::Code, "אב = גד(1)")]);
        assert_eq!(plain(&visual(&line)), "בא = דג(1)");
    }

    proptest! {
        #[test]
        fn no_cluster_is_lost(text in "[a-z א-ת()0-9.،ا-ي]{0,40}") {
            let letters = |text: &str| text.chars().filter(|c| !"()".contains(*c)).collect::<Vec<char>>();
            let (mut before, mut after) = (letters(&text), letters(&unshaped(&shown(&text))));
            before.sort_unstable();
            after.sort_unstable();
            prop_assert_eq!(before, after);
        }
    }
}
