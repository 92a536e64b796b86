// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Files that are generated: man pages, completions, the example of the configuration.

use std::path::{Path, PathBuf};
use std::process::Command;

use space_tests::generated::same_as_committed;

fn example() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("config-examples");
    folder.join("bridge/irc.toml")
}

#[test]
fn man_pages_and_completions() {
    space_tests::same_as_committed_manual(space_bridge::command());
}

#[test]
fn the_example_of_the_configuration() {
    same_as_committed(&example(), &space_bridge::example());
}

#[test]
fn the_example_is_read() {
    let shown = Command::new(env!("CARGO_BIN_EXE_space-bridge"))
        .args(["config", "show", "--config"])
        .arg(example())
        .output()
        .expect("space-bridge can be run");
    let said = String::from_utf8_lossy(&shown.stderr);
    assert!(shown.status.success(), "{said}");
    let shown = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.contains("host = \"irc.libera.chat\""), "{shown}");
    assert!(shown.contains("room = \"#space-welcome\""), "{shown}");
}

#[test]
fn a_configuration_that_cannot_be_used_says_all_that_is_wrong() {
    let folder = tempfile::tempdir().expect("the temporary directory can be written");
    let path = folder.path().join("bridge.toml");
    std::fs::write(
        &path,
        "[mirrors.tea]\ncategory = \"tea\"\nnetwork = \"net\"\nroom = \"tea\"\n",
    )
    .expect("a file can be written");
    let checked = Command::new(env!("CARGO_BIN_EXE_space-bridge"))
        .args(["config", "check", "--config"])
        .arg(&path)
        .output()
        .expect("space-bridge can be run");
    assert_eq!(checked.status.code(), Some(78));
    let said = String::from_utf8_lossy(&checked.stderr);
    for part in [
        "token_file: is missing",
        "there is no network \"net\"",
        "is no name of a room",
    ] {
        assert!(said.contains(part), "{said}");
    }
}
