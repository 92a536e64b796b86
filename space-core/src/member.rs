// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members: everyone who has an account.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::id::MemberId;
use crate::text::{DisplayName, MemberName};
use crate::time::Timestamp;
use crate::words::words;

/// What kind of account a member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// A person's own account.
    Person,
    /// An account that somebody uses for paid or official work; it says so.
    Staff,
    /// A program.
    Bot,
    /// Somebody known only from a chat network, by mail, or from an import.
    Visitor,
}

/// A duty that a member holds for the whole space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the space, and appoints administrators.
    Owner,
    /// Configures categories, groups and accounts.
    Administrator,
    /// Moderates every category.
    Moderator,
    /// Works on stories before they are published.
    Editor,
    /// Hears appeals.
    Panel,
}

words!(MemberKind { Person = "person", Staff = "staff", Bot = "bot", Visitor = "visitor" });
words!(Role {
    Owner = "owner",
    Administrator = "administrator",
    Moderator = "moderator",
    Editor = "editor",
    Panel = "panel",
});

/// What everyone may know about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The member's id.
    pub id: MemberId,
    /// What kind of account it is.
    pub kind: MemberKind,
    /// The name they are known and mentioned by.
    pub name: MemberName,
    /// The name they show beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<DisplayName>,
    /// The duties they hold.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<Role>,
    /// How far the community trusts them, 0 to 4.
    pub trust_level: u8,
    /// When the account began.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub revision: i64,
}
