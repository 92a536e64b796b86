// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reads CommonMark source into a [`Document`].
//!
//! pulldown-cmark yields a flat row of events; the [`Builder`] keeps the open containers on a stack of its own, so
//! nothing here recurses and a hostile text cannot overflow the stack. Besides the containers that pulldown-cmark opens
//! and closes there are *soft* ones, opened and closed by text (`[spoiler]`, `<kbd>`, `<details>`): when the container
//! around them ends first, they dissolve back into text.

mod address;
mod attribution;
mod frame;
mod tag;
mod text;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use self::frame::{Frame, Kind, Span};
use self::text::Pending;
use super::budget::{self, Spent};
use super::document::{Alignment, Block, Document, Inline, MAX_DEPTH};
use super::sanitize;

#[cfg(feature = "html")]
pub(super) use self::address::is_safe_destination;

/// Reads CommonMark source with our additions (see the [module](super)). Every text is a valid source; what cannot be
/// shown safely becomes plain text. What goes over the limits of a document ([`budget`]) stays source: the
/// block that does, and all that follow, are one block of code.
pub fn parse(source: &str) -> Document {
    let source = sanitize::text(source);
    let mut builder = Builder::new(&source);
    for (event, range) in Parser::new_ext(&source, budget::options(&source)).into_offset_iter() {
        if builder.opened.is_empty() {
            builder.block_start = range.start;
        }
        if !builder.spent.count(&event) {
            builder.keep_rest_as_source();
            break;
        }
        builder.event(event, range);
    }
    builder.finish()
}

