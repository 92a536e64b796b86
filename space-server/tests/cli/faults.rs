// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Planted faults: each is named for what it is, with what to do about it, and no other is blamed.

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rstest::rstest;
use space_tests::Postgres;

use crate::machine::{Machine, Said};

/// What a fault is planted with.
type Plant = fn(&Path);

/// Runs SQL on the database of a folder.
fn sql(data: &Path, statements: &str) {
    let space = rusqlite::Connection::open(data.join("space.db")).unwrap();
    space.execute_batch(statements).unwrap();
}

fn newer(data: &Path) {
    sql(
        data,
        "insert into refinery_schema_history select version + 4700, 'later', applied_on, checksum
             from refinery_schema_history order by version desc limit 1",
    );
}

fn older(data: &Path) {
    sql(
        data,
        "delete from refinery_schema_history where version = (select max(version) from refinery_schema_history)",
    );
}

#[track_caller]
fn says(said: &Said, wanted: &[&str]) {
    for word in wanted {
        assert!(
            said.errors.contains(word),
            "{word:?} is missing: {}",
            said.errors
        );
    }
    assert!(
        said.errors.contains("\n  try: "),
        "no hint: {}",
        said.errors
    );
    assert!(!said.errors.contains("Error code"), "{}", said.errors);
}

/// The same fault meets whoever opens the space: the server, and each command beside it.
const COMMANDS: &[&[&str]] = &[
    &["serve", "--bind=127.0.0.1:0"],
    &["serve", "--bind=127.0.0.1:0", "--no-migrate"],
    &["member", "list"],
    &["export"],
];

fn junk(data: &Path) {
    fs::write(data.join("space.db"), "junk ".repeat(1000)).unwrap();
}

fn overwrite_first_page(data: &Path) {
    sql(data, "pragma wal_checkpoint(truncate)");
    let mut bytes = fs::read(data.join("space.db")).unwrap();
    bytes[..900].copy_from_slice(&b"garbage!!".repeat(100));
    fs::write(data.join("space.db"), bytes).unwrap();
}

fn truncate(data: &Path) {
    sql(data, "pragma wal_checkpoint(truncate)");
    let file = fs::OpenOptions::new()
        .write(true)
        .open(data.join("space.db"))
        .unwrap();
    file.set_len(20 << 10).unwrap();
}

fn folder_in_its_place(data: &Path) {
    fs::remove_file(data.join("space.db")).unwrap();
    fs::create_dir(data.join("space.db")).unwrap();
}

fn file_in_place_of_all(data: &Path) {
    fs::remove_dir_all(data).unwrap();
    fs::write(data, "").unwrap();
}

#[test]
fn fault_of_the_database_is_named_everywhere() {
    let faults: [(Plant, &[&str]); 6] = [
        (junk, &["not a SQLite database", "--data-dir"]),
        (overwrite_first_page, &["not a SQLite database"]),
        (truncate, &["damaged", "newest backup"]),
        (folder_in_its_place, &["space.db is not a file"]),
        (
            file_in_place_of_all,
            &["data is not a folder", "--data-dir"],
        ),
        (newer, &["newer version", "run the version that updated it"]),
    ];
    for (plant, wanted) in faults {
        let machine = Machine::with_space();
        plant(&machine.data_dir());
        for command in COMMANDS {
            let said = machine.run(command);
            assert_ne!(said.code, 0, "{command:?} {wanted:?}");
            says(&said, wanted);
            assert!(
                !said.errors.contains("disk is full"),
                "{command:?}: {}",
                said.errors
            );
        }
        let doctor = machine.run(&["doctor"]);
        assert_eq!(doctor.code, 1);
        assert!(doctor.out.contains("WRONG"), "{}", doctor.out);
        assert!(doctor.out.contains(wanted[0]), "{wanted:?}: {}", doctor.out);
        assert!(!doctor.out.contains("up to date"), "{}", doctor.out);
    }
}

#[test]
fn older_tables_are_named_when_migrating_is_not_allowed() {
    let machine = Machine::with_space();
    older(&machine.data_dir());
    let said = machine.run(&["serve", "--bind=127.0.0.1:0", "--no-migrate"]);
    says(
        &said,
        &["older version", "--no-migrate", "space-server backup"],
    );
    assert!(!said.errors.contains("disk is full"), "{}", said.errors);
    let doctor = machine.run(&["doctor", "--quick"]);
    assert!(doctor.out.contains("older version"), "{}", doctor.out);
}

