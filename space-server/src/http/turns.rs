// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Turns at hashing passwords: few at a time, a bounded number waiting, and whoever is known first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// How many passwords are hashed at the same time: each takes 19 MiB and some 20 ms of a core.
const AT_ONCE: usize = 2;

/// How many wait at most: the last of them for half a second or so.
const WAITING: usize = 50;

/// Who goes first: the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    pub(crate) class: Class,
    /// How often passwords were tried from the same network within the last hour.
    pub(crate) tries: usize,
}

/// How far somebody is known who tries a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// By a token of theirs, or by a network from which they have signed in lately.
    Known,
    /// Not at all.
    Unknown,
    /// Not at all, and the account is tried by many.
    Slowed,
}

/// Nobody more can wait, or somebody came who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crowded;

type Waiting = BTreeMap<(Rank, u64), oneshot::Sender<Turn>>;

#[derive(Debug)]
struct Queue {
    free: usize,
    waiting: Waiting,
    came: u64,
}

/// The turns there are.
#[derive(Debug, Clone)]
pub(crate) struct Turns(Arc<Mutex<Queue>>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Queue {
            free: AT_ONCE,
            waiting: BTreeMap::new(),
            came: 0,
        })))
    }
}

/// A turn. It goes on to the next who waits when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn(Turns);

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let mut queue = self.0.queue();
            let next = queue.waiting.pop_first();
            if next.is_none() {
                queue.free += 1;
            }
            next
        };
        if let Some((_, next)) = next {
            // Whoever hung up does not take it: then it is dropped here, and goes on.
            let _ = next.send(Turn(self.0.clone()));
        }
    }
}

impl Turns {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn. May be dropped while it waits.
    pub(crate) async fn take(&self, rank: Rank) -> Result<Turn, Crowded> {
        let turn = {
            let mut queue = self.queue();
            if queue.free > 0 {
                queue.free -= 1;
                return Ok(Turn(self.clone()));
            }
            if queue.waiting.len() >= WAITING {
                queue.waiting.retain(|_, waiting| !waiting.is_closed());
            }
            let came = queue.came;
            queue.came += 1;
            if queue.waiting.len() >= WAITING
                && let Some(last) = queue.waiting.last_entry()
            {
                if last.key().0 <= rank {
                    return Err(Crowded);
                }
                last.remove();
            }
            let (give, turn) = oneshot::channel();
            queue.waiting.insert((rank, came), give);
            turn
        };
        turn.await.map_err(|_| Crowded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn rank(class: Class, tries: usize) -> Rank {
        Rank { class, tries }
    }

    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    fn now<F: Future>(future: F) -> F::Output {
        match poll(pin!(future)) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("it has to wait"),
        }
    }

    #[test]
    fn known_goes_before_those_who_wait() {
        let turns = Turns::default();
        let (first, second) = (
            now(turns.take(rank(Class::Unknown, 1))).unwrap(),
            now(turns.take(rank(Class::Unknown, 1))).unwrap(),
        );
        let mut stranger = pin!(turns.take(rank(Class::Unknown, 1)));
        assert!(poll(stranger.as_mut()).is_pending());
        let mut known = pin!(turns.take(rank(Class::Known, 9)));
        assert!(poll(known.as_mut()).is_pending());
        drop(first);
        assert!(poll(stranger.as_mut()).is_pending());
        let third = match poll(known.as_mut()) {
            Poll::Ready(turn) => turn.unwrap(),
            Poll::Pending => panic!("the known one is next"),
        };
        drop((second, third));
        assert!(matches!(poll(stranger.as_mut()), Poll::Ready(Ok(_))));
    }

    #[test]
    fn full_queue_refuses_the_last_and_makes_room_for_better() {
        let turns = Turns::default();
        let held: Vec<Turn> = (0..AT_ONCE)
            .map(|_| now(turns.take(rank(Class::Unknown, 1))).unwrap())
            .collect();
        let mut waiting: Vec<_> = (0..WAITING)
            .map(|_| Box::pin(turns.take(rank(Class::Unknown, 3))))
            .collect();
        for one in &mut waiting {
            assert!(poll(one.as_mut()).is_pending());
        }
        let refused = now(turns.take(rank(Class::Unknown, 3)));
        assert_eq!(refused.err(), Some(Crowded));
        assert!(now(turns.take(rank(Class::Slowed, 0))).is_err());
        // A network that has not tried before goes before those that have.
        let mut fresh = pin!(turns.take(rank(Class::Unknown, 1)));
        assert!(poll(fresh.as_mut()).is_pending());
        let last = waiting.last_mut().unwrap();
        assert!(matches!(poll(last.as_mut()), Poll::Ready(Err(Crowded))));
        drop(held);
        assert!(matches!(poll(fresh.as_mut()), Poll::Ready(Ok(_))));
    }

    #[test]
    fn turn_of_one_who_hung_up_goes_on() {
        let turns = Turns::default();
        let held: Vec<Turn> = (0..AT_ONCE)
            .map(|_| now(turns.take(rank(Class::Known, 0))).unwrap())
            .collect();
        {
            let mut gone = pin!(turns.take(rank(Class::Known, 0)));
            assert!(poll(gone.as_mut()).is_pending());
        }
        let mut next = pin!(turns.take(rank(Class::Unknown, 0)));
        assert!(poll(next.as_mut()).is_pending());
        drop(held);
        assert!(matches!(poll(next.as_mut()), Poll::Ready(Ok(_))));
        let queue = turns.queue();
        assert!(queue.waiting.is_empty());
    }
}
