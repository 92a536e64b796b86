// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Waking the followers that wait, in this process and in others.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use space_core::Scope;
use tokio::sync::broadcast;

/// How many wake-ups a follower may be behind. One that is further behind reads a page: nothing is lost, since a
/// wake-up says only "look".
const BEHIND: usize = 256;

/// Wakes followers after each commit.
#[derive(Clone)]
pub(crate) struct Hub {
    wakes: broadcast::Sender<Arc<Wake>>,
    /// The newest position that is known here.
    known: Arc<AtomicI64>,
}

#[derive(Debug)]
enum Wake {
    /// Something moved in these scopes.
    Scopes(BTreeSet<Scope>),
    /// Another process wrote something.
    Anything,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            wakes: broadcast::channel(BEHIND).0,
            known: Arc::default(),
        }
    }

    /// Wakes the followers of the scopes in which something moved, up to a position.
    pub(crate) fn publish(&self, scopes: BTreeSet<Scope>, seq: i64) {
        self.known.fetch_max(seq, Ordering::AcqRel);
        if !scopes.is_empty() {
            // Nobody may be waiting.
            let _ = self.wakes.send(Arc::new(Wake::Scopes(scopes)));
        }
    }

    /// Says where the feed stands. When that is further than this process has come by itself, another one has
    /// written: everybody looks.
    pub(crate) fn stands_at(&self, seq: i64) {
        if self.known.fetch_max(seq, Ordering::AcqRel) < seq {
            let _ = self.wakes.send(Arc::new(Wake::Anything));
        }
    }

    /// Begins to watch. Begin before reading: what comes after the read then wakes.
    pub(crate) fn watch(&self) -> Watch {
        Watch {
            wakes: self.wakes.subscribe(),
        }
    }
}

/// A follower's place at the hub.
pub(crate) struct Watch {
    wakes: broadcast::Receiver<Arc<Wake>>,
}

impl Watch {
    /// Waits until something may have moved in one of these scopes. Cancel-safe.
    ///
    /// Returns `false` when nothing can come any more, because the server stops.
    pub(crate) async fn moved(&mut self, scopes: &BTreeSet<Scope>) -> bool {
        loop {
            match self.wakes.recv().await {
                Ok(wake) => match &*wake {
                    Wake::Scopes(moved) if moved.is_disjoint(scopes) => {}
                    Wake::Scopes(_) | Wake::Anything => return true,
                },
                Err(broadcast::error::RecvError::Lagged(_)) => return true,
                Err(broadcast::error::RecvError::Closed) => return false,
            }
        }
    }
}
