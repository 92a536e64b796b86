// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Access tokens, by their hashes.

use space_core::policy::{Capabilities, MakeToken, ManageTokens, Permit};
use space_core::protocol::TokenLine;
use space_core::text::Label;
use space_core::{MemberId, Timestamp, TokenId};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

statements! {
    OF_MEMBER = "select id, label, capabilities, created_at, expires_at, is_log_in from token
        where member_id = $1 order by id";
    INSERT = "insert into token (id, member_id, hash, label, capabilities, created_at, expires_at, is_log_in)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    DELETE = "delete from token where id = $1 and member_id = $2";
    DELETE_OTHERS = "delete from token where member_id = $1 and id <> $2";
    DELETE_EXPIRED = "delete from token where expires_at <= $1";
}

/// A token in a list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: TokenId,
    pub(crate) label: Label,
    pub(crate) capabilities: Capabilities,
    pub(crate) created_at: Timestamp,
    pub(crate) expires_at: Option<Timestamp>,
    /// Whether it was made by signing in.
    pub(crate) is_log_in: bool,
}

impl Listed {
    /// Makes a line of a list; `current` is the token that asks.
    pub(crate) fn line(self, current: Option<TokenId>) -> TokenLine {
        TokenLine {
            is_current: current == Some(self.id),
            id: self.id,
            label: self.label,
            capabilities: self.capabilities,
            created_at: self.created_at,
            expires_at: self.expires_at,
            is_log_in: self.is_log_in,
        }
    }
}

/// Lists a member's tokens, oldest first.
pub(crate) async fn of_member(x: &mut Executor<'_>, member: MemberId) -> Result<Vec<Listed>> {
    x.readable_rows("token", OF_MEMBER, &[member.get().into()], |row| {
        Ok(Listed {
            id: row.id(0, TokenId::new)?,
            label: row.checked(1)?,
            capabilities: row.word(2)?,
            created_at: Timestamp::from_millis(row.i64(3)?),
            expires_at: row.opt_i64(4)?.map(Timestamp::from_millis),
            is_log_in: row.bool(5)?,
        })
    })
    .await
}

/// Stores a new token's hash.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit<MakeToken>,
    token: &Listed,
    hash: &[u8],
) -> Result<()> {
    let capabilities = token.capabilities.to_string();
    let values = [
        token.id.get().into(),
        permit.action().of.get().into(),
        Value::Bytes(hash),
        token.label.as_str().into(),
        capabilities.as_str().into(),
        token.created_at.millis().into(),
        token.expires_at.map(Timestamp::millis).into(),
        token.is_log_in.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Revokes a token, and says whether it was there.
pub(crate) async fn delete(
    tx: &mut Tx<'_>,
    permit: &Permit<ManageTokens>,
    id: TokenId,
) -> Result<bool> {
    Ok(tx
        .execute(DELETE, &[id.get().into(), permit.action().of.get().into()])
        .await?
        > 0)
}

/// What permits to end all tokens of a member.
pub(crate) trait MaySignOut {}
impl MaySignOut for space_core::policy::BlockMember {}
impl MaySignOut for space_core::policy::ChangePassword {}
impl MaySignOut for space_core::policy::ManageMembers {}

/// Revokes all tokens of a member but one, when one is to stay. Returns how many there were.
pub(crate) async fn delete_others<P: MaySignOut>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    member: MemberId,
    but: Option<TokenId>,
) -> Result<u64> {
    let but = but.map_or(0, TokenId::get);
    tx.execute(DELETE_OTHERS, &[member.get().into(), but.into()])
        .await
}

/// Drops tokens that have ended.
pub(crate) async fn delete_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute(DELETE_EXPIRED, &[now.millis().into()]).await
}
