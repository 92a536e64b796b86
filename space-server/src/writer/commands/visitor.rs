// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Visitors: find or make the account of somebody whom a bridge brings, and note that they have accepted the code.

use space_core::member::visitor_name;
use space_core::policy::{
    self, Actor, BringFromNetwork, Denial, MakeVisitor, MeetVisitors, Permit,
};
use space_core::protocol::{self, Kind};
use space_core::text::{DisplayName, MemberName, NetworkName};
use space_core::{MemberId, MemberKind, Scope, Visitor};

use super::code::in_force;
use crate::store::member::{self, NewMember};
use crate::store::{StoreError, bridge, code, visitor};
use crate::writer::{Deed, Failure, Refusal, Tx};

/// How many names are tried before one is made with the number of the account in it.
const NAMES: u32 = 20;

/// Finding or making the account of somebody whom a bridge brings.
#[derive(Debug, Clone)]
pub(crate) struct Meet {
    pub(crate) who: protocol::MeetVisitor,
    /// What chooses the number of the account, if this makes one.
    pub(crate) chance: u64,
}

impl Deed for Meet {
    type Reply = Visitor;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Visitor), Failure> {
        let permit = policy::decide(actor, MeetVisitors, &())?;
        let who = &self.who;
        let owner = bridge::of_network(tx.x(), &who.network).await?;
        let bot = policy::decide(actor, BringFromNetwork, &owner)?.actor();
        let shown = Some(&who.name).filter(|name| !name.as_str().is_empty());
        let known = visitor::by_remote(tx.x(), &who.network, &who.remote).await?;
        let id = if let Some(known) = known {
            let id = known.member;
            let now = member::by_id(tx.x(), id).await?;
            let is_shown = now.is_some_and(|now| now.display_name.as_ref() == shown);
            if shown.is_some() {
                // Back to the name that everybody knows them by: nothing is to be shown.
                let name = shown.filter(|_| !(is_shown && known.is_published));
                visitor::rename(tx, &permit, known, name).await?;
            }
            id
        } else {
            let pace = tx
                .pace_of_visitors(actor, &who.network, &who.remote)
                .await?;
            let made = policy::decide(actor, MakeVisitor, &pace)?;
            let id = visitor::number(tx.x(), self.chance).await?;
            // Nobody else can have it or miss it. They get a better one with their first post.
            let name = visitor_name(&who.name, &who.network, Some(id.get()));
            let new = NewMember {
                id,
                kind: MemberKind::Visitor,
                name: &name,
                display_name: shown,
                trust_level: 0,
                created_at: tx.now(),
            };
            // Its row does not move in the feed: nobody hears of a visitor before they have said something. One who
            // comes only to report would otherwise appear at the very moment of the report.
            member::insert(tx, &permit, &[new]).await?;
            visitor::insert(tx, &permit, id, &who.network, &who.remote).await?;
            tx.note_visitor(&made, actor, &who.network, &who.remote)
                .await?;
            id
        };
        if let (Some(bot), None) = (bot, owner) {
            bridge::bind(tx, &who.network, bot).await?;
        }
        Ok((id.get(), read(tx, id).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Visitor, Failure> {
        let owner = bridge::of_network(tx.x(), &self.who.network).await?;
        let _permit = policy::decide(actor, BringFromNetwork, &owner)?;
        read(tx, MemberId::new(id).ok_or(Denial::NotVisitor)?).await
    }
}

/// Shows everybody a visitor who posts: for the first time, or under the name that they call themselves by now.
pub(super) async fn show(
    tx: &mut Tx<'_>,
    permit: &Permit<policy::Reply>,
    id: MemberId,
) -> Result<(), Failure> {
    let has_moved = if visitor::publish(tx, permit, id).await? {
        let standing = visitor::standing(tx.x(), id)
            .await?
            .ok_or(Denial::NotVisitor)?;
        let name = free_name(tx, id, &standing.network).await?;
        visitor::name(tx, permit, id, &name).await?;
        true
    } else {
        visitor::take_new_name(tx, permit, id).await?
    };
    if has_moved {
        tx.touch(Scope::Public, Kind::Member, id.get());
    }
    Ok(())
}

/// Finds a name that nobody else has.
async fn free_name(
    tx: &mut Tx<'_>,
    id: MemberId,
    network: &NetworkName,
) -> Result<MemberName, Failure> {
    let member = member::by_id(tx.x(), id).await?.ok_or(StoreError::Lost)?;
    let shown = match member.display_name {
        Some(name) => name,
        None => DisplayName::parse("").map_err(Refusal::from)?,
    };
    for attempt in 1..=NAMES {
        let name = visitor_name(&shown, network, (attempt > 1).then(|| attempt.into()));
        let has = member::by_name(tx.x(), &name).await?;
        if has.is_none_or(|has| has == id) {
            return Ok(name);
        }
    }
    Ok(visitor_name(&shown, network, Some(id.get())))
}

async fn read(tx: &mut Tx<'_>, id: MemberId) -> Result<Visitor, Failure> {
    let standing = visitor::standing(tx.x(), id)
        .await?
        .ok_or(Denial::NotVisitor)?;
    let member = member::by_id(tx.x(), id).await?.ok_or(StoreError::Lost)?;
    Ok(Visitor {
        member,
        network: standing.network,
        accepted: standing.accepted,
        code: standing.code,
    })
}

/// Noting that a visitor has accepted the code of conduct.
#[derive(Debug, Clone)]
pub(crate) struct AcceptFor {
    pub(crate) visitor: MemberId,
    pub(crate) accept: protocol::AcceptCode,
}

impl Deed for AcceptFor {
    type Reply = Visitor;

    const KEEPS_RIGHTS: bool = true;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Visitor), Failure> {
        let permit = policy::decide(actor, MeetVisitors, &())?;
        let Self { visitor, accept } = self;
        let mut seen = read(tx, *visitor).await?;
        let owner = bridge::of_network(tx.x(), &seen.network).await?;
        let bot = policy::decide(actor, BringFromNetwork, &owner)?.actor();
        in_force(tx, accept.version).await?;
        let language = accept.language.as_ref();
        code::accept(tx, &permit, *visitor, accept.version, language).await?;
        seen.accepted = Some(accept.version);
        if let (Some(bot), None) = (bot, owner) {
            bridge::bind(tx, &seen.network, bot).await?;
        }
        Ok((visitor.get(), seen))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Visitor, Failure> {
        let _permit = policy::decide(actor, MeetVisitors, &())?;
        let seen = read(tx, self.visitor).await?;
        let owner = bridge::of_network(tx.x(), &seen.network).await?;
        let _permit = policy::decide(actor, BringFromNetwork, &owner)?;
        Ok(seen)
    }
}
