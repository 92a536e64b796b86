// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Groups: named sets of members.

use serde::{Deserialize, Serialize};

use crate::id::GroupId;
use crate::text::{Label, Slug};
use crate::time::Timestamp;

/// A named set of members. A closed group is known to its members and to staff alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// The group's id.
    pub id: GroupId,
    /// The name used in commands and mentions.
    pub slug: Slug,
    /// The name shown.
    pub name: Label,
    /// Whether outsiders must not learn that it exists.
    pub is_closed: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
}
