// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Questions to the HTML tree.

use std::ops::Deref;

use scraper::{ElementRef, Node};

/// A node of the tree; its crate is no dependency of ours, so it is named by way of the element that points to it.
pub(super) type Html<'t> = <ElementRef<'t> as Deref>::Target;

/// Steps that a look at the neighbourhood may take, to keep the time linear.
const MAX_STEPS: usize = 64;

/// What stands right after a node in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Text that begins with this character.
    Text(char),
    /// The end of the line.
    Break,
    /// A link or a mention.
    Link,
    /// Something else, or unknown.
    Other,
}

impl Next {
    /// Whether white space or the end of the line follows.
    pub(super) fn is_space(self) -> bool {
        match self {
            Self::Text(c) => c.is_whitespace(),
            Self::Break => true,
            Self::Link | Self::Other => false,
        }
    }
}

/// Returns the name of an element, or an empty text for anything else.
pub(super) fn name(node: Html<'_>) -> &str {
    node.value()
        .as_element()
        .map_or("", |element| element.name())
}

pub(super) fn attribute<'t>(node: Html<'t>, name: &str) -> Option<&'t str> {
    node.value()
        .as_element()
        .and_then(|element| element.attr(name))
}

pub(super) fn has_class(node: Html<'_>, class: &str) -> bool {
    classes(node).any(|name| name == class)
}

pub(super) fn classes(node: Html<'_>) -> impl Iterator<Item = &str> {
    attribute(node, "class")
        .unwrap_or_default()
        .split_ascii_whitespace()
}

/// Returns the text below a node as it stands in the source. A break and the line end behind it are one line end: forums
/// write both for one.
pub(super) fn text(node: Html<'_>) -> String {
    let mut text = String::new();
    let mut is_after_break = false;
    let mut next = Some(node);
    while let Some(at) = next {
        let is_shown = !is_hidden(at);
        match at.value() {
            Node::Text(piece) => {
                let piece: &str = piece;
                let rest = piece.strip_prefix('\n').filter(|_| is_after_break);
                text.push_str(rest.unwrap_or(piece));
                is_after_break = false;
            }
            Node::Element(element) if element.name() == "br" => {
                text.push('\n');
                is_after_break = true;
            }
            _ => {}
        }
        next = at.first_child().filter(|_| is_shown).or_else(|| {
            std::iter::successors(Some(at), Html::parent)
                .take_while(|at| at.id() != node.id())
                .find_map(|at| at.next_sibling())
        });
    }
    text
}

/// Returns the first descendant that passes the test.
pub(super) fn find<'t>(node: Html<'t>, test: impl Fn(Html<'t>) -> bool) -> Option<Html<'t>> {
    node.descendants().skip(1).find(|inner| test(*inner))
}

/// Whether nobody sees the node or wants it: scripts, icons, decoration of the forum.
pub(super) fn is_hidden(node: Html<'_>) -> bool {
    match node.value() {
        Node::Text(_) | Node::Fragment | Node::Document => false,
        Node::Element(element) => match element.name() {
            "script" | "style" | "svg" | "template" | "head" | "noscript" | "object" | "embed"
            | "input" | "button" | "select" | "textarea" | "math" => true,
            "div" => ["poll", "quote-controls", "meta", "onebox-metadata"]
                .iter()
                .any(|class| has_class(node, class)),
            "hr" => has_class(node, "footnotes-sep"),
            "a" => ["anchor", "footnote-backref", "badge-wrapper"]
                .iter()
                .any(|class| has_class(node, class)),
            _ => false,
        },
        _ => true,
    }
}

/// Whether the node is the wrapper of a picture that grows when clicked: a block in name only.
pub(super) fn is_lightbox(node: Html<'_>) -> bool {
    name(node) == "div" && has_class(node, "lightbox-wrapper")
}

/// Whether the node stands on lines of its own.
pub(super) fn is_block(node: Html<'_>) -> bool {
    match name(node) {
        "div" => !is_lightbox(node),
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details"
        | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "html" | "li" | "main" | "nav" | "ol"
        | "p" | "pre" | "section" | "summary" | "table" | "tbody" | "td" | "tfoot" | "th"
        | "thead" | "tr" | "ul" => true,
        _ => false,
    }
}

/// Whether the node is text of white space alone.
pub(super) fn is_blank(node: Html<'_>) -> bool {
    matches!(node.value(), Node::Text(text) if text.chars().all(|c| c.is_ascii_whitespace()))
}

/// Returns what stands right after the node in its line.
pub(super) fn next(node: Html<'_>) -> Next {
    let mut at = node;
    for _ in 0..MAX_STEPS {
        if let Some(sibling) = at.next_sibling() {
            if let Some(first) = first_of(sibling) {
                return first;
            }
            at = sibling;
        } else {
            match at.parent() {
                Some(parent) if !is_block(parent) => at = parent,
                _ => return Next::Break,
            }
        }
    }
    Next::Other
}

/// Returns what stands right after the node, where the end of an inline element may be a mark of ours.
pub(super) fn next_inside(node: Html<'_>) -> Next {
    let is_last = node
        .next_siblings()
        .take(MAX_STEPS)
        .all(|sibling| first_of(sibling).is_none());
    let is_in_block = node.parent().is_none_or(is_block);
    if is_last && !is_in_block {
        Next::Other
    } else {
        next(node)
    }
}

/// Returns how the node begins; `None` if it shows nothing.
fn first_of(node: Html<'_>) -> Option<Next> {
    let mut at = node;
    for _ in 0..MAX_STEPS {
        match at.value() {
            Node::Text(text) => return text.chars().next().map(Next::Text),
            Node::Element(element) => match element.name() {
                "br" => return Some(Next::Break),
                "a" => return Some(Next::Link),
                "img" | "code" | "iframe" | "video" | "audio" => return Some(Next::Other),
                _ if is_block(at) => return Some(Next::Break),
                _ if is_hidden(at) => return None,
                // Other classes put a mark before their text.
                "span" if classes(at).all(|class| matches!(class, "hashtag" | "mention")) => {
                    at = at.first_child()?;
                }
                _ => return Some(Next::Other),
            },
            _ => return None,
        }
    }
    Some(Next::Other)
}

/// Whether the node is a poll.
pub(super) fn is_poll(node: Html<'_>) -> bool {
    name(node) == "div" && has_class(node, "poll")
}

/// Whether the node is code.
pub(super) fn is_code(node: Html<'_>) -> bool {
    matches!(name(node), "code" | "tt" | "samp")
}

/// Returns the address of a link.
pub(super) fn href(node: Html<'_>) -> Option<&str> {
    attribute(node, "href")
        .filter(|_| name(node) == "a" && !is_hidden(node))
        .map(str::trim)
        .filter(|href| !href.is_empty())
}
