// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! CommonMark documents as lines of spans, wrapped to a width.

mod code;
mod inline;
pub mod link;
mod paper;
mod post;
mod sought;
mod table;

use space_core::markup::{Attribution, Author, Block, Document, Inline, ListItem, Source};

pub use paper::{Colouring, Colours, Extras, Paper, Picture, Rendered, Snippet, Wish};
#[cfg(test)]
pub(crate) use post::fault;
pub use post::post;
pub use sought::Sought;

use crate::doc::{Mark, Role, Span, Strip, Target};
use crate::l10n::L10n;
use crate::text::bidi::{levelled, reads_from_right};
use crate::text::clean;
use crate::text::isolate::step;
use crate::text::measure::width;
use crate::text::wrap::wrap;
use inline::{inlines, pictures};
use table::Table;

/// Columns a text keeps, however deep it is quoted or listed.
const NARROWEST: usize = 12;

/// Returns the lines of a post's source, everything written out.
pub fn source(text: &str, columns: usize, l10n: &L10n) -> Vec<Vec<Span>> {
    post(text, Paper::stream(columns, l10n)).lines
}

/// Renders a document.
pub fn render(document: &Document, paper: Paper<'_>) -> Rendered {
    let mut out = Writer {
        paper,
        done: Rendered::default(),
    };
    out.blocks(
        &document.blocks,
        paper.columns.max(NARROWEST),
        Role::Text,
        false,
    );
    out.done
}

