// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in, and tokens: who may make which, how strong, until when, and how many.

use super::{Action, Actor, Capabilities, Capability, Denial, ManageTokens};
use crate::id::MemberId;
use crate::member::MemberKind;
use crate::time::Timestamp;

/// Tokens that a member has at most, besides those of signing in: more than anybody keeps an eye on.
pub const TOKENS_OF_A_MEMBER: usize = 100;

/// Log-ins that a member has at most. The oldest ends when another begins: a bound that refused would let a stolen
/// password keep its owner out.
pub const LOG_INS_OF_A_MEMBER: usize = 50;

/// Signing in, after the password was found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// As whom.
    pub of: MemberId,
}

impl Action for SignIn {
    /// Whether the account is blocked.
    type Context = bool;

    fn rule(&self, actor: &Actor, is_blocked: &bool) -> Result<(), Denial> {
        if actor.member() != Some(self.of) {
            return Err(Denial::NotFound);
        }
        if *is_blocked {
            return Err(Denial::AccountBlocked);
        }
        ManageTokens { of: self.of }.rule(actor, &())
    }
}

/// The facts about a member's tokens that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenContext {
    /// Whether the account is blocked.
    pub is_blocked: bool,
    /// How many tokens they have that count against [`TOKENS_OF_A_MEMBER`].
    pub held: usize,
}

/// Making a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeToken {
    /// For whom.
    pub of: MemberId,
    /// What it may be used for.
    pub capabilities: Capabilities,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
}

impl Action for MakeToken {
    type Context = TokenContext;

    fn rule(&self, actor: &Actor, context: &TokenContext) -> Result<(), Denial> {
        ManageTokens { of: self.of }.rule(actor, &())?;
        if context.is_blocked {
            return Err(Denial::AccountBlocked);
        }
        if let Actor::Member {
            capabilities,
            token_ends_at,
            ..
        } = actor
        {
            if let Some(needs) = self.capabilities.first_beyond(capabilities) {
                return Err(Denial::TokenTooNarrow { needs });
            }
            // Whoever has a token for a while cannot make it last.
            if let Some(own) = token_ends_at
                && self.ends_at.is_none_or(|end| end > *own)
            {
                return Err(Denial::TokenTooLong);
            }
        }
        if context.held >= TOKENS_OF_A_MEMBER {
            return Err(Denial::TooManyTokens);
        }
        Ok(())
    }
}

/// Choosing another password for oneself, with the present one at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangePassword {
    /// Whose password.
    pub of: MemberId,
}

impl Action for ChangePassword {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        actor.needs(Capability::Manage)?;
        match actor {
            Actor::Member {
                id,
                kind: MemberKind::Person,
                relayed: None,
                ..
            } if *id == self.of => Ok(()),
            _ => Err(Denial::NotFound),
        }
    }
}
