// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people say on other networks.

use serde::{Deserialize, Serialize};
use space_core::Timestamp;

use super::Place;

/// Something that somebody said where the bridge can hear it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of a line, none of which follows from another"
)]
pub(crate) struct Heard {
    /// The room; or the person, when it was said in private.
    pub(crate) place: Place,
    /// Who said it.
    pub(crate) who: Who,
    /// What the bridge is called there, so that they can be told how to write to it.
    pub(crate) me: String,
    /// What they said: one line without the network's formatting.
    pub(crate) text: String,
    /// Whether it was said of themselves, as `/me` does it.
    pub(crate) is_action: bool,
    /// What the network calls the message, where it calls it anything. It comes once under this name.
    pub(crate) remote_id: Option<String>,
    /// The message that it answers, where the network says so.
    pub(crate) answers: Option<String>,
    /// When it was said.
    pub(crate) at: Timestamp,
    /// Whether the network says when, so that it says the same when it tells it again.
    pub(crate) is_timed: bool,
    /// Whether it was said before the bridge came, and the network tells it now.
    pub(crate) is_history: bool,
    /// Whether that cannot be told.
    pub(crate) may_be_past: bool,
    /// Whether it may be meant for somebody in the room whom it names (`ann: hello`), as far as is known.
    pub(crate) calls_someone: bool,
    /// Up to where the room was heard with it, in the adapter's own words.
    pub(crate) mark: Option<String>,
}

impl Heard {
    /// Returns the name by which it is known again where the network has none for it: of the second in which it was said, for
    /// some tell no more of what is past; or of the words alone. What is said in private is known by nothing.
    pub(crate) fn print(&self) -> Option<String> {
        if self.place.is_person {
            return None;
        }
        let hash = fingerprint(&[&self.who.nick, &self.text]);
        Some(if self.is_timed {
            format!("~{}-{hash:016x}", self.at.millis().div_euclid(1000))
        } else {
            format!("~{hash:016x}")
        })
    }
}

/// Returns a number that stands for texts (FNV-1a, 64 bits). It is written down, so it stays what it is.
pub(in crate::relay) fn fingerprint(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Somebody on another network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Who {
    /// The network.
    pub(crate) network: String,
    /// What identifies them there; seen by nobody but the server.
    pub(crate) remote: String,
    /// What they call themselves now, and how they are reached.
    pub(crate) nick: String,
}

impl Who {
    /// Returns where they are spoken to in private.
    pub(crate) fn place(&self) -> Place {
        Place::person(&self.network, &self.nick)
    }
}
