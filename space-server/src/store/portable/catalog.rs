// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which tables there are at a version, with their columns: read from an empty database that is brought to it.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use super::super::migrate::{self, newest};
use super::super::{Result, StoreError};
use super::Cell;

/// What a column holds, on either engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColumnKind {
    Integer,
    Boolean,
    Text,
    Bytes,
}

impl ColumnKind {
    /// Says what it is, for people.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Integer => "a number",
            Self::Boolean => "true or false",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// The columns of its key.
    #[serde(skip)]
    key: Vec<String>,
    /// Which columns may hold nothing.
    #[serde(skip)]
    nullable: Vec<bool>,
    /// Which columns refer to which table, and to which column of it.
    #[serde(skip)]
    targets: Vec<Option<(String, String)>>,
}

/// The tables of a version; one that refers to another stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Catalog {
    /// The number of the migration that was done last.
    pub(crate) version: i32,
    pub(crate) tables: Vec<Table>,
}

impl Catalog {
    /// Returns the tables of a version; `None` when this program does not know it.
    pub(crate) fn at(version: i32) -> Result<Option<Self>> {
        if version < 1 || version > newest() {
            return Ok(None);
        }
        let mut empty = rusqlite::Connection::open_in_memory()?;
        migrate::sqlite_to(&mut empty, version)?;
        let mut names = strings(
            &empty,
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
             and name not like 'refinery%' order by name",
            None,
        )?;
        let mut tables = Vec::new();
        let mut done: BTreeSet<String> = BTreeSet::new();
        while !names.is_empty() {
            let before = names.len();
            let mut waiting = Vec::new();
            for name in names {
                let targets = strings(
                    &empty,
                    "select \"table\" from pragma_foreign_key_list(?1)",
                    Some(&name),
                )?;
                if targets.iter().all(|to| *to == name || done.contains(to)) {
                    tables.push(table(&empty, &name)?);
                    done.insert(name);
                } else {
                    waiting.push(name);
                }
            }
            if waiting.len() == before {
                return Err(StoreError::Content {
                    column: 0,
                    why: format!(
                        "tables refer to each other in a circle: {}",
                        waiting.join(", ")
                    ),
                });
            }
            names = waiting;
        }
        Ok(Some(Self { version, tables }))
    }
}

fn strings(
    connection: &rusqlite::Connection,
    sql: &str,
    bind: Option<&str>,
) -> Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(bind), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn table(connection: &rusqlite::Connection, name: &str) -> Result<Table> {
    let mut statement = connection
        .prepare("select name, type, pk, \"notnull\" from pragma_table_info(?1) order by cid")?;
    let mut rows = statement.query([name])?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    let (mut nullable, mut targets) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (column, declared): (String, String) = (row.get(0)?, row.get(1)?);
        let place: i64 = row.get(2)?;
        let kind = match declared.to_ascii_lowercase().as_str() {
            "integer" | "bigint" => ColumnKind::Integer,
            "boolean" => ColumnKind::Boolean,
            "text" => ColumnKind::Text,
            "blob" => ColumnKind::Bytes,
            other => {
                return Err(StoreError::Content {
                    column: columns.len(),
                    why: format!("{name}.{column} is {other:?}, which no backup knows"),
                });
            }
        };
        if place > 0 {
            key.push((place, column.clone()));
        }
        nullable.push(!row.get::<_, bool>(3)?);
        let sql = "select \"table\", \"to\" from pragma_foreign_key_list(?1) where \"from\" = ?2";
        let mut refers = connection.prepare_cached(sql)?;
        targets.push(
            refers
                .query_row([name, &column], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?,
        );
        columns.push(Column { name: column, kind });
    }
    key.sort();
    Ok(Table {
        name: name.to_owned(),
        columns,
        key: key.into_iter().map(|(_, column)| column).collect(),
        nullable,
        targets,
    })
}

impl Table {
    fn names(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|c| quoted(&c.name)).collect();
        names.join(", ")
    }

    /// Reads all rows, in the order of the key.
    pub(super) fn select(&self) -> String {
        self.select_from("")
    }

    /// The same on SQLite, by the rows of the table and not by an index that may have lost some.
    pub(super) fn select_rows(&self) -> String {
        self.select_from(" not indexed")
    }

    fn select_from(&self, how: &str) -> String {
        let key: Vec<String> = self.key.iter().map(|name| quoted(name)).collect();
        format!(
            "select {} from {}{how} order by {}",
            self.names(),
            quoted(&self.name),
            key.join(", ")
        )
    }

    /// Returns the cells of the key.
    pub(super) fn key_of<'c>(&self, cells: &'c [Cell]) -> impl Iterator<Item = &'c Cell> {
        self.columns
            .iter()
            .zip(cells)
            .filter(|(column, _)| self.key.contains(&column.name))
            .map(|(_, cell)| cell)
    }

    /// Says whether a column may hold nothing.
    pub(super) fn is_nullable(&self, column: usize) -> bool {
        self.nullable.get(column).copied().unwrap_or(true)
    }

    /// Returns the table whose rows a column refers to.
    pub(super) fn target(&self, column: usize) -> Option<&str> {
        let (table, _) = self.targets.get(column)?.as_ref()?;
        Some(table)
    }

    /// Says whether its rows refer to each other.
    pub(super) fn refers_to_itself(&self) -> bool {
        let names = self.targets.iter().flatten();
        names.into_iter().any(|(table, _)| *table == self.name)
    }

    /// Returns, for each column that refers to rows, the statement that lists those that are not there.
    pub(super) fn dangling(&self) -> impl Iterator<Item = (&str, String)> {
        self.columns
            .iter()
            .zip(&self.targets)
            .filter_map(|(column, target)| {
                let (target, to) = target.as_ref()?;
                let sql = format!(
                    "select distinct t.{column} from {table} t where t.{column} is not null
                 and not exists (select 1 from {of} p where p.{key} = t.{column})",
                    column = quoted(&column.name),
                    table = quoted(&self.name),
                    of = quoted(target),
                    key = quoted(to),
                );
                Some((target.as_str(), sql))
            })
    }

    /// Counts all rows.
    pub(super) fn count(&self) -> String {
        format!("select count(*) from {}", quoted(&self.name))
    }

    /// Writes one row.
    pub(super) fn insert(&self) -> String {
        let binds: Vec<String> = (1..=self.columns.len())
            .map(|at| format!("?{at}"))
            .collect();
        format!(
            "insert into {} ({}) values ({})",
            quoted(&self.name),
            self.names(),
            binds.join(", ")
        )
    }

    /// Takes rows as they come.
    pub(super) fn copy_in(&self) -> String {
        format!(
            "copy {} ({}) from stdin (format binary)",
            quoted(&self.name),
            self.names()
        )
    }
}

/// Names come from our own migrations; some are words of SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever adds a migration finds out here whether a backup can hold its tables.
    #[test]
    fn every_version_has_tables_that_a_backup_can_hold() {
        for version in 1..=newest() {
            let catalog = Catalog::at(version).unwrap().unwrap();
            let at = |name: &str| {
                let mut tables = catalog.tables.iter();
                tables.position(|table| table.name == name).unwrap()
            };
            assert!(at("member") < at("token") && at("topic") < at("post"));
            for table in &catalog.tables {
                assert!(!table.key.is_empty(), "{} has no key", table.name);
            }
        }
        assert_eq!(Catalog::at(newest() + 1).unwrap(), None);
        assert_eq!(Catalog::at(0).unwrap(), None);
    }
}
