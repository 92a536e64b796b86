// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The server itself: started by the first who needs it, stopped by a watchdog.

use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::tools::Tools;

/// How long the server outlives the last process that used it, in seconds.
const IDLE_SECONDS: u32 = 30;

/// The watchdog. It looks at the lock, not at tests: however a test ends, its lock goes with it. `users.lock` is
/// touched by each process that comes, so that a gap between two tests is not taken for the end. Whoever knows that all
/// tests have ended (.ci/run does) may end the process group in `watchdog.pgid`, and then the server.
const WATCHDOG: &str = r#"
lock=$1 idle=$2 server=$3; shift 3
echo $$ >"${lock%/*}/watchdog.pgid"
while sleep "$idle" && [ -e "$lock" ]; do
    [ $(($(date +%s) - $(stat -c %Y "$lock"))) -ge "$idle" ] || continue
    flock --nonblock "$lock" sh -c '"$@"; rm -rf "$0"' "$server" "$@" && exit
done &
"#;

/// The exit code of `psql` when there is no connection, or no more.
const PSQL_NO_CONNECTION: i32 = 2;

/// Why statements were not run.
#[derive(Debug)]
pub(super) enum Failure {
    /// No server answers.
    Unreachable(String),
    /// The server says why.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unreachable(said) | Self::Refused(said)) = self;
        f.write_str(said)
    }
}

/// The server, as one process sees it.
#[derive(Debug)]
pub(super) struct Cluster {
    tools: Tools,
    /// Holds the locks and the folder of the server.
    folder: PathBuf,
    /// Keeps the watchdog away while this process lives. Never read.
    _in_use: File,
    /// Only one thread of this process at a time looks whether the server must be started.
    starting: Mutex<()>,
}

