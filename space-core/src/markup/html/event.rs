// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Events of a calendar: the forum keeps all of one in the attributes of an empty block.

use super::super::sanitize;
use super::block::Converter;
use super::inline::Line;
use super::node::{self, Html, Next};

/// The attributes of an event that people read, in the order in which they are shown.
const SHOWN: [&str; 8] = [
    "data-name",
    "data-start",
    "data-end",
    "data-timezone",
    "data-recurrence",
    "data-location",
    "data-url",
    "data-description",
];

/// Whether the node is an event: a block of the calendar with something to show.
pub(super) fn is_event(node: Html<'_>) -> bool {
    let is_of_calendar = ["discourse-post-event", "discourse-calendar"]
        .iter()
        .any(|class| node::has_class(node, class));
    is_of_calendar && SHOWN.iter().any(|name| value(node, name).is_some())
}

fn value(node: Html<'_>, name: &str) -> Option<String> {
    node::attribute(node, name)
        .map(|value| sanitize::line(value).into_owned())
        .filter(|value| !value.is_empty())
}

impl Converter<'_> {
    /// Writes an event: its name, when and where it is, its page and what it is about, each on a line.
    pub(super) fn event(&self, node: Html<'_>) -> String {
        let plain = |text: &str| {
            let mut line = Line::new(self.links, self.depth);
            line.text(text, Next::Break);
            line.out
        };
        let times = [value(node, "data-start"), value(node, "data-end")];
        let mut time = times.into_iter().flatten().collect::<Vec<_>>().join(" – ");
        if let Some(zone) = value(node, "data-timezone") {
            time = format!("{time} ({zone})");
        }
        if let Some(again) = value(node, "data-recurrence") {
            time = format!("{time}, {again}");
        }
        let url = value(node, "data-url").map(|url| {
            let mut line = Line::new(self.links, self.depth);
            line.embedded(&url);
            line.out
        });
        let lines = [
            value(node, "data-name").map(|name| self.strong(&name)),
            Some(plain(time.trim())),
            value(node, "data-location").map(|place| plain(&place)),
            url,
            value(node, "data-description").map(|about| plain(&about)),
        ];
        let lines: Vec<String> = lines
            .into_iter()
            .flatten()
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\\\n")
    }
}
