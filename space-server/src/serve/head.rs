// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How long the head of a request has been on its way.
//!
//! Hyper's own limit counts from the end of the request before, so it would have to be as long as a connection may
//! rest; and it counts nothing before it knows the version of the protocol, which somebody can put off by sending
//! the first letter of either.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::http::Version;
use tokio::time::{Instant, Sleep};

/// The lowest two bits say what is the case; those above count, so that one head is told from the next.
const STATE: u64 = 3;
const COMING: u64 = 0;
const ANSWERING: u64 = 1;
const RESTING: u64 = 2;
/// HTTP/2 has many requests at once, and pings.
const MANY: u64 = 3;

/// What a connection does. It begins with a head that is to come.
#[derive(Debug, Default)]
pub(super) struct Heads(AtomicU64);

impl Heads {
    fn set(&self, state: u64) {
        let now = self.0.load(Ordering::Relaxed);
        if now & STATE != MANY {
            self.0.store((now & !STATE) + 4 + state, Ordering::Relaxed);
        }
    }

    /// Something was read. All of this is called by the one task of a connection.
    pub(super) fn read(&self) {
        if self.0.load(Ordering::Relaxed) & STATE == RESTING {
            self.set(COMING);
        }
    }

    /// A head has arrived; the connection rests when what is returned is dropped.
    pub(super) fn arrived(self: &std::sync::Arc<Self>, version: Version) -> Answering {
        self.set(if version == Version::HTTP_2 {
            MANY
        } else {
            ANSWERING
        });
        Answering(std::sync::Arc::clone(self))
    }

    /// Ends when a head is on its way for too long. It looks whenever the connection's task does something.
    pub(super) async fn late(&self, limit: Duration) {
        let mut watched: Option<(u64, Pin<Box<Sleep>>)> = None;
        poll_fn(|context| {
            let now = self.0.load(Ordering::Relaxed);
            if now & STATE != COMING {
                watched = None;
                return Poll::Pending;
            }
            let sleep = match &mut watched {
                Some((since, sleep)) if *since == now => sleep,
                Some((since, sleep)) => {
                    *since = now;
                    sleep.as_mut().reset(Instant::now() + limit);
                    sleep
                }
                None => &mut watched.insert((now, Box::pin(tokio::time::sleep(limit)))).1,
            };
            sleep.as_mut().poll(context)
        })
        .await;
    }
}

/// A request that is being answered.
pub(super) struct Answering(std::sync::Arc<Heads>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.set(RESTING);
    }
}
