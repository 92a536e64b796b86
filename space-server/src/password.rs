// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Passwords and tokens: made here, stored as hashes.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use space_core::Entropy;

/// Characters a password has at least; NIST SP 800-63B asks for 8, and longer ones cost nobody anything.
pub(crate) const PASSWORD_MIN: usize = 10;

/// Characters a password has at most, so that hashing one is never a way to keep the server busy.
pub(crate) const PASSWORD_MAX: usize = 1024;

/// How every token begins, so that people and programs that look for leaked secrets recognise one.
const TOKEN_PREFIX: &str = "space_";

/// argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Why a password is no good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PasswordError {
    /// It is too short.
    #[error("a password has at least {PASSWORD_MIN} characters")]
    TooShort,
    /// It is too long.
    #[error("a password has at most {PASSWORD_MAX} characters")]
    TooLong,
}

/// Says whether a password is long enough, and not too long.
pub(crate) fn check(password: &str) -> Result<(), PasswordError> {
    match password.chars().count() {
        ..PASSWORD_MIN => Err(PasswordError::TooShort),
        PASSWORD_MIN..=PASSWORD_MAX => Ok(()),
        _ => Err(PasswordError::TooLong),
    }
}

/// Hashes a new password. Takes some 20 ms of a core and 19 MiB: not for an async task.
pub(crate) fn hash(password: &str, entropy: &dyn Entropy) -> Result<String, PasswordError> {
    check(password)?;
    let mut salt = [0_u8; 16];
    entropy.fill(&mut salt);
    let salt =
        SaltString::encode_b64(&salt).expect("16 bytes are a salt of the recommended length");
    let hash = argon2().hash_password(password.as_bytes(), &salt);
    Ok(hash.expect("the default parameters are valid").to_string())
}

/// Says whether a password fits its hash. Without a hash it takes as long and says no: whether somebody has an
/// account, or a password, is not told by the time it takes.
pub(crate) fn fits(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b+dWRWJTmaaJObGv4UJ9nZP0pI";
    if password.chars().count() > PASSWORD_MAX {
        return false;
    }
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let fits = parsed.is_ok_and(|parsed| {
        argon2()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    });
    fits && hash.is_some()
}

/// Makes a token of 256 random bits.
pub(crate) fn new_token(entropy: &dyn Entropy) -> String {
    let mut bytes = [0_u8; 32];
    entropy.fill(&mut bytes);
    format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::OsEntropy;

    #[test]
    fn the_right_password_fits_and_others_do_not() {
        let hash = hash("correct horse", &OsEntropy).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits("correct horse", Some(&hash)));
        assert!(!fits("correct horsf", Some(&hash)));
        assert!(!fits("correct horse", None));
        assert!(!fits("correct horse", Some("nonsense")));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert_eq!(hash("123456789", &OsEntropy), Err(PasswordError::TooShort));
        assert_eq!(
            hash(&"x".repeat(1025), &OsEntropy),
            Err(PasswordError::TooLong)
        );
    }

    #[test]
    fn tokens_do_not_repeat() {
        let (a, b) = (new_token(&OsEntropy), new_token(&OsEntropy));
        assert_ne!(a, b);
        assert_eq!(a.len(), 6 + 43);
    }
}
