// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who sees what.

use std::collections::BTreeSet;

use super::{Actor, Capability, Denial};
use crate::category::{Access, Audience, Level};
use crate::id::{CategoryId, GroupId, MemberId};
use crate::scope::Scope;

/// Returns the most that `actor` may do in a category with this access; `None` when they may not see it.
///
/// Staff may everything everywhere: they answer for it. Somebody signed out reads at most, and whoever comes through a
/// bridge answers at most, where everyone may read: what a room of another network shows is open to its world.
pub fn level(actor: &Actor, access: &Access) -> Option<Level> {
    let speaks_of = |audience: Audience| match audience {
        Audience::Everyone => true,
        Audience::Members => actor.member().is_some(),
        Audience::Staff => actor.is_staff(),
        Audience::Group(group) => actor.is_in(group),
    };
    if actor.is_staff() || matches!(actor, Actor::Operator) {
        return Some(Level::Start);
    }
    let is_relayed = actor.relayed().is_some();
    if is_relayed && !access.is_open() {
        return None;
    }
    let most = access
        .rules
        .iter()
        .filter(|rule| speaks_of(rule.audience))
        .map(|rule| rule.level)
        .max();
    if matches!(actor, Actor::SignedOut) {
        most.map(|_| Level::Read)
    } else if is_relayed {
        most.map(|most| most.min(Level::Reply))
    } else {
        most
    }
}

/// Refuses what `actor` may not see, without saying whether it exists.
pub fn may_read(actor: &Actor, access: &Access) -> Result<(), Denial> {
    if actor.member().is_some() {
        actor.needs(Capability::Read)?;
    }
    level(actor, access).map(|_| ()).ok_or(Denial::NotFound)
}

/// Returns whether `actor` is told who wrote a hidden post: staff is, and the author knows.
pub fn knows_hidden_author(actor: &Actor, author: MemberId) -> bool {
    actor.is_staff() || actor.member() == Some(author)
}

/// Returns every scope whose rows `actor` may see.
///
/// `categories` are all categories with their access; `closed_groups` all closed groups.
pub fn scopes<'a>(
    actor: &Actor,
    categories: impl IntoIterator<Item = (CategoryId, &'a Access)>,
    closed_groups: impl IntoIterator<Item = GroupId>,
) -> BTreeSet<Scope> {
    let mut seen = BTreeSet::from([Scope::Public]);
    let Actor::Member { id, roles, .. } = actor else {
        return seen;
    };
    seen.insert(Scope::Member(*id));
    seen.extend(roles.iter().copied().map(Scope::Role));
    seen.extend(
        categories
            .into_iter()
            .filter(|(_, access)| !access.is_open() && level(actor, access).is_some())
            .map(|(category, _)| Scope::Category(category)),
    );
    seen.extend(
        closed_groups
            .into_iter()
            .filter(|group| actor.is_administrator() || actor.is_in(*group))
            .map(Scope::Group),
    );
    seen
}
