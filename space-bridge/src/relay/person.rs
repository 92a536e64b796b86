// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! People of other networks: what they have agreed to, and what of theirs waits for that.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use space_core::{MemberId, PostId, Timestamp};

use super::Place;

/// How long the text of somebody who has not agreed to the code of conduct yet is kept.
pub(crate) const PATIENCE: Duration = Duration::from_hours(1);

/// Somebody of another network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The network.
    pub(crate) network: String,
    /// What identifies them there.
    pub(crate) remote: String,
    /// Their account here, once the server has made one.
    pub(crate) visitor: Option<MemberId>,
    /// The version of the code of conduct that they were last asked to accept.
    pub(crate) asked: Option<i64>,
    /// What they wanted to post when they were asked.
    pub(crate) pending: Option<Pending>,
}

/// A reply that waits until its author has agreed to the code of conduct. There is one for each person: the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Where it was said.
    pub(crate) place: Place,
    /// What it answers.
    pub(crate) post: PostId,
    /// What it says, as CommonMark.
    pub(crate) text: String,
    /// Since when it waits.
    pub(crate) at: Timestamp,
    /// What the network calls the message, where it calls it anything.
    #[serde(default)]
    pub(crate) remote_id: Option<String>,
    /// When it was said.
    #[serde(default)]
    pub(crate) written_at: Option<Timestamp>,
}

impl Person {
    /// Somebody of whom nothing is known yet.
    pub(crate) fn new(network: &str, remote: &str) -> Self {
        Self {
            network: network.to_owned(),
            remote: remote.to_owned(),
            visitor: None,
            asked: None,
            pending: None,
        }
    }
}
