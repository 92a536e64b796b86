// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How often somebody may try a password, ask for a code, or ask whether it was allowed.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use space_core::Timestamp;
use space_core::text::{MemberName, folded};

use super::lanes::Lanes;
use super::turns::Turns;
use crate::audit;

/// So many within that time; the longest time last.
type Limits = [(usize, Duration); 2];

const fn a_minute_and_an_hour(minute: usize, hour: usize) -> Limits {
    [
        (minute, Duration::from_mins(1)),
        (hour, Duration::from_hours(1)),
    ]
}

/// Passwords from one address.
const OF_AN_ADDRESS: Limits = a_minute_and_an_hour(6, 30);

/// Passwords from one site (a /48): it has 65,536 networks, and may be one household.
const OF_A_SITE: Limits = a_minute_and_an_hour(24, 120);

/// Passwords for one account from all places together from which the member has not signed in lately. What comes on top
/// is slowed: see [`Lanes`].
const OF_AN_ACCOUNT: Limits = a_minute_and_an_hour(12, 60);

/// Codes that programs ask for from one address.
const CODES: Limits = a_minute_and_an_hour(10, 60);

/// Codes that programs ask for from one site.
const CODES_OF_A_SITE: Limits = a_minute_and_an_hour(40, 240);

/// How many of a kind are remembered. When they are more, those that have waited longest are forgotten.
const REMEMBERED: usize = 10_000;

/// How long a program waits between two questions.
pub(crate) const INTERVAL: Duration = Duration::from_secs(5);

/// How much earlier it may be: what the network delays, it brings sooner the next time.
const EARLY: Duration = Duration::from_millis(500);

/// Remembers when something was tried.
#[derive(Debug)]
struct Tries<K> {
    limits: Limits,
    tries: Mutex<HashMap<K, VecDeque<Timestamp>>>,
}

impl<K: Hash + Eq + Clone> Tries<K> {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            tries: Mutex::default(),
        }
    }

    /// Counts a try and says how many there were within the longest time; refuses with the time to wait when there were
    /// too many.
    fn count(&self, of: K, now: Timestamp) -> Result<usize, Duration> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let [_, (_, longest)] = self.limits;
        if all.len() >= REMEMBERED && !all.contains_key(&of) {
            all.retain(|_, tries| tries.back().is_some_and(|last| now.since(*last) < longest));
            if all.len() >= REMEMBERED
                && let Some(oldest) = all
                    .iter()
                    .min_by_key(|(_, tries)| tries.back().copied())
                    .map(|(of, _)| of.clone())
            {
                all.remove(&oldest);
            }
        }
        let tries = all.entry(of).or_default();
        while tries
            .front()
            .is_some_and(|first| now.since(*first) >= longest)
        {
            tries.pop_front();
        }
        for (most, span) in self.limits {
            if let Some(earliest) = tries.len().checked_sub(most).and_then(|at| tries.get(at))
                && now.since(*earliest) < span
            {
                return Err(span.saturating_sub(now.since(*earliest)));
            }
        }
        tries.push_back(now);
        Ok(tries.len())
    }
}

/// What is counted of signing in.
#[derive(Debug)]
pub(crate) struct Logins {
    addresses: Tries<IpAddr>,
    sites: Tries<IpAddr>,
    accounts: Tries<String>,
    codes: Tries<IpAddr>,
    codes_of_sites: Tries<IpAddr>,
    /// Turns at hashing.
    pub(crate) turns: Turns,
    /// Those who wait because many try.
    pub(crate) lanes: Lanes,
    /// Failed tries that are not written down yet.
    pub(crate) failed: audit::Tries,
    questions: Mutex<HashMap<[u8; 32], (Timestamp, Duration)>>,
}

impl Default for Logins {
    fn default() -> Self {
        Self {
            addresses: Tries::new(OF_AN_ADDRESS),
            sites: Tries::new(OF_A_SITE),
            accounts: Tries::new(OF_AN_ACCOUNT),
            codes: Tries::new(CODES),
            codes_of_sites: Tries::new(CODES_OF_A_SITE),
            turns: Turns::default(),
            lanes: Lanes::default(),
            failed: audit::Tries::default(),
            questions: Mutex::default(),
        }
    }
}

impl Logins {
    /// Counts a try of a password from an address, and says how many there were from its site.
    pub(crate) fn count(&self, from: IpAddr, now: Timestamp) -> Result<usize, Duration> {
        let tries = self.addresses.count(network(from), now)?;
        match site(from) {
            Some(site) => self.sites.count(site, now),
            None => Ok(tries),
        }
    }

    /// Counts a try of a password for an account from a place that is not known, whether there is such an account or not.
    /// Says whether it goes on as it is: it is slowed otherwise.
    pub(crate) fn is_calm(&self, name: &MemberName, now: Timestamp) -> bool {
        self.accounts.count(folded(name.as_str()), now).is_ok()
    }

