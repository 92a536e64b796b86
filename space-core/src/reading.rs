// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a member has read, and what comes of marks that cross on their way.
//!
//! A member reads on several machines, some of them offline. The server keeps one [`ReadPosition`] per topic and takes in
//! marks one after the other; everybody else follows it, so all come to the same. Two kinds of mark:
//!
//! - *Reading* adds: what was read anywhere is read. It is passed over only when the member has set the topic back since,
//!   on another machine, and did not know of that when reading: else an old mark would undo what was done on purpose.
//! - *Setting* replaces: "unread from here", "this post is unread", and undoing. It is passed over when something newer
//!   is known that it was made without.
//!
//! "Newer" goes by knowledge first, by the clock second: a mark names the `read_at` that it was made from. Whoever knew
//! the present position is right, whatever their clock says; only between marks that did not know of each other
//! does the later moment count.

use serde::{Deserialize, Serialize};

use crate::protocol::{MarkRead, MarkWay};
use crate::time::Timestamp;
use crate::topic::ReadPosition;

/// Which posts of a topic were read: all up to a number, but for some.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadState {
    /// The highest number that was read.
    pub number: i64,
    /// The numbers below it that were not, in order; at most [`ReadState::MOST`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<i64>,
}

impl ReadState {
    /// Unread numbers that are told one by one; from the next one on, everything counts as unread.
    pub const MOST: usize = 256;

    /// Makes the one way of writing this down: `number` itself was read, and the others are in order.
    pub fn new(number: i64, unread: impl IntoIterator<Item = i64>) -> Self {
        let mut number = number.max(0);
        let mut unread: Vec<i64> = unread
            .into_iter()
            .filter(|n| (1..=number).contains(n))
            .collect();
        unread.sort_unstable();
        unread.dedup();
        if let Some(next) = unread.get(Self::MOST) {
            number = next - 1;
            unread.truncate(Self::MOST);
        }
        while unread.last() == Some(&number) && number > 0 {
            unread.pop();
            number -= 1;
        }
        Self { number, unread }
    }

    /// Returns whether a post was read.
    pub fn is_read(&self, number: i64) -> bool {
        number <= self.number && self.unread.binary_search(&number).is_err()
    }

    /// Everything up to `number` was seen in passing; what was marked as unread stays so.
    #[must_use]
    pub fn read_to(&self, number: i64) -> Self {
        Self::new(self.number.max(number), self.unread.iter().copied())
    }

    /// One post was read, and no other.
    #[must_use]
    pub fn read_one(&self, number: i64) -> Self {
        let before = self.number + 1..number;
        // Far beyond the most that is kept, the gap need not be written out.
        let gap = before.take(Self::MOST + 1);
        let unread = self.unread.iter().copied().filter(|n| *n != number);
        Self::new(self.number.max(number), unread.chain(gap))
    }

    /// A post and all after it are unread.
    #[must_use]
    pub fn unread_from(&self, number: i64) -> Self {
        let unread = self.unread.iter().copied();
        Self::new(self.number.min(number - 1), unread)
    }

    /// One post is unread.
    #[must_use]
    pub fn unread_one(&self, number: i64) -> Self {
        Self::new(self.number, self.unread.iter().copied().chain([number]))
    }

    /// What was read here or there.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let number = self.number.max(other.number);
        let both = self.unread.iter().chain(&other.unread).copied();
        let unread = both.filter(|n| !self.is_read(*n) && !other.is_read(*n));
        Self::new(number, unread)
    }
}

