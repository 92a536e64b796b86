// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A space in miniature and a server of a few lines, to test against.

pub(super) mod bodies;
pub(super) mod server;
pub(super) mod space;

use std::sync::Mutex;

use crate::time::{Clock, Entropy, Timestamp};

/// A clock that stands still until it is moved.
pub(super) struct Still(pub(super) Mutex<Timestamp>);

impl Still {
    pub(super) fn at(millis: i64) -> Self {
        Self(Mutex::new(Timestamp::from_millis(millis)))
    }

    pub(super) fn set(&self, millis: i64) {
        *self.0.lock().unwrap() = Timestamp::from_millis(millis);
    }

    pub(super) fn pass(&self, time: std::time::Duration) {
        let mut now = self.0.lock().unwrap();
        *now = now.plus(time);
    }
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Bytes that never come twice, though anybody can predict them.
#[derive(Default)]
pub(super) struct Counting(Mutex<u64>);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        let count = count.to_le_bytes();
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = count[at % count.len()];
        }
    }
}
