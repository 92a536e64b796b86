// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Accounts that nobody may act as.

use std::collections::BTreeMap;

use space_core::policy::{BlockMember, Permit};
use space_core::text::Comment;
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, statements};
use crate::writer::Tx;

statements! {
    IS_BLOCKED = "select 1 from member_block where member_id = $1";
    LIST = "select member_id, blocked_at from member_block";
    OTHER_OWNERS = "select count(*) from member_role r where r.role = 'owner' and r.member_id <> $1
        and not exists (select 1 from member_block b where b.member_id = r.member_id)";
    BLOCK = "insert into member_block (member_id, blocked_at, reason) values ($1, $2, $3)
        on conflict (member_id) do update set reason = excluded.reason";
    UNBLOCK = "delete from member_block where member_id = $1";
}

/// Says whether an account is blocked.
pub(crate) async fn is_blocked(x: &mut Executor<'_>, id: MemberId) -> Result<bool> {
    let found = x.row(IS_BLOCKED, &[id.get().into()], |_| Ok(())).await?;
    Ok(found.is_some())
}

/// Lists the accounts that are blocked, with since when.
pub(crate) async fn all(x: &mut Executor<'_>) -> Result<BTreeMap<MemberId, Timestamp>> {
    let found = x
        .rows(LIST, &[], |row| {
            let since = Timestamp::from_millis(row.i64(1)?);
            Ok((row.id(0, MemberId::new)?, since))
        })
        .await?;
    Ok(found.into_iter().collect())
}

/// Counts the owners besides this member who are not blocked.
pub(crate) async fn other_owners(x: &mut Executor<'_>, id: MemberId) -> Result<i64> {
    let count = x
        .row(OTHER_OWNERS, &[id.get().into()], |row| row.i64(0))
        .await?;
    Ok(count.unwrap_or(0))
}

/// Blocks an account, or takes the block away. Says whether that changed anything.
pub(crate) async fn set(
    tx: &mut Tx<'_>,
    permit: &Permit<BlockMember>,
    reason: Option<&Comment>,
) -> Result<bool> {
    let BlockMember { member, block, .. } = *permit.action();
    let was = is_blocked(tx.x(), member).await?;
    if block {
        let now = tx.now().millis();
        let values = [
            member.get().into(),
            now.into(),
            reason.map(Comment::as_str).into(),
        ];
        tx.execute(BLOCK, &values).await?;
    } else {
        tx.execute(UNBLOCK, &[member.get().into()]).await?;
    }
    Ok(was != block)
}
