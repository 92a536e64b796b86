// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rot in any column of any table: everybody else is served, the row is named, and a backup is made and comes back.

use axum::body::Body;
use axum::http::Request;
use rusqlite::types::Value as Held;

use super::*;
use crate::doctor::{Level, examine};
use crate::store::Engine;
use crate::store::checkup::newest_migration;
use crate::store::portable::{Catalog, ColumnKind};
use crate::testing::StillClock;

/// Without these there is no space: a column of theirs that is rotten stops it, and says so.
const OF_THE_SPACE: [&str; 2] = ["head", "space"];

/// Where rot was put, and what was there.
struct Rot {
    table: String,
    column: String,
    row: i64,
    was: Held,
}

impl Rot {
    /// Writes a value by hand; says whether SQLite takes it.
    fn write(&self, house: &House, value: &Held) -> bool {
        let Engine::Sqlite(sqlite) = house.app.store.engine() else {
            unreachable!("the house is on SQLite");
        };
        let connection = sqlite.writer().unwrap();
        for (name, value) in [("foreign_keys", false), ("ignore_check_constraints", true)] {
            connection.pragma_update(None, name, value).unwrap();
        }
        let sql = format!(
            "update {} set {} = ?1 where rowid = ?2",
            self.table, self.column
        );
        // A rowid is a number, whatever befalls it.
        connection.execute(&sql, (value, self.row)).is_ok()
    }
}

/// One row of every table, and each of its columns.
fn everywhere(house: &House) -> Vec<(Rot, ColumnKind)> {
    let Engine::Sqlite(sqlite) = house.app.store.engine() else {
        unreachable!("the house is on SQLite");
    };
    let connection = sqlite.writer().unwrap();
    let catalog = Catalog::at(newest_migration()).unwrap().unwrap();
    let mut all = Vec::new();
    for table in &catalog.tables {
        for column in &table.columns {
            let sql = format!(
                "select rowid, {} from {} order by rowid desc limit 1",
                column.name, table.name
            );
            // A table without rowids, or without rows, has nothing to rot here.
            let found = connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
            if let Ok((row, was)) = found {
                let rot = Rot {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    row,
                    was,
                };
                all.push((rot, column.kind));
            }
        }
    }
    all
}

async fn status(house: &House, path: &str) -> u16 {
    let request = Request::get(path).body(Body::empty()).unwrap();
    house.page(request).await.0.as_u16()
}

/// Says what does not work any more, when something in `table` is rotten.
async fn broken(house: &House, table: &str, topic: i64, hidden: i64) -> Vec<String> {
    let mut broken = Vec::new();
    for path in ["/", "/feed.atom", "/code", "/healthz", "/m/dora"] {
        let status = status(house, path).await;
        // Who is rotten may be nobody, and a code that is rotten cannot be shown.
        let is_itself =
            status == 404 && path.starts_with("/m/") || table == "code" && path == "/code";
        if status != 200 && !is_itself {
            broken.push(format!("{path} answers {status}"));
        }
    }
    for (who, path) in [
        ("nobody", "/v1/topics".to_owned()),
        ("nobody", format!("/v1/topics/{topic}")),
        ("nobody", "/v1/space".to_owned()),
        ("nobody", "/v1/code".to_owned()),
        ("nobody", "/v1/tags".to_owned()),
        ("alice", "/v1/cases".to_owned()),
        ("alice", format!("/v1/posts/{hidden}/hidden")),
        ("bob", "/v1/topics".to_owned()),
    ] {
        let answer = house.get(who, &path).await;
        if answer.status.is_server_error() && !path.ends_with(table) {
            broken.push(format!("{who} {path} answers {}", answer.status));
        }
    }
    for who in ["nobody", "alice", "bob"] {
        if let Err(error) = house.feed(who, "").await
            && !error.contains("401")
        {
            broken.push(format!("the feed of {who}: {error}"));
        }
    }
    let findings = examine(&house.config, &StillClock::default(), true).await;
    if findings.iter().all(|found| found.level != Level::Wrong) {
        broken.push("doctor finds nothing".to_owned());
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("space.tar");
    let plain = Make {
        is_compressed: false,
        ..what(&path)
    };
    if let Err(error) = make(&house.config, &plain, &Progress::hidden()).await {
        broken.push(format!("backup: {error}"));
        return broken;
    }
    let lot = House::empty(On::Sqlite).unwrap();
    if let Err(error) = restored(&path, &lot.config).await {
        broken.push(format!("restore: {error}"));
    }
    broken
}

#[tokio::test(flavor = "multi_thread")]
async fn rot_in_any_column_stops_nobody_else() {
    let Some(house) = filled(On::Sqlite).await else {
        return;
    };
    let hall = house.category("second", &["everyone start"]).await;
    let (topic, post) = house.topic("alice", hall, "Served").await;
    let bad = house.reply("dora", topic, "nobody should say that").await;
    let report = json!({"reason": "spam", "comment": "look"});
    house
        .tell("charlie", &format!("POST /v1/posts/{bad}/report"), report)
        .await
        .ok();
    let hide = json!({"clause": "1.1", "note": "why"});
    house
        .tell("alice", &format!("POST /v1/posts/{bad}/hide"), hide)
        .await
        .ok();
    let tags = json!({"add": ["fine"]});
    house
        .tell("alice", &format!("PATCH /v1/topics/{topic}/tags"), tags)
        .await
        .ok();
    assert!(post > 0);
    let mut failures = Vec::new();
    let all = everywhere(&house);
    assert!(all.len() > 80, "{}", all.len());
    for (rot, kind) in all {
        if OF_THE_SPACE.contains(&rot.table.as_str()) {
            continue;
        }
        let value = match kind {
            ColumnKind::Text => Held::Blob(b"po\xff\xfe".to_vec()),
            ColumnKind::Integer | ColumnKind::Boolean => Held::Text("x\u{1}".to_owned()),
            ColumnKind::Bytes => Held::Integer(7),
        };
        if !rot.write(&house, &value) {
            continue;
        }
        let found = broken(&house, &rot.table, topic, bad).await;
        assert!(rot.write(&house, &rot.was));
        if !found.is_empty() {
            failures.push(format!(
                "{}.{}: {}",
                rot.table,
                rot.column,
                found.join("; ")
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
