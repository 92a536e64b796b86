// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What tests of several packages need: generated files, a private PostgreSQL, a running server.

mod binary;
mod bridge;
mod community;
#[cfg(feature = "screen")]
pub mod demo;
pub mod generated;
#[cfg(feature = "stories")]
pub mod hall;
mod home;
#[cfg(feature = "html")]
pub mod html;
pub mod irc;
mod manual;
mod postgres;
#[cfg(feature = "screen")]
pub mod screen;
mod secret;
mod server;
mod skip;
#[cfg(feature = "screen")]
pub mod svg;

pub use binary::binary;
pub use bridge::{Bridge, BridgeSetup};
pub use community::{Community, On};
pub use home::{Done, Home};
pub use manual::same_as_committed_manual;
pub use postgres::{Database, Durability, Postgres};
pub use secret::write_secret;
pub use server::{Server, ServerBuilder};
pub use skip::skipped;
