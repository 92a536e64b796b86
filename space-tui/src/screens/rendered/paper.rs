// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a text is written on: how wide, for whom, and what was found out about it so far.

use std::collections::HashMap;
use std::sync::Arc;

use super::sought::Sought;
use crate::doc::{Role, Span};
use crate::l10n::L10n;

/// What a text is written on.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, and they go together in any way"
)]
pub struct Paper<'a> {
    /// Columns of a line at most.
    pub columns: usize,
    /// Columns of a line of code at most.
    pub code_columns: usize,
    /// The texts in the reader's language.
    pub l10n: &'a L10n,
    /// The address of the space, to know its own links by; empty when it is not known.
    pub origin: &'a str,
    /// On a screen links can be followed and folded parts be opened; elsewhere everything is written out.
    pub is_screen: bool,
    /// Whether right-to-left text is brought into order, and set at the right edge.
    pub orders_rtl: bool,
    /// Whether spoilers and folded parts are open.
    pub is_opened: bool,
    /// Whether pictures are shown.
    pub shows_pictures: bool,
    /// Whether pictures of other servers may be loaded.
    pub loads_foreign: bool,
    /// What was found out about code and pictures so far.
    pub extras: Option<&'a Extras>,
    /// What a search looked for, to be marked.
    pub sought: Option<&'a Sought>,
}

impl<'a> Paper<'a> {
    /// Paper for a stream of text: everything is written out, in logical order.
    pub fn stream(columns: usize, l10n: &'a L10n) -> Self {
        Self {
            columns,
            code_columns: columns,
            l10n,
            origin: "",
            is_screen: false,
            orders_rtl: false,
            is_opened: true,
            shows_pictures: false,
            loads_foreign: false,
            extras: None,
            sought: None,
        }
    }

    /// Returns a running text with what a search looked for marked in it.
    pub(super) fn marked(&self, spans: Vec<Span>) -> Vec<Span> {
        match self.sought {
            Some(sought) => sought.mark(spans),
            None => spans,
        }
    }
}

/// A piece of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Snippet {
    /// The word after the fence.
    pub language: String,
    /// The code.
    pub code: String,
}

/// What the pieces of a code are: how many bytes, and in which role; one after the other.
pub type Colours = Vec<(usize, Role)>;

/// What became of the colours of a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colouring {
    /// They are asked for.
    Asked,
    /// They are known; empty for a language that nobody knows.
    Known(Arc<Colours>),
}

/// What became of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// It is asked for.
    Asked,
    /// It takes so many columns and rows.
    Ready(u16, u16),
    /// It cannot be shown; the key of the text that says why.
    Failed(&'static str),
}

/// What is found out beside the screen, and needed to render.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Colours of code.
    pub colours: HashMap<Arc<Snippet>, Colouring>,
    /// Pictures by the address that posts have.
    pub pictures: HashMap<String, Picture>,
}

/// Something that would make a rendered text better.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Wish {
    /// Colours of a piece of code.
    Colours(Arc<Snippet>),
    /// A picture, by its address as the post has it.
    Picture(String),
}

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Its lines.
    pub lines: Vec<Vec<Span>>,
    /// What would make it better.
    pub wishes: Vec<Wish>,
}
