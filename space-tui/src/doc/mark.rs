// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a span stands for, besides its text.

use space_core::{PostId, TopicId};

/// How a span takes part in the order of right-to-left text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Flow {
    /// It is ordered by itself: a name in a list never changes the order of what stands beside it.
    #[default]
    Apart,
    /// It belongs to a running text, whose spans stand side by side.
    Running {
        /// The embedding level that the bidirectional algorithm gave it within its paragraph.
        level: u8,
        /// Whether the paragraph reads from right to left.
        is_rtl: bool,
    },
}

/// What a span stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It leads somewhere.
    Link(Target),
    /// It keeps the place of a row of a picture.
    Picture(Strip),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a page: an http or https address.
    Web(String),
    /// To somebody's mailbox: a mailto address.
    Mail(String),
    /// To a topic of this space.
    Topic(TopicId),
    /// To a post of this space.
    Post(PostId),
    /// To a thing of this space that has this number.
    Number(i64),
}

/// One row of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Strip {
    /// The address of the picture, as its post has it.
    pub source: String,
    /// Which row this is, from 0.
    pub row: u16,
    /// Columns and rows of the whole.
    pub size: (u16, u16),
}
