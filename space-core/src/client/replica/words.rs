// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What somebody looks for: words and phrases, as a full-text expression and as marks in a text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::rows::Snippet;

/// Characters of a snippet, about.
const SNIPPET: usize = 160;
/// Characters before the first word that was found, about.
const BEFORE: usize = 40;
/// Terms of a query at most; the rest is not looked at.
const TERMS: usize = 32;

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    text: String,
    is_excluded: bool,
    /// The beginning of a word is enough.
    is_prefix: bool,
}

impl Words {
    /// Reads a query. Any text is one.
    pub(super) fn parse(query: &str) -> Self {
        let mut terms: Vec<Term> = Vec::new();
        let mut rest = query.trim_start();
        while !rest.is_empty() && terms.len() < TERMS {
            let is_excluded = rest.starts_with('-');
            let term = if is_excluded { &rest[1..] } else { rest };
            let (text, is_phrase, after) = if let Some(phrase) = term.strip_prefix('"') {
                // A phrase that nobody has closed yet goes to the end.
                let (text, after) = phrase.split_once('"').unwrap_or((phrase, ""));
                (text, true, after)
            } else {
                let end = term
                    .find(|c: char| c.is_whitespace() || c == '"')
                    .unwrap_or(term.len());
                (&term[..end], false, &term[end..])
            };
            // SQLite's expressions end at a NUL, and a term of nothing but signs would match nothing.
            let text = text.replace(char::is_control, " ");
            if text.chars().any(is_word_character) {
                let is_last = after.trim().is_empty();
                let length = text.chars().count();
                terms.push(Term {
                    // A single Latin letter begins too many words to be of use.
                    is_prefix: is_last
                        && !is_phrase
                        && !is_excluded
                        && (length > 1 || !text.is_ascii()),
                    text,
                    is_excluded,
                });
            }
            rest = after.trim_start();
        }
        Self { terms }
    }

    /// Returns the expression for FTS5; `None` when nothing is looked for. What people typed stands in quotes, where
    /// nothing but a quote has a meaning.
    pub(super) fn expression(&self) -> Option<String> {
        let quoted = |term: &Term| {
            let star = if term.is_prefix { "*" } else { "" };
            format!("\"{}\"{star}", term.text.replace('"', "\"\""))
        };
        let side = |is_excluded| -> Vec<String> {
            self.terms
                .iter()
                .filter(|term| term.is_excluded == is_excluded)
                .map(quoted)
                .collect()
        };
        let (wanted, excluded) = (side(false), side(true));
        if wanted.is_empty() {
            return None;
        }
        // A space is an "and" that skips terms without words, which an AND in letters does not.
        let mut expression = format!("({})", wanted.join(" "));
        for term in excluded {
            expression.push_str(" NOT ");
            expression.push_str(&term);
        }
        Some(expression)
    }

    /// Cuts the part of a text where the words are, and marks them.
    pub(super) fn snippet(&self, text: &str) -> Snippet {
        let wanted: Vec<(String, bool)> = self
            .terms
            .iter()
            .filter(|term| !term.is_excluded)
            .flat_map(|term| {
                let last = words(&term.text).count().saturating_sub(1);
                words(&term.text)
                    .enumerate()
                    .map(move |(at, (_, word))| (fold(word), term.is_prefix && at == last))
                    .collect::<Vec<_>>()
            })
            .collect();
        let is_wanted = |word: &str| {
            let word = fold(word);
            wanted
                .iter()
                .any(|(term, is_prefix)| word == *term || *is_prefix && word.starts_with(term))
        };
        let first = words(text)
            .find(|(_, word)| is_wanted(word))
            .map_or(0, |(at, _)| at);
        let start = text[..first]
            .char_indices()
            .rev()
            .take(BEFORE)
            .take_while(|(_, c)| *c != '\n')
            .last()
            .map_or(first, |(at, _)| at);
        // From a word's beginning, unless that is the very first character.
        let start = if start == 0 {
            0
        } else {
            text[start..first]
                .find(char::is_whitespace)
                .map_or(start, |at| start + at)
        };
        let mut line = String::new();
        let mut marks = Vec::new();
        for piece in text[start..].split_whitespace() {
            let length = line.chars().count();
            if length >= SNIPPET {
                break;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            // Only a "word" as long as a line is ever cut.
            let piece = piece
                .char_indices()
                .nth(SNIPPET)
                .map_or(piece, |(at, _)| &piece[..at]);
            for (at, word) in words(piece) {
                if is_wanted(word) {
                    let from = line.len() + at;
                    marks.push(from..from + word.len());
                }
            }
            line.push_str(piece);
        }
        Snippet { text: line, marks }
    }
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Returns the words of a text, and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c| !is_word_character(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// Returns the form under which the full-text index compares words: without case and marks.
fn fold(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("fire fox", Some(r#"("fire" "fox"*)"#))]
    #[case("\"fire fox\" -cat", Some(r#"("fire fox") NOT "cat""#))]
    #[case("a\"b c", Some(r#"("a" "b c")"#))]
    #[case("NEAR(a b) OR *", Some(r#"("NEAR(a" "b)" "OR")"#))]
    #[case("title:x", Some(r#"("title:x"*)"#))]
    #[case("-only", None)]
    #[case("!!! --- \"", None)]
    #[case("", None)]
    #[case("x", Some(r#"("x")"#))]
    #[case("語", Some(r#"("語"*)"#))]
    fn queries_become_expressions(#[case] query: &str, #[case] want: Option<&str>) {
        assert_eq!(Words::parse(query).expression().as_deref(), want);
    }

    #[test]
    fn snippets_mark_the_words_without_case_and_marks() {
        let snippet = Words::parse("angstrom fir").snippet("One\ntwo  Ångström\n\nand a Firefox.");
        assert_eq!(snippet.text, "Ångström and a Firefox.");
        let marked: Vec<&str> = snippet
            .marks
            .iter()
            .map(|m| &snippet.text[m.clone()])
            .collect();
        assert_eq!(marked, ["Ångström", "Firefox"]);
    }

    proptest! {
        #[test]
        fn any_text_has_a_snippet_with_marks_inside(query in "\\PC{0,20}", text in "\\PC{0,300}|[ab\n ]{0,400}") {
            let snippet = Words::parse(&query).snippet(&text);
            for mark in &snippet.marks {
                prop_assert!(snippet.text.get(mark.clone()).is_some());
            }
            prop_assert!(snippet.text.chars().count() <= 2 * SNIPPET + 1);
        }
    }
}
