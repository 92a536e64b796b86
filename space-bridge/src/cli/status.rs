// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-bridge status`

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use space_core::markup::sanitize;
use space_core::{Clock, Timestamp};

use super::{Configured, say};
use crate::config::Loaded;
use crate::failure::Failure;
use crate::machine::Machine;
use crate::relay::StoreError;
use crate::relay::store::{Condition, Life, RoomReport, Sign, look, report};

/// A bridge that runs leaves a sign of life every few seconds. After so long without one it hangs.
const HANGS: Duration = Duration::from_mins(1);
/// The exit code when no bridge is at work.
const NOBODY: u8 = 4;

/// Show whether a bridge is at work, and the status of the server, networks and rooms
///
/// Exit code 0 means that a bridge is at work, 4 that none is: it was stopped or killed, it hangs, or it waits because it cannot
/// write.
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    configured: Configured,

    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Loaded { config } = self.configured.load()?;
        let memory = &config.state;
        if !memory.is_file() {
            return Err(Failure::refused(format!(
                "there is no {}: no bridge has run with this configuration",
                memory.display()
            ))
            .hint("`space-bridge run` makes it; --state names another one"));
        }
        let life = look(memory)
            .with_context(|| format!("cannot see whether a bridge uses {}", memory.display()))?;
        let health = Health::of(life, Machine.now());
        let read = report(memory, health.is_running);
        let (mut rooms, jobs) = match read {
            Ok(read) => read,
            Err(error) if !self.json => {
                // Whether a bridge is at work is known all the same.
                say(&health.text(&[], 0))?;
                return Err(unreadable(error, memory));
            }
            Err(error) => return Err(unreadable(error, memory)),
        };
        // What the memory says was so when it was written. That is not said of what is so now.
        for room in &mut rooms {
            health.overrules(room);
        }
        let text = if self.json {
            let json = json!({
                "bridge": health.json(),
                "places": rooms,
                "questions_waiting": jobs,
            });
            format!("{json}\n")
        } else {
            health.text(&rooms, jobs)
        };
        say(&text)?;
        health.failure(memory).map_or(Ok(()), Err)
    }
}

fn unreadable(error: StoreError, memory: &Path) -> Failure {
    let why = format!("cannot read {}", memory.display());
    Failure::from(anyhow::Error::from(error).context(why))
}

/// How it is with the program itself.
#[derive(Debug)]
struct Health {
    is_running: bool,
    sign: Option<Sign>,
    age: Option<Duration>,
}

impl Health {
    fn of(life: Life, now: Timestamp) -> Self {
        let (is_running, sign) = match life {
            Life::Runs(sign) => (true, sign),
            Life::Ended(sign) => (false, sign),
        };
        let age = sign.as_ref().map(|sign| sign.age(now));
        Self {
            is_running,
            sign,
            age,
        }
    }

    /// An earlier version leaves no signs: that it runs is all there is to know.
    fn hangs(&self) -> bool {
        self.is_running && self.age.is_some_and(|age| age > HANGS)
    }

    fn trouble(&self) -> Option<&str> {
        let sign = self.sign.as_ref()?;
        sign.trouble.as_deref()
    }

    fn has_stopped(&self) -> bool {
        self.sign.as_ref().is_some_and(|sign| sign.has_stopped)
    }

