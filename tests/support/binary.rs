// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where the programs under test are.

use std::path::{Path, PathBuf};

/// Returns the path of a program of this workspace, built beside the running test.
///
/// # Panics
///
/// When it has not been built: cargo builds programs of other packages only when it is asked to.
#[track_caller]
pub fn binary(name: &str) -> PathBuf {
    let folder = profile_folder();
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "there is no {}: build the programs first, with: cargo build --workspace",
        path.display()
    );
    path
}

/// Returns the folder of the running test's profile, such as `target/debug`.
fn profile_folder() -> PathBuf {
    let test = std::env::current_exe().expect("a running test knows its own path");
    // target/debug/deps/story-0123456789abcdef, or target/debug/examples/...
    test.ancestors()
        .nth(2)
        .map(Path::to_owned)
        .expect("tests stand two folders below that of their profile")
}
