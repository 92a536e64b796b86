// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Writes that need no answer wait for the next statement that does: a command then costs round trips to PostgreSQL
//! for what it reads alone.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

use super::value::Owned;
use super::{Result, Value};

/// How many writes wait at most, so that an import does not pile up what it writes.
const WAITING: usize = 256;

/// A connection, and what is to be written before anything else is asked.
pub(crate) struct Pipeline<'c> {
    client: &'c deadpool_postgres::Client,
    waiting: Vec<(Statement, Vec<Owned>)>,
}

impl<'c> Pipeline<'c> {
    pub(crate) fn new(client: &'c deadpool_postgres::Client) -> Self {
        Self {
            client,
            waiting: Vec::new(),
        }
    }

    /// Returns the connection. What is asked on it goes through [`Self::then`].
    pub(super) fn client(&self) -> &'c deadpool_postgres::Client {
        self.client
    }

    /// Begins anew on the same connection.
    pub(super) fn again(&self) -> Self {
        Self::new(self.client)
    }

    /// Lets writes wait.
    pub(super) async fn hold(&mut self, sql: &'static str, all: &[Vec<Value<'_>>]) -> Result<()> {
        let statement = self.client.prepare_cached(sql).await?;
        for values in all {
            let values = values.iter().map(Owned::from).collect();
            self.waiting.push((statement.clone(), values));
            if self.waiting.len() >= WAITING {
                self.then(async { Ok(()) }).await?;
            }
        }
        Ok(())
    }

    /// Forgets what waits.
    pub(super) fn forget(&mut self) {
        self.waiting.clear();
    }

    /// Sends what waits, then `last`, without waiting for answers in between. The first failure counts.
    pub(super) async fn then<T>(
        &mut self,
        last: impl Future<Output = std::result::Result<T, Error>> + Send,
    ) -> Result<T> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(last.await?);
        }
        let client = self.client;
        let mut sent: Vec<Option<Sending<'_>>> = waiting
            .iter()
            .map(|(statement, values)| {
                let sending = async move {
                    let values: Vec<Value<'_>> = values.iter().map(Value::from).collect();
                    client.execute(statement, &borrowed(&values)).await
                };
                Some(Box::pin(sending) as Sending<'_>)
            })
            .collect();
        let mut last = pin!(last);
        let mut answer = None;
        // A statement is sent when it is polled for the first time, so they go out in this order. Answers come in the
        // same order: whatever is not answered yet is polled from the front on.
        poll_fn(|context| {
            for one in &mut sent {
                match one.as_mut().map(|sending| sending.as_mut().poll(context)) {
                    Some(Poll::Ready(Err(error))) => return Poll::Ready(Err(error)),
                    Some(Poll::Ready(Ok(_))) => *one = None,
                    Some(Poll::Pending) | None => {}
                }
            }
            if answer.is_none()
                && let Poll::Ready(done) = last.as_mut().poll(context)
            {
                answer = Some(done?);
            }
            if answer.is_some() && sent.iter().all(Option::is_none) {
                Poll::Ready(Ok(()))
            } else {
                Poll::Pending
            }
        })
        .await?;
        Ok(answer.expect("it was polled until there was one"))
    }
}

type Sending<'a> = Pin<Box<dyn Future<Output = std::result::Result<u64, Error>> + Send + 'a>>;

/// Values as the driver takes them.
pub(super) fn borrowed<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}
