// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The list of topics: a window of the replica around where the reader is.

use super::rows::{self, Beside};
use crate::app::Env;
use crate::app::items::{TopicItem, TopicsPart};
use crate::app::message::{Around, Filter, Query, Ticket, View};
use crate::doc::{Line, Role, Span, Tone};
use crate::text::clean;
use crate::text::measure::{column, column_right, fit, width};
use crate::text::when;
use space_core::client::replica::TopicState;
use space_core::{Tags, TopicId};

/// Rows held on each side of the reader; a screen has fewer.
pub const REACH: usize = 150;
/// When fewer rows than this are left on a side that goes on, more are asked for.
const MARGIN: usize = 60;

/// Returns the sign of a bookmark with its note, in so many columns.
pub fn bookmark(note: &str, columns: usize) -> String {
    match clean::line(note) {
        note if note.is_empty() => " ★".to_owned(),
        note => format!(" ★ {}", fit(&note, columns.saturating_sub(3).max(1))),
    }
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicsScreen {
    /// Names the screen in questions.
    pub id: u64,
    /// Which topics it shows.
    pub filter: Filter,
    /// The rows held.
    pub rows: Vec<TopicItem>,
    /// The name of the member whose list it is.
    pub author: Option<String>,
    /// Nothing comes before them.
    pub is_start: bool,
    /// Nothing comes after them.
    pub is_end: bool,
    /// The row the reader is on.
    pub at: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Whether an answer has come.
    pub is_loaded: bool,
    /// The last question.
    pub ticket: Option<Ticket>,
    /// Topics in which something unfinished is kept.
    pub drafted: Vec<TopicId>,
    /// Where the reader goes when the answer comes.
    jump: Jump,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Jump {
    /// Stays with the topic that they are on.
    Stay,
    /// To the start, until they move: a list that nobody touched shows what is newest.
    Start,
    /// To the end.
    End,
}

impl TopicsScreen {
    /// Makes an empty list.
    pub fn new(id: u64, filter: Filter) -> Self {
        Self {
            id,
            filter,
            rows: Vec::new(),
            author: None,
            is_start: false,
            is_end: false,
            at: 0,
            top: 0,
            is_loaded: false,
            ticket: None,
            drafted: Vec::new(),
            jump: Jump::Start,
        }
    }

    /// Returns the topic the reader is on.
    pub fn current(&self) -> Option<&TopicItem> {
        self.rows.get(self.at)
    }

    /// Returns the question that brings the rows around the reader.
    pub fn query(&self) -> Query {
        let around = match self.jump {
            Jump::Start => Around::Start,
            Jump::End => Around::End,
            Jump::Stay => self
                .current()
                .map_or(Around::Start, |row| Around::At(row.key())),
        };
        Query::Topics {
            filter: self.filter,
            around,
            reach: REACH,
        }
    }

    /// Takes the rows of an answer; the reader stays on their topic, and it on its place of the screen.
    pub fn take(&mut self, part: TopicsPart, height: usize) {
        let screen_row = self.at.saturating_sub(self.top);
        let was = self.current().map(|row| (row.id, row.key()));
        self.rows = part.rows;
        self.author = part.author;
        self.is_start = part.is_start;
        self.is_end = part.is_end;
        self.is_loaded = true;
        match (self.jump, was) {
            (Jump::End, _) => {
                self.jump = Jump::Stay;
                self.at = self.rows.len().saturating_sub(1);
                self.top = self.rows.len().saturating_sub(height);
            }
            (Jump::Stay, Some((id, key))) => {
                let same = self.rows.iter().position(|row| row.id == id);
                let near = || self.rows.iter().position(|row| row.key() <= key);
                self.at = same
                    .or_else(near)
                    .unwrap_or(self.rows.len().saturating_sub(1));
                self.top = self.at.saturating_sub(screen_row);
            }
            _ => (self.at, self.top) = (0, 0),
        }
        self.settle(height);
    }

    /// Moves by rows.
    pub fn step(&mut self, rows: isize, height: usize) {
        self.jump = Jump::Stay;
        self.at = self.at.saturating_add_signed(rows);
        self.settle(height);
    }

    /// Goes to a topic that is held.
    pub fn go(&mut self, topic: TopicId, height: usize) {
        if let Some(at) = self.rows.iter().position(|row| row.id == topic) {
            self.at = at;
            self.step(0, height);
        }
    }

    /// Goes to the start; returns whether rows must be asked for.
    pub fn start(&mut self, height: usize) -> bool {
        if !self.is_start {
            self.jump = Jump::Start;
            return true;
        }
        (self.at, self.top) = (0, 0);
        self.settle(height);
        false
    }

    /// Goes to the end; returns whether rows must be asked for.
    pub fn end(&mut self, height: usize) -> bool {
        if !self.is_end {
            self.jump = Jump::End;
            return true;
        }
        // Whoever went there does not mean the start any more.
        self.step(isize::MAX, height);
        false
    }

    /// Brings the reader's row onto the screen.
    pub fn settle(&mut self, height: usize) {
        let height = height.max(1);
        self.at = self.at.min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.at);
        if self.at >= self.top + height {
            self.top = self.at + 1 - height;
        }
        // No empty rows below the end while there are rows above.
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }

    /// Returns whether the reader comes near an edge behind which there is more.
    pub fn wants_more(&self) -> bool {
        self.is_loaded
            && ((!self.is_start && self.at < MARGIN)
                || (!self.is_end && self.at + MARGIN > self.rows.len()))
    }

    /// Returns the lines on the screen.
    pub fn view(&self, env: Env<'_>, columns: usize, height: usize) -> Vec<Line> {
        if self.rows.is_empty() {
            let key = match (self.is_loaded, self.filter.view) {
                (false, _) => "list-loading",
                (true, View::Bookmarks) => "list-no-bookmarks",
                (true, View::Latest | View::Top) => "list-empty",
                (true, View::Unread | View::New) => "list-all-read",
            };
            return vec![
                Line::default(),
                Line::text(Role::Quiet, format!("  {}", env.l10n.text(key))),
            ];
        }
        let shown = self.top..self.rows.len().min(self.top + height);
        shown.map(|at| self.line(at, columns, env)).collect()
    }
}

/// Columns of the reader's mark, the mark of what is unread, and the space after it.
const MARKS: usize = 3;
/// Columns of the count, with the space before it.
const COUNT: usize = 5;

impl TopicsScreen {
    fn line(&self, at: usize, columns: usize, env: Env<'_>) -> Line {
        let (row, is_here) = (&self.rows[at], at == self.at);
        let mark = if row.is_unread() { "●" } else { " " };
        // What a topic is stays to be seen; its title gives way.
        let state = match row {
            _ if self.drafted.contains(&row.id) => Some("topic-draft"),
            _ if row.is_archived => Some("topic-archived"),
            _ if row.is_closed => Some("topic-closed"),
            _ if row.is_pinned => Some("topic-pinned"),
            _ => None,
        };
        let mut state = state
            .map(|key| format!(" [{}]", env.l10n.text(key)))
            .unwrap_or_default();
        if let Some(note) = &row.bookmark {
            state.insert_str(0, &bookmark(note, columns / 3));
        }
        let title = clean::line(&row.title);
        let mut beside = Beside::of(columns, env);
        // In the list of a category its name says nothing.
        if self.filter.category == Some(row.category) {
            beside.category = 0;
        }
        let needed = width(&title) + width(&state);
        let fitted = rows::fit(columns, MARKS + COUNT, needed, beside);
        let (count, count_role) = match row.state {
            TopicState::Unread => {
                let unread = row.last_number.saturating_sub(row.read_number).max(1);
                (format!("+{unread}"), Role::Unread)
            }
            TopicState::New => (answers(row), Role::Unread),
            TopicState::Read => (answers(row), Role::Quiet),
        };
        let mut right = Vec::new();
        let mut name = |role, text: &str, columns: usize| {
            if columns > 0 {
                let text = column(&clean::line(text), columns - 1);
                right.push(Span::new(role, format!(" {text}")));
            }
        };
        let beside = fitted.beside;
        name(Role::Category, &row.category_name, beside.category);
        name(Role::Author, &row.last_poster, beside.author);
        right.push(Span::new(count_role, column_right(&count, COUNT)));
        if beside.date > 0 {
            let age = when::brief(env.l10n, row.last_post_at, env.now);
            right.push(Span::new(Role::Quiet, column_right(&age, beside.date)));
        }
        right.push(Span::new(Role::Text, " ".repeat(fitted.margin)));
        let role = if row.is_unread() {
            Role::Title
        } else {
            Role::Text
        };
        let room = fitted.title.saturating_sub(width(&state));
        let tags = tags_within(&row.tags, room.saturating_sub(width(&title)));
        let left = vec![
            Span::new(Role::Key, if is_here { "▸" } else { " " }),
            Span::new(Role::Unread, format!("{mark} ")),
            Span::new(role, fit(&title, room)),
            Span::new(Role::Quiet, state),
            Span::new(Role::Quiet, tags),
        ];
        let tone = if is_here { Tone::Focused } else { Tone::Plain };
        Line::of(left).right(right).tone(tone)
    }
}

/// How many posts answer the first one.
fn answers(row: &TopicItem) -> String {
    row.posts.saturating_sub(1).max(0).to_string()
}

/// Returns the tags that there is room for behind the title, with space before each: the title never gives way to them.
pub(crate) fn tags_within(tags: &Tags, room: usize) -> String {
    let mut shown = String::new();
    for tag in tags {
        let tag = format!("  #{}", clean::line(tag.as_str()));
        if width(&shown) + width(&tag) > room {
            break;
        }
        shown.push_str(&tag);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "")]
    #[case(4, "")]
    #[case(5, "  #ab")]
    #[case(11, "  #ab")]
    #[case(12, "  #ab  #日本")]
    fn tags_take_only_what_the_title_leaves(#[case] room: usize, #[case] want: &str) {
        let tags: Tags = "ab 日本".parse().unwrap();
        assert_eq!(tags_within(&tags, room), want);
    }
}
