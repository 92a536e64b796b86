// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens, and keys that make a command safe to repeat.

use std::fmt;

use crate::protocol::IDEMPOTENCY_KEY_MAX;
use crate::time::{Entropy, Timestamp};

/// An access token. It is never shown in debug texts.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Wraps a token as a server gave it; `None` when it could not stand in a header.
    pub fn new(token: impl Into<String>) -> Option<Self> {
        Some(token.into())
            .filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_graphic()))
            .map(Self)
    }

    /// Returns the token itself, to send or keep it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// Makes a command safe to repeat: the same key with the same command is done once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Draws a new key: a UUID of version 7 (RFC 9562, section 5.7), the time in milliseconds and then 74 random bits.
    ///
    /// Keys that rise with time stand beside each other in the server's table: of a batch of commands, one page is
    /// written instead of one for each.
    pub fn draw(now: Timestamp, entropy: &dyn Entropy) -> Self {
        let (mut first, mut second) = ([0; 8], [0; 8]);
        entropy.fill(&mut first);
        entropy.fill(&mut second);
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        let version = 0x7000 | (u64::from_be_bytes(first) & 0x0fff);
        let variant = (0b10 << 62) | (u64::from_be_bytes(second) >> 2);
        let digits = format!("{:016x}{variant:016x}", (millis << 16) | version);
        let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
        Self(parts.map(|(from, to)| &digits[from..to]).join("-"))
    }

    /// Wraps a key made elsewhere, such as from the id of a message in a chat room; `None` when it is
    /// empty, too long or has characters that cannot stand in a header.
    pub fn new(key: impl Into<String>) -> Option<Self> {
        Some(key.into())
            .filter(|k| {
                (1..=IDEMPOTENCY_KEY_MAX).contains(&k.len())
                    && k.bytes().all(|b| b.is_ascii_graphic())
            })
            .map(Self)
    }

    /// Returns the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ones;

    impl Entropy for Ones {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xff);
        }
    }

    #[test]
    fn keys_are_uuids_of_version_7() {
        // The time of the example in RFC 9562, appendix A.6.
        let now = Timestamp::from_millis(0x017f_22e2_79b0);
        assert_eq!(
            IdempotencyKey::draw(now, &Ones).as_str(),
            "017f22e2-79b0-7fff-bfff-ffffffffffff"
        );
    }

    #[test]
    fn tokens_are_not_in_debug_texts() {
        assert!(!format!("{:?}", Token::new("space_secret")).contains("secret"));
    }

    #[test]
    fn tokens_that_would_break_a_header_are_refused() {
        for bad in ["", "a b", "a\r\nb", "\u{e9}"] {
            assert_eq!(Token::new(bad), None);
        }
    }
}
