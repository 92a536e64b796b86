// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Log-ins that failed, folded: whoever tries a thousand passwords must not fill the audit log with a thousand entries.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use space_core::MemberId;

use super::Act;

/// Entries at a time at most. What comes on top is counted together.
const ENTRIES: usize = 20;

/// Tries of one kind, from one address, on one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tried {
    pub(crate) act: Act,
    /// Whose account it was; `None` when there is none of that name. The name itself is not kept: people type their
    /// passwords there.
    pub(crate) of: Option<MemberId>,
    /// From where; `None` when they came from too many places to name them.
    pub(crate) from: Option<IpAddr>,
    pub(crate) times: u64,
}

/// What was tried, on whose account, and from where.
type Key = (Act, Option<MemberId>, Option<IpAddr>);

/// Collects tries until they are written down.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    counted: Mutex<HashMap<Key, u64>>,
}

impl Tries {
    /// Counts a try.
    pub(crate) fn count(&self, act: Act, of: Option<MemberId>, from: IpAddr) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (act, of, Some(from));
        let key = if counted.len() < ENTRIES || counted.contains_key(&key) {
            key
        } else {
            (act, None, None)
        };
        *counted.entry(key).or_default() += 1;
    }

    /// Puts back what could not be written down.
    pub(crate) fn put_back(&self, tried: Vec<Tried>) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for Tried {
            act,
            of,
            from,
            times,
        } in tried
        {
            let key = (act, of, from);
            let key = if counted.len() < ENTRIES || counted.contains_key(&key) {
                key
            } else {
                (act, None, None)
            };
            *counted.entry(key).or_default() += times;
        }
    }

    /// Takes what was counted.
    pub(crate) fn take(&self) -> Vec<Tried> {
        let counted = {
            let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *counted)
        };
        let mut all: Vec<Tried> = counted
            .into_iter()
            .map(|((act, of, from), times)| Tried {
                act,
                of,
                from,
                times,
            })
            .collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_tries_become_few_entries() {
        let tries = Tries::default();
        for last in 0..=255_u8 {
            for _ in 0..10 {
                tries.count(Act::LogInFailed, None, IpAddr::from([192, 0, 2, last]));
            }
        }
        let taken = tries.take();
        assert!(taken.len() <= ENTRIES + 1, "{}", taken.len());
        assert_eq!(taken.iter().map(|tried| tried.times).sum::<u64>(), 2560);
        assert!(tries.take().is_empty());
        tries.count(Act::LogInFailed, None, IpAddr::from([192, 0, 2, 1]));
        tries.put_back(taken);
        let again = tries.take();
        assert!(again.len() <= ENTRIES + 1, "{}", again.len());
        assert_eq!(again.iter().map(|tried| tried.times).sum::<u64>(), 2561);
    }
}
