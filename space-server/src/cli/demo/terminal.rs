// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The terminal that is opened on the demonstration.

use std::fs::DirBuilder;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::cli::command_line::quoted;

/// The name of the program.
const PROGRAM: &str = "space";

/// The name of the profile.
const PROFILE: &str = "demo";

/// Finds the program: beside our own, else on the search path.
pub(super) fn find(own: Option<&Path>, search_path: Option<&std::ffi::OsStr>) -> Option<PathBuf> {
    let beside = own.and_then(Path::parent).map(Path::to_owned);
    let on_path = search_path.map(std::env::split_paths).into_iter().flatten();
    beside
        .into_iter()
        .chain(on_path)
        .map(|folder| folder.join(PROGRAM))
        .find(|path| path.is_file())
}

/// Returns how a shell calls the program: by its name when it is on the search path, else by the way to the one beside our own.
pub(super) fn called(
    own: Option<&Path>,
    search_path: Option<&std::ffi::OsStr>,
    present: Option<&Path>,
) -> String {
    let on_path = search_path.map(std::env::split_paths).into_iter().flatten();
    let is_on_path = on_path
        .map(|folder| folder.join(PROGRAM))
        .any(|path| path.is_file());
    let beside = find(own, None).filter(|_| !is_on_path);
    beside.map_or_else(
        || PROGRAM.to_owned(),
        |path| {
            let short = present.and_then(|present| path.strip_prefix(present).ok());
            let short = short.filter(|short| short.components().count() > 1);
            quoted(&short.unwrap_or(&path).display().to_string())
        },
    )
}

/// Who looks around, and with what.
pub(super) struct Visit<'a> {
    /// The program.
    pub(super) program: &'a Path,
    /// A folder for the terminal's own files.
    pub(super) folder: &'a Path,
    /// Where the server listens.
    pub(super) address: SocketAddr,
    /// The member's name.
    pub(super) member: &'a str,
    /// The member's token. It is handed over in the environment, and written nowhere.
    pub(super) token: &'a str,
}

impl Visit<'_> {
    /// Opens the terminal, and waits until it is left. It is asked to end when `stop` is pulled.
    pub(super) async fn run(&self, stop: &CancellationToken) -> io::Result<ExitStatus> {
        let config = self.folder.join("config");
        let profiles = config.join("profiles");
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&profiles)?;
        let profile = json!({
            "server": format!("http://{}", self.address),
            "member": self.member,
        });
        std::fs::write(
            profiles.join(format!("{PROFILE}.json")),
            profile.to_string(),
        )?;
        let mut child = Command::new(self.program)
            .args(["--profile", PROFILE])
            .env("SPACE_CONFIG_DIR", config)
            .env("SPACE_DATA_DIR", self.folder.join("data"))
            .env("SPACE_TOKEN", self.token)
            .spawn()?;
        let id = child.id().to_string();
        let mut waiting = tokio::task::spawn_blocking(move || child.wait());
        let ended = tokio::select! {
            // Waiting again after the other branch goes on where this one was.
            ended = &mut waiting => ended,
            () = stop.cancelled() => {
                // It puts the screen back in order before it ends.
                Command::new("kill").args(["-s", "TERM", &id]).status()?;
                waiting.await
            }
        };
        ended.map_err(io::Error::other)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_beside_our_own_comes_before_the_search_path() {
        let (beside, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let own = beside.path().join("space-server");
        let path = std::env::join_paths([elsewhere.path()]).unwrap();
        assert_eq!(find(Some(&own), Some(&path)), None);
        std::fs::write(elsewhere.path().join("space"), "").unwrap();
        assert_eq!(
            find(Some(&own), Some(&path)),
            Some(elsewhere.path().join("space"))
        );
        std::fs::write(beside.path().join("space"), "").unwrap();
        assert_eq!(
            find(Some(&own), Some(&path)),
            Some(beside.path().join("space"))
        );
    }

    #[test]
    fn the_program_is_called_so_that_a_shell_finds_it() {
        let clone = tempfile::tempdir().unwrap();
        let folder = clone.path().join("target/debug");
        std::fs::create_dir_all(&folder).unwrap();
        let own = folder.join("space-server");
        let nowhere = std::env::join_paths(["/nonexistent"]).unwrap();
        let call =
            |path: &std::ffi::OsStr, present: &Path| called(Some(&own), Some(path), Some(present));
        // Neither beside us nor on the path: the name is the best there is.
        assert_eq!(call(&nowhere, clone.path()), "space");
        std::fs::write(folder.join("space"), "").unwrap();
        assert_eq!(call(&nowhere, clone.path()), "target/debug/space");
        let whole = folder.join("space").display().to_string();
        assert_eq!(call(&nowhere, Path::new("/")), whole[1..]);
        assert_eq!(call(&nowhere, &folder), whole);
        let path = std::env::join_paths([&folder]).unwrap();
        assert_eq!(call(&path, clone.path()), "space");
    }
}
