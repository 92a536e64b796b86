// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rows that are not as they were written: a bit that flipped on a disk, or a hand in the database. They are mended where
//! that can be done, left out otherwise, and named; everything else stays what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Cell, Table};

/// How many are named; the others are counted.
const NAMED: usize = 1_000;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gap {
    /// The table; empty when it is about something else.
    pub(crate) table: String,
    /// The key of the row.
    pub(crate) key: String,
    /// What is wrong with it.
    pub(crate) why: String,
    /// Whether the row is left out; otherwise it is there, mended as well as it can be.
    pub(crate) is_left_out: bool,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table, key, why, ..
        } = self;
        match (table.is_empty(), key.is_empty()) {
            (true, _) => f.write_str(why),
            (false, true) => write!(f, "{table}: {why}"),
            (false, false) => write!(f, "{table} {key}: {why}"),
        }
    }
}

/// A value as it was read.
pub(super) enum Read {
    Sound(Cell),
    /// Not what the column holds; what may stand for it, and why.
    Odd(Option<Cell>, String),
}

/// What was found while tables were read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gaps {
    named: Vec<Gap>,
    more: u64,
    /// Ids of rows that are not there, by their tables: what refers to them cannot stand either.
    lost: BTreeMap<String, BTreeSet<i64>>,
}

impl Gaps {
    /// Returns those that are named.
    pub(crate) fn named(&self) -> &[Gap] {
        &self.named
    }

    /// Returns how many more there are.
    pub(crate) fn more(&self) -> u64 {
        self.more
    }

    /// Adds one.
    pub(crate) fn add(&mut self, gap: Gap) {
        if self.named.len() < NAMED {
            self.named.push(gap);
        } else {
            self.more += 1;
        }
    }

    /// Adds something that is about no row.
    pub(crate) fn note(&mut self, why: impl Into<String>) {
        self.add(Gap {
            table: String::new(),
            key: String::new(),
            why: why.into(),
            is_left_out: false,
        });
    }

    /// Remembers that there is no row of an id.
    pub(super) fn lose(&mut self, table: &str, id: i64) {
        self.lost.entry(table.to_owned()).or_default().insert(id);
    }

    /// Takes over which rows are not there.
    pub(super) fn learn(&mut self, other: Self) {
        self.lost = other.lost;
    }

    fn is_lost(&self, table: &str, cell: &Cell) -> bool {
        let Cell::I64(id) = cell else { return false };
        self.lost.get(table).is_some_and(|ids| ids.contains(id))
    }

    /// Returns a row that can stand; `None` when it is left out.
    pub(super) fn mend(&mut self, table: &Table, row: Vec<Read>) -> Option<Vec<Cell>> {
        let is_plain =
            self.lost.is_empty() && row.iter().all(|read| matches!(read, Read::Sound(_)));
        let mut cells = Vec::with_capacity(row.len());
        let mut wrong: Vec<String> = Vec::new();
        let mut is_left_out = false;
        for (at, read) in row.into_iter().enumerate() {
            let column = &table.columns[at].name;
            let cell = match read {
                Read::Sound(Cell::Null) if !table.is_nullable(at) => {
                    wrong.push(format!("{column} is missing"));
                    is_left_out = true;
                    Cell::Null
                }
                Read::Sound(cell) => {
                    let target = (!is_plain).then(|| table.target(at)).flatten();
                    match target {
                        Some(target) if self.is_lost(target, &cell) => {
                            wrong.push(format!("{column} refers to a {target} that is not there"));
                            is_left_out |= !table.is_nullable(at);
                            Cell::Null
                        }
                        _ => cell,
                    }
                }
                Read::Odd(instead, why) => {
                    wrong.push(format!("{column} {why}"));
                    is_left_out |= instead.is_none() && !table.is_nullable(at);
                    instead.unwrap_or(Cell::Null)
                }
            };
            cells.push(cell);
        }
        if wrong.is_empty() {
            return Some(cells);
        }
        let key: Vec<String> = table
            .key_of(&cells)
            .map(|cell| match cell {
                Cell::I64(id) => id.to_string(),
                Cell::Text(text) => text.clone(),
                Cell::Bool(value) => value.to_string(),
                Cell::Null => "?".to_owned(),
                Cell::Bytes(_) => "(bytes)".to_owned(),
            })
            .collect();
        if is_left_out && let [Cell::I64(id)] = table.key_of(&cells).collect::<Vec<_>>()[..] {
            self.lose(&table.name, *id);
        }
        self.add(Gap {
            table: table.name.clone(),
            key: key.join(", "),
            why: wrong.join("; "),
            is_left_out,
        });
        (!is_left_out).then_some(cells)
    }
}
