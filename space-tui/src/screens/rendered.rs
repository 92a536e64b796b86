// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! CommonMark documents as lines of spans, wrapped to a width.

use space_core::markup::{
    self, Alignment, Attribution, Author, Block, Document, Inline, ListItem, Source, TableCell,
};

use crate::doc::{Role, Span, Stress, plain};
use crate::l10n::L10n;
use crate::text::clean;
use crate::text::measure::{column, column_right, width};
use crate::text::wrap::{chop, wrap};

/// Columns a text keeps, however deep it is quoted or listed.
const NARROWEST: usize = 12;

/// Returns the lines of a post's source.
pub fn source(text: &str, columns: usize, l10n: &L10n) -> Vec<Vec<Span>> {
    document(&markup::parse(text), columns, l10n)
}

/// Returns the lines of a document.
pub fn document(document: &Document, columns: usize, l10n: &L10n) -> Vec<Vec<Span>> {
    let mut out = Rendered {
        l10n,
        lines: Vec::new(),
    };
    out.blocks(&document.blocks, columns.max(NARROWEST), Role::Text, false);
    out.lines
}

struct Rendered<'a> {
    l10n: &'a L10n,
    lines: Vec<Vec<Span>>,
}

impl Rendered<'_> {
    fn blocks(&mut self, blocks: &[Block], columns: usize, role: Role, is_tight: bool) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && !is_tight {
                self.lines.push(Vec::new());
            }
            self.block(block, columns, role);
        }
    }

    fn block(&mut self, block: &Block, columns: usize, role: Role) {
        match block {
            Block::Paragraph { children } => self.paragraph(children, columns, role),
            Block::Heading { level, children } => {
                let mut spans = vec![Span::new(
                    Role::Heading,
                    "#".repeat(usize::from(*level)) + " ",
                )];
                spans.extend(inlines(children, Role::Heading));
                self.lines.extend(wrap(&spans, columns));
            }
            Block::CodeBlock { code, .. } => self.code(code, columns),
            Block::RawHtml { text } => self.code(text, columns),
            Block::Quote {
                attribution,
                blocks,
            } => {
                let from = attribution.as_ref().map(|a| self.attribution(a));
                self.bordered("│ ", Role::Quote, columns, |inner, columns| {
                    if let Some(from) = from {
                        inner.lines.extend(wrap(&from, columns));
                    }
                    inner.blocks(blocks, columns, Role::Quote, false);
                });
            }
            Block::List {
                start,
                is_tight,
                items,
            } => self.list(*start, *is_tight, items, columns, role),
            Block::Table {
                alignments,
                header,
                rows,
            } => self.table(alignments, header, rows, columns),
            Block::Rule => {
                let across = "─".repeat(columns.min(40));
                self.lines.push(vec![Span::new(Role::Quiet, across)]);
            }
            Block::Spoiler { blocks } => {
                self.lines.push(vec![Span::new(
                    Role::Warning,
                    self.l10n.text("post-spoiler"),
                )]);
                self.bordered("┊ ", Role::Quiet, columns, |inner, columns| {
                    inner.blocks(blocks, columns, Role::Quiet, false);
                });
            }
            Block::Details { summary, blocks } => {
                let mut spans = vec![Span::new(Role::Quiet, "▾ ")];
                spans.extend(inlines(summary, Role::Heading));
                self.lines.extend(wrap(&spans, columns));
                self.bordered("  ", Role::Quiet, columns, |inner, columns| {
                    inner.blocks(blocks, columns, role, false);
                });
            }
            Block::Footnote { label, blocks } => {
                let mark = format!("[{label}] ");
                self.hanging(&mark, Role::Quiet, columns, |inner, columns| {
                    inner.blocks(blocks, columns, Role::Quiet, false);
                });
            }
        }
    }

    fn paragraph(&mut self, children: &[Inline], columns: usize, role: Role) {
        self.lines.extend(wrap(&inlines(children, role), columns));
    }

    fn code(&mut self, code: &str, columns: usize) {
        let code = clean::block(code);
        let inner = columns.saturating_sub(2).max(NARROWEST);
        for line in code.split('\n') {
            for piece in chop(&[Span::new(Role::Code, line)], inner) {
                let mut spans = vec![Span::new(Role::Text, "  ")];
                spans.extend(piece);
                self.lines.push(spans);
            }
        }
    }

    /// Renders something inside, and puts the same mark before each of its lines.
    fn bordered(
        &mut self,
        mark: &str,
        role: Role,
        columns: usize,
        inside: impl FnOnce(&mut Self, usize),
    ) {
        let first = self.lines.len();
        inside(self, columns.saturating_sub(width(mark)).max(NARROWEST));
        for line in &mut self.lines[first..] {
            line.insert(0, Span::new(role, mark));
        }
    }

    /// Renders something inside, with a mark before its first line and space before the others.
    fn hanging(
        &mut self,
        mark: &str,
        role: Role,
        columns: usize,
        inside: impl FnOnce(&mut Self, usize),
    ) {
        let first = self.lines.len();
        let indent = width(mark);
        inside(self, columns.saturating_sub(indent).max(NARROWEST));
        if self.lines.len() == first {
            self.lines.push(Vec::new());
        }
        for (at, line) in self.lines[first..].iter_mut().enumerate() {
            let span = match at {
                0 => Span::new(role, mark),
                _ => Span::new(Role::Text, " ".repeat(indent)),
            };
            line.insert(0, span);
        }
    }

    fn list(
        &mut self,
        start: Option<u64>,
        is_tight: bool,
        items: &[ListItem],
        columns: usize,
        role: Role,
    ) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 && !is_tight {
                self.lines.push(Vec::new());
            }
            let mut mark = match start {
                Some(n) => format!("{}. ", n.saturating_add(at as u64)),
                None => "• ".to_owned(),
            };
            match item.task {
                Some(true) => mark.push_str("[x] "),
                Some(false) => mark.push_str("[ ] "),
                None => {}
            }
            self.hanging(&mark, Role::Quiet, columns, |inner, columns| {
                inner.blocks(&item.blocks, columns, role, is_tight);
            });
        }
    }

    fn attribution(&self, attribution: &Attribution) -> Vec<Span> {
        let mut spans = Vec::new();
        match &attribution.author {
            Some(Author::Member { name } | Author::Named { name }) => {
                spans.push(Span::new(Role::Author, clean::line(name)));
            }
            None => {}
        }
        if !spans.is_empty() && attribution.source.is_some() {
            spans.push(Span::new(Role::Quiet, ", "));
        }
        match &attribution.source {
            Some(Source::Post { id }) => spans.push(Span::new(Role::Id, format!("#{id}"))),
            Some(Source::Link { title, .. }) => {
                spans.push(Span::new(Role::Link, clean::line(title)));
            }
            None => {}
        }
        spans.push(Span::new(Role::Quiet, self.l10n.text("post-wrote")));
        spans
    }

    /// A simple table: columns as wide as they need; when that is too wide, cells one under the other.
    fn table(
        &mut self,
        alignments: &[Alignment],
        header: &[TableCell],
        rows: &[Vec<TableCell>],
        columns: usize,
    ) {
        let text =
            |cell: &TableCell| plain(&inlines(&cell.children, Role::Text)).replace('\n', " ");
        let head: Vec<String> = header.iter().map(text).collect();
        let body: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(text).collect())
            .collect();
        let widths: Vec<usize> = (0..head.len())
            .map(|at| {
                let cells = body.iter().filter_map(|row| row.get(at));
                cells
                    .chain([&head[at]])
                    .map(|cell| width(cell))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        if widths.iter().sum::<usize>() + 3 * widths.len().saturating_sub(1) <= columns {
            let line = |cells: &[String], role: Role| {
                let mut spans = Vec::new();
                for (at, cell) in cells.iter().enumerate().take(widths.len()) {
                    if at > 0 {
                        spans.push(Span::new(Role::Quiet, " │ "));
                    }
                    let cell = match alignments.get(at) {
                        Some(Alignment::Right) => column_right(cell, widths[at]),
                        _ => column(cell, widths[at]),
                    };
                    spans.push(Span::new(role, cell));
                }
                spans
            };
            self.lines.push(line(&head, Role::Heading));
            let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
            self.lines
                .push(vec![Span::new(Role::Quiet, rule.join("─┼─"))]);
            self.lines
                .extend(body.iter().map(|row| line(row, Role::Text)));
            return;
        }
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.lines.push(Vec::new());
            }
            for (name, cell) in header.iter().zip(row) {
                let mut spans = inlines(&name.children, Role::Heading);
                spans.push(Span::new(Role::Quiet, ": "));
                spans.extend(inlines(&cell.children, Role::Text));
                self.hanging("", Role::Text, columns, |inner, columns| {
                    inner.lines.extend(wrap(&spans, columns));
                });
            }
        }
    }
}

