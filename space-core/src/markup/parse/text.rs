// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Plain text on its way into the document: pieces are put together, then searched for tokens.

use std::ops::Range;

use super::super::document::Inline;
use super::super::scan::{self, Token};
use super::super::{link, sanitize};
use super::frame::{Frame, Kind, Span};
use super::{Builder, MAX_DEPTH};

/// Text that came in pieces: pulldown-cmark cuts at every character that might have been markup.
#[derive(Default)]
pub(super) struct Pending {
    text: String,
    /// Where characters stand that the author escaped, in ascending order: they mean only themselves.
    literals: Vec<usize>,
    /// Where the last piece ended in the source.
    end: usize,
}

impl Pending {
    pub(super) fn push(&mut self, piece: &str, source: &str, range: Range<usize>) {
        let start = self.text.len();
        if source.get(range.clone()) == Some(piece) {
            // An escaped character begins a piece of its own, without the backslash; a backslash that was escaped itself
            // is the end of the piece before.
            if source[..range.start].ends_with('\\') && self.end < range.start {
                self.literals.push(start);
            }
            self.text.push_str(piece);
        } else {
            // A character reference, such as &amp; or &#27;, so cleaned after the source was.
            self.text
                .push_str(&sanitize::text(piece).replace('\n', " "));
            self.literals.extend(start..self.text.len());
        }
        self.end = range.end;
    }

    /// Returns whether the author escaped a character there.
    fn has_literal(&self, range: Range<usize>) -> bool {
        let index = self
            .literals
            .partition_point(|literal| *literal < range.start);
        self.literals
            .get(index)
            .is_some_and(|literal| *literal < range.end)
    }
}

impl Builder<'_> {
    /// Moves the pending text into the innermost container, as text and tokens.
    pub(super) fn flush_text(&mut self) {
        if self.pending.text.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        self.pending.end = pending.end;
        let text = &pending.text;
        let (mut copied, mut from, mut emoji_end) = (0, 0, 0);
        while let Some(at) = scan::next_start(text, from).filter(|_| !self.spent.is_over()) {
            // An emoji may follow another at once.
            let before = text[..at].chars().next_back().filter(|_| emoji_end != at);
            let found = scan::token_at(text, at, before)
                .filter(|(token, _)| !pending.has_literal(at..at + token.syntax_bytes()));
            let Some((token, end)) = found else {
                from = at + 1;
                continue;
            };
            // A link holds no other link and calls nobody.
            let is_allowed = matches!(
                token,
                Token::Emoji(_) | Token::SpoilerStart | Token::SpoilerEnd
            );
            if self.links > 0 && !is_allowed {
                from = at + 1;
                continue;
            }
            from = end;
            if at > copied {
                self.push_text(&text[copied..at]);
            }
            copied = end;
            if matches!(token, Token::Emoji(_)) {
                emoji_end = end;
            }
            self.token(token);
        }
        if copied < text.len() {
            self.push_text(&text[copied..]);
        }
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Mention(name) => self.push(Inline::Mention {
                name: name.to_owned(),
            }),
            Token::Reference(id) => self.push(Inline::Reference { id }),
            Token::Emoji(name) => self.push(Inline::Emoji {
                name: name.to_owned(),
            }),
            Token::Address(address) => {
                // Shown without its user part, too, so that the text says where the link leads.
                let address = link::harmless(address);
                let has_scheme = address.contains("://");
                let destination = if has_scheme {
                    address.clone()
                } else {
                    format!("http://{address}")
                };
                self.push(Inline::Link {
                    destination,
                    title: String::new(),
                    children: vec![Inline::text(address)],
                });
            }
            Token::SpoilerStart if self.depth < MAX_DEPTH => {
                self.push_text("");
                self.open(Kind::SoftSpan {
                    span: Span::Spoiler,
                    opener: "[spoiler]".to_owned(),
                });
            }
            Token::SpoilerStart => self.push_text("[spoiler]"),
            Token::SpoilerEnd => self.end_spoiler(),
        }
    }

    fn end_spoiler(&mut self) {
        if self.close_soft_span(&Span::Spoiler) {
            return;
        }
        let ends_block = matches!(
            self.frames.as_slice(),
            [
                ..,
                Frame {
                    kind: Kind::SoftBlock { details: None },
                    ..
                },
                Frame {
                    kind: Kind::Paragraph,
                    ..
                }
            ]
        );
        if ends_block && !self.has_spoiler_end {
            self.has_spoiler_end = true;
        } else {
            self.push_text("[/spoiler]");
        }
    }

    /// Closes the innermost soft span of this kind, if there is one in reach; those inside it dissolve.
    pub(super) fn close_soft_span(&mut self, wanted: &Span) -> bool {
        let within = self
            .frames
            .iter()
            .rev()
            .take_while(|frame| matches!(frame.kind, Kind::SoftSpan { .. }))
            .position(|frame| matches!(&frame.kind, Kind::SoftSpan { span, .. } if span == wanted));
        let Some(within) = within else { return false };
        for _ in 0..within {
            self.dissolve();
        }
        self.close();
        true
    }
}
