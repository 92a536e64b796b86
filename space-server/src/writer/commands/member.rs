// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members: make an account, give or take a role.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, ManageMembers};
use space_core::protocol::Kind;
use space_core::text::{DisplayName, MemberName};
use space_core::{Member, MemberId, MemberKind, Role, Scope};

use super::grants;
use crate::audit::{Act, Subject};
use crate::store::block;
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
        let detail = json!({"name": self.name, "kind": self.kind, "roles": self.roles});
        tx.audit(Act::MemberMade, actor, Subject::Member(id), detail);
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

/// Says whether a member is an owner and nobody else is who could sign in: a space nobody owns could not be given to anybody.
async fn is_only_owner(tx: &mut Tx<'_>, member: &Member) -> Result<bool, Failure> {
    let others = block::other_owners(tx.x(), member.id).await?;
    Ok(others == 0 && member.roles.contains(&Role::Owner))
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
        let before = find(tx, id).await?;
        if self.role == Role::Owner && !self.holds && is_only_owner(tx, &before).await? {
            return Err(Refusal::Invalid {
                why: format!("{} is the only owner", self.name),
            }
            .into());
        }
        if member::set_role(tx, &permit, id, self.role, self.holds).await? {
            tx.touch(Scope::Public, Kind::Member, id.get());
            grants::refresh_member(tx, id).await?;
            let act = if self.holds {
                Act::RoleGiven
            } else {
                tx.lose_rights(Scope::Member(id));
                Act::RoleTaken
            };
            tx.audit(act, actor, Subject::Member(id), json!({"role": self.role}));
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
