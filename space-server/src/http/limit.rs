// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How often somebody may try a password.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use space_core::Timestamp;

/// Six a minute and thirty an hour from one address.
const LIMITS: [(usize, Duration); 2] = [(6, Duration::from_mins(1)), (30, Duration::from_hours(1))];

/// How many addresses are remembered. When they are more, those that have waited longest are forgotten.
const ADDRESSES: usize = 10_000;

/// Remembers when somebody tried.
#[derive(Debug, Default)]
pub(crate) struct Logins {
    tries: Mutex<HashMap<IpAddr, VecDeque<Timestamp>>>,
}

impl Logins {
    /// Counts a try; refuses with the time to wait when there were too many.
    pub(crate) fn count(&self, address: IpAddr, now: Timestamp) -> Result<(), Duration> {
        let address = network(address);
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let [_, (_, longest)] = LIMITS;
        if all.len() >= ADDRESSES && !all.contains_key(&address) {
            all.retain(|_, tries| tries.back().is_some_and(|last| now.since(*last) < longest));
            if all.len() >= ADDRESSES
                && let Some(oldest) = all
                    .iter()
                    .min_by_key(|(_, tries)| tries.back().copied())
                    .map(|(at, _)| *at)
            {
                all.remove(&oldest);
            }
        }
        let tries = all.entry(address).or_default();
        while tries
            .front()
            .is_some_and(|first| now.since(*first) >= longest)
        {
            tries.pop_front();
        }
        for (most, span) in LIMITS {
            if let Some(earliest) = tries.len().checked_sub(most).and_then(|at| tries.get(at))
                && now.since(*earliest) < span
            {
                return Err(span.saturating_sub(now.since(*earliest)));
            }
        }
        tries.push_back(now);
        Ok(())
    }
}

/// One household has many IPv6 addresses: they count as one by their first 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn six_a_minute_and_thirty_an_hour() {
        let logins = Logins::default();
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        for try_number in 0..6 {
            assert!(logins.count(one, at(try_number)).is_ok());
        }
        assert_eq!(logins.count(one, at(10)), Err(Duration::from_secs(50)));
        assert!(logins.count("192.0.2.2".parse().unwrap(), at(10)).is_ok());
        for minute in 1..5 {
            for second in 0..6 {
                assert!(
                    logins.count(one, at(minute * 61 + second)).is_ok(),
                    "{minute} {second}"
                );
            }
        }
        assert_eq!(logins.count(one, at(400)), Err(Duration::from_secs(3200)));
        assert!(logins.count(one, at(3601)).is_ok());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_as_one() {
        let logins = Logins::default();
        for last in 1..=6 {
            assert!(
                logins
                    .count(format!("2001:db8::{last}").parse().unwrap(), at(0))
                    .is_ok()
            );
        }
        assert!(logins.count("2001:db8::7".parse().unwrap(), at(0)).is_err());
        assert!(
            logins
                .count("2001:db8:0:1::7".parse().unwrap(), at(0))
                .is_ok()
        );
    }

    #[test]
    fn memory_is_bounded() {
        let logins = Logins::default();
        for number in 0..20_000_u32 {
            assert!(logins.count(IpAddr::V4(number.into()), at(0)).is_ok());
        }
        assert!(logins.tries.lock().unwrap().len() <= ADDRESSES);
    }
}
