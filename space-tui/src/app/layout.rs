// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where the parts of the screen are, by its size.
//!
//! Below [`TWO`] columns there is one part, below [`THREE`] two, above three: tree, list, reader. A thread between the
//! two takes the whole width, as reading needs it; the tree comes beside it while the reader is in it.

use crate::doc::Area;

/// Columns from which two parts stand beside each other.
pub const TWO: u16 = 60;
/// Columns from which three do.
pub const THREE: u16 = 100;

/// Rows below which what is docked takes all of them.
const LOW: u16 = 14;

/// Where a pane stands that one writes in while reading goes on beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dock {
    /// Below, this many rows high at most.
    Bottom(u16),
    /// At the right side where the screen is wide, else below.
    Side {
        /// Columns at the side.
        columns: u16,
        /// Rows when it stands below.
        rows: u16,
    },
}

/// What wants a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// There is a tree of categories.
    pub has_tree: bool,
    /// The reader is in the tree.
    pub is_in_tree: bool,
    /// There is a thread.
    pub has_thread: bool,
    /// Columns of the tree that the reader set; by the size of the screen when absent.
    pub tree_columns: Option<u16>,
    /// Columns of the list beside a thread that the reader set.
    pub list_columns: Option<u16>,
    /// Something is docked.
    pub dock: Option<Dock>,
}

/// Where things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// Everything between the first line and the last ones.
    pub body: Area,
    /// The tree of categories.
    pub tree: Option<Area>,
    /// The list.
    pub list: Option<Area>,
    /// The thread.
    pub thread: Option<Area>,
    /// What is docked, without the line that parts it from the rest.
    pub dock: Option<Area>,
}

impl Layout {
    /// Places everything on a screen of this size, of which the last rows are taken.
    pub fn new(columns: u16, rows: u16, foot: u16, wants: Wants) -> Self {
        let body = Area {
            x: 0,
            y: 1,
            columns,
            rows: rows.saturating_sub(1 + foot).max(1),
        };
        let mut layout = Self {
            body,
            ..Self::default()
        };
        let mut rest = body;
        let is_tree_beside = columns >= THREE || columns >= TWO && !wants.has_thread;
        if wants.has_tree && wants.is_in_tree && columns < TWO {
            layout.tree = Some(body);
            return layout;
        }
        if wants.has_tree && (is_tree_beside || wants.is_in_tree) {
            // A width that was set on a large screen leaves at least half of a small one.
            let wide = wants.tree_columns.unwrap_or((columns / 5).clamp(16, 30));
            let (tree, right) = split(rest, wide.min(columns / 2));
            (layout.tree, rest) = (Some(tree), right);
        }
        if wants.dock.is_some() && (columns < TWO || body.rows < LOW) {
            // There is no room for two: the row of its title is all that is left above what is docked.
            let whole = Area {
                y: body.y + 1,
                rows: body.rows.saturating_sub(1).max(1),
                ..body
            };
            return Self {
                body,
                dock: Some(whole),
                ..Self::default()
            };
        }
        if let Some(dock) = wants.dock {
            let (reading, docked) = docked(rest, dock, columns);
            (rest, layout.dock) = (reading, Some(docked));
        }
        match (wants.has_thread, columns >= THREE) {
            (false, _) => layout.list = Some(rest),
            (true, false) => layout.thread = Some(rest),
            (true, true) => {
                // A third for the list; what is read has the more of it.
                let (list, thread) = split(
                    rest,
                    wants
                        .list_columns
                        .unwrap_or((rest.columns / 3).clamp(24, 70)),
                );
                if thread.columns >= 40 {
                    (layout.list, layout.thread) = (Some(list), Some(thread));
                } else {
                    layout.thread = Some(rest);
                }
            }
        }
        layout
    }
}

/// Parts an area at a column, which a line takes; each side keeps one column at least.
fn split(area: Area, columns: u16) -> (Area, Area) {
    let left = columns.min(area.columns.saturating_sub(2)).max(1);
    let right = Area {
        x: area.x + (left + 1).min(area.columns),
        columns: area.columns.saturating_sub(left + 1),
        ..area
    };
    let left = Area {
        columns: left,
        ..area
    };
    (left, right)
}

