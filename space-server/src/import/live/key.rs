// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Keys that open what is not open to everyone.

use std::fmt;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// A key of the forum's interface. It is never shown.
#[derive(Clone)]
pub struct ApiKey {
    key: HeaderValue,
    /// The member as whom a key of the administrators is used; without one it is a member's own key.
    user: Option<HeaderValue>,
}

impl ApiKey {
    /// Takes a key, and the name of the member as whom it is used; `None` when one of them could not stand in a header.
    pub fn new(key: &str, user: Option<&str>) -> Option<Self> {
        let header = |text: &str| {
            let is_sound = !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
            is_sound.then(|| HeaderValue::from_str(text).ok()).flatten()
        };
        let mut key = header(key.trim())?;
        key.set_sensitive(true);
        let user = match user {
            Some(user) => Some(header(user)?),
            None => None,
        };
        Some(Self { key, user })
    }

    /// Adds the headers to a request.
    pub(super) fn add_to(&self, headers: &mut HeaderMap) {
        match &self.user {
            Some(user) => {
                headers.insert(HeaderName::from_static("api-key"), self.key.clone());
                headers.insert(HeaderName::from_static("api-username"), user.clone());
            }
            None => {
                headers.insert(HeaderName::from_static("user-api-key"), self.key.clone());
            }
        }
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_shown() {
        let key = ApiKey::new(" s3cret\n", Some("system")).unwrap();
        let mut headers = HeaderMap::new();
        key.add_to(&mut headers);
        assert_eq!(headers["api-key"], "s3cret");
        assert_eq!(headers["api-username"], "system");
        assert!(!format!("{key:?} {headers:?}").contains("s3cret"));
    }

    #[test]
    fn a_key_without_a_member_is_a_members_own() {
        let mut headers = HeaderMap::new();
        ApiKey::new("s3cret", None).unwrap().add_to(&mut headers);
        assert_eq!(headers.len(), 1);
        assert_eq!(headers["user-api-key"], "s3cret");
    }

    #[test]
    fn a_key_of_several_lines_is_none() {
        assert!(ApiKey::new("a\r\nX-Evil: b", None).is_none());
        assert!(ApiKey::new("  ", None).is_none());
        assert!(ApiKey::new("a", Some("b c")).is_none());
    }
}
