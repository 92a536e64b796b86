// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who may do what: pure functions, one place.
//!
//! The server decides inside the transaction that writes, and the store takes the resulting [`Permit`];
//! a handler cannot forget the check, because without a permit there is nothing to call.

mod action;
mod actor;
mod block;
mod denial;
mod moderation;
mod pace;
mod read;
mod relay;
mod tags;
mod token;

pub use action::{
    CatchUp, CloseTopic, DeletePost, EditContext, EditPost, EditTopic, ManageCategories,
    ManageGroups, ManageMembers, ManageTokens, MarkRead, PostContext, PurgePosts, PutBookmark,
    RemoveBookmark, Reply, ReplyContext, RunImport, StartContext, StartTopic, TopicContext,
};
pub use actor::{Actor, Capabilities, Capability};
pub use block::{AccountContext, BlockMember};
pub use denial::Denial;
pub use moderation::{
    CaseContext, DecideCase, EarlierReport, HiddenFacts, HidePost, ReadHidden, ReportContext,
    ReportPost, RestorePost, SeeCase, SeeCases, SeeHidings,
};
pub use pace::{Crowd, CrowdAct, Limits, Pace};
pub use read::{knows_hidden_author, level, may_read, scopes};
pub use relay::{
    AcceptCode, AssignNetwork, BringFromNetwork, MakeVisitor, MeetVisitors, Relayed, VisitorFacts,
    act_for,
};
pub use tags::{TAG_LENGTH, TAGS_OF_A_TOPIC};
pub use token::{
    ChangePassword, LOG_INS_OF_A_MEMBER, MakeToken, SignIn, TOKENS_OF_A_MEMBER, TokenContext,
};

/// Something that somebody wants to do, and the rule for it.
pub trait Action: Sized {
    /// The facts that the rule looks at, loaded in the same transaction.
    type Context;

    /// Says whether `actor` may do this.
    fn rule(&self, actor: &Actor, context: &Self::Context) -> Result<(), Denial>;
}

/// Proof that an action was allowed. Only [`decide`] makes one; it names who may do what to which thing.
#[derive(Debug)]
#[must_use]
pub struct Permit<A> {
    action: A,
    actor: Option<crate::MemberId>,
}

impl<A> Permit<A> {
    /// Returns what was allowed, with its target.
    pub fn action(&self) -> &A {
        &self.action
    }

    /// Returns the member it was allowed to; nobody when the operator acts on the machine itself.
    pub fn actor(&self) -> Option<crate::MemberId> {
        self.actor
    }
}

/// Decides whether `actor` may do `action`.
pub fn decide<A: Action>(
    actor: &Actor,
    action: A,
    context: &A::Context,
) -> Result<Permit<A>, Denial> {
    action.rule(actor, context)?;
    Ok(Permit {
        action,
        actor: actor.member(),
    })
}

#[cfg(test)]
mod tests;
