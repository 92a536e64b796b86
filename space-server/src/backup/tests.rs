// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use space_core::protocol::FeedLine;
use tempfile::TempDir;

use super::{BackupError, Make, Restore, make, restore};
use crate::clock::OsEntropy;
use crate::config::Config;
use crate::import::Progress;
use crate::media::keep_png;
use crate::testing::{House, On};

mod every_column;
mod replacing;
mod rotten;

/// A space with something of everything.
async fn filled(on: On) -> Option<House> {
    let house = House::new(on).await?;
    let group = house.group("board", "charlie").await;
    let hall = house.category("hall", &["everyone start"]).await;
    let secret = house
        .category("secret", &[&format!("group:{group} start")])
        .await;
    let (topic, post) = house.topic("alice", hall, "Hello").await;
    house.topic("charlie", secret, "Treasure").await;
    let reply = house
        .reply("dora", topic, "\u{1F98B} \"quoted\"\nand\tmore \\ \u{2028}")
        .await;
    let edit = json!({"revision": 1, "source": "said otherwise"});
    house
        .tell("alice", &format!("PUT /v1/posts/{post}"), edit)
        .await
        .ok();
    let gone = house.reply("dora", topic, "a mistake").await;
    house
        .ask("dora", &format!("DELETE /v1/posts/{gone}"), None, None)
        .await
        .ok();
    let read = json!({"number": 2});
    house
        .tell("dora", &format!("PUT /v1/topics/{topic}/read"), read)
        .await
        .ok();
    let mark = json!({"note": "to look at"});
    house
        .tell("dora", &format!("PUT /v1/bookmarks/{reply}"), mark)
        .await
        .ok();
    keep_png(&house.config.data_dir, b"a picture").unwrap();
    Some(house)
}

fn what(path: &Path) -> Make {
    Make {
        path: path.to_owned(),
        is_compressed: true,
        has_media: true,
        overwrites: false,
        now: space_core::Timestamp::from_millis(1_795_731_330_000),
    }
}

async fn backed_up(house: &House, folder: &TempDir) -> PathBuf {
    let path = folder.path().join("space.tar.zst");
    let made = make(&house.config, &what(&path), &Progress::hidden()).await;
    let totals = made.unwrap();
    assert_eq!((totals.posts, totals.topics, totals.pictures), (4, 2, 1));
    path
}

async fn restored(path: &Path, config: &Config) -> Result<(), BackupError> {
    let what = Restore {
        path: path.to_owned(),
        replaces: false,
        skip_ids: 100_000,
        signs_out: false,
        now: space_core::Timestamp::from_millis(1_795_731_340_000),
    };
    restore(config, &what, &OsEntropy, &Progress::hidden())
        .await
        .map(drop)
}

/// Everything that somebody sees, without cursors.
async fn seen(house: &House, who: &str) -> Vec<FeedLine> {
    let mut lines = house.feed(who, "limit=10000").await.unwrap();
    assert!(matches!(
        lines.pop(),
        Some(FeedLine::Cursor { more: false, .. })
    ));
    lines
}

