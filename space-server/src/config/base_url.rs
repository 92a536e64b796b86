// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The address under which people reach the server.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;
use serde::{Deserialize, Serialize};

/// An address such as `https://space.example.org`, also one below a path; without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct BaseUrl(String);

/// A text that is not the address of a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not the address of a server: expected one such as https://space.example.org, without user, query and fragment"
)]
pub struct ParseBaseUrlError {
    text: String,
}

impl BaseUrl {
    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path below which everything is: empty, or `/space`.
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        self.0[host..]
            .find('/')
            .map_or("", |at| &self.0[host + at..])
    }
}

impl FromStr for BaseUrl {
    type Err = ParseBaseUrlError;

    fn from_str(text: &str) -> Result<Self, ParseBaseUrlError> {
        let error = || ParseBaseUrlError {
            text: text.to_owned(),
        };
        let uri: Uri = text.trim().parse().map_err(|_| error())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(error());
        };
        let host = authority.as_str();
        let is_name =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        let path = uri.path().trim_end_matches('/');
        let is_plain =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
        let is_fine = matches!(scheme, "http" | "https")
            && !authority.host().is_empty()
            && host.chars().all(is_name)
            && path.chars().all(is_plain)
            && !path.split('/').any(|part| matches!(part, "." | ".."))
            && !path.contains("//")
            && !text.contains(['?', '#']);
        if is_fine {
            Ok(Self(format!(
                "{scheme}://{}{path}",
                host.to_ascii_lowercase()
            )))
        } else {
            Err(error())
        }
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = ParseBaseUrlError;

    fn try_from(text: String) -> Result<Self, ParseBaseUrlError> {
        text.parse()
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.0
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://space.example.org", Some(("https://space.example.org", "")))]
    #[case(" https://Space.Example.org/ ", Some(("https://space.example.org", "")))]
    #[case("http://127.0.0.1:7780", Some(("http://127.0.0.1:7780", "")))]
    #[case("http://[::1]:7780/", Some(("http://[::1]:7780", "")))]
    #[case("https://example.org/our/space/", Some(("https://example.org/our/space", "/our/space")))]
    #[case("space.example.org", None)]
    #[case("/space", None)]
    #[case("ftp://example.org", None)]
    #[case("https://user@example.org", None)]
    #[case("https://example.org/?a", None)]
    #[case("https://example.org/#a", None)]
    #[case("https://example.org/../a", None)]
    #[case("https://example.org/\"", None)]
    #[case("https://", None)]
    #[case("", None)]
    fn addresses(#[case] text: &str, #[case] want: Option<(&str, &str)>) {
        let read: Option<BaseUrl> = text.parse().ok();
        assert_eq!(read.as_ref().map(|url| (url.as_str(), url.path())), want);
    }
}
