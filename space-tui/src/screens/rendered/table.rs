// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tables: columns side by side as long as they can be read, else row by row.

use space_core::markup::{Alignment, TableCell};

use super::inline::inlines;
use super::paper::Paper;
use crate::doc::{Role, Span, plain};
use crate::text::bidi::{levelled, reads_from_right};
use crate::text::isolate::step;
use crate::text::measure::width;
use crate::text::wrap::wrap;

/// Columns of a cell below which its words fall apart.
const NARROWEST: usize = 8;
/// Columns of the name of a column where it stands in every row.
const LONGEST_NAME: usize = 40;
/// Stands between cells.
const BETWEEN: &str = " │ ";

/// A table on its way to lines.
pub(super) struct Table<'a> {
    pub(super) alignments: &'a [Alignment],
    pub(super) header: &'a [TableCell],
    pub(super) rows: &'a [Vec<TableCell>],
}

impl Table<'_> {
    /// Returns the lines.
    pub(super) fn lines(&self, columns: usize, paper: &Paper<'_>) -> Vec<Vec<Span>> {
        let head = cells(self.header, Role::Heading, paper);
        let rows: Vec<Vec<Vec<Span>>> = self
            .rows
            .iter()
            .map(|row| cells(row, Role::Text, paper))
            .collect();
        match widths(&head, &rows, columns) {
            Some(widths) => self.side_by_side(&head, &rows, &widths),
            None => records(&head, &rows, columns),
        }
    }

    fn side_by_side(
        &self,
        head: &[Vec<Span>],
        rows: &[Vec<Vec<Span>>],
        widths: &[usize],
    ) -> Vec<Vec<Span>> {
        let rule = |dash: &str, cross: &str| {
            let dashes: Vec<String> = widths.iter().map(|w| dash.repeat(*w)).collect();
            vec![Span::new(Role::Quiet, dashes.join(cross))]
        };
        let mut lines = self.row(head, widths);
        lines.push(rule("─", "─┼─"));
        // Rows of several lines need something between them to be told apart.
        let is_tall = rows.iter().any(|row| {
            row.iter()
                .zip(widths)
                .any(|(cell, most)| wide(cell) > *most)
        });
        for (at, row) in rows.iter().enumerate() {
            if is_tall && at > 0 {
                lines.push(rule("┄", "┄┼┄"));
            }
            lines.extend(self.row(row, widths));
        }
        lines
    }

    fn row(&self, row: &[Vec<Span>], widths: &[usize]) -> Vec<Vec<Span>> {
        let wrapped: Vec<Vec<Vec<Span>>> = widths
            .iter()
            .enumerate()
            .map(|(at, columns)| wrap(row.get(at).map_or(&[], Vec::as_slice), *columns))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let line = |number: usize| {
            let mut spans = Vec::new();
            for (at, columns) in widths.iter().enumerate() {
                if at > 0 {
                    spans.push(Span::new(Role::Quiet, BETWEEN));
                }
                let text = wrapped[at].get(number).map_or(&[][..], Vec::as_slice);
                let alignment = self.alignments.get(at).copied().unwrap_or_default();
                spans.extend(aligned(text, *columns, alignment));
            }
            spans
        };
        (0..height).map(line).collect()
    }
}

fn cells(row: &[TableCell], role: Role, paper: &Paper<'_>) -> Vec<Vec<Span>> {
    row.iter()
        .map(|cell| {
            let mut spans = inlines(&cell.children, role, paper);
            for span in &mut spans {
                if span.text.contains('\n') {
                    span.text = span.text.replace('\n', " ");
                }
            }
            if paper.orders_rtl {
                levelled(spans)
            } else {
                spans
            }
        })
        .collect()
}

fn wide(cell: &[Span]) -> usize {
    cell.iter().map(|span| width(&span.text)).sum()
}

fn longest_word(cell: &[Span]) -> usize {
    plain(cell).split(' ').map(width).max().unwrap_or(0)
}

/// Returns how wide each column may be, if they fit side by side.
fn widths(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], columns: usize) -> Option<Vec<usize>> {
    let of = |at: usize, measure: fn(&[Span]) -> usize| {
        step(rows.len());
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells
            .chain(head.get(at))
            .map(|cell| measure(cell))
            .max()
            .unwrap_or(0)
    };
    let between = width(BETWEEN) * head.len().saturating_sub(1);
    let room = columns.checked_sub(between)?;
    let mut widths: Vec<usize> = (0..head.len()).map(|at| of(at, wide)).collect();
    let least: Vec<usize> = widths
        .iter()
        .enumerate()
        .map(|(at, natural)| {
            let word = of(at, longest_word).clamp(NARROWEST, 2 * NARROWEST);
            word.min(*natural)
        })
        .collect();
    if least.iter().sum::<usize>() > room {
        return None;
    }
    // The widest gives way first, down to the next widest, as long as it is wider than it has to be.
    let mut excess = widths.iter().sum::<usize>().saturating_sub(room);
    while excess > 0 {
        let at = (0..widths.len())
            .filter(|at| widths[*at] > least[*at])
            .max_by_key(|at| widths[*at])?;
        let next = widths.iter().filter(|w| **w < widths[at]).max();
        let floor = next.copied().unwrap_or(0).max(least[at]);
        let step = (widths[at] - floor).clamp(1, excess);
        widths[at] -= step;
        excess -= step;
    }
    Some(widths)
}

/// Returns a line of a cell, filled to its columns.
fn aligned(text: &[Span], columns: usize, alignment: Alignment) -> Vec<Span> {
    let fill = columns.saturating_sub(wide(text));
    let before = match alignment {
        Alignment::Right => fill,
        Alignment::Center => fill / 2,
        Alignment::None if reads_from_right(text) => fill,
        Alignment::None | Alignment::Left => 0,
    };
    let space = |n: usize| (n > 0).then(|| Span::new(Role::Text, " ".repeat(n)));
    let mut spans: Vec<Span> = space(before).into_iter().collect();
    spans.extend_from_slice(text);
    spans.extend(space(fill - before));
    spans
}

/// Returns the name of a column with as many columns as it needs, up to [`LONGEST_NAME`].
fn shortened(name: &[Span]) -> Vec<Span> {
    if wide(name) <= LONGEST_NAME {
        return name.to_vec();
    }
    let mut lines = wrap(name, LONGEST_NAME - 1);
    lines.truncate(1);
    let mut spans = lines.pop().unwrap_or_default();
    spans.push(Span::new(Role::Quiet, "…"));
    spans
}

/// Each row as a few lines: the name of a column, and what the row has there.
fn records(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], columns: usize) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    // A name stands in every row, so that a long one would make a book of a table.
    let names: Vec<Vec<Span>> = head.iter().map(|name| shortened(name)).collect();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            lines.push(Vec::new());
        }
        for (name, cell) in names.iter().zip(row) {
            let mut spans = name.clone();
            spans.push(Span::new(Role::Quiet, ": "));
            spans.extend_from_slice(cell);
            lines.extend(wrap(&spans, columns));
        }
    }
    lines
}