/// Returns the spans of a line of text.
fn inlines(children: &[Inline], role: Role) -> Vec<Span> {
    let mut out = Vec::new();
    collect(children, role, Stress::default(), &mut out);
    out
}

fn collect(children: &[Inline], role: Role, stress: Stress, out: &mut Vec<Span>) {
    let span = |role: Role, text: &str| Span {
        text: clean::block(text).into_owned(),
        role,
        stress,
    };
    for child in children {
        match child {
            Inline::Text { text } => out.push(span(role, text)),
            Inline::Code { code } => out.push(span(Role::Code, code)),
            Inline::HardBreak => out.push(span(role, "\n")),
            Inline::SoftBreak => out.push(span(role, " ")),
            Inline::Mention { name } => out.push(span(Role::Mention, &format!("@{name}"))),
            Inline::Emoji { name } => out.push(span(role, &format!(":{name}:"))),
            Inline::Reference { id } => out.push(span(Role::Link, &format!("#{id}"))),
            Inline::FootnoteReference { label } => {
                out.push(span(Role::Quiet, &format!("[{label}]")));
            }
            Inline::Image { source, alt } => {
                if !alt.is_empty() {
                    out.push(span(Role::Text, &format!("[{alt}] ")));
                }
                out.push(span(Role::Link, &format!("<{source}>")));
            }
            Inline::Emphasis { children } => {
                collect(
                    children,
                    role,
                    Stress {
                        emphasis: true,
                        ..stress
                    },
                    out,
                );
            }
            Inline::Strong { children } | Inline::Keyboard { children } => {
                collect(
                    children,
                    role,
                    Stress {
                        strong: true,
                        ..stress
                    },
                    out,
                );
            }
            Inline::Strike { children } => {
                collect(
                    children,
                    role,
                    Stress {
                        struck: true,
                        ..stress
                    },
                    out,
                );
            }
            Inline::Superscript { children } => {
                out.push(span(role, "^"));
                collect(children, role, stress, out);
            }
            Inline::Subscript { children } => {
                out.push(span(role, "_"));
                collect(children, role, stress, out);
            }
            Inline::Spoiler { children } => {
                out.push(span(Role::Quiet, "┊"));
                collect(children, Role::Quiet, stress, out);
                out.push(span(Role::Quiet, "┊"));
            }
            Inline::Link {
                destination,
                children,
                ..
            } => link(destination, children, stress, out),
        }
    }
}

