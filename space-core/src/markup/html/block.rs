// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What stands on lines of its own.

use super::super::sanitize;
use super::LinkMap;
use super::inline::{Line, MAX_ELEMENTS};
use super::node::{self, Html, Next};
use super::{code, embed};

/// Writes blocks.
pub(super) struct Converter<'a> {
    pub(super) links: &'a dyn LinkMap,
    /// Elements around the current one.
    pub(super) depth: usize,
}

/// A block that is written.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is_paragraph: bool,
    /// Whether it may follow a paragraph without a blank line.
    pub(super) is_attachable: bool,
}

impl<'a> Converter<'a> {
    pub(super) fn new(links: &'a dyn LinkMap) -> Self {
        Self { links, depth: 0 }
    }

    /// Returns what a node holds, its blocks apart by blank lines.
    pub(super) fn blocks(&mut self, node: Html<'_>) -> String {
        let parts: Vec<_> = self.parts(node).into_iter().map(|part| part.text).collect();
        parts.join("\n\n")
    }

    /// Returns the blocks that a node holds. Text and inline elements between blocks are paragraphs.
    pub(super) fn parts(&mut self, node: Html<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut run: Vec<Html<'_>> = Vec::new();
        let mut previous_list = None;
        self.depth += 1;
        for child in node.children() {
            // Not allowed in a paragraph, a lightbox ends it for the HTML parser, but the author wrote one paragraph.
            let goes_on =
                node::name(child) == "p" && child.next_sibling().is_some_and(node::is_lightbox);
            if goes_on {
                self.end_run(&mut run, &mut parts, &mut previous_list);
                run.extend(child.children());
                continue;
            }
            if !node::is_block(child) {
                run.push(child);
                continue;
            }
            self.end_run(&mut run, &mut parts, &mut previous_list);
            if node::is_hidden(child) {
                continue;
            }
            if let list @ ("ul" | "ol") = node::name(child) {
                let is_alternate = previous_list
                    .is_some_and(|(name, was_alternate)| name == list && !was_alternate);
                let text = self.bounded(child, |this| this.list(child, is_alternate));
                previous_list = Some((list, is_alternate));
                let is_attachable = Part::can_attach(child, &text);
                push(
                    &mut parts,
                    Part {
                        text,
                        is_paragraph: false,
                        is_attachable,
                    },
                );
                continue;
            }
            let count = parts.len();
            self.block(child, &mut parts);
            if parts.len() > count {
                previous_list = None;
            }
        }
        self.end_run(&mut run, &mut parts, &mut previous_list);
        self.depth -= 1;
        parts
    }

    fn end_run<'t>(
        &mut self,
        run: &mut Vec<Html<'t>>,
        parts: &mut Vec<Part>,
        previous_list: &mut Option<(&'t str, bool)>,
    ) {
        if run.iter().all(|node| node::is_blank(*node)) {
            run.clear();
            return;
        }
        let text = Line::new(self.links, self.depth).paragraph(run.drain(..));
        if !text.is_empty() {
            *previous_list = None;
        }
        push(parts, paragraph(text));
    }

    /// Follows an element, unless it is too deep: then its text is written.
    fn bounded(&mut self, node: Html<'_>, write: impl FnOnce(&mut Self) -> String) -> String {
        if self.depth < MAX_ELEMENTS {
            return write(self);
        }
        let mut line = Line::new(self.links, self.depth);
        line.text(&node::text(node), Next::Break);
        line.out.trim().to_owned()
    }

