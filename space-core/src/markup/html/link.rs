// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Links, mentions and pictures.

use super::super::parse::is_safe_destination;
use super::super::sanitize;
use super::super::scan::{self, Token};
use super::Target;
use super::escape::{HARD_BREAK, SPAN_START};
use super::inline::Line;
use super::node::{self, Html, Next};

impl Line<'_> {
    pub(super) fn link(&mut self, node: Html<'_>) {
        if self.is_label {
            return self.children(node);
        }
        for class in node::classes(node) {
            match class {
                "mention" | "mention-group" => return self.mention(node),
                "hashtag" | "hashtag-cooked" => {
                    let tag = node::text(node);
                    return self.text(tag.trim(), node::next(node));
                }
                "lightbox" => return self.lightbox(node),
                _ => {}
            }
        }
        let Some(href) = node::attribute(node, "href")
            .map(str::trim)
            .filter(|href| !href.is_empty())
        else {
            return self.children(node);
        };
        let text = sanitize::line(&node::text(node)).into_owned();
        let has_picture = node::find(node, |inner| node::name(inner) == "img").is_some();
        let shows_address = !has_picture && shows(&text, href);
        let destination = match self.links.link(href) {
            Some(Target::Id(id)) if shows_address => return self.reference(id, node::next(node)),
            Some(Target::Id(id)) => format!("#{id}"),
            Some(Target::Address(address)) => address,
            None => href.to_owned(),
        };
        let destination = with_scheme(&sanitize::line(&destination));
        if !is_safe_destination(&destination) {
            return self.children(node);
        }
        if shows_address || (text.is_empty() && !has_picture) {
            if text.starts_with("www.") && destination == format!("http://{text}") {
                return self.bare_host(&text, &destination, node::next(node));
            }
            return self.address(&destination, node::next(node));
        }
        if destination.strip_prefix("mailto:") == Some(text.as_str())
            && !text.contains(['<', '>', ' ', '\\'])
        {
            self.out.push('<');
            self.out.push_str(&text);
            self.out.push('>');
            return;
        }
        let label = self.label(node);
        if label.is_empty() {
            return self.address(&destination, node::next(node));
        }
        self.out.push('[');
        self.out.push_str(&label);
        self.out.push(']');
        self.push_destination(&destination);
    }

    fn children(&mut self, node: Html<'_>) {
        for child in node.children() {
            self.node(child);
        }
    }

    /// Returns the text of a link.
    fn label(&mut self, node: Html<'_>) -> String {
        let start = self.out.len();
        self.out.push(SPAN_START);
        self.is_label = true;
        self.children(node);
        self.is_label = false;
        let label = self.out.split_off(start).replacen(SPAN_START, "", 1);
        let is_space = |c: char| c.is_whitespace() || c == HARD_BREAK;
        label
            .trim_matches(is_space)
            .replace([HARD_BREAK, '\n'], " ")
    }

    fn mention(&mut self, node: Html<'_>) {
        let text = sanitize::line(&node::text(node)).into_owned();
        let name = text.trim_start_matches('@');
        let mention = format!("@{}", self.links.member(name).as_deref().unwrap_or(name));
        let before = self.out.chars().next_back();
        match scan::token_at(&mention, 0, before) {
            Some((Token::Mention(_), end)) if end == mention.len() => self.out.push_str(&mention),
            _ => self.text(&text, node::next(node)),
        }
    }

    fn reference(&mut self, id: i64, next: Next) {
        let reference = format!("#{id}");
        let before = self.out.chars().next_back();
        let is_read = matches!(
            scan::token_at(&reference, 0, before),
            Some((Token::Reference(_), _))
        );
        let is_apart = !matches!(next, Next::Text(c) if c.is_alphanumeric() || c == '_');
        if is_read && is_apart {
            self.out.push_str(&reference);
        } else {
            self.out.extend(["[", &reference, "](", &reference, ")"]);
        }
    }

    /// Whether an address that is written as it is will be read as one.
    fn is_bare(&self, address: &str, next: Next) -> bool {
        let before = self.out.chars().next_back();
        matches!(scan::token_at(address, 0, before), Some((Token::Address(_), end)) if end == address.len())
            && next.is_space()
            && !has_markup(address)
    }

    /// Writes an address without its scheme: `www.example.org` is read as `http://www.example.org` where white space follows;
    /// anywhere else the scheme has to be written.
    fn bare_host(&mut self, host: &str, address: &str, next: Next) {
        if self.is_bare(host, next) {
            self.out.push_str(host);
        } else {
            self.labelled(host, address);
        }
    }

    fn labelled(&mut self, label: &str, address: &str) {
        self.out.push('[');
        let was_label = std::mem::replace(&mut self.is_label, true);
        self.text(label, Next::Other);
        self.is_label = was_label;
        self.out.push(']');
        self.push_destination(address);
    }

    /// Writes an address: as it is where it will be read as one, else in angle brackets.
    pub(super) fn address(&mut self, address: &str, next: Next) {
        if self.is_bare(address, next) {
            self.out.push_str(address);
        } else if has_safe_scheme(address)
            && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|'))
        {
            self.out.push('<');
            self.out.push_str(address);
            self.out.push('>');
        } else {
            self.labelled(address, address);
        }
    }

    pub(super) fn image(&mut self, node: Html<'_>) {
        if node::has_class(node, "emoji") {
            return self.emoji(node);
        }
        let is_decoration = [
            "avatar",
            "site-icon",
            "onebox-avatar",
            "onebox-avatar-inline",
        ]
        .iter()
        .any(|class| node::has_class(node, class));
        if !is_decoration && let Some(address) = node::attribute(node, "src") {
            self.picture(node, address);
        }
    }

    /// A lightbox holds a smaller picture; the anchor leads to the original.
    fn lightbox(&mut self, node: Html<'_>) {
        let image = node::find(node, |inner| node::name(inner) == "img");
        match (image, node::attribute(node, "href")) {
            (Some(image), Some(address)) => self.picture(image, address),
            (Some(image), None) => self.image(image),
            _ => self.children(node),
        }
    }

    fn picture(&mut self, image: Html<'_>, address: &str) {
        let alt = sanitize::line(node::attribute(image, "alt").unwrap_or_default()).into_owned();
        let upload = node::attribute(image, "data-base62-sha1");
        let mapped = self.links.picture(address, upload);
        let address = with_scheme(&sanitize::line(mapped.as_deref().unwrap_or(address)));
        let has_scheme = address.starts_with("http://") || address.starts_with("https://");
        if !has_scheme && (address.is_empty() || address.contains(':')) {
            return self.text(&alt, node::next(image));
        }
        self.out.push_str("![");
        let start = self.out.len();
        let was_label = std::mem::replace(&mut self.is_label, true);
        self.text(&alt, Next::Other);
        self.is_label = was_label;
        // Nothing but text may stand there.
        debug_assert!(self.out.len() >= start);
        self.out.push(']');
        self.push_destination(&address);
    }

    fn push_destination(&mut self, destination: &str) {
        let is_angled = destination.contains(['(', ')']);
        self.out.push_str(if is_angled { "(<" } else { "(" });
        for c in destination.chars() {
            match c {
                '<' => self.out.push_str("%3C"),
                '>' => self.out.push_str("%3E"),
                '\\' => self.out.push_str("%5C"),
                '|' => self.out.push_str("%7C"),
                '&' => self.out.push_str("\\&"),
                c if c.is_whitespace() => self.out.push_str("%20"),
                c => self.out.push(c),
            }
        }
        self.out.push_str(if is_angled { ">)" } else { ")" });
    }
}

