// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A [`Document`] as HTML, for pages and for what feed readers show.
//!
//! It is safe by how it is made: tags and attributes are written by this module alone, from a closed list, and
//! everything that somebody else wrote goes through one of two functions, for text and for addresses. An address has
//! the scheme http, https or mailto, or is a path of the space itself; anything else stays text. Pictures are shown when
//! the space itself serves them, and are links otherwise, so that a page loads nothing from strangers.

mod address;
mod block;
mod inline;

use std::collections::{BTreeMap, BTreeSet};

use super::budget::ADDRESS_BYTES;
use super::document::{Author, Document, Inline};

pub use address::uri;

/// What links to others say of themselves: that their place is not ours, and that somebody else wrote them.
pub const FOREIGN: &str = "nofollow ugc noopener";

/// The space around a text.
pub trait Site {
    /// Returns the address under which a path of the space, such as `/p/48213`, is linked from where the text stands.
    fn address(&self, path: &str) -> String;

    /// Returns the path within the space that a whole address (`https://…`) leads to, when it leads there.
    fn own_path<'a>(&self, address: &'a str) -> Option<&'a str>;

    /// Returns the path of a member's profile, when there is a member of that name.
    fn member(&self, name: &str) -> Option<String>;

    /// Returns whether the space serves a picture at a path.
    fn is_picture(&self, path: &str) -> bool;
}

/// The few words that the HTML has of its own.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Before the description of a picture that is not shown: `Picture`.
    pub picture: &'a str,
    /// What is hidden until it is asked for: `Spoiler`.
    pub spoiler: &'a str,
    /// What unfolds, when its author gave it no name: `Details`.
    pub details: &'a str,
    /// A table that scrolls, for those who hear the page: `Table`.
    pub table: &'a str,
}

/// How a text is shown.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The words.
    pub words: Words<'a>,
    /// The rank of the highest heading; lower ones follow, to 6.
    pub heading: u8,
    /// What ids begin with, so that several texts stand on one page: `p-48213`.
    pub id: &'a str,
    /// Whether what spoilers hide is left out: where no style hides it.
    pub masks_spoilers: bool,
    /// After how many bytes the text is cut; see [`budget`](super::budget). The HTML is a little longer: what is open is
    /// closed.
    pub max_bytes: usize,
}

/// A document as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The HTML, in which every element is closed.
    pub html: String,
    /// Whether it is not the whole document: a reader needs a link to where that stands.
    pub is_cut: bool,
}

/// Returns a document as HTML.
pub fn html(document: &Document, site: &dyn Site, look: &Look<'_>) -> Html {
    let mut writer = Writer {
        is_cut: false,
        out: String::with_capacity(1024),
        site,
        look,
        footnotes: footnotes(document),
        highest: highest(document),
        is_in_link: false,
    };
    writer.blocks(&document.blocks);
    Html {
        html: writer.out,
        is_cut: writer.is_cut,
    }
}

/// Returns the names that a document calls or quotes.
pub fn names(document: &Document) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for block in &document.blocks {
        block::visit(block, &mut |part| {
            if let Part::Inline(Inline::Mention { name }) | Part::Author(Author::Member { name }) =
                part
            {
                names.insert(name.as_str());
            }
        });
    }
    names
}

/// Returns the path of the first picture that the space itself serves, with what it shows; those that spoilers hide do
/// not count.
pub fn first_picture<'a>(document: &'a Document, site: &dyn Site) -> Option<(&'a str, &'a str)> {
    let mut found = None;
    for block in &document.blocks {
        block::visit(block, &mut |part| {
            if let Part::Inline(Inline::Image { source, alt }) = part
                && found.is_none()
                && let Some(path) = address::own_picture(source, site)
            {
                found = Some((path, alt.as_str()));
            }
        });
    }
    found
}

/// A part of a document that is looked at on its own.
enum Part<'a> {
    Inline(&'a Inline),
    Author(&'a Author),
    Footnote(&'a str),
    Heading(u8),
}

/// Numbers the footnotes that have a text, in their order.
fn footnotes(document: &Document) -> BTreeMap<&str, usize> {
    let mut numbers = BTreeMap::new();
    for block in &document.blocks {
        block::visit(block, &mut |part| {
            if let Part::Footnote(label) = part {
                let next = numbers.len() + 1;
                numbers.entry(label).or_insert(next);
            }
        });
    }
    numbers
}

/// Returns the rank of the highest heading, so that the headings of a text that begins with lower ones follow those of the
/// page without a gap.
fn highest(document: &Document) -> u8 {
    let mut highest = 6;
    for block in &document.blocks {
        block::visit(block, &mut |part| {
            if let Part::Heading(level) = part {
                highest = highest.min(level);
            }
        });
    }
    highest
}

/// Writes HTML. Tags are written as they stand in the code; whatever came from somebody goes through [`Writer::text`],
/// [`Writer::attribute`] or [`uri`].
struct Writer<'a> {
    out: String,
    site: &'a dyn Site,
    look: &'a Look<'a>,
    footnotes: BTreeMap<&'a str, usize>,
    /// The rank that the highest heading has in the source.
    highest: u8,
    /// A link holds no other link, nor anything else that takes the keyboard's focus.
    is_in_link: bool,
    /// Whether something was left out for want of room.
    is_cut: bool,
}

impl Writer<'_> {
    /// Returns whether there is no room for anything more, which cuts the text here.
    fn is_full(&mut self) -> bool {
        let is_full = self.out.len() >= self.look.max_bytes;
        self.is_cut |= is_full;
        is_full
    }

    /// Writes a tag, or another text of ours.
    fn tag(&mut self, tag: &str) {
        self.out.push_str(tag);
    }

    /// Writes a text of somebody else's, as far as there is room.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if self.is_full() {
                return;
            }
            self.escaped(c);
        }
    }

    fn escaped(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            '"' => self.out.push_str("&quot;"),
            _ => self.out.push(c),
        }
    }

    /// Writes an attribute with a value of somebody else's.
    fn attribute(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        // An address fits, and a title that does not has no end worth its room.
        for c in value.chars().take(3 * ADDRESS_BYTES) {
            self.escaped(c);
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod size_tests;
#[cfg(test)]
mod tests;