/// Returns what becomes of a member's position when a mark comes in; see the [module](self) for the rule.
///
/// `last` is the highest number of the topic, `now` the server's clock.
pub fn take_mark(
    topic: crate::TopicId,
    held: Option<&ReadPosition>,
    mark: &MarkRead,
    last: i64,
    now: Timestamp,
) -> ReadPosition {
    let state = ReadState::new(mark.number.min(last), mark.unread.iter().copied());
    let at = mark.marked_at.map_or(now, |at| at.min(now));
    let Some(held) = held else {
        return ReadPosition {
            topic,
            number: state.number,
            unread: state.unread,
            set_at: (mark.way == MarkWay::Set).then_some(at),
            read_at: at,
        };
    };
    let knew = |what: Timestamp| mark.known.is_some_and(|known| known >= what) || at >= what;
    let counts = match mark.way {
        MarkWay::Add => held.set_at.is_none_or(knew),
        MarkWay::Set => knew(held.read_at),
    };
    let was = held.state();
    let state = match mark.way {
        _ if !counts => was.clone(),
        MarkWay::Add => was.join(&state),
        MarkWay::Set => state,
    };
    if state == was && (mark.way == MarkWay::Add || !counts) {
        return held.clone();
    }
    // Every change is newer than the one before, also when clocks disagree.
    let read_at = at.max(Timestamp::from_millis(held.read_at.millis() + 1));
    ReadPosition {
        topic,
        number: state.number,
        unread: state.unread,
        set_at: if mark.way == MarkWay::Set {
            Some(read_at)
        } else {
            held.set_at
        },
        read_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TopicId;
    use proptest::prelude::*;

    fn topic() -> TopicId {
        TopicId::new(10).unwrap()
    }

    fn mark(way: MarkWay, number: i64, at: i64, known: Option<i64>) -> MarkRead {
        MarkRead {
            number,
            unread: Vec::new(),
            way,
            marked_at: Some(Timestamp::from_millis(at)),
            known: known.map(Timestamp::from_millis),
        }
    }

    fn after(marks: &[MarkRead]) -> ReadPosition {
        let mut held = None;
        for mark in marks {
            let now = Timestamp::from_millis(1000);
            held = Some(take_mark(topic(), held.as_ref(), mark, 50, now));
        }
        held.unwrap()
    }

    #[test]
    fn what_was_set_back_is_not_read_by_an_older_mark_that_comes_late() {
        let late = mark(MarkWay::Add, 20, 100, None);
        let position = after(&[
            mark(MarkWay::Add, 10, 50, None),
            mark(MarkWay::Set, 4, 200, Some(50)),
            late.clone(),
        ]);
        assert_eq!(position.number, 4);
        // Whoever knew of it and read on is right, also with a slow clock.
        let position = after(&[
            mark(MarkWay::Add, 10, 50, None),
            mark(MarkWay::Set, 4, 200, Some(50)),
            mark(MarkWay::Add, 20, 100, Some(200)),
        ]);
        assert_eq!(position.number, 20);
    }

    #[test]
    fn setting_back_offline_loses_against_reading_since_but_not_by_a_slow_clock() {
        let lost = [
            mark(MarkWay::Add, 30, 500, None),
            mark(MarkWay::Set, 4, 200, Some(50)),
        ];
        assert_eq!(after(&lost).number, 30);
        let meant = [
            mark(MarkWay::Add, 30, 500, None),
            mark(MarkWay::Set, 4, 200, Some(500)),
        ];
        assert_eq!(after(&meant).number, 4);
        assert!(after(&meant).read_at > after(&lost).read_at);
    }

    #[test]
    fn a_mark_never_reaches_beyond_the_last_post_nor_into_the_future() {
        let position = after(&[mark(MarkWay::Set, 99, 5000, None)]);
        assert_eq!((position.number, position.read_at.millis()), (50, 1000));
    }

    #[test]
    fn very_many_unread_posts_are_unread_from_there() {
        let state = ReadState::new(10_000, (1..2_000).map(|n| n * 2));
        assert_eq!(state.unread.len(), ReadState::MOST);
        assert!((1..=10_000).all(|n| !state.is_read(n) || n % 2 == 1 || n > 4_000));
        assert!(!state.is_read(600));
        assert!(ReadState::default().read_one(9_000).number <= 1);
    }

    fn state() -> impl Strategy<Value = ReadState> {
        (0..20_i64, prop::collection::vec(0..24_i64, 0..6))
            .prop_map(|(number, unread)| ReadState::new(number, unread))
    }

    proptest! {
        #[test]
        fn marks_change_what_they_say_and_nothing_else(state in state(), at in 1..24_i64) {
            for n in 1..30 {
                prop_assert_eq!(state.read_one(at).is_read(n), state.is_read(n) || n == at);
                prop_assert_eq!(state.unread_one(at).is_read(n), state.is_read(n) && n != at);
                prop_assert_eq!(state.unread_from(at).is_read(n), state.is_read(n) && n < at);
                prop_assert_eq!(state.read_to(at).is_read(n), state.is_read(n) || (state.number < n && n <= at));
            }
        }

        #[test]
        fn what_was_read_anywhere_is_read(a in state(), b in state()) {
            for n in 1..30 {
                prop_assert_eq!(a.join(&b).is_read(n), a.is_read(n) || b.is_read(n));
            }
            prop_assert_eq!(a.join(&b), b.join(&a));
            prop_assert_eq!(a.join(&a), a.clone());
            prop_assert_eq!(ReadState::new(a.number, a.unread.clone()), a);
        }

        #[test]
        fn marks_that_only_read_may_come_in_any_order(
            states in prop::collection::vec((state(), 0..900_i64), 1..5), turn in 0..5_usize
        ) {
            let marks: Vec<MarkRead> = states
                .iter()
                .map(|(state, at)| MarkRead { unread: state.unread.clone(), ..mark(MarkWay::Add, state.number, *at, None) })
                .collect();
            let mut turned = marks.clone();
            turned.rotate_left(turn % marks.len());
            prop_assert_eq!(after(&marks).state(), after(&turned).state());
        }
    }
}
