// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members: make an account, give a password, give or take a role.

use space_core::policy::{self, Actor, Denial, ManageMembers};
use space_core::protocol::Kind;
use space_core::text::{DisplayName, MemberName};
use space_core::{Member, MemberId, MemberKind, Role, Scope};

use super::grants;
use crate::store::device;
use crate::store::member::{self, NewMember};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// Making an account.
#[derive(Debug, Clone)]
pub(crate) struct AddMember {
    pub(crate) kind: MemberKind,
    pub(crate) name: MemberName,
    pub(crate) display_name: Option<DisplayName>,
    pub(crate) roles: Vec<Role>,
    /// The hash of their password, when they get one.
    pub(crate) password_hash: Option<String>,
}

impl Deed for AddMember {
    type Reply = Member;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Member), Failure> {
        let permit = policy::decide(actor, ManageMembers, &())?;
        self.name.check_new().map_err(Refusal::from)?;
        if member::by_name(tx.x(), &self.name).await?.is_some() {
            return Err(Refusal::Taken {
                what: format!("the name \"{}\"", self.name),
            }
            .into());
        }
        let id = tx.next_id(MemberId::new)?;
        let new = NewMember {
            id,
            kind: self.kind,
            name: &self.name,
            display_name: self.display_name.as_ref(),
            // Whoever makes the account vouches for its holder; a bot answers to its maker.
            trust_level: u8::from(self.kind != MemberKind::Visitor),
            created_at: tx.now(),
        };
        member::insert(tx, &permit, &[new]).await?;
        if let Some(hash) = &self.password_hash {
            member::set_password(tx, &permit, id, hash).await?;
        }
        for role in &self.roles {
            member::set_role(tx, &permit, id, *role, true).await?;
        }
        tx.touch(Scope::Public, Kind::Member, id.get());
        grants::refresh_member(tx, id).await?;
        Ok((id.get(), find(tx, id).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Member, Failure> {
        let _permit = policy::decide(actor, ManageMembers, &())?;
        find(tx, MemberId::new(id).ok_or(Denial::NotFound)?).await
    }
}

async fn find(tx: &mut Tx<'_>, id: MemberId) -> Result<Member, Failure> {
    Ok(member::by_id(tx.x(), id).await?.ok_or(Denial::NotFound)?)
}

/// Giving a password.
#[derive(Debug, Clone)]
pub(crate) struct SetPassword {
    pub(crate) name: MemberName,
    pub(crate) password_hash: String,
}

impl Deed for SetPassword {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let permit = policy::decide(actor, ManageMembers, &())?;
        let id = member::by_name(tx.x(), &self.name)
            .await?
            .ok_or(Denial::NotFound)?;
        member::set_password(tx, &permit, id, &self.password_hash).await?;
        // Who knew the old one lets nothing in any more.
        device::delete_of_member(tx, &permit, id).await?;
        Ok((id.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}

/// Says whether a member is an owner and nobody else is: a space nobody owns could not be given to anybody.
async fn is_only_owner(tx: &mut Tx<'_>, id: MemberId) -> Result<bool, Failure> {
    let staff = member::staff(tx.x()).await?;
    let ids: Vec<i64> = staff.into_iter().map(MemberId::get).collect();
    let mut owners = member::by_ids(tx.x(), &ids).await?;
    owners.retain(|member| member.roles.contains(&Role::Owner));
    Ok(matches!(owners.as_slice(), [owner] if owner.id == id))
}

/// Giving or taking a role.
#[derive(Debug, Clone)]
pub(crate) struct SetRole {
    pub(crate) name: MemberName,
    pub(crate) role: Role,
    pub(crate) holds: bool,
}

impl Deed for SetRole {
    type Reply = Member;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Member), Failure> {
        let permit = policy::decide(actor, ManageMembers, &())?;
        let id = member::by_name(tx.x(), &self.name)
            .await?
            .ok_or(Denial::NotFound)?;
        if self.role == Role::Owner && !self.holds && is_only_owner(tx, id).await? {
            return Err(Refusal::Invalid {
                why: format!("{} is the only owner", self.name),
            }
            .into());
        }
        if member::set_role(tx, &permit, id, self.role, self.holds).await? {
            tx.touch(Scope::Public, Kind::Member, id.get());
            grants::refresh_member(tx, id).await?;
        }
        Ok((id.get(), find(tx, id).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Member, Failure> {
        let _permit = policy::decide(actor, ManageMembers, &())?;
        find(tx, MemberId::new(id).ok_or(Denial::NotFound)?).await
    }
}
