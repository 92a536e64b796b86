// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Visitors, the code of conduct, reports, and what moderators do.

use serde::{Deserialize, Serialize};

use crate::case::{Case, Outcome, ReportReason};
use crate::id::{CaseId, PostId};
use crate::language::Language;
use crate::post::Hiding;
use crate::text::{Clause, Comment, DisplayName, NetworkName, RemoteId};
use crate::time::Timestamp;

/// Finds the account of somebody from another network, or makes one: `PUT /v1/visitors`. Answers a
/// [`Visitor`](crate::Visitor).
///
/// Nobody learns of a new visitor before their first post, and of another name before their next one. A network belongs to one
/// bridge, the first that brings somebody from it unless the server's operator says otherwise; to others the answer is
/// `other_network`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetVisitor {
    /// The network.
    pub network: NetworkName,
    /// What identifies them there, for as long as they are themselves. Nobody but staff is shown it.
    pub remote: RemoteId,
    /// What they call themselves there.
    pub name: DisplayName,
}

/// Accepts the code of conduct: `POST /v1/me/acceptance`, answers the [`Code`](crate::Code); or, by a bridge,
/// `POST /v1/visitors/ID/acceptance`, answers the [`Visitor`](crate::Visitor).
///
/// Another version than the one in force is a `conflict`: it has to be read first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptCode {
    /// Which version was read.
    pub version: i64,
    /// The language it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// Reports a post in confidence: `POST /v1/posts/ID/report`. Answers a [`ReportReceipt`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateReport {
    /// Why.
    pub reason: ReportReason,
    /// What to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
    /// When it was written, if earlier than it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
}

/// When a post was hidden and shown again: `GET /v1/posts/ID/hidings`, staff alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hidings {
    /// Each time, oldest first.
    pub hidings: Vec<Hiding>,
}

/// A report has arrived. It has no number: numbers move, and would tell others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportReceipt {
    /// What was reported.
    pub post: PostId,
    /// Why.
    pub reason: ReportReason,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// Hides a post: `POST /v1/posts/ID/hide`. Answers the [`Post`](crate::Post), which has no text any more; when the code of
/// conduct in force has no such clause, a problem `no_such_clause`.
///
/// `POST /v1/posts/ID/restore`, without a body, shows it again as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HidePost {
    /// The clause of the code of conduct that it breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// What other moderators should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Comment>,
}

/// Decides a case: `POST /v1/cases/ID/decision`. Answers the [`Case`]; when somebody else decided first, a problem
/// `conflict`; when the code of conduct in force has no such clause, a problem `no_such_clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideCase {
    /// The revision that was looked at.
    pub revision: i64,
    /// What was decided.
    pub outcome: Outcome,
    /// The clause of the code of conduct that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Comment>,
    /// Whether the post is hidden with the same stroke; goes with `agree`.
    #[serde(default, skip_serializing_if = "crate::topic::is_false")]
    pub hide: bool,
    /// Whether a hidden post stays hidden; goes with `disagree`, which shows it again otherwise.
    #[serde(default, skip_serializing_if = "crate::topic::is_false")]
    pub keep_hidden: bool,
    /// Whether this corrects a decision. The earlier one stays in the case.
    #[serde(default, skip_serializing_if = "crate::topic::is_false")]
    pub correct: bool,
}

/// A page of cases: `GET /v1/cases?state=open&after=ID&limit=N`, staff alone. What has waited longest comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CasePage {
    /// The cases. None is about a post of the reader's own.
    pub cases: Vec<Case>,
    /// How many cases that the reader may decide are open. Servers before this field leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<u64>,
    /// Give this as `after` to read on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CaseId>,
}
