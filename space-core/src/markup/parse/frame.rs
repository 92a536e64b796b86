// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The containers that are open while a text is read.

use super::super::document::{Alignment, Block, Inline, ListItem, TableCell};
use super::super::plain;
use super::attribution;

/// An open container and what it holds so far.
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
}

/// What is open.
pub(super) enum Kind {
    Root,
    Quote,
    List {
        start: Option<u64>,
        is_loose: bool,
        items: Vec<ListItem>,
    },
    Item {
        task: Option<bool>,
    },
    Footnote {
        label: String,
    },
    Paragraph,
    Heading {
        level: u8,
    },
    Code {
        language: Option<String>,
        code: String,
    },
    Html {
        text: String,
    },
    Table {
        alignments: Vec<Alignment>,
        header: Vec<TableCell>,
        rows: Vec<Vec<TableCell>>,
    },
    Row {
        cells: Vec<TableCell>,
    },
    Cell,
    Span(Span),
    /// Without a source that may be loaded it becomes its text.
    Image {
        source: Option<String>,
    },
    /// A span that text opened.
    SoftSpan {
        span: Span,
        opener: String,
    },
    /// A block spoiler, or details, that text opened.
    SoftBlock {
        details: Option<Details>,
    },
    /// Never on the stack: what it would hold goes to the container around it.
    Dissolved,
}

/// How details began.
pub(super) struct Details {
    pub(super) summary: Vec<Inline>,
    pub(super) opener: String,
}

/// A container inside a line.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Span {
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Keyboard,
    Spoiler,
    Link { destination: String, title: String },
}

impl Kind {
    /// Whether it counts towards the depth.
    pub(super) fn counts(&self) -> bool {
        matches!(
            self,
            Self::Quote
                | Self::List { .. }
                | Self::Footnote { .. }
                | Self::Span(_)
                | Self::Image { .. }
                | Self::SoftSpan { .. }
                | Self::SoftBlock { .. }
        )
    }

    pub(super) fn is_soft(&self) -> bool {
        matches!(self, Self::SoftSpan { .. } | Self::SoftBlock { .. })
    }

    pub(super) fn is_block(&self) -> bool {
        !matches!(
            self,
            Self::Span(_)
                | Self::Image { .. }
                | Self::SoftSpan { .. }
                | Self::Cell
                | Self::Row { .. }
                | Self::Dissolved
        )
    }

    /// Whether blocks may stand in it.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(
            self,
            Self::Root
                | Self::Quote
                | Self::Item { .. }
                | Self::Footnote { .. }
                | Self::SoftBlock { .. }
        )
    }
}

impl Span {
    pub(super) fn into_inline(self, children: Vec<Inline>) -> Inline {
        match self {
            Self::Emphasis => Inline::Emphasis { children },
            Self::Strong => Inline::Strong { children },
            Self::Strike => Inline::Strike { children },
            Self::Superscript => Inline::Superscript { children },
            Self::Subscript => Inline::Subscript { children },
            Self::Keyboard => Inline::Keyboard { children },
            Self::Spoiler => Inline::Spoiler { children },
            Self::Link { destination, title } => Inline::Link {
                destination,
                title,
                children,
            },
        }
    }
}

