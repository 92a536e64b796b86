// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Quotes and their first line, in the form that [`Attribution`](super::super::Attribution) describes.

use super::super::sanitize;
use super::super::scan::{self, Token};
use super::Target;
use super::block::Converter;
use super::inline::Line;
use super::node::{self, Html, Next};

impl Converter<'_> {
    /// A block quote without attribution.
    pub(super) fn plain_quote(&mut self, node: Html<'_>) -> String {
        prefixed(&self.blocks(node))
    }

    /// A quote with a head that says whose words follow.
    pub(super) fn quote(&mut self, aside: Html<'_>) -> String {
        let (body, others): (Vec<_>, Vec<_>) = aside
            .children()
            .filter(|child| !is_title(*child))
            .partition(|child| node::name(*child) == "blockquote");
        let mut parts = Vec::new();
        for body in body {
            parts.extend(body.children());
        }
        parts.extend(others);
        let text = self.joined(parts.into_iter());
        let head = self.attribution(aside);
        if text.is_empty() && head.is_empty() {
            return String::new();
        }
        let gap = if head.is_empty() || text.is_empty() {
            ""
        } else {
            "\n\n"
        };
        prefixed(&format!("{head}{gap}{text}"))
    }

    /// Returns the address that the author wrote, if the quote is the preview of a topic of the same forum: then nobody
    /// is quoted, and the title is a link.
    pub(super) fn preview(aside: Html<'_>) -> Option<String> {
        // Quotes bear the group of their author, or that there is none.
        let is_of_author =
            node::classes(aside).any(|class| class == "no-group" || class.starts_with("group-"));
        if is_of_author || node::attribute(aside, "data-username").is_some() {
            return None;
        }
        let anchor = title_link(aside)?;
        // The forum leaves the name out, too, of an author whom it does not know (any more). Then the words are the author's
        // choice; those of a preview are the beginning of a text, without its paragraphs.
        let is_beginning = |body: Html<'_>| {
            !body.children().any(node::is_block) || node::text(body).trim_end().ends_with('…')
        };
        let body = aside
            .children()
            .find(|child| node::name(*child) == "blockquote");
        if !body.is_none_or(is_beginning) {
            return None;
        }
        node::attribute(anchor, "href").map(str::to_owned)
    }

    /// Returns the first line of a quote; empty if nothing is known.
    fn attribution(&self, aside: Html<'_>) -> String {
        let title = title(aside);
        let anchor = title_link(aside);
        let author = match node::attribute(aside, "data-username") {
            Some(name) => self.author(&sanitize::line(name), true),
            None if anchor.is_none() => {
                let name = title.map(node::text).unwrap_or_default();
                self.author(
                    sanitize::line(&name).trim_end_matches(':').trim_end(),
                    false,
                )
            }
            None => String::new(),
        };
        let number = |name| node::attribute(aside, name).and_then(|number| number.parse().ok());
        let post = number("data-topic")
            .zip(number("data-post"))
            .and_then(|(topic, post)| self.links.post(topic, post));
        let source = match (post, anchor) {
            (Some(id), _) => format!("#{id}"),
            (None, Some(anchor)) => self.place(anchor),
            (None, None) => String::new(),
        };
        match (author.is_empty(), source.is_empty()) {
            (true, true) => String::new(),
            (false, false) => format!("{author}, {source}:"),
            _ => format!("{author}{source}:"),
        }
    }

    fn author(&self, name: &str, is_member: bool) -> String {
        let name = self
            .links
            .member(name)
            .filter(|_| is_member)
            .unwrap_or_else(|| name.to_owned());
        let mention = format!("@{name}");
        let is_mention = matches!(scan::token_at(&mention, 0, None), Some((Token::Mention(_), end)) if end == mention.len());
        if is_member && is_mention {
            return mention;
        }
        self.strong(&name)
    }

    /// Returns a text in strong type; empty for no text.
    pub(super) fn strong(&self, text: &str) -> String {
        let mut line = Line::new(self.links, 0);
        line.text(text, Next::Other);
        // Signs at the ends would keep `**` from being read.
        let name = line
            .out
            .trim_matches(|c: char| c.is_whitespace())
            .to_owned();
        let is_plain = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match () {
            () if name.is_empty() => String::new(),
            () if is_plain(name.chars().next()) && is_plain(name.chars().next_back()) => {
                format!("**{name}**")
            }
            () => format!("<strong>{name}</strong>"),
        }
    }

    /// The topic that the words were taken from.
    fn place(&self, anchor: Html<'_>) -> String {
        let href = node::attribute(anchor, "href").unwrap_or_default();
        if let Some(Target::Id(id)) = self.links.link(href) {
            return format!("#{id}");
        }
        let mut line = Line::new(self.links, 0);
        line.link(anchor);
        line.out
    }
}

/// Whether a part of a quote is its head.
pub(super) fn is_title(child: Html<'_>) -> bool {
    node::name(child) == "div" && node::has_class(child, "title")
}

fn title(aside: Html<'_>) -> Option<Html<'_>> {
    aside.children().find(|child| is_title(*child))
}

fn title_link(aside: Html<'_>) -> Option<Html<'_>> {
    node::find(title(aside)?, |inner| {
        node::name(inner) == "a"
            && !node::is_hidden(inner)
            && node::attribute(inner, "href").is_some()
    })
}

fn prefixed(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut quote = String::with_capacity(text.len() + 16);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            quote.push('\n');
        }
        quote.push('>');
        if !line.is_empty() {
            quote.push(' ');
            quote.push_str(line);
        }
    }
    quote
}
