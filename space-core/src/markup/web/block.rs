// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Blocks.

use super::super::document::{
    Alignment, Attribution, Author, Block, Inline, ListItem, Source, TableCell,
};
use super::{Part, Writer};

/// Shows every part of a block that is not hidden in a spoiler, outer ones first.
pub(super) fn visit<'a>(block: &'a Block, see: &mut dyn FnMut(Part<'a>)) {
    let cells = |cells: &'a [TableCell], see: &mut dyn FnMut(Part<'a>)| {
        for cell in cells {
            visit_inlines(&cell.children, see);
        }
    };
    match block {
        Block::Paragraph { children } => visit_inlines(children, see),
        Block::Heading { level, children } => {
            see(Part::Heading(*level));
            visit_inlines(children, see);
        }
        Block::Quote {
            attribution,
            blocks,
        } => {
            if let Some(author) = attribution.as_ref().and_then(|it| it.author.as_ref()) {
                see(Part::Author(author));
            }
            visit_all(blocks, see);
        }
        Block::List { items, .. } => {
            for item in items {
                visit_all(&item.blocks, see);
            }
        }
        Block::Table { header, rows, .. } => {
            cells(header, see);
            for row in rows {
                cells(row, see);
            }
        }
        Block::Details { summary, blocks } => {
            visit_inlines(summary, see);
            visit_all(blocks, see);
        }
        Block::Footnote { label, blocks } => {
            see(Part::Footnote(label));
            visit_all(blocks, see);
        }
        Block::Spoiler { blocks } => {
            // Names and footnotes in it count; pictures stay hidden.
            visit_all(blocks, &mut |part| {
                if !matches!(part, Part::Inline(Inline::Image { .. })) {
                    see(part);
                }
            });
        }
        Block::CodeBlock { .. } | Block::Rule | Block::RawHtml { .. } => {}
    }
}

fn visit_all<'a>(blocks: &'a [Block], see: &mut dyn FnMut(Part<'a>)) {
    for block in blocks {
        visit(block, see);
    }
}

