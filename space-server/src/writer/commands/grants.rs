// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Telling members which scopes they may read: a row on their own scope for each, gone when they may not any more.

use std::collections::BTreeSet;

use space_core::policy::Capabilities;
use space_core::protocol::Kind;
use space_core::{Access, Audience, MemberId, Scope};

use crate::store::actor::{self, Sights};
use crate::store::{Result, group, member};
use crate::writer::Tx;

/// Brings the grants of one member in line with what they may read.
pub(crate) async fn refresh_member(tx: &mut Tx<'_>, id: MemberId) -> Result<()> {
    let Some(actor) = actor::member(tx.x(), id, Capabilities::all()).await? else {
        return Ok(());
    };
    let sights = Sights::load(tx.x()).await?;
    let wanted: BTreeSet<i64> = sights
        .scopes(&actor)
        .into_iter()
        .filter_map(Scope::grant_id)
        .collect();
    let held: BTreeSet<i64> = group::grants_of(tx.x(), id).await?.into_iter().collect();
    let given: Vec<(MemberId, i64)> = wanted
        .difference(&held)
        .map(|target| (id, *target))
        .collect();
    let taken: Vec<(MemberId, i64)> = held
        .difference(&wanted)
        .map(|target| (id, *target))
        .collect();
    change(tx, &given, &taken).await
}

/// Brings the grants of one category in line with its access.
pub(crate) async fn refresh_category(tx: &mut Tx<'_>, scope: Scope, access: &Access) -> Result<()> {
    let Scope::Category(category) = scope else {
        return Ok(());
    };
    let mut wanted: BTreeSet<MemberId> = BTreeSet::new();
    if !access.is_open() {
        wanted.extend(member::staff(tx.x()).await?);
        for rule in &access.rules {
            match rule.audience {
                Audience::Members => wanted.extend(member::all_ids(tx.x()).await?),
                Audience::Group(id) => wanted.extend(group::members(tx.x(), id).await?),
                Audience::Everyone | Audience::Staff => {}
            }
        }
    }
    let target = category.get();
    let held: BTreeSet<MemberId> = group::granted(tx.x(), target).await?.into_iter().collect();
    let given: Vec<(MemberId, i64)> = wanted.difference(&held).map(|id| (*id, target)).collect();
    let taken: Vec<(MemberId, i64)> = held.difference(&wanted).map(|id| (*id, target)).collect();
    change(tx, &given, &taken).await
}

async fn change(
    tx: &mut Tx<'_>,
    given: &[(MemberId, i64)],
    taken: &[(MemberId, i64)],
) -> Result<()> {
    group::set_grants(tx, given, true).await?;
    group::set_grants(tx, taken, false).await?;
    for (id, target) in given {
        tx.touch(Scope::Member(*id), Kind::Grant, *target);
    }
    for (id, target) in taken {
        tx.leave(Scope::Member(*id), Kind::Grant, *target);
    }
    Ok(())
}
