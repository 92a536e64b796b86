// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens: make one, revoke one.

use space_core::policy::{self, Actor, Capabilities, Capability, Denial, ManageTokens};
use space_core::text::Label;
use space_core::{MemberId, Timestamp, TokenId};

use crate::store::{member, token};
use crate::writer::{Command, Deed, Failure, Refusal, Tx};

/// Making a token. Its secret never comes here, only the hash.
#[derive(Debug, Clone)]
pub(crate) struct CreateToken {
    pub(crate) of: MemberId,
    pub(crate) hash: [u8; 32],
    pub(crate) label: Label,
    pub(crate) capabilities: Capabilities,
    pub(crate) expires_at: Option<Timestamp>,
}

impl CreateToken {
    /// Makes it, when policy lets the actor.
    pub(super) async fn make(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<TokenId, Failure> {
        let permit = policy::decide(actor, ManageTokens { of: self.of }, &())?;
        if self.capabilities.is_empty() {
            return Err(Refusal::Invalid {
                why: "a token needs at least one capability".to_owned(),
            }
            .into());
        }
        if self.expires_at.is_some_and(|end| end <= tx.now()) {
            return Err(Refusal::Invalid {
                why: "the end of the token is in the past".to_owned(),
            }
            .into());
        }
        if let Actor::Member { capabilities, .. } = actor
            && !self.capabilities.is_within(capabilities)
        {
            return Err(Denial::TokenTooNarrow {
                needs: Capability::Manage,
            }
            .into());
        }
        member::by_id(tx.x(), self.of)
            .await?
            .ok_or(Denial::NotFound)?;
        let listed = token::Listed {
            id: tx.next_aside(TokenId::new)?,
            label: self.label.clone(),
            capabilities: self.capabilities.clone(),
            created_at: tx.now(),
            expires_at: self.expires_at,
        };
        token::insert(tx, &permit, &listed, &self.hash).await?;
        Ok(listed.id)
    }
}

impl Deed for CreateToken {
    type Reply = TokenId;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, TokenId), Failure> {
        let id = self.make(tx, actor).await?;
        Ok((id.get(), id))
    }

    /// A token is shown once: repeating cannot show it again.
    async fn again<'t>(
        &'t self,
        _: &'t mut Tx<'_>,
        _: &'t Actor,
        _: i64,
    ) -> Result<TokenId, Failure> {
        Err(Refusal::KeyReused.into())
    }
}

/// Signing in, after the password was found right: makes a token unless the password has changed meanwhile.
#[derive(Debug, Clone)]
pub(crate) struct SignIn {
    pub(crate) token: CreateToken,
    pub(crate) name: space_core::text::MemberName,
    pub(crate) checked_hash: String,
}

impl Command for SignIn {
    type Reply = space_core::Member;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<space_core::Member, Failure> {
        let now = member::password(tx.x(), &self.name).await?;
        if now != Some((self.token.of, Some(self.checked_hash.clone()))) {
            return Err(Refusal::BadToken.into());
        }
        // The right password makes tokens as the member, with everything they may.
        let actor = crate::store::actor::member(tx.x(), self.token.of, Capabilities::all()).await?;
        self.token.make(tx, &actor.ok_or(Denial::NotFound)?).await?;
        Ok(member::by_id(tx.x(), self.token.of)
            .await?
            .ok_or(Denial::NotFound)?)
    }
}

/// Revoking a token of one's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RevokeToken {
    pub(crate) of: MemberId,
    pub(crate) id: TokenId,
}

impl Deed for RevokeToken {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let permit = policy::decide(actor, ManageTokens { of: self.of }, &())?;
        let there = token::of_member(tx.x(), self.of)
            .await?
            .iter()
            .any(|token| token.id == self.id);
        if !there {
            return Err(Denial::NotFound.into());
        }
        token::delete(tx, &permit, self.id).await?;
        // Streams that were opened with it look again, and end.
        tx.wake(space_core::Scope::Member(self.of));
        Ok((self.id.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
