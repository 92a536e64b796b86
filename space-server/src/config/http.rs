// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How the server is reached.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use super::addresses::Addresses;
use super::bind::Bind;
use super::section::section;
use super::units::{Period, Size};

section! {
    /// How the server is reached.
    pub struct Http {
        /// The address and port to listen on; port 0 takes any free one, and a name such as localhost is looked up. The server
        /// speaks plain HTTP: put a reverse proxy with TLS before it, unless it is for this machine only.
        bind: Bind = Bind::from(SocketAddr::from(([127, 0, 0, 1], 7780)));
        /// Addresses of reverse proxies that are believed when they say in `X-Forwarded-For` for whom they ask; a proxy on
        /// this machine is `"127.0.0.1"`. Without it all who come through a proxy share its limit of log-ins.
        trusted_proxies: Addresses = Addresses::default();
        /// How long one request may take. Following the feed is not bound by it.
        request_timeout: Period = Period::seconds(30);
        /// How large the body of a request may be.
        max_body: Size = Size::mebibytes(1);
        /// How many connections may be open at the same time; others are told to come again. Each follower of the feed has one
        /// all the time, so the limit of open files (`LimitNOFILE=` of systemd, `ulimit -n`) should be above it.
        max_connections: NonZeroU32 = NonZeroU32::new(8_192).expect("the default is above zero");
        /// How many of them one address may have; an IPv6 network of 64 bits counts as one, and one of 48 bits may have four
        /// times as many. It does not apply to trusted_proxies, behind which are many; name your reverse proxy there. When
        /// it is absent, 100, and as many as there are for this machine itself.
        max_connections_per_address: Option<NonZeroU32> = None, like "100";
        /// How many bytes of answers may be in memory until they are sent, over all connections; those of one address or
        /// IPv6 network may be an eighth of it. Other answers wait for room.
        max_in_flight: Size = Size::mebibytes(64);
        /// How long the head of a request may take to arrive.
        header_timeout: Period = Period::seconds(10);
        /// How long a connection is kept open without a request. Make it longer than that of the reverse proxy.
        keep_alive: Period = Period::seconds(75);
        /// How long the other side may take nothing of what is sent before it counts as gone.
        send_timeout: Period = Period::seconds(60);
        /// How many bytes a second the other side has to take of what is sent, at least. Who is slower is let go, and gets
        /// the rest on another connection.
        min_send_rate: Size = Size::kibibytes(2);
        /// How long a server that was asked to stop goes on serving while /readyz answers 503, so that a load balancer
        /// sends nobody there any more. Without a load balancer it needs none.
        drain: Option<Period> = None, like "\"5s\"";
    }
}
