// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Talking to a server: typed calls, the replica and the outbox.
//!
//! - [`api`] makes single calls and reads the feed.
//! - [`replica`] is the local copy that everything on screen comes from.
//! - [`outbox`] holds what was written offline until the server has it.
//! - [`sync`] moves data between the three.
//! - [`sign_in`] waits until a member has let the program in.
//! - [`credentials`] finds and keeps tokens.
//! - [`files`] replaces small files as a whole.
//!
//! The replica and the outbox of a profile share one SQLite file in WAL mode. Every task opens its own
//! [`Replica`] or [`Outbox`] on that file: readers never wait for the
//! writer, a second writer waits for the first, and nothing has to be locked in memory. They are
//! synchronous: call them where blocking for some milliseconds is fine.

pub mod api;
pub mod credentials;
mod database;
pub mod files;
pub mod outbox;
pub mod replica;
pub mod sign_in;
pub mod sync;
#[cfg(test)]
mod testing;

pub use api::{
    Api, ApiError, FeedBatch, FeedRequest, FeedStream, IdempotencyKey, Token, UnreadRow,
};
pub use outbox::{Draft, LocalId, Outbox, OutboxError};
pub use replica::{Applied, Replica, ReplicaError};
