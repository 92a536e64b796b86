// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Somebody who sits in a room with WeeChat: a client that people use, driven by its pipe and read through its log.

use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{DEADLINE, find};
use crate::skipped;

/// Somebody with WeeChat. It ends when this value goes.
#[derive(Debug)]
pub struct Weechat {
    folder: TempDir,
    room: String,
    child: Child,
}

impl Weechat {
    /// Connects, and enters a room; `None` when there is no `weechat-headless`, which is said and counted.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn enter(port: u16, nick: &str, room: &str) -> Option<Self> {
        let Some(program) = find("weechat-headless") else {
            skipped("there is no weechat-headless");
            return None;
        };
        let folder = tempfile::tempdir().expect("the temporary directory can be written");
        let commands = [
            format!("/server add story 127.0.0.1/{port} -notls -nicks={nick} -autojoin={room}"),
            "/set irc.server.story.capabilities \"*\"".to_owned(),
            // Written at once, and as the screen shows it.
            "/set logger.file.flush_delay 0".to_owned(),
            "/set logger.file.color_lines on".to_owned(),
            "/fifo enable".to_owned(),
            "/connect story".to_owned(),
        ];
        let child = Command::new(program)
            .arg("-d")
            .arg(folder.path())
            .args(commands.iter().flat_map(|command| ["-r", command]))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("weechat-headless can be run");
        let weechat = Self {
            folder,
            room: room.to_owned(),
            child,
        };
        weechat.reads("");
        Some(weechat)
    }

    /// Types something in the room.
    ///
    /// # Panics
    ///
    /// When it is not there any more.
    pub fn says(&self, text: &str) {
        self.types(&format!("irc.story.{} *{text}", self.room));
    }

    /// Opens a window with one person, if there is none, and types something there.
    ///
    /// # Panics
    ///
    /// When it is not there any more.
    pub fn whispers(&self, to: &str, text: &str) {
        self.types(&format!("irc.server.story */query {to} {text}"));
    }

    fn types(&self, line: &str) {
        let pipe = format!("weechat_fifo_{}", self.child.id());
        let mut pipe = fs::OpenOptions::new()
            .write(true)
            .open(self.folder.path().join(pipe))
            .expect("WeeChat listens");
        writeln!(pipe, "{line}").expect("WeeChat listens");
    }

    /// Waits until the room shows a line that contains a text; returns it, with its styles as a terminal has them.
    ///
    /// # Panics
    ///
    /// When it never does.
    #[track_caller]
    pub fn reads(&self, what: &str) -> String {
        self.waits_for(&[format!("irc.story.{}", self.room)], what)
    }

    /// The same for what one person says in private: before there is a window for that, it stands in that of the server.
    ///
    /// # Panics
    ///
    /// When it never does.
    #[track_caller]
    pub fn reads_from(&self, nick: &str, what: &str) -> String {
        let windows = [format!("irc.story.{nick}"), "irc.server.story".to_owned()];
        self.waits_for(&windows, what)
    }

    #[track_caller]
    fn waits_for(&self, windows: &[String], what: &str) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let text: String = windows.iter().map(|window| self.log(window)).collect();
            // When, who, what.
            let mut shown = text.lines().filter_map(|line| line.split('\t').nth(2));
            if let Some(line) = shown.find(|line| unstyled(line).contains(what)) {
                return line.to_owned();
            }
            assert!(
                Instant::now() < deadline,
                "WeeChat never shows {what:?}; it shows:\n{text}"
            );
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// Returns the lines of the room that contain a text, without their styles.
    pub fn shown(&self, what: &str) -> Vec<String> {
        let text = self.log(&format!("irc.story.{}", self.room));
        let lines = text.lines().filter_map(|line| line.split('\t').nth(2));
        lines
            .map(unstyled)
            .filter(|line| line.contains(what))
            .collect()
    }

    fn log(&self, window: &str) -> String {
        let name = format!("logs/{window}.weechatlog");
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }
}

impl Drop for Weechat {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a line without the styles of a terminal.
fn unstyled(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    text
}
