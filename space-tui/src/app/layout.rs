// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where the parts of the screen are, by its size and by what is open.
//!
//! Columns go to what is read: first to the thread until its lines are as long as they read well, then to the titles of
//! the list, then to the tree. So in a wider window nothing that is read gets narrower, and no part disappears.

use crate::doc::Area;

/// Columns below which the tree takes the whole screen while the reader is in it.
pub const TWO: u16 = 60;
/// Columns of a line of a thread at most, unless the reader set another measure: longer lines are hard to read.
pub const MEASURE: u16 = 100;
/// Columns of a thread besides its text: the mark of the reader's place, a margin, and the strip.
pub const AROUND: u16 = 5;

/// Columns that the list keeps beside the tree: 40 of them for the title, the others for its marks, the count and the date.
const TITLES: u16 = 61;
/// Columns of the list beside a thread at least, and those from which the tree gets the next ones.
const BESIDE: (u16, u16) = (40, 64);
/// Columns of the list beside a thread at most: longer titles are rare.
const BESIDE_MOST: u16 = 100;
/// Columns of the tree at least, before the titles get more, and at most.
const TREE: (u16, u16, u16) = (16, 24, 30);
/// Columns of the tree at least when the reader set its columns.
const TREE_LEAST: u16 = 12;
/// Columns of what is docked at the side, at least.
const SIDE: u16 = 60;
/// Rows below which what is docked takes all of them.
const LOW: u16 = 14;

/// Where a pane stands that one writes in while reading goes on beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dock {
    /// Below, this many rows high at most.
    Bottom(u16),
    /// At the right side where what is read keeps its columns, else below.
    Side {
        /// Columns at the side at most.
        columns: u16,
        /// Rows when it stands below.
        rows: u16,
    },
}

/// What wants a place.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them goes with any other"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// There is a tree of categories.
    pub has_tree: bool,
    /// The reader is in the tree.
    pub is_in_tree: bool,
    /// There is a thread.
    pub has_thread: bool,
    /// What is read has the window alone.
    pub is_alone: bool,
    /// Columns of the tree that the reader set; by the size of the screen when absent.
    pub tree_columns: Option<u16>,
    /// Columns of the list beside a thread that the reader set.
    pub list_columns: Option<u16>,
    /// Columns of a line of a thread that the reader set.
    pub measure: Option<u16>,
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
        let is_in_tree = wants.has_tree && wants.is_in_tree;
        if is_in_tree && columns < TWO {
            layout.tree = Some(body);
            return layout;
        }
        if wants.dock.is_some() && body.rows < LOW {
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
        let mut rest = body;
        if is_in_tree {
            let wide = wants.tree(columns).max(wants.tree_least());
            let (tree, right) = split(rest, wide.min(columns / 2));
            (layout.tree, rest) = (Some(tree), right);
        }
        let full = wants.measure.unwrap_or(MEASURE).saturating_add(AROUND);
        if let Some(dock) = wants.dock {
            let (reading, docked) = docked(rest, dock, full);
            layout.dock = Some(docked);
            // What one writes about stands alone above what one writes, or left of it.
            layout.read(reading, wants.has_thread);
        } else if wants.is_alone {
            layout.read(rest, wants.has_thread);
        } else if wants.has_thread {
            layout.beside_thread(rest, full, wants);
        } else {
            layout.beside_list(rest, wants);
        }
        layout
    }

    fn read(&mut self, area: Area, is_thread: bool) {
        if is_thread {
            self.thread = Some(area);
        } else {
            self.list = Some(area);
        }
    }

    /// The list, and the tree where titles keep their columns.
    fn beside_list(&mut self, rest: Area, wants: Wants) {
        let tree = wants.tree(rest.columns);
        if self.tree.is_some() || !wants.has_tree || tree < wants.tree_least() {
            self.list = Some(rest);
            return;
        }
        let (tree, list) = split(rest, tree);
        (self.tree, self.list) = (Some(tree), Some(list));
    }

    /// The thread; left of it the list, and left of that the tree, once there are columns for them.
    fn beside_thread(&mut self, rest: Area, full: u16, wants: Wants) {
        let left = rest.columns.saturating_sub(full + 1);
        let least = wants.list_columns.unwrap_or(BESIDE.0).max(1);
        if left < least {
            let columns = rest.columns.min(full);
            self.thread = Some(Area { columns, ..rest });
            return;
        }
        let mut list = wants.list_columns.map_or(left.min(BESIDE.1), |_| least);
        let mut left = left - list;
        let mut x = rest.x;
        if self.tree.is_none() && wants.has_tree {
            let tree = wants.tree(rest.columns).min(left.saturating_sub(1));
            if tree >= wants.tree_least() {
                self.tree = Some(Area {
                    columns: tree,
                    ..rest
                });
                x += tree + 1;
                left -= tree + 1;
                // What remains once the tree has all that it wants.
                if wants.list_columns.is_none() && tree == wants.tree(rest.columns) {
                    list += left.min(BESIDE_MOST - BESIDE.1);
                }
            }
        }
        self.list = Some(Area {
            x,
            columns: list,
            ..rest
        });
        self.thread = Some(Area {
            x: x + list + 1,
            columns: full,
            ..rest
        });
    }
}