impl Frame {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            inlines: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, inline: Inline) {
        match inline {
            Inline::Text { text } => self.push_text(&text),
            inline => self.inlines.push(inline),
        }
    }

    /// Adds text, to the text before it if there is one.
    pub(super) fn push_text(&mut self, text: &str) {
        if let Some(Inline::Text { text: before }) = self.inlines.last_mut() {
            before.push_str(text);
        } else if !text.is_empty() {
            self.inlines.push(Inline::text(text));
        }
    }

    pub(super) fn push_block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// Adds a paragraph unless it would be empty; breaks at its ends go.
    pub(super) fn push_paragraph(&mut self, mut children: Vec<Inline>) {
        let is_break =
            |inline: Option<&Inline>| matches!(inline, Some(Inline::SoftBreak | Inline::HardBreak));
        while is_break(children.last()) {
            children.pop();
        }
        let leading = children
            .iter()
            .take_while(|inline| is_break(Some(inline)))
            .count();
        children.drain(..leading);
        if !children.is_empty() {
            self.blocks.push(Block::Paragraph { children });
        }
    }

    /// Makes a paragraph of the text that stands in a container of blocks: a tight item, mostly.
    pub(super) fn flush(&mut self) {
        if !self.inlines.is_empty() {
            let children = std::mem::take(&mut self.inlines);
            self.push_paragraph(children);
        }
    }

    /// Becomes a part of the container around it.
    pub(super) fn close_into(mut self, parent: &mut Frame) {
        if self.kind.holds_blocks() {
            self.flush();
        }
        let Self {
            kind,
            mut blocks,
            inlines,
        } = self;
        match kind {
            Kind::Quote => {
                let attribution = attribution::take(&mut blocks);
                parent.push_block(Block::Quote {
                    attribution,
                    blocks,
                });
            }
            Kind::List {
                start,
                is_loose,
                items,
            } => {
                parent.push_block(Block::List {
                    start,
                    is_tight: !is_loose,
                    items,
                });
            }
            Kind::Item { task } => match &mut parent.kind {
                Kind::List { items, .. } => items.push(ListItem { task, blocks }),
                _ => parent.blocks.append(&mut blocks),
            },
            Kind::Footnote { label } => parent.push_block(Block::Footnote { label, blocks }),
            Kind::Paragraph => parent.push_paragraph(inlines),
            Kind::Heading { level } => parent.push_block(Block::Heading {
                level,
                children: inlines,
            }),
            Kind::Code { language, mut code } => {
                if code.ends_with('\n') {
                    code.pop();
                }
                parent.push_block(Block::CodeBlock { language, code });
            }
            Kind::Html { text } => parent.push_block(Block::RawHtml { text }),
            Kind::Table {
                alignments,
                header,
                rows,
            } => {
                parent.push_block(Block::Table {
                    alignments,
                    header,
                    rows,
                });
            }
            Kind::Row { mut cells } => {
                if let Kind::Table { header, rows, .. } = &mut parent.kind {
                    // The heading row comes first and has one cell at least.
                    if header.is_empty() {
                        *header = cells;
                    } else {
                        while cells.len() > 1
                            && cells.last().is_some_and(|cell| cell.children.is_empty())
                        {
                            cells.pop();
                        }
                        // What is left of a long row is not to keep its room.
                        cells.shrink_to_fit();
                        rows.push(cells);
                    }
                }
            }
            Kind::Cell => {
                if let Kind::Row { cells } = &mut parent.kind {
                    cells.push(TableCell { children: inlines });
                }
            }
            Kind::Span(span) | Kind::SoftSpan { span, .. } => {
                if !inlines.is_empty() || matches!(span, Span::Link { .. }) {
                    parent.push(span.into_inline(inlines));
                }
            }
            Kind::Image { source } => {
                let alt = plain::inline_text(&inlines);
                match source {
                    Some(source) => parent.push(Inline::Image { source, alt }),
                    None => parent.push_text(&alt),
                }
            }
            Kind::SoftBlock { details: None } => parent.push_block(Block::Spoiler { blocks }),
            Kind::SoftBlock {
                details: Some(Details { summary, .. }),
            } => {
                parent.push_block(Block::Details { summary, blocks });
            }
            Kind::Root | Kind::Dissolved => parent.blocks.append(&mut blocks),
        }
    }

    /// Turns a soft container into the text that opened it and what it holds.
    pub(super) fn dissolve_into(mut self, parent: &mut Frame) {
        if self.kind.holds_blocks() {
            self.flush();
        }
        match self.kind {
            Kind::SoftSpan { opener, .. } => {
                parent.push_text(&opener);
                for inline in self.inlines {
                    parent.push(inline);
                }
            }
            Kind::SoftBlock { details } => {
                parent.push_block(match details {
                    None => Block::paragraph("[spoiler]"),
                    Some(Details { opener, .. }) => Block::RawHtml { text: opener },
                });
                parent.blocks.append(&mut self.blocks);
            }
            _ => {}
        }
    }
}
