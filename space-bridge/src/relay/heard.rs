// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What people say on other networks.

use serde::{Deserialize, Serialize};
use space_core::Timestamp;

use super::Place;

/// Something that somebody said where the bridge can hear it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Whether it was said before the bridge came, and the network tells it now.
    pub(crate) is_history: bool,
    /// Whether it may be meant for somebody in the room whom it names (`ann: hello`), as far as is known.
    pub(crate) calls_someone: bool,
    /// Up to where the room was heard with it, in the adapter's own words.
    pub(crate) mark: Option<String>,
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
