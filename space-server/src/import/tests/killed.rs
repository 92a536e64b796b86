// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! An import that is killed again and again, and then let finish, ends as one that was never disturbed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::types::Value;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::forum::{post, topic};
use crate::config::Sources;
use crate::import::{Progress, run};
use crate::lifecycle::Lifecycle;
use crate::operator::Operator;
use crate::testing::{Counter, StillClock};

/// Set for a test that is started as a process of its own: the folder with `forum` and `data`.
const ROOM: &str = "SPACE_TEST_IMPORT_ROOM";

/// A forum of 60 topics with 40 posts each, woven together in time.
fn save(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for id in 1..=60_i64 {
        let posts: Vec<Json> = (1..=40_i64)
            .map(|number| {
                let username = format!("member{}", (id * 7 + number) % 50);
                let day = format!("2020-{:02}-{:02}", (number - 1) / 4 + 1, id % 28 + 1);
                post(number * 1000 + id, number, &username, &day)
            })
            .collect();
        std::fs::write(
            folder.join(format!("{id}.json")),
            topic(id, &posts).to_string(),
        )
        .unwrap();
    }
}

async fn import(room: &Path) {
    let data = room.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let command_line = vec![("data_dir", data.display().to_string())];
    let sources = Sources {
        file: None,
        environment: Vec::new(),
        command_line,
    };
    let config = sources.load().unwrap().config;
    let lifecycle = Lifecycle::new();
    let clock = Arc::new(StillClock::default());
    let operator = Operator::open(&config, &lifecycle, clock, Arc::new(Counter::default()))
        .await
        .unwrap();
    let import = super::import_of(&room.join("forum"));
    run(&operator, &import, &Progress::hidden()).await.unwrap();
}

fn database(room: &Path) -> PathBuf {
    room.join("data/space.db")
}

/// Every row of every table, in order.
fn dump(room: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let connection = rusqlite::Connection::open(database(room)).unwrap();
    let mut tables = connection
        .prepare("select name from sqlite_master where type = 'table' order by 1")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    tables
        .into_iter()
        .filter(|table| !table.starts_with("refinery") && !table.starts_with("sqlite"))
        .map(|table| {
            let mut rows = connection
                .prepare(&format!("select * from {table}"))
                .unwrap();
            let columns = rows.column_count();
            let rows = rows
                .query_map([], |row| (0..columns).map(|at| row.get(at)).collect())
                .unwrap();
            let mut rows: Vec<Vec<Value>> = rows.map(Result::unwrap).collect();
            rows.sort_by_key(|row| format!("{row:?}"));
            (table, rows)
        })
        .collect()
}

fn posts_written(room: &Path) -> i64 {
    let count = || {
        let connection = rusqlite::Connection::open(database(room)).ok()?;
        connection.busy_timeout(Duration::from_secs(5)).ok()?;
        connection
            .query_row("select count(*) from post", [], |row| row.get(0))
            .ok()
    };
    count().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started as a process of its own by the test below"]
async fn the_process_that_is_killed() {
    let room = std::env::var_os(ROOM).expect("the room to work in");
    import(Path::new(&room)).await;
}

#[test]
fn a_killed_import_goes_on_where_it_was() {
    let (broken, whole) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for room in [&broken, &whole] {
        save(&room.path().join("forum"));
    }
    let start = |room: &TempDir| {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "import::tests::killed::the_process_that_is_killed",
                "--ignored",
                "--test-threads=1",
            ])
            .env(ROOM, room.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut kills = 0;
    let mut seen = -1;
    loop {
        let mut child = start(&broken);
        // Each time a little further: once more has been written than before, or it ended by itself.
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                assert!(status.success());
                break true;
            }
            let written = posts_written(broken.path());
            if written > seen {
                seen = written;
                break false;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        if ended {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills >= 3, "it was killed {kills} times only");
    assert!(start(&whole).wait().unwrap().success());
    assert_eq!(posts_written(whole.path()), 2400);
    for (a, b) in dump(broken.path()).iter().zip(dump(whole.path())) {
        assert!(*a == b, "table {} differs", a.0);
    }
}
