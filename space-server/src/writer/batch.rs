// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One batch: all commands in one transaction; when a statement fails, each alone.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use space_core::chain;

use super::health::Health;
use super::meter::Meter;
use super::tx::Committed;
use super::{Setting, Tx};
use crate::store::{Executor, StoreError};

/// The shape that the queue holds.
pub(super) trait Job: Send {
    /// Does it. A refusal is remembered and is no error: nothing was written.
    fn run<'t>(&'t mut self, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<(), StoreError>>;

    /// Says whether nobody may do more or less after it.
    fn keeps_rights(&self) -> bool;

    /// Says whether it was refused.
    fn was_refused(&self) -> bool;

    /// Answers whoever waits.
    fn finish(self: Box<Self>, committed: Result<(), Arc<StoreError>>);
}

/// How a batch went.
#[must_use]
pub(super) struct Ran {
    /// What moved.
    pub(super) moved: Committed,
    /// Who waits for which answer.
    pub(super) answers: Answers,
}

/// Answers that are due.
pub(super) struct Answers(Vec<Answer>);

type Answer = (Box<dyn Job>, Result<(), Arc<StoreError>>);

impl Ran {
    /// Notes whether writes get through.
    pub(super) fn note(&self, health: &Health) {
        match self.answers.stopping() {
            Some(error) => health.failed(error),
            None if self.moved.has_written => health.worked(),
            None => {}
        }
    }
}

impl Answers {
    /// Tells all jobs that nothing could be done.
    pub(super) fn failed(jobs: Vec<Box<dyn Job>>, error: StoreError) -> Self {
        let error = Arc::new(error);
        let failed = |job| (job, Err(Arc::clone(&error)));
        Self(jobs.into_iter().map(failed).collect())
    }

    /// Counts what happened to the commands.
    pub(super) fn count(&self, meter: &Meter) {
        for (job, committed) in &self.0 {
            meter.done(match committed {
                Ok(()) if job.was_refused() => "refused",
                Ok(()) => "done",
                Err(_) => "failed",
            });
        }
    }

    /// Returns why a command could not be written, if one could not for a cause that stops all.
    fn stopping(&self) -> Option<&StoreError> {
        let mut failed = self
            .0
            .iter()
            .filter_map(|(_, committed)| committed.as_ref().err());
        failed
            .find(|error| error.fault().stops_writes())
            .map(|error| &**error)
    }

    /// Answers whoever waits.
    pub(super) fn give(self) {
        for (job, committed) in self.0 {
            job.finish(committed);
        }
    }
}

/// Runs jobs together; if a statement fails, each in a transaction of its own, so that one bad command spoils nothing
/// but itself. There are no savepoints on the good path, where they cost up to twice the time.
pub(super) async fn run(
    mut x: Executor<'_>,
    mut jobs: Vec<Box<dyn Job>>,
    setting: &Setting,
) -> Ran {
    match transaction(x.reborrow(), &mut jobs, setting).await {
        Ok(moved) => Ran {
            moved,
            answers: Answers(jobs.into_iter().map(|job| (job, Ok(()))).collect()),
        },
        Err(error) if jobs.len() == 1 => {
            log(&error);
            Ran {
                moved: Committed::default(),
                answers: Answers::failed(jobs, error),
            }
        }
        Err(error) => {
            tracing::debug!(error = %chain(&error), "a batch failed; its commands run singly");
            let mut moved = Committed::default();
            let mut answers = Vec::with_capacity(jobs.len());
            for mut job in jobs {
                let ran = transaction(x.reborrow(), std::slice::from_mut(&mut job), setting).await;
                let committed = match ran {
                    Ok(committed) => {
                        moved.add(committed);
                        Ok(())
                    }
                    Err(error) => {
                        log(&error);
                        Err(Arc::new(error))
                    }
                };
                answers.push((job, committed));
            }
            let answers = Answers(answers);
            Ran { moved, answers }
        }
    }
}

/// Writes down that a command failed. What stops all commands is told once, by [`Health`].
fn log(error: &StoreError) {
    if error.fault().stops_writes() {
        tracing::debug!(error = %chain(error), "a command failed");
    } else {
        tracing::error!(error = %chain(error), "a command failed");
    }
}

async fn transaction<'c>(
    x: Executor<'c>,
    jobs: &mut [Box<dyn Job>],
    setting: &'c Setting,
) -> Result<Committed, StoreError> {
    let mut tx = Tx::begin(x, setting).await?;
    for job in jobs.iter_mut() {
        let (before, events) = (tx.writes(), tx.events());
        tx.comes_from(None);
        let ran = job.run(&mut tx).await;
        if !job.keeps_rights() {
            tx.forget_rights();
        }
        if job.was_refused() {
            tx.drop_events(events);
        }
        let failed = match ran {
            Ok(()) if job.was_refused() && tx.writes() > before => Some(StoreError::RefusedLate),
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