    fn block(&mut self, node: Html<'_>, parts: &mut Vec<Part>) {
        let is_quote = node::name(node) == "aside" && node::has_class(node, "quote");
        let preview = if is_quote {
            Self::preview(node)
        } else {
            embed::address(node)
        };
        if let Some(address) = preview {
            let mut line = Line::new(self.links, self.depth);
            line.embedded(&address);
            push(parts, paragraph(line.out));
            return;
        }
        if embed::is_embed(node) {
            return;
        }
        match node::name(node) {
            "p" => self.paragraph(node, parts),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => push(parts, block(self.heading(node))),
            "hr" => push(parts, block("---".to_owned())),
            "pre" => push(parts, block(code::block(node))),
            "blockquote" => {
                let text = self.bounded(node, |this| this.plain_quote(node));
                push(parts, block(text));
            }
            "aside" if is_quote => {
                let text = self.bounded(node, |this| this.quote(node));
                push(parts, block(text));
            }
            "table" => push(parts, block(self.table(node))),
            "details" => {
                let text = self.bounded(node, |this| this.details(node));
                push(parts, block(text));
            }
            // Read with its details.
            "summary" => {}
            "div" if node::has_class(node, "spoiler") || node::has_class(node, "spoiled") => {
                let inner = self.bounded(node, |this| this.blocks(node));
                if !inner.is_empty() {
                    push(parts, block(format!("[spoiler]\n\n{inner}\n\n[/spoiler]")));
                }
            }
            _ if self.depth >= MAX_ELEMENTS => {
                let text = self.bounded(node, |_| String::new());
                push(parts, paragraph(text));
            }
            _ => parts.append(&mut self.parts(node)),
        }
    }

    /// A code span of several lines was meant as a block, and would lose its line breaks in a paragraph.
    fn paragraph(&mut self, node: Html<'_>, parts: &mut Vec<Part>) {
        let children: Vec<_> = node.children().collect();
        let is_block = |child: &Html<'_>| {
            node::name(*child) == "code" && node::text(*child).trim().contains('\n')
        };
        for run in children.chunk_by(|left, right| !is_block(left) && !is_block(right)) {
            match run {
                [code] if is_block(code) => push(parts, block(code::block(*code))),
                _ => {
                    let text = Line::new(self.links, self.depth).paragraph(run.iter().copied());
                    push(parts, paragraph(text));
                }
            }
        }
    }

    fn heading(&mut self, node: Html<'_>) -> String {
        let level = node::name(node)
            .bytes()
            .last()
            .map_or(1, |digit| usize::from(digit.saturating_sub(b'0')));
        let text = Line::new(self.links, self.depth).with_breaks(node.children(), "\\\n");
        if text.is_empty() {
            return String::new();
        }
        // Only underlined headings have several lines, and only two levels can be underlined.
        match level {
            1 if text.contains('\n') => format!("{text}\n==="),
            2 if text.contains('\n') => format!("{text}\n---"),
            _ => format!(
                "{} {}",
                "#".repeat(level),
                text.replace("\\\n", " ").replace('\n', " ")
            ),
        }
    }

    fn details(&mut self, node: Html<'_>) -> String {
        let summary = node
            .children()
            .find(|child| node::name(*child) == "summary")
            .map(|summary| sanitize::line(&node::text(summary)).into_owned())
            .unwrap_or_default();
        let summary = summary
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let inner = self.blocks(node);
        let gap = if inner.is_empty() { "" } else { "\n\n" };
        format!("<details>\n<summary>{summary}</summary>\n\n{inner}{gap}</details>")
    }
}

impl Line<'_> {
    /// Writes the address of an embedded thing, or what it is here.
    pub(super) fn embedded(&mut self, address: &str) {
        match self.links.link(address) {
            Some(super::Target::Id(id)) => self.out.extend(["#", &id.to_string()]),
            Some(super::Target::Address(address)) => {
                self.address(&sanitize::line(&address), Next::Break);
            }
            None => self.address(&sanitize::line(address), Next::Break),
        }
    }
}

fn paragraph(text: String) -> Part {
    Part {
        text,
        is_paragraph: true,
        is_attachable: false,
    }
}

fn block(text: String) -> Part {
    Part {
        text,
        is_paragraph: false,
        is_attachable: false,
    }
}

fn push(parts: &mut Vec<Part>, part: Part) {
    if !part.text.is_empty() {
        parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_between_blocks_is_nothing() {
        let html = scraper::Html::parse_fragment("\n <p>a</p> \n <p>b</p>\n");
        let markdown = Converter::new(&super::super::KeepLinks).blocks(*html.root_element());
        assert_eq!(markdown, "a\n\nb");
    }
}
