// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Configuration: defaults < TOML file < environment < command line.
//!
//! The documentation of each key is written once, on its field: the commented example in `config-examples/` is made of
//! it. Networks and mirrors have names of their own, so that each key of theirs has a name too, for the environment as well.

mod check;
mod example;
mod files;
mod layers;
mod networks;
mod section;
mod units;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) use check::{Checked, check};
pub(crate) use example::example;
pub(crate) use layers::{ConfigError, Loaded, Sources};
pub(crate) use networks::{Backlog, IrcNetwork, Log, MirrorRule};
pub(crate) use units::Period;

use section::section;

section! {
    /// Everything that can be configured.
    pub(crate) struct Config {
        /// The address of the server.
        server: String = "http://127.0.0.1:7780".to_owned();
        /// The file that holds the access token of the bridge's account and nothing else. Only its owner may read it.
        /// `space-server token create NAME --label bridge --may read,relay:write,report:create` makes one.
        token_file: Option<PathBuf> = None, like "\"/etc/space/bridge.token\"";
        /// The address that people open in a browser: rooms link to its pages /p/48213 and /code. Without it that is the
        /// server's.
        public_url: Option<String> = None, like "\"https://space.example.org\"";
        /// The file that keeps how far everything came. Only its owner may read it. A relative path starts from the
        /// present folder.
        state: PathBuf = PathBuf::from("space-bridge.db");
        /// Whether http:// to another machine is allowed: the token and everything written then travel in the open.
        allow_plain_http: bool = false;
        /// How long a bridge that was asked to stop waits for what it has begun.
        stop_timeout: Period = Period::seconds(10);
        /// When the bridge was not in a room for longer than this, and the network does not show what was said meanwhile, the
        /// room is told so in one line.
        away_after: Period = Period::seconds(60);
        /// What becomes of posts that have waited for a room.
        backlog: Backlog = Backlog::default();
        /// What the bridge says of itself, on standard error.
        log: Log = Log::default();
        /// IRC networks, by names of your choice.
        irc: BTreeMap<String, IrcNetwork> = BTreeMap::new();
        /// What is mirrored where, by names of your choice.
        mirrors: BTreeMap<String, MirrorRule> = BTreeMap::new();
    }
}
