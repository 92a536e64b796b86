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
        config.http.bind = at;
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
    config.http.bind = free.local_addr().unwrap();
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
