// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One line that is typed, with the cursor at its end.

use crossterm::event::KeyCode;
use unicode_segmentation::UnicodeSegmentation;

use crate::app::keys::Key;
use crate::text::clean;
use crate::text::measure::width;

/// Characters that a line holds at most.
const MAX: usize = 200;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// What was typed so far.
    pub text: String,
}

impl Input {
    /// Takes a key that types or erases; returns whether the text changed.
    pub fn key(&mut self, key: Key) -> bool {
        let before = self.text.len();
        match (key.code, key.typed()) {
            (_, Some(c)) => self.push(c),
            (KeyCode::Backspace, _) => {
                let cut = self.text.grapheme_indices(true).next_back();
                let cut = cut.map_or(0, |(at, _)| at);
                self.text.truncate(cut);
            }
            _ if key.is_ctrl('u') => self.text.clear(),
            _ if key.is_ctrl('w') => {
                let kept = self.text.trim_end();
                let cut = kept.rfind(' ').map_or(0, |at| at + 1);
                self.text.truncate(cut);
            }
            _ => {}
        }
        self.text.len() != before
    }

    fn push(&mut self, c: char) {
        if self.text.chars().count() < MAX {
            self.text.push(c);
        }
    }

    /// Takes pasted text, as far as there is room.
    pub fn paste(&mut self, text: &str) {
        for c in clean::line(text).chars() {
            self.push(c);
        }
    }

    /// Returns the end of the text that fits into so many columns.
    pub fn tail(&self, columns: usize) -> String {
        let text = clean::line(&self.text);
        let mut used = 0;
        let from = text
            .grapheme_indices(true)
            .rev()
            .take_while(|(_, cluster)| {
                used += width(cluster);
                used <= columns
            })
            .last()
            .map_or(text.len(), |(at, _)| at);
        text[from..].to_owned()
    }
}

/// Returns whether a key leaves what is typed.
pub(crate) fn is_cancel(key: Key) -> bool {
    key.code == KeyCode::Esc || key.is_ctrl('c') || key.is_ctrl('g')
}
