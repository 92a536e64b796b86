// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A machine with nothing on it but `space-server`.
pub(super) struct Machine {
    folder: TempDir,
}

/// What a command wrote, and how it ended.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) errors: String,
}

impl Machine {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A machine with a space that alice owns.
    pub(super) fn with_space() -> Self {
        let machine = Self::new();
        machine
            .run_with(
                &[
                    "init",
                    "--name",
                    "Reading room",
                    "--owner",
                    "alice",
                    "--password-file",
                    "-",
                ],
                "correct horse\n",
            )
            .ok();
        machine
    }

    pub(super) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(super) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, "")
    }

    /// Runs a command with something to read on its standard input.
    pub(super) fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        self.finish(
            Command::new(env!("CARGO_BIN_EXE_space-server")).args(arguments),
            input,
        )
    }

    /// Runs a command as a user who owns nothing here. Root, to whom every file is open, becomes one first.
    pub(super) fn run_as_stranger(&self, arguments: &[&str]) -> Said {
        let program = env!("CARGO_BIN_EXE_space-server");
        if self.folder.path().metadata().unwrap().uid() != 0 {
            return self.run(arguments);
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups", program])
            .args(arguments);
        self.finish(&mut command, "")
    }

    fn finish(&self, command: &mut Command, input: &str) -> Said {
        let mut child = command
            .env("SPACE_SERVER__DATA_DIR", self.data_dir())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| {
            let folder = self.folder.path().display().to_string();
            String::from_utf8(bytes).unwrap().replace(&folder, "FOLDER")
        };
        Said {
            code: done.status.code().unwrap(),
            out: text(done.stdout),
            errors: text(done.stderr),
        }
    }
}

impl Said {
    /// Returns what a success wrote to standard output.
    #[track_caller]
    pub(super) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}", self.errors);
        self.out
    }
}

#[test]
fn a_space_is_made_in_a_closed_folder_once() {
    let machine = Machine::new();
    let init = ["init", "--name", "Reading room"];
    insta::assert_snapshot!(machine.run(&init).ok(), @r#"
    Made the space "Reading room" in FOLDER/data/space.db.
    Made the category general (#1001), in which every member may write.
    "#);
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(machine.data_dir()), 0o700);
    assert_eq!(mode(machine.data_dir().join("space.db")), 0o600);
    insta::assert_snapshot!(machine.run(&init).ok(), @"There is a space in FOLDER/data/space.db already; it stays as it is.");
}

#[test]
fn a_folder_without_a_space_is_refused_and_left_alone() {
    let machine = Machine::new();
    let said = machine.run(&["member", "list"]);
    assert_eq!((said.code, said.out.as_str()), (3, ""));
    insta::assert_snapshot!(said.errors, @r"
    error: there is no space in FOLDER/data
      try: see whether that is the right folder; a new space is made there by `space-server init --data-dir FOLDER/data --name NAME --owner NAME`, and `space-server restore` brings back a backup
    ");
    assert!(!machine.data_dir().exists());
}

#[test]
fn a_database_without_a_space_is_refused_alike_everywhere() {
    let machine = Machine::new();
    std::fs::create_dir(machine.data_dir()).unwrap();
    std::fs::write(machine.data_dir().join("space.db"), "").unwrap();
    for arguments in [
        ["member", "list"],
        ["group", "list"],
        ["serve", "--bind=127.0.0.1:0"],
    ] {
        let said = machine.run(&arguments);
        assert_eq!((said.code, said.out.as_str()), (3, ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(said.errors, @r"
            error: there is no space in FOLDER/data
              try: see whether that is the right folder; a new space is made there by `space-server init --data-dir FOLDER/data --name NAME --owner NAME`, and `space-server restore` brings back a backup
            ");
        }
    }
}

#[test]
fn a_password_that_is_no_good_makes_nothing() {
    let machine = Machine::new();
    let said = machine.run_with(
        &[
            "init",
            "--name",
            "Reading room",
            "--owner",
            "alice",
            "--password-file",
            "-",
        ],
        "short\n",
    );
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @"error: a password has at least 10 characters");
    assert!(!machine.data_dir().exists());
}

#[test]
fn a_wrong_configuration_has_an_exit_code_of_its_own() {
    let machine = Machine::new();
    std::fs::write(
        machine.folder.path().join("space.toml"),
        "[http]\nbnid = \"x\"\n",
    )
    .unwrap();
    for arguments in [
        ["--config", "space.toml", "config", "check"],
        ["--config", "space.toml", "member", "list"],
    ] {
        let said = machine.run(&arguments);
        assert_eq!(said.code, 78);
        insta::allow_duplicates! {
            insta::assert_snapshot!(said.errors, @r#"error: space.toml: http.bnid: there is no such key; did you mean "bind"?"#);
        }
    }
    let said = machine.run(&["--config", "nowhere.toml", "config", "check"]);
    assert_eq!(said.code, 78);
    insta::assert_snapshot!(said.errors, @r"
    error: cannot read the configuration file nowhere.toml
      because: No such file or directory (os error 2)
    ");
}

#[test]
fn completions_are_written_for_a_shell() {
    let script = Machine::new().run(&["completion", "bash"]).ok();
    assert!(script.contains("complete -F"));
}
