// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How soon the terminal shows its first page, in a pseudo-terminal.

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use space_tests::binary;

use crate::http::{Connection, get};
use crate::library::Library;
use crate::report::{Report, side};
use crate::spread::Spread;

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measures starts of the terminal on a replica that holds everything.
pub(crate) async fn measure(report: &mut Report, library: &Library) -> anyhow::Result<()> {
    report.group(&format!("terminal, {}", library.name));
    let server = library.house.serve();
    let mut connection = Connection::open(server.url()).await?;
    let list = connection
        .ask(get("/v1/topics?limit=1", &library.reader))
        .await?
        .json()?;
    let word = list["topics"][0]["topic"]["title"]
        .as_str()
        .or_else(|| list["topics"][0]["title"].as_str())
        .and_then(|title| title.split_whitespace().max_by_key(|word| word.len()))
        .context("the newest topic has a title")?
        .to_owned();
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    let login = Command::new(binary("space"))
        .args(["login", server.url(), "--guest"])
        .env("SPACE_DATA_DIR", folder.path().join("data"))
        .env("SPACE_CONFIG_DIR", folder.path().join("config"))
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
    let times = (0..7)
        .map(|_| start(folder.path(), &word))
        .collect::<Result<Vec<_>, _>>()?;
    let times: Spread = times.into_iter().collect();
    let ms = times.p50().as_secs_f64() * 1e3;
    report.figure(
        "-",
        &side(
            ms,
            "ms",
            "space: start to the first row of the list, offline, p50",
        ),
    );
    Ok(())
}

/// Starts the terminal and waits until a word is on its screen.
fn start(folder: &Path, word: &str) -> anyhow::Result<Duration> {
    let size = PtySize {
        rows: ROWS,
        cols: COLUMNS,
        ..PtySize::default()
    };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new(binary("space"));
    command.env_clear();
    command.env("SPACE_DATA_DIR", folder.join("data"));
    command.env("SPACE_CONFIG_DIR", folder.join("config"));
    command.env("LC_ALL", "C.UTF-8");
    command.env("TERM", "xterm-256color");
    let begun = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader()?;
    let (sender, pieces) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..length].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
    let took = loop {
        let left = PATIENCE.saturating_sub(begun.elapsed());
        let Ok(piece) = pieces.recv_timeout(left) else {
            break None;
        };
        screen.process(&piece);
        if screen.screen().contents().contains(word) {
            break Some(begun.elapsed());
        }
    };
    child.kill()?;
    child.wait()?;
    took.with_context(|| {
        format!(
            "{word:?} did not come onto the screen:\n{}",
            screen.screen().contents()
        )
    })
}
