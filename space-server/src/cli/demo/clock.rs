// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A clock that can be set back: what people wrote last month is written now.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use space_core::{Clock, Timestamp};

use crate::clock::SystemClock;

/// The machine's clock, set back by some time.
#[derive(Debug, Default)]
pub(super) struct DemoClock {
    back_millis: AtomicU64,
}

impl DemoClock {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets the clock back, counted from the present.
    pub(super) fn set_back(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.back_millis.store(millis, Ordering::Relaxed);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let back = Duration::from_millis(self.back_millis.load(Ordering::Relaxed));
        SystemClock.now().minus(back)
    }
}