/// Turns events into a document.
struct Builder<'s> {
    source: &'s str,
    /// The open containers; the first is the document.
    frames: Vec<Frame>,
    /// For every container that pulldown-cmark has opened, whether it got a frame (the too deep have none).
    opened: Vec<bool>,
    /// Open frames that count towards [`MAX_DEPTH`].
    depth: usize,
    /// Open links, inside which no other link may stand.
    links: usize,
    /// Text not yet searched for tokens, since pulldown-cmark cuts it in pieces.
    pending: Pending,
    /// A `[/spoiler]` that closes a block spoiler if the paragraph ends here.
    has_spoiler_end: bool,
    spent: Spent,
    /// Where the outermost open block begins in the source.
    block_start: usize,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            frames: vec![Frame::new(Kind::Root)],
            opened: Vec::new(),
            depth: 0,
            links: 0,
            pending: Pending::default(),
            has_spoiler_end: false,
            spent: Spent::default(),
            block_start: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Event::Text(text) = &event {
            match &mut self.top().kind {
                Kind::Code { code, .. } => code.push_str(&sanitize::text(text)),
                Kind::Html { text: html } => html.push_str(&sanitize::text(text)),
                _ => self.pending.push(text, self.source, range),
            }
            return;
        }
        self.flush_text();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Code(code) => {
                let code = sanitize::text(&code).replace('\n', " ");
                self.push(Inline::Code { code });
            }
            Event::InlineHtml(html) => self.inline_html(&sanitize::text(&html)),
            Event::Html(html) => match &mut self.top().kind {
                Kind::Html { text } => text.push_str(&sanitize::text(&html)),
                _ => self.push_text(&sanitize::line(&html)),
            },
            Event::SoftBreak => self.push(Inline::SoftBreak),
            Event::HardBreak => self.push(Inline::HardBreak),
            Event::Rule => self.push_block(Block::Rule),
            Event::FootnoteReference(label) => {
                let label = sanitize::line(&label).into_owned();
                self.push(Inline::FootnoteReference { label });
            }
            Event::TaskListMarker(is_done) => {
                let task = self
                    .frames
                    .iter_mut()
                    .rev()
                    .find_map(|frame| match &mut frame.kind {
                        Kind::Item { task } => Some(task),
                        _ => None,
                    });
                if let Some(task) = task {
                    *task = Some(is_done);
                }
            }
            // Not switched on; shown as text should that ever change.
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push_text(&sanitize::line(&text));
            }
            Event::Text(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let kind = match tag {
            Tag::Paragraph => {
                let above = self.frames.len().wrapping_sub(2);
                if matches!(self.top().kind, Kind::Item { .. })
                    && let Some(Frame {
                        kind: Kind::List { is_loose, .. },
                        ..
                    }) = self.frames.get_mut(above)
                {
                    *is_loose = true;
                }
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading { level: level as u8 },
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => language(info),
                    CodeBlockKind::Indented => None,
                };
                Kind::Code {
                    language,
                    code: String::new(),
                }
            }
            Tag::HtmlBlock => Kind::Html {
                text: String::new(),
            },
            Tag::List(start) => Kind::List {
                start,
                is_loose: false,
                items: Vec::new(),
            },
            Tag::Item => Kind::Item { task: None },
            Tag::FootnoteDefinition(label) => Kind::Footnote {
                label: sanitize::line(&label).into_owned(),
            },
            Tag::Table(alignments) => Kind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                header: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => Kind::Row { cells: Vec::new() },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Span(Span::Emphasis),
            Tag::Strong => Kind::Span(Span::Strong),
            Tag::Strikethrough => Kind::Span(Span::Strike),
            Tag::Superscript => Kind::Span(Span::Superscript),
            Tag::Subscript => Kind::Span(Span::Subscript),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let destination = match link_type {
                    LinkType::Email => address::destination(&format!("mailto:{dest_url}")),
                    _ => address::destination(&dest_url),
                };
                match destination {
                    Some(destination) => Kind::Span(Span::Link {
                        destination,
                        title: sanitize::line(&title).into_owned(),
                    }),
                    None => Kind::Dissolved,
                }
            }
            Tag::Image { dest_url, .. } => Kind::Image {
                source: address::image_source(&dest_url),
            },
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Kind::Dissolved,
        };
        if kind.is_block() {
            self.dissolve_soft_spans();
            if self.top().kind.holds_blocks() {
                self.top().flush();
            }
        }
        let is_item_of_dissolved =
            matches!(kind, Kind::Item { .. }) && !matches!(self.top().kind, Kind::List { .. });
        let is_too_deep = kind.counts() && self.depth >= MAX_DEPTH;
        let is_opened = !is_too_deep && !is_item_of_dissolved && !matches!(kind, Kind::Dissolved);
        self.opened.push(is_opened);
        if is_opened {
            self.open(kind);
        }
    }

    fn end(&mut self, end: TagEnd) {
        if self.opened.pop() != Some(true) {
            // The pieces of a dissolved list stay apart.
            if matches!(end, TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::List(_))
                && self.top().kind.holds_blocks()
            {
                self.dissolve_soft_spans();
                self.top().flush();
            }
            return;
        }
        if matches!(self.innermost_hard(), Kind::Paragraph) {
            self.end_paragraph();
            return;
        }
        self.dissolve_soft();
        if matches!(self.top().kind, Kind::Html { .. }) {
            self.end_html();
        } else {
            self.close();
        }
    }

    /// Opens a frame.
    fn open(&mut self, kind: Kind) {
        self.spent.nodes += 1;
        self.depth += usize::from(kind.counts());
        self.links += usize::from(matches!(kind, Kind::Span(Span::Link { .. })));
        self.frames.push(Frame::new(kind));
    }

    /// Takes the innermost frame off the stack.
    fn pop(&mut self) -> Option<Frame> {
        // The document itself stays.
        if self.frames.len() < 2 {
            return None;
        }
        let frame = self.frames.pop()?;
        self.depth -= usize::from(frame.kind.counts());
        self.links -= usize::from(matches!(frame.kind, Kind::Span(Span::Link { .. })));
        Some(frame)
    }

    /// Closes the innermost frame and hands what it became to the one around it.
    fn close(&mut self) {
        if let Some(frame) = self.pop() {
            frame.close_into(self.top());
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames
            .last_mut()
            .expect("the document's frame is never popped")
    }

    /// Returns the innermost frame that pulldown-cmark opened (or the document).
    fn innermost_hard(&self) -> &Kind {
        self.frames
            .iter()
            .rev()
            .map(|frame| &frame.kind)
            .find(|kind| !kind.is_soft())
            .unwrap_or(&Kind::Root)
    }

    fn push(&mut self, inline: Inline) {
        self.spent.nodes += 1;
        if std::mem::take(&mut self.has_spoiler_end) {
            self.top().push_text("[/spoiler]");
        }
        self.top().push(inline);
    }

    fn push_text(&mut self, text: &str) {
        self.spent.nodes += 1;
        if std::mem::take(&mut self.has_spoiler_end) {
            self.top().push_text("[/spoiler]");
        }
        self.top().push_text(text);
    }

    fn push_block(&mut self, block: Block) {
        self.spent.nodes += 1;
        self.dissolve_soft_spans();
        self.top().push_block(block);
    }

    /// Turns the soft spans on top back into text.
    fn dissolve_soft_spans(&mut self) {
        while matches!(self.top().kind, Kind::SoftSpan { .. }) {
            self.dissolve();
        }
    }

    /// Turns all soft containers on top back into text.
    fn dissolve_soft(&mut self) {
        while self.top().kind.is_soft() {
            self.dissolve();
        }
    }

    fn dissolve(&mut self) {
        if let Some(frame) = self.pop() {
            frame.dissolve_into(self.top());
        }
    }

    /// Ends a paragraph, which may open or close a block spoiler.
    fn end_paragraph(&mut self) {
        let opens_spoiler = matches!(
            self.frames.as_slice(),
            [.., Frame { kind: Kind::Paragraph, inlines, .. }, Frame { kind: Kind::SoftSpan { span: Span::Spoiler, .. }, .. }]
                if inlines.is_empty()
        );
        let closes_spoiler = std::mem::take(&mut self.has_spoiler_end);
        if opens_spoiler && let Some(content) = self.pop() {
            self.pop();
            self.open(Kind::SoftBlock { details: None });
            self.top().push_paragraph(content.inlines);
            return;
        }
        self.dissolve_soft_spans();
        self.close();
        if closes_spoiler && matches!(self.top().kind, Kind::SoftBlock { details: None }) {
            self.close();
        }
    }

    /// Leaves the outermost open block, and has it and all that follows as source. A spoiler that is open hides that, too.
    fn keep_rest_as_source(&mut self) {
        self.pending = Pending::default();
        self.has_spoiler_end = false;
        let blocks = self.opened.iter().filter(|is_opened| **is_opened).count();
        let mut left = blocks;
        while left > 0 {
            match self.pop() {
                Some(frame) if !frame.kind.is_soft() => left -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.dissolve_soft_spans();
        self.opened.clear();
        let code = self.source[self.block_start..].trim_end().to_owned();
        self.push_block(Block::CodeBlock {
            language: None,
            code,
        });
        while self.frames.len() > 1 {
            self.close();
        }
    }

    fn finish(mut self) -> Document {
        self.flush_text();
        while self.frames.len() > 1 {
            if self.top().kind.is_soft() {
                self.dissolve();
            } else {
                self.close();
            }
        }
        let mut root = self.frames.pop().unwrap_or_else(|| Frame::new(Kind::Root));
        root.flush();
        Document {
            blocks: root.blocks,
        }
    }
}

/// Returns the language that the line after a fence names: `rust,ignore` is Rust.
fn language(info: &str) -> Option<String> {
    let info = sanitize::line(info);
    let first = info.split([' ', ',', '{']).next().unwrap_or_default();
    (!first.is_empty()).then(|| first.to_owned())
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests;
