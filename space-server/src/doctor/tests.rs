// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::os::unix::fs::PermissionsExt;

use super::{Finding, Level, examine};
use crate::clock::SystemClock;
use crate::config::{Config, Database};
use crate::testing::{House, on_both_engines};

async fn of(config: &Config) -> Vec<Finding> {
    examine(config, &SystemClock, true).await
}

#[track_caller]
fn level(findings: &[Finding], check: &str) -> Level {
    let found = findings.iter().filter(|finding| finding.check == check);
    found
        .map(|finding| finding.level)
        .max()
        .unwrap_or_else(|| panic!("{check} was not looked at: {findings:?}"))
}

on_both_engines! {
    async fn a_sound_space_has_nothing_wrong(house: &House) {
        let hall = house.category("hall", &["everyone start"]).await;
        house.topic("alice", hall, "Hello").await;
        let at = house.listen().await;
        let mut config = Config::clone(&house.config);
        config.http.bind = at.into();
        let findings = of(&config).await;
        for check in ["counters", "clock", "migrations", "server"] {
            assert_eq!(level(&findings, check), Level::Fine, "{check}: {findings:?}");
        }
        // The databases of these tests on PostgreSQL acknowledge what is not on the disk, which has to be found.
        let durability = match config.database() {
            Database::Sqlite(_) => Level::Fine,
            Database::Postgres(_) => Level::Wrong,
        };
        assert_eq!(level(&findings, "durability"), durability, "{findings:?}");
        for finding in &findings {
            assert_eq!(finding.level == Level::Fine, finding.hint.is_none(), "{finding:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found_and_nothing_is_changed() {
    let house = House::new(crate::testing::On::Sqlite).await.unwrap();
    let Database::Sqlite(file) = house.config.database() else {
        unreachable!()
    };
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let by_hand = rusqlite::Connection::open(&file).unwrap();
    by_hand.execute("update head set id = 1001", []).unwrap();
    let backups = tempfile::tempdir().unwrap();
    let mut config = Config::clone(&house.config);
    config.backup.dir = Some(backups.path().to_owned());
    // Nobody listens on a port that was just given back.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    config.http.bind = free.local_addr().unwrap().into();
    drop(free);
    let findings = of(&config).await;
    assert_eq!(level(&findings, "database_file"), Level::Warning);
    assert_eq!(level(&findings, "counters"), Level::Wrong);
    assert_eq!(level(&findings, "backups"), Level::Wrong);
    assert_eq!(level(&findings, "server"), Level::Warning);
    let id: i64 = by_hand
        .query_row("select id from head", [], |row| row.get(0))
        .unwrap();
    assert_eq!(id, 1001);
}

fn found<'f>(findings: &'f [Finding], check: &str) -> &'f str {
    let found = findings.iter().find(|finding| finding.check == check);
    found.map_or("", |finding| &finding.found)
}

#[tokio::test(flavor = "multi_thread")]
async fn server_of_another_space_is_not_taken_for_ours() {
    let ours = House::new(crate::testing::On::Sqlite).await.unwrap();
    let theirs = House::new(crate::testing::On::Sqlite).await.unwrap();
    // Both were made with the same numbers by chance.
    let Database::Sqlite(file) = ours.config.database() else {
        unreachable!()
    };
    let by_hand = rusqlite::Connection::open(&file).unwrap();
    let other = "update space set identity = 'ffffffffffffffffffffffffffffffff'";
    by_hand.execute(other, []).unwrap();
    let mut config = Config::clone(&ours.config);
    config.http.bind = theirs.listen().await.into();
    let findings = of(&config).await;
    assert_eq!(level(&findings, "server"), Level::Wrong);
    let said = found(&findings, "server");
    assert!(
        said.contains("another space") && said.contains("Test"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn server_of_an_unknown_space_is_not_called_ours() {
    let theirs = House::new(crate::testing::On::Sqlite).await.unwrap();
    let mut config = Config::clone(&theirs.config);
    config.http.bind = theirs.listen().await.into();
    // A data folder without a space: there is nothing to compare with.
    let empty = tempfile::tempdir().unwrap();
    config.data_dir = empty.path().to_owned();
    let findings = of(&config).await;
    assert_eq!(level(&findings, "server"), Level::Warning);
    let said = found(&findings, "server");
    assert!(
        said.contains("whether it is this one is not known"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_on_the_port_is_not_taken_for_ours() {
    let ours = House::new(crate::testing::On::Sqlite).await.unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = Config::clone(&ours.config);
    config.http.bind = listener.local_addr().unwrap().into();
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n<html>It works!</html>");
        }
    });
    let findings = of(&config).await;
    assert_eq!(level(&findings, "server"), Level::Wrong);
    let said = found(&findings, "server");
    assert!(said.contains("another program"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn listening_in_the_open_is_told() {
    let house = House::new(crate::testing::On::Sqlite).await.unwrap();
    let mut config = Config::clone(&house.config);
    let all: std::net::SocketAddr = "0.0.0.0:9".parse().unwrap();
    config.http.bind = all.into();
    let warned = super::reach::in_the_open(all, &config).unwrap();
    assert!(warned.contains("plain HTTP"), "{warned}");
    assert!(super::reach::in_the_open("127.0.0.1:9".parse().unwrap(), &config).is_none());
    assert_eq!(level(&of(&config).await, "proxies"), Level::Warning);
    config.http.trusted_proxies = serde_json::from_str("\"192.0.2.1\"").unwrap();
    assert!(super::reach::in_the_open(all, &config).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_a_space_is_told_and_stays_empty() {
    let empty = House::empty(crate::testing::On::Sqlite).unwrap();
    let findings = of(&empty.config).await;
    assert_eq!(level(&findings, "store"), Level::Wrong);
    assert_eq!(
        std::fs::read_dir(&empty.config.data_dir).unwrap().count(),
        0
    );
}
