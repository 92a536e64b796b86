// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast lines may be sent: a bucket of tokens. The `irc` crate has settings for this that nothing reads.

use std::time::Duration;

use tokio::time::Instant;

/// How fast lines may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// So many at once after a rest.
    pub(crate) burst: u32,
    /// Then one in this time; none means as fast as it goes.
    pub(crate) each: Option<Duration>,
}

/// How much of it is left.
#[derive(Debug)]
pub(super) struct Bucket {
    pace: Pace,
    /// When the bucket will be full again, if nothing is taken.
    full_at: Instant,
}

impl Bucket {
    pub(super) fn new(pace: Pace, now: Instant) -> Self {
        Self { pace, full_at: now }
    }

    /// Returns when the next line may go.
    pub(super) fn ready_at(&self) -> Option<Instant> {
        let each = self.pace.each?;
        // The bucket is empty when it takes the whole burst to be full.
        self.full_at
            .checked_sub(each * self.pace.burst.saturating_sub(1))
    }

    /// Returns whether a line may go now.
    pub(super) fn is_ready(&self, now: Instant) -> bool {
        self.ready_at().is_none_or(|at| at <= now)
    }

    /// Takes one out, also when there is none: the next line then waits longer.
    pub(super) fn take(&mut self, now: Instant) {
        if let Some(each) = self.pace.each {
            self.full_at = self.full_at.max(now) + each;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_at_once_and_then_one_in_two_seconds() {
        let start = Instant::now();
        let pace = Pace {
            burst: 5,
            each: Some(Duration::from_secs(2)),
        };
        let mut bucket = Bucket::new(pace, start);
        for _ in 0..5 {
            assert!(bucket.is_ready(start));
            bucket.take(start);
        }
        assert!(!bucket.is_ready(start));
        assert_eq!(bucket.ready_at(), Some(start + Duration::from_secs(2)));
        let later = start + Duration::from_secs(2);
        assert!(bucket.is_ready(later));
        bucket.take(later);
        assert!(!bucket.is_ready(later));
        // A rest fills it, and no more than that.
        let rested = start + Duration::from_secs(1000);
        for _ in 0..5 {
            assert!(bucket.is_ready(rested));
            bucket.take(rested);
        }
        assert!(!bucket.is_ready(rested));
    }

    #[test]
    fn without_a_pace_it_never_waits() {
        let now = Instant::now();
        let mut bucket = Bucket::new(
            Pace {
                burst: 1,
                each: None,
            },
            now,
        );
        for _ in 0..100 {
            assert!(bucket.is_ready(now));
            bucket.take(now);
        }
    }
}
