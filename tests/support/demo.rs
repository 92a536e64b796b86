// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The demonstration in a terminal, as somebody meets it who has just built it.

use std::path::Path;
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::binary;
use crate::screen::Screen;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Begins the demonstration, with its files below `folder`, and waits until the newest topic is on the screen and
/// everything is read.
pub fn begin(folder: &Path, columns: u16, rows: u16) -> anyhow::Result<Screen> {
    let mut command = CommandBuilder::new(binary("space-server"));
    command.arg("demo");
    command.env_clear();
    command.env("TMPDIR", folder);
    command.env("PATH", "/usr/bin:/bin");
    let mut screen = Screen::open(command, columns, rows)?;
    screen.wait("the newest topic", PATIENCE, |screen| {
        let text = screen.contents();
        text.contains("La dict\u{e9}e du vendredi") && text.contains("online")
    })?;
    Ok(screen)
}

/// Makes the picture of the terminal that the README shows.
pub fn picture() -> anyhow::Result<String> {
    let folder = tempfile::tempdir()?;
    let mut screen = begin(folder.path(), 100, 30)?;
    screen.settle(Duration::from_millis(700), PATIENCE);
    let picture = crate::svg::draw(
        screen.screen(),
        "The terminal of Space: the latest topics of the demonstration",
    );
    screen.press("q")?;
    screen.ended(PATIENCE)?;
    Ok(with_a_port_of_its_own(&picture))
}

/// Puts one port in the place of whichever was free, of as many digits.
fn with_a_port_of_its_own(picture: &str) -> String {
    const BEFORE: &str = "127.0.0.1:";
    let Some(at) = picture.find(BEFORE) else {
        return picture.to_owned();
    };
    let (head, tail) = picture.split_at(at + BEFORE.len());
    let rest = tail.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{head}47780{rest}")
}
