// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Members: accounts, passwords and roles.

use std::collections::{BTreeMap, BTreeSet};

use space_core::policy::{ManageMembers, Permit};
use space_core::text::{DisplayName, MemberName, folded};
use space_core::{Member, MemberId, MemberKind, Role, Timestamp};

use super::{Executor, Result, Row, Value, ids64, statements};
use crate::writer::Tx;

/// Nobody hears of a visitor before their first post: somebody who only reports stays unknown.
macro_rules! shown {
    () => {
        "not exists (select 1 from visitor v where v.member_id = m.id and v.published_at is null)"
    };
}

statements! {
    BY_IDS = concat!("select id, kind, name, display_name, trust_level, created_at, revision from member
        where id in (", ids64!(), ")");
    BY_NAME = "select id from member where folded_name = $1";
    SHOWN_BY_NAME = concat!("select m.id from member m where m.folded_name = $1 and ", shown!());
    SHOWN_BY_ID = concat!("select m.id from member m where m.id = $1 and ", shown!());
    ROLES_OF = concat!("select member_id, role from member_role where member_id in (", ids64!(), ")");
    PASSWORD = "select id, password_hash from member where folded_name = $1";
    ALL_IDS = "select id from member order by id";
    IDS_AFTER = "select id from member where id > $1 order by id limit $2";
    STAFF = "select distinct member_id from member_role where role in ('owner', 'administrator', 'moderator')";
    INSERT = "insert into member (id, kind, name, folded_name, display_name, trust_level, created_at, revision)
        values ($1, $2, $3, $4, $5, $6, $7, 1)";
    SET_PASSWORD = "update member set password_hash = $1 where id = $2";
    GIVE_ROLE = "insert into member_role (member_id, role) values ($1, $2) on conflict do nothing";
    TAKE_ROLE = "delete from member_role where member_id = $1 and role = $2";
    CHANGED = "update member set revision = revision + 1 where id = $1";
}

fn member(row: &Row<'_>) -> Result<Member> {
    Ok(Member {
        id: row.id(0, MemberId::new)?,
        kind: row.word(1)?,
        name: row.checked(2)?,
        display_name: row.opt_checked(3)?,
        roles: BTreeSet::new(),
        trust_level: u8::try_from(row.i64(4)?).unwrap_or(0),
        created_at: Timestamp::from_millis(row.i64(5)?),
        revision: row.i64(6)?,
    })
}

/// Reads members, in no particular order.
pub(crate) async fn by_ids(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<Member>> {
    let mut found: BTreeMap<MemberId, Member> = x
        .readable_in("member", BY_IDS, ids, &[], member)
        .await?
        .into_iter()
        .map(|member| (member.id, member))
        .collect();
    let roles = x
        .readable_in("member_role", ROLES_OF, ids, &[], |row| {
            Ok((row.id(0, MemberId::new)?, row.word::<Role>(1)?))
        })
        .await?;
    for (id, role) in roles {
        if let Some(member) = found.get_mut(&id) {
            member.roles.insert(role);
        }
    }
    Ok(found.into_values().collect())
}

/// Reads one member.
pub(crate) async fn by_id(x: &mut Executor<'_>, id: MemberId) -> Result<Option<Member>> {
    Ok(by_ids(x, &[id.get()]).await?.pop())
}

/// Finds a member by name, however it is written.
pub(crate) async fn by_name(x: &mut Executor<'_>, name: &MemberName) -> Result<Option<MemberId>> {
    x.row(BY_NAME, &[folded(name.as_str()).as_str().into()], |row| {
        row.id(0, MemberId::new)
    })
    .await
}

/// Says which of some names members have, in their folded form.
pub(crate) async fn known(
    x: &mut Executor<'_>,
    names: &BTreeSet<MemberName>,
) -> Result<BTreeSet<String>> {
    let folded: BTreeSet<String> = names.iter().map(|name| folded(name.as_str())).collect();
    let values: Vec<Vec<Value<'_>>> = folded.iter().map(|name| vec![name.into()]).collect();
    let found = x
        .rows_each(SHOWN_BY_NAME, &values, |row| row.i64(0))
        .await?;
    let is_there: Vec<bool> = found.iter().map(|rows| !rows.is_empty()).collect();
    Ok(folded
        .into_iter()
        .zip(is_there)
        .filter_map(|(name, is_there)| is_there.then_some(name))
        .collect())
}

/// Finds a member of whom everybody may hear, by name.
pub(crate) async fn shown_by_name(
    x: &mut Executor<'_>,
    name: &MemberName,
) -> Result<Option<MemberId>> {
    let folded = folded(name.as_str());
    x.row(SHOWN_BY_NAME, &[folded.as_str().into()], |row| {
        row.id(0, MemberId::new)
    })
    .await
}

/// Reads a member of whom everybody may hear.
pub(crate) async fn shown_by_id(x: &mut Executor<'_>, id: MemberId) -> Result<Option<Member>> {
    let values = [id.get().into()];
    let shown = x.row(SHOWN_BY_ID, &values, |row| row.id(0, MemberId::new));
    match shown.await? {
        Some(id) => by_id(x, id).await,
        None => Ok(None),
    }
}

/// Finds a member and the hash of their password, when they have one.
pub(crate) async fn password(
    x: &mut Executor<'_>,
    name: &MemberName,
) -> Result<Option<(MemberId, Option<String>)>> {
    x.row(PASSWORD, &[folded(name.as_str()).as_str().into()], |row| {
        Ok((row.id(0, MemberId::new)?, row.opt_text(1)?))
    })
    .await
}

/// Lists every member's id.
pub(crate) async fn all_ids(x: &mut Executor<'_>) -> Result<Vec<MemberId>> {
    x.rows(ALL_IDS, &[], |row| row.id(0, MemberId::new)).await
}

/// Lists ids of members in the order of their birth.
pub(crate) async fn ids_after(x: &mut Executor<'_>, after: i64, limit: usize) -> Result<Vec<i64>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    x.rows(IDS_AFTER, &[after.into(), limit.into()], |row| row.i64(0))
        .await
}

/// Lists owners, administrators and moderators.
pub(crate) async fn staff(x: &mut Executor<'_>) -> Result<Vec<MemberId>> {
    x.rows(STAFF, &[], |row| row.id(0, MemberId::new)).await
}

/// A member to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewMember<'a> {
    pub(crate) id: MemberId,
    pub(crate) kind: MemberKind,
    pub(crate) name: &'a MemberName,
    pub(crate) display_name: Option<&'a DisplayName>,
    pub(crate) trust_level: u8,
    pub(crate) created_at: Timestamp,
}

/// Makes members.
pub(crate) async fn insert<P>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    members: &[NewMember<'_>],
) -> Result<()> {
    let names: Vec<String> = members
        .iter()
        .map(|member| folded(member.name.as_str()))
        .collect();
    let values: Vec<Vec<Value<'_>>> = members
        .iter()
        .zip(&names)
        .map(|(member, folded)| {
            vec![
                member.id.get().into(),
                member.kind.word().into(),
                member.name.as_str().into(),
                folded.into(),
                member.display_name.map(DisplayName::as_str).into(),
                i64::from(member.trust_level).into(),
                member.created_at.millis().into(),
            ]
        })
        .collect();
    tx.execute_each(INSERT, &values).await
}

/// What permits to give an account a password.
pub(crate) trait MaySetPassword {}
impl MaySetPassword for ManageMembers {}
impl MaySetPassword for space_core::policy::ChangePassword {}

/// Stores the hash of a password.
pub(crate) async fn set_password<P: MaySetPassword>(
    tx: &mut Tx<'_>,
    _: &Permit<P>,
    id: MemberId,
    hash: &str,
) -> Result<()> {
    tx.execute(SET_PASSWORD, &[hash.into(), id.get().into()])
        .await
        .map(drop)
}

/// Gives or takes a role, and says whether that changed anything.
pub(crate) async fn set_role(
    tx: &mut Tx<'_>,
    _: &Permit<ManageMembers>,
    id: MemberId,
    role: Role,
    holds: bool,
) -> Result<bool> {
    let sql = if holds { GIVE_ROLE } else { TAKE_ROLE };
    let changed = tx
        .execute(sql, &[id.get().into(), role.word().into()])
        .await?
        > 0;
    if changed {
        tx.execute(CHANGED, &[id.get().into()]).await?;
    }
    Ok(changed)
}
