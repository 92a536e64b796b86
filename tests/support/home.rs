// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A person's home folder, and the program `space` in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{binary, write_secret};

/// A folder with the configuration and the copy of one person on one machine.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    /// Makes the folder.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    pub fn new(folder: &Path, name: &str) -> Self {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Self { folder }
    }

    /// Runs `space` with nothing else in its environment.
    ///
    /// # Panics
    ///
    /// When it cannot be run, or writes what is not text.
    pub fn space(&self, args: &[&str]) -> Done {
        let output = Command::new(binary("space"))
            .args(args)
            .env_clear()
            .env("SPACE_KEYRING", "off")
            .env("LC_ALL", "C.UTF-8")
            .env("SPACE_DATA_DIR", self.folder.join("data"))
            .env("SPACE_CONFIG_DIR", self.folder.join("config"))
            .stdin(Stdio::null())
            .output()
            .expect("space can be run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what it writes is text");
        Done {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Runs `space` and returns what it wrote.
    ///
    /// # Panics
    ///
    /// When it fails; what it said is in the message.
    #[track_caller]
    pub fn does(&self, args: &[&str]) -> String {
        let done = self.space(args);
        assert_eq!(done.code, 0, "space {}: {}", args.join(" "), done.err);
        done.out
    }

    /// Runs `space`, which has to fail with this exit code and say this.
    ///
    /// # Panics
    ///
    /// When it does otherwise.
    #[track_caller]
    pub fn is_told(&self, args: &[&str], code: i32, hint: &str) {
        let done = self.space(args);
        assert_eq!(done.code, code, "space {}: {}", args.join(" "), done.err);
        assert!(done.err.contains(hint), "{}", done.err);
    }

    /// Writes a file with secrets and returns where it is.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn secret(&self, text: &str) -> String {
        let file = self.folder.join("secret");
        write_secret(&file, text);
        file.display().to_string()
    }

    /// Signs in with name and password.
    ///
    /// # Panics
    ///
    /// When that fails; what it said is in the message.
    #[track_caller]
    pub fn signs_in(&self, server: &str, name: &str, password: &str) {
        let file = self.secret(password);
        let login = ["login", server, "--name", name, "--password-file", &file];
        self.does(&[&login[..], &["--insecure-storage"]].concat());
    }
}
