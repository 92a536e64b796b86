// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The inside of a line.

use scraper::Node;

use super::super::sanitize;
use super::super::scan::{self, Token};
use super::LinkMap;
use super::escape::{self, HARD_BREAK, Place, SPAN_START};
use super::node::{self, Html, Next};
use super::{code, embed};

/// How deep elements are followed; what is deeper is written as plain text.
pub(super) const MAX_ELEMENTS: usize = 100;

/// Writes the inside of one paragraph, heading or cell.
pub(super) struct Line<'a> {
    pub(super) links: &'a dyn LinkMap,
    pub(super) out: String,
    /// Elements around the current one.
    pub(super) depth: usize,
    /// Whether the text of a link is being written.
    pub(super) is_label: bool,
    /// Whether code is being written.
    is_code: bool,
    /// Spans that are open.
    spans: Vec<Mark>,
    /// Whether a blank line may end the paragraph and begin another.
    may_split: bool,
    /// Where the last code span ended.
    code_end: usize,
    /// Where the last emoji ended.
    emoji_end: usize,
}

/// A pair of marks around a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Emphasis,
    Strong,
    Strike,
    Keyboard,
    Superscript,
    Subscript,
    Spoiler,
}

impl<'a> Line<'a> {
    pub(super) fn new(links: &'a dyn LinkMap, depth: usize) -> Self {
        Self {
            links,
            out: String::new(),
            depth,
            is_label: false,
            is_code: false,
            spans: Vec::new(),
            may_split: false,
            code_end: usize::MAX,
            emoji_end: usize::MAX,
        }
    }

