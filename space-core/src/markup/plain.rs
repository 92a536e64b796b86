// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The words of a document without its looks, for full-text search and for excerpts.

use unicode_segmentation::UnicodeSegmentation;

use super::document::{Attribution, Author, Block, Document, Inline, Source, TableCell};

/// Returns all words of a document, for full-text search: one line per block or row, spoilers, quotes and code included,
/// addresses left out unless they are the text of their link.
pub fn plain_text(document: &Document) -> String {
    let mut writer = Writer::new(Purpose::Search, usize::MAX);
    writer.blocks(&document.blocks);
    writer.finish()
}

/// Returns the beginning of a document on one line of at most `max_chars` characters, cut between graphemes, with an
/// ellipsis if anything was cut. Spoilers are masked; quotes and code are left out unless there is nothing else.
pub fn excerpt(document: &Document, max_chars: usize) -> String {
    let own_words = excerpt_for(document, Purpose::Excerpt, max_chars);
    if own_words.is_empty() {
        excerpt_for(document, Purpose::ExcerptOfAll, max_chars)
    } else {
        own_words
    }
}

/// Returns the words of a line, for the description of a picture.
pub(super) fn inline_text(inlines: &[Inline]) -> String {
    let mut writer = Writer::new(Purpose::Search, usize::MAX);
    writer.inlines(inlines);
    super::sanitize::line(&writer.out).into_owned()
}

fn excerpt_for(document: &Document, purpose: Purpose, max_chars: usize) -> String {
    // Bytes that surely hold one character more than wanted, white space not counted.
    let mut writer = Writer::new(purpose, max_chars.saturating_add(1).saturating_mul(8));
    writer.blocks(&document.blocks);
    let is_cut = writer.is_full();
    let words = writer.finish();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&words, max_chars, is_cut)
}

/// Cuts a line between graphemes.
fn cut(line: &str, max_chars: usize, is_more: bool) -> String {
    if line.chars().nth(max_chars).is_none() && !is_more {
        return line.to_owned();
    }
    let mut room = max_chars.saturating_sub(1);
    let mut end = 0;
    for (index, grapheme) in line.grapheme_indices(true) {
        let size = grapheme.chars().count();
        if size > room {
            break;
        }
        room -= size;
        end = index + grapheme.len();
    }
    if max_chars == 0 {
        return String::new();
    }
    format!("{}…", line[..end].trim_end_matches([' ', ',', ';', ':']))
}

/// What the words are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Everything counts.
    Search,
    /// The author's own words.
    Excerpt,
    /// Quotes and code too.
    ExcerptOfAll,
}

struct Writer {
    out: String,
    purpose: Purpose,
    /// No more than about so many bytes are wanted.
    limit_bytes: usize,
}

impl Writer {
    fn new(purpose: Purpose, limit_bytes: usize) -> Self {
        Self {
            out: String::new(),
            purpose,
            limit_bytes,
        }
    }

    fn is_full(&self) -> bool {
        self.out.len() >= self.limit_bytes
    }

