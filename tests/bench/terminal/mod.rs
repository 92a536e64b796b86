// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The terminal as its reader meets it: in a pseudo-terminal of 80 columns and 24 rows, on a copy that holds
//! everything, without the network.
//!
//! Times are from the start of the program, or from the press of a key, until the screen shows what was asked for. Screens
//! are compared after an emulator has read what came, as programs send differences only. What other programs for the
//! same task need on the same posts is measured beside it, when they are installed.

mod ours;
mod peers;
mod posts;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::bail;
use space_tests::binary;

use crate::house::{self, House};
use crate::http::{Connection, order};
use crate::library::Library;
use crate::report::{Report, side};

/// The size of the screens.
const COLUMNS: u16 = 80;
const ROWS: u16 = 24;

/// A word that stands in one post alone.
const NEEDLE: &str = "needlexyzzy";

/// The title of the topic that it stands in: the newest one, so the first row of the list.
const TITLE: &str = "A haystack of the bench";

/// Measures on a saved forum, or a made-up one, and beside other programs.
pub(crate) async fn measure(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("terminal, {}", library.name));
    let folder = tempfile::tempdir()?;
    read_everything(report, &library.house, folder.path()).await?;
    let first = ours::measure(report, folder.path(), library.common_word())?;
    peers::measure(report, &library.house, &first)
}

/// Measures on a forum of many posts.
pub(crate) async fn measure_large(report: &mut Report, posts: usize) -> anyhow::Result<()> {
    let library = Library::made_up(posts).await?;
    report.group(&format!("terminal, {}", library.name));
    let folder = tempfile::tempdir()?;
    read_everything(report, &library.house, folder.path()).await?;
    ours::measure(report, folder.path(), library.common_word()).map(drop)
}

/// Plants the needle, and has a guest read everything.
async fn read_everything(report: &mut Report, house: &House, folder: &Path) -> anyhow::Result<()> {
    let owner = house.token("owner")?;
    let server = house.serve();
    let mut connection = Connection::open(server.url()).await?;
    let category = house::category(&mut connection, &owner, "haystack", true).await?;
    let source = format!("Somewhere in here is a {NEEDLE}.");
    let body = serde_json::json!({"category": category, "title": TITLE, "source": source});
    connection
        .ask(order("POST", "/v1/topics", &owner, &body.to_string()))
        .await?;
    let begun = Instant::now();
    let login = Command::new(binary("space"))
        .args(["login", server.url(), "--guest"])
        .env("SPACE_DATA_DIR", folder.join("data"))
        .env("SPACE_CONFIG_DIR", folder.join("config"))
        .output()?;
    if !login.status.success() {
        bail!("space login: {}", String::from_utf8_lossy(&login.stderr));
    }
    report.figure(
        "5",
        &side(
            begun.elapsed().as_secs_f64(),
            "s",
            "space login: everything read",
        ),
    );
    server.stop();
    Ok(())
}
