// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which of two states of a thing is the newer one: what is imported now, or what was imported before.
//!
//! Archives may come in any order, and seldom say when they were made. So each thing is asked for what only rises: the
//! views of a topic, the latest moment that its documents tell of, the moment a post was changed; and where these say
//! the same, the archive is asked for the latest moment that anything in it tells of. What is older changes nothing.
//! Where nothing tells, the state that shows less counts: a post that was hidden is not shown again by an archive that is
//! not known to be newer.

use std::cmp::Ordering;

use space_core::Timestamp;

use super::digest::{PostDigest, TopicDigest};
use super::known::Known;
use super::plan::Plan;

/// How a state that is imported stands to the one that was imported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Older,
    /// The same age, or nobody knows.
    Unknown,
    Newer,
}

impl From<Ordering> for Order {
    fn from(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Less => Self::Older,
            Ordering::Equal => Self::Unknown,
            Ordering::Greater => Self::Newer,
        }
    }
}

/// Compares the archives as a whole. One that tells of less than half of what was imported does not tell how old it is.
pub(crate) fn of_archive(plan: &Plan, known: &Known) -> Order {
    let mentioned = &plan.gone.mentioned;
    let (all, told) = known.topics().fold((0, 0), |(all, told), (id, _)| {
        (all + 1, told + u64::from(mentioned.contains(&id)))
    });
    if known.archive_seen_at() == 0 || told * 2 < all {
        return Order::Unknown;
    }
    plan.seen_at.millis().cmp(&known.archive_seen_at()).into()
}

/// Compares two states of a topic.
pub(crate) fn of_topic(was: &TopicDigest, views: i64, seen_at: Timestamp, archive: Order) -> Order {
    let by_views = match (was.views, views) {
        // Not told.
        (0, _) | (_, 0) => Ordering::Equal,
        (was, now) => now.cmp(&was),
    };
    if by_views != Ordering::Equal {
        return by_views.into();
    }
    // An import of an earlier version did not note it.
    if was.seen_at == 0 || seen_at.millis() > was.seen_at {
        return Order::Newer;
    }
    // The latest moment goes back, too, when the latest post is removed.
    archive
}

/// Compares two states of a post.
pub(crate) fn of_post(was: &PostDigest, updated_at: Option<Timestamp>, topic: Order) -> Order {
    let updated_at = updated_at.map_or(0, Timestamp::millis);
    if was.updated_at == 0 || updated_at == 0 || was.updated_at == updated_at {
        return topic;
    }
    updated_at.cmp(&was.updated_at).into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::more_views(7, 8, 50, Order::Older, Order::Newer)]
    #[case::fewer_views(7, 6, 150, Order::Newer, Order::Older)]
    #[case::later(7, 7, 101, Order::Older, Order::Newer)]
    #[case::the_last_post_is_gone(7, 7, 99, Order::Newer, Order::Newer)]
    #[case::earlier(7, 7, 99, Order::Older, Order::Older)]
    #[case::the_same(7, 7, 100, Order::Unknown, Order::Unknown)]
    #[case::no_views(7, 0, 101, Order::Older, Order::Newer)]
    fn topic_order_follows_what_only_rises(
        #[case] was_views: i64,
        #[case] views: i64,
        #[case] seen_at: i64,
        #[case] archive: Order,
        #[case] expected: Order,
    ) {
        let text = format!("1 5 7 3 true false false false 0 {was_views} 2 0 100 false 0");
        let was = TopicDigest::read(&text).unwrap();
        let order = of_topic(&was, views, Timestamp::from_millis(seen_at), archive);
        assert_eq!(order, expected);
    }

    #[rstest]
    #[case(100, Some(101), Order::Older, Order::Newer)]
    #[case(100, Some(99), Order::Newer, Order::Older)]
    #[case(100, Some(100), Order::Older, Order::Older)]
    #[case(100, None, Order::Newer, Order::Newer)]
    #[case(0, Some(99), Order::Unknown, Order::Unknown)]
    fn post_order_follows_its_own_time_first(
        #[case] was_at: i64,
        #[case] at: Option<i64>,
        #[case] topic: Order,
        #[case] expected: Order,
    ) {
        let was = PostDigest::read(&format!("1 5 false 3 12 {was_at} 0 1 1")).unwrap();
        let order = of_post(&was, at.map(Timestamp::from_millis), topic);
        assert_eq!(order, expected);
    }
}
