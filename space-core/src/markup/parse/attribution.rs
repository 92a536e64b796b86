// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The first line of a quote, which says whose words they are.

use super::super::document::{Attribution, Author, Block, Inline, Source};
use super::super::plain;
use crate::PostId;

/// Takes the attribution off the front of a quote, if its first line is one.
///
/// ```text
/// line   = [ author ] [ "," ] [ source ] ":" end of line
/// author = "@" name | "**" any words "**"
/// source = "#" number | "[" title "](" destination ")"
/// ```
pub(super) fn take(blocks: &mut Vec<Block>) -> Option<Attribution> {
    let Some(Block::Paragraph { children }) = blocks.first_mut() else {
        return None;
    };
    let is_break = |inline: &Inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak);
    let end = children.iter().position(is_break).unwrap_or(children.len());
    let attribution = read(&children[..end])?;
    if end == children.len() {
        blocks.remove(0);
    } else {
        children.drain(..=end);
    }
    Some(attribution)
}

fn read(line: &[Inline]) -> Option<Attribution> {
    let (colon, mut parts) = line.split_last()?;
    if !matches!(colon, Inline::Text { text } if text.trim() == ":") {
        return None;
    }
    let mut attribution = Attribution::default();
    if let [first, rest @ ..] = parts
        && let Some(author) = author(first)
    {
        attribution.author = Some(author);
        parts = rest;
    }
    if let [Inline::Text { text }, rest @ ..] = parts
        && attribution.author.is_some()
        && matches!(text.trim(), "," | "")
        && !rest.is_empty()
    {
        parts = rest;
    }
    match parts {
        [] => {}
        [part] => attribution.source = Some(source(part)?),
        _ => return None,
    }
    (attribution != Attribution::default()).then_some(attribution)
}

fn author(part: &Inline) -> Option<Author> {
    match part {
        Inline::Mention { name } => Some(Author::Member { name: name.clone() }),
        Inline::Strong { children } => {
            let name = plain::inline_text(children);
            (!name.is_empty()).then_some(Author::Named { name })
        }
        _ => None,
    }
}

fn source(part: &Inline) -> Option<Source> {
    match part {
        Inline::Reference { id } => PostId::new(*id).map(|id| Source::Post { id }),
        Inline::Link {
            destination,
            children,
            ..
        } => {
            let title = plain::inline_text(children);
            let id = destination
                .strip_prefix('#')
                .and_then(|digits| digits.parse().ok());
            Some(match id {
                Some(id) => Source::Post { id },
                None => Source::Link {
                    destination: destination.clone(),
                    title,
                },
            })
        }
        _ => None,
    }
}
