// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What one network needs to know.

use std::fmt;
use std::time::Duration;

use super::pace::Pace;

/// A word that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hidden(pub(crate) String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// What one network needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    /// What the configuration calls it.
    pub(crate) name: String,
    /// Where.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// Whether the connection is encrypted.
    pub(crate) is_encrypted: bool,
    /// More certificate authorities to trust, as PEM.
    pub(crate) authorities: Option<Vec<u8>>,
    /// The password of the server.
    pub(crate) password: Option<Hidden>,
    /// What the bridge is called there.
    pub(crate) nick: String,
    pub(crate) user: String,
    pub(crate) real_name: String,
    /// Its account with the services, and the password of that.
    pub(crate) account: Option<(String, Hidden)>,
    /// The rooms.
    pub(crate) rooms: Vec<Room>,
    /// Programs that are not listened to, by nick.
    pub(crate) ignored: Vec<String>,
    pub(crate) pace: Pace,
    /// Whether stress is shown.
    pub(crate) is_formatted: bool,
    /// After so long without a word the server is asked whether it is there.
    pub(crate) ping_after: Duration,
}

/// A room to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) key: Option<Hidden>,
}
