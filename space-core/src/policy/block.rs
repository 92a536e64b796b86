// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Blocking an account: nobody acts as it any more, here or through a bridge.

use super::{Action, Actor, Denial, ManageMembers};
use crate::id::MemberId;

/// The facts about an account that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountContext {
    /// Whether it holds the role of an owner.
    pub is_owner: bool,
    /// Whether no other owner could sign in.
    pub is_only_owner: bool,
}

/// Blocking an account, or taking the block away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockMember {
    /// Whose account.
    pub member: MemberId,
    /// Whether it is blocked afterwards.
    pub block: bool,
    /// Whether that nobody owns the space then is known, and meant.
    pub even_the_only_owner: bool,
}

impl Action for BlockMember {
    type Context = AccountContext;

    fn rule(&self, actor: &Actor, context: &AccountContext) -> Result<(), Denial> {
        ManageMembers.rule(actor, &())?;
        if actor.member() == Some(self.member) {
            return Err(Denial::OwnAccount);
        }
        if context.is_owner && !actor.is_owner() {
            return Err(Denial::NotOwner);
        }
        if self.block && context.is_only_owner && !self.even_the_only_owner {
            return Err(Denial::OnlyOwner);
        }
        Ok(())
    }
}
