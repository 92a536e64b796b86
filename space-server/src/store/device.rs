// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Programs that wait to be let in, by the hashes of their codes.

use space_core::policy::{Capabilities, ManageTokens, Permit};
use space_core::protocol::UserCode;
use space_core::text::Label;
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, Row, Value, statements};
use crate::writer::Tx;

statements! {
    BY_DEVICE = "select label, address, created_at, member_id, is_allowed, capabilities, network from device_login
        where device_hash = $1 and expires_at > $2";
    BY_USER_CODE = "select label, address, created_at, member_id, is_allowed, capabilities, network from device_login
        where user_code = $1 and expires_at > $2";
    BY_TICKET = "select label, address, created_at, member_id, is_allowed, capabilities, network from device_login
        where ticket_hash = $1 and expires_at > $2";
    IS_TAKEN = "select 1 from device_login where user_code = $1";
    WAITING = "select count(*) from device_login where expires_at > $1";
    OF_NETWORK = "select count(*) from device_login where network = $1 and expires_at > $2";
    // Nobody has signed in for these yet: whoever did is about to decide.
    OLDEST_OF_NETWORK = "select device_hash from device_login where network = $1 and member_id is null
        order by created_at, device_hash limit 1";
    LARGEST_NETWORK = "select network from device_login where network is not null and member_id is null
        group by network order by count(*) desc, min(created_at), network limit 1";
    INSERT = "insert into device_login
        (device_hash, user_code, label, address, created_at, expires_at, capabilities, network)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SET_TICKET = "update device_login set member_id = $1, ticket_hash = $2 where user_code = $3";
    DECIDE = "update device_login set is_allowed = $1, ticket_hash = null where ticket_hash = $2";
    DELETE = "delete from device_login where device_hash = $1";
    DELETE_OF_MEMBER = "delete from device_login where member_id = $1";
    DELETE_EXPIRED = "delete from device_login where expires_at <= $1";
}

/// A program that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// What it calls itself.
    pub(crate) label: Label,
    /// Where it asked from.
    pub(crate) address: String,
    /// Since when it waits.
    pub(crate) created_at: Timestamp,
    /// Who signed in on the page last.
    pub(crate) member: Option<MemberId>,
    /// What they decided.
    pub(crate) is_allowed: Option<bool>,
    /// What it asks for; everything when it did not say.
    pub(crate) capabilities: Option<Capabilities>,
    /// The network that it asked from, for the bound on each.
    pub(crate) network: String,
}

impl Waiting {
    /// Returns what its token is good for.
    pub(crate) fn may(&self) -> Capabilities {
        self.capabilities.clone().unwrap_or_else(Capabilities::all)
    }
}

fn waiting(row: &Row<'_>) -> Result<Waiting> {
    Ok(Waiting {
        label: row.checked(0)?,
        address: row.text(1)?,
        created_at: Timestamp::from_millis(row.i64(2)?),
        member: row.opt_i64(3)?.and_then(MemberId::new),
        is_allowed: row.opt_bool(4)?,
        capabilities: row.opt_word(5)?,
        network: row.opt_text(6)?.unwrap_or_default(),
    })
}

