// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Making a space.

use space_core::Scope;
use space_core::policy::{self, Actor, ManageCategories};
use space_core::protocol::Kind;
use space_core::text::{About, Label, SpaceIdentity};

use crate::conduct;
use crate::store::{code, space};
use crate::writer::{Command, Failure, Refusal, Tx};

/// Making the space of a database. Answers whether it was made now; one that is there stays as it is.
#[derive(Debug, Clone)]
pub(crate) struct Init {
    pub(crate) name: Label,
    pub(crate) about: About,
    /// What tells it from every other space.
    pub(crate) identity: SpaceIdentity,
    /// The key that seals cursors.
    pub(crate) seal_key: [u8; 32],
    /// The first epoch: a random number, so that cursors of another space are recognised.
    pub(crate) epoch: i64,
}

impl Command for Init {
    type Reply = bool;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<bool, Failure> {
        if tx.has_space() {
            return Ok(false);
        }
        let permit =
            policy::decide(&Actor::Operator, ManageCategories, &()).map_err(Refusal::from)?;
        tx.create_head(self.epoch, &self.seal_key).await?;
        let now = tx.now();
        space::insert(tx.x(), &self.name, &self.about, &self.identity, now).await?;
        tx.touch(Scope::Public, Kind::Space, 1);
        code::adopt(tx, &permit, &conduct::first(now)).await?;
        Ok(true)
    }
}
