// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Places that take nothing: a full disk behind the output, a copy that cannot be written, one of a newer version.

use std::process::{Command, Stdio};

use rstest::rstest;
use space_core::client::Replica;

use crate::house::House;

/// Lets SQLite neither open nor make the index that it keeps beside the file, as on a disk without room. Permissions would
/// stop nobody who runs the tests as root.
fn cannot_be_written(house: &House) {
    let file = house.folders().replica("default");
    let file = file.expect("the name is valid");
    let index = file.with_file_name("replica.db-shm");
    let _ = std::fs::remove_file(&index);
    std::os::unix::fs::symlink("nowhere/at/all", index).expect("the folder is of this test alone");
}

#[cfg(target_os = "linux")]
#[rstest]
#[case(&["topics"], 1)]
#[case(&["topics", "--json"], 1)]
#[case(&["read", "20"], 1)]
#[case(&["search", "trains"], 1)]
#[case(&["tags"], 1)]
#[case(&["outbox"], 1)]
#[case(&["whoami"], 1)]
#[case(&["doctor", "--offline"], 1)]
#[case(&["auth", "list"], 1)]
#[case(&["config", "show"], 1)]
#[case(&["completion", "bash"], 1)]
#[case(&["--version"], 1)]
#[case(&["--help"], 1)]
#[case(&["read", "--help"], 1)]
fn output_to_a_full_disk_fails_with_a_sentence(#[case] args: &[&str], #[case] code: i32) {
    let house = House::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let folders = house.folders();
    let done = Command::new(env!("CARGO_BIN_EXE_space"))
        .args(args)
        .env_clear()
        .env("SPACE_KEYRING", "off")
        .env("SPACE_DATA_DIR", &folders.data)
        .env("SPACE_CONFIG_DIR", &folders.config)
        .stdin(Stdio::null())
        .stdout(full.unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(code), "{said}");
    assert!(said.contains("the output cannot be written"), "{said}");
    assert!(said.contains("No space left"), "{said}");
}

#[test]
fn copy_that_cannot_be_written_is_read_and_that_is_said() {
    let house = House::new();
    cannot_be_written(&house);
    for args in [&["topics"][..], &["read", "20"], &["search", "trains"]] {
        let done = house.space(args);
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(done.err.contains("can only be read"), "{}", done.err);
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    }
    let doctor = house.space(&["doctor", "--offline"]).out;
    assert!(!doctor.contains("space logout"), "{doctor}");
}

#[test]
fn reply_that_the_copy_does_not_take_is_kept_in_a_file() {
    let house = House::new();
    cannot_be_written(&house);
    let done = house.space(&["reply", "20", "A text of some length"]);
    assert_eq!(done.code, 1, "{}", done.err);
    let file = done
        .err
        .split("kept in ")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_else(|| panic!("{}", done.err));
    let kept = std::fs::read_to_string(file.trim()).unwrap();
    assert_eq!(kept.trim(), "A text of some length");
}

#[test]
fn copy_of_a_newer_version_is_named_as_such() {
    let house = House::new();
    let file = house.folders().replica("default").unwrap();
    // The number stands at byte 60 of the file: https://www.sqlite.org/fileformat.html#user_version_number
    drop(Replica::open(&file).unwrap());
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[60..64].copy_from_slice(&9999_u32.to_be_bytes());
    std::fs::write(&file, bytes).unwrap();
    let done = house.space(&["topics"]);
    assert_eq!(done.code, 1);
    assert!(
        done.err.contains("a newer version of space"),
        "{}",
        done.err
    );
    let doctor = house.space(&["doctor", "--offline"]).out;
    assert!(doctor.contains("a newer version of space"), "{doctor}");
    assert!(!doctor.contains("space logout"), "{doctor}");
}
