// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A house to test in: a whole server without a socket, on either engine, with a clock that stands still unless it is
//! told to go on.

mod house;
mod mirror;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use space_core::{Clock, Entropy, Timestamp};

pub(crate) use house::{Answer, House, Lot};
pub(crate) use mirror::Mirror;

/// Returns the scopes that somebody may read.
pub(crate) async fn readable(
    house: &House,
    who: &str,
) -> std::collections::BTreeSet<space_core::Scope> {
    use crate::store::actor::{self, By, Sights};
    let by = match who {
        "nobody" => By::Nobody,
        name => By::Token(Box::new(crate::http::token_hash(&house.token(name)))),
    };
    let now = house.clock.now();
    let read = house.app.store.read(move |x| {
        Box::pin(async move {
            let caller = actor::load(x, &by, now).await?.expect("the token is valid");
            Ok(Sights::load(x).await?.scopes(&caller.actor))
        })
    });
    read.await.unwrap()
}

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// Runs the same test on both engines.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident: &House) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn body($house: &House) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(house) = House::new($crate::testing::On::Sqlite).await {
                    body(&house).await;
                }
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(house) = House::new($crate::testing::On::Postgres).await {
                    body(&house).await;
                }
            }
        }
    )*};
}
pub(crate) use on_both_engines;

/// A clock that is set by hand.
#[derive(Debug)]
pub(crate) struct StillClock(AtomicI64);

impl Default for StillClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_600_000_000_000))
    }
}

impl StillClock {
    pub(crate) fn pass(&self, by: std::time::Duration) {
        self.0
            .fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Chance that repeats: a counter.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Entropy for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
            chunk.copy_from_slice(&number[8 - chunk.len()..]);
        }
    }
}
