// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Numbers of what is closed: posts, topics, categories and groups.
//!
//! Counted with the others, each would leave a gap among the numbers that everybody sees, and tell how much is written where
//! they may not read. So they follow the clock: such a number says when the thing was made, as the thing itself does, and
//! nothing of what was made before it. Later ones are higher, as counted ones are.

use space_core::Timestamp;

use super::{Executor, Result, statements};

/// Where these numbers begin: far above what is ever counted, and below those of visitors' accounts.
pub(crate) const FIRST: i64 = 10_000_000_000;

/// 2020-01-01, from which time is counted, so that numbers stay short.
const SINCE: Timestamp = Timestamp::from_millis(1_577_836_800_000);

statements! {
    NEWEST = "select max(id) from (
        select coalesce(max(id), 0) as id from category union all
        select coalesce(max(id), 0) from member_group union all
        select coalesce(max(id), 0) from topic union all
        select coalesce(max(id), 0) from post) as ids";
    WAS_CLOSED = "select was_closed from category where id = $1";
}

/// Returns a number that nothing has: that of a moment, or the one after the newest.
pub(crate) async fn number(x: &mut Executor<'_>, now: Timestamp) -> Result<i64> {
    let newest = x.row(NEWEST, &[], |row| row.i64(0)).await?.unwrap_or(0);
    Ok(at(now).max(newest.saturating_add(1)))
}

/// Returns the number of a moment.
fn at(now: Timestamp) -> i64 {
    let millis = i64::try_from(now.since(SINCE).as_millis()).unwrap_or(i64::MAX);
    FIRST.saturating_add(millis)
}

/// Says whether a category is or was closed.
pub(crate) async fn was_closed(x: &mut Executor<'_>, category: i64) -> Result<bool> {
    let values = [category.into()];
    let found = x.row(WAS_CLOSED, &values, |row| row.bool(0)).await?;
    Ok(found.unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_clock() {
        let now = Timestamp::from_millis(1_764_547_200_123);
        assert_eq!(at(now), 196_710_400_123);
        assert_eq!(at(Timestamp::from_millis(0)), FIRST);
        // Until the year 2054 they stay below those of visitors.
        assert!(at(Timestamp::from_millis(2_600_000_000_000)) < 1 << 40);
    }
}
