// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The columns of a row in a list: what stands beside a title, and gives way to it.

use crate::app::Env;
use crate::config::Dates;

/// Columns that a title has before anything stands beside it.
pub const TITLE: usize = 40;
/// Columns of a row at most: in wider ones the eye loses its way from the title to what belongs to it.
const WIDEST: usize = 130;
/// From these columns on names have more of them.
const WIDE: usize = 110;

/// The columns that a row has for what stands beside its title, each with the space before it; 0 for what it does not
/// have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// The name of the category.
    pub category: usize,
    /// The name of who wrote something there.
    pub author: usize,
    /// The id.
    pub id: usize,
    /// When.
    pub date: usize,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fitted {
    /// Columns of the title, with whatever is said of it.
    pub title: usize,
    /// What is beside it.
    pub beside: Beside,
    /// Columns that stay empty at the end.
    pub margin: usize,
}

impl Beside {
    /// Returns the columns of everything that a row of this width may have.
    pub fn of(columns: usize, env: Env<'_>) -> Self {
        let is_wide = columns >= WIDE;
        Self {
            category: if is_wide { 21 } else { 15 },
            author: if is_wide { 17 } else { 13 },
            id: 0,
            date: match env.l10n.dates() {
                Dates::Absolute => 11,
                Dates::Relative => 9,
            },
        }
    }

    fn columns(self) -> usize {
        self.category + self.author + self.id + self.date
    }

    /// Leaves out what gives way next; returns whether there was anything.
    fn give(&mut self, gives_date: bool) -> bool {
        let mut parts = [
            (&mut self.category, true),
            (&mut self.author, true),
            (&mut self.id, true),
            (&mut self.date, gives_date),
        ];
        let next = parts.iter_mut().find(|(part, gives)| **part > 0 && *gives);
        next.is_some_and(|(part, _)| std::mem::take(*part) > 0)
    }
}

/// Decides what a row of so many columns shows: `fixed` of them are taken by what always stands there, and the title
/// would take `title`.
///
/// First a column is there for all rows or for none: category, author, id and date go, in this order, until the title has
/// [`TITLE`] columns. Then category, author and id of this row go as long as its title would be cut: they stand left of
/// what stays, so a long title runs over their places as text in a table does.
pub fn fit(columns: usize, fixed: usize, title: usize, beside: Beside) -> Fitted {
    // A space parts the title from what follows, and another one that from the edge.
    let row = columns.min(WIDEST);
    let room = row.saturating_sub(fixed + 2);
    let mut shown = beside;
    while room < shown.columns() + TITLE && shown.give(true) {}
    while room < shown.columns() + title && shown.give(false) {}
    Fitted {
        title: room.saturating_sub(shown.columns()),
        beside: shown,
        margin: columns - row + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// What a topic has, and what a hit of a search has.
    const TOPIC: Beside = Beside {
        category: 15,
        author: 13,
        id: 0,
        date: 9,
    };
    const HIT: Beside = Beside {
        category: 0,
        author: 13,
        id: 8,
        date: 9,
    };

    fn shown(fitted: Fitted) -> String {
        let beside = fitted.beside;
        let parts = [
            ('c', beside.category),
            ('a', beside.author),
            ('i', beside.id),
            ('d', beside.date),
        ];
        let names = parts.into_iter().filter(|(_, columns)| *columns > 0);
        let names: String = names.map(|(name, _)| name).collect();
        format!("{} {names}", fitted.title)
    }

    #[rstest]
    #[case::smallest(40, 20, "30 ")]
    #[case::date(59, 20, "40 d")]
    #[case::usual(61, 20, "42 d")]
    #[case::author(72, 20, "40 ad")]
    #[case::category(87, 20, "40 cad")]
    #[case::wide(95, 20, "48 cad")]
    #[case::runs_over_the_category(95, 50, "63 ad")]
    #[case::runs_over_the_author(95, 64, "76 d")]
    #[case::too_long_for_all(95, 200, "76 d")]
    #[case::no_wider_than_it_reads_well(169, 20, "83 cad")]
    fn a_topic(#[case] columns: usize, #[case] title: usize, #[case] want: &str) {
        assert_eq!(shown(fit(columns, 8, title, TOPIC)), want);
    }

    #[rstest]
    #[case::smallest(40, 20, "36 ")]
    #[case::beside_a_thread(40, 60, "36 ")]
    #[case::date(54, 20, "41 d")]
    #[case::id(61, 20, "40 id")]
    #[case::author(80, 20, "46 aid")]
    #[case::runs_over(80, 50, "59 id")]
    #[case::runs_over_both(80, 60, "67 d")]
    fn a_hit(#[case] columns: usize, #[case] title: usize, #[case] want: &str) {
        assert_eq!(shown(fit(columns, 2, title, HIT)), want);
    }

    fn any_beside() -> impl Strategy<Value = Beside> {
        let names = (0_usize..30, 0_usize..30, 0_usize..20, 0_usize..12);
        names.prop_map(|(category, author, id, date)| Beside {
            category,
            author,
            id,
            date,
        })
    }

    proptest! {
        #[test]
        fn nothing_takes_columns_that_a_title_needs(columns in 1_usize..300, fixed in 0_usize..12, title in 0_usize..200, beside in any_beside()) {
            let fitted = fit(columns, fixed, title, beside);
            let all = fixed + 1 + fitted.title + fitted.beside.columns() + fitted.margin;
            prop_assert!(all == columns || fitted.title == 0, "{fitted:?}");
            prop_assert!(fitted.beside.columns() == 0 || fitted.title >= TITLE, "{fitted:?}");
            let without_date = fitted.beside.columns() - fitted.beside.date;
            prop_assert!(without_date == 0 || fitted.title >= title, "{fitted:?}");
        }

        #[test]
        fn a_wider_row_cuts_no_more_of_a_title(columns in 1_usize..300, title in 0_usize..200, beside in any_beside()) {
            let seen = |columns| fit(columns, 8, title, beside).title.min(TITLE);
            prop_assert!(seen(columns) <= seen(columns + 1));
        }
    }
}
