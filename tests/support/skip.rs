// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tests that cannot run here say so, and are counted.

use std::io::Write;

/// Says that the running test does nothing here, and why.
///
/// With `SPACE_TESTS_SKIPPED_LOG=FILE` a line is added to that file, so that a run can count them.
///
/// # Panics
///
/// When that file cannot be written.
pub fn skipped(why: &str) {
    let test = std::thread::current();
    let line = format!("skipped: {}: {why}", test.name().unwrap_or("a test"));
    eprintln!("{line}");
    if let Some(path) = std::env::var_os("SPACE_TESTS_SKIPPED_LOG") {
        std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .and_then(|mut log| writeln!(log, "{line}"))
            .expect("the log of skipped tests can be written");
    }
}
