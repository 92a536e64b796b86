// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Blocking an account, and taking the block away.

use serde_json::json;
use space_core::policy::{self, AccountContext, Actor, BlockMember, Denial};
use space_core::text::{Comment, MemberName};
use space_core::{Role, Scope};

use crate::audit::{Act, Subject};
use crate::store::{block, device, member, network, token};
use crate::writer::{Deed, Failure, Tx};

/// Blocking an account, or taking the block away.
#[derive(Debug, Clone)]
pub(crate) struct SetBlock {
    pub(crate) name: MemberName,
    pub(crate) block: bool,
    pub(crate) reason: Option<Comment>,
    pub(crate) even_the_only_owner: bool,
}

/// What a block changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked {
    /// Whether it was not so before.
    pub is_new: bool,
    /// How many tokens ended.
    pub tokens: u64,
}

impl Deed for SetBlock {
    type Reply = Blocked;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Blocked), Failure> {
        // Whoever may not block anybody is not told who there is.
        let _may = policy::decide(actor, policy::ManageMembers, &())?;
        let id = member::by_name(tx.x(), &self.name)
            .await?
            .ok_or(Denial::NotFound)?;
        let found = member::by_id(tx.x(), id).await?.ok_or(Denial::NotFound)?;
        let is_owner = found.roles.contains(&Role::Owner);
        let context = AccountContext {
            is_owner,
            is_only_owner: is_owner && block::other_owners(tx.x(), id).await? == 0,
        };
        let action = BlockMember {
            member: id,
            block: self.block,
            even_the_only_owner: self.even_the_only_owner,
        };
        let permit = policy::decide(actor, action, &context)?;
        let is_new = block::set(tx, &permit, self.reason.as_ref()).await?;
        // Tokens do not come back with the account: whoever had got one would be in again.
        let tokens = if self.block {
            device::delete_of_member(tx, &permit, id).await?;
            network::forget_of(tx, id).await?;
            token::delete_others(tx, &permit, id, None).await?
        } else {
            0
        };
        let (act, detail) = if self.block {
            let detail = json!({"reason": self.reason.as_ref(), "tokens_ended": tokens});
            (Act::MemberBlocked, detail)
        } else {
            (Act::MemberUnblocked, json!({}))
        };
        if is_new || tokens > 0 {
            tx.lose_rights(Scope::Member(id));
            tx.audit(act, actor, Subject::Member(id), detail);
        }
        Ok((id.get(), Blocked { is_new, tokens }))
    }

    async fn again<'t>(
        &'t self,
        _: &'t mut Tx<'_>,
        _: &'t Actor,
        _: i64,
    ) -> Result<Blocked, Failure> {
        Ok(Blocked {
            is_new: false,
            tokens: 0,
        })
    }
}
