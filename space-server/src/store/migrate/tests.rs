// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a migration must not do: run on newer tables, and change what followers were told without telling them.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{History, admit, newest, sqlite, sqlite_migrations, sqlite_to};
use crate::store::StoreError;

/// The tables that rows of the feed are made of, and the kinds of those rows.
const TOLD: &[(&str, &[&str])] = &[
    ("space", &["space"]),
    ("category", &["category"]),
    ("member_group", &["group"]),
    ("member", &["member"]),
    ("topic", &["topic", "topic_tally"]),
    ("post", &["post", "post_tally"]),
    ("read_position", &["read_position"]),
    ("bookmark", &["bookmark"]),
    ("caught_up", &["caught_up"]),
];

/// Columns of those tables that no row of the feed tells.
const UNTOLD: &[(&str, &str)] = &[("category", "was_closed")];

type Table = BTreeMap<String, Value>;

fn columns(space: &Connection, table: &str) -> Vec<(String, String)> {
    let mut statement = space
        .prepare("select name, lower(type) from pragma_table_info(?1)")
        .unwrap();
    let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Puts one row into each table that has none, and its rows into the feed.
fn fill(space: &Connection) {
    for (table, kinds) in TOLD {
        let columns = columns(space, table);
        if columns.is_empty() {
            continue;
        }
        let count = format!("select count(*) from {table}");
        if space
            .query_row(&count, [], |row| row.get::<_, i64>(0))
            .unwrap()
            > 0
        {
            continue;
        }
        let values: Vec<&str> = columns
            .iter()
            .map(|(_, kind)| match kind.as_str() {
                "text" => "'x'",
                "blob" => "x'00'",
                _ => "1",
            })
            .collect();
        let insert = format!("insert into {table} values ({})", values.join(", "));
        space.execute(&insert, []).unwrap();
        for kind in *kinds {
            space.execute("update head set seq = seq + 1", []).unwrap();
            space
                .execute(
                    "insert into feed (scope, kind, id, seq, is_frame) select 'public', ?1, 1, seq, false from head",
                    [kind],
                )
                .unwrap();
        }
    }
}

/// Reads the row of a table. A new column with nothing in it says nothing new.
fn told(space: &Connection, table: &str) -> Table {
    let mut told = Table::new();
    for (column, _) in columns(space, table) {
        if UNTOLD.contains(&(table, column.as_str())) {
            continue;
        }
        let value: Value = space
            .query_row(&format!("select \"{column}\" from {table}"), [], |row| {
                row.get(0)
            })
            .unwrap();
        let is_nothing = matches!(&value, Value::Null | Value::Integer(0))
            || matches!(&value, Value::Text(text) if text.is_empty());
        if !is_nothing {
            told.insert(column, value);
        }
    }
    told
}

fn seq(space: &Connection) -> i64 {
    space
        .query_row("select seq from head", [], |row| row.get(0))
        .unwrap()
}

/// Returns the migrations that changed what a table says and moved none of its rows of the feed.
fn silent() -> Vec<(i32, &'static str)> {
    let mut space = Connection::open_in_memory().unwrap();
    space.pragma_update(None, "foreign_keys", false).unwrap();
    let mut versions: Vec<i32> = sqlite_migrations::migrations::runner()
        .get_migrations()
        .iter()
        .map(refinery::Migration::version)
        .collect();
    versions.sort_unstable();
    let mut silent = Vec::new();
    for version in versions {
        let before: Vec<(&str, Table, &[&str])> = TOLD
            .iter()
            .filter(|(table, _)| !columns(&space, table).is_empty())
            .map(|(table, kinds)| (*table, told(&space, table), *kinds))
            .collect();
        let head = if before.is_empty() { 0 } else { seq(&space) };
        sqlite_to(&mut space, version).unwrap();
        for (table, was, kinds) in before {
            let has_moved = kinds.iter().any(|kind| {
                let sql = "select max(seq) from feed where kind = ?1";
                space
                    .query_row(sql, [kind], |row| row.get::<_, i64>(0))
                    .unwrap()
                    > head
            });
            if told(&space, table) != was && !has_moved {
                silent.push((version, table));
            }
        }
        if version == 1 {
            space
                .execute(
                    "insert into head (space, epoch, seq, id, aside, floor, seal_key) values (1, 1, 1, 1000, 0, 0, x'00')",
                    [],
                )
                .unwrap();
        }
        fill(&space);
    }
    silent
}

/// A follower whose cursor is past a row reads it again only when it moves. V0007 is the mistake that this was made for, and
/// V0013 moves the row that it left; there must be no other.
#[test]
fn changed_rows_move_in_the_feed() {
    assert_eq!(
        silent(),
        [(7, "space")],
        "a migration changes what followers were told, and has to move those rows to the head: see migrations/NOTES.md"
    );
}

#[test]
fn identity_reaches_cursors_from_before() {
    let mut space = Connection::open_in_memory().unwrap();
    sqlite_to(&mut space, 9).unwrap();
    space
        .execute_batch(
            "insert into head (space, epoch, seq, id, aside, floor, seal_key) values (1, 1, 70, 1000, 0, 0, x'00');
             insert into feed (scope, kind, id, seq, is_frame) values ('public', 'space', 1, 3, true);
             insert into feed (scope, kind, id, seq, is_frame) values ('public', 'topic', 1001, 70, false);",
        )
        .unwrap();
    sqlite(&mut space, true).unwrap();
    let at: i64 = space
        .query_row("select seq from feed where kind = 'space'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(at, seq(&space));
    assert!(at > 70, "{at}");
}

#[test]
fn newer_and_older_tables_are_told_apart() {
    let runner = sqlite_migrations::migrations::runner();
    let all = i64::try_from(runner.get_migrations().len()).unwrap();
    let history = |newest, applied| Some(History { newest, applied });
    for migrates in [true, false] {
        let newer = admit(history(newest() + 1, all + 1), &runner, migrates);
        assert!(
            matches!(newer, Err(StoreError::NewerVersion { .. })),
            "{newer:?}"
        );
        assert!(admit(history(newest(), all), &runner, migrates).is_ok());
    }
    let older = history(newest() - 1, all - 1);
    assert!(admit(older, &runner, true).is_ok());
    assert!(matches!(
        admit(older, &runner, false),
        Err(StoreError::MigrationPending)
    ));
    assert!(admit(None, &runner, true).is_ok());
    assert!(matches!(
        admit(None, &runner, false),
        Err(StoreError::NoSpace)
    ));
}
