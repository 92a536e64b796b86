// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bridges: to which of them a network belongs.

use space_core::policy::{AssignNetwork, Permit};
use space_core::text::{MemberName, NetworkName};
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, statements};
use crate::writer::Tx;

statements! {
    OF_NETWORK = "select bridge_id from bridge_network where network = $1";
    ALL_NETWORKS = "select b.network, m.name, b.bound_at, (select count(*) from visitor v where v.network = b.network)
        from bridge_network b join member m on m.id = b.bridge_id order by b.network";
    BIND = "insert into bridge_network (network, bridge_id, bound_at) values ($1, $2, $3) on conflict do nothing";
    ASSIGN = "insert into bridge_network (network, bridge_id, bound_at) values ($1, $2, $3)
        on conflict (network) do update set bridge_id = excluded.bridge_id, bound_at = excluded.bound_at";
}

/// A network in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) network: NetworkName,
    pub(crate) bridge: MemberName,
    pub(crate) bound_at: Timestamp,
    pub(crate) visitors: i64,
}

/// Finds the bot to which a network belongs.
pub(crate) async fn of_network(
    x: &mut Executor<'_>,
    network: &NetworkName,
) -> Result<Option<MemberId>> {
    x.row(OF_NETWORK, &[network.as_str().into()], |row| {
        row.id(0, MemberId::new)
    })
    .await
}

/// Lists all networks that belong to a bridge.
pub(crate) async fn networks(x: &mut Executor<'_>) -> Result<Vec<Listed>> {
    x.rows(ALL_NETWORKS, &[], |row| {
        Ok(Listed {
            network: row.checked(0)?,
            bridge: row.checked(1)?,
            bound_at: Timestamp::from_millis(row.i64(2)?),
            visitors: row.i64(3)?,
        })
    })
    .await
}

/// Gives a network to the first bot that acts for its people. One that belongs to a bot stays with it.
pub(crate) async fn bind(tx: &mut Tx<'_>, network: &NetworkName, bot: MemberId) -> Result<()> {
    let now = tx.now().millis();
    let values = [network.as_str().into(), bot.get().into(), now.into()];
    tx.execute(BIND, &values).await.map(drop)
}

/// Gives a network to a bot, whoever had it.
pub(crate) async fn assign(
    tx: &mut Tx<'_>,
    _: &Permit<AssignNetwork>,
    network: &NetworkName,
    bot: MemberId,
) -> Result<()> {
    let now = tx.now().millis();
    let values = [network.as_str().into(), bot.get().into(), now.into()];
    tx.execute(ASSIGN, &values).await.map(drop)
}
