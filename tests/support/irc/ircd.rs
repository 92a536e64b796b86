// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Real IRC servers.

use std::fmt::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::certificate::Authority;
use super::services::{self, Services};
use super::{DEADLINE, find, free_ports, is_root, unprivileged};
use crate::skipped;

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

    fn config(self, ports: Ports, folder: &Path, has_services: bool) -> String {
        let port = ports.plain;
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
                let mut modules = modules.concat();
                if let Some(port) = ports.encrypted {
                    let _ = write!(
                        modules,
                        "<module name=\"ssl_gnutls\"><module name=\"sslinfo\">\n\
                         <sslprofile name=\"story\" provider=\"gnutls\" certfile=\"{folder}/server.pem\" \
                         keyfile=\"{folder}/server.key\">\n\
                         <bind address=\"127.0.0.1\" port=\"{port}\" type=\"clients\" sslprofile=\"story\">\n"
                    );
                }
                if has_services {
                    modules.push_str(&services::link(ports.services));
                }
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
                     <options defaultmodes=\"not\" allowmismatch=\"no\">\n\
                     <limits maxnick=\"30\" maxchan=\"64\">\n\
                     <log method=\"file\" type=\"*\" level=\"default\" target=\"inspircd.log\">\n\
                     {modules}\n<chanhistory bots=\"yes\" prefixmsg=\"no\" maxlines=\"50\">\n"
                )
            }
        }
    }
}

/// Where a server listens.
#[derive(Debug, Clone, Copy)]
struct Ports {
    plain: u16,
    encrypted: Option<u16>,
    services: u16,
}

/// A running IRC server on ports of its own, perhaps with services. All of it is killed when this value goes.
#[derive(Debug)]
pub struct Ircd {
    kind: Kind,
    ports: Ports,
    folder: TempDir,
    authority: Option<Authority>,
    services: Option<Services>,
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
        let mut ircd = Self::prepare(kind)?;
        ircd.come_back();
        Some(ircd)
    }

    /// Starts an InspIRCd that also speaks TLS, with services that know accounts; `None` when something is not there,
    /// which is said and counted.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[track_caller]
    pub fn start_with_services() -> Option<Self> {
        let mut ircd = Self::prepare(Kind::Inspircd)?;
        let authority = Authority::new()?;
        authority.vouch_for("127.0.0.1", ircd.folder.path());
        let [encrypted] = free_ports();
        ircd.ports.encrypted = Some(encrypted);
        ircd.authority = Some(authority);
        ircd.services = Some(Services::prepare(ircd.ports.services)?);
        ircd.come_back();
        Some(ircd)
    }

    fn prepare(kind: Kind) -> Option<Self> {
        if find(kind.program()).is_none() {
            skipped(&format!("there is no {}", kind.program()));
            return None;
        }
        let [plain, services] = free_ports();
        Some(Self {
            kind,
            ports: Ports {
                plain,
                encrypted: None,
                services,
            },
            folder: tempfile::tempdir().expect("the temporary directory can be written"),
            authority: None,
            services: None,
            child: None,
        })
    }

    /// Returns the port for TLS on 127.0.0.1.
    ///
    /// # Panics
    ///
    /// When it has none.
    pub fn encrypted_port(&self) -> u16 {
        self.ports.encrypted.expect("it was started with TLS")
    }

    /// Returns the file with the certificate of the authority that vouches for the server.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn authority(&self) -> PathBuf {
        let authority = self.authority.as_ref();
        authority.expect("it was started with TLS").file()
    }

    /// Returns the port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.ports.plain
    }

    /// Starts it again, on the same port, without any memory.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[track_caller]
    pub fn come_back(&mut self) {
        let folder = self.folder.path();
        let config = folder.join("ircd.conf");
        let text = self
            .kind
            .config(self.ports, folder, self.services.is_some());
        std::fs::write(&config, text).expect("a configuration can be written");
        let program = find(self.kind.program()).expect("it was there before");
        if is_root() {
            // Neither runs as root, and both need to read and write here.
            let owned = Command::new("chown")
                .args(["-R", "irc:irc"])
                .arg(folder)
                .status();
            assert!(
                owned.is_ok_and(|status| status.success()),
                "the folder can be given to irc"
            );
        }
        let mut command = match self.kind {
            // It leaves root by itself.
            Kind::Ngircd => Command::new(&program),
            Kind::Inspircd => unprivileged(&program),
        };
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
        while TcpStream::connect(("127.0.0.1", self.ports.plain)).is_err() {
            assert!(Instant::now() < deadline, "{:?} does not answer", self.kind);
            std::thread::park_timeout(Duration::from_millis(5));
        }
        if let Some(services) = &mut self.services {
            services.come_back();
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
