// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a screen says, before anybody decides how it looks: lines of spans, each with a role.
//!
//! One document serves every renderer: the painted screen, tests, and a line mode for screen readers.

pub mod appearance;
pub mod colour;
pub mod contested;
pub mod hyperlink;
mod mark;
pub mod paint;
pub mod theme;

pub use mark::{Flow, Mark, Strip, Target};

use std::borrow::Cow;
use std::sync::Arc;

use crate::config::Bidi;
use crate::text::measure;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// Text of less weight: counts, times, hints.
    Quiet,
    /// The title of a topic.
    Title,
    /// A heading within a post.
    Heading,
    /// Somebody's name.
    Author,
    /// One's own name, and what one wrote.
    Own,
    /// An id that can be typed.
    Id,
    /// A category.
    Category,
    /// Says that something is unread.
    Unread,
    /// A short word or number that marks something: a count, a state.
    Badge,
    /// A link's text or its target.
    Link,
    /// Code.
    Code,
    /// A word that a programming language keeps for itself.
    Keyword,
    /// A text within code.
    Literal,
    /// A comment within code, or what a difference takes away.
    Comment,
    /// A number or another constant within code.
    Number,
    /// The name of a function or a type within code, or what a difference adds.
    Name,
    /// What somebody quotes.
    Quote,
    /// A member who is mentioned.
    Mention,
    /// A key to press.
    Key,
    /// What was searched for, where it was found.
    SearchHit,
    /// The frame of a box, and lines between panes.
    Border,
    /// Something waits to be sent.
    Queued,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Error,
}

/// Stress that a writer gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stress {
    /// Strong emphasis.
    pub strong: bool,
    /// Emphasis.
    pub emphasis: bool,
    /// Struck through.
    pub struck: bool,
}

/// A piece of text in one role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text, without controls.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Its stress.
    pub stress: Stress,
    /// How it takes part in the order of right-to-left text.
    pub flow: Flow,
    /// What it stands for, besides its text.
    pub mark: Option<Arc<Mark>>,
}

impl Span {
    /// Makes a span without stress.
    pub fn new<'a>(role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into().into_owned(),
            role,
            ..Self::default()
        }
    }

    /// Says what the span stands for.
    #[must_use]
    pub fn marked(mut self, mark: Option<Arc<Mark>>) -> Self {
        self.mark = mark;
        self
    }

    /// Returns whether two spans look alike, and stand for the same.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        self.role == other.role
            && self.stress == other.stress
            && self.flow == other.flow
            && self.mark == other.mark
    }

    /// Returns an empty span that looks like this one.
    pub(crate) fn clone_empty(&self) -> Self {
        Self {
            text: String::new(),
            mark: self.mark.clone(),
            ..*self
        }
    }
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Reading.
    #[default]
    Plain,
    /// The reader is here, in a list of lines to choose from.
    Focused,
    /// The reader is here, in something that is read.
    Here,
    /// The frame of the screen: where one is, who one is.
    Bar,
}

/// One line: what begins at the left edge, and what ends at the right one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Begins at the left edge; gives way when there is no room.
    pub left: Vec<Span>,
    /// Ends at the right edge.
    pub right: Vec<Span>,
    /// What the line is for.
    pub tone: Tone,
}

impl Line {
    /// Makes a line of spans.
    pub fn of(left: Vec<Span>) -> Self {
        Self {
            left,
            ..Self::default()
        }
    }

    /// Makes a line of one span.
    pub fn text<'a>(role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(vec![Span::new(role, text)])
    }

    /// Adds what ends at the right edge.
    #[must_use]
    pub fn right(mut self, right: Vec<Span>) -> Self {
        self.right = right;
        self
    }

    /// Says what the line is for.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A part of the screen, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// How many columns.
    pub columns: u16,
    /// How many rows.
    pub rows: u16,
}

impl Area {
    /// Returns an area of at most this size in the middle of this one.
    #[must_use]
    pub fn middle(self, columns: usize, rows: usize) -> Self {
        let columns = u16::try_from(columns).map_or(self.columns, |n| n.min(self.columns));
        let rows = u16::try_from(rows).map_or(self.rows, |n| n.min(self.rows));
        Self {
            x: self.x + (self.columns - columns) / 2,
            y: self.y + (self.rows - rows) / 2,
            columns,
            rows,
        }
    }

    /// Returns an area of at most this size at the end of this one.
    #[must_use]
    pub fn corner(self, columns: usize, rows: usize) -> Self {
        let middle = self.middle(columns, rows);
        Self {
            x: self.x + self.columns - middle.columns,
            y: self.y + self.rows - middle.rows,
            ..middle
        }
    }
}

/// One of the parts that stand beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pane {
    /// What it is, for whoever cannot see where it is.
    pub name: String,
    /// Where it is.
    pub area: Area,
    /// Shown in a line across the row above the area, which is its own then.
    pub title: Option<String>,
    /// What it says, already scrolled to where the reader is.
    pub lines: Vec<Line>,
    /// Whether the reader is in it.
    pub is_focused: bool,
}

/// A box over the rest of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlay {
    /// What it is.
    pub title: String,
    /// Where it is, with its frame.
    pub area: Area,
    /// What it says, already scrolled to where the reader is.
    pub lines: Vec<Line>,
    /// How many lines are above those that it shows, and below them.
    pub hidden: (usize, usize),
}

impl Overlay {
    /// Returns the columns and rows within the frame of a box.
    pub fn inner(area: Area) -> (usize, usize) {
        (
            usize::from(area.columns.saturating_sub(4)),
            usize::from(area.rows.saturating_sub(2)),
        )
    }

    /// Returns the size that a box needs for what it says, with its frame.
    pub fn size(title: &str, lines: &[Line]) -> (usize, usize) {
        let side = |spans: &[Span]| spans.iter().map(|s| measure::width(&s.text)).sum::<usize>();
        let widest = lines
            .iter()
            .map(|line| side(&line.left) + side(&line.right) + 1)
            .chain([measure::width(title) + 2])
            .max()
            .unwrap_or(0);
        (widest + 4, lines.len() + 2)
    }
}

/// A whole screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Where one is.
    pub top: Option<Line>,
    /// What one reads, when it takes the whole width.
    pub body: Vec<Line>,
    /// What one reads, in parts beside each other; they cover the body.
    pub panes: Vec<Pane>,
    /// Who one is, how things stand, what one can do.
    pub foot: Vec<Line>,
    /// Boxes over the rest; a later one covers those before.
    pub overlays: Vec<Overlay>,
    /// Where the cursor rests: row of the whole screen and column. Screen readers follow it.
    pub cursor: Option<(u16, u16)>,
    /// Who brings right-to-left text into its order.
    pub bidi: Bidi,
}

/// Returns the text of spans.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
