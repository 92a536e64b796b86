// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Backups are made while members write: what was acknowledged before one began is in it, nothing is there by half,
//! and a restored space is the same to everybody, except that cursors from before are of no use. A backup that is killed
//! leaves nothing under its name.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use space_core::client::api::{Api, ApiError, FeedRequest, Token};
use space_core::protocol::{Body, Cursor, FeedRow, Kind};
use space_core::{TopicId, TopicTally};
use space_tests::{Community, On, Server, binary, hall};

const WRITERS: usize = 4;
const DEADLINE: Duration = Duration::from_mins(1);

/// Reads the feed from zero: the newest row of each thing, and where it ended.
async fn feed(server: &str, token: &Token) -> (BTreeMap<(Kind, i64), FeedRow>, Cursor) {
    let api = Api::new(server, Some(token.clone())).unwrap();
    let mut rows = BTreeMap::new();
    let mut request = FeedRequest::default();
    loop {
        let mut stream = api.feed(&request).await.unwrap();
        let mut more = false;
        while let Some(batch) = stream.next().await.unwrap() {
            more = batch.more;
            request.since = Some(batch.cursor);
            rows.extend(batch.rows.into_iter().map(|row| ((row.kind, row.id), row)));
        }
        if !more {
            return (rows, request.since.unwrap());
        }
    }
}

/// Every topic has as many posts as its tally says: nothing is there by half.
fn is_whole(rows: &BTreeMap<(Kind, i64), FeedRow>) {
    let mut numbers: BTreeMap<TopicId, Vec<i64>> = BTreeMap::new();
    let mut tallies: Vec<&TopicTally> = Vec::new();
    for row in rows.values() {
        match row.body.as_ref().unwrap() {
            Body::Post(post) => numbers.entry(post.topic).or_default().push(post.number),
            Body::TopicTally(tally) => tallies.push(tally),
            _ => {}
        }
    }
    assert!(!tallies.is_empty());
    for tally in tallies {
        let numbers = numbers.get_mut(&tally.topic).unwrap();
        numbers.sort_unstable();
        assert_eq!(*numbers, (1..=tally.posts).collect::<Vec<_>>());
    }
}

