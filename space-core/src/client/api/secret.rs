// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens, and keys that make a command safe to repeat.

use std::fmt;

use crate::protocol::IDEMPOTENCY_KEY_MAX;
use crate::time::Entropy;

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
    /// Draws a new key: 128 random bits as hexadecimal digits.
    pub fn random(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
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