impl Wants {
    /// The columns of the tree in a window of this many: what the reader set, or a fifth, while titles keep theirs.
    fn tree(self, columns: u16) -> u16 {
        let wide = self
            .tree_columns
            .unwrap_or((columns / 5).clamp(TREE.1, TREE.2));
        wide.min(columns.saturating_sub(TITLES + 1))
    }

    fn tree_least(self) -> u16 {
        self.tree_columns
            .map_or(TREE.0, |columns| columns.clamp(1, TREE_LEAST))
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

/// Parts an area into what is read and what is docked: side by side where the one keeps its full columns and the other
/// has enough, else one above the other, where reading keeps at least a third of the rows.
fn docked(area: Area, dock: Dock, full: u16) -> (Area, Area) {
    match dock {
        Dock::Side { columns: wide, .. } if area.columns > full.saturating_add(SIDE) => {
            let (reading, beside) = split(area, full);
            // The first row is for its title.
            let beside = Area {
                y: beside.y + 1,
                rows: beside.rows.saturating_sub(1).max(1),
                columns: beside.columns.min(wide.max(1)),
                ..beside
            };
            (reading, beside)
        }
        Dock::Bottom(rows) | Dock::Side { rows, .. } => {
            let rows = rows.min(area.rows - area.rows / 3).max(1);
            let columns = area.columns.min(full);
            let reading = Area {
                rows: area.rows.saturating_sub(rows + 1),
                columns,
                ..area
            };
            let below = Area {
                y: area.y + area.rows.saturating_sub(rows),
                rows: rows.min(area.rows),
                columns,
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
        is_alone: false,
        tree_columns: None,
        list_columns: None,
        measure: None,
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
    #[case(60, [0, 60, 0], [0, 0, 60])]
    #[case(77, [0, 77, 0], [0, 0, 77])]
    #[case(80, [18, 61, 0], [0, 0, 80])]
    #[case(99, [24, 74, 0], [0, 0, 99])]
    #[case(100, [24, 75, 0], [0, 0, 100])]
    #[case(119, [24, 94, 0], [0, 0, 105])]
    #[case(120, [24, 95, 0], [0, 0, 105])]
    #[case(145, [29, 115, 0], [0, 0, 105])]
    #[case(146, [29, 116, 0], [0, 40, 105])]
    #[case(160, [30, 129, 0], [0, 54, 105])]
    #[case(200, [30, 169, 0], [29, 64, 105])]
    #[case(240, [30, 209, 0], [30, 100, 105])]
    fn parts_by_width(#[case] columns: u16, #[case] list: [u16; 3], #[case] thread: [u16; 3]) {
        assert_eq!(widths(columns, LIST), list);
        assert_eq!(widths(columns, THREAD), thread);
    }

    #[rstest]
    #[case::measure(Wants { measure: Some(70), ..THREAD }, 120, [0, 44, 75])]
    #[case::list(Wants { list_columns: Some(20), ..THREAD }, 126, [0, 20, 105])]
    #[case::no_list(Wants { list_columns: Some(20), ..THREAD }, 125, [0, 0, 105])]
    #[case::tree(Wants { tree_columns: Some(12), ..LIST }, 80, [12, 67, 0])]
    #[case::wide_tree(Wants { tree_columns: Some(60), ..LIST }, 80, [18, 61, 0])]
    #[case::alone(Wants { is_alone: true, ..THREAD }, 200, [0, 0, 200])]
    #[case::list_alone(Wants { is_alone: true, ..LIST }, 200, [0, 200, 0])]
    #[case::in_tree(Wants { is_in_tree: true, ..LIST }, 50, [50, 0, 0])]
    #[case::in_tree_narrow(Wants { is_in_tree: true, ..THREAD }, 60, [16, 0, 43])]
    #[case::in_tree_beside(Wants { is_in_tree: true, ..THREAD }, 80, [18, 0, 61])]
    #[case::in_tree_alone(Wants { is_in_tree: true, is_alone: true, ..THREAD }, 200, [30, 0, 169])]
    fn parts_by_wants(#[case] wants: Wants, #[case] columns: u16, #[case] want: [u16; 3]) {
        assert_eq!(widths(columns, wants), want);
    }

    /// Columns and rows of what is read, and of what is docked.
    #[rstest]
    #[case::small(40, 10, None, (40, 6))]
    #[case::narrow(59, 24, Some((59, 8)), (59, 12))]
    #[case::usual(80, 24, Some((80, 8)), (80, 12))]
    #[case::wide(120, 40, Some((105, 24)), (105, 12))]
    #[case::just_below(165, 40, Some((105, 24)), (105, 12))]
    #[case::side(166, 40, Some((105, 37)), (60, 36))]
    #[case::large(200, 60, Some((105, 57)), (94, 56))]
    fn what_is_answered_keeps_its_columns(
        #[case] columns: u16,
        #[case] rows: u16,
        #[case] read: Option<(u16, u16)>,
        #[case] dock: (u16, u16),
    ) {
        let side = Dock::Side {
            columns: 100,
            rows: 12,
        };
        let wants = Wants {
            dock: Some(side),
            ..THREAD
        };
        let layout = Layout::new(columns, rows, 2, wants);
        let size = |area: Area| (area.columns, area.rows);
        assert_eq!(layout.thread.map(size), read);
        assert_eq!(layout.dock.map(size), Some(dock));
        assert_eq!((layout.tree, layout.list), (None, None));
    }

    fn any_wants() -> impl Strategy<Value = Wants> {
        let dock = prop::option::of((0_u16..300, 0_u16..100, any::<bool>()));
        let widths = (
            prop::option::of(0_u16..300),
            prop::option::of(0_u16..300),
            prop::option::of(40_u16..200),
        );
        (any::<[bool; 4]>(), widths, dock).prop_map(|(flags, widths, dock)| Wants {
            has_tree: flags[0],
            is_in_tree: flags[1],
            has_thread: flags[2],
            is_alone: flags[3],
            tree_columns: widths.0,
            list_columns: widths.1,
            measure: widths.2,
            dock: dock.map(|(columns, rows, is_side)| {
                if is_side {
                    Dock::Side { columns, rows }
                } else {
                    Dock::Bottom(rows)
                }
            }),
        })
    }

    proptest! {
        #[test]
        fn parts_never_overlap_or_leave_the_screen(columns in 40_u16..300, rows in 10_u16..100, wants in any_wants()) {
            let layout = Layout::new(columns, rows, 2, wants);
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

        #[test]
        fn a_wider_window_is_never_worse_to_read(columns in 40_u16..300, rows in 10_u16..100, wants in any_wants()) {
            let wide = |columns| Layout::new(columns, rows, 2, wants);
            let (less, more) = (wide(columns), wide(columns + 1));
            let size = |area: Option<Area>| area.map_or(0, |area| area.columns);
            prop_assert!(size(less.thread) <= size(more.thread), "{less:?}\n{more:?}");
            // The list beside a thread, what one writes, and the tree stay once they are there.
            if wants.has_thread {
                prop_assert!(size(less.list) <= size(more.list), "{less:?}\n{more:?}");
            }
            prop_assert!(less.tree.is_none() || more.tree.is_some(), "{less:?}\n{more:?}");
            // The list alone gives columns to the tree, but never so many that a title has fewer than 40.
            let titles = |layout: &Layout| size(layout.list).min(TITLES);
            prop_assert!(titles(&less) <= titles(&more) || wants.is_in_tree, "{less:?}\n{more:?}");
        }
    }
}
