// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Values that are never shown.

use std::fmt;

use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

/// The address of a PostgreSQL database, which may hold a password: shown and logged without it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Checks an address. What is wrong is said without repeating it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self(text.to_owned()))
        } else {
            Err(
                "expected the address of a PostgreSQL database, such as postgres://space@localhost/space; \
                 for SQLite leave it out",
            )
        }
    }

    /// Returns the whole address, password and all.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Secret {
    /// Without passwords: neither `user:password@` nor `?password=...` is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", ""));
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        // The last @ ends the user: a password that was not escaped may hold one too.
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        write!(f, "{scheme}://")?;
        match user.map(|user| user.split_once(':').unwrap_or((user, ""))) {
            Some((name, "")) => write!(f, "{name}@")?,
            Some((name, _)) => write!(f, "{name}:(hidden)@")?,
            None => {}
        }
        f.write_str(place)?;
        for (at, part) in query.into_iter().flat_map(|q| q.split('&')).enumerate() {
            f.write_str(if at == 0 { "?" } else { "&" })?;
            match part.split_once('=') {
                Some((key, _)) if key.contains("password") => write!(f, "{key}=(hidden)")?,
                _ => f.write_str(part)?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("postgres://space@localhost/space", "postgres://space@localhost/space")]
    #[case(
        "postgres://space:s3cret@db:5432/space",
        "postgres://space:(hidden)@db:5432/space"
    )]
    #[case(
        "postgres://space:s3@cret@db/space",
        "postgres://space:(hidden)@db/space"
    )]
    #[case(
        "postgresql:///space?host=/run/postgresql&password=s3cret",
        "postgresql:///space?host=/run/postgresql&password=(hidden)"
    )]
    fn passwords_are_not_shown(#[case] url: &str, #[case] want: &str) {
        let secret = Secret::parse(url).unwrap();
        assert_eq!(secret.to_string(), want);
        assert_eq!(format!("{secret:?}"), want);
        assert_eq!(serde_json::to_value(&secret).unwrap(), want);
        assert_eq!(secret.expose(), url);
    }

    #[test]
    fn other_databases_are_refused_without_repeating_the_address() {
        let error = Secret::parse("mysql://root:s3cret@db/space").unwrap_err();
        assert!(!error.contains("s3cret"));
    }
}
