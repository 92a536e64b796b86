// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Visitors: who people from other networks are there, and the accounts that they have here.

use std::collections::BTreeMap;
use std::ops::Range;

use space_core::case::CameFrom;
use space_core::policy::{MeetVisitors, Permit, Reply, VisitorFacts};
use space_core::text::{DisplayName, MemberName, NetworkName, RemoteId, folded};
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, StoreError, ids64, number, statements};
use crate::writer::Tx;

statements! {
    IS_MEMBER = "select 1 from member where id = $1";
    BY_REMOTE = "select member_id, published_at from visitor where network = $1 and remote = $2";
    FACTS = "select m.trust_level, v.network,
        (select max(a.version) from acceptance a where a.member_id = v.member_id),
        (select max(c.version) from code c), b.bridge_id,
        exists (select 1 from member_block k where k.member_id = v.member_id), v.remote
        from visitor v join member m on m.id = v.member_id
        left join bridge_network b on b.network = v.network where v.member_id = $1";
    CAME_FROM = concat!("select member_id, network, remote from visitor where member_id in (", ids64!(), ")");
    INSERT = "insert into visitor (member_id, network, remote, met_at) values ($1, $2, $3, $4)";
    RENAME_UNHEARD = "update member set display_name = $1 where id = $2";
    CALLS_THEMSELVES = "update visitor set calls_themselves = $1 where member_id = $2";
    HAS_NEW_NAME = "select calls_themselves from visitor where member_id = $1 and calls_themselves is not null";
    RENAME = "update member set display_name = $1, revision = revision + 1 where id = $2";
    NAME = "update member set name = $1, folded_name = $2 where id = $3";
    PUBLISH = "update visitor set published_at = $1 where member_id = $2 and published_at is null";
    BEGIN = "update member set created_at = $1 where id = $2";
}

/// An account that a bridge has brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) member: MemberId,
    /// Whether everybody has heard of them.
    pub(crate) is_published: bool,
}

/// Finds the account of somebody from another network.
pub(crate) async fn by_remote(
    x: &mut Executor<'_>,
    network: &NetworkName,
    remote: &RemoteId,
) -> Result<Option<Known>> {
    let values = [network.as_str().into(), remote.as_str().into()];
    x.row(BY_REMOTE, &values, |row| {
        Ok(Known {
            member: row.id(0, MemberId::new)?,
            is_published: row.opt_i64(1)?.is_some(),
        })
    })
    .await
}

/// What there is to know about a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) trust_level: u8,
    pub(crate) network: NetworkName,
    /// Who they are there.
    pub(crate) remote: RemoteId,
    /// The newest version of the code of conduct that they have accepted.
    pub(crate) accepted: Option<i64>,
    /// The version in force; 0 as long as there is none.
    pub(crate) code: i64,
    /// The bot to which the network belongs.
    pub(crate) bridge: Option<MemberId>,
    /// Whether the account is blocked.
    pub(crate) is_blocked: bool,
}

impl Standing {
    /// Returns what rules look at.
    pub(crate) fn facts(&self, id: MemberId) -> VisitorFacts {
        VisitorFacts {
            id,
            trust_level: self.trust_level,
            has_accepted: self.accepted.unwrap_or(0) >= self.code,
            bridge: self.bridge,
            is_blocked: self.is_blocked,
        }
    }
}

/// Reads how a visitor stands; `None` when the account is no visitor's whom a bridge has brought.
pub(crate) async fn standing(x: &mut Executor<'_>, id: MemberId) -> Result<Option<Standing>> {
    x.row(FACTS, &[id.get().into()], |row| {
        Ok(Standing {
            trust_level: u8::try_from(row.i64(0)?).unwrap_or(0),
            network: row.checked(1)?,
            accepted: row.opt_i64(2)?,
            code: row.opt_i64(3)?.unwrap_or(0),
            bridge: row.opt_i64(4)?.and_then(MemberId::new),
            is_blocked: row.bool(5)?,
            remote: row.checked(6)?,
        })
    })
    .await
}

