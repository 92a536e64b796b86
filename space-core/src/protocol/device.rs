// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Signing in by device flow (RFC 8628): a program shows a code, its owner types it into a page in any browser, and
//! the program asks until they have answered. No password comes near the program, and it works over SSH.
//!
//! The fields are those of the RFC. Both calls speak JSON, like every other; and what the RFC calls `error` is the code
//! of a problem, with the RFC's words: `authorization_pending`, `slow_down`, `access_denied`, `expired_token`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::policy::Capabilities;
use crate::text::Label;

/// Letters of user codes: those of RFC 8628, 6.1. Without vowels no words arise, and none looks like a digit or another.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// How many letters a user code has: 20 to the power of 8, some 34 bits.
const CODE: usize = 8;

/// Asks for a code: `POST /v1/login/device`. Answers a [`DeviceCodes`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskForCode {
    /// What the token is for: shown to the member who decides, and later in the list of their tokens.
    pub label: Label,
    /// What the token is to be good for; everything that its member may do when absent. The member sees it before they
    /// decide, and the token can do no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Capabilities>,
}

/// The two codes, and where to take them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceCodes {
    /// The secret with which the program asks whether it is allowed in.
    pub device_code: String,
    /// What the member types into the page.
    pub user_code: UserCode,
    /// The page, as the server believes that it is reached. A client that knows its server's address takes `device`
    /// below that instead, so that it never sends anybody elsewhere.
    pub verification_uri: String,
    /// The same page: it fills no code in from its address, since a link to it may come from anybody.
    pub verification_uri_complete: String,
    /// For how many seconds both codes are of use.
    pub expires_in: u64,
    /// How many seconds lie between two questions at least.
    pub interval: u64,
}

impl fmt::Debug for DeviceCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCodes")
            .field("verification_uri", &self.verification_uri)
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

/// Asks whether one is allowed in: `POST /v1/login/device/token`. Answers a [`Session`](super::Session), once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskForToken {
    /// The secret of [`DeviceCodes`].
    pub device_code: String,
}

impl fmt::Debug for AskForToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AskForToken").finish_non_exhaustive()
    }
}

/// A code that people type, such as `WDJB-MJHT`. It is read with small letters, and with or without the hyphen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct UserCode(String);

impl UserCode {
    /// Makes a code from random bytes, of which every letter takes one; `None` when they do not suffice.
    ///
    /// A byte of 240 or more is left out, so that every letter is as likely as any other.
    pub fn from_random(bytes: &[u8]) -> Option<Self> {
        let letters: String = bytes
            .iter()
            .filter(|byte| **byte < 240)
            .take(CODE)
            .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
            .collect();
        (letters.len() == CODE).then_some(Self(letters))
    }

    /// Reads a code as somebody typed it.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut letters = String::with_capacity(CODE);
        for c in typed.chars() {
            let upper = c.to_ascii_uppercase();
            if u8::try_from(upper).is_ok_and(|byte| LETTERS.contains(&byte)) {
                letters.push(upper);
            } else if !(c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}')) {
                return None;
            }
        }
        (letters.len() == CODE).then_some(Self(letters))
    }

    /// Returns the letters alone, as they are stored.
    pub fn letters(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right) = self.0.split_at(CODE / 2);
        write!(f, "{left}-{right}")
    }
}

impl From<UserCode> for String {
    fn from(code: UserCode) -> Self {
        code.to_string()
    }
}

/// A text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has {CODE} letters, such as WDJB-MJHT")]
pub struct BadCode;

impl TryFrom<String> for UserCode {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        Self::parse(&text).ok_or(BadCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("WDJB-MJHT")]
    #[case("wdjbmjht")]
    #[case("  wdjb mjht ")]
    #[case("WDJB\u{2013}MJHT")]
    fn codes_are_read_as_people_type_them(#[case] typed: &str) {
        assert_eq!(UserCode::parse(typed).unwrap().to_string(), "WDJB-MJHT");
    }

    #[rstest]
    #[case("")]
    #[case("WDJB-MJH")]
    #[case("WDJB-MJHTT")]
    #[case("WDJB-MJH1")]
    #[case("WDJB-MJHA")]
    #[case("WDJB/MJHT")]
    fn other_texts_are_no_codes(#[case] typed: &str) {
        assert_eq!(UserCode::parse(typed), None);
    }

    #[test]
    fn random_bytes_that_would_favour_a_letter_are_left_out() {
        let code = UserCode::from_random(&[255, 240, 0, 19, 20, 39, 239, 1, 2, 250, 3]).unwrap();
        assert_eq!(code.letters(), "BZBZZCDF");
        assert_eq!(UserCode::from_random(&[255; 64]), None);
    }
}
