// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What tests of several packages need: generated files, a private PostgreSQL, a running server.

mod binary;
mod community;
pub mod generated;
#[cfg(feature = "stories")]
pub mod hall;
mod manual;
mod postgres;
mod server;
mod skip;

pub use binary::binary;
pub use community::{Community, On};
pub use manual::same_as_committed_manual;
pub use postgres::{Database, Durability, Postgres};
pub use server::{Server, ServerBuilder};
pub use skip::skipped;
