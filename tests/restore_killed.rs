// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A space comes back over one whose server was killed: its log is never replayed into what was restored, a restore that is
//! killed at any moment leaves one of the two whole, and the next one ends well.

#![expect(clippy::unwrap_used, reason = "a story fails where it goes wrong")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use space_core::client::api::{Api, Token};
use space_tests::{Community, On, binary, hall};

/// The length of a life, in posts.
const POSTS: usize = 150;

fn command(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary("space-server"));
    command
        .args(arguments)
        .env("SPACE_SERVER__DATA_DIR", data_dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(data_dir: &Path, arguments: &[&str]) -> Output {
    command(data_dir, arguments).output().unwrap()
}

/// Which life is served, by all of its posts; `None` when there is no database.
fn life(data_dir: &Path) -> Option<String> {
    if !data_dir.join("space.db").exists() {
        return None;
    }
    let exported = run(data_dir, &["export"]);
    let text = String::from_utf8_lossy(&exported.stdout).into_owned();
    let said = String::from_utf8_lossy(&exported.stderr).into_owned();
    assert!(exported.status.success(), "{said}");
    let count = |life: &str| text.matches(&format!("{life} life ")).count();
    match (count("first"), count("second")) {
        (POSTS, 0) => Some("first".to_owned()),
        (0, POSTS) => Some("second".to_owned()),
        other => panic!("{other:?}"),
    }
}

async fn write(community: &Community, token: &Token, which: &str) -> space_tests::Server {
    let server = community.server().start();
    let api = Api::new(server.url(), Some(token.clone())).unwrap();
    let category = hall::category(&api, which, None).await;
    let topic = hall::topic(&api, category, "Topic").await;
    for number in 0..POSTS {
        hall::reply(&api, topic, &format!("{which} life {number}"))
            .await
            .unwrap();
    }
    server
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for name in files(from)
        .iter()
        .filter(|name| name.starts_with("space.db"))
    {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_restore_leaves_one_space_whole() {
    let first = Community::new(On::Sqlite).unwrap();
    let token = Token::new(first.member("alice", Some("owner"))).unwrap();
    write(&first, &token, "first").await.stop();
    let backup: PathBuf = first.folder().join("first.tar.zst");
    let backup = backup.to_str().unwrap();
    first.run(&["backup", backup]);
    let second = Community::new(On::Sqlite).unwrap();
    let token = Token::new(second.member("alice", Some("owner"))).unwrap();
    write(&second, &token, "second").await.kill9();
    assert!(second.data_dir().join("space.db-wal").exists());

    // The database was removed by hand, and its log was not.
    let by_hand = second.folder().join("by-hand");
    copy(&second.data_dir(), &by_hand);
    fs::remove_file(by_hand.join("space.db")).unwrap();
    let refused = run(&by_hand, &["doctor", "--quick"]);
    assert!(!refused.status.success());
    let refused = run(&by_hand, &["init", "--name", "New"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("space.db-wal"),
        "{said}"
    );
    let restored = run(&by_hand, &["restore", backup]);
    let said = String::from_utf8_lossy(&restored.stderr).into_owned();
    assert!(restored.status.success(), "{said}");
    assert_eq!(life(&by_hand).as_deref(), Some("first"));

    // Killed at any moment.
    let place = second.folder().join("killed");
    let mut seen = Vec::new();
    for patience in (0..2_000).step_by(7) {
        let _ = fs::remove_dir_all(&place);
        copy(&second.data_dir(), &place);
        let mut child = command(&place, &["restore", "--replace", backup])
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(patience)).await;
        child.kill().unwrap();
        let is_done = child.wait().unwrap().success();
        let there = life(&place);
        if let Some(life) = &there {
            assert!(!is_done || life == "first");
        } else {
            // Neither is there: what was there before is whole under its other name.
            let names = files(&place);
            let aside = names
                .iter()
                .find(|name| name.starts_with("space.db.before-"));
            let aside = aside.unwrap_or_else(|| panic!("{names:?}"));
            let stem = aside.trim_end_matches("-wal").trim_end_matches("-shm");
            let other = second.folder().join("aside");
            let _ = fs::remove_dir_all(&other);
            fs::create_dir_all(&other).unwrap();
            for name in names.iter().filter(|name| name.starts_with(stem)) {
                let to = name.replace(stem, "space.db");
                fs::copy(place.join(name), other.join(to)).unwrap();
            }
            assert_eq!(life(&other).as_deref(), Some("second"));
        }
        seen.push(there);
        if is_done {
            break;
        }
        if patience % 5 == 0 {
            let again = run(&place, &["restore", "--replace", backup]);
            let said = String::from_utf8_lossy(&again.stderr).into_owned();
            assert!(again.status.success(), "after {patience} ms: {said}");
            assert_eq!(life(&place).as_deref(), Some("first"));
            assert!(
                files(&place)
                    .iter()
                    .all(|name| Path::new(name).extension() != Some("part".as_ref()))
            );
        }
    }
    assert!(seen.contains(&Some("second".to_owned())));
    assert_eq!(seen.last().unwrap().as_deref(), Some("first"), "{seen:?}");
}