    fn finish(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    fn end_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if self.is_full() {
                return;
            }
            self.block(block);
            self.end_line();
        }
    }

    fn block(&mut self, block: &Block) {
        let is_own_words = self.purpose == Purpose::Excerpt;
        match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => {
                self.inlines(children);
            }
            Block::CodeBlock { code, .. } if !is_own_words => self.out.push_str(code),
            Block::Quote {
                attribution,
                blocks,
            } if !is_own_words => {
                if let Some(attribution) = attribution {
                    self.attribution(attribution);
                    self.end_line();
                }
                self.blocks(blocks);
            }
            Block::CodeBlock { .. } | Block::Quote { .. } | Block::Rule => {}
            Block::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Table { header, rows, .. } => {
                self.row(header);
                for row in rows {
                    self.row(row);
                }
            }
            Block::Spoiler { blocks } => {
                if self.purpose == Purpose::Search {
                    self.blocks(blocks);
                } else {
                    self.out.push_str(MASK);
                }
            }
            Block::Details { summary, blocks } => {
                self.inlines(summary);
                self.end_line();
                if self.purpose == Purpose::Search {
                    self.blocks(blocks);
                }
            }
            Block::RawHtml { text } => self.out.push_str(text),
            Block::Footnote { blocks, .. } => self.blocks(blocks),
        }
    }

    fn row(&mut self, cells: &[TableCell]) {
        self.end_line();
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.out.push('\t');
            }
            self.inlines(&cell.children);
        }
    }

    fn attribution(&mut self, attribution: &Attribution) {
        if let Some(Author::Member { name } | Author::Named { name }) = &attribution.author {
            self.out.push_str(name);
        }
        if let Some(Source::Link { title, .. }) = &attribution.source {
            self.out.push(' ');
            self.out.push_str(title);
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if self.is_full() {
                return;
            }
            match inline {
                Inline::Text { text } => self.out.push_str(text),
                Inline::Code { code } => self.out.push_str(code),
                Inline::Image { alt, .. } => self.out.push_str(alt),
                Inline::HardBreak => self.out.push('\n'),
                Inline::SoftBreak => self.out.push(' '),
                Inline::Mention { name } => {
                    self.out.push('@');
                    self.out.push_str(name);
                }
                Inline::Emoji { name } => {
                    self.out.push(':');
                    self.out.push_str(name);
                    self.out.push(':');
                }
                Inline::Reference { id } => {
                    self.out.push('#');
                    self.out.push_str(&id.to_string());
                }
                Inline::FootnoteReference { .. } => {}
                Inline::Spoiler { .. } if self.purpose != Purpose::Search => {
                    self.out.push_str(MASK);
                }
                Inline::Emphasis { children }
                | Inline::Strong { children }
                | Inline::Strike { children }
                | Inline::Superscript { children }
                | Inline::Subscript { children }
                | Inline::Keyboard { children }
                | Inline::Spoiler { children }
                | Inline::Link { children, .. } => self.inlines(children),
            }
        }
    }
}

/// Stands for hidden words in an excerpt.
const MASK: &str = "[…]";

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::parse;
    use super::*;

    #[rstest]
    #[case::markup(
        "# Hi *there* **you**\n\n[text](https://example.org) `code`",
        "Hi there you\ntext code"
    )]
    #[case::breaks("a\nb\\\nc", "a b\nc")]
    #[case::list("1. one\n2. two\n   - three", "one\ntwo\nthree")]
    #[case::table("| a | b |\n|---|---|\n| c | d |", "a\tb\nc\td")]
    #[case::quote("> @alice, #5:\n>\n> words\n\nmine", "alice\nwords\nmine")]
    #[case::code("```rust\nlet x;\n```", "let x;")]
    #[case::tokens("@bob :smile: #12", "@bob :smile: #12")]
    #[case::spoiler("the [spoiler]butler[/spoiler]", "the butler")]
    #[case::image("![a cat](https://example.org/c.png)", "a cat")]
    fn all_words_are_found(#[case] source: &str, #[case] words: &str) {
        assert_eq!(plain_text(&parse(source)), words);
    }

    #[rstest]
    #[case::short("one two", 20, "one two")]
    #[case::exact("one two", 7, "one two")]
    #[case::cut("one two three", 9, "one two…")]
    #[case::quote_is_left_out("> theirs\n\nmine", 20, "mine")]
    #[case::only_a_quote("> theirs", 20, "theirs")]
    #[case::spoiler_is_masked("the [spoiler]butler[/spoiler] did it", 40, "the […] did it")]
    #[case::several_blocks("# a\n\nb\n\n- c", 20, "a b c")]
    #[case::nothing("", 5, "")]
    #[case::no_room("words", 0, "")]
    #[case::family(
        "👩\u{200d}👩\u{200d}👧👩\u{200d}👩\u{200d}👧",
        7,
        "👩\u{200d}👩\u{200d}👧…"
    )]
    fn excerpts_fit(#[case] source: &str, #[case] max_chars: usize, #[case] words: &str) {
        assert_eq!(excerpt(&parse(source), max_chars), words);
    }
}
