// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How the server is reached.

use std::net::SocketAddr;

use super::addresses::Addresses;
use super::section::section;
use super::units::{Period, Size};

section! {
    /// How the server is reached.
    pub struct Http {
        /// The address and port to listen on; port 0 takes any free one. The server speaks plain HTTP: put a
        /// reverse proxy with TLS before it, unless it is for this machine only.
        bind: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 7780));
        /// Addresses of reverse proxies that are believed when they say in `X-Forwarded-For` for whom they ask; a proxy on
        /// this machine is `"127.0.0.1"`. Without it all who come through a proxy share its limit of log-ins.
        trusted_proxies: Addresses = Addresses::default();
        /// How long one request may take. Following the feed is not bound by it.
        request_timeout: Period = Period::seconds(30);
        /// How large the body of a request may be.
        max_body: Size = Size::mebibytes(1);
    }
}