/// A folder that is closed to this user looks as if nothing were in it; the operator then makes a second space.
#[rstest]
#[case::closed_folder(0o700, 0o600, "Permission denied")]
#[case::read_only_folder(0o755, 0o644, "may not write")]
fn folder_of_another_user_is_named(#[case] folder: u32, #[case] file: u32, #[case] doctor: &str) {
    let machine = Machine::with_space();
    let data = machine.data_dir();
    let mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    // Somebody who is not root owns these files, and shuts them to themselves as well.
    let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&data).unwrap()) == 0;
    let own = if is_root { 0o777 } else { 0o577 };
    mode(machine.folder(), 0o755);
    for beside in ["space.db-wal", "space.db-shm"] {
        let _ = fs::remove_file(data.join(beside));
    }
    mode(&data.join("space.db"), if is_root { file } else { 0o400 });
    mode(
        &data,
        if folder == 0o700 && !is_root {
            0o000
        } else {
            folder & own
        },
    );
    let said = machine.run_as_stranger(&["member", "list"]);
    let found = machine.run_as_stranger(&["doctor"]);
    mode(&data, 0o700);
    assert_eq!(said.code, 1, "{}", said.errors);
    says(&said, &["may not write", "as the user of the server"]);
    assert!(
        !said.errors.contains("there is no space"),
        "{}",
        said.errors
    );
    assert!(found.out.contains(doctor), "{}", found.out);
    assert!(!found.out.contains("there is no d"), "{}", found.out);
}

#[rstest]
#[case::name_alone("localhost", 2, &["localhost", "127.0.0.1:7780"])]
#[case::port_alone("7780", 2, &["127.0.0.1:7780"])]
#[case::no_such_name("no-such-name.invalid:7780", 2, &["cannot be looked up", "127.0.0.1:7780"])]
#[case::not_of_this_machine("192.0.2.7:7780", 1, &["no address of this machine", "0.0.0.0"])]
fn address_to_listen_on_that_is_none_is_named(
    #[case] bind: &str,
    #[case] code: i32,
    #[case] wanted: &[&str],
) {
    let machine = Machine::with_space();
    let said = machine.run(&["serve", "--bind", bind]);
    assert_eq!(said.code, code, "{}", said.errors);
    for word in wanted {
        assert!(said.errors.contains(word), "{word:?}: {}", said.errors);
    }
}

#[test]
fn port_of_the_system_is_named_for_what_it_is() {
    let machine = Machine::with_space();
    for path in [machine.folder(), &machine.data_dir()] {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    fs::set_permissions(
        machine.data_dir().join("space.db"),
        Permissions::from_mode(0o644),
    )
    .unwrap();
    let first = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    if first.is_ok_and(|port| port.trim() != "1024") {
        space_tests::skipped("this machine lets everybody listen below 1024");
        return;
    }
    let said = machine.run_as_stranger(&["serve", "--bind=127.0.0.1:81"]);
    says(&said, &["cannot listen", "below 1024"]);
}

#[rstest]
#[case::shared(0o644, "correct horse battery\n", "chmod 600")]
#[case::of_the_group(0o640, "correct horse battery\n", "chmod 600")]
#[case::empty(0o600, "\n", "is empty")]
fn password_file_is_refused(#[case] mode: u32, #[case] text: &str, #[case] wanted: &str) {
    let machine = Machine::new();
    let file = machine.folder().join("password");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    let file = file.to_str().unwrap();
    let said = machine.run(&["init", "--name=P", "--owner=alice", "--password-file", file]);
    assert_ne!(said.code, 0);
    assert!(said.errors.contains(wanted), "{}", said.errors);
    assert!(!machine.data_dir().exists(), "nothing is made");
}

/// A configuration that keeps the data in PostgreSQL.
fn in_postgres(machine: &Machine, key: &str, value: &str) -> String {
    let path = machine.folder().join("space.toml");
    fs::write(&path, format!("[store]\n{key} = {value:?}\n")).unwrap();
    path.display().to_string()
}

#[rstest]
#[case::another_kind("mysql://root@localhost/space", 78, &["postgres://"])]
#[case::nobody_there("postgres://space@127.0.0.1:1/space", 1, &["does not answer", "pg_isready"])]
#[case::no_such_host("postgres://space@no-such-host.invalid/space", 1, &["does not answer", "store.url"])]
#[case::no_socket("postgres://space@%2Fnowhere/space", 1, &["does not answer", "pg_isready"])]
fn address_of_the_database_that_is_wrong_is_named(
    #[case] url: &str,
    #[case] code: i32,
    #[case] wanted: &[&str],
) {
    let machine = Machine::new();
    let config = in_postgres(&machine, "url", url);
    let said = machine.run(&["--config", &config, "member", "list"]);
    assert_eq!(said.code, code, "{}", said.errors);
    for word in wanted {
        assert!(said.errors.contains(word), "{word:?}: {}", said.errors);
    }
}

#[rstest]
#[case::missing(None, "cannot be read")]
#[case::shared(Some(0o644), "chmod 600")]
fn file_of_the_address_is_refused(#[case] mode: Option<u32>, #[case] wanted: &str) {
    let machine = Machine::new();
    let file = machine.folder().join("url");
    if let Some(mode) = mode {
        fs::write(&file, "postgres://space:s3cret@127.0.0.1:1/space").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
    }
    let config = in_postgres(&machine, "url_file", file.to_str().unwrap());
    let said = machine.run(&["--config", &config, "config", "check"]);
    assert_eq!(said.code, 78, "{}", said.errors);
    assert!(said.errors.contains(wanted), "{}", said.errors);
    assert!(!said.errors.contains("s3cret"), "{}", said.errors);
}

/// A database server that answers every start with one error, as PostgreSQL words it.
fn refusing(code: &'static str, message: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut start = [0; 1024];
            let _ = stream.read(&mut start);
            let body = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
            let length = u32::try_from(body.len() + 4).unwrap();
            let mut answer = vec![b'E'];
            answer.extend(length.to_be_bytes());
            answer.extend(body.as_bytes());
            let _ = stream.write_all(&answer);
        }
    });
    format!("postgres://space:s3cret@{address}/space?sslmode=disable")
}

