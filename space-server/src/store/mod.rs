// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The canonical data: one SQL text and one Rust body per operation, on SQLite and on PostgreSQL.
//!
//! Per aggregate one file: its statements as constants and plain `async fn`s over [`Executor`] (reads) or
//! [`Tx`](crate::writer::Tx) with a permit (writes). Lookups return `Option`: what is missing is the
//! caller's decision.

pub(crate) mod actor;
pub(crate) mod aside;
pub(crate) mod audit;
pub(crate) mod block;
pub(crate) mod bookmark;
pub(crate) mod bridge;
pub(crate) mod case;
pub(crate) mod category;
pub(crate) mod caught_up;
pub(crate) mod checkup;
pub(crate) mod code;
pub(crate) mod device;
pub(crate) mod diagnosis;
mod dialect;
mod error;
mod executor;
mod fault;
pub(crate) mod feed;
pub(crate) mod group;
pub(crate) mod head;
pub(crate) mod hidden;
pub(crate) mod idempotency;
pub(crate) mod member;
mod migrate;
pub(crate) mod moderator;
pub(crate) mod network;
mod number;
pub(crate) mod origin;
pub(crate) mod pace;
mod pipeline;
pub(crate) mod portable;
pub(crate) mod post;
mod postgres;
pub(crate) mod probe;
pub(crate) mod purge;
pub(crate) mod read_position;
pub(crate) mod report;
pub(crate) mod space;
mod sqlite;
mod statements;
pub(crate) mod tag;
mod tls;
pub(crate) mod token;
pub(crate) mod topic;
pub(crate) mod unseen;
mod value;
pub(crate) mod visitor;

use futures_util::future::BoxFuture;
use prometheus_client::metrics::counter::Counter;

use crate::config::{Config, Database};

pub use error::StoreError;
pub(crate) use executor::{Executor, ready};
pub(crate) use fault::Fault;
pub(crate) use pipeline::Pipeline;
pub(crate) use postgres::{Held, Postgres};
pub(crate) use sqlite::Sqlite;
pub(crate) use statements::{ids64, statements};
pub(crate) use tls::Connector;
pub(crate) use value::{Row, Value};

/// What a store operation gives.
pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// The opened store: where reads go. Writes go through the [`Writer`](crate::writer::Writer).
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    failed_reads: Counter,
}

#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one, and its clones are few"
)]
pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Store {
    /// Opens the store, and brings it up to date unless the configuration says otherwise.
    pub async fn open(config: &Config) -> std::result::Result<Self, StoreError> {
        let readers = config.store.pool_size.get() as usize;
        let engine = match config.database() {
            Database::Sqlite(path) => {
                let cache = config.store.page_cache.bytes();
                Engine::Sqlite(sqlite::Sqlite::open(
                    &path,
                    readers,
                    cache,
                    config.store.migrate,
                )?)
            }
            Database::Postgres(url) => Engine::Postgres(
                postgres::Postgres::open(url.expose(), readers, config.store.migrate).await?,
            ),
        };
        Ok(Self {
            engine,
            failed_reads: Counter::default(),
        })
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Returns how many reads failed.
    pub(crate) fn failed_reads(&self) -> Counter {
        self.failed_reads.clone()
    }

    fn counted<T>(&self, read: Result<T>) -> Result<T> {
        if read.is_err() {
            self.failed_reads.inc();
        }
        read
    }

    /// Runs a short read on one snapshot of the data: what it sees is of one moment.
    ///
    /// On SQLite it runs in place, without a thread hop; a read that may take long goes to [`Self::read_long`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>) -> BoxFuture<'x, Result<T>> + Send + 'static,
    ) -> Result<T> {
        let read = match &self.engine {
            Engine::Sqlite(sqlite) => match sqlite.reader().await {
                Ok(mut reader) => reader.snapshot(body),
                Err(error) => Err(error),
            },
            Engine::Postgres(postgres) => postgres.snapshot(body).await,
        };
        self.counted(read)
    }

    /// Runs a read that may take long, such as a page of the feed, on one snapshot of the data.
    pub(crate) async fn read_long<T: Send + 'static>(
        &self,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>) -> BoxFuture<'x, Result<T>> + Send + 'static,
    ) -> Result<T> {
        let read = match &self.engine {
            Engine::Sqlite(sqlite) => match sqlite.reader().await {
                Ok(mut reader) => tokio::task::spawn_blocking(move || reader.snapshot(body))
                    .await
                    .unwrap_or(Err(StoreError::Stopped)),
                Err(error) => Err(error),
            },
            Engine::Postgres(postgres) => postgres.snapshot(body).await,
        };
        self.counted(read)
    }
}

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod wiping;
