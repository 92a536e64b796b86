// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who moderates: people on staff who can sign in. Whether a report reaches anybody depends on them.

use space_core::{MemberId, Timestamp};

use super::{Executor, Result, statements};

/// Members `m` who can decide at the moment `$now`: on staff, no program, not blocked, with a password or a token.
macro_rules! moderators {
    ($now:literal) => {
        concat!(
            "member m where m.kind in ('person', 'staff')
             and exists (select 1 from member_role r where r.member_id = m.id
                and r.role in ('owner', 'administrator', 'moderator'))
             and not exists (select 1 from member_block b where b.member_id = m.id)
             and (m.password_hash is not null or exists (select 1 from token t where t.member_id = m.id
                and (t.expires_at is null or t.expires_at > $",
            $now,
            ")))"
        )
    };
}
pub(super) use moderators;

/// Those of them who are not party to the case `c` about the post `p`.
macro_rules! others {
    ($now:literal) => {
        concat!(
            "select 1 from ",
            crate::store::moderator::moderators!($now),
            " and m.id <> p.author_id
             and not exists (select 1 from case_reporter q where q.member_id = m.id and q.case_id = c.id)"
        )
    };
}
pub(super) use others;

statements! {
    BESIDES = concat!("select 1 from ", moderators!("1"), " and m.id <> $2 limit 1");
    COUNT = concat!("select count(*) from ", moderators!("1"));
    UNREAD = concat!("select count(*) from moderation_case c join post p on p.id = c.post_id
        where c.state = 'open' and not exists (select 1 from ", moderators!("1"), " and m.id <> p.author_id)");
}

/// Says whether some moderator besides a member can sign in.
pub(crate) async fn is_there_besides(
    x: &mut Executor<'_>,
    member: MemberId,
    now: Timestamp,
) -> Result<bool> {
    let values = [now.millis().into(), member.get().into()];
    let found = x.row(BESIDES, &values, |_| Ok(())).await?;
    Ok(found.is_some())
}

/// How reports can be decided: for `space-server doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moderation {
    /// Moderators who can sign in.
    pub(crate) moderators: i64,
    /// Open cases that none of them may decide.
    pub(crate) undecidable: i64,
}

/// Counts who can decide, and what nobody can.
pub(crate) async fn moderation(x: &mut Executor<'_>, now: Timestamp) -> Result<Moderation> {
    let now = [now.millis().into()];
    let moderators = x.row(COUNT, &now, |row| row.i64(0)).await?;
    let undecidable = x.row(UNREAD, &now, |row| row.i64(0)).await?;
    Ok(Moderation {
        moderators: moderators.unwrap_or(0),
        undecidable: undecidable.unwrap_or(0),
    })
}