fn visit_inlines<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(Part<'a>)) {
    for inline in inlines {
        see(Part::Inline(inline));
        match inline {
            Inline::Spoiler { children } => visit_inlines(children, &mut |part| {
                if !matches!(part, Part::Inline(Inline::Image { .. })) {
                    see(part);
                }
            }),
            other => visit_inlines(other.children().unwrap_or_default(), see),
        }
    }
}

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if self.is_full() {
                return;
            }
            self.block(block);
            self.tag("\n");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { children } => {
                self.tag("<p dir=\"auto\">");
                self.inlines(children);
                self.tag("</p>");
            }
            Block::Heading { level, children } => {
                let rank = (self.look.heading.max(1) + level.saturating_sub(self.highest)).min(6);
                self.tag(&format!("<h{rank} dir=\"auto\">"));
                self.inlines(children);
                self.tag(&format!("</h{rank}>"));
            }
            Block::CodeBlock { language, code } => self.code(language.as_deref(), code),
            Block::Quote {
                attribution,
                blocks,
            } => self.quote(attribution.as_ref(), blocks),
            Block::List {
                start,
                is_tight,
                items,
            } => self.list(*start, *is_tight, items),
            Block::Table {
                alignments,
                header,
                rows,
            } => self.table(alignments, header, rows),
            Block::Rule => self.tag("<hr>"),
            Block::Spoiler { .. } if self.look.masks_spoilers => {
                self.tag("<p>[");
                self.text(self.look.words.spoiler);
                self.tag("]</p>");
            }
            Block::Spoiler { blocks } => {
                self.tag("<details class=\"spoiler\"><summary>");
                self.text(self.look.words.spoiler);
                self.tag("</summary>\n");
                self.blocks(blocks);
                self.tag("</details>");
            }
            Block::Details { summary, blocks } => {
                self.tag("<details><summary dir=\"auto\">");
                if summary.is_empty() {
                    self.text(self.look.words.details);
                } else {
                    self.inlines(summary);
                }
                self.tag("</summary>\n");
                self.blocks(blocks);
                self.tag("</details>");
            }
            Block::RawHtml { text } => self.code(None, text),
            Block::Footnote { label, blocks } => self.footnote(label, blocks),
        }
    }

    /// Code is written from the left, whatever stands around it, and whoever has no mouse can scroll it.
    fn code(&mut self, language: Option<&str>, code: &str) {
        self.tag("<pre dir=\"ltr\" tabindex=\"0\"><code");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#');
        if let Some(language) = language
            && language.len() <= 30
            && language.chars().all(is_plain)
        {
            self.attribute("class", &format!("language-{language}"));
        }
        self.tag(">");
        self.text(code);
        self.tag("</code></pre>");
    }

    fn quote(&mut self, attribution: Option<&Attribution>, blocks: &[Block]) {
        let has_source = attribution.is_some_and(|it| it.author.is_some() || it.source.is_some());
        if let Some(attribution) = attribution.filter(|_| has_source) {
            self.tag("<figure><figcaption dir=\"auto\">");
            self.attribution(attribution);
            self.tag("</figcaption>\n");
        }
        self.tag("<blockquote>\n");
        self.blocks(blocks);
        self.tag("</blockquote>");
        if has_source {
            self.tag("\n</figure>");
        }
    }

    fn attribution(&mut self, attribution: &Attribution) {
        match &attribution.author {
            Some(Author::Member { name }) => self.mention(name),
            Some(Author::Named { name }) => {
                self.tag("<bdi>");
                self.text(name);
                self.tag("</bdi>");
            }
            None => {}
        }
        if attribution.author.is_some() && attribution.source.is_some() {
            self.tag(", ");
        }
        match &attribution.source {
            Some(Source::Post { id }) => self.reference(id.get()),
            Some(Source::Link { destination, title }) => {
                self.link(destination, "", &[Inline::text(title.as_str())]);
            }
            None => {}
        }
    }

    fn list(&mut self, start: Option<u64>, is_tight: bool, items: &[ListItem]) {
        match start {
            None => self.tag("<ul>\n"),
            Some(1) => self.tag("<ol>\n"),
            Some(number) => self.tag(&format!("<ol start=\"{number}\">\n")),
        }
        for item in items {
            if self.is_full() {
                break;
            }
            self.tag("<li dir=\"auto\">");
            let mark = item.task.map(|is_done| if is_done { "☑ " } else { "☐ " });
            self.item(mark, is_tight, &item.blocks);
            self.tag("</li>\n");
        }
        self.tag(if start.is_some() { "</ol>" } else { "</ul>" });
    }

    fn item(&mut self, mark: Option<&str>, is_tight: bool, blocks: &[Block]) {
        let mut mark = mark;
        for (at, block) in blocks.iter().enumerate() {
            if self.is_full() {
                return;
            }
            match block {
                Block::Paragraph { children } if is_tight => {
                    if at > 0 {
                        self.tag("\n");
                    }
                    self.tag(mark.take().unwrap_or_default());
                    self.inlines(children);
                }
                Block::Paragraph { children } => {
                    self.tag("<p>");
                    self.tag(mark.take().unwrap_or_default());
                    self.inlines(children);
                    self.tag("</p>\n");
                }
                other => {
                    self.tag(mark.take().unwrap_or_default());
                    self.tag("\n");
                    self.block(other);
                    self.tag("\n");
                }
            }
        }
        self.tag(mark.unwrap_or_default());
    }

    /// A table may be wider than the page, and scrolls in a frame of its own.
    fn table(&mut self, alignments: &[Alignment], header: &[TableCell], rows: &[Vec<TableCell>]) {
        self.tag("<div class=\"wide\" tabindex=\"0\" role=\"group\"");
        self.attribute("aria-label", self.look.words.table);
        self.tag("><table dir=\"auto\">\n<thead>\n<tr>");
        self.cells(alignments, header, "<th scope=\"col\"", "</th>");
        self.tag("</tr>\n</thead>\n");
        if !rows.is_empty() {
            self.tag("<tbody>\n");
            for row in rows {
                if self.is_full() {
                    break;
                }
                self.tag("<tr>");
                self.cells(alignments, row, "<td", "</td>");
                self.tag("</tr>\n");
            }
            self.tag("</tbody>\n");
        }
        self.tag("</table></div>");
    }

    fn cells(&mut self, alignments: &[Alignment], cells: &[TableCell], open: &str, close: &str) {
        for (at, cell) in cells.iter().enumerate() {
            // A row without a cell is no row.
            if at > 0 && self.is_full() {
                return;
            }
            self.tag(open);
            if cell.children.is_empty() {
                self.tag(">");
                self.tag(close);
                continue;
            }
            match alignments.get(at) {
                Some(Alignment::Left) => self.tag(" class=\"left\""),
                Some(Alignment::Center) => self.tag(" class=\"center\""),
                Some(Alignment::Right) => self.tag(" class=\"right\""),
                Some(Alignment::None) | None => {}
            }
            self.tag(" dir=\"auto\">");
            self.inlines(&cell.children);
            self.tag(close);
        }
    }

    fn footnote(&mut self, label: &str, blocks: &[Block]) {
        let number = self.footnotes.get(label).copied().unwrap_or_default();
        self.tag("<div class=\"footnote\"");
        let id = format!("{}-note-{number}", self.look.id);
        self.attribute("id", &id);
        self.tag(&format!("><span class=\"mark\">{number}.</span>\n"));
        self.blocks(blocks);
        self.tag("</div>");
    }
}
