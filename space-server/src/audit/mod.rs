// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The audit log: acts that need answering for, in the order of their commits, each with a hash over itself and the entry
//! before. A changed, removed or inserted entry breaks the chain from there on.
//!
//! An entry names accounts and things by their ids and holds no secret, no text of a post and nothing of reports. The
//! address that a request came from is kept beside the chain, which has a hash of it: it is forgotten after a while, and
//! what remains can still be verified.

pub(crate) mod chain;
mod tries;

use std::fmt;
use std::net::IpAddr;

use serde::Serialize;
use serde_json::Value;
use space_core::policy::Actor;
use space_core::{CaseId, CategoryId, MemberId, PostId, Timestamp, TopicId};

pub use chain::ChainError;
pub(crate) use tries::{Tried, Tries};

macro_rules! acts {
    ($($name:ident = $word:literal,)*) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Act {
            $($name,)*
        }

        impl Act {
            /// Returns the word by which it stands in the log.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }

        /// The words of all acts, for help and completion.
        pub(crate) const ACTS: &[&str] = &[$($word,)*];
    };
}

acts! {
    LogInDone = "login.done",
    LogInFailed = "login.failed",
    LogInRefused = "login.refused",
    DeviceAllowed = "device.allowed",
    DeviceDenied = "device.denied",
    TokenMade = "token.made",
    TokenRevoked = "token.revoked",
    PasswordChanged = "password.changed",
    MemberMade = "member.made",
    MemberBlocked = "member.blocked",
    MemberUnblocked = "member.unblocked",
    RoleGiven = "role.given",
    RoleTaken = "role.taken",
    GroupJoined = "group.joined",
    GroupLeft = "group.left",
    AccessChanged = "access.changed",
    CategoryEdited = "category.edited",
    PostHidden = "post.hidden",
    PostRestored = "post.restored",
    PostEdited = "post.edited",
    PostDeleted = "post.deleted",
    PostPurged = "post.purged",
    TopicEdited = "topic.edited",
    CaseDecided = "case.decided",
    CaseCorrected = "case.corrected",
}

/// Where a request came from. Chance stands beside the address, so that nobody finds a forgotten one by its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) address: IpAddr,
    pub(crate) chance: u64,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:016x}", self.address, self.chance)
    }
}

/// What an act was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Member(MemberId),
    Post(PostId),
    Topic(TopicId),
    Category(CategoryId),
    Case(CaseId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(id) => write!(f, "member:{id}"),
            Self::Post(id) => write!(f, "post:{id}"),
            Self::Topic(id) => write!(f, "topic:{id}"),
            Self::Category(id) => write!(f, "category:{id}"),
            Self::Case(id) => write!(f, "case:{id}"),
        }
    }
}

/// An act that is to be written down.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) act: Act,
    pub(crate) actor: String,
    pub(crate) subject: Option<Subject>,
    pub(crate) detail: Value,
    pub(crate) source: Option<Source>,
}

/// Returns how an actor stands in the log.
pub(crate) fn actor_word(actor: &Actor) -> String {
    match actor {
        Actor::SignedOut => "nobody".to_owned(),
        Actor::Operator => "operator".to_owned(),
        Actor::Member { id, .. } => format!("member:{id}"),
    }
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// Its number; the first is 1, and none is left out.
    pub number: i64,
    /// When it was done.
    pub at: Timestamp,
    /// What was done, as a word: `token.revoked`.
    pub event: String,
    /// Who did it: `member:1001`, `operator` or `nobody`.
    pub actor: String,
    /// To what it was done: `member:1002`, `post:1017`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What else there is to know, as a JSON object in the very bytes that were hashed.
    pub detail: String,
    /// The address it came from and some chance beside it, unless that is forgotten or was never known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// SHA-256 of the source, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_hash: Option<String>,
    /// SHA-256 of the entry and of the hash before it, in hexadecimal digits.
    pub hash: String,
}

impl AuditEntry {
    /// Returns the address it came from.
    pub fn address(&self) -> Option<&str> {
        self.source.as_deref()?.split(' ').next()
    }

    /// Tells the log of the process, which may be kept on another machine: there the hash is a witness.
    pub(crate) fn tell(&self) {
        let Self {
            number,
            event,
            actor,
            detail,
            hash,
            ..
        } = self;
        let subject = self.subject.as_deref().unwrap_or("-");
        let address = self.address().unwrap_or("-");
        tracing::info!(
            target: "security",
            {
                audit.number = number,
                audit.hash = hash.as_str(),
                event = event.as_str(),
                actor = actor.as_str(),
                subject,
                address,
                detail = detail.as_str()
            },
            "{event} by {actor}"
        );
    }
}