/// Says how far one writer has come in a copy.
fn written(rows: &BTreeMap<(Kind, i64), FeedRow>, writer: usize) -> i64 {
    let begin = format!("writer {writer} post ");
    let mut numbers: Vec<i64> = rows
        .values()
        .filter_map(|row| match row.body.as_ref()? {
            Body::Post(post) => post.source.strip_prefix(&begin)?.parse().ok(),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    let count = i64::try_from(numbers.len()).unwrap();
    assert_eq!(
        numbers,
        (0..count).collect::<Vec<_>>(),
        "of writer {writer}"
    );
    count
}

fn backup(community: &Community, path: &Path) -> Command {
    let mut command = Command::new(binary("space-server"));
    command
        .arg("backup")
        .arg(path)
        .env("SPACE_SERVER__DATA_DIR", community.data_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    if let Some(database) = community.database() {
        command.env("SPACE_SERVER__STORE__URL", database.url());
    }
    command
}

/// Restores a backup into an empty community, and serves it.
fn restored(on: On, path: &Path) -> (Community, Server) {
    let empty = Community::empty(on).unwrap();
    let said = empty.run(&["restore", path.to_str().unwrap()]);
    assert!(said.starts_with("Restored "), "{said}");
    let server = empty.server().start();
    (empty, server)
}

async fn tell(on: On) {
    let Some(community) = Community::new(on) else {
        return;
    };
    let owner = Token::new(community.member("alice", Some("owner"))).unwrap();
    let tokens: Vec<Token> = (0..WRITERS)
        .map(|number| Token::new(community.member(&format!("writer{number}"), None)).unwrap())
        .collect();
    let server = community.server().start();
    let api = Api::new(server.url(), Some(owner.clone())).unwrap();
    let category = hall::category(&api, "hall", None).await;
    let topic = hall::topic(&api, category, "Topic").await;

    let is_done = Arc::new(AtomicBool::new(false));
    let acknowledged: Arc<Vec<AtomicI64>> =
        Arc::new((0..WRITERS).map(|_| AtomicI64::new(0)).collect());
    let mut writing = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        let api = Api::new(server.url(), Some(token.clone())).unwrap();
        let (is_done, acknowledged) = (Arc::clone(&is_done), Arc::clone(&acknowledged));
        #[expect(
            clippy::disallowed_methods,
            reason = "a test waits for its tasks itself"
        )]
        writing.push(tokio::spawn(async move {
            while !is_done.load(Ordering::SeqCst) {
                let next = acknowledged[number].load(Ordering::SeqCst);
                hall::reply(&api, topic, &format!("writer {number} post {next}"))
                    .await
                    .unwrap();
                acknowledged[number].store(next + 1, Ordering::SeqCst);
            }
        }));
    }
    let wait_for = async |least: i64| {
        let reaching = async {
            while acknowledged
                .iter()
                .any(|count| count.load(Ordering::SeqCst) < least)
            {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(DEADLINE, reaching).await.unwrap();
    };

    // Some are killed on their way; nothing is there under their name.
    wait_for(20).await;
    let path = community.folder().join("under-load.tar.zst");
    for patience in [0, 5, 20, 60] {
        let mut child = backup(&community, &path)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(patience)).await;
        child.kill().unwrap();
        if !child.wait().unwrap().success() {
            assert!(!path.exists(), "killed after {patience} ms");
        }
        let _ = std::fs::remove_file(&path);
    }
    // One is not.
    let before: Vec<i64> = acknowledged
        .iter()
        .map(|count| count.load(Ordering::SeqCst))
        .collect();
    let mut child = backup(&community, &path).spawn().unwrap();
    let made = tokio::task::spawn_blocking(move || child.wait())
        .await
        .unwrap();
    assert!(made.unwrap().success());
    let after = before.iter().max().unwrap() + 20;
    wait_for(after).await;
    is_done.store(true, Ordering::SeqCst);
    for task in writing {
        task.await.unwrap();
    }
    {
        let (_copy, server) = restored(on, &path);
        let (rows, _) = feed(server.url(), &owner).await;
        is_whole(&rows);
        for (number, least) in before.iter().enumerate() {
            assert!(written(&rows, number) >= *least, "of writer {number}");
        }
    }

    // At rest: what comes back is the same to everybody.
    let path = community.folder().join("at-rest.tar.zst");
    assert!(backup(&community, &path).status().unwrap().success());
    let (original, cursor) = feed(server.url(), &tokens[0]).await;
    server.stop();
    let (copy, server) = restored(on, &path);
    let (back, _) = feed(server.url(), &tokens[0]).await;
    assert_eq!(back, original);
    let api = Api::new(server.url(), Some(tokens[0].clone())).unwrap();
    let old = FeedRequest {
        since: Some(cursor),
        ..FeedRequest::default()
    };
    let refused = api.feed(&old).await.err();
    assert!(matches!(refused, Some(ApiError::CursorGone)), "{refused:?}");
    // A command that was done before is not done again, and what is new gets a number of its own.
    let again = hall::reply(&api, topic, "writer 0 post 0").await.unwrap();
    assert!(original.contains_key(&(Kind::Post, again.id.get())));
    let new = hall::reply(&api, topic, "after the restore").await.unwrap();
    let largest = original.keys().map(|(_, id)| *id).max().unwrap();
    assert!(new.id.get() > largest + 1000, "{} after {largest}", new.id);
    drop(copy);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_space_is_backed_up_while_members_write_on_sqlite() {
    tell(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_space_is_backed_up_while_members_write_on_postgres() {
    tell(On::Postgres).await;
}
