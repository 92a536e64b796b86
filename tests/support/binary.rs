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

/// Returns the folder of the running program's profile, such as `target/debug`.
fn profile_folder() -> PathBuf {
    let own = std::env::current_exe().expect("a running program knows its own path");
    let folder = own.parent().expect("a program is in a folder");
    // Tests are in target/debug/deps, programs of the workspace in target/debug.
    if folder.ends_with("deps") || folder.ends_with("examples") {
        let profile = folder.parent().map(Path::to_owned);
        return profile.expect("`deps` is below the folder of its profile");
    }
    folder.to_owned()
}
