// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Numbers for whoever watches over the server.

use super::bind::Bind;
use super::section::section;

section! {
    /// What the server tells of itself in numbers.
    pub struct Metrics {
        /// The address and port on which /metrics is read, in the format of Prometheus; /healthz and /readyz are there, too.
        /// Without it there are no numbers. Everybody who reaches the address can read them: choose one of this machine, or
        /// of a network that outsiders do not reach.
        bind: Option<Bind> = None, like "\"127.0.0.1:7781\"";
    }
}
