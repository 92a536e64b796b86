// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What subcommands write to standard output: tables for people, JSON for programs.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one line.
pub(super) fn line(text: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Writes one line to standard error, beside what a program may be reading.
pub(super) fn note(text: impl std::fmt::Display) {
    // Nobody who closed standard error wants to hear it.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes text as it is.
pub(super) fn text(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// Sends off what was written.
pub(super) fn flush() -> io::Result<()> {
    io::stdout().lock().flush()
}

/// Writes each item as one line of JSON.
pub(super) fn json_lines<T: Serialize>(items: &[T]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for item in items {
        serde_json::to_writer(&mut out, item).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes columns under headings. Widths are counted in characters, which is right for names in most scripts.
pub(super) fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) -> io::Result<()> {
    text(&table_text(heads, rows))
}

fn table_text<const N: usize>(heads: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = heads.map(|head| head.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let heads = heads.map(str::to_owned);
    let mut out = String::new();
    for row in std::iter::once(&heads).chain(rows) {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let rows =
            [["12", "Amélie", "owner"], ["4013", "bo", ""]].map(|row| row.map(str::to_owned));
        insta::assert_snapshot!(table_text(["ID", "NAME", "ROLES"], &rows), @r"
        ID    NAME    ROLES
        12    Amélie  owner
        4013  bo
        ");
    }
}
