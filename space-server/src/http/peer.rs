// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From which address somebody asks.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::{ApiError, App};
use crate::audit::Source;

/// The header in which proxies say for whom they ask, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address that a request comes from: that of the connection, or what a proxy that is trusted says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Peer {
    /// Returns it as the audit log keeps it.
    pub(crate) fn source(self, app: &App) -> Source {
        Source {
            address: self.0,
            chance: app.chance(),
        }
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let ConnectInfo(address) = ConnectInfo::<SocketAddr>::from_request_parts(parts, app)
            .await
            .map_err(|_| ApiError::unavailable("the connection has no address"))?;
        let trusted = app.config.http.trusted_proxies.as_slice();
        Ok(Self(client(address.ip(), &parts.headers, trusted)))
    }
}

/// Goes back from the connection as long as those who speak are trusted. What is beyond the first who is not is only a
/// claim, and everybody can make it.
fn client(connection: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut at = connection.to_canonical();
    let named: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for name in named.iter().rev() {
        if !trusted.contains(&at) {
            break;
        }
        match name.trim().parse::<IpAddr>() {
            Ok(before) => at = before.to_canonical(),
            Err(_) => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nobody_is_trusted("198.51.100.1", &["192.0.2.1"], "198.51.100.1")]
    #[case::no_proxy_in_between("127.0.0.1", &[], "127.0.0.1")]
    #[case::one_proxy("127.0.0.1", &["192.0.2.1"], "192.0.2.1")]
    #[case::a_client_that_lies("127.0.0.1", &["203.0.113.9, 192.0.2.1"], "192.0.2.1")]
    #[case::two_proxies("127.0.0.1", &["192.0.2.1, 10.0.0.2"], "192.0.2.1")]
    #[case::two_headers("127.0.0.1", &["203.0.113.9", "192.0.2.1, 10.0.0.2"], "192.0.2.1")]
    #[case::nonsense("127.0.0.1", &["192.0.2.1, unknown"], "127.0.0.1")]
    #[case::mapped("::ffff:127.0.0.1", &["::ffff:192.0.2.1"], "192.0.2.1")]
    fn only_trusted_proxies_are_believed(
        #[case] connection: &str,
        #[case] forwarded: &[&str],
        #[case] want: &str,
    ) {
        let trusted = ["127.0.0.1", "10.0.0.2"].map(|ip| ip.parse().unwrap());
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        let found = client(connection.parse().unwrap(), &headers, &trusted);
        assert_eq!(found, want.parse::<IpAddr>().unwrap());
    }
}
