// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Restoring where there was something: a database is more than one file, and may be damaged.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use space_core::Timestamp;

use super::super::{Restored, Returned};
use super::*;
use crate::testing::Lot;

const LATER: i64 = 1_795_731_350_000;

async fn replaced(path: &Path, config: &Config, signs_out: bool) -> Result<Restored, BackupError> {
    let what = Restore {
        path: path.to_owned(),
        replaces: true,
        skip_ids: 100_000,
        signs_out,
        now: Timestamp::from_millis(LATER),
    };
    restore(config, &what, &OsEntropy, &Progress::hidden()).await
}

/// Copies the files of a database that is open, as a power cut would leave them.
fn cut_off(house: &House, into: &Lot, endings: &[&str]) {
    for ending in endings {
        let name = format!("space.db{ending}");
        fs::copy(
            house.config.data_dir.join(&name),
            into.config.data_dir.join(&name),
        )
        .unwrap();
    }
}

/// A space of another life, with much in its log.
async fn old_life() -> House {
    let house = House::new(On::Sqlite).await.unwrap();
    let hall = house.category("old", &["everyone start"]).await;
    for number in 0..30 {
        house
            .topic("alice", hall, &format!("Old life {number}"))
            .await;
    }
    house
}

fn names(config: &Config) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(&config.data_dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "media")
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn restore_beside_left_log_serves_the_backup() {
    let (house, old) = (filled(On::Sqlite).await.unwrap(), old_life().await);
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    // The database itself was removed by hand, or a restore was killed at the worst moment.
    let lot = House::empty(On::Sqlite).unwrap();
    cut_off(&old, &lot, &["-wal", "-shm"]);
    // A server refuses to make a new database there, and restoring needs no --replace.
    let refused = crate::store::Store::open(&lot.config).await.unwrap_err();
    assert!(refused.to_string().contains("space.db-wal"), "{refused}");
    restored(&path, &lot.config).await.unwrap();
    let aside = |name: &&String| name.starts_with("space.db.before-");
    let put_aside: Vec<String> = names(&lot.config).iter().filter(aside).cloned().collect();
    assert_eq!(
        put_aside,
        [
            "space.db.before-1795731340000-shm",
            "space.db.before-1795731340000-wal"
        ]
    );
    let back = lot.open(&house).await;
    for who in ["nobody", "charlie"] {
        assert_eq!(seen(&back, who).await, seen(&house, who).await, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_database_is_replaced_with_its_log() {
    let (house, old) = (filled(On::Sqlite).await.unwrap(), old_life().await);
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    for damage in [
        "garbage!".repeat(100).into_bytes(),
        Vec::new(),
        vec![b'x'; 3],
    ] {
        let lot = House::empty(On::Sqlite).unwrap();
        cut_off(&old, &lot, &["", "-wal"]);
        let place = lot.config.data_dir.join("space.db");
        let mut bytes = fs::read(&place).unwrap();
        if damage.is_empty() {
            bytes.truncate(5_000);
        } else {
            bytes[..damage.len()].copy_from_slice(&damage);
        }
        fs::write(&place, &bytes).unwrap();
        let occupied = restored(&path, &lot.config).await;
        assert!(
            matches!(occupied, Err(BackupError::Occupied { .. })),
            "{occupied:?}"
        );
        let done = replaced(&path, &lot.config, false).await.unwrap();
        let former = lot.config.data_dir.join(format!("space.db.before-{LATER}"));
        assert!(done.put_aside.contains(&former), "{:?}", done.put_aside);
        assert!(
            names(&lot.config)
                .iter()
                .all(|name| std::path::Path::new(name).extension() != Some("part".as_ref()))
        );
        let back = lot.open(&house).await;
        assert_eq!(seen(&back, "charlie").await, seen(&house, "charlie").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn restore_that_was_killed_is_done_again() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = backed_up(&house, &folder).await;
    let lot = House::empty(On::Sqlite).unwrap();
    for left in [
        ".space.db.000000000000001-1-0.part",
        "space.db.restoring",
        "space.db.restoring-journal",
    ] {
        fs::write(lot.config.data_dir.join(left), "half").unwrap();
    }
    restored(&path, &lot.config).await.unwrap();
    assert!(
        names(&lot.config)
            .iter()
            .all(|name| name == "space.db" || name.starts_with("space.db-"))
    );
    // One that lives is not disturbed.
    let place = lot.config.data_dir.join("space.db");
    let other = crate::unfinished::Unfinished::create(&place, 1).unwrap();
    let refused = replaced(&path, &lot.config, false).await;
    assert!(
        matches!(refused, Err(BackupError::Restoring { .. })),
        "{refused:?}"
    );
    drop(other);
    replaced(&path, &lot.config, false).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_end_when_everybody_is_signed_out() {
    for on in [On::Sqlite, On::Postgres] {
        let (Some(house), Some(lot)) = (filled(on).await, House::empty(on)) else {
            continue;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = backed_up(&house, &folder).await;
        replaced(&path, &lot.config, true).await.unwrap();
        let back = lot.open(&house).await;
        assert_eq!(back.get("alice", "/v1/me").await.status, 401);
        assert_eq!(back.get("nobody", "/v1/topics").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_since_the_backup_is_named() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let topics = house.get("dora", "/v1/topics").await.ok();
    let topic = topics["topics"][0]["topic"]["id"].as_i64().unwrap();
    let shown = house.reply("dora", topic, "to be hidden").await;
    let path = folder.path().join("space.tar.zst");
    make(&house.config, &what(&path), &Progress::hidden())
        .await
        .unwrap();
    let hide = format!("POST /v1/posts/{shown}/hide");
    house.tell("bob", &hide, json!({})).await.ok();
    let lot = House::empty(On::Sqlite).unwrap();
    let place = lot.config.data_dir.join("space.db");
    Connection::open(house.config.data_dir.join("space.db"))
        .unwrap()
        .execute("vacuum into ?1", [place.to_str().unwrap()])
        .unwrap();
    let now = Connection::open(&place).unwrap();
    now.execute_batch(
        "pragma foreign_keys = off;
         delete from token where member_id = (select id from member where name = 'mallory');
         delete from member_role where role = 'moderator';
         update member set password_hash = 'new' where name = 'alice';",
    )
    .unwrap();
    drop(now);

    let done = replaced(&path, &lot.config, false).await.unwrap();
    let Returned::Known(found) = done.returned else {
        panic!("{:?}", done.returned);
    };
    let found: Vec<(&str, Vec<String>)> =
        found.into_iter().map(|one| (one.kind, one.named)).collect();
    assert_eq!(
        found,
        [
            ("tokens", vec!["mallory (test)".to_owned()]),
            ("roles", vec!["bob (moderator)".to_owned()]),
            ("hidden_posts", vec![shown.to_string()]),
        ]
    );
    // What was put aside is another space, or none that can be read.
    let done = replaced(&path, &lot.config, true).await.unwrap();
    assert_eq!(done.returned, Returned::Known(Vec::new()));
    fs::write(&place, "no database").unwrap();
    let done = replaced(&path, &lot.config, true).await.unwrap();
    assert_eq!(done.returned, Returned::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn picture_that_is_not_its_name_is_left_out() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let wrong = keep_png(&house.config.data_dir, b"another picture").unwrap();
    let file = house.config.data_dir.join("media").join(wrong.to_string());
    fs::write(&file, b"rotten").unwrap();
    let path = folder.path().join("space.tar");
    let plain = Make {
        is_compressed: false,
        ..what(&path)
    };
    let totals = make(&house.config, &plain, &Progress::hidden())
        .await
        .unwrap();
    assert_eq!((totals.pictures, totals.gap_count()), (1, 1));
    assert_eq!(totals.gaps[0].key, wrong.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_backups_onto_one_path_leave_one_whole() {
    let house = filled(On::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("space.tar.zst");
    let (one, other) = (what(&path), what(&path));
    let (hidden, config) = (Progress::hidden(), &house.config);
    let (one, other) = tokio::join!(make(config, &one, &hidden), make(config, &other, &hidden));
    assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
    for refused in [one, other].into_iter().filter_map(Result::err) {
        let is_told = matches!(
            refused,
            BackupError::Exists { .. } | BackupError::Busy { .. }
        );
        assert!(is_told, "{refused:?}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let lot = House::empty(On::Sqlite).unwrap();
    restored(&path, &lot.config).await.unwrap();
}
