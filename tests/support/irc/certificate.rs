// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! An authority that vouches for one server, made by `openssl` for one story.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::find;
use crate::skipped;

/// An authority of its own, whom no machine trusts by itself.
#[derive(Debug)]
pub(super) struct Authority {
    folder: TempDir,
}

impl Authority {
    /// Makes one; `None` when there is no `openssl`, which is said and counted.
    pub(super) fn new() -> Option<Self> {
        if find("openssl").is_none() {
            skipped("there is no openssl");
            return None;
        }
        let folder = tempfile::tempdir().expect("the temporary directory can be written");
        let authority = Self { folder };
        let name = ["-subj", "/CN=Story authority"];
        let usage = ["-addext", "basicConstraints=critical,CA:TRUE"];
        authority.openssl(
            &["req", "-x509", "-days", "2"],
            &[&name[..], &usage].concat(),
            "ca.key",
            "ca.pem",
        );
        Some(authority)
    }

    /// Returns the file of its certificate.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Writes `server.pem` and `server.key` for a server at this address into a folder.
    pub(super) fn vouch_for(&self, address: &str, folder: &Path) {
        let name = ["-subj", "/CN=irc.story.test"];
        self.openssl(&["req"], &name, "server.key", "server.csr");
        let own = self.folder.path();
        let extensions = format!("subjectAltName=IP:{address}\nbasicConstraints=CA:FALSE\n");
        std::fs::write(own.join("extensions"), extensions).expect("a file can be written");
        run(Command::new("openssl").current_dir(own).args([
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "extensions",
            "-out",
            "server.pem",
        ]));
        for name in ["server.pem", "server.key"] {
            std::fs::copy(own.join(name), folder.join(name)).expect("a file can be copied");
        }
    }

    fn openssl(&self, command: &[&str], more: &[&str], key: &str, out: &str) {
        run(Command::new("openssl")
            .current_dir(self.folder.path())
            .args(command)
            .args([
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ])
            .args(["-keyout", key, "-out", out])
            .args(more));
    }
}

fn run(command: &mut Command) {
    let done = command
        .stdin(Stdio::null())
        .output()
        .expect("openssl can be run");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "openssl: {said}");
}
