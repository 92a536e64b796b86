// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bridges, as the operator sees them.

use space_core::text::{MemberName, NetworkName};

use super::{Operator, OperatorError};
use crate::store::bridge::{Listed, networks};
use crate::writer::commands::bridge::Assign;

impl Operator {
    /// Lists networks and the bots to which they belong.
    pub(crate) async fn bridge_networks(&self) -> Result<Vec<Listed>, OperatorError> {
        Ok(self.store.read(|x| Box::pin(networks(x))).await?)
    }

    /// Gives a network to a bot, whoever had it.
    pub(crate) async fn assign_network(
        &self,
        network: &NetworkName,
        bot: &MemberName,
    ) -> Result<(), OperatorError> {
        self.find(bot).await?;
        self.deed(Assign {
            network: network.clone(),
            bridge: bot.clone(),
        })
        .await
    }
}
