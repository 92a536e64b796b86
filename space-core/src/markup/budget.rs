// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How much a text may become: the one place for the limits of documents and of what is rendered from them.
//!
//! A text of 32,000 characters must not become megabytes, whoever renders it. Three limits hold for every [`Document`]
//! (cells, nodes, and the cells that a table lacks), and one for every rendering (bytes). What goes over the limits of a
//! document is kept as plain source, so that nothing is lost and the rest costs what it is long; what goes over the
//! bytes of a rendering is cut, and the caller links to where the reader reads on.
//!
//! [`Document`]: super::Document

use pulldown_cmark::{Event, Options, Tag};

/// Cells of all tables of a document; what follows is shown as source. The largest table of the imported forums has 900.
pub const MAX_CELLS: usize = 10_000;

/// Blocks and parts of lines in a document; what follows is shown as source. A post of 32,000 characters has at most half
/// as many; only imported posts can be longer.
pub const MAX_NODES: usize = 50_000;

/// Cells that the tables of a document may lack in all. pulldown-cmark makes each of them, up to 262,144 a table, before
/// it returns anything; over this the document has no tables.
const MAX_LACKING: usize = 10_000;

/// Bytes of one text among others: on the page of a topic, in a feed.
pub const TEXT_BYTES: usize = 256 << 10;

/// Bytes of a text on a page of its own.
pub const LONE_TEXT_BYTES: usize = 2 << 20;

/// Bytes of all texts of a page or a feed, as they are sent: in a feed the HTML is escaped once more.
pub const PAGE_BYTES: usize = 2 << 20;

/// Bytes of an address that is a link on a page; browsers and proxies stop at less.
pub const ADDRESS_BYTES: usize = 8_000;

/// Returns the options for a source: without tables when those lack more cells than a document may.
pub(super) fn options(source: &str) -> Options {
    let options =
        Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    if lacking_cells(source) > MAX_LACKING {
        options
    } else {
        options | Options::ENABLE_TABLES
    }
}

/// Counts the cells that tables lack: never less than pulldown-cmark makes, in one walk over the lines.
///
/// A table has as many columns as the line of dashes below its head, and ends at an empty line at the latest. The containers
/// around it (`> `, `1. `) stand before that line. What has one column lacks one cell
/// a line at most, which is no burden.
fn lacking_cells(source: &str) -> usize {
    let (mut columns, mut lacking) = (0usize, 0usize);
    for line in source.lines() {
        if line.trim_matches([' ', '\t']).is_empty() {
            columns = 0;
            continue;
        }
        let bars = bars(line);
        let cells = bars + 1 - outer_bars(line, &[' ', '\t', '>']);
        lacking = lacking.saturating_add(columns.saturating_sub(cells));
        let is_below_head = bars > 0
            && line.contains('-')
            && line
                .chars()
                .all(|c| CONTAINERS.contains(&c) || matches!(c, '|' | '-' | ':'));
        if is_below_head {
            columns = columns.max(bars + 1 - outer_bars(line, CONTAINERS));
        }
    }
    lacking
}

/// What may stand before a line of dashes.
const CONTAINERS: &[char] = &[
    ' ', '\t', '>', '*', '+', '.', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
];

/// Counts the bars that separate cells: those without a backslash before them.
fn bars(line: &str) -> usize {
    let bytes = line.as_bytes();
    let is_bar = |at: usize| bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\');
    (0..bytes.len()).filter(|at| is_bar(*at)).count()
}

/// Counts the bars before the first cell and after the last: those that separate nothing.
fn outer_bars(line: &str, before: &[char]) -> usize {
    let row = line
        .trim_start_matches(before)
        .trim_end_matches([' ', '\t']);
    let has_last = row.ends_with('|') && !row.ends_with("\\|");
    usize::from(row.starts_with('|')) + usize::from(has_last)
}

/// What a document has used of its limits.
#[derive(Debug, Default)]
pub(super) struct Spent {
    cells: usize,
    pub(super) nodes: usize,
}

impl Spent {
    /// Counts an event; returns whether the document may have it.
    pub(super) fn count(&mut self, event: &Event<'_>) -> bool {
        self.cells += usize::from(matches!(event, Event::Start(Tag::TableCell)));
        self.cells <= MAX_CELLS && !self.is_over()
    }

    /// Returns whether there are more nodes than a document may have.
    pub(super) fn is_over(&self) -> bool {
        self.nodes > MAX_NODES
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag};
    use rstest::rstest;

    use super::*;

    /// Counts the cells that pulldown-cmark made: they have no place in the source.
    fn made(source: &str) -> usize {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        Parser::new_ext(source, options)
            .into_offset_iter()
            .filter(|(event, range)| {
                matches!(event, Event::Start(Tag::TableCell)) && range.is_empty()
            })
            .count()
    }

    #[rstest]
    #[case::full("|a|b|c|\n|-|-|-|\n|d|e|f|\n", 0)]
    #[case::without_outer_bars("a|b|c\n-|-|-\nd|e|f\n", 0)]
    #[case::quoted("> |a|b|\n> |-|-|\n> |c|d|\n", 0)]
    #[case::lacking("|a|b|c|\n|-|-|-|\n|d|\ne\n", 4)]
    #[case::escaped("|a|b|\n|-|-|\n|c\\|d|\n", 1)]
    #[case::bar_alone("|a|b|\n|-|-|\n|\n", 2)]
    #[case::ended("|a|b|\n|-|-|\n\ntext\n", 0)]
    #[case::rule("text\n\n---\n\ntext\ntext\n", 0)]
    #[case::heading("text\n---\ntext\ntext\n", 0)]
    fn cells_that_a_table_lacks_are_counted(#[case] source: &str, #[case] want: usize) {
        assert_eq!(lacking_cells(source), want);
    }

    proptest! {
        #[test]
        fn estimate_is_never_below_what_the_parser_makes(
            source in "(>|1\\. |- |  )?([|a\\\\-]|\\|-){1,12}\n(> |  )?(\\|-|:|-\\|){1,8}\n((> |  )?[|a\\\\` -]{0,6}\n){0,6}"
        ) {
            let (estimate, made) = (lacking_cells(&source), made(&source));
            // A line of a table of one column, which does not count.
            prop_assert!(estimate + source.lines().count() >= made, "{estimate} {made}");
        }
    }
}
