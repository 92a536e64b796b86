// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The strip beside a thread: where one is in it, what is unread, what one wrote.

use crate::app::outline::Outline;
use crate::doc::{Role, Span};

/// Posts from which a strip tells more than the screen itself.
const WORTH: usize = 25;
/// Columns below which the strip takes room from the text.
const ROOM: usize = 60;

/// What one row of the strip stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cell {
    is_unread: bool,
    is_own: bool,
}

/// The strip, made once for each change; a frame only looks things up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MiniMap {
    cells: Vec<Cell>,
    posts: usize,
}

impl MiniMap {
    /// Returns whether a strip is shown when nobody asked for one or for none.
    pub fn is_worth_it(outline: &Outline, columns: usize) -> bool {
        outline.len() >= WORTH && columns >= ROOM
    }

    /// Makes the strip for a screen of `rows`; posts above `read` are unread.
    pub fn new(outline: &Outline, is_tree: bool, read: i64, rows: usize) -> Self {
        let posts = outline.len();
        let mut cells = vec![Cell::default(); rows.min(posts)];
        let mut mark = |rank: usize, number: i64, is_own: bool| {
            let row = rank * cells.len() / posts.max(1);
            if let Some(cell) = cells.get_mut(row) {
                cell.is_unread |= number > read;
                cell.is_own |= is_own;
            }
        };
        if is_tree {
            for (rank, knot) in outline.as_read().enumerate() {
                mark(rank, knot.number, knot.is_own);
            }
        } else {
            for (rank, knot) in outline.by_number().enumerate() {
                mark(rank, knot.number, knot.is_own);
            }
        }
        Self { cells, posts }
    }

    /// Returns what stands at a row of the screen; `here` is how far down the reader is.
    pub fn row(&self, row: usize, here: Option<usize>) -> Span {
        let Some(cell) = self.cells.get(row) else {
            return Span::new(Role::Quiet, " ");
        };
        let at = here.map(|rank| rank * self.cells.len() / self.posts.max(1));
        let (role, sign) = if at == Some(row) {
            (Role::Key, "◀")
        } else if cell.is_own {
            (Role::Author, "◆")
        } else if cell.is_unread {
            (Role::Unread, "┃")
        } else {
            (Role::Quiet, "·")
        };
        Span::new(role, sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::outline::Mark;
    use space_core::PostId;

    fn strip(posts: i64, read: i64, rows: usize, here: i64) -> String {
        let marks: Vec<Mark> = (1..=posts)
            .map(|number| Mark {
                id: PostId::new(number).unwrap(),
                number,
                reply_to: None,
                is_own: number == 3,
            })
            .collect();
        let outline = Outline::new(&marks);
        let map = MiniMap::new(&outline, false, read, rows);
        let here = outline.rank(here, false);
        (0..rows).map(|row| map.row(row, here).text).collect()
    }

    #[test]
    fn it_says_where_one_is_what_is_unread_and_what_one_wrote() {
        assert_eq!(strip(8, 4, 8, 2), "·◀◆·┃┃┃┃");
    }

    #[test]
    fn a_long_topic_fits_a_short_screen() {
        assert_eq!(strip(10_000, 5_000, 10, 9_999), "◆····┃┃┃┃◀");
    }

    #[test]
    fn a_short_topic_takes_a_row_for_each_post() {
        assert_eq!(strip(2, 0, 4, 1), "◀┃  ");
    }
}
