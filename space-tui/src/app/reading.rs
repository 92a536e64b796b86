// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How posts are shown, as a reader's settings and terminal have it.

pub use crate::config::{Bidi, Images};

/// How posts are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Who brings right-to-left text into its order.
    pub bidi: Bidi,
    /// How pictures are shown.
    pub images: Images,
    /// Columns of a line of a post at most, when the reader set them.
    pub measure: Option<u16>,
    /// The address of the space, to know its own links and pictures by.
    pub origin: String,
    /// Whether the terminal may be told where links lead.
    pub has_hyperlinks: bool,
}
