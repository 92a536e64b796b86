// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The whole state of the screen.

use space_core::Timestamp;

use super::banner;
use super::burst::Burst;
use super::commands::Context;
use super::items::Overview;
use super::jumps::Jumps;
use super::keys::Key;
use super::layers::Layer;
use super::layout::{Dock, Layout, Wants};
use super::message::{Before, Cmd, Filter, Net, Query, Reading, Ticket};
use crate::compose::leave::Leaving;
use crate::compose::pane::Compose;
use crate::compose::{DraftItem, Thrown};
use crate::config::Settings;
use crate::doc::Area;
use crate::screens::search::SearchScreen;
use crate::screens::thread::ThreadScreen;
use crate::screens::topics::TopicsScreen;
use crate::screens::tree::Tree;

/// Columns below which only a notice is drawn.
pub const MIN_COLUMNS: u16 = 40;
/// Rows below which only a notice is drawn.
pub const MIN_ROWS: u16 = 10;

/// One screen of the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the screen it holds")]
pub enum Screen {
    Topics(TopicsScreen),
    Thread(Box<ThreadScreen>),
    Search(SearchScreen),
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
    /// Whether the token is kept without encryption; said as long as it is.
    pub is_token_plain: bool,
    /// How things stand with the server.
    pub net: Net,
    /// How far a reading has come, while there is one.
    pub reading: Option<Reading>,
    /// When the copy was last up to date.
    pub synced_at: Option<Timestamp>,
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

/// Marks that were changed at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// What was marked before.
    pub before: Before,
}

