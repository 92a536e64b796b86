// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Letting a program in by device flow: it asks, a member signs in on the page and decides, it takes its token.

use std::time::Duration;

use serde_json::json;
use space_core::policy::{self, Actor, Capabilities, Denial, ManageTokens, Permit};
use space_core::protocol::UserCode;
use space_core::text::{Label, MemberName};
use space_core::{Member, MemberId};

use super::token::{CreateToken, Ends, as_member};
use crate::audit::{Act, Source, Subject};
use crate::store::device::{self, Waiting};
use crate::store::{member, network};
use crate::writer::{Command, Failure, Refusal, Tx};

/// How long the codes are of use: time to walk to another machine, sign in and read the question.
pub(crate) const LIFE: Duration = Duration::from_mins(10);

/// How many programs wait at most, in the whole space: far more than ever will, and little to keep. When more ask, the
/// network for which most wait gives a place.
const MOST: i64 = 10_000;

/// How many programs wait for one network at most; when more ask, the one that has waited longest goes.
const MOST_OF_A_NETWORK: i64 = 30;

/// A program asks. Answers whether it waits now; it does not when the code is taken: draw another.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) device_hash: [u8; 32],
    pub(crate) code: UserCode,
    pub(crate) label: Label,
    pub(crate) address: String,
    /// What it asks for; everything when absent.
    pub(crate) capabilities: Option<Capabilities>,
    /// The network that the bound is for.
    pub(crate) network: String,
}

impl Command for Ask {
    type Reply = bool;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<bool, Failure> {
        let now = tx.now();
        if let Some(asked) = &self.capabilities {
            if asked.is_empty() {
                let why = "a program has to ask for something".to_owned();
                return Err(Refusal::Invalid { why }.into());
            }
            // Nobody can let it do more than they may by signing in.
            if let Some(needs) = asked.first_beyond(&Capabilities::all()) {
                return Err(Denial::TokenTooNarrow { needs }.into());
            }
        }
        if device::is_taken(tx.x(), &self.code).await? {
            return Ok(false);
        }
        let waiting = Waiting {
            label: self.label.clone(),
            address: self.address.clone(),
            created_at: now,
            member: None,
            is_allowed: None,
            capabilities: self.capabilities.clone(),
            network: self.network.clone(),
        };
        self.make_room(tx).await?;
        let end = now.plus(LIFE);
        device::insert(tx, &self.device_hash, &self.code, &waiting, end).await?;
        Ok(true)
    }
}

impl Ask {
    /// Lets a program go that has waited long, where there are too many. Whoever asks for most loses first: so nobody can
    /// keep others from asking.
    async fn make_room(&self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let now = tx.now();
        if device::count_of(tx.x(), &self.network, now).await? >= MOST_OF_A_NETWORK {
            device::drop_oldest_of(tx, &self.network).await?;
        } else if device::count(tx.x(), now).await? >= MOST {
            let largest = device::largest_network(tx.x()).await?;
            let dropped = match &largest {
                Some(network) => device::drop_oldest_of(tx, network).await?,
                None => false,
            };
            if !dropped {
                // Members have signed in for every one of ten thousand.
                return Err(Refusal::TooMany.into());
            }
        }
        Ok(())
    }
}

/// What the right password gives on the page: a ticket to decide with. Answers who asks, and who decides.
#[derive(Debug, Clone)]
pub(crate) struct TakeTicket {
    pub(crate) name: MemberName,
    pub(crate) checked_hash: String,
    pub(crate) code: UserCode,
    pub(crate) ticket_hash: [u8; 32],
    /// The network of the page, which is known from then on.
    pub(crate) network: String,
}

impl Command for TakeTicket {
    type Reply = (Waiting, Member);

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<(Waiting, Member), Failure> {
        let now = tx.now();
        let of = match member::password(tx.x(), &self.name).await? {
            Some((of, Some(hash))) if hash == self.checked_hash => of,
            _ => return Err(Refusal::BadToken.into()),
        };
        let (_, known) = as_member(tx, of).await?;
        let found = device::by_user_code(tx.x(), &self.code, now).await?;
        let waiting = found
            .filter(|waiting| waiting.is_allowed.is_none())
            .ok_or(Denial::NotFound)?;
        let (_, permit) = own_tokens(tx, of).await?;
        let who = member::by_id(tx.x(), of).await?.ok_or(Denial::NotFound)?;
        device::set_ticket(tx, &permit, &self.code, &self.ticket_hash).await?;
        network::know(tx, &known, &self.network).await?;
        Ok((waiting, who))
    }
}

/// The member decides. Each ticket does it once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decide {
    pub(crate) ticket_hash: [u8; 32],
    pub(crate) allows: bool,
    /// From where.
    pub(crate) source: Source,
}

impl Command for Decide {
    type Reply = Waiting;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<Waiting, Failure> {
        let now = tx.now();
        let waiting = device::by_ticket(tx.x(), &self.ticket_hash, now)
            .await?
            .ok_or(Denial::NotFound)?;
        let of = waiting.member.ok_or(Denial::NotFound)?;
        let (actor, permit) = own_tokens(tx, of).await?;
        device::decide(tx, &permit, &self.ticket_hash, self.allows).await?;
        let act = if self.allows {
            Act::DeviceAllowed
        } else {
            Act::DeviceDenied
        };
        let detail = json!({"may": waiting.may()});
        let who = crate::audit::actor_word(&actor);
        let of = Some(Subject::Member(of));
        tx.audit_as(act, who, of, detail, Some(self.source));
        Ok(waiting)
    }
}

/// How it stands with a program that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Nobody has decided.
    Nothing,
    /// Its code is not of use any more, or never was.
    Gone,
    /// The member denied it.
    Denied,
    /// It is let in as this member.
    Token(Member),
}

/// The program takes its token, once.
#[derive(Debug, Clone)]
pub(crate) struct TakeToken {
    pub(crate) device_hash: [u8; 32],
    pub(crate) token_hash: [u8; 32],
    /// How long the token is good.
    pub(crate) life: Duration,
    /// From where it asks.
    pub(crate) source: Source,
}

impl Command for TakeToken {
    type Reply = Taken;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<Taken, Failure> {
        let now = tx.now();
        let Some(waiting) = device::by_device(tx.x(), &self.device_hash, now).await? else {
            return Ok(Taken::Gone);
        };
        let of = match (waiting.is_allowed, waiting.member) {
            (None, _) => return Ok(Taken::Nothing),
            (Some(true), Some(of)) => of,
            _ => {
                device::delete(tx, &self.device_hash).await?;
                return Ok(Taken::Denied);
            }
        };
        let (actor, _) = own_tokens(tx, of).await?;
        let who = member::by_id(tx.x(), of).await?.ok_or(Denial::NotFound)?;
        let token = CreateToken {
            of,
            hash: self.token_hash,
            capabilities: waiting.may(),
            label: waiting.label,
            ends: Ends::After(self.life),
        };
        let source = Some(self.source);
        token.sign_in(tx, &actor, "device", source).await?;
        device::delete(tx, &self.device_hash).await?;
        Ok(Taken::Token(who))
    }
}

/// A member who was found by their password decides about their tokens, as policy lets them now.
async fn own_tokens(
    tx: &mut Tx<'_>,
    of: MemberId,
) -> Result<(Actor, Permit<ManageTokens>), Failure> {
    let (actor, _) = as_member(tx, of).await?;
    let permit = policy::decide(&actor, ManageTokens { of }, &())?;
    Ok((actor, permit))
}
