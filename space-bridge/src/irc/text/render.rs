// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A formatted text as lines of a chat.

use std::fmt::Write as _;

use space_core::markup::{Block, Document, Inline};

use super::name::unpinged;

const BOLD: char = '\u{2}';
const ITALIC: char = '\u{1d}';
const STRIKE: char = '\u{1e}';
const CODE: char = '\u{11}';
const PLAIN: char = '\u{f}';

/// A text as lines of a chat.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rendered {
    /// What the author wrote, one line for each of theirs. None is empty.
    pub(super) lines: Vec<String>,
    /// Whether something is left out that only the page shows: code, a table.
    pub(super) is_partial: bool,
}

/// Renders a document. Quotes are left out, since the answer says whom it answers; code and tables are named.
pub(super) fn render(document: &Document, is_formatted: bool) -> Rendered {
    let mut writer = Writer {
        is_formatted,
        line: String::new(),
        has_codes: false,
        done: Rendered::default(),
    };
    writer.blocks(&document.blocks, "");
    writer.end_line();
    writer.done
}

struct Writer {
    is_formatted: bool,
    line: String,
    has_codes: bool,
    done: Rendered,
}

impl Writer {
    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.truncate(line.trim_end().len());
        if std::mem::take(&mut self.has_codes) {
            line.push(PLAIN);
        }
        if !line.is_empty() {
            self.done.lines.push(line);
        }
    }

    fn blocks(&mut self, blocks: &[Block], mark: &str) {
        let mut mark = mark;
        for block in blocks {
            self.block(block, mark);
            self.end_line();
            mark = "";
        }
    }

    fn note(&mut self, text: &str) {
        self.line.push_str(text);
        self.done.is_partial = true;
    }

    fn block(&mut self, block: &Block, mark: &str) {
        self.line.push_str(mark);
        match block {
            Block::Paragraph { children } => self.inlines(children),
            Block::Heading { children, .. } => self.styled(BOLD, children),
            Block::CodeBlock { language, code } => {
                let lines = count(code.lines().count(), "line");
                match language {
                    Some(language) => self.note(&format!("[{language} code, {lines}]")),
                    None => self.note(&format!("[code, {lines}]")),
                }
            }
            Block::Quote { .. } | Block::Rule => self.line.clear(),
            Block::List { start, items, .. } => {
                let mut number = *start;
                for item in items {
                    let task = match item.task {
                        Some(true) => "[x] ",
                        Some(false) => "[ ] ",
                        None => "",
                    };
                    let mark = match &mut number {
                        Some(number) => {
                            *number += 1;
                            format!("{}. {task}", *number - 1)
                        }
                        None => format!("• {task}"),
                    };
                    self.blocks(&item.blocks, &mark);
                }
            }
            Block::Table { rows, .. } => {
                self.note(&format!("[table, {}]", count(rows.len(), "row")));
            }
            Block::Spoiler { .. } => self.note("[spoiler]"),
            Block::Details { summary, .. } => {
                self.inlines(summary);
                self.note(" […]");
            }
            Block::RawHtml { text } => {
                for line in text.lines() {
                    self.line.push_str(line.trim());
                    self.end_line();
                }
            }
            Block::Footnote { label, blocks } => self.blocks(blocks, &format!("[{label}] ")),
        }
    }

    fn styled(&mut self, code: char, children: &[Inline]) {
        if self.is_formatted {
            self.line.push(code);
            self.has_codes = true;
            self.inlines(children);
            self.line.push(code);
        } else {
            self.inlines(children);
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text } => self.line.push_str(text),
            Inline::Emphasis { children } => self.styled(ITALIC, children),
            Inline::Strong { children } => self.styled(BOLD, children),
            Inline::Strike { children } => self.styled(STRIKE, children),
            Inline::Superscript { children }
            | Inline::Subscript { children }
            | Inline::Keyboard { children } => self.inlines(children),
            Inline::Spoiler { .. } => self.note("[spoiler]"),
            Inline::Code { code } => self.styled(CODE, &[Inline::text(code)]),
            Inline::Link {
                destination,
                children,
                ..
            } => {
                let before = self.line.len();
                self.inlines(children);
                let text = &self.line[before..];
                let is_bare = destination.ends_with(text) || text.contains(destination.as_str());
                let is_far = destination.contains("://") || destination.starts_with("mailto:");
                if is_far && !is_bare {
                    let _ = write!(self.line, " ({destination})");
                }
            }
            Inline::Image { source, alt } => {
                let _ = if alt.is_empty() {
                    write!(self.line, "[image]")
                } else {
                    write!(self.line, "[image: {alt}]")
                };
                if source.contains("://") {
                    let _ = write!(self.line, " {source}");
                } else {
                    self.done.is_partial = true;
                }
            }
            Inline::HardBreak => {
                self.end_line();
            }
            Inline::SoftBreak => self.line.push(' '),
            Inline::Mention { name } => {
                self.line.push('@');
                self.line.push_str(&unpinged(name));
            }
            Inline::Emoji { name } => {
                let _ = write!(self.line, ":{name}:");
            }
            Inline::Reference { id } => {
                let _ = write!(self.line, "#{id}");
            }
            Inline::FootnoteReference { label } => {
                let _ = write!(self.line, "[{label}]");
            }
        }
    }
}

pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use space_core::markup::parse;

    #[rstest]
    #[case("It **works**.", &["It works."])]
    #[case("one\ntwo\\\nthree", &["one two", "three"])]
    #[case("- a\n- [ ] b\n  1. c", &["• a", "• [ ] b", "1. c"])]
    #[case("> @bob, #5:\n> his words\n\nmine", &["mine"])]
    #[case("```rust\nfn main() {}\n```\nso", &["[rust code, 1 line]", "so"])]
    #[case("| a |\n|---|\n| b |\n| c |", &["[table, 2 rows]"])]
    #[case("@all and @alice", &["@a\u{200b}ll and @a\u{200b}lice"])]
    #[case("[here](https://example.org/a) https://example.org", &["here (https://example.org/a) https://example.org"])]
    #[case("![a cat](https://example.org/c.png)", &["[image: a cat] https://example.org/c.png"])]
    #[case("the [spoiler]butler[/spoiler]", &["the [spoiler]"])]
    #[case("a\u{202e}b `c\u{7}d`", &["ab cd"])]
    #[case("", &[])]
    fn plain(#[case] source: &str, #[case] want: &[&str]) {
        assert_eq!(render(&parse(source), false).lines, want);
    }

    #[test]
    fn styles_end_with_their_line() {
        let rendered = render(&parse("a **b**\\\nc *d*"), true);
        assert_eq!(
            rendered.lines,
            ["a \u{2}b\u{2}\u{f}", "c \u{1d}d\u{1d}\u{f}"]
        );
    }
}