/// The whole state.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them goes with any other"
)]
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
    /// Which sequence of keys is waited for.
    pub wait: u64,
    /// The tree of categories.
    pub tree: Tree,
    /// Whether the reader is in the tree.
    pub is_in_tree: bool,
    /// Whether what is read has the window alone.
    pub is_alone: bool,
    /// The places that the reader came from.
    pub jumps: Jumps,
    /// Keys that came faster than anybody types.
    pub burst: Burst,
    /// Marks that can be taken back; the last was made last.
    pub undo: Vec<Marks>,
    /// What could complete a search was asked for.
    pub choices_ticket: Option<Ticket>,
    /// What was searched for, the latest last.
    pub searches: Vec<String>,
    /// Whether the reader is in the pane that one writes in.
    pub is_writing: bool,
    /// What was thrown away and can come back, each with how many marks could be taken back then.
    pub thrown: Vec<(usize, Thrown)>,
    /// Panes that were closed, until what is in them is kept.
    pub leaving: Vec<Leaving>,
    /// Whether the reader quits as soon as everything is kept.
    pub is_leaving: bool,
    /// Unfinished texts, the latest first.
    pub drafts: Vec<DraftItem>,
    /// Which question about them is the last.
    pub drafts_ticket: Option<Ticket>,
    /// Which question for a post to quote is the last.
    pub quote_ticket: Option<Ticket>,
    /// What lies over the screens or beside them; the last is on top.
    pub layers: Vec<Layer>,
    /// Where things were when the screens were last fitted to it.
    pub settled: Layout,
    /// A sentence for the reader.
    pub notice: Option<Notice>,
    /// What the reader set.
    pub settings: Settings,
    /// Numbers questions and screens.
    counter: u64,
    /// Which question about how things stand is the last.
    pub overview_ticket: Option<Ticket>,
    /// Which question for the next unread topic is the last.
    pub unread_ticket: Option<Ticket>,
    /// Which question for a number that was typed is the last.
    pub locate_ticket: Option<Ticket>,
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
            root: Screen::Topics(TopicsScreen::new(1, Filter::default())),
            above: Vec::new(),
            status: Status {
                server,
                is_member: member.is_some(),
                member: member.unwrap_or_default(),
                ..Status::default()
            },
            pending: Vec::new(),
            wait: 0,
            tree: Tree::default(),
            is_in_tree: false,
            is_alone: false,
            jumps: Jumps::default(),
            burst: Burst::default(),
            undo: Vec::new(),
            choices_ticket: None,
            searches: Vec::new(),
            is_writing: false,
            thrown: Vec::new(),
            leaving: Vec::new(),
            is_leaving: false,
            drafts: Vec::new(),
            drafts_ticket: None,
            quote_ticket: None,
            layers: Vec::new(),
            settled: Layout::default(),
            notice: None,
            settings: Settings::default(),
            counter: 1,
            overview_ticket: None,
            unread_ticket: None,
            locate_ticket: None,
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

    /// Returns the list that stands beside the thread, or is on top.
    pub fn list(&self) -> &Screen {
        self.above
            .iter()
            .rev()
            .find(|screen| !matches!(screen, Screen::Thread(_)))
            .unwrap_or(&self.root)
    }

    /// Returns the same, to change it.
    pub fn list_mut(&mut self) -> &mut Screen {
        self.above
            .iter_mut()
            .rev()
            .find(|screen| !matches!(screen, Screen::Thread(_)))
            .unwrap_or(&mut self.root)
    }

    /// Returns every screen, from the bottom.
    pub fn screens(&self) -> impl Iterator<Item = &Screen> {
        std::iter::once(&self.root).chain(self.above.iter())
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
    pub fn replace(&mut self, mut screen: Screen) {
        if let Screen::Topics(list) = &mut screen {
            list.drafted = self.drafts.iter().filter_map(|it| it.topic).collect();
        }
        *self.screen_mut() = screen;
    }

    /// Returns how many screens there are; never zero.
    pub fn depth(&self) -> usize {
        1 + self.above.len()
    }

    /// Returns whether the list at the bottom shows less than everything.
    pub fn is_filtered(&self) -> bool {
        matches!(&self.root, Screen::Topics(list) if list.filter != Filter::default())
    }

    /// Returns where the reader is, as far as keys go.
    pub fn context(&self) -> Context {
        if let Some(context) = self.layers.iter().rev().find_map(Layer::context) {
            return context;
        }
        match self.screen() {
            _ if self.is_writing => Context::Compose,
            _ if self.is_in_tree => Context::Tree,
            Screen::Topics(_) => Context::Topics,
            Screen::Thread(_) => Context::Thread,
            Screen::Search(_) => Context::Search,
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
    pub fn foot_rows(&self) -> u16 {
        if self.rows < 16 {
            return 1;
        }
        2 + u16::from(banner::is_needed(&self.status.net))
    }

    /// Puts a layer on top.
    pub fn open(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// Returns the pane that one writes in.
    pub fn compose(&self) -> Option<&Compose> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::Compose(pane) => Some(&**pane),
            _ => None,
        })
    }

    /// Returns the same, to change it.
    pub fn compose_mut(&mut self) -> Option<&mut Compose> {
        self.layers.iter_mut().find_map(|layer| match layer {
            Layer::Compose(pane) => Some(&mut **pane),
            _ => None,
        })
    }

    fn wants(&self, has_thread: bool) -> Wants {
        Wants {
            has_tree: true,
            is_in_tree: self.is_in_tree,
            has_thread,
            is_alone: self.is_alone,
            tree_columns: self.settings.nav_width,
            list_columns: self.settings.list_width,
            measure: self.settings.measure,
            dock: self.dock(),
        }
    }

    /// Returns where something docked stands, also while its layer is out of the model.
    pub fn dock_area(&self, dock: Dock) -> Area {
        let wants = Wants {
            dock: Some(dock),
            ..self.wants(matches!(self.screen(), Screen::Thread(_)))
        };
        let layout = Layout::new(self.columns, self.rows, self.foot_rows(), wants);
        layout.dock.unwrap_or(layout.body)
    }

    /// Returns the place that a layer asks for beside what is read.
    fn dock(&self) -> Option<Dock> {
        self.layers.iter().rev().find_map(Layer::dock)
    }

    fn layout_with(&self, has_thread: bool) -> Layout {
        Layout::new(
            self.columns,
            self.rows,
            self.foot_rows(),
            self.wants(has_thread),
        )
    }

    /// Returns where things are.
    pub fn layout(&self) -> Layout {
        self.layout_with(matches!(self.screen(), Screen::Thread(_)))
    }

    /// Returns whether what is read gets another place when it has the window alone, or not any more.
    pub fn can_zoom(&self) -> bool {
        let wants = self.wants(matches!(self.screen(), Screen::Thread(_)));
        let other = Wants {
            is_alone: !wants.is_alone,
            ..wants
        };
        let layout = |wants| Layout::new(self.columns, self.rows, self.foot_rows(), wants);
        layout(wants) != layout(other)
    }

    /// Returns where a screen is; for one that is covered, where it will be.
    pub fn area_of(&self, screen: &Screen) -> Area {
        let layout = self.layout();
        match screen {
            Screen::Thread(_) => {
                let there = layout.thread.or_else(|| self.layout_with(true).thread);
                there.unwrap_or(layout.body)
            }
            Screen::Topics(_) | Screen::Search(_) => {
                let there = layout.list.or_else(|| self.layout_with(false).list);
                there.unwrap_or(layout.body)
            }
        }
    }

    /// Returns the rows of the tree.
    pub fn tree_rows(&self) -> usize {
        let layout = self.layout();
        usize::from(layout.tree.unwrap_or(layout.body).rows).max(1)
    }

    /// Returns the rows of the screen on top.
    pub fn body_rows(&self) -> usize {
        usize::from(self.area_of(self.screen()).rows).max(1)
    }

    /// Returns the columns of the screen on top.
    pub fn body_columns(&self) -> usize {
        usize::from(self.area_of(self.screen()).columns).max(1)
    }
}
