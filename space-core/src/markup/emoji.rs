// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Emoji codes in a source, for importers that write the characters instead.
//!
//! The parser and this agree on which text is a code. Code, HTML and addresses keep theirs: `` `:smile:` `` stays as
//! it is, and so does a bracket whose text is also the name of its address.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::budget::{self, Spent};
use super::scan::{self, Token};

/// Writes characters for emoji codes in Markdown. `character` gets the name between the colons (`smile`, `wave:t3`);
/// codes for which it has nothing stay. Returns `None` when nothing was replaced.
pub fn replace(source: &str, mut character: impl FnMut(&str) -> Option<String>) -> Option<String> {
    if !has_code(source) {
        return None;
    }
    let mut writer = Writer::new(source, &mut character);
    let (mut closed, mut spent) = (0_usize, Spent::default());
    for (event, range) in Parser::new_ext(source, budget::options(source)).into_offset_iter() {
        if !spent.count(&event) {
            // The rest is shown as source.
            break;
        }
        match event {
            Event::Text(piece) if closed == 0 => writer.text(&piece, range),
            Event::Text(_) => {}
            other => {
                writer.flush();
                writer.before = None;
                match other {
                    Event::Start(tag) if keeps_codes(&tag) => closed += 1,
                    // What opens inside of it has to close before it does.
                    Event::Start(_) if closed > 0 => closed += 1,
                    Event::End(end) if closed > 0 => {
                        let _: TagEnd = end;
                        closed -= 1;
                    }
                    _ => {}
                }
            }
        }
    }
    writer.finish()
}

/// The same for a text without markup, such as a title.
pub fn replace_in_line(
    text: &str,
    mut character: impl FnMut(&str) -> Option<String>,
) -> Option<String> {
    let mut writer = Writer::new(text, &mut character);
    writer.run = 0..text.len();
    writer.finish()
}

fn keeps_codes(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock => true,
        Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
            *link_type != LinkType::Inline
        }
        _ => false,
    }
}

fn has_code(text: &str) -> bool {
    let mut from = 0;
    while let Some(offset) = text[from..].find(':') {
        let at = from + offset;
        if matches!(scan::token_at(text, at, None), Some((Token::Emoji(_), _))) {
            return true;
        }
        from = at + 1;
    }
    false
}

struct Writer<'s, 'f> {
    source: &'s str,
    character: &'f mut dyn FnMut(&str) -> Option<String>,
    out: String,
    /// How far the source is in `out`.
    copied: usize,
    /// Text that is next to be searched.
    run: Range<usize>,
    /// The character in front of it, and whether a backslash takes the meaning of its first.
    before: Option<char>,
    is_escaped: bool,
}

impl<'s, 'f> Writer<'s, 'f> {
    fn new(source: &'s str, character: &'f mut dyn FnMut(&str) -> Option<String>) -> Self {
        Self {
            source,
            character,
            out: String::new(),
            copied: 0,
            run: 0..0,
            before: None,
            is_escaped: false,
        }
    }

    /// Takes a piece of text: pulldown-cmark cuts at every character that might have been markup.
    fn text(&mut self, piece: &str, range: Range<usize>) {
        if self.source.get(range.clone()) != Some(piece) {
            // A character reference.
            self.flush();
            self.before = piece.chars().next_back();
            return;
        }
        if self.run.is_empty() || self.run.end != range.start {
            let end = self.run.end;
            self.flush();
            self.is_escaped = end < range.start && self.source[..range.start].ends_with('\\');
            self.run = range;
        } else {
            self.run.end = range.end;
        }
    }

    /// Searches the text that waits.
    fn flush(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        let text = &self.source[run.clone()];
        let (mut from, mut emoji_end) = (usize::from(self.is_escaped), 0);
        self.is_escaped = false;
        // An escaped character may have more than one byte.
        while from < text.len() && !text.is_char_boundary(from) {
            from += 1;
        }
        while let Some(at) = text.get(from..).and_then(|_| scan::next_start(text, from)) {
            let before = match at {
                0 => self.before,
                // An emoji may follow another at once.
                at => text[..at].chars().next_back().filter(|_| emoji_end != at),
            };
            let Some((token, end)) = scan::token_at(text, at, before) else {
                from = at + 1;
                continue;
            };
            from = end;
            if let Token::Emoji(name) = token {
                emoji_end = end;
                if let Some(character) = (self.character)(name) {
                    self.out.push_str(&self.source[self.copied..run.start + at]);
                    self.out.push_str(&character);
                    self.copied = run.start + end;
                }
            }
        }
        if let Some(last) = text.chars().next_back() {
            self.before = Some(last);
        }
    }

    fn finish(mut self) -> Option<String> {
        self.flush();
        (self.copied > 0).then(|| {
            self.out.push_str(&self.source[self.copied..]);
            self.out
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn known(name: &str) -> Option<String> {
        match name {
            "slight_smile" => Some("🙂".to_owned()),
            "+1" => Some("👍".to_owned()),
            "wave:t3" => Some("👋🏼".to_owned()),
            _ => None,
        }
    }

    #[rstest]
    #[case::in_text("Hi :slight_smile: and :+1:", "Hi 🙂 and 👍")]
    #[case::in_a_row(":+1::+1: :wave:t3:", "👍👍 👋🏼")]
    #[case::in_markup("**:+1:** [:slight_smile:](x) > :+1:", "**👍** [🙂](x) > 👍")]
    #[case::in_a_quote("> :slight_smile:", "> 🙂")]
    #[case::in_a_table("a|b\n-|-\n:+1:|c", "a|b\n-|-\n👍|c")]
    #[case::unknown("std :mrgreen: x", "std :mrgreen: x")]
    #[case::after_a_word("10:slight_smile: a:+1:", "10:slight_smile: a:+1:")]
    #[case::escaped("\\:slight_smile: \\:+1:", "\\:slight_smile: \\:+1:")]
    #[case::in_code("`:+1:` :+1:", "`:+1:` 👍")]
    #[case::in_a_fence("```\n:+1:\n```\n\n:+1:", "```\n:+1:\n```\n\n👍")]
    #[case::indented("a\n\n    :+1:\n", "a\n\n    :+1:\n")]
    #[case::in_html("<div>\n:+1:\n</div>\n\n:+1:", "<div>\n:+1:\n</div>\n\n👍")]
    #[case::in_an_address(
        "https://e.org/:+1: <https://e.org/:+1:>",
        "https://e.org/:+1: <https://e.org/:+1:>"
    )]
    #[case::in_a_reference("[:+1:]\n\n[:+1:]: https://e.org", "[:+1:]\n\n[:+1:]: https://e.org")]
    #[case::in_a_list("- :+1:\n- [x] :+1:", "- 👍\n- [x] 👍")]
    fn codes_become_characters(#[case] source: &str, #[case] want: &str) {
        let got = replace(source, known);
        assert_eq!(got.as_deref().unwrap_or(source), want);
    }

    #[test]
    fn a_line_has_no_markup() {
        let got = replace_in_line("`:+1:` 10:+1:", known);
        assert_eq!(got.as_deref(), Some("`👍` 10:+1:"));
        assert_eq!(replace_in_line("", known), None);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(source in "([a-z:+1`*\\\\ \n\\[\\]()<>&é-]|:\\+1:|:slight_smile:){0,40}") {
            let same = replace(&source, |name| Some(format!(":{name}:")));
            prop_assert!(same.is_none_or(|same| same == source));
            prop_assert_eq!(replace(&source, |_| None), None);
        }
    }
}
