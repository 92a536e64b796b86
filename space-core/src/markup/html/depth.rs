// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Takes the deepest elements out of HTML before it is parsed.
//!
//! For each element that begins, the parser of HTML looks through those that are open, as its standard says: the time
//! grows with the square of the depth (a hundred kilobytes of `<div>` took twelve seconds). What is deeper than
//! [`MAX_ELEMENTS`](super::inline::MAX_ELEMENTS) becomes plain text in any case, so its tags can go.

use std::borrow::Cow;

/// How many elements may be open; more than twice what is followed.
const MAX_OPEN: usize = 256;

/// Elements without an end, and those that nest only within others that are counted.
const FLAT: [&str; 10] = [
    "br", "embed", "hr", "img", "meta", "p", "li", "dt", "dd", "body",
];

/// The same, but within drawings and formulas they are elements like any other.
const FLAT_IN_HTML: [&str; 18] = [
    "area", "base", "col", "input", "link", "param", "source", "track", "wbr", "tr", "td", "th",
    "tbody", "thead", "tfoot", "caption", "colgroup", "html",
];

/// Returns the HTML without the tags of elements that are too deep. Nearly always that is what came.
///
/// What is open is never taken for less than the parser will take it: an end counts only where it ends the element that
/// began last.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    if html.bytes().filter(|b| *b == b'<').take(MAX_OPEN).count() < MAX_OPEN {
        return Cow::Borrowed(html);
    }
    let mut out = String::new();
    // What was read up to here and is not in `out` yet.
    let mut from = 0;
    // The elements that are open, and whether the tags of each stay.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut kept = 0;
    // No drawing or formula has begun so far.
    let mut is_html = true;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some(tag) = Tag::read(&html[start..]) else {
            at = start + 1;
            continue;
        };
        at = start + tag.length;
        is_html &= !tag.is_one_of(&["svg", "math"]);
        if tag.name.is_empty() || tag.is_one_of(&FLAT) || (is_html && tag.is_one_of(&FLAT_IN_HTML))
        {
            continue;
        }
        let stays = if tag.is_end {
            match open.last().copied() {
                Some((name, stays)) if name.eq_ignore_ascii_case(tag.name) => {
                    open.pop();
                    kept -= usize::from(stays);
                    stays
                }
                _ => true,
            }
        } else {
            let stays = kept < MAX_OPEN;
            kept += usize::from(stays);
            open.push((tag.name, stays));
            stays
        };
        if !stays {
            out.push_str(&html[from..start]);
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

/// A tag, or a comment.
struct Tag<'h> {
    /// Empty for a comment.
    name: &'h str,
    is_end: bool,
    length: usize,
}

/// Where the reader of a tag is: the states of the HTML standard, 13.2.5.32 to 13.2.5.39.
#[derive(Clone, Copy)]
enum Place {
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

impl Place {
    /// Returns where the next byte leads; `None` at the end of the tag.
    fn after(self, byte: u8) -> Option<Self> {
        let is_space = byte.is_ascii_whitespace();
        Some(match (self, byte) {
            (Self::Quoted(quote), _) if byte == quote => Self::BeforeName,
            (Self::Quoted(_), _) => self,
            (_, b'>') => return None,
            (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
            (Self::BeforeName | Self::AfterName | Self::BeforeValue, _) if is_space => self,
            (Self::BeforeValue, _) => Self::Unquoted,
            (Self::Unquoted, _) if is_space => Self::BeforeName,
            (Self::Unquoted, _) => self,
            (_, b'/') => Self::BeforeName,
            (Self::Name | Self::AfterName, b'=') => Self::BeforeValue,
            (Self::Name, _) if is_space => Self::AfterName,
            (Self::BeforeName | Self::Name | Self::AfterName, _) => Self::Name,
        })
    }
}

impl<'h> Tag<'h> {
    /// Reads what begins with `<`; `None` when it is text.
    fn read(html: &'h str) -> Option<Self> {
        if html.starts_with("<!--") {
            let end = |mark: &str| html[2..].find(mark).map(|end| 2 + end + mark.len());
            let ends = [end("-->"), end("--!>")];
            let length = ends.into_iter().flatten().min().unwrap_or(html.len());
            return Some(Self {
                name: "",
                is_end: false,
                length,
            });
        }
        let is_end = html.starts_with("</");
        let begin = if is_end { 2 } else { 1 };
        let rest = &html[begin..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .map_or(rest, |end| &rest[..end]);
        let mut place = Place::BeforeName;
        let mut length = html.len();
        for (at, byte) in html.bytes().enumerate().skip(begin + name.len()) {
            let Some(next) = place.after(byte) else {
                length = at + 1;
                break;
            };
            place = next;
        }
        Some(Self {
            name,
            is_end,
            length,
        })
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        self.name.is_empty()
            || names
                .iter()
                .any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How deep the parser takes a text to be.
    fn depth(html: &str) -> usize {
        let tree = scraper::Html::parse_fragment(html);
        let nodes = tree.tree.nodes();
        nodes
            .map(|node| node.ancestors().count())
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn what_is_not_deep_is_left_as_it_is() {
        let wide = "<div><p>a<br><img src='x>y'></p></div>".repeat(1000);
        assert!(matches!(bounded(&wide), Cow::Borrowed(_)));
        let items = format!("<ul>{}</ul>", "<li>a".repeat(1000));
        assert!(matches!(bounded(&items), Cow::Borrowed(_)));
        let deep = format!("{}a{}", "<div>".repeat(250), "</div>".repeat(250));
        assert!(matches!(bounded(&deep), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_too_deep_loses_its_tags_and_keeps_its_text() {
        let deep = format!(
            "{}a<!-- <div> -->{}<p>b</p>",
            "<div title='>'>".repeat(5000),
            "</div>".repeat(5000)
        );
        let html = bounded(&deep);
        // One stands in the comment.
        assert_eq!(html.matches("<div").count(), MAX_OPEN + 1);
        assert_eq!(html.matches("</div>").count(), MAX_OPEN);
        assert!(html.contains("a<!-- <div> --></div>") && html.ends_with("</div><p>b</p>"));
    }

    proptest! {
        /// Whatever is nested in whatever, closed or not.
        #[test]
        fn nothing_stays_deep(
            bits in prop::collection::vec(
                prop::sample::select(vec![
                    "<div>", "<div '>", "<div =\">", "<div a=b'>", "</span>", "<textarea>", "</textarea>", "<rt>", "<svg>", "</svg>", "<link>", "<td>", "<!--a--!>", "<option>", "<p><b id=1></p>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<em>", "<details><summary>", "<b title='>'>",
                    "a", "</div>", "</ul>", "</em>", "<p>", "<br>", "<!-- -->",
                ]),
                1..60,
            ),
            times in 1_usize..60,
        ) {
            let html = bits.concat().repeat(times);
            let bounded = bounded(&html);
            // A list item, a row and a cell stand between two that are counted; em and b stay open over blocks.
            prop_assert!(depth(&bounded) <= 8 * MAX_OPEN, "{}", depth(&bounded));
        }
    }
}
