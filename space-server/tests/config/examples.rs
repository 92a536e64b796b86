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

const PROXY: &str = "\
This one is for one machine with SQLite, behind a reverse proxy on the same machine: config-examples/Caddyfile and
config-examples/nginx.conf are for that, config-examples/systemd for starting it and for a backup every night.";

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
fn the_example_behind_a_proxy_is_generated() {
    let text = example(
        PROXY,
        &[
            ("data_dir", "\"/var/lib/space\""),
            ("http.trusted_proxies", "[\"127.0.0.1\", \"::1\"]"),
            ("metrics.bind", "\"127.0.0.1:7781\""),
            ("backup.dir", "\"/var/backups/space\""),
        ],
    );
    same_as_committed(&folder().join("space-server.proxy.toml"), &text);
}

/// What the units of systemd call is a command line that this version understands.
#[test]
fn the_units_call_what_there_is() {
    let mut called = 0;
    for entry in std::fs::read_dir(folder().join("systemd")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text
            .lines()
            .filter_map(|line| line.strip_prefix("ExecStart="))
        {
            let Some(arguments) = line.strip_prefix("/usr/bin/space-server ") else {
                continue;
            };
            let words = ["space-server"].into_iter().chain(arguments.split(' '));
            let read = space_server::cli::command().try_get_matches_from(words);
            assert!(read.is_ok(), "{}: {}", path.display(), read.unwrap_err());
            called += 1;
        }
    }
    assert_eq!(called, 2);
}

/// systemd itself reads the units, where there is one. It wants the programs to be there, so any program stands for ours.
#[test]
fn the_units_are_understood_by_systemd() {
    let there = std::process::Command::new("systemd-analyze")
        .arg("--version")
        .output();
    if !there.is_ok_and(|done| done.status.success()) {
        return;
    }
    let copy = tempfile::tempdir().unwrap();
    let mut units = Vec::new();
    for entry in std::fs::read_dir(folder().join("systemd")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "conf") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text
            .replace("/usr/bin/space-server", "/bin/true")
            .replace("/usr/bin/space-bridge", "/bin/true")
            .replace("User=space-bridge", "User=root")
            .replace("User=space", "User=root")
            .replace("Group=space-bridge", "Group=root")
            .replace("Group=space", "Group=root")
            // Nobody has installed the manual pages here.
            .replace("Documentation=man:", "#");
        let unit = copy.path().join(path.file_name().unwrap());
        std::fs::write(&unit, text).unwrap();
        units.push(unit);
    }
    assert_eq!(units.len(), 4);
    let verified = std::process::Command::new("systemd-analyze")
        .arg("verify")
        .args(&units)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&verified.stderr);
    let ours: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("space-"))
        .collect();
    assert!(verified.status.success() && ours.is_empty(), "{said}");
}

/// Both proxies end TLS: a browser that came once must not come back without it.
#[test]
fn proxy_examples_send_strict_transport_security() {
    for name in ["nginx.conf", "Caddyfile"] {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        let sends = text.lines().any(|line| {
            !line.trim_start().starts_with('#')
                && line.contains("Strict-Transport-Security")
                && line.contains("max-age=31536000")
        });
        assert!(sends, "{name}");
    }
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
    assert!(read >= 3, "the examples are not where they should be");
}

#[test]
fn the_defaults_shown_are_the_defaults() {
    // What has no default is shown as it could be.
    const OF_METRICS: &str = "bind = \"127.0.0.1:7781\"";
    let text: String = example("", &[])
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(key)
                if ![
                    " ",
                    "url",
                    "base_url",
                    "max_connections_per_address",
                    "drain",
                    "dir ",
                    OF_METRICS,
                ]
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
