// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Links that a terminal can follow by itself: OSC 8 around the cells of a link.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use unicode_width::UnicodeWidthStr as _;

use super::Target;

/// Cells of one row that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// How many columns.
    pub columns: u16,
    /// Where they lead.
    pub target: Target,
}

/// Makes links of cells. What stays inside the space is ours to follow, not the terminal's.
///
/// Each cell opens and closes its own link: a frame writes only the cells that changed, so a link that is opened
/// in one cell and closed in another could stay open.
pub fn link(runs: &[Run], buffer: &mut Buffer) {
    for run in runs {
        let (Target::Web(address) | Target::Mail(address)) = &run.target else {
            continue;
        };
        // Addresses are checked where targets are made; an escape sequence is worth checking twice.
        if !address.bytes().all(|b| b.is_ascii_graphic()) {
            continue;
        }
        // The same id says that cells of one link belong together, also across lines.
        let id = id(address);
        let mut x = run.x;
        while x < run.x.saturating_add(run.columns).min(buffer.area.right()) {
            let cell = &mut buffer[(x, run.y)];
            let wide = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            let symbol = format!(
                "\x1b]8;id={id:x};{address}\x1b\\{}\x1b]8;;\x1b\\",
                cell.symbol()
            );
            cell.set_symbol(&symbol);
            if let Some(wide) = NonZeroU16::new(wide) {
                cell.set_diff_option(CellDiffOption::ForcedWidth(wide));
            }
            x = x.saturating_add(wide);
        }
    }
}

fn id(address: &str) -> u32 {
    // FNV-1a: any spread will do, and it is the same in every frame.
    address.bytes().fold(0x811c_9dc5, |hash, b| {
        (hash ^ u32::from(b)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn every_cell_closes_what_it_opens() {
        let mut buffer = Buffer::with_lines(["a日c"]);
        let target = Target::Web("https://example.org/".to_owned());
        link(
            &[Run {
                x: 0,
                y: 0,
                columns: 3,
                target,
            }],
            &mut buffer,
        );
        let a = buffer[(0, 0)].symbol().to_owned();
        assert!(
            a.starts_with("\x1b]8;id=") && a.ends_with("\x1b\\a\x1b]8;;\x1b\\"),
            "{a:?}"
        );
        let wide = &buffer[(1, 0)];
        assert_eq!(
            wide.diff_option,
            CellDiffOption::ForcedWidth(NonZeroU16::new(2).unwrap())
        );
        assert_eq!(buffer[(3, 0)].symbol(), "c");
    }

    #[test]
    fn an_address_that_could_break_out_makes_no_link() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        let target = Target::Web("https://example.org/\x1b\\x".to_owned());
        link(
            &[Run {
                x: 0,
                y: 0,
                columns: 3,
                target,
            }],
            &mut buffer,
        );
        assert_eq!(buffer, Buffer::empty(Rect::new(0, 0, 3, 1)));
    }
}
