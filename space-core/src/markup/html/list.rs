// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists and footnotes.

use super::block::{Converter, Part};
use super::node::{self, Html};

impl Converter<'_> {
    /// Writes a list. `is_alternate` chooses the other sign, so that two lists in a row stay two.
    pub(super) fn list(&mut self, list: Html<'_>, is_alternate: bool) -> String {
        if list
            .children()
            .any(|item| node::has_class(item, "footnote-item"))
        {
            return self.footnotes(list);
        }
        let is_numbered = node::name(list) == "ol";
        let start = node::attribute(list, "start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(1_u32);
        // What stands in a list without being an item is shown there all the same.
        let items: Vec<_> = list
            .children()
            .filter(|child| {
                node::name(*child) == "li" || !(node::is_blank(*child) || node::is_hidden(*child))
            })
            .collect();
        let is_loose = items
            .iter()
            .any(|item| item.children().any(|child| node::name(child) == "p"));
        let mut out = String::new();
        for (number, item) in (start..).zip(items) {
            let marker = match (is_numbered, is_alternate) {
                // More than nine digits are no list in CommonMark.
                (true, false) => format!("{}.", number.min(999_999_999)),
                (true, true) => format!("{})", number.min(999_999_999)),
                (false, false) => "-".to_owned(),
                (false, true) => "*".to_owned(),
            };
            if !out.is_empty() {
                out.push_str(if is_loose { "\n\n" } else { "\n" });
            }
            let content = self.item(item, is_loose);
            push_indented(&mut out, &marker, &content);
        }
        out
    }

    /// Returns the content of an item. In a tight list a nested list follows its text without a blank line.
    fn item(&mut self, item: Html<'_>, is_loose: bool) -> String {
        let parts = if node::name(item) == "li" {
            self.parts(item)
        } else {
            self.parts_of(std::iter::once(item))
        };
        let mut content = String::new();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                let is_attached = !is_loose && part.is_attachable && parts[index - 1].is_paragraph;
                content.push_str(if is_attached { "\n" } else { "\n\n" });
            }
            // `- ---` would be a rule instead of an item that holds one.
            content.push_str(if index == 0 && part.text == "---" {
                "***"
            } else {
                &part.text
            });
        }
        content
    }

    fn footnotes(&mut self, list: Html<'_>) -> String {
        let mut out = String::new();
        for item in list.children() {
            let Some(label) = node::attribute(item, "id").and_then(footnote_label) else {
                continue;
            };
            let content = self.blocks(item);
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str("[^");
            out.push_str(label);
            out.push_str("]: ");
            out.push_str(&content.replace('\n', "\n    "));
        }
        out
    }
}

/// Returns the number at the end of `#footnote-2475-1`.
pub(super) fn footnote_label(id: &str) -> Option<&str> {
    let label = id.rsplit('-').next()?;
    (!label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric())).then_some(label)
}

/// Adds an item, its lines indented to where the text after the marker begins.
fn push_indented(out: &mut String, marker: &str, content: &str) {
    out.push_str(marker);
    let indent = " ".repeat(marker.len() + 1);
    for (index, line) in content.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(if index == 0 { " " } else { &indent });
            out.push_str(line);
        }
    }
}

impl Part {
    /// A list that may follow a paragraph without a blank line: only one that begins with an item that is not empty, and
    /// with the number one if it has numbers.
    pub(super) fn can_attach(list: Html<'_>, text: &str) -> bool {
        let first_line = text.lines().next().unwrap_or_default();
        let is_empty = !first_line.contains(' ');
        let is_late = node::name(list) == "ol"
            && !first_line.starts_with("1.")
            && !first_line.starts_with("1)");
        !is_empty && !is_late
    }
}
