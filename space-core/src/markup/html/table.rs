// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tables, each cell on one line.

use super::block::Converter;
use super::inline::Line;
use super::node::{self, Html};

impl Converter<'_> {
    pub(super) fn table(&mut self, table: Html<'_>) -> String {
        let is_nested = |row: Html<'_>| {
            row.ancestors()
                .take_while(|above| above.id() != table.id())
                .any(|above| node::name(above) == "table")
        };
        let mut rows: Vec<(bool, Vec<Html<'_>>)> = table
            .descendants()
            .filter(|row| node::name(*row) == "tr" && !is_nested(*row))
            .map(|row| {
                let cells: Vec<_> = row
                    .children()
                    .filter(|cell| matches!(node::name(*cell), "td" | "th"))
                    .collect();
                (cells.iter().all(|cell| node::name(*cell) == "th"), cells)
            })
            .filter(|(_, cells)| !cells.is_empty())
            .collect();
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        if columns == 0 {
            return String::new();
        }
        let header = if rows[0].0 {
            rows.remove(0).1
        } else {
            Vec::new()
        };
        let mut lines = vec![self.row(&header, columns)];
        let of_alignment = header
            .first()
            .or_else(|| rows.first().and_then(|(_, cells)| cells.first()));
        let aligned: Vec<_> = match of_alignment {
            Some(_) if !header.is_empty() => header.clone(),
            _ => rows
                .first()
                .map(|(_, cells)| cells.clone())
                .unwrap_or_default(),
        };
        let rules =
            (0..columns).map(|column| aligned.get(column).map_or("---", |cell| rule(*cell)));
        lines.push(format!("| {} |", rules.collect::<Vec<_>>().join(" | ")));
        lines.extend(rows.iter().map(|(_, cells)| self.row(cells, columns)));
        lines.join("\n")
    }

    fn row(&mut self, cells: &[Html<'_>], columns: usize) -> String {
        let mut row = String::from("|");
        for column in 0..columns {
            let text = cells
                .get(column)
                .map(|cell| self.cell(*cell))
                .unwrap_or_default();
            row.push(' ');
            row.push_str(&text);
            row.push_str(if text.is_empty() { "|" } else { " |" });
        }
        row
    }

    fn cell(&mut self, cell: Html<'_>) -> String {
        let text = Line::new(self.links, self.depth).with_breaks(cell.children(), "<br>");
        text.replace('\n', " ").replace('|', "\\|")
    }
}

fn rule(cell: Html<'_>) -> &'static str {
    let style = node::attribute(cell, "style")
        .unwrap_or_default()
        .replace(' ', "");
    let align = style
        .split(';')
        .find_map(|rule| rule.strip_prefix("text-align:"));
    match align.or_else(|| node::attribute(cell, "align")) {
        Some("left") => ":--",
        Some("center") => ":-:",
        Some("right") => "--:",
        _ => "---",
    }
}
