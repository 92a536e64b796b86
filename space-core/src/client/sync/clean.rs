// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Wiping words that were withdrawn, beside the reading.

use std::time::Duration;

use tokio::time::Instant;

use crate::client::replica::{Cleaning, Replica, ReplicaError};

/// Between two pieces of work, so that whatever else waits has its turn.
const PAUSE: Duration = Duration::from_millis(5);
/// After a cleaning nothing is cleaned for this many times as long as it took: in a very large copy each one reads and writes
/// the whole index of words.
const REST: u32 = 30;
/// The largest file that is written anew while a screen follows.
const REWRITE_MAX: u64 = 32 << 20;
/// The largest file that is written anew at all: it is made in memory.
const REWRITE_MAX_NOW: u64 = 256 << 20;

/// Wipes everything that was withdrawn, now. May take as long as copying the file.
pub fn clean(replica: &mut Replica) -> Result<(), ReplicaError> {
    if let Some(mut cleaning) = replica.unclean(REWRITE_MAX_NOW)? {
        while replica.clean_step(&mut cleaning)? {}
    }
    Ok(())
}

/// Wipes in pieces, while a follower waits for changes.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    under_way: Option<Cleaning>,
    spent: Duration,
    not_before: Option<Instant>,
}

impl Cleaner {
    /// Returns when there is something to do, if there is.
    pub(super) fn due(&self, replica: &Replica) -> Option<Instant> {
        if self.under_way.is_none() && !matches!(replica.unclean(0), Ok(Some(_))) {
            return None;
        }
        let soon = Instant::now() + PAUSE;
        Some(self.not_before.map_or(soon, |then| then.max(soon)))
    }

    /// Does a piece. Not worth ending anything for: what fails now is tried again later.
    pub(super) fn step(&mut self, replica: &mut Replica) {
        let begun = Instant::now();
        let more = self.piece(replica);
        self.spent += begun.elapsed();
        self.not_before = match more {
            Ok(true) => None,
            Ok(false) => Some(Instant::now() + self.spent * REST),
            Err(_) => {
                self.under_way = None;
                Some(Instant::now() + Duration::from_mins(10))
            }
        };
        if self.not_before.is_some() {
            self.spent = Duration::ZERO;
        }
    }

    fn piece(&mut self, replica: &mut Replica) -> Result<bool, ReplicaError> {
        if let Some(cleaning) = &mut self.under_way {
            let more = replica.clean_step(cleaning)?;
            if !more {
                self.under_way = None;
            }
            return Ok(more);
        }
        self.under_way = replica.unclean(REWRITE_MAX)?;
        Ok(self.under_way.is_some())
    }
}