/// Reads where members come from; those whom no bridge has brought are left out. For staff alone.
pub(crate) async fn came_from(
    x: &mut Executor<'_>,
    ids: &[i64],
) -> Result<BTreeMap<MemberId, CameFrom>> {
    let found = x
        .readable_in("visitor", CAME_FROM, ids, &[], |row| {
            let from = CameFrom {
                network: row.checked(1)?,
                remote: row.checked(2)?,
            };
            Ok((row.id(0, MemberId::new)?, from))
        })
        .await?;
    Ok(found.into_iter().collect())
}

/// The numbers of visitors' accounts: far above what is counted, and whole in JSON, too (below 2^53).
const VISITORS: Range<i64> = 1 << 40..1 << 41;

/// Returns a number for a visitor's account; `chance` chooses it. Drawn where posts draw theirs, it would leave a gap, and
/// tell everybody that somebody new came to report.
pub(crate) async fn number(x: &mut Executor<'_>, chance: u64) -> Result<MemberId> {
    let id = number::free(x, IS_MEMBER, VISITORS, chance).await?;
    MemberId::new(id).ok_or(StoreError::NoIds)
}

/// Remembers who somebody with a new account is on their own network.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    _: &Permit<MeetVisitors>,
    id: MemberId,
    network: &NetworkName,
    remote: &RemoteId,
) -> Result<()> {
    let now = tx.now().millis();
    let values = [
        id.get().into(),
        network.as_str().into(),
        remote.as_str().into(),
        now.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Stores what a visitor calls themselves now. Nobody sees it before their next post: a bridge asks for them when they report
/// something, too, and a name that changed at that moment would tell.
pub(crate) async fn rename(
    tx: &mut Tx<'_>,
    _: &Permit<MeetVisitors>,
    known: Known,
    name: Option<&DisplayName>,
) -> Result<()> {
    let sql = if known.is_published {
        CALLS_THEMSELVES
    } else {
        RENAME_UNHEARD
    };
    let values = [
        name.map(DisplayName::as_str).into(),
        known.member.get().into(),
    ];
    tx.execute(sql, &values).await.map(drop)
}

/// Gives a published visitor the name that they call themselves by now, and says whether it is another one.
pub(crate) async fn take_new_name(
    tx: &mut Tx<'_>,
    _: &Permit<Reply>,
    id: MemberId,
) -> Result<bool> {
    let new: Option<DisplayName> = tx
        .x()
        .row(HAS_NEW_NAME, &[id.get().into()], |row| row.checked(0))
        .await?;
    let Some(new) = new else {
        return Ok(false);
    };
    tx.execute(RENAME, &[new.as_str().into(), id.get().into()])
        .await?;
    let none: Option<&str> = None;
    tx.execute(CALLS_THEMSELVES, &[none.into(), id.get().into()])
        .await?;
    Ok(true)
}

/// Gives a visitor of whom everybody hears now the name that they are mentioned by.
pub(crate) async fn name(
    tx: &mut Tx<'_>,
    _: &Permit<Reply>,
    id: MemberId,
    name: &MemberName,
) -> Result<()> {
    let folded = folded(name.as_str());
    let values = [
        name.as_str().into(),
        folded.as_str().into(),
        id.get().into(),
    ];
    tx.execute(NAME, &values).await.map(drop)
}

/// Notes that everybody hears of a visitor now, and says whether they do for the first time.
///
/// For everybody the account begins here: when a bridge met them is theirs, and may be when they reported something.
pub(crate) async fn publish(tx: &mut Tx<'_>, _: &Permit<Reply>, id: MemberId) -> Result<bool> {
    let now: Timestamp = tx.now();
    let values = [now.millis().into(), id.get().into()];
    let is_first = tx.execute(PUBLISH, &values).await? > 0;
    if is_first {
        tx.execute(BEGIN, &values).await?;
    }
    Ok(is_first)
}
