// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who acts.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Denial, Relayed};
use crate::id::{GroupId, MemberId};
use crate::member::{MemberKind, Role};
use crate::time::Timestamp;
use crate::words::words;

/// What an access token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Reading what its member may read.
    Read,
    /// Posting, editing and marking as read.
    Write,
    /// Everything else its member may do: tokens, categories, groups, members, reports.
    Manage,
    /// Writing for visitors whom a bridge brings: of use to bots alone.
    #[serde(rename = "relay:write")]
    RelayWrite,
    /// Reporting for visitors whom a bridge brings: of use to bots alone.
    #[serde(rename = "report:create")]
    ReportCreate,
}

words!(Capability {
    Read = "read",
    Write = "write",
    Manage = "manage",
    RelayWrite = "relay:write",
    ReportCreate = "report:create",
});

/// A set of capabilities. Written as words with spaces between, as OAuth 2 writes scopes (RFC 6749 §3.3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct Capabilities(BTreeSet<Capability>);

impl Capabilities {
    /// Everything that one may do oneself: what a person gets who signs in. What a bridge does for others is not among
    /// it, so that nobody who signs in can make such a token.
    pub fn all() -> Self {
        [Capability::Read, Capability::Write, Capability::Manage]
            .into_iter()
            .collect()
    }

    /// Returns whether `capability` is among them.
    pub fn has(&self, capability: Capability) -> bool {
        self.0.contains(&capability)
    }

    /// Returns whether every one of these is among `others`.
    pub fn is_within(&self, others: &Self) -> bool {
        self.0.is_subset(&others.0)
    }

    /// Returns the first of these that is not among `others`.
    pub fn first_beyond(&self, others: &Self) -> Option<Capability> {
        self.0.difference(&others.0).next().copied()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl fmt::Display for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, capability) in self.0.iter().enumerate() {
            write!(f, "{}{capability}", if at == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl From<Capabilities> for String {
    fn from(capabilities: Capabilities) -> Self {
        capabilities.to_string()
    }
}

impl FromStr for Capabilities {
    type Err = crate::words::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace().map(str::parse).collect()
    }
}

impl TryFrom<String> for Capabilities {
    type Error = crate::words::UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Who acts, with everything about them that rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular.
    SignedOut,
    /// A member, by a token.
    Member {
        /// Who.
        id: MemberId,
        /// What kind of account.
        kind: MemberKind,
        /// Their duties.
        roles: BTreeSet<Role>,
        /// Their groups.
        groups: BTreeSet<GroupId>,
        /// How far they are trusted, 0 to 4.
        trust_level: u8,
        /// What the token may be used for.
        capabilities: Capabilities,
        /// When the token ends by itself, if it does.
        token_ends_at: Option<Timestamp>,
        /// How they act here, when a bridge acts for them.
        relayed: Option<Relayed>,
    },
    /// Whoever runs commands on the server's machine: may configure, cannot write in anybody's name.
    Operator,
}

impl Actor {
    /// Returns the member who acts, when one does.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            Self::SignedOut | Self::Operator => None,
        }
    }

    /// Returns whether they are owner, administrator or moderator.
    pub fn is_staff(&self) -> bool {
        self.holds(&[Role::Owner, Role::Administrator, Role::Moderator])
    }

    /// Returns whether they configure the space.
    pub fn is_administrator(&self) -> bool {
        matches!(self, Self::Operator) || self.holds(&[Role::Owner, Role::Administrator])
    }

    /// Returns whether they own the space, or the machine that it is on.
    pub fn is_owner(&self) -> bool {
        matches!(self, Self::Operator) || self.holds(&[Role::Owner])
    }

    /// Returns whether they are in a group.
    pub fn is_in(&self, group: GroupId) -> bool {
        matches!(self, Self::Member { groups, .. } if groups.contains(&group))
    }

    /// Returns how they act here, when a bridge acts for them.
    pub fn relayed(&self) -> Option<Relayed> {
        match self {
            Self::Member { relayed, .. } => *relayed,
            Self::SignedOut | Self::Operator => None,
        }
    }

    /// Refuses who comes through a bridge and has not accepted the code of conduct.
    pub(super) fn has_accepted(&self) -> Result<(), Denial> {
        match self.relayed() {
            Some(relayed) if !relayed.has_accepted => Err(Denial::CodeNotAccepted),
            _ => Ok(()),
        }
    }

    fn holds(&self, any: &[Role]) -> bool {
        matches!(self, Self::Member { roles, .. } if any.iter().any(|role| roles.contains(role)))
    }

    /// Refuses unless somebody is signed in with a token for `capability`.
    pub(super) fn needs(&self, capability: Capability) -> Result<(), Denial> {
        match self {
            Self::SignedOut => Err(Denial::SignedOut),
            Self::Operator => Ok(()),
            Self::Member { capabilities, .. } if capabilities.has(capability) => Ok(()),
            Self::Member { relayed, .. } => Err(Denial::TokenTooNarrow {
                needs: match capability {
                    // What the bridge's token would have to have.
                    Capability::Write if relayed.is_some() => Capability::RelayWrite,
                    other => other,
                },
            }),
        }
    }
}
