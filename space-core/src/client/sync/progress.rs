// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far a reading has come, and about how much is left.
//!
//! The server tells nobody how many rows there are: that would tell of those that one may not see. But ids rise with
//! birth and everybody sees them, so a backward reading that has come down to the id of half of the highest has
//! read about half.

use std::time::Duration;

use super::window::Window;
use crate::protocol::{Body, FeedRow};
use crate::scope::Scope;
use crate::time::Timestamp;

/// How far a reading has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Rows read so far.
    pub rows: usize,
    /// The scope that is read from zero, when it is one.
    pub scope: Option<Scope>,
    /// Whether there is more to read.
    pub more: bool,
    /// How long it has taken so far.
    pub elapsed: Duration,
    /// How much of what is wanted has been read, between 0 and 1; unknown for changes, which nobody counts before.
    pub share: Option<f64>,
}

impl Progress {
    /// Returns about how many rows it will have been in the end.
    pub fn expected_rows(&self) -> Option<usize> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an estimate of a number of rows"
        )]
        self.share
            .filter(|share| *share > 0.0)
            .map(|share| ((self.rows as f64 / share) as usize).max(self.rows))
    }

    /// Returns rows a second.
    pub fn rate(&self) -> Option<f64> {
        let seconds = self.elapsed.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "an estimate of a rate")]
        (seconds > 0.2).then(|| self.rows as f64 / seconds)
    }

    /// Returns about how long it will take from here.
    pub fn left(&self) -> Option<Duration> {
        let share = self.share.filter(|share| *share > 0.01)?;
        let seconds = self.elapsed.as_secs_f64() * (1.0 - share) / share;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }
}

/// Where a backward reading stands.
#[derive(Debug, Default)]
pub(super) struct Estimate {
    highest_id: Option<i64>,
    share: Option<f64>,
}

impl Estimate {
    /// Looks at a page of a backward reading.
    pub(super) fn see(&mut self, rows: &[FeedRow], window: Window, topics: u64, now: Timestamp) {
        let mut posts: Vec<(i64, Timestamp)> = rows
            .iter()
            .filter_map(|row| match &row.body {
                Some(Body::Post(post)) => Some((post.id.get(), post.created_at)),
                _ => None,
            })
            .collect();
        let Some((highest, _)) = posts.iter().max() else {
            return;
        };
        let highest = *self.highest_id.get_or_insert(*highest);
        // The end of the page tells how far it has come. Edits bring old posts early, so no single post does: the one in
        // the middle of the last quarter does.
        let last = posts.len() - posts.len().div_ceil(4);
        let end = &mut posts[last..];
        end.sort_unstable();
        let (come_to, written) = end[end.len() / 2];
        #[expect(clippy::cast_precision_loss, reason = "a share of something large")]
        let share = match window {
            Window::Whole => 1.0 - come_to as f64 / highest.max(1) as f64,
            Window::Days(days) => {
                now.since(written).as_secs_f64() / (f64::from(days) * 24.0 * 3600.0)
            }
            Window::Topics(wanted) => topics as f64 / f64::from(wanted),
        };
        // It never goes back.
        let before = self.share.unwrap_or(0.0);
        self.share = Some(share.clamp(before, 1.0));
    }

    /// There is nothing before what was read.
    pub(super) fn end(&mut self) {
        self.share = Some(1.0);
    }

    pub(super) fn share(&self) -> Option<f64> {
        self.share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(rows: usize, seconds: u64, share: Option<f64>) -> Progress {
        Progress {
            rows,
            scope: None,
            more: true,
            elapsed: Duration::from_secs(seconds),
            share,
        }
    }

    #[test]
    fn a_quarter_read_in_ten_seconds_leaves_thirty() {
        let progress = progress(1000, 10, Some(0.25));
        assert_eq!(progress.expected_rows(), Some(4000));
        assert_eq!(progress.left(), Some(Duration::from_secs(30)));
        assert_eq!(progress.rate(), Some(100.0));
    }

    /// Posts with these ids, in the order in which a page has them.
    fn page(ids: impl IntoIterator<Item = i64>) -> Vec<FeedRow> {
        let post = |id| {
            let body = Body::Post(crate::post::Post {
                id: crate::id::PostId::new(id).unwrap(),
                topic: crate::id::TopicId::new(1).unwrap(),
                number: 1,
                author: crate::id::MemberId::new(1).unwrap(),
                reply_to: None,
                kind: crate::post::PostKind::Regular,
                source: String::new(),
                notice: None,
                language: None,
                is_hidden: false,
                created_at: Timestamp::from_millis(id),
                written_at: None,
                edited_at: None,
                revision: 1,
            });
            FeedRow {
                scope: Scope::Public,
                kind: body.kind(),
                id,
                body: Some(body),
            }
        };
        ids.into_iter().map(post).collect()
    }

    #[test]
    fn the_end_of_a_page_tells_how_far_it_has_come_and_one_old_post_in_it_does_not() {
        let mut estimate = Estimate::default();
        let mut see = |rows: &[FeedRow]| {
            estimate.see(rows, Window::Whole, 0, Timestamp::from_millis(0));
            estimate.share().unwrap()
        };
        let first = see(&page((601..=1000).rev()));
        assert!((0.3..0.41).contains(&first), "{first}");
        let edited = see(&page((401..=600).rev().chain([3])));
        assert!((0.5..0.61).contains(&edited), "{edited}");
        estimate.end();
        let mut done = progress(700, 10, estimate.share());
        done.more = false;
        assert_eq!(done.expected_rows(), Some(700));
        assert_eq!(done.left(), Some(Duration::ZERO));
    }

    #[test]
    fn nothing_is_claimed_of_what_nobody_knows() {
        let progress = progress(1000, 10, None);
        assert_eq!(progress.expected_rows(), None);
        assert_eq!(progress.left(), None);
    }
}
