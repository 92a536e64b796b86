// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reports, cases, and hiding what does not belong.

use std::time::Duration;

use super::{Action, Actor, Capability, Denial, Pace, PostContext, may_read};
use crate::case::{CaseState, Outcome, ReportReason};
use crate::id::{CaseId, MemberId, PostId};
use crate::time::Timestamp;

/// How long after a decision the same thing may be reported again.
const AGAIN_AFTER: Duration = Duration::from_hours(24);

/// The last report of the same person on the same post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierReport {
    /// When it came in.
    pub reported_at: Timestamp,
    /// When its case was decided, if it is.
    pub decided_at: Option<Timestamp>,
}

/// The facts about a report that its rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportContext {
    /// The post.
    pub post: PostContext,
    /// When the post was last edited.
    pub edited_at: Option<Timestamp>,
    /// Their last report on it.
    pub earlier: Option<EarlierReport>,
    /// Whether some moderator besides the author of the post can sign in.
    pub has_moderator: bool,
    /// What they reported lately, and how fast it may go on.
    pub pace: Pace,
}

/// Reporting a post in confidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPost {
    /// Which post.
    pub post: PostId,
    /// Why.
    pub reason: ReportReason,
    /// Whether they say something about it.
    pub has_comment: bool,
}

impl Action for ReportPost {
    type Context = ReportContext;

    fn rule(&self, actor: &Actor, context: &ReportContext) -> Result<(), Denial> {
        may_read(actor, &context.post.topic.access)?;
        let Actor::Member { id, relayed, .. } = actor else {
            return Err(Denial::SignedOut);
        };
        actor.needs(match relayed {
            Some(_) => Capability::ReportCreate,
            None => Capability::Write,
        })?;
        if context.post.author == *id {
            return Err(Denial::OwnPost);
        }
        if context.post.is_hidden {
            return Err(Denial::PostHidden);
        }
        if self.reason == ReportReason::Talk {
            return Err(Denial::TalkIsNoReport);
        }
        if self.reason.needs_comment() && !self.has_comment {
            return Err(Denial::CommentNeeded);
        }
        if let Some(earlier) = context.earlier {
            let was_edited = context
                .edited_at
                .is_some_and(|edited| edited > earlier.reported_at);
            let was_settled = earlier
                .decided_at
                .is_some_and(|decided| context.pace.now.since(decided) >= AGAIN_AFTER);
            if !was_edited && !was_settled {
                return Err(Denial::AlreadyReported);
            }
        }
        // The truth before it is filed: a report that nobody reads is worse than none (M3.10).
        if !context.has_moderator {
            return Err(Denial::NoModerator);
        }
        context.pace.report(actor)
    }
}

/// Reading cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeeCases;

impl Action for SeeCases {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        // A token that only reads does not open what was told in confidence.
        actor.needs(Capability::Manage)?;
        if actor.is_staff() {
            Ok(())
        } else {
            Err(Denial::NotStaff)
        }
    }
}

/// The facts about a case that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseContext {
    /// Who wrote what was reported.
    pub author: MemberId,
    /// Whether the reader is among those who reported it.
    pub has_reported: bool,
    /// Whether some other moderator, who is not party to it, can sign in.
    pub has_other: bool,
    /// How far it has come.
    pub state: CaseState,
}

/// Reading one case. To those who are party to it - who wrote what was reported, or reported it - it does not exist, whatever
/// their duty (M3.1); but a moderator who reported decides where nobody else could, rather than nobody at all (M3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeeCase {
    /// Which case.
    pub case: CaseId,
}

impl Action for SeeCase {
    type Context = CaseContext;

    fn rule(&self, actor: &Actor, context: &CaseContext) -> Result<(), Denial> {
        SeeCases.rule(actor, &())?;
        let is_party = context.has_reported && context.has_other;
        if actor.member() == Some(context.author) || is_party {
            Err(Denial::NotFound)
        } else {
            Ok(())
        }
    }
}

/// Deciding a case, or correcting what was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecideCase {
    /// Which case.
    pub case: CaseId,
    /// Whether an earlier decision is corrected.
    pub correct: bool,
}

impl Action for DecideCase {
    type Context = CaseContext;

    fn rule(&self, actor: &Actor, context: &CaseContext) -> Result<(), Denial> {
        SeeCase { case: self.case }.rule(actor, context)?;
        match (context.state, self.correct) {
            (CaseState::Open, false) | (CaseState::Decided, true) => Ok(()),
            (CaseState::Decided, false) => Err(Denial::CaseDecided),
            (CaseState::Open, true) => Err(Denial::CaseOpen),
        }
    }
}

/// What a decision finds of a post that is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenFacts {
    /// What the decision says that is corrected, if one is.
    pub corrects: Option<Outcome>,
    /// Whether another case than the one that is decided had it hidden.
    pub by_other_case: bool,
}

impl HiddenFacts {
    /// Says whether a decision shows the post again. Disagreeing does (M3.2); a correction only when it changes what was
    /// decided, and never what another case decided.
    pub fn shows_again(self, outcome: Outcome) -> bool {
        outcome == Outcome::Disagree
            && self
                .corrects
                .is_none_or(|before| before != Outcome::Disagree && !self.by_other_case)
    }
}

/// Hiding a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HidePost {
    /// Which post.
    pub post: PostId,
}

impl Action for HidePost {
    type Context = PostContext;

    fn rule(&self, actor: &Actor, context: &PostContext) -> Result<(), Denial> {
        moderates(actor, context)?;
        if context.is_hidden {
            Err(Denial::PostHidden)
        } else {
            Ok(())
        }
    }
}

/// Showing a hidden post again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestorePost {
    /// Which post.
    pub post: PostId,
}

impl Action for RestorePost {
    type Context = PostContext;

    fn rule(&self, actor: &Actor, context: &PostContext) -> Result<(), Denial> {
        moderates(actor, context)?;
        if context.is_hidden {
            Ok(())
        } else {
            Err(Denial::NotHidden)
        }
    }
}

/// Reading what a hidden post says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadHidden {
    /// Which post.
    pub post: PostId,
}

impl Action for ReadHidden {
    type Context = PostContext;

    fn rule(&self, actor: &Actor, context: &PostContext) -> Result<(), Denial> {
        RestorePost { post: self.post }.rule(actor, context)
    }
}

/// Reading when a post was hidden and shown again, by whom and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeeHidings {
    /// Which post.
    pub post: PostId,
}

impl Action for SeeHidings {
    type Context = PostContext;

    fn rule(&self, actor: &Actor, context: &PostContext) -> Result<(), Denial> {
        moderates(actor, context)
    }
}

/// Refuses whoever is not staff, and staff about their own posts: somebody else has to decide about those.
///
/// An archived topic is no obstacle: what breaks the code of conduct does so there, too.
fn moderates(actor: &Actor, context: &PostContext) -> Result<(), Denial> {
    may_read(actor, &context.topic.access)?;
    actor.needs(Capability::Write)?;
    if !actor.is_staff() {
        return Err(Denial::NotStaff);
    }
    if actor.member() == Some(context.author) {
        return Err(Denial::OwnPost);
    }
    Ok(())
}
