// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A list in a box over the screen: which row the reader is on, and drawing those around it.

use crate::app::commands::Action;
use crate::app::layers::Drawn;
use crate::doc::{Area, Line, Overlay, Role};

/// Where the reader is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rows {
    /// The row.
    pub at: usize,
}

/// Returns by how many rows a command moves in such a list; nothing when it does something else.
pub(super) fn rows_of(action: Action) -> Option<isize> {
    Some(match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::HalfDown | Action::PageDown => 5,
        Action::HalfUp | Action::PageUp => -5,
        Action::Top => isize::MIN,
        Action::Bottom => isize::MAX,
        _ => return None,
    })
}

impl Rows {
    /// Moves by rows.
    pub fn step(&mut self, by: isize, len: usize) {
        let last = len.saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Draws entries of some lines each; the one the reader is on is whole on the screen where it can be.
    pub fn draw(self, title: String, area: Area, entries: Vec<Vec<Line>>, empty: String) -> Drawn {
        let (_, height) = Overlay::inner(area);
        if entries.is_empty() {
            let lines = vec![Line::text(Role::Quiet, empty)];
            let (columns, rows) = Overlay::size(&title, &lines);
            let overlay = Overlay {
                area: area.middle(columns.max(40), rows),
                title,
                lines,
                ..Overlay::default()
            };
            return Drawn::Box(overlay, None);
        }
        let at = self.at.min(entries.len() - 1);
        let first: usize = entries[..at].iter().map(Vec::len).sum();
        let end = first + entries[at].len();
        let top = end.saturating_sub(height).min(first);
        let all: usize = entries.iter().map(Vec::len).sum();
        let hidden = (top, all.saturating_sub(top + height));
        let lines = entries.into_iter().flatten().skip(top).take(height);
        let row = u16::try_from(first - top).unwrap_or(0);
        let cursor = (area.y + 1 + row, area.x + 2);
        let overlay = Overlay {
            title,
            area,
            lines: lines.collect(),
            hidden,
        };
        Drawn::Box(overlay, Some(cursor))
    }
}
