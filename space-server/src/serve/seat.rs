// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Seats: how many connections are open, in all and of one address.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::Limits;
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
            Self::OfOne => "http.max_connections_per_address are open from there",
        })
    }
}

/// All seats.
pub(super) struct Seats {
    free: Arc<Semaphore>,
    of_one: Option<usize>,
    proxies: Vec<IpAddr>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
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
        let is_proxy = self.proxies.contains(&from.to_canonical());
        let of_one = match self.of_one {
            Some(most) if !is_proxy => Some(self.take_of_one(network(from), most)?),
            _ => None,
        };
        Ok(Seat {
            _free: free,
            _of_one: of_one,
            _open: self.open.token(),
            _here: self.metrics.connection(),
        })
    }

    fn take_of_one(&self, from: IpAddr, most: usize) -> Result<OfOne, Full> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(from).or_default();
        if *count >= most {
            return Err(Full::OfOne);
        }
        *count += 1;
        Ok(OfOne {
            from,
            taken: Arc::clone(&self.taken),
        })
    }
}

/// A seat; it is free again when this is dropped. It goes with the connection, also when that becomes a WebSocket.
pub(super) struct Seat {
    _free: OwnedSemaphorePermit,
    _of_one: Option<OfOne>,
    _open: TaskTrackerToken,
    _here: Here,
}

struct OfOne {
    from: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Drop for OfOne {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.from) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.from);
            }
        }
    }
}
