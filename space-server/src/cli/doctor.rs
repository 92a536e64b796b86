// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server doctor`

use std::fmt::Write as _;

use clap::Args;

use super::backup::run;
use super::error::Error;
use super::operate::log_for_commands;
use super::output;
use crate::clock::SystemClock;
use crate::config::Loaded;
use crate::doctor::{Finding, Level, examine};

/// Look whether everything is as it should be: rights, disk, database, clock, backups, addresses
///
/// Each finding says what it is, why it matters and what to do. Nothing is changed, and the server may run meanwhile.
/// The exit code is 0 when nothing was found, 4 when there is something to look at, 1 when something is wrong.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Do not read every page of the database, which takes a while when it is large
    #[arg(long)]
    quick: bool,

    /// One JSON object a line for each finding
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        log_for_commands(loaded)?;
        let findings = run(examine(&loaded.config, &SystemClock, !self.quick))?;
        if self.json {
            output::json_lines(&findings)?;
        } else {
            for finding in &findings {
                output::text(&shown(finding))?;
            }
        }
        let count = |level| findings.iter().filter(|found| found.level == level).count();
        match (count(Level::Wrong), count(Level::Warning)) {
            (0, 0) => Ok(()),
            (0, warnings) => Err(Error::partial(format!("{warnings} to look at"))),
            (wrong, _) => Err(Error::from(anyhow::anyhow!("{wrong} wrong"))),
        }
    }
}

fn shown(finding: &Finding) -> String {
    let mark = match finding.level {
        Level::Fine => "ok     ",
        Level::Warning => "look   ",
        Level::Wrong => "WRONG  ",
    };
    let mut text = format!("{mark}{}\n", finding.found);
    if let Some(why) = &finding.why {
        let _ = writeln!(text, "         why: {why}");
    }
    if let Some(hint) = &finding.hint {
        let _ = writeln!(text, "         try: {hint}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_what_why_and_what_to_do() {
        let finding = Finding {
            check: "disk",
            level: Level::Wrong,
            found: "50 MiB are free for space-data".to_owned(),
            why: Some("a full disk refuses every write".to_owned()),
            hint: Some("make room now".to_owned()),
        };
        insta::assert_snapshot!(shown(&finding), @r"
        WRONG  50 MiB are free for space-data
                 why: a full disk refuses every write
                 try: make room now
        ");
    }
}
