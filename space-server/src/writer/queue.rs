// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The queue in front of the writer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use super::batch::{self, Answers, Job, Ran};
use super::command::{Command, Failure, Refusal};
use super::{BATCH, Health, Meter, Setting, Tx};
use crate::feed::Hub;
use crate::store::{Engine, Executor, Held, Pipeline, Postgres, Store, StoreError, ready};

/// How many commands wait at most. Beyond that the server answers that it is busy, instead of piling up work that
/// nobody waits for any more.
const WAITING: usize = 1024;

/// How a write ends when it does not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// It was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed; whether it was written is not known, so repeating with the same key is the way on.
    #[error("the store failed")]
    Store(#[source] Arc<StoreError>),
    /// Too many commands wait already.
    #[error("too many commands are waiting")]
    Busy,
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
}

/// Where commands go.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    meter: Meter,
    health: Health,
}

struct Queued<C: Command> {
    command: C,
    reply: Option<Result<C::Reply, Refusal>>,
    answer: oneshot::Sender<Result<C::Reply, WriteError>>,
}

impl<C: Command> Job for Queued<C> {
    fn run<'t>(&'t mut self, tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<(), StoreError>> {
        let Self { command, reply, .. } = self;
        Box::pin(async move {
            *reply = match command.run(tx).await {
                Ok(done) => Some(Ok(done)),
                Err(Failure::Refused(refusal)) => Some(Err(refusal)),
                Err(Failure::Store(error)) => return Err(error),
            };
            Ok(())
        })
    }

    fn keeps_rights(&self) -> bool {
        C::KEEPS_RIGHTS
    }

    fn was_refused(&self) -> bool {
        matches!(self.reply, Some(Err(_)))
    }

    fn finish(self: Box<Self>, committed: Result<(), Arc<StoreError>>) {
        let answer = match (committed, self.reply) {
            (Ok(()), Some(reply)) => reply.map_err(WriteError::Refused),
            (Ok(()), None) => Err(WriteError::Stopped),
            (Err(error), _) => Err(WriteError::Store(error)),
        };
        // Whoever asked may have gone; what was written stands all the same.
        let _ = self.answer.send(answer);
    }
}

impl Writer {
    /// Starts the writer. It ends when every `Writer` is dropped and everything queued is done.
    ///
    /// The second value is to be awaited for that end; it says whether the writer ended well. When it did not, nothing
    /// can be written any more, and the process should end.
    pub(crate) fn start(
        store: &Store,
        setting: Setting,
        hub: Hub,
    ) -> Result<(Self, BoxFuture<'static, bool>), StoreError> {
        let (queue, waiting) = mpsc::channel(WAITING);
        let (meter, health) = (Meter::new(), Health::default());
        let run: BoxFuture<'static, bool> = match store.engine() {
            Engine::Sqlite(sqlite) => Box::pin(on_a_thread(
                sqlite.writer()?,
                waiting,
                setting,
                hub,
                meter.clone(),
                health.clone(),
            )),
            Engine::Postgres(postgres) => {
                let task = on_a_task(
                    postgres.clone(),
                    waiting,
                    setting,
                    hub,
                    meter.clone(),
                    health.clone(),
                );
                Box::pin(async move { AssertUnwindSafe(task).catch_unwind().await.is_ok() })
            }
        };
        let writer = Self {
            queue,
            meter,
            health,
        };
        Ok((writer, run))
    }

    /// Returns what the writer counts.
    pub(crate) fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Returns whether writes get through.
    pub(crate) fn health(&self) -> &Health {
        &self.health
    }

    /// Returns how many commands wait.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Says whether the writer lives, and takes another command.
    pub(crate) fn takes_more(&self) -> bool {
        !self.queue.is_closed() && self.queue.capacity() > 0
    }

    /// Does a command, and answers when it is durable.
    pub(crate) async fn submit<C: Command>(&self, command: C) -> Result<C::Reply, WriteError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Queued {
            command,
            reply: None,
            answer,
        });
        self.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => WriteError::Busy,
            mpsc::error::TrySendError::Closed(_) => WriteError::Stopped,
        })?;
        answered.await.map_err(|_| WriteError::Stopped)?
    }
}

/// Writes on a thread of its own: SQLite blocks.
async fn on_a_thread(
    mut connection: rusqlite::Connection,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    setting: Setting,
    hub: Hub,
    meter: Meter,
    health: Health,
) -> bool {
    let runtime = tokio::runtime::Handle::current();
    let work = move || {
        while let Some(first) = waiting.blocking_recv() {
            let jobs = drain(first, &mut waiting);
            let (size, began) = (jobs.len(), Instant::now());
            let ran = ready(batch::run(
                Executor::Sqlite(&mut connection),
                jobs,
                &setting,
            ));
            // Before anybody is answered: who was refused finds the server not ready.
            ran.note(&health);
            let Ran { moved, answers } = ran;
            meter.batch(size, began.elapsed(), &answers);
            // Given by the runtime, whose tasks wait for them: waking those from here would cost a look across
            // threads each, while the next batch waits.
            runtime.spawn(async move { answers.give() });
            hub.publish(moved.scopes, moved.before, moved.now);
        }
    };
    match std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(work)
    {
        Ok(thread) => {
            matches!(
                tokio::task::spawn_blocking(move || thread.join().is_ok()).await,
                Ok(true)
            )
        }
        Err(error) => {
            tracing::error!(%error, "could not start the writer thread");
            false
        }
    }
}

/// Writes on a task, with a connection of its own that readers cannot take from it.
async fn on_a_task(
    postgres: Postgres,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    setting: Setting,
    hub: Hub,
    meter: Meter,
    health: Health,
) {
    let mut own = Held(None);
    while let Some(first) = waiting.recv().await {
        let jobs = drain(first, &mut waiting);
        let (size, began) = (jobs.len(), Instant::now());
        if own.0.as_ref().is_none_or(|client| client.is_closed()) {
            own = match postgres.client().await {
                Ok(client) => Held(Some(client)),
                Err(error) => {
                    health.failed(&error);
                    let answers = Answers::failed(jobs, error);
                    meter.batch(size, began.elapsed(), &answers);
                    answers.give();
                    continue;
                }
            };
        }
        // Left by a panic, it is closed: its transaction holds the lock on the head row.
        if let Some(client) = &own.0 {
            let ran = batch::run(Executor::Postgres(Pipeline::new(client)), jobs, &setting).await;
            ran.note(&health);
            let Ran { moved, answers } = ran;
            meter.batch(size, began.elapsed(), &answers);
            answers.give();
            hub.publish(moved.scopes, moved.before, moved.now);
        }
    }
    own.release();
}

/// Takes what waits, without waiting for more.
fn drain(first: Box<dyn Job>, waiting: &mut mpsc::Receiver<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    let mut jobs = vec![first];
    while jobs.len() < BATCH {
        match waiting.try_recv() {
            Ok(job) => jobs.push(job),
            Err(_) => break,
        }
    }
    jobs
}
