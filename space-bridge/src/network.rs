// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What goes between the relay and the tasks of networks.

use crate::relay::{Input, Lane, Message, OpId, Place, Progress};

/// Something that a network is to say.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) op: OpId,
    pub(crate) place: Place,
    pub(crate) lane: Lane,
    pub(crate) message: Message,
    pub(crate) progress: Option<Progress>,
}

/// Something that a network tells.
#[derive(Debug)]
pub(crate) enum News {
    /// For the relay.
    Relay(Input),
    /// It is well with a network, or a room of it.
    Up {
        network: String,
        room: Option<String>,
    },
    /// It is not.
    Down {
        network: String,
        room: Option<String>,
        why: String,
    },
}
