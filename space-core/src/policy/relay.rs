// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bridges: who may bring people from other networks here, and as whom they act then.

use std::collections::BTreeSet;

use super::{Action, Actor, Capabilities, Capability, Denial, Pace};
use crate::id::MemberId;
use crate::member::MemberKind;

/// How somebody from another network acts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relayed {
    /// The bot whose token it is.
    pub bridge: MemberId,
    /// Whether they have accepted the code of conduct that is in force.
    pub has_accepted: bool,
}

/// The facts about a visitor that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitorFacts {
    /// Their account.
    pub id: MemberId,
    /// How far they are trusted.
    pub trust_level: u8,
    /// Whether they have accepted the code of conduct that is in force.
    pub has_accepted: bool,
    /// The bot to which their network belongs; `None` as long as it belongs to nobody.
    pub bridge: Option<MemberId>,
    /// Whether their account is blocked.
    pub is_blocked: bool,
}

/// Returns the actor when a bridge acts for a visitor: they have the visitor's rights, and none of the bridge's own.
///
/// `visitor` is `None` when the account is no visitor's whom a bridge has brought: then it is nobody to act for,
/// whether it exists or not.
pub fn act_for(bridge: &Actor, visitor: Option<VisitorFacts>) -> Result<Actor, Denial> {
    let relays = as_bridge(bridge, Capability::RelayWrite);
    let reports = as_bridge(bridge, Capability::ReportCreate);
    let id = relays.or(reports).or(relays)?;
    let visitor = visitor.ok_or(Denial::NotVisitor)?;
    owns(id, visitor.bridge)?;
    if visitor.is_blocked {
        return Err(Denial::AccountBlocked);
    }
    let mut capabilities = vec![Capability::Read];
    if relays.is_ok() {
        capabilities.push(Capability::Write);
    }
    if reports.is_ok() {
        capabilities.push(Capability::ReportCreate);
    }
    Ok(Actor::Member {
        id: visitor.id,
        kind: MemberKind::Visitor,
        // Whatever duty or group somebody may have given the account: a bridge's token opens none of it.
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
        trust_level: visitor.trust_level,
        capabilities: capabilities.into_iter().collect::<Capabilities>(),
        token_ends_at: None,
        relayed: Some(Relayed {
            bridge: id,
            has_accepted: visitor.has_accepted,
        }),
    })
}

/// Returns the bot that acts, when its token is one of a bridge.
fn as_bridge(actor: &Actor, capability: Capability) -> Result<MemberId, Denial> {
    actor.needs(capability)?;
    match actor {
        Actor::Member {
            id,
            kind: MemberKind::Bot,
            relayed: None,
            ..
        } => Ok(*id),
        _ => Err(Denial::NotBridge),
    }
}

/// Bringing somebody from another network here, and saying that they have accepted the code of conduct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetVisitors;

impl Action for MeetVisitors {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        as_bridge(actor, Capability::RelayWrite).map(drop)
    }
}

/// Acting for people of a network: meeting them, renaming them, accepting the code of conduct for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BringFromNetwork;

impl Action for BringFromNetwork {
    /// The bot to which the network belongs; `None` as long as it belongs to nobody.
    type Context = Option<MemberId>;

    fn rule(&self, actor: &Actor, bridge: &Option<MemberId>) -> Result<(), Denial> {
        owns(as_bridge(actor, Capability::RelayWrite)?, *bridge)
    }
}

/// A network belongs to one bridge. Before it belongs to any, the first that acts for its people gets it.
fn owns(bot: MemberId, bridge: Option<MemberId>) -> Result<(), Denial> {
    match bridge {
        Some(other) if other != bot => Err(Denial::OtherNetwork),
        _ => Ok(()),
    }
}

/// Saying to which bridge a network belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssignNetwork;

impl Action for AssignNetwork {
    /// What kind of account the bridge has.
    type Context = MemberKind;

    fn rule(&self, actor: &Actor, kind: &MemberKind) -> Result<(), Denial> {
        actor.needs(Capability::Manage)?;
        if !actor.is_administrator() {
            return Err(Denial::NotAdministrator);
        }
        match kind {
            MemberKind::Bot => Ok(()),
            _ => Err(Denial::NotBridge),
        }
    }
}

/// Making an account for somebody whom a bridge brings for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MakeVisitor;

impl Action for MakeVisitor {
    /// How many were made lately.
    type Context = Pace;

    fn rule(&self, actor: &Actor, pace: &Pace) -> Result<(), Denial> {
        MeetVisitors.rule(actor, &())?;
        pace.visitor()
    }
}

/// Accepting the code of conduct for oneself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptCode;

impl Action for AcceptCode {
    type Context = ();

    fn rule(&self, actor: &Actor, (): &()) -> Result<(), Denial> {
        actor.needs(Capability::Write)?;
        actor.member().map(drop).ok_or(Denial::SignedOut)
    }
}