    /// Returns the nodes as one paragraph, or several if the author put two breaks in a row. May be empty.
    pub(super) fn paragraph<'t>(mut self, nodes: impl IntoIterator<Item = Html<'t>>) -> String {
        self.may_split = true;
        self.nodes(nodes);
        self.finish("\\\n")
    }

    /// Returns the nodes with this text for every hard break.
    pub(super) fn with_breaks<'t>(
        mut self,
        nodes: impl IntoIterator<Item = Html<'t>>,
        hard_break: &str,
    ) -> String {
        self.nodes(nodes);
        self.finish(hard_break)
    }

    pub(super) fn finish(self, hard_break: &str) -> String {
        let line = self.out.trim_matches([' ', '\n', HARD_BREAK]);
        line.replace(HARD_BREAK, hard_break)
    }

    fn nodes<'t>(&mut self, nodes: impl IntoIterator<Item = Html<'t>>) {
        for node in nodes {
            self.node(node);
        }
    }

    pub(super) fn node(&mut self, node: Html<'_>) {
        match node.value() {
            Node::Text(text) if self.is_code => self.code(text),
            Node::Text(text) => self.text(text, node::next_inside(node)),
            Node::Element(_) if node::is_hidden(node) => {}
            Node::Element(_) if self.depth >= MAX_ELEMENTS => {
                self.text(&node::text(node), Next::Other);
            }
            Node::Element(_) => {
                self.depth += 1;
                self.element(node);
                self.depth -= 1;
            }
            _ => {}
        }
    }

    fn element(&mut self, node: Html<'_>) {
        match node::name(node) {
            "br" => self.hard_break(),
            "em" | "i" | "u" | "ins" => self.span(node, Mark::Emphasis),
            "strong" | "b" => self.span(node, Mark::Strong),
            "s" | "del" | "strike" => self.span(node, Mark::Strike),
            "kbd" => self.span(node, Mark::Keyboard),
            "sup" if node::has_class(node, "footnote-ref") => self.footnote(node),
            "sup" => self.span(node, Mark::Superscript),
            "sub" => self.span(node, Mark::Subscript),
            "code" | "tt" | "samp" => self.code_element(node),
            "img" => self.image(node),
            "a" => self.link(node),
            "span" => self.special_span(node),
            "video" | "audio" | "iframe" => {
                if let Some(address) = embed::address(node) {
                    self.hard_break();
                    self.address(&address, Next::Break);
                    self.hard_break();
                }
            }
            _ if node::is_block(node) => {
                self.hard_break();
                self.nodes(node.children());
                self.hard_break();
            }
            _ => self.nodes(node.children()),
        }
    }

    fn special_span(&mut self, node: Html<'_>) {
        for class in node::classes(node) {
            match class {
                "bbcode-b" => return self.span(node, Mark::Strong),
                "bbcode-i" | "bbcode-u" => return self.span(node, Mark::Emphasis),
                "bbcode-s" => return self.span(node, Mark::Strike),
                "spoiler" | "spoiled" => return self.span(node, Mark::Spoiler),
                // Money and variables, mostly: the author wrote dollar signs around it.
                "math" => {
                    let text = format!("${}$", node::text(node));
                    return self.text(&text, node::next(node));
                }
                "discourse-local-date" => {
                    let attribute = |name| node::attribute(node, name);
                    if let Some(date) = attribute("data-date") {
                        let parts = [
                            Some(date),
                            attribute("data-time"),
                            attribute("data-timezone"),
                        ];
                        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
                        return self.text(&text, node::next(node));
                    }
                }
                "chcklst-box" => {
                    self.out.push_str(if node::has_class(node, "checked") {
                        "[x] "
                    } else {
                        "[ ] "
                    });
                    return;
                }
                _ => {}
            }
        }
        self.nodes(node.children());
    }

    /// Adds plain text, folding white space as HTML does.
    pub(super) fn text(&mut self, text: &str, next: Next) {
        let text = sanitize::text(text);
        let mut folded = String::with_capacity(text.len());
        let mut is_after_space = escape::is_line_start(&self.out) || self.out.ends_with(' ');
        let mut rest = text.as_ref();
        while let Some(first) = rest.chars().next() {
            let is_space = |c: char| c.is_ascii_whitespace();
            let end = if is_space(first) {
                rest.find(|c| !is_space(c))
            } else {
                rest.find(is_space)
            };
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            if !is_space(first) {
                folded.push_str(piece);
            } else if !is_after_space {
                folded.push(if piece.contains('\n') { '\n' } else { ' ' });
            }
            is_after_space = is_space(first);
        }
        escape::push(
            &mut self.out,
            &folded,
            Place {
                next,
                is_label: self.is_label,
            },
        );
    }

    pub(super) fn hard_break(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        if self.out.is_empty() || self.out.ends_with("\n\n") {
            return;
        }
        if self.out.ends_with(HARD_BREAK)
            && self.may_split
            && self.spans.is_empty()
            && !self.is_label
        {
            self.out.pop();
            self.out.push_str("\n\n");
        } else {
            if self.out.ends_with('\n') {
                self.out.pop();
            }
            self.out.push(HARD_BREAK);
        }
    }

    /// Code in which something is a link is written in pieces: nothing in a code span can be one.
    fn code_element(&mut self, node: Html<'_>) {
        let has_link = node::find(node, |inner| node::href(inner).is_some()).is_some();
        if self.is_label || !has_link {
            return self.code(&node::text(node));
        }
        let was_code = std::mem::replace(&mut self.is_code, true);
        self.nodes(node.children());
        self.is_code = was_code;
    }

    /// Writes code, each line of it in a span of its own: a span has no line ends.
    fn code(&mut self, text: &str) {
        // A bracket could end the link, or make it a definition, and cannot be escaped in code.
        if self.is_label && text.contains(['[', ']']) {
            return self.text(text, Next::Other);
        }
        let text = sanitize::text(text);
        for (at, line) in text.trim_matches('\n').split('\n').enumerate() {
            if at > 0 {
                self.hard_break();
            }
            let code = code::span(line);
            if code.is_empty() {
                if self.is_code {
                    self.space(line);
                }
                continue;
            }
            if self.code_end == self.out.len() {
                self.out.push(' ');
            }
            self.out.push_str(&code);
            self.code_end = self.out.len();
        }
    }

    fn footnote(&mut self, node: Html<'_>) {
        let target = node::find(node, |inner| node::name(inner) == "a")
            .and_then(|anchor| node::attribute(anchor, "href"))
            .and_then(super::list::footnote_label);
        match target {
            Some(label) => {
                self.out.push_str("[^");
                self.out.push_str(label);
                self.out.push(']');
            }
            None => self.span(node, Mark::Superscript),
        }
    }

    /// Writes a shortcode. Unknown pictures are written as their description.
    pub(super) fn emoji(&mut self, node: Html<'_>) {
        let title = node::attribute(node, "title")
            .or_else(|| node::attribute(node, "alt"))
            .unwrap_or_default();
        let code = format!(":{}:", title.trim_matches(':'));
        match scan::token_at(&code, 0, None) {
            Some((Token::Emoji(_), end)) if end == code.len() => {
                let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
                if self.emoji_end != self.out.len() && self.out.ends_with(is_word) {
                    self.out.push(' ');
                }
                self.out.push_str(&code);
                self.emoji_end = self.out.len();
            }
            _ => self.text(title, node::next(node)),
        }
    }

    /// Writes the children between marks. White space at their ends moves out of the marks.
    fn span(&mut self, node: Html<'_>, mark: Mark) {
        if self.spans.contains(&mark) {
            return self.nodes(node.children());
        }
        let start = self.out.len();
        self.out.push(SPAN_START);
        self.spans.push(mark);
        self.nodes(node.children());
        self.spans.pop();
        let inner = self.out.split_off(start).replacen(SPAN_START, "", 1);
        let is_space = |c: char| c.is_whitespace() || c == HARD_BREAK;
        let core = inner.trim_matches(is_space);
        let lead = &inner[..inner.len() - inner.trim_start_matches(is_space).len()];
        if core.is_empty() {
            self.space(&inner);
            return;
        }
        self.space(lead);
        let tail = &inner[lead.len() + core.len()..];
        let after = tail
            .chars()
            .next()
            .map_or_else(|| node::next(node), Next::Text);
        let (open, close) = mark.around(self.out.chars().next_back(), core, after);
        self.out.push_str(open);
        if mark == Mark::Spoiler {
            // Neither a link nor the definition of one.
            match core.chars().next() {
                Some('(') => self.out.push('\\'),
                Some(':') => self.out.push(' '),
                _ => {}
            }
        }
        self.out.push_str(core);
        self.out.push_str(close);
        self.space(tail);
    }

    /// Adds the white space that a span ends or begins with.
    fn space(&mut self, space: &str) {
        if space.contains(HARD_BREAK) {
            self.hard_break();
        } else if !space.is_empty() && !escape::is_line_start(&self.out) && !self.out.ends_with(' ')
        {
            self.out
                .push_str(if space.contains('\n') { "\n" } else { " " });
        }
    }
}

