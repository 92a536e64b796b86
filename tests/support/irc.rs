// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Real IRC servers and services, and somebody who sits in a room and watches: a plain socket, or a client that people
//! use, which know nothing of the bridge.

mod certificate;
mod ircd;
mod services;
#[cfg(feature = "stories")]
pub mod story;
mod watcher;
mod weechat;

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

pub use ircd::{Ircd, Kind};
pub use watcher::{Watcher, tag};
pub use weechat::Weechat;

/// How long anything may take. It takes a moment unless the machine is very busy.
const DEADLINE: Duration = Duration::from_mins(1);

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

/// Returns a command that runs a program as `irc`, who owns the files of these programs, when this is root: they refuse
/// to be.
fn unprivileged(program: &std::path::Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=irc", "--regid=irc", "--clear-groups"])
        .arg(program);
    command
}

/// Returns different ports that nobody listens on.
fn free_ports<const N: usize>() -> [u16; N] {
    let listeners: [TcpListener; N] =
        std::array::from_fn(|_| TcpListener::bind("127.0.0.1:0").expect("there is a free port"));
    listeners.map(|listener| listener.local_addr().expect("it has an address").port())
}