    fn word(&self) -> &'static str {
        match (self.is_running, self.hangs(), self.trouble()) {
            (false, ..) => "not running",
            (_, true, _) => "hanging",
            (.., Some(_)) => "waiting",
            _ => "running",
        }
    }

    fn overrules(&self, room: &mut RoomReport) {
        let condition = match self.word() {
            "running" => return,
            "not running" => Condition::Stopped,
            _ => Condition::Unknown,
        };
        condition.word().clone_into(&mut room.condition);
        room.detail.clear();
    }

    fn json(&self) -> Value {
        let sign = self.sign.as_ref();
        json!({
            "condition": self.word(),
            "is_running": self.is_running,
            "pid": sign.filter(|_| self.is_running).map(|sign| sign.pid),
            "started_ms": sign.map(|sign| sign.started_ms),
            "last_sign_ms": sign.map(|sign| sign.alive_ms),
            "has_stopped_by_itself": !self.is_running && self.has_stopped(),
            "trouble": self.trouble(),
        })
    }

    fn text(&self, rooms: &[RoomReport], jobs: i64) -> String {
        let mut text = format!("bridge {}", self.word());
        if let Some(sign) = &self.sign {
            if self.is_running {
                let _ = write!(text, ", process {}", sign.pid);
            }
            let at = Timestamp::from_millis(sign.alive_ms);
            let ago = lasting(self.age.unwrap_or_default());
            let _ = write!(text, ", last sign of life {ago} ago ({at})");
        }
        if let Some(trouble) = self.trouble() {
            let _ = write!(text, ": {}", sanitize::line(trouble));
        }
        text.push('\n');
        for room in rooms {
            text.push_str(&line(room));
        }
        if jobs > 0 {
            let _ = writeln!(
                text,
                "{jobs} messages of people in rooms wait for the server"
            );
        }
        text
    }

    /// Returns why the program says that no bridge is at work.
    fn failure(&self, memory: &Path) -> Option<Failure> {
        let memory = memory.display();
        let (why, hint) = match self.word() {
            "running" => return None,
            "not running" if self.has_stopped() => (
                format!("no bridge runs on {memory}: it was stopped"),
                "start it with `space-bridge run`",
            ),
            "not running" => (
                format!("no bridge runs on {memory}: it ended without being stopped"),
                "its log says why, unless it was killed; start it with `space-bridge run`",
            ),
            "waiting" => (
                format!(
                    "the bridge on {memory} waits: {}",
                    self.trouble().unwrap_or_default()
                ),
                "it goes on by itself when it can write",
            ),
            _ => (
                format!("the bridge on {memory} hangs: it leaves no sign of life"),
                "look at its log, and start it again",
            ),
        };
        Some(Failure::with_code(NOBODY, why).hint(hint))
    }
}

fn lasting(age: Duration) -> String {
    match age.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7199 => format!("{} min", seconds / 60),
        seconds @ 7200..=172_799 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

fn line(report: &RoomReport) -> String {
    let place = match &report.room {
        Some(room) => format!("{} {room}", report.network),
        None => report.network.clone(),
    };
    let mut line = format!("{place}: {}", report.condition);
    if !report.detail.is_empty() {
        let _ = write!(line, " ({})", report.detail);
    }
    if report.room.is_some() {
        let _ = write!(line, ", {} waiting", report.waiting);
        if let Some(post) = report.last_post {
            let _ = write!(line, ", last told #{post}");
        }
    }
    let line = sanitize::line(&line).into_owned();
    format!("{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn sign(seconds_ago: u64, has_stopped: bool, trouble: Option<&str>) -> Sign {
        Sign {
            pid: 77,
            started_ms: 1_600_000_000_000,
            alive_ms: NOW.minus(Duration::from_secs(seconds_ago)).millis(),
            has_stopped,
            trouble: trouble.map(str::to_owned),
        }
    }

    fn room() -> RoomReport {
        RoomReport {
            network: "net".to_owned(),
            room: Some("#tea".to_owned()),
            condition: "up".to_owned(),
            detail: "since noon".to_owned(),
            since_ms: 1,
            waiting: 3,
            last_post: Some(101),
        }
    }

    #[rstest]
    #[case(Life::Runs(Some(sign(4, false, None))), "running", "up", false)]
    #[case(Life::Runs(None), "running", "up", false)]
    #[case(Life::Runs(Some(sign(90, false, None))), "hanging", "unknown", true)]
    #[case(
        Life::Runs(Some(sign(4, false, Some("the disk is full: /x")))),
        "waiting",
        "unknown",
        true
    )]
    #[case(Life::Ended(Some(sign(4, true, None))), "not running", "stopped", true)]
    #[case(
        Life::Ended(Some(sign(4, false, None))),
        "not running",
        "stopped",
        true
    )]
    #[case(Life::Ended(None), "not running", "stopped", true)]
    fn memory_is_believed_only_while_a_bridge_works(
        #[case] life: Life,
        #[case] word: &str,
        #[case] condition: &str,
        #[case] fails: bool,
    ) {
        let health = Health::of(life, NOW);
        let mut room = room();
        health.overrules(&mut room);
        assert_eq!((health.word(), room.condition.as_str()), (word, condition));
        assert_eq!(health.failure(Path::new("bridge.db")).is_some(), fails);
        assert_eq!(health.json()["condition"], word);
    }

    #[test]
    fn sign_of_life_is_told_with_its_age() {
        let life = Life::Ended(Some(sign(600, false, None)));
        let text = Health::of(life, NOW).text(&[], 0);
        assert_eq!(
            text,
            "bridge not running, last sign of life 10 min ago (2023-11-14T22:03:20Z)\n"
        );
    }

    #[test]
    fn clock_that_went_back_makes_no_bridge_hang() {
        let future = NOW.plus(Duration::from_hours(1)).millis();
        let early = Sign {
            alive_ms: future,
            ..sign(0, false, None)
        };
        assert_eq!(Health::of(Life::Runs(Some(early)), NOW).word(), "running");
    }
}