impl Mark {
    /// Returns marks that will be read as such between these neighbours.
    fn around(self, before: Option<char>, core: &str, after: Next) -> (&'static str, &'static str) {
        let (plain, tags) = match self {
            Self::Emphasis => ("*", ("<em>", "</em>")),
            Self::Strong => ("**", ("<strong>", "</strong>")),
            Self::Strike => ("~~", ("<s>", "</s>")),
            Self::Keyboard => return ("<kbd>", "</kbd>"),
            Self::Superscript => return ("<sup>", "</sup>"),
            Self::Subscript => return ("<sub>", "</sub>"),
            Self::Spoiler => return ("[spoiler]", "[/spoiler]"),
        };
        // CommonMark's flanking rules (spec 0.31, section 6.2), on the safe side.
        let is_sign =
            |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
        let is_apart = before.is_none_or(|c| {
            c.is_whitespace()
                || c == HARD_BREAK
                || c == SPAN_START
                || (c.is_ascii_punctuation() && !"*~_\\".contains(c))
        });
        let is_adjacent = before.is_some_and(|c| "*~".contains(c));
        let opens = !is_adjacent && (is_apart || !is_sign(core.chars().next()));
        let is_followed = match after {
            Next::Text(c) => {
                c.is_whitespace()
                    || c == HARD_BREAK
                    || (c.is_ascii_punctuation() && !"*~_".contains(c))
            }
            Next::Break => true,
            Next::Link | Next::Other => false,
        };
        let closes = is_followed || !is_sign(core.chars().next_back());
        // Marks within marks of the same sign, at both ends: which closes which depends on the length of the runs.
        let is_ambiguous =
            core.starts_with('*') && core.ends_with('*') && core.trim_matches('*').contains('*');
        if opens && closes && !is_ambiguous {
            (plain, plain)
        } else {
            tags
        }
    }
}
