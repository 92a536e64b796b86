// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One batch: all commands in one transaction; when a statement fails, each alone.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use space_core::Clock;

use super::Tx;
use super::tx::Committed;
use crate::store::{Executor, StoreError};

/// The shape that the queue holds.
pub(super) trait Job: Send {
    /// Does it. A refusal is remembered and is no error: nothing was written.
    fn run<'t>(&'t mut self, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<(), StoreError>>;

    /// Says whether it was refused.
    fn was_refused(&self) -> bool;

    /// Answers whoever waits.
    fn finish(self: Box<Self>, committed: Result<(), Arc<StoreError>>);
}

/// Runs jobs together; if a statement fails, each in a transaction of its own, so that one bad command spoils nothing
/// but itself. There are no savepoints on the good path, where they cost up to twice the time.
///
/// Returns what moved.
pub(super) async fn run(
    mut x: Executor<'_>,
    mut jobs: Vec<Box<dyn Job>>,
    clock: &dyn Clock,
) -> Committed {
    match transaction(x.reborrow(), &mut jobs, clock).await {
        Ok(moved) => {
            for job in jobs {
                job.finish(Ok(()));
            }
            moved
        }
        Err(error) if jobs.len() == 1 => {
            let error = Arc::new(error);
            tracing::error!(error = %chain(&error), "a command failed");
            for job in jobs {
                job.finish(Err(Arc::clone(&error)));
            }
            Committed::default()
        }
        Err(error) => {
            tracing::warn!(error = %chain(&error), "a batch failed; its commands run singly");
            let mut moved = Committed::default();
            for mut job in jobs {
                match transaction(x.reborrow(), std::slice::from_mut(&mut job), clock).await {
                    Ok(committed) => {
                        moved.add(committed);
                        job.finish(Ok(()));
                    }
                    Err(error) => {
                        tracing::error!(error = %chain(&error), "a command failed");
                        job.finish(Err(Arc::new(error)));
                    }
                }
            }
            moved
        }
    }
}

async fn transaction(
    x: Executor<'_>,
    jobs: &mut [Box<dyn Job>],
    clock: &dyn Clock,
) -> Result<Committed, StoreError> {
    let mut tx = Tx::begin(x, clock.now()).await?;
    for job in jobs.iter_mut() {
        let before = tx.writes();
        let ran = job.run(&mut tx).await;
        let failed = match ran {
            Ok(()) if job.was_refused() && tx.writes() > before => Some(StoreError::Content {
                column: 0,
                why: "a command was refused after it had written; it is undone".to_owned(),
            }),
            Ok(()) => None,
            Err(error) => Some(error),
        };
        if let Some(error) = failed {
            tx.rollback().await;
            return Err(error);
        }
    }
    tx.commit().await
}

/// An error with everything that caused it, on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut at = error.source();
    while let Some(cause) = at {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        at = cause.source();
    }
    text
}
