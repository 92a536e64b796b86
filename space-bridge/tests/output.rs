// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Output that does not arrive.

#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use rstest::rstest;

#[rstest]
#[case(&["--version"])]
#[case(&["--help"])]
#[case(&["run", "--help"])]
#[case(&["completion", "bash"])]
#[case(&["config", "example"])]
fn output_to_a_full_disk_fails_with_a_sentence(#[case] args: &[&str]) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let done = Command::new(env!("CARGO_BIN_EXE_space-bridge"))
        .args(args)
        .stdin(Stdio::null())
        .stdout(full.unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("No space left"), "{said}");
}
