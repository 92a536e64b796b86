// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Until when members count everything as read.

use space_core::policy::{CatchUp, Permit};
use space_core::{CategoryId, CaughtUp, MemberId, Timestamp};

use super::{Executor, Result, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_PLACES = concat!("select place_id, until_at, changed_at from caught_up
        where place_id in (", ids64!(), ") and member_id = $65");
    STORE = "insert into caught_up (member_id, place_id, until_at, changed_at) values ($1, $2, $3, $4)
        on conflict (member_id, place_id) do update set until_at = excluded.until_at, changed_at = excluded.changed_at";
}

/// Reads until when a member has caught up in some places.
pub(crate) async fn by_places(
    x: &mut Executor<'_>,
    member: MemberId,
    places: &[i64],
) -> Result<Vec<CaughtUp>> {
    x.readable_in(
        "caught_up",
        BY_PLACES,
        places,
        &[member.get().into()],
        |row| {
            let place = row.i64(0)?;
            Ok(CaughtUp {
                category: CategoryId::new(place).filter(|_| place != CaughtUp::EVERYWHERE),
                until: Timestamp::from_millis(row.i64(1)?),
                changed_at: Timestamp::from_millis(row.i64(2)?),
            })
        },
    )
    .await
}

/// Remembers until when a member has caught up.
pub(crate) async fn store(
    tx: &mut Tx<'_>,
    _: &Permit<CatchUp>,
    member: MemberId,
    it: &CaughtUp,
) -> Result<()> {
    let values = [
        member.get().into(),
        it.id().into(),
        it.until.millis().into(),
        it.changed_at.millis().into(),
    ];
    tx.execute(STORE, &values).await.map(drop)
}
