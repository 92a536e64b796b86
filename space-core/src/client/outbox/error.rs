// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What can go wrong with the outbox.

use super::LocalId;
use crate::client::replica::ReplicaError;

/// What went wrong with the outbox.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The file failed.
    #[error(transparent)]
    File(#[from] ReplicaError),
    /// There is no such item.
    #[error("nothing with the number {id} waits to be sent")]
    NoSuchItem {
        /// Which was asked for.
        id: LocalId,
    },
    /// The item is being sent, or was sent: it can no longer be changed.
    #[error("{id} is already on its way")]
    OnItsWay {
        /// Which item.
        id: LocalId,
    },
    /// The item is not of the kind that this is for.
    #[error("{id} is not an edit")]
    NotAnEdit {
        /// Which item.
        id: LocalId,
    },
    /// The topic or post that an item names by its local number is not in the outbox (any more).
    #[error("{id}, which this belongs to, is no longer in the outbox")]
    ParentGone {
        /// The number that is missing.
        id: LocalId,
    },
}
