// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cases: all reports on one thing, for those who decide about it.
//!
//! Nothing in here says who reported. That is kept apart, in no feed, no answer and no count.

use serde::{Deserialize, Serialize};

use crate::id::{CaseId, PostId, TopicId};
use crate::member::Member;
use crate::post::Hiding;
use crate::text::{Clause, Comment, NetworkName, RemoteId};
use crate::time::Timestamp;
use crate::topic::is_false;
use crate::words::words;

/// Why somebody reports a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// They want to talk to its author. This makes no case: moderators have nothing to do with it.
    Talk,
    /// It does not belong where it is.
    OffTopic,
    /// It offends, abuses, or breaks the code of conduct.
    Inappropriate,
    /// It is an advertisement or vandalism.
    Spam,
    /// It is against the law; needs a comment.
    Illegal,
    /// Something else; needs a comment.
    Other,
}

words!(ReportReason {
    Talk = "talk",
    OffTopic = "off_topic",
    Inappropriate = "inappropriate",
    Spam = "spam",
    Illegal = "illegal",
    Other = "other",
});

impl ReportReason {
    /// Returns whether moderators could not know what is meant without words.
    pub fn needs_comment(self) -> bool {
        matches!(self, Self::Illegal | Self::Other)
    }
}

/// How far a case has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Nobody has decided yet.
    #[default]
    Open,
    /// Somebody has decided.
    Decided,
}

words!(CaseState { Open = "open", Decided = "decided" });

/// What was decided about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The reports are right.
    Agree,
    /// They are wrong: the post may stay.
    Disagree,
    /// There is nothing to do about it.
    Ignore,
}

words!(Outcome { Agree = "agree", Disagree = "disagree", Ignore = "ignore" });

/// All reports on one post: `GET /v1/cases/ID`, staff alone, never the author of the post, and those who reported it only
/// where no other moderator could decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// The case's id.
    pub id: CaseId,
    /// How far it has come.
    pub state: CaseState,
    /// The post that was reported.
    pub post: PostId,
    /// The topic it is in.
    pub topic: TopicId,
    /// The title of the topic.
    pub title: String,
    /// Its place in the topic.
    pub number: i64,
    /// Who wrote it.
    pub author: Member,
    /// Where its author comes from, when a bridge brought the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_from: Option<CameFrom>,
    /// Whether the post is hidden now.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_hidden: bool,
    /// Whether the post was removed meanwhile.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_gone: bool,
    /// What was reported, as it read then; more than one when it was edited and reported again. Oldest first.
    pub evidence: Vec<Evidence>,
    /// The reports, oldest first.
    pub reports: Vec<Report>,
    /// When it was reported first.
    pub opened_at: Timestamp,
    /// What was decided, once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What was decided before that and corrected since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Decision>,
    /// When the post was hidden and shown again, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidings: Vec<Hiding>,
    /// Whether the reader is among those who reported: they see it only where no other moderator could decide.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_reporter: bool,
    /// Rises with every change; a decision names the revision that it was made from.
    pub revision: i64,
}

/// Who somebody is on their own network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CameFrom {
    /// The network.
    pub network: NetworkName,
    /// What identifies them there.
    pub remote: RemoteId,
}

/// What a post said when it was reported. An edit, a removal or a hiding leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The revision of the post.
    pub revision: i64,
    /// What it said.
    pub source: String,
    /// When this was taken down.
    pub taken_at: Timestamp,
    /// SHA-256 of post, revision, time and text, as [`stamped`](Evidence::stamped) writes them, in hexadecimal digits: a
    /// change of one shows in the other.
    pub sha256: String,
}

impl Evidence {
    /// Returns the bytes that are hashed: the post, its revision, when they were taken down, and what it said.
    pub fn stamped(post: PostId, revision: i64, taken_at: Timestamp, source: &str) -> Vec<u8> {
        format!(
            "post {post}\nrevision {revision}\ntaken {}\n\n{source}",
            taken_at.millis()
        )
        .into_bytes()
    }
}

/// One report, without who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// The name of the reporter within this case, and no other: `reporter 2`.
    pub alias: String,
    /// Why.
    pub reason: ReportReason,
    /// What they say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Comment>,
    /// The network that it came through, when it came through a bridge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkName>,
    /// The revision of the post that they read.
    pub revision: i64,
    /// When it came in.
    pub created_at: Timestamp,
    /// When it was written, if that was earlier, offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
}

/// What was decided about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// Who decided.
    pub by: crate::MemberId,
    /// When.
    pub decided_at: Timestamp,
    /// The clause of the code of conduct that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Comment>,
}
