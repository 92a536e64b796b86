// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Numbers that chance chooses: of things whose counted numbers, or the gaps they leave, would tell of others.

use std::ops::Range;

use super::{Executor, Result, StoreError};

/// Returns a number of a range that nothing has: the one that `chance` chooses, or the next that is free. `taken` finds the
/// thing that has a number.
pub(super) async fn free(
    x: &mut Executor<'_>,
    taken: &'static str,
    range: Range<i64>,
    chance: u64,
) -> Result<i64> {
    let count = range.end.abs_diff(range.start);
    let chosen = range.start.saturating_add_unsigned(chance % count);
    for number in (chosen..range.end).chain(range.start..chosen) {
        if x.row(taken, &[number.into()], |_| Ok(())).await?.is_none() {
            return Ok(number);
        }
    }
    Err(StoreError::NoIds)
}