/// Finds a program by the hash of its own code, while the code is of use.
pub(crate) async fn by_device(
    x: &mut Executor<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Waiting>> {
    let values = [Value::Bytes(hash), now.millis().into()];
    x.row(BY_DEVICE, &values, waiting).await
}

/// Finds a program by the code that it shows, while the code is of use.
pub(crate) async fn by_user_code(
    x: &mut Executor<'_>,
    code: &UserCode,
    now: Timestamp,
) -> Result<Option<Waiting>> {
    let values = [code.letters().into(), now.millis().into()];
    x.row(BY_USER_CODE, &values, waiting).await
}

/// Finds a program by the hash of the ticket that a page has, while its code is of use.
pub(crate) async fn by_ticket(
    x: &mut Executor<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Waiting>> {
    let values = [Value::Bytes(hash), now.millis().into()];
    x.row(BY_TICKET, &values, waiting).await
}

/// Says whether a code is in use, or was until lately.
pub(crate) async fn is_taken(x: &mut Executor<'_>, code: &UserCode) -> Result<bool> {
    let found = x.row(IS_TAKEN, &[code.letters().into()], |_| Ok(())).await;
    Ok(found?.is_some())
}

/// Counts the programs that wait.
pub(crate) async fn count(x: &mut Executor<'_>, now: Timestamp) -> Result<i64> {
    let count = x
        .row(WAITING, &[now.millis().into()], |row| row.i64(0))
        .await?;
    Ok(count.unwrap_or(0))
}

/// Counts the programs that wait for one network.
pub(crate) async fn count_of(x: &mut Executor<'_>, network: &str, now: Timestamp) -> Result<i64> {
    let values = [network.into(), now.millis().into()];
    let count = x.row(OF_NETWORK, &values, |row| row.i64(0)).await?;
    Ok(count.unwrap_or(0))
}

/// Returns the network for which most programs wait.
pub(crate) async fn largest_network(x: &mut Executor<'_>) -> Result<Option<String>> {
    x.row(LARGEST_NETWORK, &[], |row| row.text(0)).await
}

/// Forgets the program that has waited longest for a network. Says whether there was one.
pub(crate) async fn drop_oldest_of(tx: &mut Tx<'_>, network: &str) -> Result<bool> {
    let values = [network.into()];
    let oldest = tx.x().row(OLDEST_OF_NETWORK, &values, |row| row.bytes(0));
    match oldest.await? {
        Some(hash) => delete(tx, &hash).await.map(|()| true),
        None => Ok(false),
    }
}

/// Remembers a program that waits. That asks for no permit: it gives nothing to anybody.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    device_hash: &[u8],
    code: &UserCode,
    waiting: &Waiting,
    expires_at: Timestamp,
) -> Result<()> {
    let capabilities = waiting.capabilities.as_ref().map(ToString::to_string);
    let values = [
        Value::Bytes(device_hash),
        code.letters().into(),
        waiting.label.as_str().into(),
        waiting.address.as_str().into(),
        waiting.created_at.millis().into(),
        expires_at.millis().into(),
        capabilities.as_deref().into(),
        waiting.network.as_str().into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Gives the decision to a member, by the hash of the ticket on their page.
pub(crate) async fn set_ticket(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageTokens>,
    code: &UserCode,
    ticket_hash: &[u8],
) -> Result<()> {
    let values = [
        permit.action().of.get().into(),
        Value::Bytes(ticket_hash),
        code.letters().into(),
    ];
    tx.execute(SET_TICKET, &values).await.map(drop)
}

/// Writes down what was decided; the ticket is used up.
pub(crate) async fn decide(
    tx: &mut Tx<'_>,
    _: &Permit<ManageTokens>,
    ticket_hash: &[u8],
    is_allowed: bool,
) -> Result<()> {
    let values = [is_allowed.into(), Value::Bytes(ticket_hash)];
    tx.execute(DECIDE, &values).await.map(drop)
}

/// Forgets a program that has its answer.
pub(crate) async fn delete(tx: &mut Tx<'_>, device_hash: &[u8]) -> Result<()> {
    tx.execute(DELETE, &[Value::Bytes(device_hash)])
        .await
        .map(drop)
}

/// Forgets the programs that somebody signed in for: what they knew then does not count any more.
pub(crate) async fn delete_of_member<P: super::token::MaySignOut>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    member: MemberId,
) -> Result<()> {
    tx.execute(DELETE_OF_MEMBER, &[member.get().into()])
        .await
        .map(drop)
}

/// Forgets the programs whose codes have ended.
pub(crate) async fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute(DELETE_EXPIRED, &[now.millis().into()]).await
}
