// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Rooms and people on other networks, and what is mirrored where.

use std::fmt;

use serde::{Deserialize, Serialize};
use space_core::text::Slug;

/// Where something can be said: a room, or one person in private.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The network, as the configuration calls it.
    pub(crate) network: String,
    /// The room as the configuration spells it, or what the person is called there now.
    pub(crate) name: String,
    /// Whether it is one person.
    pub(crate) is_person: bool,
}

impl Place {
    /// A room that everyone in it reads.
    pub(crate) fn room(network: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            network: network.into(),
            name: name.into(),
            is_person: false,
        }
    }

    /// One person, in private.
    pub(crate) fn person(network: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            network: network.into(),
            name: name.into(),
            is_person: true,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.name, self.network)
    }
}

/// What an adapter can do in a room. What it cannot is said in another way, or left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Capabilities {
    /// What was said can be taken back.
    pub(crate) removes: bool,
}

/// The binding of a category to a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mirror {
    /// The category.
    pub(crate) category: Slug,
    /// The room.
    pub(crate) room: Place,
    /// What the room sees of edits.
    pub(crate) edits: Edits,
    /// Whether the room is told when a post goes, where it cannot be taken back.
    pub(crate) announces_withdrawals: bool,
    /// What people in the room may do.
    pub(crate) visitors: Visitors,
    /// Whether a category that is not open to everyone is mirrored too.
    pub(crate) allows_closed: bool,
}

/// What a room sees of the edits of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Edits {
    /// Nothing.
    Off,
    /// What was put right, when it is little and was done soon.
    #[default]
    Diff,
    /// The whole post again.
    Full,
}

/// What people in a room may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Visitors {
    /// Read, report, and reply once they have accepted the code of conduct.
    #[default]
    Post,
    /// Read and report.
    Read,
}
