// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Real IRC servers, and somebody who sits in a room and watches: a plain socket that knows nothing of the bridge.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::skipped;

/// How long anything may take. It takes a moment unless the machine is very busy.
const DEADLINE: Duration = Duration::from_mins(1);

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The strict, old protocol: no tags, no accounts, no echo.
    Ngircd,
    /// Tags, names of messages, echo, labels, history on joining.
    Inspircd,
}

impl Kind {
    fn program(self) -> &'static str {
        match self {
            Self::Ngircd => "ngircd",
            Self::Inspircd => "inspircd",
        }
    }

    fn config(self, port: u16, folder: &Path) -> String {
        match self {
            Self::Ngircd => format!(
                "[Global]\nName = irc.story.test\nInfo = story\nNetwork = Story\nListen = 127.0.0.1\nPorts = {port}\n\
                 MotdPhrase = story\nServerUID = irc\nServerGID = irc\nAdminInfo1 = t\nAdminEMail = t@story.test\n\
                 [Limits]\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\nMaxNickLength = 30\n\
                 MaxPenaltyTime = 0\nPingTimeout = 120\nPongTimeout = 20\n\
                 [Options]\nIdent = no\nPAM = no\nDNS = no\nMorePrivacy = no\n"
            ),
            Self::Inspircd => {
                let folder = folder.display();
                let modules = [
                    "cap",
                    "ircv3",
                    "ircv3_accounttag",
                    "ircv3_batch",
                    "ircv3_capnotify",
                    "ircv3_chghost",
                    "ircv3_ctctags",
                    "ircv3_echomessage",
                    "ircv3_labeledresponse",
                    "ircv3_msgid",
                    "ircv3_servertime",
                    "namesx",
                    "uhnames",
                    "botmode",
                    "chanhistory",
                    "services_account",
                ];
                let modules = modules.map(|name| format!("<module name=\"{name}\">"));
                let modules = modules.concat();
                format!(
                    "<path configdir=\"{folder}\" datadir=\"{folder}\" logdir=\"{folder}\" \
                     moduledir=\"/usr/lib/inspircd/modules\" runtimedir=\"{folder}\">\n\
                     <server name=\"insp.story.test\" description=\"story\" network=\"Story\" id=\"1AA\">\n\
                     <admin name=\"t\" nick=\"t\" email=\"t@story.test\">\n\
                     <bind address=\"127.0.0.1\" port=\"{port}\" type=\"clients\">\n\
                     <pid file=\"{folder}/pid\">\n\
                     <connect allow=\"127.0.0.0/8\" timeout=\"60\" threshold=\"100000\" commandrate=\"1000000\" \
                     fakelag=\"no\" pingfreq=\"120\" hardsendq=\"10485760\" softsendq=\"10485760\" recvq=\"65536\" \
                     localmax=\"10000\" globalmax=\"10000\" maxchans=\"100\" resolvehostnames=\"no\" useident=\"no\" \
                     limit=\"10000\">\n\
                     <options defaultmodes=\"nt\" allowmismatch=\"no\">\n\
                     <limits maxnick=\"30\" maxchan=\"64\">\n\
                     <log method=\"file\" type=\"*\" level=\"default\" target=\"inspircd.log\">\n\
                     {modules}\n<chanhistory bots=\"yes\" prefixmsg=\"no\" maxlines=\"50\">\n"
                )
            }
        }
    }
}

/// A running IRC server on a port of its own. It is killed when this value goes.
#[derive(Debug)]
pub struct Ircd {
    kind: Kind,
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl Ircd {
    /// Starts a server; `None` when its program is not there, which is said and counted.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[track_caller]
    pub fn start(kind: Kind) -> Option<Self> {
        let program = find(kind.program());
        if program.is_none() {
            skipped(&format!("there is no {}", kind.program()));
            return None;
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let port = listener.local_addr().expect("it has an address").port();
        drop(listener);
        let mut ircd = Self {
            kind,
            port,
            folder: tempfile::tempdir().expect("the temporary directory can be written"),
            child: None,
        };
        ircd.come_back();
        Some(ircd)
    }

    /// Returns the port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again, on the same port, without any memory.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[track_caller]
    pub fn come_back(&mut self) {
        let config = self.folder.path().join("ircd.conf");
        std::fs::write(&config, self.kind.config(self.port, self.folder.path()))
            .expect("a configuration can be written");
        let program = find(self.kind.program()).expect("it was there before");
        let mut command = Command::new(&program);
        if is_root() {
            // Neither runs as root, and both need to read and write here.
            let owned = Command::new("chown")
                .args(["-R", "irc:irc"])
                .arg(self.folder.path())
                .status();
            assert!(
                owned.is_ok_and(|status| status.success()),
                "the folder can be given to irc"
            );
            if self.kind == Kind::Inspircd {
                command = Command::new("setpriv");
                command
                    .args(["--reuid=irc", "--regid=irc", "--clear-groups"])
                    .arg(&program);
            }
        }
        match self.kind {
            Kind::Ngircd => command.arg("-n").arg("-f").arg(&config),
            Kind::Inspircd => command.args(["--nofork", "--config"]).arg(&config),
        };
        let child = command
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("an IRC server can be run");
        self.child = Some(child);
        let deadline = Instant::now() + DEADLINE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "{:?} does not answer", self.kind);
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Ends it at once, as a power cut would (SIGKILL).
    ///
    /// # Panics
    ///
    /// When the operating system refuses.
    pub fn kill9(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("a child can be killed");
            child.wait().expect("a child can be waited for");
        }
    }
}

impl Drop for Ircd {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|done| done.stdout.trim_ascii() == b"0")
}

/// Somebody who sits in a room.
#[derive(Debug)]
pub struct Watcher {
    nick: String,
    room: String,
    port: u16,
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
        let heard = Arc::new(Heard::default());
        let stream = connect(port, nick, room, &heard);
        let watcher = Self {
            nick: nick.to_owned(),
            room: room.to_owned(),
            port,
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
        self.stream = connect(self.port, &self.nick, &self.room, &self.heard);
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

    #[track_caller]
    fn wait_from(&self, from: usize, what: &str, is_it: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + DEADLINE;
        let mut lines = self.heard.lines();
        loop {
            let found = lines.iter().skip(from).find(|line| is_it(line));
            if let Some(line) = found {
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

#[track_caller]
fn connect(port: u16, nick: &str, room: &str, heard: &Arc<Heard>) -> TcpStream {
    let deadline = Instant::now() + DEADLINE;
    let stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(error) => assert!(Instant::now() < deadline, "no IRC server: {error}"),
        }
        std::thread::park_timeout(Duration::from_millis(5));
    };
    let mut writer = stream.try_clone().expect("a socket can be shared");
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
            let answered = if let Some(token) = line.strip_prefix("PING") {
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
