// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The words that somebody looks for, as a full-text expression and as marks in a text.

use std::ops::Range;

use super::rows::Snippet;
use super::tokens::{Token, tokens, wanted};
use crate::search::{Part, SearchQuery};

/// Characters of a snippet, about.
const SNIPPET: usize = 160;
/// Characters before the first word that was found, about.
const BEFORE: usize = 40;
/// Characters of which the beginning of a word has at least. Shorter ones begin so many words that gathering them took
/// 70 ms on a million posts, where these take 12; an index of beginnings would have made the file two thirds larger.
const BEGINNING: usize = 3;

/// The words that somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    terms: Vec<Term>,
    in_title: bool,
}

/// Words next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    is_excluded: bool,
    /// The beginning of the last word is enough.
    is_prefix: bool,
}

impl Words {
    /// Returns the words of a query.
    pub(super) fn of(query: &SearchQuery) -> Self {
        let mut terms = Vec::new();
        for (at, term) in query.terms.iter().enumerate() {
            let (text, is_phrase) = match &term.part {
                Part::Word(text) => (text, false),
                Part::Phrase(text) => (text, true),
                _ => continue,
            };
            let words = wanted(text);
            let Some(last) = words.last() else { continue };
            // Somebody may still be typing it.
            let is_last = at + 1 == query.terms.len() && !is_phrase && !term.is_excluded;
            terms.push(Term {
                is_prefix: last.is_sign || is_last && begins(last),
                words: words.into_iter().map(|token| token.text).collect(),
                is_excluded: term.is_excluded,
            });
        }
        Self {
            terms,
            in_title: query.wants(&Part::InTitle),
        }
    }

    /// Returns the expression for FTS5 of what is wanted; `None` when that is no words.
    pub(super) fn expression(&self) -> Option<String> {
        let wanted = self.side(false);
        if wanted.is_empty() {
            return None;
        }
        let column = if self.in_title { "{title} : " } else { "" };
        let mut expression = format!("{column}({})", wanted.join(" AND "));
        for term in self.side(true) {
            expression = format!("({expression}) NOT {term}");
        }
        Some(expression)
    }

    /// Returns whether more than one word has to be there.
    pub(super) fn are_several(&self) -> bool {
        let wanted = self.terms.iter().filter(|term| !term.is_excluded);
        wanted.map(|term| term.words.len()).sum::<usize>() > 1
    }

    /// Returns the expression of what is left out, when nothing but that is said in words.
    pub(super) fn only_excluded(&self) -> Option<String> {
        let excluded = self.side(true);
        (self.side(false).is_empty() && !excluded.is_empty()).then(|| excluded.join(" OR "))
    }

    /// What people typed stands in quotes, where nothing but a quote has a meaning, and no quote is part of a word.
    fn side(&self, is_excluded: bool) -> Vec<String> {
        self.terms
            .iter()
            .filter(|term| term.is_excluded == is_excluded)
            .map(|term| {
                let star = if term.is_prefix { " *" } else { "" };
                format!("\"{}\"{star}", term.words.join(" "))
            })
            .collect()
    }

    /// Cuts the part of a text where the words are, and marks them.
    pub(super) fn snippet(&self, text: &str) -> Snippet {
        let first = self.marks(text).first().map_or(0, |mark| mark.start);
        let line = one_line(&text[start(text, first)..]);
        let marks = self.marks(&line);
        Snippet { text: line, marks }
    }