/// Parts an area into what is read and what is docked; reading keeps at least a third.
fn docked(area: Area, dock: Dock, columns: u16) -> (Area, Area) {
    match dock {
        Dock::Side { columns: wide, .. } if columns >= THREE => {
            let wide = wide.clamp(1, (area.columns - area.columns / 3).max(1));
            let (reading, beside) = split(area, area.columns.saturating_sub(wide + 1));
            // The first row is for its title.
            let beside = Area {
                y: beside.y + 1,
                rows: beside.rows.saturating_sub(1).max(1),
                ..beside
            };
            (reading, beside)
        }
        Dock::Bottom(rows) | Dock::Side { rows, .. } => {
            let rows = rows.min(area.rows - area.rows / 3).max(1);
            let reading = Area {
                rows: area.rows.saturating_sub(rows + 1),
                ..area
            };
            let below = Area {
                y: area.y + area.rows.saturating_sub(rows),
                rows: rows.min(area.rows),
                ..area
            };
            (reading, below)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const LIST: Wants = Wants {
        has_tree: true,
        is_in_tree: false,
        has_thread: false,
        tree_columns: None,
        list_columns: None,
        dock: None,
    };
    const THREAD: Wants = Wants {
        has_thread: true,
        ..LIST
    };

    fn widths(columns: u16, wants: Wants) -> [u16; 3] {
        let layout = Layout::new(columns, 24, 2, wants);
        [layout.tree, layout.list, layout.thread].map(|area| area.map_or(0, |area| area.columns))
    }

    #[rstest]
    #[case(40, [0, 40, 0], [0, 0, 40])]
    #[case(59, [0, 59, 0], [0, 0, 59])]
    #[case(60, [16, 43, 0], [0, 0, 60])]
    #[case(80, [16, 63, 0], [0, 0, 80])]
    #[case(99, [19, 79, 0], [0, 0, 99])]
    #[case(100, [20, 79, 0], [20, 26, 52])]
    #[case(120, [24, 95, 0], [24, 31, 63])]
    #[case(200, [30, 169, 0], [30, 56, 112])]
    fn parts_by_width(#[case] columns: u16, #[case] list: [u16; 3], #[case] thread: [u16; 3]) {
        assert_eq!(widths(columns, LIST), list);
        assert_eq!(widths(columns, THREAD), thread);
    }

    #[test]
    fn the_tree_comes_where_the_reader_goes() {
        let inside = |wants| Wants {
            is_in_tree: true,
            ..wants
        };
        assert_eq!(widths(50, inside(LIST)), [50, 0, 0]);
        assert_eq!(widths(80, inside(THREAD)), [16, 0, 63]);
    }

    #[test]
    fn what_is_docked_stands_below_or_beside() {
        let wants = |dock| Wants {
            dock: Some(dock),
            ..THREAD
        };
        let below = Layout::new(80, 24, 2, wants(Dock::Bottom(8)));
        assert_eq!(
            (below.thread.unwrap().rows, below.dock.unwrap().rows),
            (12, 8)
        );
        let side = Dock::Side {
            columns: 60,
            rows: 8,
        };
        let beside = Layout::new(200, 60, 2, wants(side));
        assert_eq!(beside.dock.unwrap().columns, 60);
        assert_eq!(beside.dock.unwrap().rows, 56);
        let narrow = Layout::new(80, 24, 2, wants(side));
        assert_eq!(narrow.dock.unwrap().rows, 8);
    }

    proptest! {
        #[test]
        fn parts_never_overlap_or_leave_the_screen(columns in 40_u16..300, rows in 10_u16..100,
            has_tree: bool, is_in_tree: bool, has_thread: bool, tree_columns in prop::option::of(0_u16..300), list_columns in prop::option::of(0_u16..300),
            dock in prop::option::of((0_u16..300, 0_u16..100, any::<bool>()))) {
            let dock = dock.map(|(columns, rows, is_side)| if is_side { Dock::Side { columns, rows } } else { Dock::Bottom(rows) });
            let layout = Layout::new(columns, rows, 2, Wants { has_tree, is_in_tree, has_thread, tree_columns, list_columns, dock });
            let areas: Vec<Area> = [layout.tree, layout.list, layout.thread, layout.dock].into_iter().flatten().collect();
            for (at, a) in areas.iter().enumerate() {
                prop_assert!(a.columns > 0 && a.rows > 0, "{layout:?}");
                prop_assert!(a.x + a.columns <= columns && a.y + a.rows <= rows, "{layout:?}");
                for b in &areas[at + 1..] {
                    let apart = a.x + a.columns <= b.x || b.x + b.columns <= a.x
                        || a.y + a.rows <= b.y || b.y + b.rows <= a.y;
                    prop_assert!(apart, "{layout:?}");
                }
            }
        }
    }
}
