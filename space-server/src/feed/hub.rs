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

/// How far the store has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stand {
    /// The position of the newest feed row.
    pub(crate) seq: i64,
    /// How often rights were lost.
    pub(crate) rights: i64,
}

/// Wakes followers after each commit.
#[derive(Clone)]
pub(crate) struct Hub {
    wakes: broadcast::Sender<Arc<Wake>>,
    /// The newest position that is known here.
    known: Arc<AtomicI64>,
    /// How many losses of rights are known here.
    known_rights: Arc<AtomicI64>,
}

#[derive(Debug)]
enum Wake {
    /// Something moved in these scopes.
    Scopes(BTreeSet<Scope>),
    /// Another process wrote something.
    Anything,
}

impl Stand {
    /// Returns the further one of each.
    pub(crate) fn max(self, other: Self) -> Self {
        Self {
            seq: self.seq.max(other.seq),
            rights: self.rights.max(other.rights),
        }
    }
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            wakes: broadcast::channel(BEHIND).0,
            known: Arc::default(),
            known_rights: Arc::default(),
        }
    }

    /// Wakes the followers of the scopes in which something moved, from one position to another.
    ///
    /// When this process did not know the first of them, another one has written in between: everybody looks.
    pub(crate) fn publish(&self, scopes: BTreeSet<Scope>, before: Stand, now: Stand) {
        if !self.knew(before, now) {
            let _ = self.wakes.send(Arc::new(Wake::Anything));
        } else if !scopes.is_empty() {
            // Nobody may be waiting.
            let _ = self.wakes.send(Arc::new(Wake::Scopes(scopes)));
        }
    }

    /// Says where the feed stands. When that is further than this process has come by itself, another one has
    /// written: everybody looks.
    pub(crate) fn stands_at(&self, now: Stand) {
        if !self.knew(now, now) {
            let _ = self.wakes.send(Arc::new(Wake::Anything));
        }
    }

    /// Goes on to what is known now. Says whether what was before was known already.
    fn knew(&self, before: Stand, now: Stand) -> bool {
        let seq = self.known.fetch_max(now.seq, Ordering::AcqRel);
        let rights = self.known_rights.fetch_max(now.rights, Ordering::AcqRel);
        seq >= before.seq && rights >= before.rights
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

#[cfg(test)]
mod tests {
    use super::*;
    use space_core::CategoryId;

    fn scope(number: i64) -> BTreeSet<Scope> {
        BTreeSet::from([Scope::Category(CategoryId::new(number).unwrap())])
    }

    /// Whether a follower of a scope is woken by what has been published so far.
    fn is_woken(watch: &mut Watch, scopes: &BTreeSet<Scope>) -> bool {
        let moved = std::pin::pin!(watch.moved(scopes));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        moved.poll(&mut context).is_ready()
    }

    fn at(seq: i64) -> Stand {
        Stand { seq, rights: 0 }
    }

    #[test]
    fn a_follower_is_woken_for_its_own_scopes_alone() {
        let hub = Hub::new();
        let mut watch = hub.watch();
        hub.publish(scope(7), at(0), at(1));
        assert!(!is_woken(&mut watch, &scope(8)));
        hub.publish(scope(8), at(1), at(2));
        assert!(is_woken(&mut watch, &scope(8)));
    }

    #[test]
    fn what_another_process_wrote_before_our_own_commit_wakes_everybody() {
        let hub = Hub::new();
        hub.stands_at(at(9));
        let mut watch = hub.watch();
        // Position 10 is of another process.
        hub.publish(scope(7), at(10), at(11));
        assert!(is_woken(&mut watch, &scope(8)));
        hub.stands_at(at(11));
        assert!(!is_woken(&mut watch, &scope(8)));
        hub.stands_at(at(12));
        assert!(is_woken(&mut watch, &scope(8)));
    }

    /// A right that another process takes moves no row of the feed.
    #[test]
    fn lost_right_of_another_process_wakes_everybody() {
        let hub = Hub::new();
        hub.stands_at(Stand { seq: 9, rights: 1 });
        let mut watch = hub.watch();
        hub.stands_at(Stand { seq: 9, rights: 1 });
        assert!(!is_woken(&mut watch, &scope(8)));
        hub.stands_at(Stand { seq: 9, rights: 2 });
        assert!(is_woken(&mut watch, &scope(8)));
        let (before, now) = (Stand { seq: 9, rights: 3 }, Stand { seq: 10, rights: 3 });
        hub.publish(scope(7), before, now);
        assert!(is_woken(&mut watch, &scope(8)));
    }
}
