// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The renderer-neutral model of a formatted text.
//!
//! A [`Document`] knows structure and meaning, never looks: a terminal wraps and styles it, a chat bridge folds it into
//! one line, a web page writes tags, and `--json` prints it as it is. Three promises hold for every document that
//! [`parse`](super::parse()) returns, so that no renderer needs to check again:
//!
//! - every string has gone through [`sanitize`](super::sanitize);
//! - [`Inline::Text`] holds no line break (breaks are [`Inline::SoftBreak`] and [`Inline::HardBreak`]); code and raw HTML
//!   may hold line feeds and tabs;
//! - containers nest at most [`MAX_DEPTH`] deep, so a recursive renderer cannot overflow the stack.

use serde::Serialize;

use crate::PostId;

/// How deep containers (quotes, lists, spoilers, emphasis, links, ...) nest at most; deeper ones are dissolved into their
/// content. List items, paragraphs and table cells are not counted: they come once per container.
pub const MAX_DEPTH: usize = 32;

/// A formatted text: a post, a page, a biography.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The blocks, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a text that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        children: Vec<Inline>,
    },
    /// A heading.
    Heading {
        /// Its rank, from 1 (highest) to 6.
        level: u8,
        /// The text.
        children: Vec<Inline>,
    },
    /// Source code or other text that keeps its spaces and line breaks.
    CodeBlock {
        /// The first word after the fence, if there is one.
        language: Option<String>,
        /// The code, without a final line feed.
        code: String,
    },
    /// Words of somebody else.
    Quote {
        /// Whose words, and where they stand, if the first line of the quote says so.
        attribution: Option<Attribution>,
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// The number of the first item; `None` for a list without numbers.
        start: Option<u64>,
        /// Whether the items stand close together, without blank lines.
        is_tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A table.
    Table {
        /// How the columns are aligned; as many as there are columns.
        alignments: Vec<Alignment>,
        /// The cells of the heading row.
        header: Vec<TableCell>,
        /// The rows below it. Empty cells at the end of a row are left out, so it may have fewer than there are columns.
        rows: Vec<Vec<TableCell>>,
    },
    /// A line across the page.
    Rule,
    /// Text that is hidden until the reader asks for it.
    Spoiler {
        /// What is hidden.
        blocks: Vec<Block>,
    },
    /// A summary that unfolds.
    Details {
        /// What is always seen; may be empty.
        summary: Vec<Inline>,
        /// What is folded away.
        blocks: Vec<Block>,
    },
    /// HTML that the author wrote, to be shown as text.
    RawHtml {
        /// The source, without a final line feed.
        text: String,
    },
    /// The text of a footnote.
    Footnote {
        /// What [`Inline::FootnoteReference`] names.
        label: String,
        /// The text.
        blocks: Vec<Block>,
    },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListItem {
    /// Whether the task is done, if the item is a task.
    pub task: Option<bool>,
    /// The content; in a tight list its texts are paragraphs too.
    pub blocks: Vec<Block>,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TableCell {
    /// The text.
    pub children: Vec<Inline>,
}

/// How a column of a table is aligned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// As the renderer likes.
    #[default]
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// Whose words a quote repeats, and where they stand.
///
/// In source text it is the first line of a block quote, ending in a colon: `> @alice, #48213:`, `> @alice:`,
/// `> #48213:`, `> **Jane Doe**:` or `> @alice, [Another topic](https://example.org/t/5):`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attribution {
    /// Who wrote it.
    pub author: Option<Author>,
    /// Where it stands.
    pub source: Option<Source>,
}

/// The author of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Author {
    /// Somebody of this space: `@alice`. Being quoted is not being mentioned.
    Member {
        /// The name, without the `@`.
        name: String,
    },
    /// Anybody else: `**Jane Doe**`.
    Named {
        /// The name as written.
        name: String,
    },
}

/// Where a quote comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Source {
    /// A post of this space: `#48213`.
    Post {
        /// Its number.
        id: PostId,
    },
    /// Another place: `[title](destination)`.
    Link {
        /// Where it leads.
        destination: String,
        /// What it is called.
        title: String,
    },
}

/// A part of a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Plain text, without line breaks; two texts never stand side by side.
    Text {
        /// The text.
        text: String,
    },
    /// Stress: `*text*`.
    Emphasis {
        /// The text.
        children: Vec<Inline>,
    },
    /// Importance: `**text**`.
    Strong {
        /// The text.
        children: Vec<Inline>,
    },
    /// Struck out: `~~text~~`.
    Strike {
        /// The text.
        children: Vec<Inline>,
    },
    /// Raised: `<sup>text</sup>`.
    Superscript {
        /// The text.
        children: Vec<Inline>,
    },
    /// Lowered: `<sub>text</sub>`.
    Subscript {
        /// The text.
        children: Vec<Inline>,
    },
    /// A key to press: `<kbd>Ctrl</kbd>`.
    Keyboard {
        /// The text.
        children: Vec<Inline>,
    },
    /// Hidden until the reader asks for it: `[spoiler]text[/spoiler]`.
    Spoiler {
        /// The text.
        children: Vec<Inline>,
    },
    /// Code inside a line.
    Code {
        /// The code; never holds a line break.
        code: String,
    },
    /// A link; also a bare address in the text.
    Link {
        /// Where it leads: an address with a safe scheme, a relative path, or `#48213` for a thing of this space that has a number.
        destination: String,
        /// A remark about it; often empty.
        title: String,
        /// The text; holds no other link, no mention and no reference.
        children: Vec<Inline>,
    },
    /// A picture.
    Image {
        /// Where it is: http, https or a relative path.
        source: String,
        /// What it shows, for those who do not see it.
        alt: String,
    },
    /// A line break that the author wants.
    HardBreak,
    /// A line break of the source, which a renderer may show as a space.
    SoftBreak,
    /// Somebody or a group is called: `@alice`. Whether the name exists is not known here.
    Mention {
        /// The name, without the `@`.
        name: String,
    },
    /// A shortcode: `:smile:`. Whether it names a picture is not known here.
    Emoji {
        /// The name, without the colons.
        name: String,
    },
    /// A post, or another thing of this space that has a number: `#48213`. Whether it exists is not known here.
    Reference {
        /// Its number, above zero.
        id: i64,
    },
    /// The mark of a footnote.
    FootnoteReference {
        /// What [`Block::Footnote`] names.
        label: String,
    },
}

impl Inline {
    /// Returns a plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// Returns what the part contains, if it is a container.
    pub fn children(&self) -> Option<&[Inline]> {
        match self {
            Self::Emphasis { children }
            | Self::Strong { children }
            | Self::Strike { children }
            | Self::Superscript { children }
            | Self::Subscript { children }
            | Self::Keyboard { children }
            | Self::Spoiler { children }
            | Self::Link { children, .. } => Some(children),
            Self::Text { .. }
            | Self::Code { .. }
            | Self::Image { .. }
            | Self::HardBreak
            | Self::SoftBreak
            | Self::Mention { .. }
            | Self::Emoji { .. }
            | Self::Reference { .. }
            | Self::FootnoteReference { .. } => None,
        }
    }
}

impl Block {
    /// Returns a paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph {
            children: vec![Inline::text(text)],
        }
    }
}
