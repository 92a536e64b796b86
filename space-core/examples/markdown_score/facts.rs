// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is compared of a text.

use std::collections::BTreeSet;

use space_core::markup::{Block, Inline, TableCell, parse};

use super::normal;
use super::written::UPLOAD;

/// What is compared of a text.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The visible text, normalised.
    pub(crate) text: String,
    /// Addresses that are linked to, normalised.
    pub(crate) links: BTreeSet<String>,
    /// Code blocks, in their order.
    pub(crate) code: Vec<String>,
    /// Addresses that stand bare: their texts do not count.
    pub(crate) bare: BTreeSet<String>,
    visible: String,
}

impl Facts {
    /// Reads a text. The texts of links to the addresses in `bare` do not count.
    pub(crate) fn of(source: &str, bare: &BTreeSet<String>) -> Self {
        let mut facts = Self {
            bare: bare.clone(),
            ..Self::default()
        };
        facts.blocks(&parse(source).blocks);
        facts.text = normal::text(&facts.visible);
        facts
    }

    /// Adds the addresses of HTML that the author wrote, which Discourse applies and our parser shows.
    pub(crate) fn with_html_links(mut self) -> Self {
        for part in self.visible.split("href=").skip(1) {
            let Some(quote) = part.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            if let Some(address) = part[1..].split(quote).next() {
                self.links.insert(normal::address(address));
            }
        }
        self
    }

    /// Returns whether an address stands in the visible text, link or not: Discourse links to what has no scheme too.
    pub(crate) fn shows(&self, address: &str) -> bool {
        self.visible
            .to_lowercase()
            .contains(&address.to_lowercase())
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { children } | Block::Heading { children, .. } => {
                    self.inlines(children);
                }
                Block::CodeBlock { code, .. } => {
                    self.visible.push_str(code);
                    self.code.push(normal::code(code));
                }
                // The head of a quote is no text of the author's.
                Block::Quote { blocks, .. }
                | Block::Spoiler { blocks }
                | Block::Footnote { blocks, .. } => self.blocks(blocks),
                Block::Details { summary, blocks } => {
                    self.inlines(summary);
                    self.blocks(blocks);
                }
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                Block::Table { header, rows, .. } => {
                    self.cells(header);
                    for row in rows {
                        self.cells(row);
                    }
                }
                Block::RawHtml { text } => self.visible.push_str(text),
                Block::Rule => {}
            }
            self.visible.push('\n');
        }
    }

    fn cells(&mut self, cells: &[TableCell]) {
        for cell in cells {
            self.inlines(&cell.children);
            self.visible.push(' ');
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.visible.push_str(text),
                Inline::Code { code } => self.visible.push_str(code),
                Inline::HardBreak | Inline::SoftBreak => self.visible.push('\n'),
                Inline::Mention { name } => self.visible.extend(["@", name]),
                Inline::Emoji { .. } | Inline::Image { .. } | Inline::FootnoteReference { .. } => {}
                Inline::Reference { id } => self.visible.extend(["#", &id.to_string()]),
                Inline::Link {
                    destination,
                    children,
                    ..
                } => self.link(destination, children),
                other => self.inlines(other.children().unwrap_or_default()),
            }
        }
    }

    fn link(&mut self, destination: &str, children: &[Inline]) {
        let link = normal::address(destination);
        let is_bare = matches!(children, [Inline::Text { text }] if text.contains("://") && normal::address(text) == link);
        if is_bare {
            self.bare.insert(link.clone());
        }
        if !self.bare.contains(&link) {
            self.inlines(children);
        }
        if !destination.contains(UPLOAD) {
            self.links.insert(link);
        }
    }
}
