// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The demonstration in a terminal, as somebody meets it who has just built it.

use std::collections::BTreeSet;
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
    command.env("COLORTERM", "truecolor");
    let mut screen = Screen::open(command, columns, rows)?;
    screen.wait("the newest topic", PATIENCE, |screen| {
        let text = screen.contents();
        text.contains("La dict\u{e9}e du vendredi") && text.contains("online")
    })?;
    Ok(screen)
}

/// The size of the picture: the list beside a thread that is read in one look.
const COLUMNS: u16 = 150;
const ROWS: u16 = 58;

/// Makes the picture of the terminal that the README shows: the list, and a thread with a table, code, a picture and
/// several scripts. What differs from run to run, the port and dates, is as it was on one day.
pub fn picture() -> anyhow::Result<String> {
    let folder = tempfile::tempdir()?;
    let mut screen = begin(folder.path(), COLUMNS, ROWS)?;
    screen.press("\x0b")?;
    screen.press("catalogue: the move")?;
    screen.wait("the topic among what is found", PATIENCE, |screen| {
        // With the mark of what is chosen: the list below may show it too.
        screen.contents().contains("\u{25b8} Seven rooms")
    })?;
    screen.press("\r")?;
    screen.wait("the thread and its picture", PATIENCE, |screen| {
        let text = screen.contents();
        text.contains("select room") && text.contains('\u{2580}')
    })?;
    screen.settle(Duration::from_millis(700), PATIENCE);
    let picture = crate::svg::draw(
        screen.screen(),
        "The terminal of Space: the latest topics, and a thread of the demonstration",
    );
    screen.press("q")?;
    screen.ended(PATIENCE)?;
    Ok(with_dates_of_their_own(&with_a_port_of_its_own(&picture)))
}

/// Puts one date in the place of all, and one age, for comparing two pictures: where midnight falls between posts depends
/// on the hour, and an age near its next step on how fast the machine was.
pub fn without_dates(picture: &str) -> String {
    let mut out: String = picture.lines().map(without_age).collect();
    for date in dates(picture) {
        out = out.replace(&date, "2026-10-18");
    }
    out
}

/// Returns a line of a picture, with the same age in it whenever it was drawn.
fn without_age(line: &str) -> String {
    let aged = line.strip_suffix("</text>").and_then(|line| {
        let (rest, unit) = line.rsplit_once(' ')?;
        let head = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_age = head.len() < rest.len() && ["min", "h", "d"].contains(&unit);
        is_age.then(|| format!("{} 1 {unit}</text>\n", head.trim_end()))
    });
    aged.unwrap_or_else(|| format!("{line}\n"))
}

/// Puts days that follow each other in the place of those that the machine's clock made.
fn with_dates_of_their_own(picture: &str) -> String {
    let mut out = picture.to_owned();
    // Two steps, as a date of one side may stand on the other too.
    let dates = dates(picture);
    for (at, date) in dates.iter().enumerate() {
        out = out.replace(date, &format!("date {at:>5}"));
    }
    for at in 0..dates.len() {
        out = out.replace(&format!("date {at:>5}"), &format!("2026-10-{:02}", 18 + at));
    }
    out
}

/// Returns the dates in a text, each once, earliest first.
fn dates(text: &str) -> BTreeSet<String> {
    const FORM: &[u8] = b"dddd-dd-dd";
    let is_date = |window: &&[u8]| {
        window.iter().zip(FORM).all(|(have, want)| match want {
            b'd' => have.is_ascii_digit(),
            _ => have == want,
        })
    };
    text.as_bytes()
        .windows(FORM.len())
        .filter(is_date)
        .map(|window| String::from_utf8_lossy(window).into_owned())
        .collect()
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
