// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A running `space-bridge run`: a process of its own, with a memory that outlives it.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::binary;

/// How long a bridge may take to be where it should be.
const DEADLINE: Duration = Duration::from_mins(1);

/// Where a bridge goes, and what it is. Its files are in a folder that outlives it.
#[derive(Debug, Clone)]
pub struct BridgeSetup {
    folder: PathBuf,
    /// Additional keys of the whole.
    all: String,
    /// Additional keys of the network.
    network: String,
    /// Additional keys of the mirror.
    mirror: String,
}

impl BridgeSetup {
    /// Writes the token into the folder and begins a configuration.
    ///
    /// # Panics
    ///
    /// When that fails.
    pub fn new(folder: &Path, token: &str) -> Self {
        let setup = Self {
            folder: folder.to_owned(),
            all: String::new(),
            network: String::new(),
            mirror: String::new(),
        };
        setup.secret("bridge.token", token);
        setup
    }

    /// Sets a key that stands above all tables, with its value in TOML.
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        let _ = writeln!(self.all, "{key} = {value}");
        self
    }

    /// Sets a key of the network, with its value in TOML.
    #[must_use]
    pub fn network(mut self, key: &str, value: &str) -> Self {
        let _ = writeln!(self.network, "{key} = {value}");
        self
    }

    /// Writes a password into a file that only its owner reads, and returns its name as a value in TOML.
    ///
    /// # Panics
    ///
    /// When that fails.
    pub fn secret(&self, name: &str, password: &str) -> String {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.join(name);
        std::fs::write(&path, password).expect("a password can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
            .expect("a file can be closed to others");
        format!("\"{}\"", path.display())
    }

    /// Sets a key of the mirror, with its value in TOML.
    #[must_use]
    pub fn mirror(mut self, key: &str, value: &str) -> Self {
        let _ = writeln!(self.mirror, "{key} = {value}");
        self
    }

    /// Starts a bridge from category `room` of a server to `#tea` on an IRC server on this machine, as fast as it goes, and
    /// waits until it is in the room and mirrors.
    ///
    /// # Panics
    ///
    /// When it does not get there; its log is in the message.
    #[track_caller]
    pub fn start(&self, server: &str, port: u16) -> Bridge {
        let mut bridge = self.start_alone(server, port);
        bridge.wait_for_log("story: in #tea");
        bridge
    }

    /// The same, without waiting.
    ///
    /// # Panics
    ///
    /// When it cannot be run.
    #[track_caller]
    pub fn start_alone(&self, server: &str, port: u16) -> Bridge {
        let folder = self.folder.display();
        let mut network = self.network.clone();
        for (key, value) in [
            ("port", port.to_string().as_str()),
            ("tls", "false"),
            ("pace", "\"1ms\""),
            ("burst", "1000"),
        ] {
            let is_set = |line: &str| line.starts_with(&format!("{key} ="));
            if !self.network.lines().any(is_set) {
                let _ = writeln!(network, "{key} = {value}");
            }
        }
        let config = format!(
            "server = \"{server}\"\ntoken_file = \"{folder}/bridge.token\"\nstate = \"{folder}/bridge.db\"\n\
             public_url = \"https://space.example.org\"\n{}\
             [irc.story]\nhost = \"127.0.0.1\"\nnick = \"space\"\n{network}\
             [mirrors.tea]\ncategory = \"room\"\nnetwork = \"story\"\nroom = \"#tea\"\n{}",
            self.all, self.mirror
        );
        let path = self.folder.join("bridge.toml");
        std::fs::write(&path, config).expect("a configuration can be written");
        let log = self.folder.join("bridge.log");
        let file = File::create(&log).expect("a log can be made");
        let child = Command::new(binary("space-bridge"))
            .args(["run", "--config"])
            .arg(&path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .expect("space-bridge can be run");
        Bridge { child, log }
    }
}

/// A running bridge. It is killed when this value goes; if the test fails, its log is printed first.
#[derive(Debug)]
pub struct Bridge {
    child: Child,
    log: PathBuf,
}

impl Bridge {
    /// Returns what it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Returns its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until its log has a text.
    ///
    /// # Panics
    ///
    /// When it never has.
    #[track_caller]
    pub fn wait_for_log(&mut self, text: &str) {
        self.wait_for_log_times(text, 1);
    }

    /// Waits until its log has a text so many times.
    ///
    /// # Panics
    ///
    /// When it never has.
    #[track_caller]
    pub fn wait_for_log_times(&mut self, text: &str, times: usize) {
        let deadline = Instant::now() + DEADLINE;
        while self.log().matches(text).count() < times {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("space-bridge ended ({status}):\n{}", self.log());
            }
            assert!(
                Instant::now() < deadline,
                "space-bridge never says {text:?}:\n{}",
                self.log()
            );
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Asks it to stop (SIGTERM) and waits until it has.
    ///
    /// # Panics
    ///
    /// When it does not stop.
    #[track_caller]
    pub fn stop(mut self) -> ExitStatus {
        let sent = Command::new("kill").arg(self.pid().to_string()).status();
        assert!(
            sent.is_ok_and(|status| status.success()),
            "a signal can be sent"
        );
        self.child.wait().expect("a child can be waited for")
    }

    /// Ends it at once (SIGKILL).
    ///
    /// # Panics
    ///
    /// When the operating system refuses.
    pub fn kill9(mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("---- log of space-bridge\n{}----", self.log());
        }
    }
}
