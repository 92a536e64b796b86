// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Moving through the posts of a thread, and what of them was on the screen.

use crate::app::items::PostKey;
use crate::doc::Span;

use super::thread::{Block, ThreadScreen};

impl ThreadScreen {
    fn height_of(&self, at: usize) -> usize {
        self.blocks.get(at).map_or(0, Block::height)
    }

    /// Returns the row of the screen on which a post begins; below zero when that is above the screen.
    pub fn row_of(&self, at: usize) -> isize {
        let mut row = -signed(self.above);
        if at >= self.top {
            row += signed((self.top..at).map(|i| self.height_of(i)).sum());
        } else {
            row -= signed((at..self.top).map(|i| self.height_of(i)).sum());
        }
        row
    }

    /// Returns the row after the last line of a post.
    pub(super) fn end_of(&self, at: usize) -> isize {
        self.row_of(at) + signed(self.height_of(at)) - 1
    }

    /// Moves the screen by lines, as far as there are posts; returns how far it moved.
    pub fn scroll(&mut self, lines: isize, height: usize) -> isize {
        let target = self
            .row_of(0)
            .saturating_neg()
            .saturating_add(lines)
            .max(0)
            .unsigned_abs();
        let before = self.row_of(0);
        self.place_at(target);
        self.clamp(height);
        before - self.row_of(0)
    }

    /// Puts this line of all that is held at the top of the screen.
    fn place_at(&mut self, line: usize) {
        let mut left = line;
        for at in 0..self.blocks.len() {
            let h = self.height_of(at);
            if left < h || at + 1 == self.blocks.len() {
                (self.top, self.above) = (at, left.min(h.saturating_sub(1)));
                return;
            }
            left -= h;
        }
        (self.top, self.above) = (0, 0);
    }

    /// Returns where the reader is, whatever the width of the screen.
    pub(super) fn anchor(&self) -> Anchor {
        let row = self.row_of(self.focus_index());
        if row >= 0 {
            return Anchor::Row(row);
        }
        // Made narrower and wider again, it is as it was before.
        if let Some((top, above, letters)) = self.held
            && (top, above) == (self.top, self.above)
        {
            return Anchor::Letters(letters);
        }
        let Some(block) = self.blocks.get(self.top) else {
            return Anchor::Row(0);
        };
        match self.above.checked_sub(block.before.len() + 1) {
            Some(lines) => Anchor::Letters(
                block
                    .body
                    .iter()
                    .take(lines)
                    .map(|line| letters(line))
                    .sum(),
            ),
            None => Anchor::Line(self.above),
        }
    }

    /// Moves the screen so that the reader is where they were before the posts were wrapped anew.
    pub(super) fn hold(&mut self, anchor: Anchor, height: usize) {
        let at = self.focus_index();
        match anchor {
            Anchor::Row(row) => self.put_at(at, row, height),
            Anchor::Line(line) => self.above = line,
            Anchor::Letters(before) => {
                let Some(block) = self.blocks.get(self.top) else {
                    return;
                };
                let mut seen = 0;
                let line = block.body.iter().position(|line| {
                    seen += letters(line);
                    seen > before
                });
                self.above = block.before.len() + 1 + line.unwrap_or(block.body.len());
                self.held = Some((self.top, self.above, before));
            }
        }
        if self.end_of(at) <= 0 || self.row_of(at) >= signed(height) {
            self.put_at(at, 0, height);
        }
    }

    /// Moves the screen so that a post begins on this row, or further up where too little of it could be seen.
    fn put_at(&mut self, at: usize, row: isize, height: usize) {
        let head = self.blocks.get(at).map_or(0, |it| it.before.len() + 2);
        let wanted = self.height_of(at).min((height / 2).max(head)).min(height);
        let row = row.clamp(0, signed(height - wanted));
        let line: usize = (0..at).map(|i| self.height_of(i)).sum();
        self.place_at(line.saturating_sub(row.unsigned_abs()));
    }

    /// Keeps the screen full: no empty rows below the end while there are lines above.
    fn clamp(&mut self, height: usize) {
        if self.blocks.is_empty() {
            (self.top, self.above) = (0, 0);
            return;
        }
        if self.top >= self.blocks.len() {
            (self.top, self.above) = (self.blocks.len() - 1, 0);
        }
        self.above = self.above.min(self.height_of(self.top).saturating_sub(1));
        let end = self.end_of(self.blocks.len() - 1);
        let empty = signed(height) - end;
        if empty > 0 {
            let first = self.row_of(0);
            let line = (-first - empty).max(0);
            self.place_at(line.unsigned_abs());
        }
    }

