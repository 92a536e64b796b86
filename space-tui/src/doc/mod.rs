// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a screen says, before anybody decides how it looks: lines of spans, each with a role.
//!
//! One document serves every renderer: the painted screen, tests, and a line mode for screen readers.

pub mod hyperlink;
mod mark;
pub mod paint;
pub mod theme;

pub use mark::{Flow, Mark, Strip, Target};

use std::borrow::Cow;
use std::sync::Arc;

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
    /// An id that can be typed.
    Id,
    /// A category.
    Category,
    /// Says that something is unread.
    Unread,
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

/// Who brings right-to-left text into the order in which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bidi {
    /// We do: right for every terminal that shows cells as they come.
    #[default]
    App,
    /// The terminal does.
    Terminal,
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
    /// The reader is here.
    Focused,
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

/// A box over the rest of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overlay {
    /// What it is.
    pub title: String,
    /// What it says, already scrolled to where the reader is.
    pub lines: Vec<Line>,
}

/// A whole screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Where one is.
    pub top: Option<Line>,
    /// What one reads.
    pub body: Vec<Line>,
    /// Who one is, how things stand, what one can do.
    pub foot: Vec<Line>,
    /// A box over the body.
    pub overlay: Option<Overlay>,
    /// Where the cursor rests: row of the whole screen and column. Screen readers follow it.
    pub cursor: Option<(u16, u16)>,
    /// Who brings right-to-left text into its order.
    pub bidi: Bidi,
}

/// Returns the text of spans.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
