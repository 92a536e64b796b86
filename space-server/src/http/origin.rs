// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Under which address the server is reached.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};

use super::App;
use crate::config::BaseUrl;

/// The address under which whoever asks reaches the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    base: String,
    path: String,
    is_configured: bool,
}

impl Origin {
    /// Returns the address, without a slash at its end; empty when a request does not say it.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Returns the path below which everything is: empty, or `/space`.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns whether the address is that of the configuration. Otherwise it is a claim of the request's: what holds it
    /// goes back to whoever sent it, and to nobody else.
    pub(crate) fn is_configured(&self) -> bool {
        self.is_configured
    }

    fn configured(url: &BaseUrl) -> Self {
        Self {
            base: url.as_str().to_owned(),
            path: url.path().to_owned(),
            is_configured: true,
        }
    }

    fn claimed(headers: &HeaderMap, uri: &Uri) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // HTTP/2 names the host in the address instead.
        let host = text(HOST.as_str()).or_else(|| uri.authority().map(Authority::as_str));
        let is_host = |host: &&str| {
            let is_fine =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
            !host.is_empty() && host.chars().all(is_fine)
        };
        let base = host.filter(is_host).map_or_else(String::new, |host| {
            let is_encrypted = text("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
            let scheme = if is_encrypted { "https" } else { "http" };
            format!("{scheme}://{host}")
        });
        Self {
            base,
            path: String::new(),
            is_configured: false,
        }
    }
}

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(match &app.config.pages.base_url {
            Some(url) => Self::configured(url),
            None => Self::claimed(&parts.headers, &parts.uri),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("space.example.org", None, "http://space.example.org")]
    #[case("space.example.org", Some("https"), "https://space.example.org")]
    #[case("space.example.org", Some("javascript"), "http://space.example.org")]
    #[case("[::1]:7780", None, "http://[::1]:7780")]
    #[case("evil.example/\"><script>", None, "")]
    #[case("user@evil.example", None, "")]
    #[case("", None, "")]
    fn a_claim_is_an_address_or_nothing(
        #[case] host: &str,
        #[case] scheme: Option<&str>,
        #[case] want: &str,
    ) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(scheme) = scheme {
            headers.insert("x-forwarded-proto", scheme.parse().unwrap());
        }
        let origin = Origin::claimed(&headers, &Uri::from_static("/"));
        assert_eq!((origin.base(), origin.is_configured()), (want, false));
    }

    #[test]
    fn the_host_of_http_2_is_in_the_address() {
        let uri = Uri::from_static("https://space.example.org/t/5");
        let origin = Origin::claimed(&HeaderMap::new(), &uri);
        assert_eq!(origin.base(), "http://space.example.org");
    }

    #[test]
    fn what_is_configured_counts() {
        let url: BaseUrl = "https://example.org/space".parse().unwrap();
        let origin = Origin::configured(&url);
        assert_eq!(
            (origin.base(), origin.path(), origin.is_configured()),
            ("https://example.org/space", "/space", true)
        );
    }
}