    /// Settles after posts or the size changed.
    pub fn settle(&mut self, height: usize) {
        self.clamp(height);
        let at = self.focus_index();
        self.focus = self.posts.get(at).map(|post| post.key.clone());
        self.look(height);
    }

    /// Remembers what is on the screen to its last line.
    pub fn look(&mut self, height: usize) {
        for at in self.top..self.posts.len() {
            if self.end_of(at) > signed(height) {
                break;
            }
            let post = &self.posts[at];
            if !matches!(post.key, PostKey::Id(_)) {
                continue;
            }
            if self.is_tree {
                self.looked.insert(post.number);
            } else {
                self.seen = self.seen.max(post.number);
            }
        }
        // A tree shows later posts before earlier ones: what was read reaches as far as nothing was left out.
        while let Some(next) = self.outline.from(self.seen.saturating_add(1))
            && self.looked.remove(&next.number)
        {
            self.seen = next.number;
        }
    }

    /// Goes to the next post, or down in one that goes on below the screen.
    pub fn down(&mut self, height: usize) {
        let at = self.focus_index();
        if self.end_of(at) > signed(height) {
            self.scroll(1, height);
        } else if at + 1 < self.posts.len() {
            self.focus = Some(self.posts[at + 1].key.clone());
            let wanted = self.height_of(at + 1).min((height / 2).max(1));
            let missing = self.row_of(at + 1) + signed(wanted) - signed(height);
            if missing > 0 {
                self.scroll(missing, height);
            }
        }
        self.look(height);
    }

    /// Goes to the post before, or up in one that begins above the screen.
    pub fn up(&mut self, height: usize) {
        let at = self.focus_index();
        if self.row_of(at) < 0 {
            self.scroll(-1, height);
        } else if at > 0 {
            self.focus = Some(self.posts[at - 1].key.clone());
            let row = self.row_of(at - 1);
            if row < 0 {
                self.scroll(row.max(-signed((height / 2).max(1))), height);
            }
        }
        self.look(height);
    }

    /// Moves the screen by lines, and the reader with it.
    pub fn page(&mut self, lines: isize, height: usize) {
        let moved = self.scroll(lines, height);
        let last = self.posts.len().saturating_sub(1);
        let row = self.row_of(self.focus_index());
        let at = if moved.abs() < lines.abs() {
            // The screen is at an edge: the reader goes all the way.
            if lines > 0 { last } else { 0 }
        } else if (0..signed(height)).contains(&row) {
            self.focus_index()
        } else {
            let first = self.top;
            let begins = |at: &usize| (0..signed(height)).contains(&self.row_of(*at));
            (first..self.posts.len().min(first + height + 1))
                .find(begins)
                .unwrap_or(first)
        };
        self.focus = self.posts.get(at).map(|post| post.key.clone());
        self.look(height);
    }

    /// Goes to the post on a row of the screen.
    pub fn focus_at(&mut self, row: usize) {
        let begins_above = |at: &usize| self.row_of(*at) <= signed(row);
        let at = (self.top..self.posts.len()).take_while(begins_above).last();
        if let Some(post) = at.and_then(|at| self.posts.get(at)) {
            self.focus = Some(post.key.clone());
        }
    }

    /// Goes to the first post held, or the last.
    pub fn edge(&mut self, is_end: bool, height: usize) {
        let at = if is_end {
            self.posts.len().saturating_sub(1)
        } else {
            0
        };
        self.focus = self.posts.get(at).map(|post| post.key.clone());
        if is_end {
            let row = self.row_of(at);
            self.scroll(row.max(self.end_of(at) - signed(height)), height);
        } else {
            self.place_at(0);
        }
        self.settle(height);
    }

    /// Moves the screen so that a post that is held can be read from its beginning; not at all when it can already.
    pub(super) fn show(&mut self, at: usize, height: usize) {
        let row = self.row_of(at);
        let is_whole = row >= 0 && self.end_of(at) <= signed(height);
        if !is_whole {
            (self.top, self.above) = (at, 0);
        }
    }
}

/// Where the reader is in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Their post begins on this row of the screen.
    Row(isize),
    /// The screen begins with this line of the post at its top, of those before its text.
    Line(usize),
    /// It begins within the text of that post, after so many letters.
    Letters(usize),
}

/// Counts what a line says, but for space and marks: both depend on how it is wrapped.
fn letters(line: &[Span]) -> usize {
    let texts = line.iter().map(|span| span.text.chars());
    texts.flatten().filter(|c| c.is_alphanumeric()).count()
}

/// A number of lines that may be counted upwards.
pub(super) fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}
