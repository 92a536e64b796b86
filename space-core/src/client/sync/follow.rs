// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following a server for as long as it takes.

use std::convert::Infallible;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

use super::clean::Cleaner;
use super::{Progress, SyncError, SyncReport, Window, sync_once};
use crate::client::api::{Api, ApiError, FeedRequest};
use crate::client::outbox::{DrainReport, Outbox, Stopped};
use crate::client::replica::{Applied, Replica, ReplicaError};
use crate::protocol::{FeedMode, FeedOlder, Problem, ProblemCode};
use crate::time::{Clock, Entropy};

/// The first wait after something broke off, and the longest one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// When to send again what the server failed to take, while it is there otherwise.
const SEND_AGAIN: Duration = Duration::from_mins(1);

/// What a follower tells.
#[derive(Debug)]
pub enum Event {
    /// A reading is going on.
    Reading(Progress),
    /// Everything is read, and changes arrive as they happen.
    Live,
    /// Rows changed the replica.
    Applied(Applied),
    /// Something was sent or refused.
    Drained(DrainReport),
    /// The server cannot be followed now; the next try is in `retry_in`.
    Offline {
        /// Why.
        error: SyncError,
        /// When it is tried again.
        retry_in: Duration,
    },
}

/// Follows the server until dropped: sends, reads as far back as the window, waits for changes, and connects again
/// whenever it breaks off.
///
/// `wake` is to be notified after something was queued, or when the network is back. Dropping the future is the way
/// to end it; nothing is lost by that.
///
/// # Errors
/// It ends by itself only when trying again cannot help: one is signed out, the local file fails, or no
/// encrypted connection can be made. A server that makes no sense is tried again: it may be the network of a train.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a part of the house that it works with"
)]
pub async fn follow(
    api: &Api,
    replica: &mut Replica,
    outbox: &mut Outbox,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
    window: Window,
    wake: &Notify,
    notify: &mut (dyn FnMut(Event) + Send),
) -> Result<Infallible, SyncError> {
    let mut wait = FIRST_WAIT;
    loop {
        let broken = match live(api, replica, outbox, clock, window, wake, notify).await {
            // There is something to read from zero: at once.
            Ok(()) => {
                wait = FIRST_WAIT;
                continue;
            }
            Err(broken) if broken.error.is_final() => return Err(broken.error),
            Err(broken) => broken,
        };
        if broken.was_live {
            wait = FIRST_WAIT;
        }
        let asked = match &broken.error {
            SyncError::Api(error) => error.retry_after(),
            _ => None,
        };
        let retry_in = jittered(wait, entropy).max(asked.unwrap_or_default());
        notify(Event::Offline {
            error: broken.error,
            retry_in,
        });
        wait = tokio::select! {
            () = sleep(retry_in) => (wait * 2).min(LONGEST_WAIT),
            // Somebody knows better, so the next waits are short again.
            () = wake.notified() => FIRST_WAIT,
        };
    }
}

/// How following broke off.
struct Broken {
    error: SyncError,
    was_live: bool,
}

/// Reads to the end, and then what comes. Returns when something must be read from zero.
async fn live(
    api: &Api,
    replica: &mut Replica,
    outbox: &mut Outbox,
    clock: &dyn Clock,
    window: Window,
    wake: &Notify,
    notify: &mut (dyn FnMut(Event) + Send),
) -> Result<(), Broken> {
    let before = |error: SyncError| Broken {
        error,
        was_live: false,
    };
    let SyncReport {
        drained, applied, ..
    } = sync_once(api, replica, outbox, clock, window, &mut |progress| {
        notify(Event::Reading(progress));
    })
    .await
    .map_err(before)?;
    if !applied.is_empty() {
        notify(Event::Applied(applied));
    }
    // A first reading has just said which space it is.
    let api = &api.for_space(replica.identity().map_err(|e| before(e.into()))?);
    let mut send_again = drained_at(drained, notify).map_err(before)?;
    let mut cursor = replica.cursor().map_err(|e| before(e.into()))?;
    let request = FeedRequest {
        since: cursor.clone(),
        mode: FeedMode::Follow,
        // What is older than the window stays where it is.
        older: FeedOlder::Later,
        ..FeedRequest::default()
    };
    let mut stream = api.feed(&request).await.map_err(|e| before(e.into()))?;
    notify(Event::Live);
    let after = |error: SyncError| Broken {
        error,
        was_live: true,
    };
    let mut cleaner = Cleaner::default();
    let mut clean_at = cleaner.due(replica);
    loop {
        // Both ends keep what they have when they are dropped: the stream its bytes, the outbox its states.
        let batch = tokio::select! {
            batch = stream.next() => Some(batch),
            () = wake.notified() => None,
            () = until(send_again) => None,
            () = until(clean_at) => {
                cleaner.step(replica);
                clean_at = cleaner.due(replica);
                continue;
            }
        };
        let Some(batch) = batch else {
            let drained = outbox
                .drain(api, clock)
                .await
                .map_err(|e| after(e.into()))?;
            send_again = drained_at(drained, notify).map_err(after)?;
            continue;
        };
        let batch = match batch {
            Ok(Some(batch)) => batch,
            Ok(None) => {
                return Err(after(SyncError::Api(ApiError::Unreachable {
                    doing: "following the feed",
                    source: "the server ended the answer".into(),
                })));
            }
            Err(error) => return Err(after(error.into())),
        };
        match replica.take_in(cursor.as_ref(), &batch) {
            Ok(applied) => {
                cursor = Some(batch.cursor);
                let has_grants = !applied.granted.is_empty();
                if !applied.is_empty() {
                    notify(Event::Applied(applied));
                }
                if has_grants {
                    return Ok(());
                }
                clean_at = cleaner.due(replica);
            }
            // Another program reads into the same file: begin from where it has come to.
            Err(ReplicaError::MovedOn) => return Ok(()),
            Err(error) => return Err(after(error.into())),
        }
    }
}

/// Tells what came of sending; returns when to send again by oneself.
fn drained_at(
    report: DrainReport,
    notify: &mut (dyn FnMut(Event) + Send),
) -> Result<Option<Instant>, SyncError> {
    let again = match &report.stopped {
        // Where another space is, reading says so, and ends.
        None | Some(Stopped::OtherSpace) => None,
        Some(Stopped::NotBefore(wait)) => Some(*wait),
        Some(Stopped::Unreachable(_) | Stopped::Broken(_)) => Some(SEND_AGAIN),
        Some(Stopped::SignedOut) => {
            notify(Event::Drained(report));
            let problem = Problem::new(
                ProblemCode::SignedOut,
                "one must sign in to send what waits",
            );
            return Err(SyncError::Api(ApiError::Problem {
                problem: Box::new(problem),
                retry_after: None,
            }));
        }
    };
    if again.is_some() || !report.sent.is_empty() || !report.refused.is_empty() {
        notify(Event::Drained(report));
    }
    Ok(again.map(|wait| Instant::now() + wait))
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// Half of the wait and a random part of the other half, so that clients do not come back all at once.
fn jittered(wait: Duration, entropy: &dyn Entropy) -> Duration {
    let mut byte = [0];
    entropy.fill(&mut byte);
    wait / 2 + wait / 2 * u32::from(byte[0]) / 255
}
