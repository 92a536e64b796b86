// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The tree at the left: the lists, then the categories, with what waits in each.

use std::collections::BTreeSet;

use space_core::CategoryId;

use crate::app::Env;
use crate::app::items::{CategoryItem, Places};
use crate::app::message::{Filter, Ticket, View};
use crate::doc::{Line, Role, Span, Tone, plain};
use crate::text::clean;
use crate::text::measure::{fit, width};

/// The tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// What there is.
    pub places: Places,
    /// Categories whose lower ones are not shown.
    pub folded: BTreeSet<CategoryId>,
    /// The place the reader is on.
    pub here: Filter,
    /// The last question.
    pub ticket: Option<Ticket>,
    /// The first row on the screen.
    top: usize,
}

/// A row of the tree.
enum Row<'a> {
    View(View),
    Category(&'a CategoryItem, bool),
}

impl Row<'_> {
    fn filter(&self) -> Filter {
        match self {
            Self::View(view) => Filter::from(*view),
            Self::Category(item, _) => Filter {
                category: Some(item.id),
                ..Filter::default()
            },
        }
    }
}

impl Tree {
    /// The rows that are shown: lists, and categories with whether anything is below them.
    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = View::ALL.into_iter().map(Row::View).collect();
        let mut hidden_below = usize::MAX;
        let categories = &self.places.categories;
        for (at, item) in categories.iter().enumerate() {
            if item.depth > hidden_below {
                continue;
            }
            let has_below = categories
                .get(at + 1)
                .is_some_and(|next| next.depth > item.depth);
            hidden_below = if self.folded.contains(&item.id) {
                item.depth
            } else {
                usize::MAX
            };
            rows.push(Row::Category(item, has_below));
        }
        rows
    }

    fn at(&self, rows: &[Row<'_>]) -> usize {
        let same = rows.iter().position(|row| row.filter() == self.here);
        same.unwrap_or(0)
    }

    /// Takes what there is now; the reader stays where they are.
    pub fn take(&mut self, places: Places, height: usize) {
        self.places = places;
        self.step(0, height);
    }

    /// Moves by rows.
    pub fn step(&mut self, by: isize, height: usize) {
        let rows = self.rows();
        let at = self.at(&rows).saturating_add_signed(by).min(rows.len() - 1);
        let here = rows[at].filter();
        let (len, height) = (rows.len(), height.max(1));
        self.here = here;
        self.top = self.top.min(at);
        if at >= self.top + height {
            self.top = at + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Goes to a place, and opens what hides it.
    pub fn go(&mut self, to: Filter, height: usize) {
        if let Some(category) = to.category {
            for above in self.above(category) {
                self.folded.remove(&above);
            }
            self.here = Filter {
                category: Some(category),
                ..Filter::default()
            };
        } else if to.author.is_none() {
            self.here = Filter::from(to.view);
        }
        self.step(0, height);
    }

    /// The categories above one.
    fn above(&self, category: CategoryId) -> Vec<CategoryId> {
        let categories = &self.places.categories;
        let Some(at) = categories.iter().position(|item| item.id == category) else {
            return Vec::new();
        };
        let mut depth = categories[at].depth;
        let mut above = Vec::new();
        for item in categories[..at].iter().rev() {
            if item.depth < depth {
                depth = item.depth;
                above.push(item.id);
            }
        }
        above
    }

    /// Hides or shows what is below the category the reader is on, or that they are below of.
    pub fn fold(&mut self, height: usize) {
        let Some(category) = self.here.category else {
            return;
        };
        if self.folded.remove(&category) {
            return self.step(0, height);
        }
        let rows = self.rows();
        let has_below = matches!(rows[self.at(&rows)], Row::Category(_, true));
        let target = if has_below {
            Some(category)
        } else {
            self.above(category).first().copied()
        };
        if let Some(target) = target {
            self.folded.insert(target);
            self.here.category = Some(target);
        }
        self.step(0, height);
    }

    /// Returns the place on a row of the screen.
    pub fn place_at(&self, row: usize) -> Option<Filter> {
        let rows = self.rows();
        rows.get(self.top + row).map(Row::filter)
    }

    /// Returns the row of the screen that the reader is on.
    pub fn cursor(&self) -> usize {
        self.at(&self.rows()).saturating_sub(self.top)
    }

    /// Returns the name of a category.
    pub fn name_of(&self, category: CategoryId) -> Option<&str> {
        let mut all = self.places.categories.iter();
        let found = all.find(|item| item.id == category);
        found.map(|item| item.name.as_str())
    }

    /// Returns the lines on the screen. `shown` is the place whose list is open.
    pub fn view(
        &self,
        shown: Option<Filter>,
        is_focused: bool,
        env: Env<'_>,
        columns: usize,
        height: usize,
    ) -> Vec<Line> {
        let rows = self.rows();
        let at = self.at(&rows);
        rows.iter()
            .enumerate()
            .skip(self.top)
            .take(height)
            .map(|(i, row)| {
                let is_here = i == at && is_focused;
                let is_open = shown.is_some_and(|shown| match shown.category {
                    Some(_) => row.filter().category == shown.category,
                    None => shown.author.is_none() && row.filter() == Filter::from(shown.view),
                });
                self.line(row, is_here, is_open, columns, env)
            })
            .collect()
    }

    fn line(
        &self,
        row: &Row<'_>,
        is_here: bool,
        is_open: bool,
        columns: usize,
        env: Env<'_>,
    ) -> Line {
        let mark = match (is_here, is_open) {
            (true, _) => "▸",
            (false, true) => "•",
            _ => " ",
        };
        let (name, count) = match row {
            Row::View(view) => {
                let count = match view {
                    View::Unread => self.places.unread,
                    View::New => self.places.new,
                    View::Latest | View::Top | View::Bookmarks => 0,
                };
                (env.l10n.text(view.key()), count)
            }
            Row::Category(item, has_below) => {
                let is_folded = self.folded.contains(&item.id);
                let fold = match (has_below, is_folded) {
                    (true, true) => "+",
                    (true, false) => "-",
                    _ => " ",
                };
                let icon = match item.icon.as_deref().map(clean::line) {
                    Some(icon) if !icon.is_empty() => format!("{icon} "),
                    _ => String::new(),
                };
                let indent = "  ".repeat(item.depth.min(4));
                let name = format!("{indent}{fold}{icon}{}", clean::line(&item.name));
                let count = if is_folded { item.with_below } else { item.own };
                (name, count)
            }
        };
        let right = match count {
            0 => Vec::new(),
            n => vec![Span::new(Role::Unread, format!("{n} "))],
        };
        // The mark, and two spaces: a name that ends in a number is none with its count.
        let taken = width(&plain(&right)) + if count > 0 { 3 } else { 2 };
        let mut left = vec![Span::new(Role::Key, mark)];
        left.push(Span::new(
            Role::Text,
            fit(&name, columns.saturating_sub(taken)),
        ));
        let tone = match (is_here, is_open) {
            (true, _) => Tone::Focused,
            (false, true) => Tone::Here,
            (false, false) => Tone::Plain,
        };
        Line::of(left).right(right).tone(tone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let item = |id, depth| CategoryItem {
            id: CategoryId::new(id).unwrap(),
            name: format!("C{id}"),
            icon: None,
            depth,
            own: 1,
            with_below: 2,
        };
        let mut tree = Tree::default();
        let categories = vec![item(1, 0), item(2, 1), item(3, 2), item(4, 1), item(5, 0)];
        let places = Places {
            categories,
            ..Places::default()
        };
        tree.take(places, 50);
        tree
    }

    fn shown(tree: &Tree) -> Vec<i64> {
        let rows = tree.rows();
        let ids = rows.iter().filter_map(|row| row.filter().category);
        ids.map(CategoryId::get).collect()
    }

    fn category(id: i64) -> Filter {
        Filter {
            category: CategoryId::new(id),
            ..Filter::default()
        }
    }

    #[test]
    fn folding_hides_what_is_below_and_keeps_the_reader_in_sight() {
        let mut tree = tree();
        assert_eq!(shown(&tree), [1, 2, 3, 4, 5]);
        tree.go(category(3), 50);
        tree.fold(50);
        assert_eq!((shown(&tree), tree.here), (vec![1, 2, 4, 5], category(2)));
        tree.go(category(1), 50);
        tree.fold(50);
        assert_eq!(shown(&tree), [1, 5]);
        tree.go(category(3), 50);
        assert_eq!(shown(&tree), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn moving_stays_within_the_rows_and_on_the_screen() {
        let mut tree = tree();
        tree.step(isize::MAX, 3);
        assert_eq!((tree.here, tree.cursor()), (category(5), 2));
        tree.step(-100, 3);
        assert_eq!((tree.here, tree.cursor()), (Filter::default(), 0));
    }

    #[test]
    fn a_category_that_is_gone_leaves_the_reader_at_the_first_row() {
        let mut tree = tree();
        tree.go(category(5), 50);
        tree.take(Places::default(), 50);
        assert_eq!(tree.here, Filter::default());
    }
}
