// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

mod histories;
mod queries;
mod speed;
mod withdrawn;

use std::collections::BTreeSet;

use super::Replica;
use crate::Scope;
use crate::protocol::Kind;

/// Reads a list of numbers, three by three.
fn numbers(replica: &Replica, sql: &str) -> Vec<(i64, i64, i64)> {
    let mut statement = replica.connection.prepare(sql).unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// Everything a replica holds, but for numbers that only say in which order it was read.
pub(super) fn dump(replica: &Replica) -> Vec<String> {
    let c = &replica.connection;
    // What waits is counted as topics come and go, and must be what a count would find.
    assert_eq!(
        numbers(
            replica,
            "select * from waiting where topics <> 0 order by 1, 2"
        ),
        numbers(
            replica,
            "select category, state, count(*) from topic where is_listed and state > 0 group by 1, 2 order by 1, 2"
        ),
    );
    // So are tags, by topic and by activity.
    let tagged = |sql: &str| -> Vec<(String, i64, i64)> {
        let mut statement = c.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(
        tagged("select tag, last_post_at, topic from topic_tag order by 1, 2, 3"),
        tagged(
            "select value, last_post_at, t.id from topic t, json_each(t.tags) where is_listed order by 1, 2, 3"
        ),
    );
    let mut lines = Vec::new();
    for (table, columns) in [
        ("space", "name, about, created_at, revision"),
        (
            "category",
            "parent, slug, name, position, is_open, revision",
        ),
        ("community_group", "slug, name, revision"),
        ("member", "kind, name, folded, revision"),
        (
            "topic",
            "category, title, tags, is_pinned, is_listed, revision, last_post_at, likes, state, read_number, marked_unread,
             caught_until",
        ),
        (
            "topic_tally",
            "posts, last_number, last_post_at, views, likes",
        ),
        ("post", "topic, number, source, revision"),
        ("post_tally", "topic, likes"),
        ("read_position", "number, unread, set_at, read_at"),
        ("bookmark", "topic, post, note, created_at"),
        ("caught_up", "until_at"),
        ("access_grant", "granted"),
    ] {
        let columns = if table == "access_grant" {
            "(select name from scope where scope.id = granted)"
        } else {
            columns
        };
        let sql = format!(
            "select json_array('{table}', id, (select name from scope where scope.id = {table}.scope), {columns})
             from {table} order by id"
        );
        let mut statement = c.prepare(&sql).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        lines.extend(rows.map(Result::unwrap));
    }
    c.execute_batch(
        "create virtual table if not exists temp.vocabulary using fts5vocab(main, post_text, instance)",
    )
    .unwrap();
    let mut statement = c
        .prepare("select json_array('text', doc, col, offset, term) from vocabulary order by doc, col, offset")
        .unwrap();
    let rows = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    lines.extend(rows.map(Result::unwrap));
    lines
}

/// What a replica holds, by scope.
pub(super) fn held(replica: &Replica) -> BTreeSet<(Kind, i64, Scope)> {
    let mut held = BTreeSet::new();
    for kind in Kind::ALL {
        let table = match kind {
            Kind::Group => "community_group",
            Kind::Grant => "access_grant",
            kind => kind.word(),
        };
        let sql = format!("select t.id, s.name from {table} t join scope s on s.id = t.scope");
        let mut statement = replica.connection.prepare(&sql).unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .unwrap();
        held.extend(rows.map(|row| {
            let (id, scope) = row.unwrap();
            (*kind, id, scope.parse().unwrap())
        }));
    }
    held
}