impl Cluster {
    /// Returns the server of this process, which is that of all other processes too.
    #[track_caller]
    pub(super) fn shared() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::join)
    }

    fn join() -> Self {
        let tools = Tools::find();
        let folder = folder();
        let in_use = open_lock(&folder.join("users.lock"));
        // Waits only while a watchdog is taking an idle server down.
        in_use
            .lock_shared()
            .expect("the temporary directory supports locks");
        Self {
            tools,
            folder,
            _in_use: in_use,
            starting: Mutex::new(()),
        }
    }

    /// Returns the address of a database.
    pub(super) fn url(&self, database: &str) -> String {
        let host = self.server().display().to_string().replace('/', "%2F");
        format!("postgres://space@{host}/{database}")
    }

    /// Runs statements as administrator; starts the server when it does not answer.
    #[track_caller]
    pub(super) fn run(&self, statements: &[String]) {
        let mut done = self.query("postgres", "postgres", statements);
        if matches!(done, Err(Failure::Unreachable(_))) {
            self.start_unless_started();
            done = self.query("postgres", "postgres", statements);
        }
        if let Err(error) = done {
            panic!("{}: {error}", statements.join("; "));
        }
    }

    /// Runs statements, each in a transaction of its own; returns a line per row, `|` between columns.
    pub(super) fn query(
        &self,
        database: &str,
        user: &str,
        statements: &[String],
    ) -> Result<String, Failure> {
        let mut psql = self.tools.client("psql");
        psql.arg("--no-psqlrc")
            .args(["--quiet", "--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1"])
            .arg("--host")
            .arg(self.server())
            .args(["--username", user, "--dbname", database]);
        for statement in statements {
            psql.args(["--command", statement]);
        }
        let output = psql
            .stdin(Stdio::null())
            .output()
            .expect("psql can be run: it was there a moment ago");
        let errors = || {
            String::from_utf8_lossy(&output.stderr)
                .trim_end()
                .to_owned()
        };
        match output.status.code() {
            Some(0) => Ok(String::from_utf8_lossy(&output.stdout)
                .trim_end()
                .to_owned()),
            Some(PSQL_NO_CONNECTION) => Err(Failure::Unreachable(errors())),
            _ => Err(Failure::Refused(errors())),
        }
    }

    /// The folder of data, socket and log. Only the server's user may look inside.
    fn server(&self) -> PathBuf {
        self.folder.join("server")
    }

    #[track_caller]
    fn start_unless_started(&self) {
        let _one_thread = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        let starting = open_lock(&self.folder.join("start.lock"));
        starting
            .lock()
            .expect("the temporary directory supports locks");
        let alive = self.query("postgres", "postgres", &["select 1".to_owned()]);
        if alive.is_err() {
            self.start();
        }
    }

    #[track_caller]
    fn start(&self) {
        let server = self.server();
        let data = server.join("data").display().to_string();
        self.clear_away(&data);
        fs::create_dir(&server).expect("the temporary directory can be written");
        fs::set_permissions(&server, Permissions::from_mode(0o700))
            .expect("a folder just made can be closed");
        if let Some(user) = self.tools.user() {
            chown(&server, Some(user.uid), Some(user.gid)).expect("root may give folders away");
        }
        self.run_as_server(
            "initdb",
            &[
                "--pgdata",
                &data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        // Before the server answers anybody, so that nobody meets it without the role.
        let role = server.join("role.sql");
        fs::write(&role, "create role space login\n").expect("the server's folder can be written");
        let script = r#"exec "$@" <"$0""#;
        let mut single = vec!["-c", script, role.to_str().unwrap_or_default()];
        let words = self.tools.as_server("postgres");
        single.extend(words.iter().map(String::as_str));
        single.extend(["--single", "-D", &data, "postgres"]);
        self.run_command("postgres --single", Command::new("sh").args(single));
        self.watch(&data);
        let socket = server.display();
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories='{socket}' -c max_connections=300 -c logging_collector=off"
        );
        let log = server.join("log").display().to_string();
        self.run_as_server(
            "pg_ctl",
            &[
                "start",
                "--pgdata",
                &data,
                "--log",
                &log,
                "--options",
                &options,
                "--wait",
            ],
        );
    }

    /// Ends what a crash may have left: a server without a socket, or its files.
    fn clear_away(&self, data: &str) {
        if fs::exists(data).unwrap_or(false) {
            let words = self.tools.as_server("pg_ctl");
            let _ = Command::new(&words[0])
                .args(&words[1..])
                .args(["stop", "--mode", "immediate", "--pgdata", data])
                .output();
        }
        match fs::remove_dir_all(self.server()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                panic!("cannot remove {}: {error}", self.server().display())
            }
            _ => {}
        }
    }

    #[track_caller]
    fn run_as_server(&self, name: &str, arguments: &[&str]) {
        let words = self.tools.as_server(name);
        self.run_command(
            name,
            Command::new(&words[0]).args(&words[1..]).args(arguments),
        );
    }

    #[track_caller]
    fn run_command(&self, name: &str, command: &mut Command) {
        // Into a file, not a pipe: the server inherits it, and a pipe would be read until the server ends.
        let path = self.folder.join("last-command.log");
        let log = File::create(&path).expect("the temporary directory can be written");
        let errors = log.try_clone().expect("a file can be opened twice");
        let status = command
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .status();
        if !status.as_ref().is_ok_and(ExitStatus::success) {
            let said = fs::read_to_string(&path).unwrap_or_default();
            let logged = fs::read_to_string(self.server().join("log")).unwrap_or_default();
            panic!("cannot run {name} ({status:?}):\n{said}{logged}");
        }
    }

    fn watch(&self, data: &str) {
        let started = Command::new("sh")
            .args(["-c", WATCHDOG, "space-tests-postgres"])
            .arg(self.folder.join("users.lock"))
            .arg(IDLE_SECONDS.to_string())
            .arg(self.server())
            .args(self.tools.as_server("pg_ctl"))
            .args(["stop", "--mode", "immediate", "--pgdata", data])
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A runner that ends the tests ends their process group; the watchdog has to stay.
            .process_group(0)
            .status();
        assert!(
            started.is_ok_and(|status| status.success()),
            "the watchdog of PostgreSQL cannot be started"
        );
    }
}

/// Returns the folder that all processes of this user share, and makes it.
#[track_caller]
fn folder() -> PathBuf {
    let own = fs::metadata("/proc/self").map_or(0, |own| own.uid());
    let folder = match std::env::var_os("SPACE_TESTS_POSTGRES_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::temp_dir().join(format!("space-tests-postgres-{own}")),
    };
    fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    let owner = fs::metadata(&folder).map(|folder| folder.uid());
    assert!(
        owner.as_ref().is_ok_and(|owner| *owner == own),
        "{} belongs to somebody else",
        folder.display()
    );
    fs::set_permissions(&folder, Permissions::from_mode(0o711))
        .expect("the owner of a folder may change its mode");
    folder
}

/// Opens a lock file, and marks it as used now.
fn open_lock(path: &Path) -> File {
    let file = File::options()
        .create(true)
        .append(true)
        .open(path)
        .unwrap_or_else(|error| panic!("cannot open {}: {error}", path.display()));
    #[expect(
        clippy::disallowed_methods,
        reason = "the watchdog compares with the real time"
    )]
    let now = std::time::SystemTime::now();
    file.set_modified(now)
        .expect("the owner of a file may touch it");
    file
}
