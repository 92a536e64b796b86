// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A community to tell stories of: a space with an owner, members who are signed in, and a category.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::{Database, Durability, Postgres, Server, ServerBuilder, binary};

/// Which engine a story is told on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// SQLite in the community's own folder.
    Sqlite,
    /// A database of the tests' own PostgreSQL.
    Postgres,
}

/// A space that is made, and whose servers come and go.
#[derive(Debug)]
pub struct Community {
    folder: TempDir,
    database: Option<Database>,
}

impl Community {
    /// Makes a space on an engine; `None` when tests on it are to be skipped. What is written is on the disk.
    ///
    /// # Panics
    ///
    /// When the space cannot be made.
    #[track_caller]
    pub fn new(on: On) -> Option<Self> {
        let community = Self::empty(on)?;
        community.run(&["init", "--name", "Story", "--no-category"]);
        Some(community)
    }

    /// Finds a place for a space, in which there is nothing yet; `None` when tests on that engine are to be skipped.
    ///
    /// # Panics
    ///
    /// When there is no place.
    #[track_caller]
    pub fn empty(on: On) -> Option<Self> {
        let database = match on {
            On::Sqlite => None,
            On::Postgres => Some(Postgres::database_with(Durability::Full)?),
        };
        let folder = tempfile::tempdir().expect("the temporary directory can be written");
        Some(Self { folder, database })
    }

    /// Returns the data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Returns a folder for whatever a story needs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the database, when it is not the SQLite file.
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// Runs a command of `space-server` on this space and returns what it wrote.
    ///
    /// # Panics
    ///
    /// When it fails; what it said is in the message.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(binary("space-server"));
        command
            .args(arguments)
            .env("SPACE_SERVER__DATA_DIR", self.data_dir())
            .stdin(Stdio::null());
        if let Some(database) = &self.database {
            command.env("SPACE_SERVER__STORE__URL", database.url());
        }
        let done = command.output().expect("space-server can be run");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.success(),
            "space-server {}: {said}",
            arguments.join(" ")
        );
        String::from_utf8(done.stdout).expect("what it writes is text")
    }

    /// Makes a member and returns a token of theirs that may do everything they may.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn member(&self, name: &str, role: Option<&str>) -> String {
        let mut add = vec!["member", "add", name, "--no-password"];
        if let Some(role) = role {
            add.extend(["--role", role]);
        }
        self.run(&add);
        let token = self.run(&[
            "token",
            "create",
            name,
            "--label",
            "story",
            "--may",
            "read,write,manage",
        ]);
        token.trim().to_owned()
    }

    /// Returns how a server of this space is started.
    pub fn server(&self) -> ServerBuilder {
        let server = Server::build().data_dir(&self.data_dir());
        match &self.database {
            Some(database) => server.set("store.url", database.url()),
            None => server,
        }
    }
}
