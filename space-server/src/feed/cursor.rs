// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Cursors: how far a follower has read, sealed so that it tells nothing to anybody but us.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use space_core::protocol::{Cursor, FeedOrder};
use space_core::{Entropy, MemberId, Scope};

/// Where a follower is.
///
/// A first read takes the frame, then everything else, both as they stood when it began; then come the changes
/// since, and from there on it only ever reads changes. With the newest first, everything else is read backwards,
/// and the changes come in between: what was read is then all that stands from `below` on, up to `after`. A row
/// leaves the part that is still to be read only by moving to the head, where it is met as a change, so in which
/// order that part is read makes no difference in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Reading the frame: after a position, up to where the feed stood when the read began.
    Frame {
        after: i64,
        until: i64,
        order: FeedOrder,
    },
    /// Reading everything but the frame.
    Rest { after: i64, until: i64 },
    /// Reading everything but the frame backwards: what stands below one position, and changes after another.
    Recent { below: i64, after: i64 },
    /// Reading changes after a position.
    Changes { after: i64 },
}

/// What marks a frame that is followed by the newest first.
const NEWEST: u8 = 3;

const NONCE: usize = 24;
const PLAIN: usize = 8 + 1 + 8 + 8;

/// Seals and opens cursors with the space's key.
#[derive(Clone)]
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    /// The state of a hash that has taken in the key, for pseudonyms.
    keyed: Sha256,
}

impl Seal {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(key.into()),
            keyed: Sha256::new_with_prefix(key).chain_update(b"pseudonym"),
        }
    }

    /// Returns what stands for a text where the text itself must not be kept: the same for the same text, and of no use
    /// without the key.
    pub(crate) fn pseudonym(&self, of: &str) -> Arc<str> {
        let hash = self.keyed.clone().chain_update(of).finalize();
        URL_SAFE_NO_PAD.encode(&hash[..12]).into()
    }

    /// Seals a position for one reader and one filter; nobody else can read on from it.
    ///
    /// Every cursor has the same length and looks random, so that two of them cannot be compared: a moving number
    /// would tell outsiders that something happened that they may not see.
    pub(crate) fn close(
        &self,
        epoch: i64,
        position: Position,
        reader: &str,
        entropy: &dyn Entropy,
    ) -> Cursor {
        let (part, after, until) = match position {
            Position::Frame {
                after,
                until,
                order,
            } => (u8::from(order == FeedOrder::Newest) * NEWEST, after, until),
            Position::Rest { after, until } => (1, after, until),
            Position::Changes { after } => (2, after, 0),
            Position::Recent { below, after } => (4, below, after),
        };
        let mut plain = [0_u8; PLAIN];
        plain[..8].copy_from_slice(&epoch.to_be_bytes());
        plain[8] = part;
        plain[9..17].copy_from_slice(&after.to_be_bytes());
        plain[17..].copy_from_slice(&until.to_be_bytes());
        let mut sealed = vec![0_u8; NONCE];
        entropy.fill(&mut sealed);
        let payload = Payload {
            msg: &plain,
            aad: reader.as_bytes(),
        };
        let text = self
            .cipher
            .encrypt(XNonce::from_slice(&sealed), payload)
            .expect("sealing fails only on texts of many gigabytes");
        sealed.extend_from_slice(&text);
        Cursor(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens a cursor; `None` when it is not one of ours, of this epoch and for this reader.
    pub(crate) fn open(&self, cursor: &Cursor, epoch: i64, reader: &str) -> Option<Position> {
        let sealed = URL_SAFE_NO_PAD.decode(&cursor.0).ok()?;
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let payload = Payload {
            msg: text,
            aad: reader.as_bytes(),
        };
        let plain = self
            .cipher
            .decrypt(XNonce::from_slice(nonce), payload)
            .ok()?;
        let plain: [u8; PLAIN] = plain.try_into().ok()?;
        let number = |at: usize| {
            let mut bytes = [0_u8; 8];
            bytes.copy_from_slice(&plain[at..at + 8]);
            i64::from_be_bytes(bytes)
        };
        if number(0) != epoch {
            return None;
        }
        let (after, until) = (number(9), number(17));
        match plain[8] {
            0 | NEWEST => Some(Position::Frame {
                after,
                until,
                order: if plain[8] == NEWEST {
                    FeedOrder::Newest
                } else {
                    FeedOrder::Oldest
                },
            }),
            1 => Some(Position::Rest { after, until }),
            2 => Some(Position::Changes { after }),
            4 => Some(Position::Recent {
                below: after,
                after: until,
            }),
            _ => None,
        }
    }
}

/// Names the reader and the filter that a cursor is for.
pub(crate) fn reader(member: Option<MemberId>, scope: Option<Scope>) -> String {
    let member = member.map_or(0, MemberId::get);
    scope.map_or_else(|| format!("{member}"), |scope| format!("{member} {scope}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::try_from(at % 256).unwrap();
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_for_its_reader_alone(part in 0..5, after: i64, until: i64, epoch: i64) {
            let position = match part {
                0 => Position::Frame { after, until, order: FeedOrder::Oldest },
                3 => Position::Frame { after, until, order: FeedOrder::Newest },
                4 => Position::Recent { below: until, after },
                1 => Position::Rest { after, until },
                _ => Position::Changes { after },
            };
            let seal = Seal::new(&[7; 32]);
            let cursor = seal.close(epoch, position, "1001", &Counting);
            prop_assert_eq!(seal.open(&cursor, epoch, "1001"), Some(position));
            prop_assert_eq!(seal.open(&cursor, epoch, "1002"), None);
            prop_assert_eq!(seal.open(&cursor, epoch.wrapping_add(1), "1001"), None);
            prop_assert_eq!(Seal::new(&[8; 32]).open(&cursor, epoch, "1001"), None);
        }

        #[test]
        fn every_cursor_has_the_same_length(a: i64, b: i64) {
            let seal = Seal::new(&[7; 32]);
            let one = seal.close(1, Position::Changes { after: a }, "1", &Counting);
            let other = seal.close(1, Position::Recent { below: b, after: a }, "1", &Counting);
            prop_assert_eq!(one.0.len(), other.0.len());
        }

        #[test]
        fn any_text_is_refused_without_panic(text in "\\PC{0,200}") {
            prop_assert_eq!(Seal::new(&[7; 32]).open(&Cursor(text), 1, "1"), None);
        }
    }
}