struct Writer<'a> {
    paper: Paper<'a>,
    done: Rendered,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], columns: usize, role: Role, is_tight: bool) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && !is_tight {
                self.done.lines.push(Vec::new());
            }
            self.block(block, columns, role);
        }
    }

    fn block(&mut self, block: &Block, columns: usize, role: Role) {
        step(1);
        match block {
            Block::Paragraph { children } => self.paragraph(children, columns, role),
            Block::Heading { level, children } => {
                let mark = "#".repeat(usize::from(*level)) + " ";
                let mut spans = vec![Span::new(Role::Heading, mark)];
                spans.extend(inlines(children, Role::Heading, &self.paper));
                self.running(spans, columns);
                self.pictures(children, columns);
            }
            Block::CodeBlock { code, language } => self.code(code, language.as_deref(), columns),
            Block::RawHtml { text } => self.code(text, Some("html"), columns),
            Block::Quote {
                attribution,
                blocks,
            } => {
                let from = attribution.as_ref().map(|a| self.attribution(a));
                self.bordered("│ ", Role::Quote, columns, |inner, columns| {
                    if let Some(from) = from {
                        inner.done.lines.extend(wrap(&from, columns));
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
            } => {
                let table = Table {
                    alignments,
                    header,
                    rows,
                };
                let lines = table.lines(columns, &self.paper);
                let marked = lines.into_iter().map(|line| self.paper.marked(line));
                self.done.lines.extend(marked);
            }
            Block::Rule => {
                let across = "─".repeat(columns.min(40));
                self.done.lines.push(vec![Span::new(Role::Quiet, across)]);
            }
            Block::Spoiler { .. } if !self.paper.is_opened => {
                let text = self.paper.l10n.text("post-spoiler-closed");
                self.running(vec![Span::new(Role::Warning, format!("[{text}]"))], columns);
            }
            Block::Spoiler { blocks } => {
                let text = self.paper.l10n.text("post-spoiler");
                self.running(vec![Span::new(Role::Warning, text)], columns);
                self.bordered("┊ ", Role::Quiet, columns, |inner, columns| {
                    inner.blocks(blocks, columns, Role::Quiet, false);
                });
            }
            Block::Details { summary, blocks } => {
                let mark = if self.paper.is_opened { "▾ " } else { "▸ " };
                let mut spans = vec![Span::new(Role::Quiet, mark)];
                spans.extend(inlines(summary, Role::Heading, &self.paper));
                self.running(spans, columns);
                if self.paper.is_opened {
                    self.bordered("  ", Role::Quiet, columns, |inner, columns| {
                        inner.blocks(blocks, columns, role, false);
                    });
                }
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
        let spans = inlines(children, role, &self.paper);
        self.running(spans, columns);
        self.pictures(children, columns);
    }

    /// Wraps running text; what reads from right to left stands at the right edge.
    fn running(&mut self, spans: Vec<Span>, columns: usize) {
        let spans = self.paper.marked(spans);
        if !self.paper.orders_rtl {
            self.done.lines.extend(wrap(&spans, columns));
            return;
        }
        for mut line in wrap(&levelled(spans), columns) {
            if reads_from_right(&line) {
                let used: usize = line.iter().map(|span| width(&span.text)).sum();
                let fill = " ".repeat(columns.saturating_sub(used));
                line.insert(0, Span::new(Role::Text, fill));
            }
            self.done.lines.push(line);
        }
    }

    /// Keeps the places of pictures under the text that tells of them, or says why they are not there.
    fn pictures(&mut self, children: &[Inline], columns: usize) {
        let (Some(extras), true) = (self.paper.extras, self.paper.shows_pictures) else {
            return;
        };
        let mut found = Vec::new();
        pictures(children, &mut found);
        for source in found {
            match extras.pictures.get(source) {
                Some(Picture::Ready(wide, high)) if usize::from(*wide) <= columns => {
                    for row in 0..*high {
                        let strip = Strip {
                            source: source.to_owned(),
                            row,
                            size: (*wide, *high),
                        };
                        let space = " ".repeat(usize::from(*wide));
                        let span = Span::new(Role::Text, space);
                        let mark = Some(Mark::Picture(strip).into());
                        self.done.lines.push(vec![span.marked(mark)]);
                    }
                    self.done.wishes.push(Wish::Picture(source.to_owned()));
                }
                Some(Picture::Failed(why)) => {
                    let text = self.paper.l10n.text(why);
                    self.running(vec![Span::new(Role::Quiet, format!("({text})"))], columns);
                }
                Some(Picture::Asked) => self.done.wishes.push(Wish::Picture(source.to_owned())),
                None if link::is_own(source, self.paper.origin) || self.paper.loads_foreign => {
                    self.done.wishes.push(Wish::Picture(source.to_owned()));
                }
                Some(Picture::Ready(..)) | None => {}
            }
        }
    }

    fn code(&mut self, code: &str, language: Option<&str>, columns: usize) {
        // Where the window is wider than running text may be, code is not wrapped before its edge.
        let wider = self.paper.code_columns.saturating_sub(self.paper.columns);
        let inner = (columns + wider).saturating_sub(2).max(NARROWEST);
        let (lines, wish) = code::lines(code, language, inner, &self.paper);
        self.done.lines.extend(lines);
        self.done.wishes.extend(wish);
    }

    /// Renders something inside, and puts the same mark before each of its lines.
    fn bordered(
        &mut self,
        mark: &str,
        role: Role,
        columns: usize,
        inside: impl FnOnce(&mut Self, usize),
    ) {
        let first = self.done.lines.len();
        let indent = width(mark);
        let inner = columns.saturating_sub(indent).max(NARROWEST);
        inside(self, inner);
        let lines = &mut self.done.lines[first..];
        let is_rtl = lines
            .iter()
            .find(|line| !line.is_empty())
            .is_some_and(|line| reads_from_right(line));
        for line in lines {
            if is_rtl {
                put_right(line, Span::new(role, mirrored(mark)), inner);
            } else {
                line.insert(0, Span::new(role, mark));
            }
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
        let first = self.done.lines.len();
        let indent = width(mark);
        let inner = columns.saturating_sub(indent).max(NARROWEST);
        inside(self, inner);
        if self.done.lines.len() == first {
            self.done.lines.push(Vec::new());
        }
        let lines = &mut self.done.lines[first..];
        let is_rtl = lines.first().is_some_and(|line| reads_from_right(line));
        for (at, line) in lines.iter_mut().enumerate() {
            let mark = match at {
                0 if is_rtl => Span::new(role, mirrored(mark)),
                0 => Span::new(role, mark),
                _ => Span::new(Role::Text, " ".repeat(indent)),
            };
            if is_rtl {
                put_right(line, mark, inner);
            } else {
                line.insert(0, mark);
            }
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
                self.done.lines.push(Vec::new());
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
            Some(Source::Post { id }) => {
                let mark = Mark::Link(Target::Post(*id));
                let span = Span::new(Role::Id, format!("#{id}"));
                spans.push(span.marked(Some(mark.into())));
            }
            Some(Source::Link { title, destination }) => {
                let to = link::target(destination, self.paper.origin).map(Mark::Link);
                let span = Span::new(Role::Link, clean::line(title));
                spans.push(span.marked(to.map(Into::into)));
            }
            None => {}
        }
        spans.push(Span::new(Role::Quiet, self.paper.l10n.text("post-wrote")));
        spans
    }
}

/// Puts a mark after a line of `columns`, where a text that reads from right to left begins.
fn put_right(line: &mut Vec<Span>, mark: Span, columns: usize) {
    let used: usize = line.iter().map(|span| width(&span.text)).sum();
    if used < columns {
        line.push(Span::new(Role::Text, " ".repeat(columns - used)));
    }
    line.push(mark);
}

/// A mark as it stands on the right of a line: `3. ` becomes ` .3`, and `• ` becomes ` •`.
fn mirrored(mark: &str) -> String {
    let mut out = String::with_capacity(mark.len());
    for word in mark.split(' ').rev() {
        match word.strip_suffix('.') {
            Some(number) => {
                out.push('.');
                out.push_str(number);
            }
            None => out.push_str(word),
        }
        out.push(' ');
    }
    out.pop();
    out
}

#[cfg(test)]
mod size_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::plain;
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
        insta::assert_snapshot!(shown(text, 14), @r"
        name: feed
        what it does:
        a long
        sentence about
        the feed
        ");
    }

    #[test]
    fn code_keeps_its_spaces_and_shows_where_a_line_goes_on() {
        assert_eq!(
            shown("```\na    b\n0123456789abcdef\n```", 14),
            "  a    b\n  0123456789ab\n↳ cdef\n"
        );
        assert_eq!(
            shown("```\none(two, three)\n```", 14),
            "  one(two,\n↳ three)\n"
        );
    }

    #[test]
    fn code_is_as_wide_as_the_window() {
        let l10n = L10n::english();
        let paper = Paper {
            code_columns: 30,
            ..Paper::stream(14, &l10n)
        };
        let done = post(
            "```\n0123456789abcdefghij\n```\n\nprose that is wrapped",
            paper,
        );
        let lines: Vec<String> = done.lines.iter().map(|line| plain(line)).collect();
        assert_eq!(
            lines,
            ["  0123456789abcdefghij", "", "prose that is", "wrapped"]
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
