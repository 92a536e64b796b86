// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The few HTML tags that keep their meaning; all other HTML is shown as text.

use super::super::document::{Block, Inline};
use super::frame::{Details, Kind, Span};
use super::{Builder, MAX_DEPTH};

impl Builder<'_> {
    /// Reads one tag inside a line.
    pub(super) fn inline_html(&mut self, html: &str) {
        let name = html
            .trim_start_matches(['<', '/'])
            .trim_end_matches(['>', '/'])
            .trim_end();
        let is_end = html.starts_with("</");
        if name.eq_ignore_ascii_case("br") && !is_end {
            self.push(Inline::HardBreak);
            return;
        }
        let is_done = match span_of(name) {
            Some(span) if is_end => self.close_soft_span(&span),
            Some(span) if !html.ends_with("/>") && self.depth < MAX_DEPTH => {
                self.push_text("");
                self.open(Kind::SoftSpan {
                    span,
                    opener: html.to_owned(),
                });
                true
            }
            _ => false,
        };
        if !is_done {
            // A tag may be broken over lines.
            for (index, line) in html.split('\n').enumerate() {
                if index > 0 {
                    self.push(Inline::SoftBreak);
                }
                self.push_text(line.trim());
            }
        }
    }

    /// Ends a block of HTML: details keep their meaning, everything else becomes text.
    pub(super) fn end_html(&mut self) {
        let Some(frame) = self.pop() else { return };
        let Kind::Html { text } = frame.kind else {
            return;
        };
        let text = text.trim_end_matches('\n');
        let mut rest = text.trim_start();
        if let Some(after) = strip_prefix(rest, "</details>")
            && matches!(self.top().kind, Kind::SoftBlock { details: Some(_) })
        {
            self.close();
            self.lines(after);
            return;
        }
        let Some((summary, body)) = open_details(rest) else {
            self.top().push_block(Block::RawHtml {
                text: text.to_owned(),
            });
            return;
        };
        rest = body.trim();
        let (content, is_closed) = match rest.len().checked_sub("</details>".len()) {
            Some(at)
                if rest
                    .get(at..)
                    .is_some_and(|end| end.eq_ignore_ascii_case("</details>")) =>
            {
                (&rest[..at], true)
            }
            _ => (rest, false),
        };
        if self.depth >= MAX_DEPTH {
            self.top().push_block(Block::RawHtml {
                text: text.to_owned(),
            });
            return;
        }
        let opener = text[..text.len() - body.len()].trim_end().to_owned();
        let summary = if summary.is_empty() {
            Vec::new()
        } else {
            vec![Inline::text(summary)]
        };
        self.open(Kind::SoftBlock {
            details: Some(Details { summary, opener }),
        });
        self.lines(content);
        if is_closed {
            self.close();
        }
    }

    /// Adds the lines of a block of HTML that are not tags we know.
    fn lines(&mut self, text: &str) {
        let mut children = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !children.is_empty() {
                children.push(Inline::SoftBreak);
            }
            children.push(Inline::text(line));
        }
        self.top().push_paragraph(children);
    }
}

fn span_of(name: &str) -> Option<Span> {
    Some(match name.to_ascii_lowercase().as_str() {
        "kbd" => Span::Keyboard,
        "sup" => Span::Superscript,
        "sub" => Span::Subscript,
        "b" | "strong" => Span::Strong,
        "i" | "em" => Span::Emphasis,
        "s" | "del" | "strike" => Span::Strike,
        _ => return None,
    })
}

/// Reads `<details><summary>…</summary>`; returns the summary and what follows it.
fn open_details(html: &str) -> Option<(String, &str)> {
    let rest =
        strip_prefix(html, "<details").filter(|rest| rest.starts_with(['>', ' ', '\t', '\n']))?;
    let rest = &rest[rest.find('>')? + 1..];
    let Some(inner) = strip_prefix(rest.trim_start(), "<summary>") else {
        return Some((String::new(), rest));
    };
    // No lower-casing here: it can change the length of other letters.
    let end = inner
        .match_indices("</")
        .find(|(at, _)| strip_prefix(&inner[*at..], "</summary>").is_some())?
        .0;
    let summary = plain_summary(&inner[..end]);
    Some((summary, &inner[end + "</summary>".len()..]))
}

/// Returns the text of a summary without tags, on one line.
fn plain_summary(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    text.push_str(rest);
    for (reference, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(reference, character);
    }
    super::sanitize::line(&text).into_owned()
}

/// Strips an ASCII prefix, in capitals or not.
fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    text.get(..prefix.len())
        .filter(|start| start.eq_ignore_ascii_case(prefix))
        .map(|_| &text[prefix.len()..])
}