#[rstest]
#[case::wrong_password("28P01", "password authentication failed for user \"space\"", &["refuses the log-in", "store.url"])]
#[case::not_let_in("28000", "no pg_hba.conf entry for host", &["refuses the log-in", "pg_hba.conf"])]
#[case::no_database("3D000", "database \"space\" does not exist", &["does not exist", "createdb", "UTF8"])]
#[case::too_many("53300", "sorry, too many clients already", &["no connection left", "store.pool_size"])]
#[case::starting("57P03", "the database system is starting up", &["starting or stopping", "pg_isready"])]
fn refusal_of_the_database_server_is_named(
    #[case] code: &'static str,
    #[case] message: &'static str,
    #[case] wanted: &[&str],
) {
    let machine = Machine::new();
    let config = in_postgres(&machine, "url", &refusing(code, message));
    for command in [&["member", "list"][..], &["init", "--name=P"]] {
        let said = machine.run(&[&["--config", &config], command].concat());
        assert_eq!(said.code, 1, "{}", said.errors);
        says(&said, wanted);
        assert!(!said.errors.contains("s3cret"), "{}", said.errors);
    }
}

/// It would take the first posts, and fail at the first letter that the encoding does not have.
#[rstest]
#[case("LATIN1")]
#[case("SQL_ASCII")]
fn database_of_another_encoding_is_refused(#[case] encoding: &str) {
    let Some(database) = Postgres::database_in(encoding) else {
        return;
    };
    let machine = Machine::new();
    let config = in_postgres(&machine, "url", database.url());
    for command in [
        &["init", "--name=P"][..],
        &["serve", "--bind=127.0.0.1:0"],
        &["member", "list"],
    ] {
        let said = machine.run(&[&["--config", &config], command].concat());
        assert_eq!(said.code, 1, "{}", said.errors);
        says(
            &said,
            &[
                encoding,
                "UTF8",
                "createdb --template template0 --encoding UTF8",
            ],
        );
    }
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(database.query(tables), "0", "nothing was made");
    let doctor = machine.run(&["--config", &config, "doctor"]);
    assert!(doctor.out.contains("createdb"), "{}", doctor.out);
    assert!(!doctor.out.contains("power fails"), "{}", doctor.out);
}

#[test]
fn newer_tables_in_postgres_are_named() {
    let Some(database) = Postgres::database() else {
        return;
    };
    let machine = Machine::new();
    let config = in_postgres(&machine, "url", database.url());
    machine.run(&["--config", &config, "init", "--name=P"]).ok();
    database.query(
        "insert into refinery_schema_history select version + 4700, 'later', applied_on, checksum
             from refinery_schema_history order by version desc limit 1",
    );
    for command in COMMANDS {
        let said = machine.run(&[&["--config", &config], *command].concat());
        says(&said, &["newer version", "run the version that updated it"]);
    }
}

#[test]
fn missing_media_folder_stops_nothing() {
    let machine = Machine::with_space();
    assert!(!machine.data_dir().join("media").exists());
    let backup = machine.folder().join("backup.tar.zst");
    machine.run(&["backup", backup.to_str().unwrap()]).ok();
}
