// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Completing the name of a member after an `@`.

use std::ops::Range;

use super::editor::Editor;
use crate::app::message::Ticket;

/// Names offered at most.
pub const LIMIT: usize = 20;

/// A name that is being completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where the name stands in the text, with the `@`.
    place: Range<usize>,
    /// What was typed of it.
    pub typed: String,
    /// What fits: those who wrote in the topic first.
    pub found: Vec<String>,
    /// The one that stands in the text.
    pub at: Option<usize>,
    /// The question for those who did not write in the topic.
    pub ticket: Option<Ticket>,
}

/// Returns where the name before the cursor begins, and what there is of it.
fn begun(editor: &Editor) -> Option<(usize, &str)> {
    let before = &editor.text()[..editor.at()];
    let at = before.rfind('@')?;
    let typed = &before[at + 1..];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    // An @ within a word belongs to an address.
    let is_apart = before[..at]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric());
    (is_apart && typed.chars().all(is_name)).then_some((at, typed))
}

impl Mention {
    /// Begins to complete the name before the cursor, if there is one.
    pub fn begin(editor: &Editor, people: &[String]) -> Option<Self> {
        let (at, typed) = begun(editor)?;
        let wanted = typed.to_lowercase();
        let fits = |name: &&String| name.to_lowercase().starts_with(&wanted);
        Some(Self {
            place: at..editor.at(),
            typed: typed.to_owned(),
            found: people.iter().filter(fits).take(LIMIT).cloned().collect(),
            at: None,
            ticket: None,
        })
    }

    /// Adds names of others, and puts the first into the text when none stands there yet.
    pub fn add(&mut self, names: Vec<String>, editor: &mut Editor) {
        for name in names {
            if self.found.len() < LIMIT && !self.found.contains(&name) {
                self.found.push(name);
            }
        }
        if self.at.is_none() && !self.found.is_empty() {
            self.step(1, editor);
        }
    }

    /// Puts the next name into the text, or the one before.
    pub fn step(&mut self, by: isize, editor: &mut Editor) {
        let len = self.found.len();
        if len == 0 {
            return;
        }
        let last = signed(len) - 1;
        let at = match self.at {
            None if by < 0 => last,
            None => 0,
            Some(at) => (signed(at) + by).rem_euclid(signed(len)),
        };
        let at = at.unsigned_abs();
        let name = format!("@{} ", self.found[at]);
        editor.replace_part(self.place.clone(), &name);
        self.place.end = self.place.start + name.len();
        self.at = Some(at);
    }
}

fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("hello @le", Some("le"))]
    #[case("@", Some(""))]
    #[case("(@Án", Some("Án"))]
    #[case("mail a@le", None)]
    #[case("@le on", None)]
    #[case("none", None)]
    fn what_is_completed(#[case] text: &str, #[case] want: Option<&str>) {
        let editor = Editor::new(text);
        assert_eq!(begun(&editor).map(|(_, typed)| typed), want);
    }

    #[test]
    fn names_follow_each_other_and_come_around() {
        let mut editor = Editor::new("hello @l");
        let people = ["Lena", "Bob", "leo"].map(str::to_owned);
        let mut mention = Mention::begin(&editor, &people).unwrap();
        let mut seen = Vec::new();
        for by in [1, 1, 1, -1] {
            mention.step(by, &mut editor);
            seen.push(editor.text().to_owned());
        }
        assert_eq!(
            seen,
            ["hello @Lena ", "hello @leo ", "hello @Lena ", "hello @leo "]
        );
        mention.add(vec!["Lena".to_owned(), "Lea".to_owned()], &mut editor);
        assert_eq!(mention.found, ["Lena", "leo", "Lea"]);
    }
}
