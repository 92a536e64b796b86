// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The one place that knows which engine runs a statement.
//!
//! An enum, not a trait: no `dyn`, no boxed futures, no generics in store bodies.

use std::future::Future;

use futures_util::future::try_join_all;

use super::pipeline::{Pipeline, borrowed};
use super::{Result, Row, Value};

/// How many ids one `in` list holds; see [`ids64`](super::ids64).
const LIST: usize = 64;

/// A connection to either engine.
pub(crate) enum Executor<'c> {
    Sqlite(&'c mut rusqlite::Connection),
    Postgres(Pipeline<'c>),
}

impl Executor<'_> {
    /// Borrows the same connection again.
    pub(crate) fn reborrow(&mut self) -> Executor<'_> {
        match self {
            Executor::Sqlite(connection) => Executor::Sqlite(connection),
            Executor::Postgres(pipeline) => Executor::Postgres(pipeline.again()),
        }
    }

    /// Runs a query and maps each row.
    pub(crate) async fn rows<T: Send>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        match self {
            Executor::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                let mut out = Vec::new();
                while let Some(row) = rows.next()? {
                    out.push(map(&Row::Sqlite(row))?);
                }
                Ok(out)
            }
            Executor::Postgres(pipeline) => {
                let client = pipeline.client();
                let statement = client.prepare_cached(sql).await?;
                let values = borrowed(values);
                let rows = pipeline.then(client.query(&statement, &values)).await?;
                rows.iter().map(|row| map(&Row::Postgres(row))).collect()
            }
        }
    }

    /// Runs a query that gives at most one row.
    pub(crate) async fn row<T: Send>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Option<T>> {
        Ok(self.rows(sql, values, map).await?.pop())
    }

    /// Runs the same query for many sets of values; the answers stand in the same order.
    ///
    /// On PostgreSQL all are on their way at once, and cost one round trip.
    pub(crate) async fn rows_each<T: Send>(
        &mut self,
        sql: &'static str,
        all: &[Vec<Value<'_>>],
        mut map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<Vec<T>>> {
        match self {
            Executor::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut out = Vec::with_capacity(all.len());
                for values in all {
                    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                    let mut found = Vec::new();
                    while let Some(row) = rows.next()? {
                        found.push(map(&Row::Sqlite(row))?);
                    }
                    out.push(found);
                }
                Ok(out)
            }
            Executor::Postgres(pipeline) => {
                let client = pipeline.client();
                let statement = client.prepare_cached(sql).await?;
                let asking = try_join_all(all.iter().map(|values| {
                    let statement = &statement;
                    async move { client.query(statement, &borrowed(values)).await }
                }));
                let answers = pipeline.then(asking).await?;
                answers
                    .iter()
                    .map(|rows| rows.iter().map(|row| map(&Row::Postgres(row))).collect())
                    .collect()
            }
        }
    }

    /// Runs a query whose text has an [`ids64`](super::ids64) list over any number of ids, `more` bound after them.
    pub(crate) async fn rows_in<T: Send>(
        &mut self,
        sql: &'static str,
        ids: &[i64],
        more: &[Value<'_>],
        map: impl FnMut(&Row<'_>) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        let lists: Vec<Vec<Value<'_>>> = ids
            .chunks(LIST)
            .map(|chunk| {
                let last = chunk[chunk.len() - 1];
                let padded = chunk
                    .iter()
                    .copied()
                    .chain(std::iter::repeat(last))
                    .take(LIST);
                padded.map(Value::I64).chain(more.iter().copied()).collect()
            })
            .collect();
        Ok(self
            .rows_each(sql, &lists, map)
            .await?
            .into_iter()
            .flatten()
            .collect())
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64> {
        match self {
            Executor::Sqlite(connection) => Ok(connection
                .prepare_cached(sql)?
                .execute(rusqlite::params_from_iter(values))?
                as u64),
            Executor::Postgres(pipeline) => {
                let client = pipeline.client();
                let statement = client.prepare_cached(sql).await?;
                let values = borrowed(values);
                pipeline.then(client.execute(&statement, &values)).await
            }
        }
    }

    /// Runs the same statement for many sets of values.
    ///
    /// On PostgreSQL they wait until something is asked, or the transaction ends, and then cost no round trip of their
    /// own. If one fails, what comes after it in the transaction fails.
    pub(crate) async fn execute_each(
        &mut self,
        sql: &'static str,
        all: &[Vec<Value<'_>>],
    ) -> Result<()> {
        match self {
            Executor::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                for values in all {
                    statement.execute(rusqlite::params_from_iter(values))?;
                }
                Ok(())
            }
            Executor::Postgres(pipeline) => pipeline.hold(sql, all).await,
        }
    }

    /// Runs `begin`, `commit`, `notify` and the like.
    pub(crate) async fn control(&mut self, sql: &'static str) -> Result<()> {
        match self {
            Executor::Sqlite(connection) => {
                Ok(connection.prepare_cached(sql)?.execute([]).map(drop)?)
            }
            Executor::Postgres(pipeline) => {
                let client = pipeline.client();
                pipeline.then(client.batch_execute(sql)).await
            }
        }
    }

    /// Undoes the transaction, and forgets what waited to be written in it.
    pub(crate) async fn rollback(&mut self) -> Result<()> {
        if let Executor::Postgres(pipeline) = self {
            pipeline.forget();
        }
        self.control("rollback").await
    }
}

/// Polls a store body that runs on SQLite, which is ready at the first poll.
///
/// # Panics
/// When the body awaits anything but its executor.
pub(crate) fn ready<F: Future>(body: F) -> F::Output {
    let mut body = std::pin::pin!(body);
    match body
        .as_mut()
        .poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
    {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!("a store body awaits only its executor"),
    }
}