/// A link shows where it leads, unless its text already does: a reader must see that before following it.
fn link(destination: &str, children: &[Inline], stress: Stress, out: &mut Vec<Span>) {
    let first = out.len();
    collect(children, Role::Link, stress, out);
    let shown = plain(&out[first..]);
    let bare = |address: &str| {
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        address
            .trim_start_matches("mailto:")
            .trim_end_matches('/')
            .to_owned()
    };
    if bare(&shown) != bare(destination) {
        let target = format!(" <{}>", clean::line(destination));
        out.push(Span {
            text: target,
            role: Role::Quiet,
            stress: Stress::default(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, columns: usize) -> String {
        let lines = source(text, columns, &L10n::english());
        lines
            .iter()
            .map(|line| plain(line).trim_end().to_owned() + "\n")
            .collect()
    }

    #[test]
    fn a_post_with_a_bit_of_everything() {
        let text = "# Head\n\nSome *stressed* text that is long enough to wrap, \
            [a link](https://example.org/x) and https://example.org.\n\n> @alice, #48213:\n> What she said\n> at length\n\n\
            - one\n- two\n  - deep\n\n3. three\n4. four\n\n```rust\nfn main() {\n    body\n}\n```\n\n\
            - [x] done\n- [ ] open\n\n| a | number |\n|---|--:|\n| b | 1 |\n";
        insta::assert_snapshot!(shown(text, 40));
    }

    #[test]
    fn a_table_that_is_too_wide_is_shown_cell_by_cell() {
        let text =
            "| name | what it does |\n|---|---|\n| feed | a long sentence about the feed |\n";
        insta::assert_snapshot!(shown(text, 20), @r"
        name: feed
        what it does: a long
        sentence about the
        feed
        ");
    }

    #[test]
    fn code_keeps_its_spaces_and_is_chopped() {
        assert_eq!(
            shown("```\na    b\n0123456789abcdef\n```", 14),
            "  a    b\n  0123456789ab\n  cdef\n"
        );
    }

    proptest! {
        #[test]
        fn any_text_renders_without_controls(text in "(\\PC|[\\x00-\\x1f>*#`|\\[\\]()\\- \n日]){0,200}", columns in 1_usize..80) {
            for line in source(&text, columns, &L10n::english()) {
                for span in line {
                    prop_assert!(!span.text.chars().any(char::is_control), "{:?}", span.text);
                }
            }
        }
    }
}
