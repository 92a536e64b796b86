// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The machine's clock and random source.

use space_core::{Clock, Entropy, Timestamp};

/// The machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine;

impl Clock for Machine {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the time is read"
    )]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let millis = since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
        Timestamp::from_millis(millis)
    }
}

impl Entropy for Machine {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system has random bytes");
    }
}
