// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::path::{Path, PathBuf};

use space_server::config::{Config, Sources, example};
use space_tests::generated::same_as_committed;

const SQLITE: &str = "This one is complete as it stands: SQLite, for this machine only.";
const POSTGRES: &str = "\
This one keeps the data in PostgreSQL, and writes logs for a collector. Make the database first,
as the system user postgres:

    sudo -u postgres createuser space
    sudo -u postgres createdb --owner space --template template0 --encoding UTF8 --locale C space

Over the socket, as below, PostgreSQL usually lets nobody in but the system user of the same name (peer
authentication): run the server as the system user space. Otherwise give the role a password (createuser
--pwprompt space), and the address too: postgres://space:PASSWORD@localhost/space, best in store.url_file.";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("config-examples")
}

#[test]
fn the_plain_example_is_generated() {
    same_as_committed(&folder().join("space-server.toml"), &example(SQLITE, &[]));
}

#[test]
fn the_postgres_example_is_generated() {
    let text = example(
        POSTGRES,
        &[
            ("data_dir", "\"/var/lib/space\""),
            (
                "store.url",
                "\"postgres://space@%2Frun%2Fpostgresql/space\"",
            ),
            ("log.format", "\"json\""),
        ],
    );
    same_as_committed(&folder().join("space-server.postgres.toml"), &text);
}

#[test]
fn every_example_is_read() {
    let mut read = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("space-server") {
            continue;
        }
        let sources = Sources {
            file: Some(path),
            ..Sources::default()
        };
        if let Err(error) = sources.load() {
            panic!("{name}: {error}");
        }
        read += 1;
    }
    assert!(read >= 2, "the examples are not where they should be");
}

#[test]
fn the_defaults_shown_are_the_defaults() {
    let text: String = example("", &[])
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(key)
                if ![" ", "url", "base_url"]
                    .iter()
                    .any(|start| key.starts_with(start)) =>
            {
                Some(key)
            }
            Some(_) => None,
            None => Some(line),
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.toml");
    std::fs::write(&path, text).unwrap();
    let sources = Sources {
        file: Some(path),
        ..Sources::default()
    };
    let loaded = sources.load().unwrap();
    assert_eq!(loaded.config, Config::default());
    assert!(
        loaded.origins.len() > 10,
        "the keys were not uncommented: {:?}",
        loaded.origins
    );
}
