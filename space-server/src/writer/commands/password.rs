// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Passwords: another one by the operator, another one of one's own.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, ManageMembers, Permit};
use space_core::text::MemberName;
use space_core::{MemberId, Scope, TokenId};

use crate::audit::{Act, Subject};
use crate::store::token::MaySignOut;
use crate::store::{device, member, network, token};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Giving a member another password. Answers how many tokens ended, and how many are left.
#[derive(Debug, Clone)]
pub(crate) struct SetPassword {
    pub(crate) name: MemberName,
    pub(crate) password_hash: String,
    /// Whether all their tokens end.
    pub(crate) signs_out: bool,
}

impl Deed for SetPassword {
    type Reply = u64;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, u64), Failure> {
        let permit = policy::decide(actor, ManageMembers, &())?;
        let id = member::by_name(tx.x(), &self.name)
            .await?
            .ok_or(Denial::NotFound)?;
        member::set_password(tx, &permit, id, &self.password_hash).await?;
        // Who knew the old one lets nothing in any more, nor goes first anywhere.
        device::delete_of_member(tx, &permit, id).await?;
        network::forget_of(tx, id).await?;
        let ended = end_tokens(tx, &permit, id, None, self.signs_out).await?;
        let detail = json!({ "tokens_ended": ended });
        tx.audit(Act::PasswordChanged, actor, Subject::Member(id), detail);
        Ok((id.get(), ended))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<u64, Failure> {
        Ok(0)
    }
}

/// Ends the tokens of a member but one, if they are to end.
async fn end_tokens<P: MaySignOut>(
    tx: &mut Tx<'_>,
    permit: &Permit<P>,
    of: MemberId,
    but: Option<TokenId>,
    signs_out: bool,
) -> Result<u64, Failure> {
    if !signs_out {
        return Ok(0);
    }
    let ended = token::delete_others(tx, permit, of, but).await?;
    if ended > 0 {
        tx.lose_rights(Scope::Member(of));
    }
    Ok(ended)
}

/// Choosing another password for oneself, after the present one was found right. Answers how many tokens ended.
#[derive(Debug, Clone)]
pub(crate) struct ChangePassword {
    pub(crate) of: MemberId,
    pub(crate) name: MemberName,
    pub(crate) checked_hash: String,
    pub(crate) password_hash: String,
    /// The token that asks, which stays.
    pub(crate) token: Option<TokenId>,
    pub(crate) signs_out_others: bool,
}

impl Deed for ChangePassword {
    type Reply = u64;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, u64), Failure> {
        let permit = policy::decide(actor, policy::ChangePassword { of: self.of }, &())?;
        let now = member::password(tx.x(), &self.name).await?;
        if now != Some((self.of, Some(self.checked_hash.clone()))) {
            return Err(Refusal::BadToken.into());
        }
        member::set_password(tx, &permit, self.of, &self.password_hash).await?;
        device::delete_of_member(tx, &permit, self.of).await?;
        network::forget_of(tx, self.of).await?;
        let ended = end_tokens(tx, &permit, self.of, self.token, self.signs_out_others).await?;
        let detail = json!({ "tokens_ended": ended });
        tx.audit(
            Act::PasswordChanged,
            actor,
            Subject::Member(self.of),
            detail,
        );
        Ok((self.of.get(), ended))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<u64, Failure> {
        Ok(0)
    }
}
