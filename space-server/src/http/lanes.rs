// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Slowing instead of locking out: when many try the passwords of one account, one try at a time goes on, and whoever
//! has tried least is next. So no number of addresses keeps a member out who comes from somewhere new.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long lies between two tries at least: 8,640 a day, however many addresses somebody has.
pub(crate) const SPACING: Duration = Duration::from_secs(10);

/// How long somebody waits at most: less than a request may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// How often somebody who waits looks again when their turn has come and another is before them.
const LOOK: Duration = Duration::from_millis(50);

/// How many wait for one account at most.
const WAITING: usize = 32;

/// How many wait for all accounts together at most: each is an open connection.
const WAITING_ALL: usize = 256;

#[derive(Debug, Default)]
struct Lane {
    next_at: Option<Instant>,
    /// Who waits: the number of their tries, and the order in which they came. The least is next.
    waiting: BTreeSet<(usize, u64)>,
}

#[derive(Debug, Default)]
struct Accounts {
    lanes: HashMap<String, Lane>,
    waiting: usize,
    came: u64,
}

/// A lane for each account that is tried too often.
#[derive(Debug, Default)]
pub(crate) struct Lanes(Mutex<Accounts>);

/// A place in a lane. Who gives it up, however that comes, leaves the lane.
#[derive(Debug)]
pub(crate) struct Place<'l> {
    lanes: &'l Lanes,
    account: String,
    key: (usize, u64),
    since: Instant,
}

/// What somebody does who has a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// They may try.
    Go,
    /// They look again after so long.
    Wait(Duration),
    /// Others went first for too long, or took the place.
    GiveUp,
}

impl Lanes {
    fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place; `None` when too many wait who go first.
    pub(crate) fn enter(&self, account: &str, tries: usize, now: Instant) -> Option<Place<'_>> {
        let mut all = self.accounts();
        let Accounts {
            lanes,
            waiting,
            came,
        } = &mut *all;
        // An account that nobody tries any more needs no lane.
        lanes.retain(|_, lane| {
            !lane.waiting.is_empty() || lane.next_at.is_some_and(|next| next > now)
        });
        let key = (tries, *came);
        let is_full = lanes
            .get(account)
            .is_some_and(|lane| lane.waiting.len() >= WAITING);
        if is_full || *waiting >= WAITING_ALL {
            // Of this account when its lane is full, of any otherwise: those who try many accounts keep nobody out of theirs.
            let (worst, from) = lanes
                .iter()
                .filter(|(of, _)| !is_full || *of == account)
                .filter_map(|(of, lane)| Some((*lane.waiting.last()?, of.clone())))
                .max()?;
            if worst <= key {
                return None;
            }
            if let Some(lane) = lanes.get_mut(&from) {
                lane.waiting.remove(&worst);
            }
            *waiting -= 1;
        }
        let lane = lanes.entry(account.to_owned()).or_default();
        lane.waiting.insert(key);
        *came += 1;
        *waiting += 1;
        Some(Place {
            lanes: self,
            account: account.to_owned(),
            key,
            since: now,
        })
    }
}

impl Place<'_> {
    /// Says what to do now.
    pub(crate) fn step(&self, now: Instant) -> Step {
        let mut all = self.lanes.accounts();
        let Accounts { lanes, waiting, .. } = &mut *all;
        let Some(lane) = lanes.get_mut(&self.account) else {
            return Step::GiveUp;
        };
        if !lane.waiting.contains(&self.key) || now.duration_since(self.since) >= PATIENCE {
            return Step::GiveUp;
        }
        if let Some(next) = lane.next_at.filter(|next| *next > now) {
            return Step::Wait(next - now);
        }
        if lane.waiting.first() == Some(&self.key) {
            lane.waiting.remove(&self.key);
            *waiting -= 1;
            lane.next_at = Some(now + SPACING);
            return Step::Go;
        }
        Step::Wait(LOOK)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut all = self.lanes.accounts();
        let Accounts { lanes, waiting, .. } = &mut *all;
        if let Some(lane) = lanes.get_mut(&self.account)
            && lane.waiting.remove(&self.key)
        {
            *waiting -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn least_tried_goes_first_one_at_a_time() {
        let (lanes, start) = (Lanes::default(), Instant::now());
        let often = lanes.enter("dave", 20, start).unwrap();
        assert_eq!(often.step(start), Step::Go, "nobody else waits");
        let often = lanes.enter("dave", 21, start).unwrap();
        let fresh = lanes.enter("dave", 1, later(start, 3)).unwrap();
        assert_eq!(
            fresh.step(later(start, 3)),
            Step::Wait(Duration::from_secs(7))
        );
        assert_eq!(often.step(later(start, 10)), Step::Wait(LOOK));
        assert_eq!(fresh.step(later(start, 10)), Step::Go);
        assert_eq!(often.step(later(start, 10)), Step::Wait(SPACING));
        let other = lanes.enter("erin", 9, start).unwrap();
        assert_eq!(other.step(start), Step::Go, "accounts do not share a lane");
        assert_eq!(often.step(later(start, 21)), Step::GiveUp);
    }

    /// Two addresses kept any member out before; now a thousand do not.
    #[test]
    fn member_from_a_new_place_gets_in_under_fire() {
        let (lanes, start) = (Lanes::default(), Instant::now());
        let mut attackers: Vec<Place<'_>> = (0..1000)
            .filter_map(|_| lanes.enter("dave", 2, start))
            .collect();
        attackers.retain(|place| place.step(start) != Step::Go);
        assert!(attackers.len() < WAITING);
        let dave = lanes.enter("dave", 1, later(start, 1)).unwrap();
        for attacker in &attackers {
            attacker.step(later(start, 10));
        }
        assert_eq!(dave.step(later(start, 10)), Step::Go);
    }

    #[test]
    fn full_lane_keeps_those_who_tried_least() {
        let (lanes, start) = (Lanes::default(), Instant::now());
        let places: Vec<Place<'_>> = (0..WAITING)
            .map(|_| lanes.enter("dave", 5, start).unwrap())
            .collect();
        assert!(lanes.enter("dave", 5, start).is_none());
        let _fresh = lanes.enter("dave", 1, start).unwrap();
        assert_eq!(places.last().unwrap().step(start), Step::GiveUp);
    }

    #[test]
    fn full_lanes_of_others_keep_nobody_out() {
        let (lanes, start) = (Lanes::default(), Instant::now());
        let others: Vec<_> = (0..WAITING_ALL)
            .filter_map(|number| lanes.enter(&format!("n{number}"), 9, start))
            .collect();
        assert_eq!(others.len(), WAITING_ALL);
        let dave = lanes.enter("dave", 1, start).unwrap();
        assert_eq!(dave.step(start), Step::Go);
        let out = others
            .iter()
            .filter(|place| place.step(start) == Step::GiveUp);
        assert_eq!(out.count(), 1);
        assert!(lanes.enter("erin", 10, start).is_some(), "dave has gone");
        assert!(lanes.enter("frank", 10, start).is_some());
    }

    #[test]
    fn place_is_free_when_its_holder_hangs_up() {
        let (lanes, start) = (Lanes::default(), Instant::now());
        for _ in 0..WAITING_ALL * 2 {
            assert!(lanes.enter("dave", 1, start).is_some());
        }
        assert_eq!(lanes.accounts().waiting, 0);
        let places: Vec<_> = (0..WAITING_ALL * 2)
            .filter_map(|number| lanes.enter(&format!("n{number}"), 1, start))
            .collect();
        assert_eq!(places.len(), WAITING_ALL);
    }
}
