// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What stands on lines of its own.

use super::super::parse::is_safe_destination;
use super::super::sanitize;
use super::inline::{Line, MAX_ELEMENTS};
use super::node::{self, Html, Next};
use super::{LinkMap, Polls, code, embed, event};

/// Writes blocks.
pub(super) struct Converter<'a> {
    pub(super) links: &'a dyn LinkMap,
    /// Elements around the current one.
    pub(super) depth: usize,
    pub(super) polls: Polls,
}

/// How deep code of several lines is looked for within marks of a line.
const MAX_MARKS: usize = 4;

/// A block that is written.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is_paragraph: bool,
    /// Whether it may follow a paragraph without a blank line.
    pub(super) is_attachable: bool,
}

impl<'a> Converter<'a> {
    pub(super) fn new(links: &'a dyn LinkMap, polls: Polls) -> Self {
        Self {
            links,
            depth: 0,
            polls,
        }
    }

    /// Returns what a node holds, its blocks apart by blank lines.
    pub(super) fn blocks(&mut self, node: Html<'_>) -> String {
        self.joined(node.children())
    }

    /// Returns nodes as blocks, apart by blank lines.
    pub(super) fn joined<'t>(&mut self, nodes: impl Iterator<Item = Html<'t>>) -> String {
        let parts: Vec<_> = self
            .parts_of(nodes)
            .into_iter()
            .map(|part| part.text)
            .collect();
        parts.join("\n\n")
    }

    /// Returns the blocks that a node holds.
    pub(super) fn parts(&mut self, node: Html<'_>) -> Vec<Part> {
        self.parts_of(node.children())
    }

    /// Returns nodes as blocks. Text and inline elements between blocks are paragraphs.
    pub(super) fn parts_of<'t>(&mut self, nodes: impl Iterator<Item = Html<'t>>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut run: Vec<Html<'_>> = Vec::new();
        let mut previous_list = None;
        self.depth += 1;
        for child in nodes {
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
                if self.polls == Polls::InText && node::is_poll(child) {
                    push(&mut parts, block(self.poll(child)));
                }
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
        let count = parts.len();
        self.inline(run, 0, parts);
        run.clear();
        if parts.len() > count {
            *previous_list = None;
        }
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
            "p" => {
                let children: Vec<_> = node.children().collect();
                self.inline(&children, 0, parts);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => push(parts, block(self.heading(node))),
            "hr" => push(parts, block("---".to_owned())),
            "pre" => self.code(node, parts),
            "blockquote" => {
                let text = self.bounded(node, |this| this.plain_quote(node));
                push(parts, block(text));
            }
            "aside" if is_quote => {
                let text = self.bounded(node, |this| this.quote(node));
                push(parts, block(text));
            }
            "table" => {
                let caption = node::find(node, |inner| node::name(inner) == "caption");
                if let Some(caption) = caption {
                    let line = Line::new(self.links, self.depth);
                    push(parts, paragraph(line.paragraph(caption.children())));
                }
                push(parts, block(self.table(node)));
            }
            "details" => {
                let text = self.bounded(node, |this| this.details(node));
                push(parts, block(text));
            }
            "summary" if is_head(node) => {}
            "div" if event::is_event(node) => {
                push(parts, paragraph(self.event(node)));
                parts.append(&mut self.parts(node));
            }
            "div" if node::has_class(node, "spoiler") || node::has_class(node, "spoiled") => {
                let inner = self.bounded(node, |this| this.blocks(node));
                push(parts, block(spoiler(&inner)));
            }
            _ if self.depth >= MAX_ELEMENTS => {
                let text = self.bounded(node, |_| String::new());
                push(parts, paragraph(text));
            }
            _ => parts.append(&mut self.parts(node)),
        }
    }

    /// Writes what stands in a line. A code span of several lines was meant as a block, and would lose its line breaks in a
    /// paragraph; so would one within marks, such as those of a spoiler.
    fn inline(&mut self, nodes: &[Html<'_>], marks: usize, parts: &mut Vec<Part>) {
        let nodes: Vec<(Html<'_>, bool)> = nodes
            .iter()
            .map(|node| (*node, marks < MAX_MARKS && has_code_block(*node)))
            .collect();
        for run in nodes.chunk_by(|left, right| !left.1 && !right.1) {
            match run {
                [(code, true)] if node::is_code(*code) => self.code(*code, parts),
                [(marked, true)] => {
                    let mut inner = Vec::new();
                    let children: Vec<_> = marked.children().collect();
                    self.inline(&children, marks + 1, &mut inner);
                    if is_spoiler(*marked) {
                        let inner: Vec<_> = inner.into_iter().map(|part| part.text).collect();
                        push(parts, block(spoiler(&inner.join("\n\n"))));
                    } else {
                        parts.append(&mut inner);
                    }
                }
                _ => {
                    let line = Line::new(self.links, self.depth);
                    push(
                        parts,
                        paragraph(line.paragraph(run.iter().map(|(node, _)| *node))),
                    );
                }
            }
        }
    }

    /// Writes a block of code, and behind it where links in it lead: nothing in a block of code can be one.
    fn code(&mut self, node: Html<'_>, parts: &mut Vec<Part>) {
        push(parts, block(code::block(node)));
        let mut line = Line::new(self.links, self.depth);
        for anchor in node.descendants() {
            let Some(href) = node::href(anchor) else {
                continue;
            };
            if is_safe_destination(href) {
                line.embedded(href);
                line.hard_break();
            }
        }
        push(parts, paragraph(line.finish("\\\n")));
    }

    /// Writes a poll as a list of what could be chosen.
    fn poll(&mut self, poll: Html<'_>) -> String {
        let options = poll
            .descendants()
            .filter(|inner| node::name(*inner) == "li");
        let title = node::find(poll, |inner| node::has_class(inner, "poll-title"));
        let title = title.map(|title| self.blocks(title)).unwrap_or_default();
        let options: Vec<String> = options
            .map(|option| {
                let text = Line::new(self.links, self.depth).with_breaks(option.children(), " ");
                format!("- {}", text.replace('\n', " "))
            })
            .collect();
        let gap = if title.is_empty() || options.is_empty() {
            ""
        } else {
            "\n\n"
        };
        format!("{title}{gap}{}", options.join("\n"))
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

/// Whether a summary is read with its details.
pub(super) fn is_head(summary: Html<'_>) -> bool {
    summary.parent().is_some_and(|parent| {
        node::name(parent) == "details"
            && parent
                .children()
                .find(|child| node::name(*child) == "summary")
                .is_some_and(|first| first.id() == summary.id())
    })
}

fn is_spoiler(node: Html<'_>) -> bool {
    node::has_class(node, "spoiler") || node::has_class(node, "spoiled")
}

/// Whether the node is code of several lines, or marks with such code between them.
fn has_code_block(node: Html<'_>) -> bool {
    let is_block = |inner: Html<'_>| {
        node::is_code(inner) && node::text(inner).trim_matches('\n').contains('\n')
    };
    match node::name(node) {
        "em" | "i" | "u" | "ins" | "strong" | "b" | "s" | "del" | "strike" | "span" | "small"
        | "big" | "font" => node::find(node, is_block).is_some(),
        _ => is_block(node),
    }
}

fn spoiler(inner: &str) -> String {
    if inner.is_empty() {
        return String::new();
    }
    format!("[spoiler]\n\n{inner}\n\n[/spoiler]")
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
        let markdown =
            Converter::new(&super::super::KeepLinks, Polls::Apart).blocks(*html.root_element());
        assert_eq!(markdown, "a\n\nb");
    }
}
