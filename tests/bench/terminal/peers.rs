// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Programs that many read with today, on the same posts: neomutt on a mailbox, newsboat on news feeds.
//!
//! Each is as it comes, but for what makes it comparable: neomutt groups messages by topic and opens the mailbox for
//! reading only; newsboat has filled its cache before.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use portable_pty::CommandBuilder;
use space_tests::screen::{Manners, Screen};

use super::ours::First;
use super::{COLUMNS, ROWS, posts};
use crate::house::House;
use crate::machine;
use crate::report::{Goal, Report, side};
use crate::spread::Spread;

const PATIENCE: Duration = Duration::from_mins(2);
const STARTS: usize = 5;

/// Measures those that are installed.
pub(super) fn measure(report: &mut Report, house: &House, ours: &First) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    if is_installed("neomutt") {
        let done = neomutt(report, house, folder.path(), ours);
        unless_done(report, "neomutt", done);
    } else {
        report.note("neomutt: not installed, so not measured");
    }
    if is_installed("newsboat") {
        let done = newsboat(report, house, folder.path(), ours);
        unless_done(report, "newsboat", done);
    } else {
        report.note("newsboat: not installed, so not measured");
    }
    Ok(())
}

/// What others do in a version that we do not know is no reason to lose our own figures.
fn unless_done(report: &mut Report, name: &str, done: anyhow::Result<()>) {
    if let Err(error) = done {
        report.note(format!("{name}: not measured, as it failed: {error:#}"));
    }
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn neomutt(report: &mut Report, house: &House, folder: &Path, ours: &First) -> anyhow::Result<()> {
    let mailbox = folder.join("posts.mbox");
    let count = posts::mailbox(house, &mailbox)?;
    let settings = folder.join("neomuttrc");
    std::fs::write(
        &settings,
        format!(
            "set folder={}\nset sort=threads\nset mark_old=no\nset quit=yes\nset wait_key=no\nunset header_cache\n",
            folder.display()
        ),
    )?;
    let marker = format!("Msgs:{count}");
    let open = || {
        let mut command = command("neomutt", folder);
        command.args(["-n", "-R", "-F"]);
        command.arg(&settings);
        command.arg("-f");
        command.arg(&mailbox);
        command
    };
    compare(report, "neomutt, sorted by topic", &marker, ours, open)
}

fn newsboat(report: &mut Report, house: &House, folder: &Path, ours: &First) -> anyhow::Result<()> {
    posts::news(house, folder)?;
    let urls: Vec<String> = (0..posts::FEEDS)
        .map(|at| format!("file://{}", folder.join(format!("feed-{at}.xml")).display()))
        .collect();
    std::fs::write(folder.join("urls"), urls.join("\n"))?;
    std::fs::write(folder.join("settings"), "max-items 0\n")?;
    let arguments = |folder: &Path| {
        let path = |name: &str| folder.join(name).display().to_string();
        [
            "-u".into(),
            path("urls"),
            "-C".into(),
            path("settings"),
            "-c".into(),
            path("cache.db"),
        ]
    };
    let filled = Command::new("newsboat")
        .args(arguments(folder))
        .args(["-x", "reload"])
        .env("HOME", folder)
        .output()?;
    if !filled.status.success() {
        bail!("newsboat: {}", String::from_utf8_lossy(&filled.stderr));
    }
    let open = || {
        let mut command = command("newsboat", folder);
        command.args(arguments(folder));
        command
    };
    compare(
        report,
        "newsboat, its cache filled",
        "Category 0",
        ours,
        open,
    )
}

fn command(program: &str, folder: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.env("HOME", folder);
    command.env("PATH", "/usr/bin:/bin");
    command
}

/// Starts a program some times, and puts its first page and memory beside ours.
fn compare(
    report: &mut Report,
    name: &str,
    marker: &str,
    ours: &First,
    open: impl Fn() -> CommandBuilder,
) -> anyhow::Result<()> {
    let (mut times, mut memory): (Vec<Duration>, f64) = (Vec::new(), 0.0);
    for _ in 0..STARTS {
        let mut screen = Screen::open_in(Manners::Answering, open(), COLUMNS, ROWS)?;
        let took = screen.wait("the first page", PATIENCE, |screen| {
            screen.contents().contains(marker)
        })?;
        times.push(took);
        let process = screen.process_id().context("the program has a number")?;
        memory = memory.max(machine::most_memory_mib(process)?);
    }
    let times: Spread = times.into_iter().collect();
    let theirs = times.p50().as_secs_f64() * 1e3;
    report.ratio(
        "-",
        &side(ours.warm_ms, "ms", "space, first page, warm"),
        &side(theirs, "ms", name),
        Goal::None,
    );
    report.ratio(
        "-",
        &side(ours.memory_mib, "MiB", "space, most memory"),
        &side(memory, "MiB", name),
        Goal::None,
    );
    Ok(())
}
