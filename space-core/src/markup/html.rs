// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Turns the HTML of an imported forum into the CommonMark source of our posts.
//!
//! Written for the HTML that Discourse stores with its posts (`cooked`), and content with any other. What the reader of
//! the old forum saw as decoration (avatars, previews of links, sizes of pictures) goes; what the author wrote stays:
//!
//! | HTML | source |
//! |---|---|
//! | quote with a name and a post | `> @alice, #48213:`, an empty line of the quote, the text |
//! | onebox, preview of a topic, video, embedded player | its address, on a line of its own |
//! | code span of several lines | a fenced block |
//! | lightbox | one picture, in its original size |
//! | emoji | `:name:` |
//! | mention, mention of a group | `@name`; a mention of nobody is plain text |
//! | hashtag | plain text |
//! | spoiler, details, footnote | `[spoiler]`, `<details>`, `[^1]` |
//! | poll | nothing, or a list of its options ([`Polls`]) |
//! | event of a calendar | its name, times, place and page, each on a line |
//! | link in code | code, and the link between or behind it |
//! | underline | emphasis |
//!
//! Everything else has its CommonMark form. Text that would be read as markup is escaped, and where `*` could not be
//! read beside its neighbours, `<em>` and `<strong>` are written instead.

mod block;
mod code;
mod depth;
mod embed;
mod escape;
mod event;
mod inline;
mod link;
mod list;
mod lost;
mod node;
mod quote;
mod table;

use scraper::Html;

use crate::PostId;

/// What an address of the other forum becomes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Something of this space that has a number: a topic, a post, a member.
    Id(i64),
    /// Another address.
    Address(String),
}

/// Where the links of an imported text lead. Every method may answer `None`, which keeps what is written.
pub trait LinkMap {
    /// Returns what the address of a link becomes. Addresses come as they are in the HTML: absolute, relative to the
    /// other forum (`/t/some-topic/12/3`), or without a scheme (`//host/path`).
    fn link(&self, address: &str) -> Option<Target> {
        let _ = address;
        None
    }

    /// Returns the post with this number in this topic of the other forum.
    fn post(&self, topic: u64, number: u64) -> Option<PostId> {
        let _ = (topic, number);
        None
    }

    /// Returns the name that a member of the other forum has here.
    fn member(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// Returns the address of a picture, given the old one and the id of the upload, if it was one.
    fn picture(&self, address: &str, upload: Option<&str>) -> Option<String> {
        let _ = (address, upload);
        None
    }
}

/// Keeps every link as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeepLinks;

impl LinkMap for KeepLinks {}

/// What becomes of polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Polls {
    /// Nothing: they come from elsewhere.
    #[default]
    Apart,
    /// A list of what could be chosen.
    InText,
}

/// Markdown, and what of the HTML is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// As [`to_markdown`] returns it.
    pub markdown: String,
    /// What is missing; nothing, mostly.
    pub lost: Lost,
}

/// What HTML shows and the Markdown made of it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lost {
    /// How many words.
    pub words: usize,
    /// The first of them.
    pub sample: Vec<String>,
    /// Links that may not be written, and blocks without words.
    pub things: Vec<String>,
}

impl Lost {
    /// Returns whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.words == 0 && self.things.is_empty()
    }
}

/// Returns CommonMark source that [`parse`](super::parse()) reads as what the HTML showed. Without a final line feed;
/// empty if the HTML shows nothing.
pub fn to_markdown(html: &str, links: &dyn LinkMap) -> String {
    let tree = Html::parse_fragment(&depth::bounded(html));
    block::Converter::new(links, Polls::Apart).blocks(*tree.root_element())
}

/// Returns the same with what is missing in it. The time is linear in the length of the HTML.
pub fn convert(html: &str, links: &dyn LinkMap, polls: Polls) -> Converted {
    let tree = Html::parse_fragment(&depth::bounded(html));
    let root = *tree.root_element();
    let markdown = block::Converter::new(links, polls).blocks(root);
    let lost = lost::find(root, &markdown, polls);
    Converted { markdown, lost }
}

/// Returns the text of HTML on one line, such as that of a title.
pub fn to_line(html: &str) -> String {
    let tree = Html::parse_fragment(&depth::bounded(html));
    let text = node::text(*tree.root_element());
    super::sanitize::line(&text).into_owned()
}

#[cfg(test)]
mod faithful;
#[cfg(test)]
mod tests;
