// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! PostgreSQL: a pool of pipelined connections.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::future::BoxFuture;

use super::{Executor, Pipeline, Result, StoreError, migrate, tls};

/// How long connecting, and waiting for a free connection, may take.
const WAIT: Duration = Duration::from_secs(10);

/// How long the other side may be silent on the network.
const SILENT: Duration = Duration::from_secs(30);

/// What PostgreSQL ends by itself: a statement that never comes to an end, and a transaction that its process forgot
/// while it holds the lock on the head row. Options in the address replace these.
const LIMITS: &str = "-c statement_timeout=120s -c idle_in_transaction_session_timeout=60s";

/// The encoding and the name of the database. The second as text: of the type `name`, the driver would have to learn more.
const ENCODING: &str =
    "select current_setting('server_encoding'), cast(current_database() as text)";

/// An opened PostgreSQL database.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
    config: tokio_postgres::Config,
    tls: tls::Connector,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl Postgres {
    pub(super) async fn open(url: &str, connections: usize, migrates: bool) -> Result<Self> {
        // One more for the writer, which keeps its own for as long as it runs.
        let postgres = Self::connect(url, connections.max(1) + 1)?;
        let mut client = postgres.client().await?;
        holds_every_character(&client).await?;
        migrate::postgres(&mut client, migrates).await?;
        Ok(postgres)
    }

    /// Prepares connections to a database, whatever is in it.
    pub(super) fn connect(url: &str, connections: usize) -> Result<Self> {
        let (mut config, tls) = tls::read(url)?;
        config.connect_timeout(WAIT);
        // A network that went silent, or a process that froze inside a transaction, must not stop everybody else.
        config.tcp_user_timeout(SILENT);
        config.keepalives_idle(SILENT);
        if config.get_options().is_none() {
            config.options(LIMITS);
        }
        config.application_name("space-server");
        let manager = Manager::from_config(
            config.clone(),
            tls.clone(),
            ManagerConfig {
                recycling_method: RecyclingMethod::Fast,
            },
        );
        let pool = Pool::builder(manager)
            .max_size(connections)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .build()
            .map_err(|error| StoreError::Address {
                why: error.to_string(),
            })?;
        Ok(Self { pool, config, tls })
    }

    /// Takes a connection from the pool.
    pub(crate) async fn client(&self) -> Result<deadpool_postgres::Client> {
        Ok(self.pool.get().await?)
    }

    /// Returns how to open a connection outside the pool, for listening.
    pub(crate) fn outside(&self) -> (tokio_postgres::Config, tls::Connector) {
        (self.config.clone(), self.tls.clone())
    }

    pub(super) async fn snapshot<T>(
        &self,
        body: impl for<'x, 'c> FnOnce(&'x mut Executor<'c>) -> BoxFuture<'x, Result<T>>,
    ) -> Result<T> {
        let mut held = Held(Some(self.client().await?));
        let client = held.0.as_ref().ok_or(StoreError::Stopped)?;
        let mut executor = Executor::Postgres(Pipeline::new(client));
        executor.control(executor.begin_read()).await?;
        let out = body(&mut executor).await;
        executor
            .control(if out.is_ok() { "commit" } else { "rollback" })
            .await?;
        held.release();
        out
    }
}

/// Refuses a database whose encoding cannot hold every text: it would take the first posts, and fail at the first letter
/// or emoji that it does not have.
async fn holds_every_character(client: &tokio_postgres::Client) -> Result<()> {
    let row = client.query_one(ENCODING, &[]).await?;
    let encoding: String = row.try_get(0)?;
    if encoding == "UTF8" {
        return Ok(());
    }
    Err(StoreError::Encoding {
        encoding,
        database: row.try_get(1)?,
    })
}

/// A connection inside a transaction. When the transaction is cut off, because whoever waited has gone, the
/// connection is closed instead of going back to the pool.
pub(crate) struct Held(pub(crate) Option<deadpool_postgres::Client>);

impl Held {
    /// Gives the connection back: its transaction has ended.
    pub(crate) fn release(&mut self) {
        self.0 = None;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(deadpool_postgres::Object::take(client));
        }
    }
}
