// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Our own terminal.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use portable_pty::CommandBuilder;
use space_tests::binary;
use space_tests::screen::{Manners, Screen};

use super::{COLUMNS, NEEDLE, ROWS, TITLE};
use crate::machine;
use crate::report::{Goal, Report, side};
use crate::spread::Spread;

const PATIENCE: Duration = Duration::from_secs(30);
/// How long a screen stands still before the next key is pressed.
const STILL: Duration = Duration::from_millis(60);
/// How often the program is started, with the file cache warm and cold.
const WARM: usize = 9;
const COLD: usize = 5;
/// How often a key is pressed.
const KEYS: usize = 400;
const UNREAD: usize = 25;
const SEARCHES: usize = 9;
/// How long it is left alone.
const IDLE: Duration = Duration::from_secs(10);
/// What a search says that finds nothing.
const NOTHING: &str = "No post contains";

/// What other programs are compared with.
pub(super) struct First {
    /// Start to the first page, in milliseconds.
    pub(super) warm_ms: f64,
    /// The most memory, in MiB.
    pub(super) memory_mib: f64,
}

fn open(folder: &Path, manners: Manners) -> anyhow::Result<Screen> {
    let mut command = CommandBuilder::new(binary("space"));
    command.env_clear();
    command.env("SPACE_DATA_DIR", folder.join("data"));
    command.env("SPACE_CONFIG_DIR", folder.join("config"));
    Screen::open_in(manners, command, COLUMNS, ROWS)
}

fn first_page(folder: &Path, manners: Manners) -> anyhow::Result<(Screen, Duration)> {
    let mut screen = open(folder, manners)?;
    let took = screen.wait("the first row", PATIENCE, |screen| {
        screen.contents().contains(TITLE)
    })?;
    Ok((screen, took))
}

/// Measures everything, and returns what others are compared with; `common` is a word that stands in most posts.
pub(super) fn measure(report: &mut Report, folder: &Path, common: &str) -> anyhow::Result<First> {
    let warm = |manners| -> anyhow::Result<f64> {
        let times = (0..WARM).map(|_| first_page(folder, manners).map(|(_, took)| took));
        Ok(ms(times.collect::<Result<Spread, _>>()?.p50()))
    };
    let warm_ms = warm(Manners::Answering)?;
    goal(report, warm_ms, "first page, warm, p50", 100.0);
    let what = "first page, warm, p50, in a terminal that answers no question";
    goal(report, warm(Manners::Silent)?, what, 100.0);
    if machine::drop_file_cache() {
        let cold = (0..COLD)
            .map(|_| {
                machine::drop_file_cache();
                first_page(folder, Manners::Answering).map(|(_, took)| took)
            })
            .collect::<Result<Spread, _>>()?;
        goal(report, ms(cold.p50()), "first page, cold, p50", 250.0);
    } else {
        report.note("first page, cold: not measured, as only root may empty the file cache");
    }
    let (mut screen, _) = first_page(folder, Manners::Answering)?;
    let process = screen.process_id().context("the program has a number")?;
    screen.settle(STILL, PATIENCE);

    let keys = (0..KEYS)
        .map(|at| {
            let key = if at / 10 % 2 == 0 { "j" } else { "k" };
            let took = frame(&mut screen, key)?;
            screen.settle(STILL, PATIENCE);
            Ok(took)
        })
        .collect::<anyhow::Result<Spread>>()?;
    goal(report, ms(keys.p99()), "key to frame, p99", 16.0);

    let unread = (0..UNREAD)
        .map(|_| {
            let took = frame(&mut screen, "n")?;
            screen.settle(STILL, PATIENCE);
            Ok(took)
        })
        .collect::<anyhow::Result<Spread>>()?;
    goal(report, ms(unread.p50()), "next unread, p50", 16.0);

    for (kind, word) in [("rare", NEEDLE), ("common", common)] {
        let times = search(&mut screen, word)?;
        goal(
            report,
            ms(times.p50()),
            &format!("last letter of a {kind} word to what it finds, p50"),
            50.0,
        );
    }

    let before = machine::cpu(process)?;
    std::thread::sleep(IDLE);
    let after = machine::cpu(process)?;
    goal(
        report,
        ms(after.saturating_sub(before)),
        "processor time in ten idle seconds",
        10.0,
    );
    let memory_mib = machine::most_memory_mib(process)?;
    let own_mib = f64::from(machine::memory_kb(process, "RssAnon")?) / 1024.0;
    report.ratio(
        "-",
        &side(
            memory_mib,
            "MiB",
            format!("most memory, of it {own_mib:.1} MiB its own now, the rest pages of files"),
        ),
        &side(40.0, "MiB", "allowed"),
        Goal::AtMost(1.0),
    );
    Ok(First {
        warm_ms,
        memory_mib,
    })
}

/// Times the last letter of a word, until the screen shows what the word finds. It is typed after something that nothing
/// has, so that the screen was empty before.
fn search(screen: &mut Screen, word: &str) -> anyhow::Result<Spread> {
    let is_empty = |screen: &vt100::Screen| screen.contents().contains(NOTHING);
    let mut times = Vec::with_capacity(SEARCHES);
    screen.press("/")?;
    screen.settle(STILL, PATIENCE);
    for _ in 0..SEARCHES {
        screen.press(word)?;
        screen.press("zq")?;
        screen.wait("nothing", PATIENCE, is_empty)?;
        screen.press("\x7f")?;
        screen.settle(STILL, PATIENCE);
        let begun = Instant::now();
        screen.press("\x7f")?;
        screen.wait("what was found", PATIENCE, |screen| !is_empty(screen))?;
        times.push(begun.elapsed());
        screen.settle(STILL, PATIENCE);
        // An empty line again.
        screen.press("\x15")?;
        screen.settle(STILL, PATIENCE);
    }
    screen.press("\x1b")?;
    screen.settle(STILL, PATIENCE);
    Ok(times.into_iter().collect())
}

/// Presses a key, and waits for the screen to be another.
fn frame(screen: &mut Screen, key: &str) -> anyhow::Result<Duration> {
    let state = |screen: &vt100::Screen| (screen.contents(), screen.cursor_position());
    let before = state(screen.screen());
    let begun = Instant::now();
    screen.press(key)?;
    screen.wait("another screen", PATIENCE, |now| state(now) != before)?;
    Ok(begun.elapsed())
}

fn goal(report: &mut Report, took_ms: f64, what: &str, most_ms: f64) {
    report.ratio(
        "-",
        &side(took_ms, "ms", what),
        &side(most_ms, "ms", "allowed"),
        Goal::AtMost(1.0),
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
