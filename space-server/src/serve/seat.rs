// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Seats: how many connections are open, in all and of one address.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{Limits, OfOne};
use crate::http::limit::network;
use crate::metrics::{Here, Metrics};

/// Where no seat is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    All,
    OfOne,
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "http.max_connections are open",
            Self::OfOne => "http.max_connections_per_address are open from its address or network",
        })
    }
}

/// How many times as many seats an IPv6 network of 48 bits has as one of 64.
const WIDER: usize = 4;

/// A network, and how many bits of an address name it.
type Network = (IpAddr, u8);

type Taken = Arc<Mutex<HashMap<Network, usize>>>;

/// All seats.
pub(super) struct Seats {
    free: Arc<Semaphore>,
    of_one: OfOne,
    proxies: Vec<IpAddr>,
    taken: Taken,
    open: TaskTracker,
    metrics: Metrics,
}

impl Seats {
    pub(super) fn new(limits: &Limits, open: TaskTracker, metrics: Metrics) -> Self {
        Self {
            free: Arc::new(Semaphore::new(limits.most.min(Semaphore::MAX_PERMITS))),
            of_one: limits.of_one,
            proxies: limits.proxies.clone(),
            taken: Arc::default(),
            open,
            metrics,
        }
    }

    /// Takes a seat for a connection from an address.
    pub(super) fn take(&self, from: IpAddr) -> Result<Seat, Full> {
        let free = Arc::clone(&self.free)
            .try_acquire_owned()
            .map_err(|_| Full::All)?;
        let from = from.to_canonical();
        let is_exempt = self.proxies.contains(&from)
            || (from.is_loopback() && !self.of_one.counts_this_machine);
        let shares = if is_exempt {
            Vec::new()
        } else {
            self.take_of_one(from)?
        };
        Ok(Seat {
            _free: free,
            _shares: shares,
            _open: self.open.token(),
            _here: self.metrics.connection(),
        })
    }

    /// Takes a share of each network that an address is in.
    fn take_of_one(&self, from: IpAddr) -> Result<Vec<Share>, Full> {
        let most = self.of_one.most;
        let mut networks = vec![((network(from), 64), most)];
        if let IpAddr::V6(v6) = from {
            networks.push(((wide(v6), 48), most.saturating_mul(WIDER)));
        }
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |(of, most): &(Network, usize)| taken.get(of).is_some_and(|n| n >= most);
        if networks.iter().any(is_full) {
            return Err(Full::OfOne);
        }
        let take = |(of, _): (Network, usize)| {
            *taken.entry(of).or_default() += 1;
            Share {
                of,
                taken: Arc::clone(&self.taken),
            }
        };
        Ok(networks.into_iter().map(take).collect())
    }
}

/// Returns the first 48 bits of an address: what one customer is given.
fn wide(v6: Ipv6Addr) -> IpAddr {
    IpAddr::V6((u128::from(v6) >> 80 << 80).into())
}

/// A seat; it is free again when this is dropped. It goes with the connection, also when that becomes a WebSocket.
pub(super) struct Seat {
    _free: OwnedSemaphorePermit,
    _shares: Vec<Share>,
    _open: TaskTrackerToken,
    _here: Here,
}

struct Share {
    of: Network,
    taken: Taken,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{House, On};

    async fn seats(of_one: OfOne) -> (Seats, House) {
        let house = House::new(On::Sqlite).await.unwrap();
        let limits = Limits {
            of_one,
            proxies: vec!["192.0.2.200".parse().unwrap()],
            ..Limits::from(&crate::config::Http::default())
        };
        let seats = Seats::new(&limits, TaskTracker::new(), house.app.metrics.clone());
        (seats, house)
    }

    /// Takes seats until one is refused, 1,000 at most.
    fn fill(seats: &Seats, held: &mut Vec<Seat>, from: impl Fn(u16) -> String) -> usize {
        let before = held.len();
        for at in 0..1_000 {
            match seats.take(from(at).parse().unwrap()) {
                Ok(seat) => held.push(seat),
                Err(full) => {
                    assert_eq!(full, Full::OfOne);
                    break;
                }
            }
        }
        held.len() - before
    }

    #[tokio::test]
    async fn one_address_gets_a_hundred_seats_by_default() {
        let (seats, _house) = seats(Limits::from(&crate::config::Http::default()).of_one).await;
        let mut held = Vec::new();
        assert_eq!(fill(&seats, &mut held, |_| "192.0.2.1".into()), 100);
        assert_eq!(fill(&seats, &mut held, |_| "::ffff:192.0.2.1".into()), 0);
        assert_eq!(fill(&seats, &mut held, |_| "192.0.2.2".into()), 100);
        // Behind these are many.
        assert_eq!(fill(&seats, &mut held, |_| "192.0.2.200".into()), 1_000);
        assert_eq!(fill(&seats, &mut held, |_| "127.0.0.1".into()), 1_000);
        held.clear();
        assert!(seats.taken.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn wide_network_gets_four_times_as_many_seats() {
        let (seats, _house) = seats(OfOne {
            most: 10,
            counts_this_machine: true,
        })
        .await;
        let mut held = Vec::new();
        let neighbours = |at| format!("2001:db8:1:1::{at:x}");
        assert_eq!(fill(&seats, &mut held, neighbours), 10);
        let networks = |at| format!("2001:db8:1:{:x}::1", 2 + at);
        assert_eq!(fill(&seats, &mut held, networks), 30);
        assert_eq!(fill(&seats, &mut held, |_| "2001:db8:2::1".into()), 10);
        assert_eq!(fill(&seats, &mut held, |_| "::1".into()), 10);
    }
}
