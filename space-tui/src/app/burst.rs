// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Letters that come faster than anybody types: text pasted into a terminal that does not say so, or a window that has
//! the keyboard by mistake. They must not be taken for commands.

use std::time::Duration;

use space_core::Timestamp;

use super::keys::Key;

/// Letters further apart than this were typed one by one.
const GAP: Duration = Duration::from_millis(50);
/// So many different letters in a row are a text.
const TEXT: usize = 4;

/// The letters that came last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Burst {
    last: Option<(char, Timestamp)>,
    len: usize,
}

impl Burst {
    /// Counts a key.
    pub fn count(&mut self, key: Key, now: Timestamp) {
        let Some(c) = key.typed() else {
            *self = Self::default();
            return;
        };
        self.len = match self.last {
            Some((_, at)) if at.plus(GAP) <= now => 1,
            // A key that is held repeats itself faster than that.
            Some((last, _)) if last == c => self.len.max(1),
            Some(_) => self.len + 1,
            None => 1,
        };
        self.last = Some((c, now));
    }

    /// Returns whether the letters are a text.
    pub fn is_text(&self) -> bool {
        self.len >= TEXT
    }

    /// Returns whether the last so many keys did not come alone.
    pub fn is_more_than(&self, keys: usize) -> bool {
        self.len > keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyCode;

    fn typed(text: &str, gap: i64) -> Burst {
        let mut burst = Burst::default();
        for (at, c) in text.chars().enumerate() {
            let now = i64::try_from(at).unwrap() * gap;
            burst.count(Key::plain(KeyCode::Char(c)), Timestamp::from_millis(now));
        }
        burst
    }

    #[test]
    fn only_different_letters_at_once_are_a_text() {
        assert!(typed("hello", 1).is_text());
        assert!(!typed("hello", 60).is_text());
        assert!(!typed("jjjjjjjjjj", 1).is_text());
        assert!(typed("xmA", 1).is_more_than(2));
        assert!(!typed("mA", 1).is_more_than(2));
    }
}
