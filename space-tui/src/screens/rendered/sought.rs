// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Marks of what a search looked for, in the thread that was opened from it.

use space_core::client::replica::SearchPlan;
use space_core::search::SearchQuery;

use crate::doc::{Role, Span};
use crate::text::isolate::step;

/// The words that were looked for.
#[derive(Debug, Clone)]
pub struct Sought {
    words: String,
    plan: SearchPlan,
}

/// The same words are looked for in the same way.
impl PartialEq for Sought {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Sought {}

impl Sought {
    /// Reads what was typed; nothing when there is something wrong with it.
    pub fn new(words: &str) -> Option<Self> {
        let query: SearchQuery = words.parse().ok()?;
        Some(Self {
            words: words.to_owned(),
            plan: SearchPlan::words_of(&query),
        })
    }

    /// Marks the words in a running text, also where a word has several spans. Links and stress stay as they are.
    pub fn mark(&self, spans: Vec<Span>) -> Vec<Span> {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let marks = self.plan.marks(&text);
        if marks.is_empty() {
            return spans;
        }
        let mut out = Vec::with_capacity(spans.len() + 2 * marks.len());
        let mut begin = 0;
        for span in spans {
            let end = begin + span.text.len();
            step(marks.len());
            let mut at = begin;
            let here = marks
                .iter()
                .filter(|mark| mark.start < end && mark.end > begin);
            for mark in here {
                let (from, to) = (mark.start.max(begin), mark.end.min(end));
                out.extend(piece(&span, at - begin, from - begin, None));
                out.extend(piece(
                    &span,
                    from - begin,
                    to - begin,
                    Some(Role::SearchHit),
                ));
                at = to;
            }
            out.extend(piece(&span, at - begin, end - begin, None));
            begin = end;
        }
        out
    }
}

/// Returns some bytes of a span; nothing when there are none.
fn piece(span: &Span, from: usize, to: usize, role: Option<Role>) -> Option<Span> {
    let text = span.text.get(from..to).filter(|text| !text.is_empty())?;
    Some(Span {
        text: text.to_owned(),
        role: role.unwrap_or(span.role),
        ..span.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("copy", &["With a local ", "copy", "."], "[With a local ][*copy*][.]")]
    #[case("local", &["With a lo", "cal copy."], "[With a ][*lo*][*cal*][ copy.]")]
    #[case("\"local copy\"", &["With a local copy."], "[With a ][*local copy*][.]")]
    #[case("-local with", &["With a local copy."], "[*With*][ a local copy.]")]
    #[case("京都", &["私は東京都に行く"], "[私は東][*京都*][に行く]")]
    #[case("nothing", &["With a local copy."], "[With a local copy.]")]
    fn marks(#[case] words: &str, #[case] text: &[&str], #[case] want: &str) {
        let spans = text
            .iter()
            .map(|text| Span::new(Role::Text, *text))
            .collect();
        let marked = Sought::new(words).unwrap().mark(spans);
        let shown = marked.iter().map(|span| match span.role {
            Role::SearchHit => format!("[*{}*]", span.text),
            _ => format!("[{}]", span.text),
        });
        assert_eq!(shown.collect::<String>(), want);
    }
}
