// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Somebody who sits in a room: a plain socket.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::DEADLINE;

/// Somebody who sits in a room.
#[derive(Debug)]
pub struct Watcher {
    nick: String,
    room: String,
    port: u16,
    capabilities: String,
    stream: TcpStream,
    heard: Arc<Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    /// The raw lines, from the first connection on.
    lines: Mutex<Vec<String>>,
    more: Condvar,
}

impl Heard {
    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watcher {
    /// Connects, and enters a room.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn enter(port: u16, nick: &str, room: &str) -> Self {
        Self::enter_with(port, nick, room, "")
    }

    /// The same with capabilities of IRCv3, with spaces between.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn enter_with(port: u16, nick: &str, room: &str, capabilities: &str) -> Self {
        let heard = Arc::new(Heard::default());
        let stream = connect(port, nick, room, capabilities, &heard);
        let watcher = Self {
            nick: nick.to_owned(),
            room: room.to_owned(),
            port,
            capabilities: capabilities.to_owned(),
            stream,
            heard,
        };
        watcher.wait_in(0);
        watcher
    }

    /// Comes back after the server was away. What was heard before is kept.
    ///
    /// # Panics
    ///
    /// When that fails.
    #[track_caller]
    pub fn come_back(&mut self) {
        let from = self.heard.lines().len();
        self.stream = connect(
            self.port,
            &self.nick,
            &self.room,
            &self.capabilities,
            &self.heard,
        );
        self.wait_in(from);
    }

    #[track_caller]
    fn wait_in(&self, from: usize) {
        self.wait_from(from, "being in the room", |line| line.contains(" 366 "));
    }

    /// Sends a raw line; the bytes may be any.
    ///
    /// # Panics
    ///
    /// When the connection is gone.
    #[track_caller]
    pub fn send(&self, line: &[u8]) {
        let mut bytes = line.to_vec();
        bytes.extend_from_slice(b"\r\n");
        (&self.stream)
            .write_all(&bytes)
            .expect("the server listens");
    }

    /// Says something in the room.
    #[track_caller]
    pub fn says(&self, text: &str) {
        self.send(format!("PRIVMSG {} :{text}", self.room).as_bytes());
    }

    /// Says something to somebody in private.
    #[track_caller]
    pub fn whispers(&self, to: &str, text: &str) {
        self.send(format!("PRIVMSG {to} :{text}").as_bytes());
    }

    /// Takes another nick.
    ///
    /// # Panics
    ///
    /// When the server does not give it.
    #[track_caller]
    pub fn goes_by(&mut self, nick: &str) {
        self.send(format!("NICK {nick}").as_bytes());
        self.wait_from(0, nick, |line| {
            line.ends_with(&format!(" NICK :{nick}")) || line.ends_with(&format!(" NICK {nick}"))
        });
        nick.clone_into(&mut self.nick);
    }

    /// Makes an account with the services, under the present nick, and is signed in to it.
    ///
    /// # Panics
    ///
    /// When the services do not do so.
    #[track_caller]
    pub fn registers(&self, password: &str) {
        self.whispers("NickServ", &format!("REGISTER {password} n@story.test"));
        self.wait_from(0, "being signed in", |line| line.contains(" 900 "));
    }

    /// Asks who somebody is, and waits for a line of the answer that contains a text.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[track_caller]
    pub fn asks_who_is(&self, nick: &str, what: &str) -> String {
        let from = self.heard.lines().len();
        self.send(format!("WHOIS {nick}").as_bytes());
        self.wait_from(from, what, |line| line.contains(what))
    }

    /// Returns what somebody has said in the room, in order.
    pub fn told_by(&self, nick: &str) -> Vec<String> {
        let wanted = format!(" PRIVMSG {} ", self.room);
        self.said_by(nick, &wanted)
    }

    /// Returns what somebody has said to this one in private, in order.
    pub fn whispered_by(&self, nick: &str) -> Vec<String> {
        self.said_by(nick, &format!(" NOTICE {} ", self.nick))
    }

    fn said_by(&self, nick: &str, wanted: &str) -> Vec<String> {
        let from = format!(":{nick}!");
        let lines = self.heard.lines();
        lines
            .iter()
            .filter_map(|line| {
                let line = untagged(line);
                let start = line.starts_with(&from).then(|| line.find(wanted))??;
                let text = &line[start + wanted.len()..];
                Some(text.strip_prefix(':').unwrap_or(text).to_owned())
            })
            .collect()
    }

    /// Waits until somebody has said something in the room that contains a text; returns it.
    ///
    /// # Panics
    ///
    /// When nobody does.
    #[track_caller]
    pub fn waits_for(&self, what: &str) -> String {
        let wanted = format!(" PRIVMSG {} ", self.room);
        self.wait_from(0, what, |line| {
            line.contains(&wanted) && line.contains(what)
        })
    }

    /// Waits until somebody has said something in private that contains a text; returns it.
    ///
    /// # Panics
    ///
    /// When nobody does.
    #[track_caller]
    pub fn waits_for_whisper(&self, what: &str) -> String {
        let wanted = format!(" NOTICE {} ", self.nick);
        self.wait_from(0, what, |line| {
            line.contains(&wanted) && line.contains(what)
        })
    }

    /// Waits until there were so many of them, under whatever nick; returns the last.
    ///
    /// # Panics
    ///
    /// When there are not so many.
    #[track_caller]
    pub fn waits_for_whispers(&self, what: &str, times: usize) -> String {
        self.wait_nth(0, times, what, |line| {
            line.contains(" NOTICE ") && line.contains(what)
        })
    }

    /// Waits for a raw line that contains a text, as of now or from before.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[track_caller]
    pub fn waits_for_line(&self, what: &str) -> String {
        self.wait_from(0, what, |line| line.contains(what))
    }

    #[track_caller]
    fn wait_from(&self, from: usize, what: &str, is_it: impl Fn(&str) -> bool) -> String {
        self.wait_nth(from, 1, what, is_it)
    }

    #[track_caller]
    fn wait_nth(
        &self,
        from: usize,
        times: usize,
        what: &str,
        is_it: impl Fn(&str) -> bool,
    ) -> String {
        let deadline = Instant::now() + DEADLINE;
        let mut lines = self.heard.lines();
        loop {
            let mut found = lines.iter().skip(from).filter(|line| is_it(line));
            if let Some(line) = found.nth(times - 1) {
                return line.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "{} waited in vain for {what:?}; heard:\n{}",
                self.nick,
                lines.join("\n")
            );
            lines = self
                .heard
                .more
                .wait_timeout(lines, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

/// Returns the value of a tag of a raw line.
pub fn tag(line: &str, name: &str) -> Option<String> {
    let (tags, _) = line.strip_prefix('@')?.split_once(' ')?;
    let mut tags = tags.split(';').filter_map(|tag| tag.split_once('='));
    tags.find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn untagged(line: &str) -> &str {
    let rest = line.strip_prefix('@').and_then(|line| line.split_once(' '));
    rest.map_or(line, |(_, rest)| rest)
}

#[track_caller]
fn connect(port: u16, nick: &str, room: &str, capabilities: &str, heard: &Arc<Heard>) -> TcpStream {
    let deadline = Instant::now() + DEADLINE;
    let stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(error) => assert!(Instant::now() < deadline, "no IRC server: {error}"),
        }
        std::thread::park_timeout(Duration::from_millis(5));
    };
    let mut writer = stream.try_clone().expect("a socket can be shared");
    if !capabilities.is_empty() {
        write!(writer, "CAP REQ :{capabilities}\r\nCAP END\r\n").expect("the server listens");
    }
    write!(writer, "NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n").expect("the server listens");
    let (reader, room, heard) = (
        stream.try_clone().expect("a socket can be shared"),
        room.to_owned(),
        heard.clone(),
    );
    std::thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        while reader
            .read_until(b'\n', &mut bytes)
            .is_ok_and(|length| length > 0)
        {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            let answered = if let Some(token) = untagged(&line).strip_prefix("PING") {
                write!(writer, "PONG{token}\r\n")
            } else if line.contains(" 376 ") || line.contains(" 422 ") {
                write!(writer, "JOIN {room}\r\n")
            } else {
                Ok(())
            };
            heard.lines().push(line);
            heard.more.notify_all();
            if answered.is_err() {
                return;
            }
        }
    });
    stream
}
