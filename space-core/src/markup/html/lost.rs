// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Compares what HTML says with the Markdown that was made of it: whatever is missing there is named.
//!
//! Words are counted, not placed: each word of the HTML has to be in the Markdown as often. What the converter leaves
//! out on purpose (previews, heads of quotes, mentions under another name) is left out here, too. One pass over each
//! text, whatever they hold.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::super::parse::is_safe_destination;
use super::super::sanitize;
use super::block::Converter;
use super::link::{shows, with_scheme};
use super::node::{self, Html};
use super::{Lost, Polls, embed, event, quote};

/// How many lost things are named; all are counted.
const NAMED: usize = 5;

/// Returns what of the HTML is not in the Markdown.
pub(super) fn find(root: Html<'_>, markdown: &str, polls: Polls) -> Lost {
    let mut lost = Lost::default();
    let mut text = String::new();
    said(root, polls, &mut text, &mut lost);
    let mut counts: HashMap<u64, u32, BuildHasherDefault<Hashed>> = HashMap::default();
    for word in words(markdown) {
        *counts.entry(hash(word)).or_default() += 1;
    }
    let mut take = |word: &str| {
        let count = counts.get_mut(&hash(word)).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    };
    let mut miss = |word: String| {
        lost.words += 1;
        if lost.sample.len() < NAMED {
            lost.sample.push(word);
        }
    };
    // A word with the edge of an element in it has marks there, or not: then it is one word again. It takes what the plain
    // ones leave.
    let mut parted = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != EDGE) {
        let mut parts = words(word);
        match (parts.next(), parts.next()) {
            (None, _) => {}
            (Some(plain), None) if take(plain) => {}
            (Some(plain), None) => miss(plain.to_owned()),
            (Some(_), Some(_)) => parted.push(word),
        }
    }
    let mut letters = None;
    for word in parted {
        let joined: String = words(word).collect();
        let is_there = take(&joined)
            || words(word).filter(|part| !take(part)).count() == 0
            || letters
                .get_or_insert_with(|| words(markdown).collect::<String>())
                .contains(&joined);
        if !is_there {
            miss(joined);
        }
    }
    lost
}

/// Stands at the edges of elements within a line, where a word may go on.
const EDGE: char = '\u{1}';

/// Runs of letters and digits: escapes and marks stand between them, never in them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Takes hashes as they are.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Collects the words that have to arrive, and names the things that cannot.
fn said(root: Html<'_>, polls: Polls, text: &mut String, lost: &mut Lost) {
    let mut next = Some(root);
    while let Some(at) = next {
        let goes_in = match at.value() {
            scraper::Node::Text(piece) => {
                text.push_str(&sanitize::text(piece));
                true
            }
            scraper::Node::Element(_) => {
                let goes_in = is_said(at, polls) || at.id() == root.id();
                if goes_in {
                    look(at, lost);
                    // Words of two blocks or cells are two words; parts of a word in marks are one.
                    let is_apart = node::is_block(at) || node::name(at) == "br";
                    text.push(if is_apart { '\n' } else { EDGE });
                }
                goes_in
            }
            _ => true,
        };
        next = at.first_child().filter(|_| goes_in).or_else(|| {
            let mut above = at;
            loop {
                if above.id() == root.id() {
                    return None;
                }
                match above.value() {
                    scraper::Node::Element(_) if node::is_block(above) => text.push('\n'),
                    scraper::Node::Element(_) => text.push(EDGE),
                    _ => {}
                }
                if let Some(sibling) = above.next_sibling() {
                    return Some(sibling);
                }
                above = above.parent()?;
            }
        });
    }
}

/// Whether the words of an element have to arrive.
fn is_said(node: Html<'_>, polls: Polls) -> bool {
    // Most elements, and none of those below.
    let is_plain = matches!(
        node::name(node),
        "p" | "br"
            | "li"
            | "ul"
            | "ol"
            | "em"
            | "strong"
            | "code"
            | "pre"
            | "blockquote"
            | "b"
            | "i"
    );
    if is_plain {
        return true;
    }
    if polls == Polls::InText && node::is_poll(node) {
        return true;
    }
    // Buttons, counters and the like within a poll.
    let is_of_poll = |class| node::has_class(node, class);
    if ["poll-info", "poll-buttons"].into_iter().any(is_of_poll) {
        return false;
    }
    if node::is_hidden(node) || embed::is_embed(node) || embed::address(node).is_some() {
        return false;
    }
    let is_quote = |node| node::name(node) == "aside" && node::has_class(node, "quote");
    match node::name(node) {
        "aside" if is_quote(node) => Converter::preview(node).is_none(),
        "div" if quote::is_title(node) => !node.parent().is_some_and(is_quote),
        "video" | "audio" | "iframe" | "picture" => false,
        "sup" => !node::has_class(node, "footnote-ref"),
        "span" => !["discourse-local-date", "math", "chcklst-box"]
            .iter()
            .any(|class| node::has_class(node, class)),
        "a" => {
            let is_renamed = ["mention", "mention-group", "lightbox"]
                .iter()
                .any(|class| node::has_class(node, class));
            let shows_address = node::href(node)
                .is_some_and(|href| shows(&sanitize::line(&node::text(node)), href));
            !is_renamed && !shows_address
        }
        _ => true,
    }
}

/// Names an element that shows something, but has no words for it.
fn look(node: Html<'_>, lost: &mut Lost) {
    if !matches!(node::name(node), "a" | "div" | "section") {
        return;
    }
    let mut name = |thing: String| {
        if lost.things.len() < NAMED {
            lost.things.push(thing);
        }
    };
    if let Some(href) = node::href(node)
        && !is_safe_destination(&with_scheme(&sanitize::line(href)))
    {
        name(format!("a link to {}", sanitize::line(href)));
    }
    let plugin = node::classes(node).find(|class| class.starts_with("discourse-"));
    if let Some(class) = plugin
        && node::is_block(node)
        && !event::is_event(node)
        && node::text(node).trim().is_empty()
        && node::find(node, |inner| {
            matches!(node::name(inner), "img" | "video" | "audio" | "iframe")
        })
        .is_none()
    {
        name(format!("a block \"{class}\""));
    }
}