async fn cursor(house: &House, who: &str) -> String {
    match house.feed(who, "limit=10000").await.unwrap().pop() {
        Some(FeedLine::Cursor { cursor, .. }) => cursor.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn tell(from: On, to: On) {
    let (Some(house), Some(empty)) = (filled(from).await, House::empty(to)) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let before = cursor(&house, "dora").await;
    let key = Some("a-key-of-then");
    let say = json!({"source": "said once"});
    let topic = house.get("dora", "/v1/topics").await.ok()["topics"][0]["topic"]["id"].clone();
    let line = format!("POST /v1/topics/{topic}/posts");
    let once = house.ask("dora", &line, Some(say.clone()), key).await.ok();
    let again = folder.path().join("later.tar");
    let later = Make {
        is_compressed: false,
        ..what(&again)
    };
    make(&house.config, &later, &Progress::hidden())
        .await
        .unwrap();

    restored(&again, &empty.config).await.unwrap();
    let back = empty.open(&house).await;
    for who in ["nobody", "alice", "charlie", "dora", "mallory"] {
        assert_eq!(seen(&back, who).await, seen(&house, who).await, "{who}");
    }
    // A new epoch: no cursor of before is understood.
    let old = back.feed("dora", &format!("since={before}")).await;
    assert_eq!(old, Err("cursor_gone".to_owned()));
    // Commands that were done are known; new things get numbers that nothing had before.
    let repeated = back.ask("dora", &line, Some(say), key).await.ok();
    assert_eq!(repeated["id"], once["id"]);
    let (new, _) = back
        .topic("dora", category_of(&once, &back).await, "After")
        .await;
    assert!(new > 100_000, "{new}");
    let (picture, kept) = (
        crate::media::names(&house.config.data_dir).unwrap(),
        crate::media::names(&back.config.data_dir).unwrap(),
    );
    assert_eq!(picture, kept);
    // Nothing is restored over what is there.
    let refused = restored(&path, &back.config).await;
    assert!(
        matches!(refused, Err(BackupError::Occupied { .. })),
        "{refused:?}"
    );
}

async fn category_of(post: &Value, house: &House) -> i64 {
    let topic = house
        .get("dora", &format!("/v1/topics/{}", post["topic"]))
        .await;
    topic.ok()["topic"]["category"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_comes_back_on_sqlite() {
    tell(On::Sqlite, On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_comes_back_on_postgres() {
    tell(On::Postgres, On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_moves_from_sqlite_to_postgres() {
    tell(On::Sqlite, On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_moves_from_postgres_to_sqlite() {
    tell(On::Postgres, On::Sqlite).await;
}

/// What is wrong with a backup that is refused.
async fn refusal(bytes: &[u8]) -> BackupError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.tar.zst");
    fs::write(&path, bytes).unwrap();
    let empty = House::empty(On::Sqlite).unwrap();
    let refused = restored(&path, &empty.config).await.unwrap_err();
    let left: Vec<_> = fs::read_dir(&empty.config.data_dir).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_or_changed_is_refused_whole() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let compressed = fs::read(backed_up(&house, &folder).await).unwrap();
    let path = folder.path().join("plain.tar");
    let plain = Make {
        is_compressed: false,
        ..what(&path)
    };
    make(&house.config, &plain, &Progress::hidden())
        .await
        .unwrap();
    let plain = fs::read(&path).unwrap();

    for bytes in [&compressed, &plain] {
        for length in [bytes.len() / 4, bytes.len() / 2, bytes.len() * 9 / 10] {
            let error = refusal(&bytes[..length]).await;
            assert!(
                matches!(error, BackupError::Damaged { .. }),
                "{length}: {error:?}"
            );
        }
    }
    // One letter of a text, which no format notices by itself.
    let mut changed = plain.clone();
    let at = plain
        .windows(9)
        .position(|window| window == b"Treasure\"")
        .unwrap();
    changed[at] = b'P';
    let error = refusal(&changed).await;
    assert!(
        error
            .to_string()
            .ends_with("its contents are not those that were written"),
        "{error}"
    );
    // Whole entries, at a place where tar sees no fault: an archive may end anywhere.
    let end = plain
        .windows(8)
        .rposition(|window| window == b"end.json")
        .unwrap();
    let error = refusal(&plain[..end]).await;
    assert!(error.to_string().ends_with("its end is missing"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_backup_is_named_as_such() {
    for (bytes, why) in [
        (&b""[..], "it is empty, or nearly so"),
        (&[b'x'; 4096][..], "it does not begin with backup.json"),
    ] {
        let error = refusal(bytes).await;
        assert!(error.to_string().ends_with(why), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_there_is_kept_and_one_at_a_time_writes() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    let again = make(&house.config, &what(&path), &Progress::hidden()).await;
    assert!(
        matches!(again, Err(BackupError::Exists { .. })),
        "{again:?}"
    );
    let half = crate::unfinished::Unfinished::create(&path, 1).unwrap();
    let forced = Make {
        overwrites: true,
        ..what(&path)
    };
    let busy = make(&house.config, &forced, &Progress::hidden()).await;
    assert!(matches!(busy, Err(BackupError::Busy { .. })), "{busy:?}");
    drop(half);
    make(&house.config, &forced, &Progress::hidden())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_used_is_not_put_aside() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    let what = Restore {
        path,
        replaces: true,
        skip_ids: 1,
        signs_out: false,
        now: space_core::Timestamp::from_millis(1),
    };
    let config = Arc::clone(&house.config);
    let used = restore(&config, &what, &OsEntropy, &Progress::hidden()).await;
    assert!(matches!(used, Err(BackupError::InUse { .. })), "{used:?}");
    assert_eq!(
        house.get("alice", "/v1/topics").await.ok()["topics"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}
