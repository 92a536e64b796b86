// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The address of a server, and how it is reached.

use std::net::IpAddr;

use reqwest::{Certificate, Url, redirect};

use super::{ApiError, CONNECT};

/// Reads the address of a server; the result ends with a slash.
pub(super) fn parse(server: &str, allows_plain_http: bool) -> Result<Url, ApiError> {
    let refuse = |why: &'static str| ApiError::Address {
        server: server.to_owned(),
        why,
    };
    let mut url = Url::parse(server.trim())
        .map_err(|_| refuse("it is not an address such as https://space.example.org"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("it must not contain a name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it must end after the path"));
    }
    match url.scheme() {
        "https" => {}
        "http" if allows_plain_http || is_loopback(&url) => {}
        "http" => {
            return Err(ApiError::PlainHttp {
                server: server.to_owned(),
            });
        }
        _ => return Err(refuse("it must begin with https://")),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(refuse("it names no host"));
    }
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// Returns whether the address stays on this machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || number.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Makes the HTTP client.
pub(super) fn client(base: &Url, roots: &[Vec<u8>]) -> Result<reqwest::Client, ApiError> {
    // reqwest takes the provider that the process has chosen; a program that chose none gets ring. Losing
    // the race to another thread is fine: then that one's choice is in place.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("space/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        // A redirect is reported, never followed: the token and what was written go to the server that was
        // named, and nowhere else.
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never());
    if base.scheme() == "http" {
        // No certificate is asked for, so a machine that has none installed works too.
        builder = builder.tls_certs_only([]).no_proxy();
    } else {
        let mut certificates = Vec::new();
        for pem in roots {
            certificates.extend(Certificate::from_pem_bundle(pem).map_err(ApiError::setup)?);
        }
        builder = builder.https_only(true).tls_certs_merge(certificates);
    }
    builder.build().map_err(ApiError::setup)
}

/// Makes a client for servers that are not ours: it knows no token, and follows nothing.
pub(super) fn stranger() -> Result<reqwest::Client, ApiError> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    reqwest::Client::builder()
        .user_agent(concat!("space/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()
        .map_err(ApiError::setup)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://space.example.org", "https://space.example.org/")]
    #[case("https://Space.Example.org:443/", "https://space.example.org/")]
    #[case(" https://example.org/space ", "https://example.org/space/")]
    #[case("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    #[case("http://[::1]:8080", "http://[::1]:8080/")]
    #[case("http://localhost", "http://localhost/")]
    fn addresses_have_one_spelling(#[case] server: &str, #[case] want: &str) {
        assert_eq!(parse(server, false).unwrap().as_str(), want);
    }

    #[rstest]
    #[case("http://space.example.org")]
    #[case("http://127.0.0.1.example.org")]
    #[case("http://localhost.example.org")]
    #[case("http://192.168.1.4")]
    fn plain_http_stays_on_this_machine(#[case] server: &str) {
        assert!(matches!(
            parse(server, false),
            Err(ApiError::PlainHttp { .. })
        ));
        assert!(parse(server, true).is_ok());
    }

    #[rstest]
    #[case("space.example.org")]
    #[case("ftp://space.example.org")]
    #[case("https://alice:secret@space.example.org")]
    #[case("https://space.example.org/?a=b")]
    #[case("")]
    fn other_texts_are_refused(#[case] server: &str) {
        assert!(matches!(parse(server, true), Err(ApiError::Address { .. })));
    }
}