    /// Counts a program that asks for a code.
    pub(crate) fn count_code(&self, from: IpAddr, now: Timestamp) -> Result<(), Duration> {
        self.codes.count(network(from), now)?;
        if let Some(site) = site(from) {
            self.codes_of_sites.count(site, now)?;
        }
        Ok(())
    }

    /// Says whether a program waited long enough before it asked again. If not, it is to wait longer from now on
    /// (RFC 8628, 3.5).
    pub(crate) fn may_ask(&self, device_hash: [u8; 32], now: Timestamp) -> bool {
        let mut all = self
            .questions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED && !all.contains_key(&device_hash) {
            let life = crate::writer::commands::device::LIFE;
            all.retain(|_, (last, _)| now.since(*last) < life);
            if all.len() >= REMEMBERED {
                all.clear();
            }
        }
        let Some((last, interval)) = all.get_mut(&device_hash) else {
            all.insert(device_hash, (now, INTERVAL));
            return true;
        };
        let is_early = now.since(*last) + EARLY < *interval;
        if is_early {
            *interval += INTERVAL;
        }
        *last = now;
        !is_early
    }
}

/// One household has many IPv6 addresses: they count as one by their first 64 bits.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        },
    }
}

/// The site of an IPv6 address: its first 48 bits. An IPv4 address has none.
pub(crate) fn site(address: IpAddr) -> Option<IpAddr> {
    const SITE: u128 = !0 << 80;
    match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
            Some(IpAddr::V6((u128::from(v6) & SITE).into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn name(text: &str) -> MemberName {
        MemberName::parse(text).unwrap()
    }

    #[test]
    fn six_a_minute_and_thirty_an_hour_from_one_address() {
        let tries = Tries::new(OF_AN_ADDRESS);
        let one = ip("192.0.2.1");
        for try_number in 0..6 {
            assert!(tries.count(one, at(try_number)).is_ok());
        }
        assert_eq!(tries.count(one, at(10)), Err(Duration::from_secs(50)));
        assert!(tries.count(ip("192.0.2.2"), at(10)).is_ok());
        for minute in 1..5 {
            for second in 0..6 {
                assert!(
                    tries.count(one, at(minute * 61 + second)).is_ok(),
                    "{minute} {second}"
                );
            }
        }
        assert_eq!(tries.count(one, at(400)), Err(Duration::from_secs(3200)));
        assert!(tries.count(one, at(3601)).is_ok());
    }

    #[test]
    fn account_is_slowed_after_twelve_tries_a_minute() {
        let logins = Logins::default();
        for _ in 0..12 {
            assert!(logins.is_calm(&name("Alice"), at(0)));
        }
        assert!(!logins.is_calm(&name("alice"), at(1)));
        assert!(logins.is_calm(&name("bob"), at(1)));
        assert!(logins.is_calm(&name("alice"), at(60)));
    }

    #[test]
    fn who_asks_too_early_waits_longer_from_then_on() {
        let logins = Logins::default();
        let ask = |seconds| logins.may_ask([1; 32], at(seconds));
        assert!(ask(0));
        assert!(ask(5));
        assert!(!ask(7), "5 s were asked for");
        assert!(!ask(14), "10 s are asked for now");
        assert!(ask(29));
        assert!(logins.may_ask([2; 32], at(29)), "others wait on their own");
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_as_one() {
        let logins = Logins::default();
        for last in 1..=6 {
            let from = ip(&format!("2001:db8::{last}"));
            assert!(logins.count(from, at(0)).is_ok());
        }
        let count = |from| logins.count(ip(from), at(0));
        assert!(count("2001:db8::7").is_err());
        assert!(count("2001:db8:0:1::7").is_ok());
    }

    #[test]
    fn networks_of_one_site_share_a_limit() {
        let logins = Logins::default();
        for network in 1..=24 {
            let from = ip(&format!("2001:db8:1:{network:x}::1"));
            assert_eq!(logins.count(from, at(0)), Ok(network));
            let _ = logins.count_code(from, at(0));
        }
        assert!(logins.count(ip("2001:db8:1:ff::1"), at(0)).is_err());
        assert!(logins.count(ip("2001:db8:2:ff::1"), at(0)).is_ok());
        for network in 25..=40 {
            let from = ip(&format!("2001:db8:1:{network:x}::1"));
            assert!(logins.count_code(from, at(0)).is_ok());
        }
        assert!(logins.count_code(ip("2001:db8:1:ff::1"), at(0)).is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let logins = Logins::default();
        for number in 0..20_000_u32 {
            let from = IpAddr::V4(number.into());
            assert!(logins.count(from, at(0)).is_ok());
            assert!(logins.is_calm(&name(&format!("n{number}")), at(0)));
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            assert!(logins.may_ask(hash, at(0)));
        }
        assert!(logins.addresses.tries.lock().unwrap().len() <= REMEMBERED);
        assert!(logins.accounts.tries.lock().unwrap().len() <= REMEMBERED);
        assert!(logins.questions.lock().unwrap().len() <= REMEMBERED);
    }
}
