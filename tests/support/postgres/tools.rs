// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! PostgreSQL's own programs, and the user that may run them.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where PostgreSQL is, and as whom it runs.
#[derive(Debug)]
pub(super) struct Tools {
    folder: PathBuf,
    user: Option<User>,
}

/// Another user than the one who runs the tests: PostgreSQL refuses to run as root.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Tools {
    /// Finds PostgreSQL.
    ///
    /// # Panics
    ///
    /// When it is not installed.
    #[track_caller]
    pub(super) fn find() -> Self {
        let Some(folder) = folder() else {
            panic!(
                "there is no PostgreSQL here (looked for initdb, pg_ctl and psql in /usr/lib/postgresql and PATH); install it, for \
                 example with: apt-get install postgresql; or set SPACE_TESTS_SKIP_POSTGRES=1 to skip these tests"
            );
        };
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let user = is_root.then(|| {
            user_named("postgres")
                .or_else(|| user_named("nobody"))
                .expect("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
        });
        Self { folder, user }
    }

    /// Returns as whom the server runs, when not as the user who runs the tests.
    pub(super) fn user(&self) -> Option<User> {
        self.user
    }

    /// Returns a client program, run as the user who runs the tests.
    pub(super) fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.folder.join(name));
        // Settings of the user's own psql and server do not count here.
        for variable in [
            "PGHOST",
            "PGPORT",
            "PGUSER",
            "PGDATABASE",
            "PGPASSWORD",
            "PGOPTIONS",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Returns the words of a command line that runs a server program as its user.
    pub(super) fn as_server(&self, name: &str) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(User { uid, gid }) = self.user {
            words.push("setpriv".to_owned());
            words.push(format!("--reuid={uid}"));
            words.push(format!("--regid={gid}"));
            words.push("--clear-groups".to_owned());
        }
        words.push(self.folder.join(name).display().to_string());
        words
    }
}

/// Returns the folder of PostgreSQL's programs: Debian keeps them out of PATH, by version; the newest counts.
fn folder() -> Option<PathBuf> {
    let is_complete = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "psql"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    let by_version = std::fs::read_dir("/usr/lib/postgresql").into_iter();
    let newest = by_version
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(is_complete)
        .max_by_key(|folder| {
            let version = folder.parent().and_then(Path::file_name);
            version.and_then(OsStr::to_str)?.parse::<u32>().ok()
        });
    newest.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(is_complete)
    })
}

fn user_named(name: &str) -> Option<User> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(User { uid, gid })
    })
}
