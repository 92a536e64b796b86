// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Atheme: services that know accounts.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{DEADLINE, find, is_root, unprivileged};
use crate::skipped;

/// What an InspIRCd needs to know of services on a port.
pub(super) fn link(port: u16) -> String {
    format!(
        "<module name=\"spanningtree\"><module name=\"sasl\">\n\
         <bind address=\"127.0.0.1\" port=\"{port}\" type=\"servers\">\n\
         <link name=\"services.story.test\" ipaddr=\"127.0.0.1\" port=\"{port}\" allowmask=\"127.0.0.0/8\" \
         sendpass=\"link\" recvpass=\"link\">\n\
         <services server=\"services.story.test\"><uline server=\"services.story.test\" silent=\"yes\">\n\
         <sasl target=\"services.story.test\" requiressl=\"no\">\n"
    )
}

fn config(port: u16, folder: &Path) -> String {
    let folder = folder.display();
    let modules = [
        "protocol/inspircd",
        "backend/opensex",
        "crypto/pbkdf2v2",
        "nickserv/main",
        "nickserv/register",
        "nickserv/identify",
        "saslserv/main",
        "saslserv/plain",
        "operserv/main",
    ];
    let modules = modules.map(|name| format!("loadmodule \"modules/{name}\";\n"));
    let services = [
        ("nickserv", "NickServ"),
        ("saslserv", "SaslServ"),
        ("operserv", "OperServ"),
    ];
    let services = services.map(|(block, nick)| {
        format!(
            "{block} {{ nick = \"{nick}\"; user = \"{block}\"; host = \"services.story.test\"; real = \"{nick}\"; }};\n"
        )
    });
    format!(
        "{}serverinfo {{ name = \"services.story.test\"; desc = \"services\"; numeric = \"00A\"; recontime = 1; \
         netname = \"Story\"; adminname = \"t\"; adminemail = \"t@story.test\"; registeremail = \"n@story.test\"; \
         mta = \"/bin/true\"; loglevel = {{ error; info; network; }}; auth = none; casemapping = rfc1459; maxusers = 0; }};\n\
         uplink \"insp.story.test\" {{ host = \"127.0.0.1\"; port = {port}; send_password = \"link\"; \
         receive_password = \"link\"; }};\n{}crypto {{ pbkdf2v2_rounds = 10000; }};\ndatabase {{ }};\n\
         general {{ permissive_mode; flood_time = 0; commit_interval = 5; default_clone_limit = 0; }};\n\
         logfile \"{folder}/log\" {{ error; info; network; }};\n",
        modules.concat(),
        services.concat()
    )
}

/// Running services. They are killed when this value goes.
#[derive(Debug)]
pub(super) struct Services {
    program: PathBuf,
    folder: TempDir,
    child: Option<Child>,
}

impl Services {
    /// Prepares services that will link to a server on this port; `None` when there is no program, which is said and
    /// counted.
    pub(super) fn prepare(port: u16) -> Option<Self> {
        let Some(program) = find("atheme-services") else {
            skipped("there is no atheme-services");
            return None;
        };
        let folder = tempfile::tempdir().expect("the temporary directory can be written");
        std::fs::write(folder.path().join("conf"), config(port, folder.path()))
            .expect("a configuration can be written");
        if is_root() {
            let owned = std::process::Command::new("chown")
                .args(["-R", "irc:irc"])
                .arg(folder.path())
                .status();
            assert!(
                owned.is_ok_and(|status| status.success()),
                "the folder can be given to irc"
            );
        }
        Some(Self {
            program,
            folder,
            child: None,
        })
    }

    /// Starts them, and waits until they are linked.
    pub(super) fn come_back(&mut self) {
        self.end();
        let folder = self.folder.path();
        let log = folder.join("log");
        let _ = std::fs::remove_file(&log);
        let child = unprivileged(&self.program)
            .arg("-n")
            .arg("-c")
            .arg(folder.join("conf"))
            .arg("-D")
            .arg(folder)
            .arg("-p")
            .arg(folder.join("pid"))
            .arg("-l")
            .arg(&log)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("services can be run");
        self.child = Some(child);
        let deadline = Instant::now() + DEADLINE;
        let read = || std::fs::read_to_string(&log).unwrap_or_default();
        while !read().contains("finished synching") {
            assert!(
                Instant::now() < deadline,
                "the services do not link:\n{}",
                read()
            );
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        self.end();
    }
}
