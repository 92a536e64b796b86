// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Items that the server wants later: they wait for their time, in order, and what no limit holds goes on.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Draft, Waiting};
use crate::protocol::Problem;
use crate::time::Timestamp;

/// The longest wait that is believed: limits count days at most. A clock that was set back makes others.
const LONGEST: Duration = Duration::from_hours(25);

/// Which items wait for each other. It is a column of the query that looks for the next item.
pub(super) const TRACK: &str = "case json_extract(draft, '$.do') when 'report' then 1
    when 'start_topic' then 2 when 'reply' then 2 when 'edit_post' then 2 when 'tag_topic' then 2 else 0 end";

/// Items that are held up together when one of them is asked for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Track {
    /// Marks and removals, which no limit holds.
    Free,
    /// Reports.
    Reports,
    /// Everything that is written for others: it goes out in the order in which it was written.
    Writing,
}

impl Track {
    /// Reads the column of the query.
    pub(super) fn of_column(number: i64) -> Self {
        match number {
            1 => Self::Reports,
            2 => Self::Writing,
            _ => Self::Free,
        }
    }

    /// Returns the track of a draft.
    pub(super) fn of(draft: &Draft) -> Self {
        match draft {
            Draft::Report { .. } => Self::Reports,
            Draft::StartTopic { .. }
            | Draft::Reply { .. }
            | Draft::EditPost { .. }
            | Draft::TagTopic { .. } => Self::Writing,
            _ => Self::Free,
        }
    }
}

/// What the column `problem` holds of an item that is queued: why it waits, and for how long.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    not_before: Timestamp,
    #[serde(flatten)]
    problem: Problem,
}

impl Kept {
    pub(super) fn new(problem: Problem, not_before: Timestamp) -> Self {
        Self {
            not_before,
            problem,
        }
    }

    /// Returns what is told of it.
    pub(super) fn waiting(self) -> Waiting {
        Waiting {
            until: self.not_before,
            why: Box::new(self.problem),
        }
    }
}

/// Returns how long an item still waits.
pub(super) fn left(not_before: Option<i64>, now: Timestamp) -> Option<Duration> {
    let left = Timestamp::from_millis(not_before?).since(now);
    (!left.is_zero() && left <= LONGEST).then_some(left)
}

/// The tracks that are held up, and for how long.
#[derive(Debug, Default)]
pub(super) struct HeldUp(Vec<(Track, Duration)>);

impl HeldUp {
    /// Notes that a track is held up.
    pub(super) fn note(&mut self, track: Track, wait: Duration) {
        if !self.has(track) {
            self.0.push((track, wait));
        }
    }

    /// Says whether a track is held up.
    pub(super) fn has(&self, track: Track) -> bool {
        track != Track::Free && self.0.iter().any(|(held, _)| *held == track)
    }

    /// Returns how long the first of them waits.
    pub(super) fn shortest(&self) -> Option<Duration> {
        self.0.iter().map(|(_, wait)| *wait).min()
    }
}
