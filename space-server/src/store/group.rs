// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Groups, who is in them, and what members have been granted.

use space_core::policy::{ManageGroups, Permit};
use space_core::{Group, GroupId, MemberId, Timestamp};

use super::{Executor, Result, Row, Value, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_IDS = concat!("select id, slug, name, is_closed, created_at, revision from member_group
        where id in (", ids64!(), ")");
    ID_BY_SLUG = "select id from member_group where slug = $1";
    IN_ORDER = "select id from member_group order by id";
    CLOSED = "select id from member_group where is_closed order by id";
    MEMBERS = "select member_id from group_member where group_id = $1";
    INSERT = "insert into member_group (id, slug, name, is_closed, created_at, revision) values ($1, $2, $3, $4, $5, $6)";
    PUT_IN = "insert into group_member (group_id, member_id) values ($1, $2) on conflict do nothing";
    TAKE_OUT = "delete from group_member where group_id = $1 and member_id = $2";
    GRANTS_OF = "select target_id from member_grant where member_id = $1";
    GRANTED = "select member_id from member_grant where target_id = $1";
    GRANT = "insert into member_grant (member_id, target_id) values ($1, $2) on conflict do nothing";
    REVOKE = "delete from member_grant where member_id = $1 and target_id = $2";
}

fn group(row: &Row<'_>) -> Result<Group> {
    Ok(Group {
        id: row.id(0, GroupId::new)?,
        slug: row.checked(1)?,
        name: row.checked(2)?,
        is_closed: row.bool(3)?,
        created_at: Timestamp::from_millis(row.i64(4)?),
        revision: row.i64(5)?,
    })
}

/// Reads groups, in no particular order.
pub(crate) async fn by_ids(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<Group>> {
    x.readable_in("member_group", BY_IDS, ids, &[], group).await
}

/// Reads one group.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: GroupId) -> Result<Option<Group>> {
    Ok(by_ids(x, &[id.get()]).await?.pop())
}

/// Finds a group by its short name.
pub(crate) async fn by_slug(x: &mut Executor<'_>, slug: &str) -> Result<Option<GroupId>> {
    x.row(ID_BY_SLUG, &[slug.into()], |row| row.id(0, GroupId::new))
        .await
}

/// Lists every group, oldest first.
pub(crate) async fn all_ids(x: &mut Executor<'_>) -> Result<Vec<GroupId>> {
    x.rows(IN_ORDER, &[], |row| row.id(0, GroupId::new)).await
}

/// Lists the groups that outsiders must not hear of.
pub(crate) async fn closed(x: &mut Executor<'_>) -> Result<Vec<GroupId>> {
    x.rows(CLOSED, &[], |row| row.id(0, GroupId::new)).await
}

/// Lists who is in a group.
pub(crate) async fn members(x: &mut Executor<'_>, id: GroupId) -> Result<Vec<MemberId>> {
    x.rows(MEMBERS, &[id.get().into()], |row| row.id(0, MemberId::new))
        .await
}

/// Makes a group.
pub(crate) async fn insert(tx: &mut Tx<'_>, _: &Permit<ManageGroups>, group: &Group) -> Result<()> {
    let values = [
        group.id.get().into(),
        group.slug.as_str().into(),
        group.name.as_str().into(),
        group.is_closed.into(),
        group.created_at.millis().into(),
        group.revision.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Puts a member in or takes them out, and says whether that changed anything.
pub(crate) async fn set_member(
    tx: &mut Tx<'_>,
    _: &Permit<ManageGroups>,
    group: GroupId,
    member: MemberId,
    is_in: bool,
) -> Result<bool> {
    let sql = if is_in { PUT_IN } else { TAKE_OUT };
    Ok(tx
        .execute(sql, &[group.get().into(), member.get().into()])
        .await?
        > 0)
}

/// Lists what a member has been granted.
pub(crate) async fn grants_of(x: &mut Executor<'_>, member: MemberId) -> Result<Vec<i64>> {
    x.rows(GRANTS_OF, &[member.get().into()], |row| row.i64(0))
        .await
}

/// Lists to whom something has been granted.
pub(crate) async fn granted(x: &mut Executor<'_>, target: i64) -> Result<Vec<MemberId>> {
    x.rows(GRANTED, &[target.into()], |row| row.id(0, MemberId::new))
        .await
}

/// Records grants given or taken: pairs of member and target.
pub(crate) async fn set_grants(
    tx: &mut Tx<'_>,
    pairs: &[(MemberId, i64)],
    granted: bool,
) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = pairs
        .iter()
        .map(|(member, target)| vec![member.get().into(), (*target).into()])
        .collect();
    tx.execute_each(if granted { GRANT } else { REVOKE }, &values)
        .await
}
