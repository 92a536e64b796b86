// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From start to stop: every task is spawned here, so that none is lost and none outlives the server.
//!
//! Stopping has two steps. The *soft* token asks: take nothing new, finish what was begun. The *hard*
//! token ends: whatever still runs is dropped where it waits. The first signal pulls the soft token, the
//! second signal or the end of patience the hard one. (The shape is that of Matrix Authentication Service.)

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, info, info_span, warn};

mod notify;

/// The tasks of one server and the two ways to end them. Clones share everything.
#[derive(Debug, Clone, Default)]
pub struct Lifecycle {
    soft: CancellationToken,
    hard: CancellationToken,
    tracker: TaskTracker,
    running: Arc<Running>,
}

/// How a server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every task finished by itself.
    Drained,
    /// Some tasks had to be dropped.
    Dropped,
}

impl Lifecycle {
    /// Makes a lifecycle without tasks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the token that asks: take nothing new, finish what was begun.
    pub fn soft(&self) -> CancellationToken {
        self.soft.clone()
    }

    /// Returns the token that ends everything at its next wait. Tasks spawned here need not look at it.
    pub fn hard(&self) -> CancellationToken {
        self.hard.clone()
    }

    /// Spawns a task. Its name stands in logs and in the complaint about tasks that do not finish.
    ///
    /// The handle gives `None` when the hard token dropped the task.
    pub fn spawn<F>(&self, name: &'static str, future: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let entry = self.running.enter(name);
        let hard = self.hard.clone();
        // Boxed, since a future that is handed on is held once for each hand: a connection took three times its size.
        let future = Box::pin(future);
        let task = async move {
            let output = hard.run_until_cancelled(future).await;
            drop(entry);
            output
        };
        self.tracker
            .spawn(task.instrument(info_span!("task", task.name = name)))
    }

    /// Obeys SIGTERM from now on, and SIGINT when it `obeys_interrupts`: the first drains, the second drops. A SIGINT that
    /// is not obeyed does nothing.
    ///
    /// # Errors
    ///
    /// When the handlers cannot be installed.
    pub fn obey_signals(&self, obeys_interrupts: bool) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let (soft, hard) = (self.soft.clone(), self.hard.clone());
        // Not through `spawn`: it must not be waited for, and it ends with the runtime.
        #[expect(
            clippy::disallowed_methods,
            reason = "the one task that outlives the others"
        )]
        tokio::spawn(async move {
            loop {
                // Both branches are cancel-safe: a signal that is not taken now is there next time.
                let name = tokio::select! {
                    _ = terminate.recv() => "SIGTERM",
                    _ = interrupt.recv() => "SIGINT",
                };
                if name == "SIGINT" && !obeys_interrupts {
                    continue;
                }
                if soft.is_cancelled() {
                    warn!("got {name} again: dropping what still runs");
                    hard.cancel();
                } else {
                    info!("got {name}: finishing what was begun; once more to drop it");
                    soft.cancel();
                }
            }
        });
        Ok(())
    }

    /// Tells the service manager, if one listens, that the server answers.
    pub fn ready(&self) {
        notify::send("READY=1");
    }

    /// Tells the service manager, if one listens, where the server listens; `systemctl status` shows it.
    pub fn tell(&self, status: &str) {
        notify::send(&format!("STATUS={status}"));
    }

    /// Stops: pulls the soft token, waits at most `timeout` for the tasks, then drops the rest.
    ///
    /// Returns once every task is gone. No task may be spawned afterwards.
    pub async fn finish(&self, timeout: Duration) -> Ended {
        notify::send("STOPPING=1");
        self.soft.cancel();
        self.tracker.close();
        let drained = self
            .hard
            .run_until_cancelled(tokio::time::timeout(timeout, self.tracker.wait()))
            .await;
        if matches!(drained, Some(Ok(()))) || self.tracker.is_empty() {
            self.hard.cancel();
            return Ended::Drained;
        }
        warn!(
            "dropping tasks that did not finish: {}",
            self.running.names().join(", ")
        );
        self.hard.cancel();
        self.tracker.wait().await;
        Ended::Dropped
    }
}

/// The names of the tasks that run.
#[derive(Debug, Default)]
struct Running {
    next: AtomicU64,
    names: Mutex<BTreeMap<u64, &'static str>>,
}

impl Running {
    fn enter(self: &Arc<Self>, name: &'static str) -> Entry {
        let key = self.next.fetch_add(1, Ordering::Relaxed);
        self.lock().insert(key, name);
        Entry {
            running: Arc::clone(self),
            key,
        }
    }

    /// Names in the order of birth; several tasks of one name are counted: `feed.follower (3)`.
    fn names(&self) -> Vec<String> {
        let mut counted: Vec<(&str, usize)> = Vec::new();
        for name in self.lock().values() {
            match counted.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => counted.push((name, 1)),
            }
        }
        counted
            .into_iter()
            .map(|(name, count)| match count {
                1 => name.to_owned(),
                _ => format!("{name} ({count})"),
            })
            .collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, &'static str>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task's place in the list of names; leaves it when dropped, also by a panic.
struct Entry {
    running: Arc<Running>,
    key: u64,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.running.lock().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    const LONG: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn tasks_that_heed_the_soft_token_drain() {
        let life = Lifecycle::new();
        let soft = life.soft();
        let task = life.spawn("heeds", async move {
            soft.cancelled().await;
            "done"
        });
        assert_eq!(life.finish(LONG).await, Ended::Drained);
        assert_eq!(task.await.unwrap(), Some("done"));
    }

    #[tokio::test]
    async fn tasks_that_heed_nothing_are_dropped_when_patience_ends() {
        let life = Lifecycle::new();
        let task = life.spawn("stubborn", std::future::pending::<()>());
        assert_eq!(life.finish(Duration::ZERO).await, Ended::Dropped);
        assert_eq!(task.await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_hard_token_ends_the_wait_early() {
        let life = Lifecycle::new();
        let (dropped, was_dropped) = oneshot::channel::<()>();
        life.spawn("stubborn", async move {
            let _keep = dropped;
            std::future::pending::<()>().await;
        });
        life.hard().cancel();
        life.finish(LONG).await;
        assert!(was_dropped.await.is_err());
    }

    #[tokio::test]
    async fn a_task_that_panics_is_not_waited_for() {
        let life = Lifecycle::new();
        let task = life.spawn("fails", async { panic!("as the test wants") });
        assert!(task.await.unwrap_err().is_panic());
        assert_eq!(life.running.names(), Vec::<String>::new());
        assert_eq!(life.finish(LONG).await, Ended::Drained);
    }

    #[tokio::test]
    async fn names_are_counted() {
        let life = Lifecycle::new();
        for name in ["follower", "writer", "follower"] {
            life.spawn(name, std::future::pending::<()>());
        }
        assert_eq!(life.running.names(), ["follower (2)", "writer"]);
        life.finish(Duration::ZERO).await;
    }
}
