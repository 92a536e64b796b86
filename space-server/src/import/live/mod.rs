// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Fetches a forum from its live site: `space-server import discourse https://forum.example.org`.
//!
//! What is fetched goes into a folder first ([`staging`]), whole topics only, each file written aside and renamed; the
//! importer then reads that folder like any saved forum. So a fetch may be killed anywhere and goes on where it was, and
//! a second one asks only for topics of which the forum's own list ([`listing`]) says something else than before.
//!
//! [`web`] makes one request, [`patience`] decides what to do about an answer that is no use, [`visit`] keeps the pace
//! and waits, [`topic`] puts the pieces of a topic together, [`run`](mod@run) does it all in order. Everything that comes
//! from the forum is distrusted: sizes, types, addresses, ids that nobody asked for.
//!
//! Time, chance and waiting are parameters ([`Tools`]), so that tests do not wait.

mod address;
mod error;
mod fetched;
mod key;
mod listing;
mod patience;
mod run;
mod staging;
mod topic;
mod visit;
mod web;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use space_core::{Clock, Entropy};

pub use address::Forum;
pub use error::FetchError;
pub use fetched::Fetched;
pub use key::ApiKey;
pub use run::fetch;
pub(crate) use staging::{origin_of, vanished_from};

/// How a forum is fetched.
#[derive(Debug, Clone)]
pub struct Fetch {
    /// The forum.
    pub forum: Forum,
    /// The folder that what was fetched is kept in.
    pub staging: PathBuf,
    /// The least time from the beginning of one request to that of the next.
    pub interval: Duration,
    /// Opens what is not open to everyone.
    pub key: Option<ApiKey>,
    /// How those who run the forum can reach who runs this.
    pub contact: Option<String>,
    /// Whether topics are fetched again of which the list says nothing new.
    pub everything: bool,
    /// What an answer may take.
    pub limits: Limits,
}

/// What an answer may take, in time and room.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Without a byte coming.
    pub idle: Duration,
    /// From the request to the last byte.
    pub whole: Duration,
    /// Bytes, once unpacked.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            idle: Duration::from_secs(30),
            whole: Duration::from_mins(2),
            // A page of 20 posts of the greatest length, with their sources, has some 2 MB; a list of categories less.
            body_bytes: 32 << 20,
        }
    }
}

/// Waits; passed in, so that tests need not.
pub trait Rest: Send + Sync {
    /// Lets this time go by.
    fn rest(&self, time: Duration) -> BoxFuture<'_, ()>;
}

/// Waits by the machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sleep;

impl Rest for Sleep {
    fn rest(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Time, chance and waiting.
#[derive(Clone)]
pub struct Tools {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What waits are spread by.
    pub entropy: Arc<dyn Entropy>,
    /// What waits.
    pub rest: Arc<dyn Rest>,
}
