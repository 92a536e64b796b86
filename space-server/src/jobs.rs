// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the server does without being asked.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use space_core::chain;
use space_core::{Clock, Entropy, Timestamp};
use tokio::sync::Notify;
use tokio_postgres::AsyncMessage;
use tokio_util::sync::CancellationToken;

use crate::feed::{Hub, Stand};
use crate::http::limit::Logins;
use crate::lifecycle::Lifecycle;
use crate::store::{Connector, Engine, Sqlite, Store, StoreError, head};
use crate::writer::commands::housekeeping::Tidy;
use crate::writer::commands::probe::Probe;
use crate::writer::commands::scope_move::MoveStep;
use crate::writer::commands::tries::RecordTries;
use crate::writer::{WriteError, Writer};

/// How often to look whether another process has written, whatever else wakes us: what is missed is late by this.
const LOOK: Duration = Duration::from_millis(500);

/// How long to wait before asking PostgreSQL again for wake-ups.
const LISTEN_AGAIN: Duration = Duration::from_secs(2);

/// How often to forget what is old.
const TIDY: Duration = Duration::from_hours(1);

/// How often to try to write while writes fail.
const PROBE: Duration = Duration::from_secs(1);

/// How often to look for moves that were left unfinished, by a crash or by another process.
const MOVES: Duration = Duration::from_secs(30);

/// How often the log of SQLite is cut off, which has pages from before something was wiped.
const LOG: Duration = Duration::from_mins(1);

/// How often failed log-ins are written down.
const TRIES: Duration = Duration::from_secs(10);

/// Starts the jobs of a server.
pub(crate) fn start(
    lifecycle: &Lifecycle,
    store: &Store,
    writer: &Writer,
    hub: &Hub,
    clock: &Arc<dyn Clock>,
    chores: &Arc<Notify>,
) {
    let look = Arc::new(Notify::new());
    let soft = lifecycle.soft();
    lifecycle.spawn(
        "jobs.look",
        look_for_others(store.clone(), hub.clone(), Arc::clone(&look), soft.clone()),
    );
    lifecycle.spawn(
        "jobs.chores",
        do_chores(
            writer.clone(),
            Arc::clone(clock),
            Arc::clone(chores),
            soft.clone(),
        ),
    );
    if let Engine::Sqlite(sqlite) = store.engine() {
        lifecycle.spawn("jobs.log", cut_logs(sqlite.clone(), soft.clone()));
    }
    lifecycle.spawn("jobs.probe", probe(writer.clone(), soft.clone()));
    if let Engine::Postgres(postgres) = store.engine() {
        let (config, tls) = postgres.outside();
        let soft = soft.clone();
        lifecycle.spawn("jobs.listen", async move {
            let listening = async {
                loop {
                    if let Err(error) = listen(&config, &tls, &look).await {
                        tracing::warn!(error = %chain(&error), "wake-ups from PostgreSQL ended; listening again");
                    }
                    tokio::time::sleep(LISTEN_AGAIN).await;
                }
            };
            soft.run_until_cancelled(listening).await;
        });
    }
}

/// Writes failed log-ins into the audit log, folded, now and then and at the end.
pub(crate) fn record_tries(
    lifecycle: &Lifecycle,
    writer: &Writer,
    logins: &Arc<Logins>,
    entropy: &Arc<dyn Entropy>,
) {
    let (writer, logins, entropy) = (writer.clone(), Arc::clone(logins), Arc::clone(entropy));
    let soft = lifecycle.soft();
    lifecycle.spawn("jobs.tries", async move {
        loop {
            let waited = soft.run_until_cancelled(tokio::time::sleep(TRIES)).await;
            let tries = logins.failed.take();
            if !tries.is_empty() {
                let mut chance = [0; 8];
                entropy.fill(&mut chance);
                let chance = u64::from_be_bytes(chance);
                let kept = tries.clone();
                let written = writer.submit(RecordTries { tries, chance }).await;
                if written.is_err() {
                    logins.failed.put_back(kept);
                }
                report(written);
            }
            if waited.is_none() {
                break;
            }
        }
    });
}

/// Wakes followers for what other processes write: the server is not alone while an import runs beside it, or when
/// several serve one PostgreSQL.
async fn look_for_others(store: Store, hub: Hub, look: Arc<Notify>, soft: CancellationToken) {
    let looking = async {
        // Twice a second the same line would fill the log.
        let mut is_told = false;
        loop {
            // Both may be lost without harm: the other comes.
            tokio::select! {
                () = look.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
            match store.read(|x| Box::pin(head::read(x))).await {
                Ok(head) => {
                    is_told = false;
                    hub.stands_at(Stand {
                        seq: head.seq,
                        rights: head.rights,
                    });
                }
                Err(error) => {
                    if !is_told {
                        tracing::warn!(error = %chain(&error), "could not look at the head of the feed; looking again");
                    }
                    is_told = true;
                }
            }
        }
    };
    soft.run_until_cancelled(looking).await;
}

/// Cuts the log off, now and then.
async fn cut_logs(sqlite: Sqlite, soft: CancellationToken) {
    let cutting = async {
        loop {
            tokio::time::sleep(LOG).await;
            let sqlite = sqlite.clone();
            let cut = tokio::task::spawn_blocking(move || sqlite.cut_log()).await;
            if let Ok(Err(error)) = cut {
                tracing::warn!(error = %chain(&error), "the log of the database was not cut off; it is tried again");
            }
        }
    };
    soft.run_until_cancelled(cutting).await;
}

/// Listens until the connection breaks.
async fn listen(
    config: &tokio_postgres::Config,
    tls: &Connector,
    look: &Notify,
) -> Result<(), StoreError> {
    let (client, mut connection) = config.connect(tls.clone()).await?;
    // The connection must be driven while the statement waits for its answer.
    let asking = client.batch_execute("listen space_feed");
    let driving = async {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(_) = message? {
                look.notify_one();
            }
        }
        Ok::<(), StoreError>(())
    };
    let mut driving = std::pin::pin!(driving);
    tokio::select! {
        asked = asking => asked?,
        ended = &mut driving => return ended,
    }
    look.notify_one();
    driving.await
}

/// Tries to write while writes fail, so that the server is ready again as soon as it can be: a load balancer sends nothing
/// to a server that is not.
async fn probe(writer: Writer, soft: CancellationToken) {
    let probing = async {
        loop {
            writer.health().failing().await;
            tokio::time::sleep(PROBE).await;
            if writer.submit(Probe::Fill).await.is_ok() {
                report(writer.submit(Probe::Clear).await);
            }
        }
    };
    soft.run_until_cancelled(probing).await;
}

/// Finishes moves between scopes and forgets what is old.
async fn do_chores(
    writer: Writer,
    clock: Arc<dyn Clock>,
    chores: Arc<Notify>,
    soft: CancellationToken,
) {
    let doing = async {
        let mut tidied: Option<Timestamp> = None;
        loop {
            if tidied.is_none_or(|at| clock.now().since(at) >= TIDY) {
                tidied = Some(clock.now());
                report(writer.submit(Tidy).await);
            }
            while report(writer.submit(MoveStep).await) == Some(true) {}
            tokio::select! {
                () = chores.notified() => {}
                () = tokio::time::sleep(MOVES) => {}
            }
        }
    };
    soft.run_until_cancelled(doing).await;
}

fn report<T>(done: Result<T, WriteError>) -> Option<T> {
    match done {
        Ok(done) => Some(done),
        Err(error) => {
            tracing::warn!(error = %chain(&error), "a chore was not done; it is tried again later");
            None
        }
    }
}
