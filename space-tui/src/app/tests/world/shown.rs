// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A painted screen as text.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::text::measure::width;

/// The rows with how they look: `[fg.modifiers]` begins a run of another style.
pub(in crate::app::tests) fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let (mut x, mut last) = (0, String::new());
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let style = named(cell);
            if style != last {
                let _ = write!(out, "[{style}]");
                last = style;
            }
            out.push_str(cell.symbol());
            x += u16::try_from(width(cell.symbol()).max(1)).unwrap();
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

/// Names how a cell looks: its colours, and the first letters of its modifiers.
fn named(cell: &Cell) -> String {
    let mut name = String::new();
    if cell.fg != Color::Reset {
        let _ = write!(name, "{}", cell.fg);
    }
    if cell.bg != Color::Reset {
        let _ = write!(name, " on {}", cell.bg);
    }
    for (modifier, letter) in [
        (Modifier::BOLD, "b"),
        (Modifier::DIM, "d"),
        (Modifier::ITALIC, "i"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::REVERSED, "r"),
        (Modifier::CROSSED_OUT, "s"),
    ] {
        if cell.modifier.contains(modifier) {
            let _ = write!(name, ".{letter}");
        }
    }
    name
}

/// The rows as a reader sees them: a wide character hides the cell behind it.
pub(in crate::app::tests) fn rows(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        out.push('|');
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            out.push_str(symbol);
            x += u16::try_from(width(symbol).max(1)).unwrap();
        }
        out.push_str("|\n");
    }
    out
}

/// The columns that each row takes, without its edges.
pub(in crate::app::tests) fn width_of_rows(shown: &str) -> impl Iterator<Item = usize> {
    shown.lines().map(|line| width(line) - 2)
}
