// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The whole state of the screen.

use super::commands::Context;
use super::items::Overview;
use super::keys::Key;
use super::message::{Cmd, Filter, Net, Query, Ticket};
use crate::screens::help::HelpScreen;
use crate::screens::search::SearchScreen;
use crate::screens::thread::ThreadScreen;
use crate::screens::topics::TopicsScreen;

/// Columns below which only a notice is drawn.
pub const MIN_COLUMNS: u16 = 40;
/// Rows below which only a notice is drawn.
pub const MIN_ROWS: u16 = 10;

/// One screen of the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the screen it holds")]
#[expect(
    clippy::large_enum_variant,
    reason = "there are a handful of screens at a time"
)]
pub enum Screen {
    Topics(TopicsScreen),
    Thread(ThreadScreen),
    Search(SearchScreen),
    Help(HelpScreen),
}

/// Who one is, and how things stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The server's name: host and port.
    pub server: String,
    /// Who is signed in; nobody when empty.
    pub member: String,
    /// Whether somebody is signed in.
    pub is_member: bool,
    /// How things stand with the server.
    pub net: Net,
    /// Counts from the replica and the outbox.
    pub overview: Overview,
}

/// A sentence for the reader, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The key of the text.
    pub key: &'static str,
    /// What goes into it as `$detail`.
    pub detail: String,
    /// Whether something failed.
    pub is_error: bool,
}

/// One line being typed at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// What was typed so far.
    pub text: String,
}

/// The whole state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Columns of the terminal.
    pub columns: u16,
    /// Rows of the terminal.
    pub rows: u16,
    /// The screen at the bottom of the stack: there is always one.
    root: Screen,
    /// The screens above it.
    above: Vec<Screen>,
    /// Who one is, and how things stand.
    pub status: Status,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// The search line, while it is typed.
    pub prompt: Option<Prompt>,
    /// A sentence for the reader.
    pub notice: Option<Notice>,
    /// Numbers questions and screens.
    counter: u64,
    /// Which question about how things stand is the last.
    pub overview_ticket: Option<Ticket>,
    /// Which question for the next unread topic is the last.
    pub unread_ticket: Option<Ticket>,
    /// Numbers what the reader looks at; a dwell of an older one counts for nothing.
    pub dwell: u64,
    /// The place for which more rows were asked last: screen, row and rows held.
    pub spot: Option<(u64, usize, usize)>,
}

impl Model {
    /// Makes the model at the start, with the list of topics.
    pub fn new(columns: u16, rows: u16, server: String, member: Option<String>) -> Self {
        Self {
            columns,
            rows,
            root: Screen::Topics(TopicsScreen::new(1, Filter::Latest)),
            above: Vec::new(),
            status: Status {
                server,
                is_member: member.is_some(),
                member: member.unwrap_or_default(),
                ..Status::default()
            },
            pending: Vec::new(),
            prompt: None,
            notice: None,
            counter: 1,
            overview_ticket: None,
            unread_ticket: None,
            dwell: 0,
            spot: None,
        }
    }

    /// Returns the screen on top.
    pub fn screen(&self) -> &Screen {
        self.above.last().unwrap_or(&self.root)
    }

    /// Returns the screen on top, to change it.
    pub fn screen_mut(&mut self) -> &mut Screen {
        self.above.last_mut().unwrap_or(&mut self.root)
    }

    /// Returns the screen under the one on top.
    pub fn under(&self) -> Option<&Screen> {
        match self.above.len() {
            0 => None,
            1 => Some(&self.root),
            n => self.above.get(n - 2),
        }
    }

    /// Returns every screen, to change it.
    pub fn screens_mut(&mut self) -> impl Iterator<Item = &mut Screen> {
        std::iter::once(&mut self.root).chain(self.above.iter_mut())
    }

    /// Puts a screen on top.
    pub fn push(&mut self, screen: Screen) {
        self.above.push(screen);
    }

    /// Takes the screen on top away; the last one stays.
    pub fn pop(&mut self) -> Option<Screen> {
        self.above.pop()
    }

    /// Puts a screen in the place of the one on top.
    pub fn replace(&mut self, screen: Screen) {
        *self.screen_mut() = screen;
    }

    /// Returns how many screens there are; never zero.
    pub fn depth(&self) -> usize {
        1 + self.above.len()
    }

    /// Returns whether the list at the bottom shows less than everything.
    pub fn is_filtered(&self) -> bool {
        matches!(&self.root, Screen::Topics(list) if list.filter != Filter::Latest)
    }

    /// Returns where the reader is, as far as keys go.
    pub fn context(&self) -> Context {
        match self.screen() {
            Screen::Topics(_) => Context::Topics,
            Screen::Thread(_) => Context::Thread,
            Screen::Search(_) => Context::Search,
            Screen::Help(_) => Context::Help,
        }
    }

    /// Returns a number that was not used before.
    pub fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Asks a question for a screen, or for the frame (0).
    pub fn ask(&mut self, screen: u64, query: Query) -> (Ticket, Cmd) {
        let ticket = Ticket {
            screen,
            generation: self.next_number(),
        };
        (ticket, Cmd::Query(ticket, query))
    }

    /// Says something to the reader.
    pub fn say(&mut self, key: &'static str, detail: impl Into<String>) {
        self.notice = Some(Notice {
            key,
            detail: detail.into(),
            is_error: false,
        });
    }

    /// Tells the reader that something failed.
    pub fn complain(&mut self, key: &'static str, detail: impl Into<String>) {
        self.notice = Some(Notice {
            key,
            detail: detail.into(),
            is_error: true,
        });
    }

    /// Returns whether the terminal is large enough to read anything.
    pub fn is_readable(&self) -> bool {
        self.columns >= MIN_COLUMNS && self.rows >= MIN_ROWS
    }

    /// Returns the rows under the screen's body: one with hints and one with the status, or both in one.
    pub fn foot_rows(&self) -> usize {
        if self.rows >= 16 { 2 } else { 1 }
    }

    /// Returns the rows of the screen's body.
    pub fn body_rows(&self) -> usize {
        usize::from(self.rows)
            .saturating_sub(1 + self.foot_rows())
            .max(1)
    }

    /// Returns the columns of the screen's body.
    pub fn body_columns(&self) -> usize {
        usize::from(self.columns).max(1)
    }
}
