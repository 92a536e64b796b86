// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server serve`

use std::net::SocketAddr;

use clap::Args;

/// Serve the space until SIGTERM or SIGINT; a second signal does not wait for what was begun
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address and port to listen on; port 0 takes any free one [default: 127.0.0.1:7780]
    #[arg(long, short, value_name = "ADDRESS:PORT")]
    bind: Option<SocketAddr>,
}
