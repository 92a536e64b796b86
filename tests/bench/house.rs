// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A space to measure: its data folder, its members, its server.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use rusqlite::OpenFlags;
use serde_json::Value;
use space_tests::{Server, binary};
use tempfile::TempDir;

use crate::http::{Connection, order};

/// A space in a temporary folder, on SQLite unless a database is given.
#[derive(Debug)]
pub(crate) struct House {
    folder: TempDir,
    /// The address of a PostgreSQL database.
    url: Option<String>,
}

impl House {
    /// Makes a space with an owner.
    pub(crate) fn new(url: Option<&str>) -> anyhow::Result<Self> {
        let house = Self {
            folder: tempfile::tempdir()?,
            url: url.map(ToOwned::to_owned),
        };
        let password = house.folder.path().join("password");
        space_tests::write_secret(&password, "a long password of the owner");
        let password = password.display().to_string();
        house.command(&[
            "init",
            "--name",
            "Bench",
            "--owner",
            "owner",
            "--password-file",
            &password,
        ])?;
        Ok(house)
    }

    /// Returns the folder that everything is in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the file that everything is in, on SQLite.
    pub(crate) fn file(&self) -> PathBuf {
        self.data().join("space.db")
    }

    /// Opens the file for reading, with the page cache that the server gives to each of its connections.
    pub(crate) fn reader(&self) -> anyhow::Result<rusqlite::Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(self.file(), flags)?;
        connection.pragma_update(None, "cache_size", -7_281)?;
        Ok(connection)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a subcommand of the server and returns what it says.
    pub(crate) fn command(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(binary("space-server"));
        command
            .args(arguments)
            .env("SPACE_SERVER__DATA_DIR", self.data());
        if let Some(url) = &self.url {
            command.env("SPACE_SERVER__STORE__URL", url);
        }
        let done = command.output()?;
        if !done.status.success() {
            bail!(
                "space-server {}: {}",
                arguments.join(" "),
                String::from_utf8_lossy(&done.stderr)
            );
        }
        Ok(String::from_utf8(done.stdout)?)
    }

    /// Makes an account without a password.
    pub(crate) fn member(&self, name: &str) -> anyhow::Result<()> {
        self.command(&["member", "add", name, "--no-password"])
            .map(drop)
    }

    /// Makes a token for everything its member may do.
    pub(crate) fn token(&self, name: &str) -> anyhow::Result<String> {
        let may = "read,write,manage";
        let token = self.command(&["token", "create", name, "--label", "bench", "--may", may])?;
        Ok(token.trim().to_owned())
    }

    /// Starts the server.
    pub(crate) fn serve(&self) -> Server {
        let mut server = Server::build()
            .data_dir(&self.data())
            .set("log.filter", "warn");
        if let Some(url) = &self.url {
            server = server.set("store.url", url);
        }
        server.start()
    }
}

/// Makes a category, open to everyone or to staff alone, and returns its id.
pub(crate) async fn category(
    connection: &mut Connection,
    token: &str,
    slug: &str,
    is_open: bool,
) -> anyhow::Result<i64> {
    let access = if is_open {
        serde_json::json!([{"audience": "everyone", "level": "read"}, {"audience": "members", "level": "start"}])
    } else {
        serde_json::json!([{"audience": "staff", "level": "start"}])
    };
    let body = serde_json::json!({"slug": slug, "name": slug, "access": access}).to_string();
    let made = connection
        .ask(order("POST", "/v1/categories", token, &body))
        .await?;
    id(&made.json()?["id"])
}

/// Starts a topic and returns its id.
pub(crate) async fn topic(
    connection: &mut Connection,
    token: &str,
    category: i64,
    source: &str,
) -> anyhow::Result<i64> {
    let body =
        serde_json::json!({"category": category, "title": "A topic to write in", "source": source});
    let made = connection
        .ask(order("POST", "/v1/topics", token, &body.to_string()))
        .await?;
    id(&made.json()?["topic"]["id"])
}

fn id(value: &Value) -> anyhow::Result<i64> {
    value.as_i64().context("what was made has an id")
}
