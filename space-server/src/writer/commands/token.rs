// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens: make one, sign in, revoke one.

use std::time::Duration;

use serde_json::json;
use space_core::policy::{
    self, Actor, Capabilities, Denial, LOG_INS_OF_A_MEMBER, MakeToken, ManageTokens, Permit,
    TokenContext,
};
use space_core::text::Label;
use space_core::{MemberId, Scope, Timestamp, TokenId};

use crate::audit::{Act, Source, Subject};
use crate::store::{actor, block, member, network, token};
use crate::writer::{Command, Deed, Failure, Refusal, Tx};

/// When a token ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Never.
    Never,
    /// At a moment.
    At(Timestamp),
    /// After a while, or with the token it is made with when that ends earlier.
    After(Duration),
}

impl Ends {
    fn moment(self, actor: &Actor, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::At(moment) => Some(moment),
            Self::After(life) => {
                let end = now.plus(life);
                Some(match actor {
                    Actor::Member {
                        token_ends_at: Some(own),
                        ..
                    } => end.min(*own),
                    _ => end,
                })
            }
        }
    }
}

/// Making a token. Its secret never comes here, only the hash.
#[derive(Debug, Clone)]
pub(crate) struct CreateToken {
    pub(crate) of: MemberId,
    pub(crate) hash: [u8; 32],
    pub(crate) label: Label,
    pub(crate) capabilities: Capabilities,
    pub(crate) ends: Ends,
}

impl CreateToken {
    /// Makes it, when policy lets the actor; by signing in, it counts as a log-in.
    async fn make(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        is_log_in: bool,
    ) -> Result<token::Listed, Failure> {
        let now = tx.now();
        let ends_at = self.ends.moment(actor, now);
        let held = token::of_member(tx.x(), self.of).await?;
        let counted = |token: &&token::Listed| {
            token.is_log_in == is_log_in && token.expires_at.is_none_or(|end| end > now)
        };
        let held: Vec<TokenId> = held.iter().filter(counted).map(|token| token.id).collect();
        let action = MakeToken {
            of: self.of,
            capabilities: self.capabilities.clone(),
            ends_at,
        };
        let context = TokenContext {
            is_blocked: block::is_blocked(tx.x(), self.of).await?,
            held: if is_log_in { 0 } else { held.len() },
        };
        let permit = policy::decide(actor, action, &context)?;
        let why = if self.capabilities.is_empty() {
            Some("a token needs at least one capability")
        } else if ends_at.is_some_and(|end| end <= now) {
            Some("a token cannot end in the past")
        } else {
            None
        };
        if let Some(why) = why {
            let why = why.to_owned();
            return Err(Refusal::Invalid { why }.into());
        }
        member::by_id(tx.x(), self.of)
            .await?
            .ok_or(Denial::NotFound)?;
        if is_log_in && held.len() >= LOG_INS_OF_A_MEMBER {
            let permit = policy::decide(actor, ManageTokens { of: self.of }, &())?;
            let most = LOG_INS_OF_A_MEMBER - 1;
            // They are listed oldest first.
            for oldest in &held[..held.len() - most] {
                revoke(tx, actor, &permit, *oldest).await?;
            }
        }
        let listed = token::Listed {
            id: tx.next_aside(TokenId::new)?,
            label: self.label.clone(),
            capabilities: self.capabilities.clone(),
            created_at: now,
            expires_at: ends_at,
            is_log_in,
        };
        token::insert(tx, &permit, &listed, &self.hash).await?;
        Ok(listed)
    }

    /// Makes it for somebody who signs in: by a password on a form, or through a program that waits for it.
    pub(super) async fn sign_in(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        way: &'static str,
        source: Option<Source>,
    ) -> Result<(), Failure> {
        let made = self.make(tx, actor, true).await?;
        let detail = json!({"way": way, "token": made.id, "ends_at": made.expires_at});
        let who = crate::audit::actor_word(actor);
        let of = Some(Subject::Member(self.of));
        tx.audit_as(Act::LogInDone, who, of, detail, source);
        Ok(())
    }
}

/// Ends a token, with the streams that were opened with it.
async fn revoke(
    tx: &mut Tx<'_>,
    actor: &Actor,
    permit: &Permit<ManageTokens>,
    id: TokenId,
) -> Result<(), Failure> {
    let of = permit.action().of;
    token::delete(tx, permit, id).await?;
    tx.lose_rights(Scope::Member(of));
    let detail = json!({ "token": id });
    tx.audit(Act::TokenRevoked, actor, Subject::Member(of), detail);
    Ok(())
}

impl Deed for CreateToken {
    type Reply = TokenId;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, TokenId), Failure> {
        let made = self.make(tx, actor, false).await?;
        let detail =
            json!({"token": made.id, "may": made.capabilities, "ends_at": made.expires_at});
        tx.audit(Act::TokenMade, actor, Subject::Member(self.of), detail);
        Ok((made.id.get(), made.id))
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
    /// From where, and the network that is known from then on.
    pub(crate) source: Source,
    pub(crate) network: String,
}

impl Command for SignIn {
    type Reply = space_core::Member;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<space_core::Member, Failure> {
        let now = member::password(tx.x(), &self.name).await?;
        if now != Some((self.token.of, Some(self.checked_hash.clone()))) {
            return Err(Refusal::BadToken.into());
        }
        // The right password makes tokens as the member, with everything they may.
        let (actor, permit) = as_member(tx, self.token.of).await?;
        let source = Some(self.source);
        self.token.sign_in(tx, &actor, "password", source).await?;
        network::know(tx, &permit, &self.network).await?;
        Ok(member::by_id(tx.x(), self.token.of)
            .await?
            .ok_or(Denial::NotFound)?)
    }
}

/// Whoever was found to have the password acts as the member, if policy lets them in.
pub(super) async fn as_member(
    tx: &mut Tx<'_>,
    of: MemberId,
) -> Result<(Actor, Permit<policy::SignIn>), Failure> {
    let actor = actor::member(tx.x(), of, Capabilities::all())
        .await?
        .ok_or(Denial::NotFound)?;
    let is_blocked = block::is_blocked(tx.x(), of).await?;
    let permit = policy::decide(&actor, policy::SignIn { of }, &is_blocked)?;
    Ok((actor, permit))
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
        revoke(tx, actor, &permit, self.id).await?;
        Ok((self.id.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
