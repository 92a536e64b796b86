// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bridges: say to which of them a network belongs.

use space_core::policy::{self, Actor, AssignNetwork, Denial};
use space_core::text::{MemberName, NetworkName};

use crate::store::{StoreError, bridge, member};
use crate::writer::{Deed, Failure, Tx};

/// Giving a network to a bridge.
#[derive(Debug, Clone)]
pub(crate) struct Assign {
    pub(crate) network: NetworkName,
    pub(crate) bridge: MemberName,
}

impl Deed for Assign {
    type Reply = ();

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>, actor: &'t Actor) -> Result<(i64, ()), Failure> {
        let bot = member::by_name(tx.x(), &self.bridge)
            .await?
            .ok_or(Denial::NotFound)?;
        let account = member::by_id(tx.x(), bot).await?.ok_or(StoreError::Lost)?;
        let permit = policy::decide(actor, AssignNetwork, &account.kind)?;
        bridge::assign(tx, &permit, &self.network, bot).await?;
        Ok((bot.get(), ()))
    }

    async fn again<'t>(&'t self, _: &'t mut Tx<'_>, _: &'t Actor, _: i64) -> Result<(), Failure> {
        Ok(())
    }
}
