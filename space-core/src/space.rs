// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The space itself: one installation, one community.

use serde::{Deserialize, Serialize};

use crate::text::{About, Label, SpaceIdentity};
use crate::time::Timestamp;

/// What a space says of itself to everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// The name of the community.
    pub name: Label,
    /// What it is for.
    pub about: About,
    /// When it began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
    /// Tells it from every other space. It stays when the space moves to another address or is restored from a backup; a new
    /// space at an old address has another one. Absent from servers that do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<SpaceIdentity>,
}