    /// Returns where the words are in a text, in order and apart.
    pub(super) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = tokens(text);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for at in 0..tokens.len() {
            let longest = self
                .terms
                .iter()
                .filter(|term| !term.is_excluded)
                .filter_map(|term| term.found(&tokens[at..]))
                .max_by_key(|mark| mark.end);
            let Some(mark) = longest else { continue };
            match marks.last_mut() {
                Some(last) if last.end >= mark.start => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        marks
    }
}

impl Term {
    /// Returns where the term is, when the text begins with it.
    fn found(&self, tokens: &[Token]) -> Option<Range<usize>> {
        let here = tokens.get(..self.words.len())?;
        let last = self.words.len() - 1;
        let fits = here
            .iter()
            .zip(&self.words)
            .enumerate()
            .all(|(n, (token, word))| {
                token.text == *word || n == last && self.is_prefix && token.text.starts_with(word)
            });
        let end = here.last()?;
        // Of a pair that begins with the sign, the sign alone is meant.
        let length = if self.is_prefix && end.text != self.words[last] && is_pair(end) {
            self.words[last].len()
        } else {
            end.span.len()
        };
        fits.then(|| here[0].span.start..end.span.start + length)
    }
}

fn is_pair(token: &Token) -> bool {
    token.text.chars().count() == 2
        && token.text.len() == token.span.len()
        && !token.text.is_ascii()
}

fn begins(token: &Token) -> bool {
    token.text.chars().count() >= BEGINNING
}

/// Returns where a snippet begins that is about a place: some characters before it, on its line, at a word's beginning.
fn start(text: &str, first: usize) -> usize {
    let start = text[..first]
        .char_indices()
        .rev()
        .take(BEFORE)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(first, |(at, _)| at);
    if start == 0 {
        return 0;
    }
    text[start..first]
        .find(char::is_whitespace)
        .map_or(start, |at| start + at)
}

/// Returns the beginning of a text on one line.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    for piece in text.split_whitespace() {
        if length >= SNIPPET {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        // Scripts without spaces have "words" as long as a line.
        for c in piece.chars().take(SNIPPET) {
            line.push(c);
            length += 1;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn words(query: &str) -> Words {
        Words::of(&query.parse().unwrap())
    }

    #[rstest]
    #[case("fire fox", Some(r#"("fire" AND "fox" *)"#))]
    #[case("\"fire fox\" -cat", Some(r#"(("fire fox")) NOT "cat""#))]
    #[case("a\"b c", Some(r#"("a" AND "b c")"#))]
    #[case("NEAR(a b) OR *", Some(r#"("near a" AND "b" AND "or")"#))]
    #[case("title::x", Some(r#"("title x")"#))]
    #[case("fox in:title", Some(r#"{title} : ("fox")"#))]
    #[case("is:unread -only", None)]
    #[case("!!! --- \"", None)]
    #[case("", None)]
    #[case("xy", Some(r#"("xy")"#))]
    #[case("語", Some(r#"("語" *)"#))]
    #[case("東京都 x", Some(r#"("東京 京都" AND "x")"#))]
    fn queries_become_expressions(#[case] query: &str, #[case] want: Option<&str>) {
        assert_eq!(words(query).expression().as_deref(), want);
    }

    #[rstest]
    #[case("angstrom fir", "One\ntwo  Ångström\n\nand a Firefox.", "Ångström and a Firefox.", &["Ångström", "Firefox"])]
    #[case("\"a firefox\"", "Ångström and a Firefox.", "Ångström and a Firefox.", &["a Firefox"])]
    #[case("京都", "私は東京都に行く", "私は東京都に行く", &["京都"])]
    #[case("都", "私は東京都に行く", "私は東京都に行く", &["都"])]
    #[case("東京都", "東京都庁", "東京都庁", &["東京都"])]
    #[case("-fox", "A fox", "A fox", &[])]
    fn snippets_mark_the_words(
        #[case] query: &str,
        #[case] text: &str,
        #[case] want: &str,
        #[case] marks: &[&str],
    ) {
        let query = if query.starts_with('-') {
            format!("@a {query}")
        } else {
            query.to_owned()
        };
        let snippet = words(&query).snippet(text);
        assert_eq!(snippet.text, want);
        let marked: Vec<&str> = snippet
            .marks
            .iter()
            .map(|m| &snippet.text[m.clone()])
            .collect();
        assert_eq!(marked, marks);
    }

    proptest! {
        #[test]
        fn any_text_has_a_snippet_with_marks_inside(
            query in "\\PC{0,20}|[a語都]{1,4}", text in "\\PC{0,300}|[ab\n ]{0,400}|[a語都]{0,300}"
        ) {
            if let Ok(query) = query.parse() {
                let snippet = Words::of(&query).snippet(&text);
                for mark in &snippet.marks {
                    prop_assert!(snippet.text.get(mark.clone()).is_some());
                }
                prop_assert!(snippet.text.chars().count() <= 2 * SNIPPET + 1);
            }
        }
    }
}
