// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A server runs with each of the configurations that are shown as examples, with the places of the test instead of
//! theirs.

use std::path::{Path, PathBuf};
use std::process::Command;

use space_core::client::api::Api;
use space_tests::{Community, On, binary};

fn example(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("config-examples");
    root.join(name)
}

async fn tell(on: On, name: &str) {
    let Some(community) = Community::new(on) else {
        return;
    };
    let file = example(name);
    let backups = community.folder().join("backups");
    std::fs::create_dir(&backups).expect("a folder can be made");
    let backups = backups
        .to_str()
        .expect("the folder of a test is UTF-8")
        .to_owned();
    let file = file.to_str().expect("the folder of the sources is UTF-8");
    let server = community
        .server()
        .set("metrics.bind", "127.0.0.1:0")
        .set("backup.dir", &backups)
        .arguments(&["--config", file, "serve"])
        .start();
    let api = Api::new(server.url(), None).expect("the address is one");
    let hello = api.hello().await.expect("the server answers");
    assert_eq!(hello.space.name.as_str(), "Story");

    let ask = |arguments: &[&str]| {
        let mut command = Command::new(binary("space-server"));
        command
            .args(["--config", file])
            .args(arguments)
            .env("SPACE_SERVER__DATA_DIR", community.data_dir())
            .env("SPACE_SERVER__BACKUP__DIR", &backups)
            .env(
                "SPACE_SERVER__HTTP__BIND",
                server.url().trim_start_matches("http://"),
            );
        if let Some(database) = community.database() {
            command.env("SPACE_SERVER__STORE__URL", database.url());
        }
        command.output().expect("space-server can be run")
    };
    let backup = ask(&["backup"]);
    assert!(backup.status.success(), "{backup:?}");
    // There may be something to look at, but nothing is wrong.
    let doctor = ask(&["doctor"]);
    let code = doctor.status.code();
    assert!(
        matches!(code, Some(0 | 4)),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
    assert!(server.stop().success());
}

#[tokio::test]
async fn the_example_as_it_stands() {
    tell(On::Sqlite, "space-server.toml").await;
}

#[tokio::test]
async fn the_example_behind_a_proxy() {
    tell(On::Sqlite, "space-server.proxy.toml").await;
}

#[tokio::test]
async fn the_example_with_postgres() {
    tell(On::Postgres, "space-server.postgres.toml").await;
}
