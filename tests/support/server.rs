// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A running `space-server`: a process of its own, with its own data folder and a port of its own.

use std::fs::File;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::binary;

/// How long a server may take to answer, or to stop. It takes a tenth of a second unless the machine is very busy.
const DEADLINE: Duration = Duration::from_mins(1);

/// How a server is started.
#[derive(Debug)]
pub struct ServerBuilder {
    data_dir: Option<PathBuf>,
    variables: Vec<(String, String)>,
    arguments: Vec<String>,
}

impl ServerBuilder {
    /// Keeps the data in this folder, which outlives the server: for servers that are started again.
    #[must_use]
    pub fn data_dir(mut self, folder: &Path) -> Self {
        self.data_dir = Some(folder.to_owned());
        self
    }

    /// Sets a key of the configuration: `store.url`.
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        let name = format!("SPACE_SERVER__{}", key.replace('.', "__").to_uppercase());
        self.variables.push((name, value.to_owned()));
        self
    }

    /// Runs this subcommand, with its arguments, instead of `serve`.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments = arguments.iter().map(|&word| word.to_owned()).collect();
        self
    }

    /// Starts the server and waits until it answers.
    ///
    /// # Panics
    ///
    /// When it does not; its log is in the message.
    #[track_caller]
    pub fn start(self) -> Server {
        let own = tempfile::tempdir().expect("the temporary directory can be written");
        let data_dir = self.data_dir.unwrap_or_else(|| own.path().join("data"));
        let notify = own.path().join("notify");
        let manager = UnixDatagram::bind(&notify).expect("a socket can be made");
        let log = File::create(own.path().join("log")).expect("a log can be made");
        let child = Command::new(binary("space-server"))
            .args(&self.arguments)
            .env("SPACE_SERVER__DATA_DIR", &data_dir)
            .env("SPACE_SERVER__HTTP__BIND", "127.0.0.1:0")
            .env("SPACE_SERVER__LOG__FILTER", "debug")
            // Most stories write faster than anybody could.
            .env("SPACE_SERVER__LIMITS__ENABLED", "false")
            .envs(self.variables)
            .env("NOTIFY_SOCKET", &notify)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file can be opened twice"))
            .stderr(log)
            .spawn()
            .expect("space-server can be run");
        let mut server = Server {
            child,
            data_dir,
            own,
            url: String::new(),
        };
        server.wait_until_ready(&manager);
        server
    }
}

/// A running server. It is killed when this value goes; if the test fails, its log is printed first.
#[derive(Debug)]
pub struct Server {
    child: Child,
    data_dir: PathBuf,
    own: TempDir,
    url: String,
}

impl Server {
    /// Returns how a server is started: `Server::build().set("store.url", url).start()`.
    pub fn build() -> ServerBuilder {
        ServerBuilder {
            data_dir: None,
            variables: Vec::new(),
            arguments: vec!["serve".to_owned()],
        }
    }

    /// Starts a server with nothing but defaults.
    #[track_caller]
    pub fn start() -> Self {
        Self::build().start()
    }

    /// Returns its address: `http://127.0.0.1:41234`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns its data folder.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Returns its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Returns what it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.own.path().join("log")).unwrap_or_default()
    }

    /// Asks it to stop (SIGTERM) and waits until it has.
    ///
    /// # Panics
    ///
    /// When it does not stop.
    #[track_caller]
    pub fn stop(mut self) -> ExitStatus {
        self.signal("TERM");
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                return status;
            }
            assert!(Instant::now() < deadline, "space-server does not stop");
            // No event tells that a child has ended, short of a signal handler for the whole process.
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Sends it a signal, by the name `kill(1)` knows.
    ///
    /// # Panics
    ///
    /// When there is no such process any more.
    #[track_caller]
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.pid().to_string()])
            .status();
        assert!(
            sent.is_ok_and(|status| status.success()),
            "cannot send {name} to space-server"
        );
    }

    /// Ends it at once, as a power cut would (SIGKILL).
    ///
    /// # Panics
    ///
    /// When the operating system refuses.
    #[track_caller]
    pub fn kill9(mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }

    /// Waits for what a server tells its service manager: that it is ready, and where it listens.
    #[track_caller]
    fn wait_until_ready(&mut self, manager: &UnixDatagram) {
        manager
            .set_read_timeout(Some(Duration::from_millis(50)))
            .expect("a socket can have a timeout");
        let deadline = Instant::now() + DEADLINE;
        let (mut ready, mut buffer) = (false, [0; 4096]);
        while !ready || self.url.is_empty() {
            if let Ok(length) = manager.recv(&mut buffer) {
                let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
                ready |= message.lines().any(|line| line == "READY=1");
                if let Some(at) = message.find("http://") {
                    let url = message[at..].split_whitespace().next();
                    url.unwrap_or_default().clone_into(&mut self.url);
                }
                continue;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("space-server ended before it answered ({status})");
            }
            assert!(Instant::now() < deadline, "space-server does not answer");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("---- log of space-server\n{}----", self.log());
        }
    }
}
