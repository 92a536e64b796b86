// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A thread: posts of one topic around where the reader is, and where that is on the screen.

use space_core::TopicId;

use crate::app::items::{PostItem, PostKey, ThreadPart, TopicItem};
use crate::app::message::{Place, Query, Ticket};
use crate::doc::Span;
use crate::l10n::L10n;

use super::thread_view::block;

/// Posts held on each side of the reader.
pub const REACH: usize = 40;
/// When fewer posts than this are left on a side that goes on, more are asked for.
const MARGIN: usize = 15;

/// A post, wrapped to the width of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The post, the revision that was wrapped, and how many posts were missing then.
    pub of: (PostKey, i64, u64),
    /// Lines above the line that names the author.
    pub before: Vec<Vec<Span>>,
    /// Lines below it.
    pub body: Vec<Vec<Span>>,
}

impl Block {
    /// Returns the lines it takes, with the line that names the author and an empty one at the end.
    pub fn height(&self) -> usize {
        self.before.len() + 1 + self.body.len() + 1
    }
}

/// The thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadScreen {
    /// Names the screen in questions.
    pub id: u64,
    /// Which topic.
    pub topic_id: TopicId,
    /// The topic; absent until the first answer.
    pub topic: Option<TopicItem>,
    /// The posts held.
    pub posts: Vec<PostItem>,
    /// The same, wrapped.
    pub blocks: Vec<Block>,
    /// Nothing comes before them.
    pub is_start: bool,
    /// Nothing comes after them.
    pub is_end: bool,
    /// The post at the top of the screen.
    pub top: usize,
    /// How many of its lines are above the screen.
    pub above: usize,
    /// The post the reader is on.
    pub focus: Option<PostKey>,
    /// The number of the first post that was unread when the thread was opened.
    pub first_unread: Option<i64>,
    /// The highest post number that was on the screen to its last line.
    pub seen: i64,
    /// The highest post number that the outbox was told of.
    pub told: i64,
    /// The last question.
    pub ticket: Option<Ticket>,
    /// Where the reader goes when the answer comes.
    pub jump: Option<Place>,
    /// The columns that the blocks are wrapped to.
    columns: usize,
}

impl ThreadScreen {
    /// Makes a thread that is to open at a place.
    pub fn new(id: u64, topic_id: TopicId, place: Place) -> Self {
        Self {
            id,
            topic_id,
            topic: None,
            posts: Vec::new(),
            blocks: Vec::new(),
            is_start: false,
            is_end: false,
            top: 0,
            above: 0,
            focus: None,
            first_unread: None,
            seen: 0,
            told: 0,
            ticket: None,
            jump: Some(place),
            columns: 80,
        }
    }

    /// Returns the question that brings the posts around the reader.
    pub fn query(&self) -> Query {
        let place = match (&self.jump, self.current()) {
            (Some(place), _) => place.clone(),
            (None, Some(post)) => match post.key {
                PostKey::Id(_) => Place::Number(post.number),
                PostKey::Outbox(_) => Place::Number(i64::MAX),
            },
            (None, None) => Place::Unread,
        };
        Query::Thread {
            topic: self.topic_id,
            place,
            reach: REACH,
        }
    }

    /// Returns the post the reader is on.
    pub fn current(&self) -> Option<&PostItem> {
        self.posts.get(self.focus_index())
    }

    /// Takes the posts of an answer. What is at the top of the screen stays there.
    pub fn take(&mut self, part: ThreadPart, columns: usize, height: usize, l10n: &L10n) {
        let anchor = self
            .posts
            .get(self.top)
            .map(|post| (post.key.clone(), post.number));
        if self.topic.is_none() {
            let read = part.topic.read_number;
            self.first_unread = (read > 0 && part.topic.is_unread()).then_some(read + 1);
            self.told = read;
        }
        self.topic = Some(part.topic);
        self.posts = part.posts;
        // A reply that waited gets an id when it is sent: whoever is on it stays on the newest post.
        if matches!(self.focus, Some(PostKey::Outbox(_)))
            && self
                .focus
                .as_ref()
                .is_some_and(|key| self.index_of(key).is_none())
        {
            self.focus = self.posts.last().map(|post| post.key.clone());
        }
        self.is_start = part.is_start;
        self.is_end = part.is_end;
        self.wrap(columns, l10n);
        match (self.jump.take(), anchor) {
            (Some(_), _) | (None, None) => {
                let at = part
                    .at
                    .as_ref()
                    .and_then(|key| self.index_of(key))
                    .unwrap_or(0);
                self.top = at;
                // A first post is seen with the title above it; another right below the screen's edge.
                self.above = 0;
                self.focus = self.posts.get(at).map(|post| post.key.clone());
            }
            (None, Some((key, number))) => {
                let near = || self.posts.iter().position(|post| post.number >= number);
                if let Some(at) = self.index_of(&key) {
                    self.top = at;
                } else {
                    (self.top, self.above) = (near().unwrap_or(usize::MAX), 0);
                }
            }
        }
        self.settle(height);
    }

    /// Wraps the posts to another width; the post at the top of the screen stays there.
    pub fn resize(&mut self, columns: usize, height: usize, l10n: &L10n) {
        if columns != self.columns {
            self.wrap(columns, l10n);
            self.above = 0;
        }
        self.settle(height);
    }

    fn wrap(&mut self, columns: usize, l10n: &L10n) {
        let mut old = std::mem::take(&mut self.blocks);
        if columns != self.columns {
            old.clear();
        }
        self.columns = columns;
        self.blocks = self
            .posts
            .iter()
            .map(|post| {
                let of = (post.key.clone(), post.revision, post.missing);
                let is_kept = post.number != 1 && post.waiting.is_none();
                match old.iter().position(|block| is_kept && block.of == of) {
                    Some(at) => old.swap_remove(at),
                    None => block(post, self.topic.as_ref(), self.first_unread, columns, l10n),
                }
            })
            .collect();
    }

    fn index_of(&self, key: &PostKey) -> Option<usize> {
        self.posts.iter().position(|post| post.key == *key)
    }

    /// Returns which post the reader is on; the one at the top when it is not held any more.
    pub fn focus_index(&self) -> usize {
        self.focus
            .as_ref()
            .and_then(|key| self.index_of(key))
            .unwrap_or(self.top)
    }

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
    fn end_of(&self, at: usize) -> isize {
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
            if matches!(self.posts[at].key, PostKey::Id(_)) {
                self.seen = self.seen.max(self.posts[at].number);
            }
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

    /// Returns whether the last line of the thread is on the screen.
    pub fn is_at_end(&self, height: usize) -> bool {
        let last = self.posts.len().saturating_sub(1);
        self.is_end && (self.posts.is_empty() || self.end_of(last) <= signed(height))
    }

    /// Returns whether the reader comes near an edge behind which there is more.
    pub fn wants_more(&self) -> bool {
        let at = self.focus_index();
        self.topic.is_some()
            && !self.posts.is_empty()
            && ((!self.is_start && at.min(self.top) < MARGIN)
                || (!self.is_end && at.max(self.top) + MARGIN > self.posts.len()))
    }

    /// Returns how far the outbox is to be told that the reader has read, and remembers that it was.
    pub fn tell(&mut self) -> Option<i64> {
        (self.seen > self.told).then(|| {
            self.told = self.seen;
            self.seen
        })
    }
}

fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}