/// Whether the text of a link is its address, as written or decoded.
pub(super) fn shows(text: &str, href: &str) -> bool {
    let is_same = |text: &str| text == href || text == decoded(href);
    is_same(text) || (text.starts_with("www.") && is_same(&format!("http://{text}")))
}

/// Resolves percent-encoding for comparison; what is no UTF-8 stays.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

pub(super) fn with_scheme(address: &str) -> String {
    if address.starts_with("//") {
        format!("https:{address}")
    } else {
        address.to_owned()
    }
}

fn has_safe_scheme(address: &str) -> bool {
    [
        "http://", "https://", "mailto:", "irc://", "ircs://", "xmpp:", "tel:", "matrix:",
    ]
    .iter()
    .any(|scheme| address.starts_with(scheme))
}

/// Whether CommonMark would read something inside a bare address.
fn has_markup(address: &str) -> bool {
    address.contains(['*', '~', '\\', '`', '[', ']', '|', '&', '!'])
        && (address.contains(['*', '~', '\\', '`', '[', ']', '|', '!'])
            || has_character_reference(address))
        || address.match_indices('_').any(|(at, _)| {
            let before = address[..at].chars().next_back();
            let after = address[at + 1..].chars().next();
            !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
        })
}

fn has_character_reference(address: &str) -> bool {
    address.split('&').skip(1).any(|rest| {
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
            .unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with(';')
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://e.org/a%20b", "https://e.org/a b")]
    #[case("%C5%82", "ł")]
    #[case("100%", "100%")]
    #[case("%ff", "%ff")]
    fn addresses_are_decoded(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(decoded(address), expected);
    }
}
