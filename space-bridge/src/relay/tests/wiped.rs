// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A report that is done is in no byte of the memory any more: measured on the files.

use std::path::{Path, PathBuf};

use super::*;

const SAID: &str = "SAIDINCONFIDENCE";
const WHO: &str = "account:reporterofthis";

struct Chance;

impl space_core::Entropy for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn open(path: &Path) -> Store {
    Store::open(path, "https://space.example.org", &Chance).unwrap()
}

/// Returns which files beside the memory, and itself, hold one of these words.
fn holding(path: &Path, words: &[&str]) -> Vec<PathBuf> {
    let has = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
    let files = std::fs::read_dir(path.parent().unwrap()).unwrap();
    files
        .map(|entry| entry.unwrap().path())
        .filter(|file| {
            let bytes = std::fs::read(file).unwrap();
            words.iter().any(|word| has(&bytes, word))
        })
        .collect()
}

fn confides() -> Input {
    let who = Who {
        network: "net".to_owned(),
        remote: WHO.to_owned(),
        nick: "reporterofthis".to_owned(),
    };
    Input::Heard(Heard {
        who: who.clone(),
        remote_id: Some("m1".to_owned()),
        ..heard(who.place(), &format!("report 101 other {SAID}"))
    })
}

fn reported(path: &Path) -> (Relay, JobId) {
    let mut relay = Relay::resume(settings(), open(path), Vec::new(), at(0)).unwrap();
    let up = Input::NetworkUp("net".to_owned());
    relay.step(up, at(1)).unwrap();
    relay.step(batch(frame()), at(1)).unwrap();
    let effects = relay.step(confides(), at(5)).unwrap();
    let [Effect::Ask(job)] = &effects[..] else {
        panic!("{effects:?}")
    };
    (relay, job.id)
}

#[test]
fn finished_report_leaves_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bridge.db");
    let (mut relay, job) = reported(&path);
    assert!(!holding(&path, &[SAID]).is_empty(), "it is written first");
    // It takes a while, so that the row is written more than once.
    let later = Answer::Later {
        is_away: true,
        after: None,
    };
    let told = relay.step(Input::Answered(job, later), at(6)).unwrap();
    deliver(&mut relay, told, at(6));
    relay.step(Input::Tick, at(70)).unwrap();
    let done = relay
        .step(Input::Answered(job, Answer::Reported), at(71))
        .unwrap();
    deliver(&mut relay, done, at(71));
    relay.store().wipe().unwrap();
    let none: [PathBuf; 0] = [];
    assert_eq!(holding(&path, &[SAID, "reporterofthis"]), none);
    drop(relay);
    assert_eq!(holding(&path, &[SAID, "reporterofthis"]), none);
}

#[test]
fn report_finished_before_a_kill_leaves_no_byte_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bridge.db");
    let (mut relay, job) = reported(&path);
    let done = relay
        .step(Input::Answered(job, Answer::Reported), at(6))
        .unwrap();
    deliver(&mut relay, done, at(6));
    // As a kill leaves the files: the write-ahead log is there.
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let file = entry.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let path = copy.path().join("bridge.db");
    assert!(!holding(&path, &[SAID]).is_empty());
    let _store = open(&path);
    assert_eq!(
        holding(&path, &[SAID, "reporterofthis"]),
        [""; 0].map(PathBuf::from)
    );
}

#[test]
fn bytes_that_an_earlier_version_left_go_with_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bridge.db");
    {
        let connection = rusqlite::Connection::open(&path).unwrap();
        for step in [
            include_str!("../store/V0001__first.sql"),
            include_str!("../store/V0002__presence.sql"),
            include_str!("../store/V0003__tries.sql"),
        ] {
            connection.execute_batch(step).unwrap();
        }
        let task = format!(r#"{{"task":"report","post":101,"comment":"{SAID}"}}"#);
        connection
            .execute_batch(&format!(
                "pragma user_version = 3; pragma secure_delete = off;
                 insert into heard values ('net', 'reporterofthis', 'm1', 5), ('net', '#tea', 'm2', 5);
                 insert into job values (1, 'k', 'net', '{WHO}', 'reporterofthis', '{task}', 1, 0, 1, 0);
                 delete from job;"
            ))
            .unwrap();
    }
    assert!(!holding(&path, &[SAID]).is_empty());
    let store = open(&path);
    assert_eq!(
        holding(&path, &[SAID, "reporterofthis"]),
        [""; 0].map(PathBuf::from)
    );
    assert_eq!(store.heard_rows(), [("#tea".to_owned(), 2)]);
}
