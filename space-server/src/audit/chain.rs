// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The chain of hashes over the audit log.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::AuditEntry;

/// The hash before the first entry.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// Why a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// A number is left out.
    #[error("entry {number} is missing")]
    Missing {
        /// The number.
        number: i64,
    },
    /// An entry, or one before it, is not what was written.
    #[error("entry {number} is not as it was written, or the entry before it is not")]
    Changed {
        /// The number.
        number: i64,
    },
    /// The address of an entry is not what was written.
    #[error("the address of entry {number} is not as it was written")]
    SourceChanged {
        /// The number.
        number: i64,
    },
    /// The entry that is known from elsewhere is not there, or has another hash.
    #[error("entry {number} is not the one with the hash {hash}")]
    NotTheKnown {
        /// The number.
        number: i64,
        /// The hash that is known.
        hash: String,
    },
}

/// Returns the hash of a source, or of anything.
pub(crate) fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Returns the hash of an entry, given that of the entry before. Every part has its length before it, so that no two
/// entries are the same bytes.
pub(crate) fn link(previous: &[u8; 32], entry: &AuditEntry) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(b"space audit 1");
    part(previous);
    part(&entry.number.to_be_bytes());
    part(&entry.at.millis().to_be_bytes());
    part(entry.event.as_bytes());
    part(entry.actor.as_bytes());
    for text in [&entry.subject, &entry.source_hash] {
        part(&[u8::from(text.is_some())]);
        part(text.as_deref().unwrap_or_default().as_bytes());
    }
    part(entry.detail.as_bytes());
    hash.finalize().into()
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // A string takes whatever is written to it.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Follows the chain from its beginning.
#[derive(Debug, Clone)]
pub(crate) struct Follower {
    previous: [u8; 32],
    number: i64,
    known: Option<(i64, String)>,
}

impl Follower {
    /// Begins. `known` is the number and hash of an entry that was noted elsewhere: without it, nobody notices that the
    /// newest entries are missing, or that all were written anew.
    pub(crate) fn new(known: Option<(i64, String)>) -> Self {
        Self {
            previous: BEGINNING,
            number: 0,
            known,
        }
    }

    /// Takes the next entry.
    pub(crate) fn take(&mut self, entry: &AuditEntry) -> Result<(), ChainError> {
        let number = self.number + 1;
        if entry.number != number {
            return Err(ChainError::Missing { number });
        }
        let hash = link(&self.previous, entry);
        if hex(&hash) != entry.hash {
            return Err(ChainError::Changed { number });
        }
        let is_as_written = match (&entry.source, &entry.source_hash) {
            (Some(source), Some(hash)) => hex(&hash_of(source)) == *hash,
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !is_as_written {
            return Err(ChainError::SourceChanged { number });
        }
        if let Some((known, its_hash)) = self.known.take_if(|(known, _)| *known == number)
            && its_hash != entry.hash
        {
            return Err(ChainError::NotTheKnown {
                number: known,
                hash: its_hash,
            });
        }
        (self.previous, self.number) = (hash, number);
        Ok(())
    }

    /// Ends, and returns the number and hash of the last entry.
    pub(crate) fn end(self) -> Result<Option<(i64, String)>, ChainError> {
        match self.known {
            Some((number, hash)) => Err(ChainError::NotTheKnown { number, hash }),
            None => Ok((self.number > 0).then(|| (self.number, hex(&self.previous)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use space_core::Timestamp;

    fn log() -> Vec<AuditEntry> {
        let mut previous = BEGINNING;
        (1..=3)
            .map(|number| {
                let source = (number != 2).then(|| format!("192.0.2.{number} 0a"));
                let mut entry = AuditEntry {
                    number,
                    at: Timestamp::from_millis(number * 1000),
                    event: "token.made".to_owned(),
                    actor: "member:1001".to_owned(),
                    subject: Some("member:1001".to_owned()),
                    detail: format!("{{\"token\":{number}}}"),
                    source_hash: source.as_deref().map(|it| hex(&hash_of(it))),
                    source,
                    hash: String::new(),
                };
                previous = link(&previous, &entry);
                entry.hash = hex(&previous);
                entry
            })
            .collect()
    }

    fn verify(
        log: &[AuditEntry],
        known: Option<(i64, String)>,
    ) -> Result<Option<(i64, String)>, ChainError> {
        let mut follower = Follower::new(known);
        for entry in log {
            follower.take(entry)?;
        }
        follower.end()
    }

    #[test]
    fn untouched_log_holds_and_names_its_last_entry() {
        let log = log();
        let last = Some((3, log[2].hash.clone()));
        assert_eq!(verify(&log, None), Ok(last.clone()));
        assert_eq!(verify(&log, last), verify(&log, None));
        assert_eq!(verify(&[], None), Ok(None));
    }

    type Change = fn(&mut Vec<AuditEntry>);

    #[rstest]
    #[case::time(|log: &mut Vec<AuditEntry>| log[1].at = Timestamp::from_millis(1), ChainError::Changed { number: 2 })]
    #[case::event(|log: &mut Vec<AuditEntry>| log[0].event = "token.revoked".to_owned(), ChainError::Changed { number: 1 })]
    #[case::actor(|log: &mut Vec<AuditEntry>| log[2].actor = "operator".to_owned(), ChainError::Changed { number: 3 })]
    #[case::subject(|log: &mut Vec<AuditEntry>| log[0].subject = None, ChainError::Changed { number: 1 })]
    #[case::detail(|log: &mut Vec<AuditEntry>| log[1].detail.push(' '), ChainError::Changed { number: 2 })]
    #[case::removed(|log: &mut Vec<AuditEntry>| drop(log.remove(1)), ChainError::Missing { number: 2 })]
    #[case::exchanged(|log: &mut Vec<AuditEntry>| log.swap(0, 1), ChainError::Missing { number: 1 })]
    #[case::renumbered(|log: &mut Vec<AuditEntry>| { log.remove(1); log[1].number = 2; }, ChainError::Changed { number: 2 })]
    #[case::address(|log: &mut Vec<AuditEntry>| log[0].source = Some("203.0.113.1 0a".to_owned()), ChainError::SourceChanged { number: 1 })]
    #[case::address_added(|log: &mut Vec<AuditEntry>| log[1].source = Some("203.0.113.1 0a".to_owned()), ChainError::SourceChanged { number: 2 })]
    fn change_breaks_the_chain(#[case] change: Change, #[case] want: ChainError) {
        let mut log = log();
        change(&mut log);
        assert_eq!(verify(&log, None), Err(want));
    }

    #[test]
    fn forgotten_address_leaves_the_chain_whole() {
        let mut log = log();
        log[0].source = None;
        assert!(verify(&log, None).is_ok());
    }

    /// Who can write the whole log anew makes a chain that holds: a hash that was noted elsewhere tells.
    #[test]
    fn cut_or_rewritten_log_is_told_by_a_known_entry() {
        let log = log();
        let known = Some((3, log[2].hash.clone()));
        let cut = ChainError::NotTheKnown {
            number: 3,
            hash: log[2].hash.clone(),
        };
        assert_eq!(verify(&log[..2], known), Err(cut));
        let other = Some((2, "00".to_owned()));
        assert!(verify(&log, other).is_err());
    }
}
