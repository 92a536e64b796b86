// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Groups: make one, say who is in it.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, ManageGroups};
use space_core::protocol::{self, Kind};
use space_core::{Group, GroupId, MemberId, Scope};

use super::grants;
use crate::audit::{Act, Subject};
use crate::store::{group, member};
use crate::writer::{Deed, Failure, Refusal, Tx};

impl Deed for protocol::CreateGroup {
    type Reply = Group;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Group), Failure> {
        let permit = policy::decide(actor, ManageGroups, &())?;
        if group::by_slug(tx.x(), self.slug.as_str()).await?.is_some() {
            return Err(Refusal::Taken {
                what: format!("the short name \"{}\"", self.slug),
            }
            .into());
        }
        let id = if self.is_closed {
            tx.next_unseen(GroupId::new).await?
        } else {
            tx.next_id(GroupId::new)?
        };
        let made = Group {
            id,
            slug: self.slug.clone(),
            name: self.name.clone(),
            is_closed: self.is_closed,
            created_at: tx.now(),
            revision: 1,
        };
        group::insert(tx, &permit, &made).await?;
        let scope = if made.is_closed {
            Scope::Group(made.id)
        } else {
            Scope::Public
        };
        tx.touch(scope, Kind::Group, made.id.get());
        // Owners and administrators see closed groups without being in them.
        for id in member::staff(tx.x()).await? {
            grants::refresh_member(tx, id).await?;
        }
        Ok((made.id.get(), made))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Group, Failure> {
        let _permit = policy::decide(actor, ManageGroups, &())?;
        find(tx, GroupId::new(id).ok_or(Denial::NotFound)?).await
    }
}

async fn find(tx: &mut Tx<'_>, id: GroupId) -> Result<Group, Failure> {
    Ok(group::by_id(tx.x(), id).await?.ok_or(Denial::NotFound)?)
}

/// Putting a member in a group, or taking them out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SetGroupMember {
    pub(crate) group: GroupId,
    pub(crate) member: MemberId,
    pub(crate) is_in: bool,
}

impl Deed for SetGroupMember {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let permit = policy::decide(actor, ManageGroups, &())?;
        find(tx, self.group).await?;
        member::by_id(tx.x(), self.member)
            .await?
            .ok_or(Denial::NotFound)?;
        if group::set_member(tx, &permit, self.group, self.member, self.is_in).await? {
            grants::refresh_member(tx, self.member).await?;
            let act = if self.is_in {
                Act::GroupJoined
            } else {
                tx.lose_rights(Scope::Member(self.member));
                Act::GroupLeft
            };
            let detail = json!({ "group": self.group });
            tx.audit(act, actor, Subject::Member(self.member), detail);
        }
        Ok((self.group.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
