// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that follows the server: it sends what waits, and takes in what comes.

use std::sync::Arc;
use std::time::Duration;

use space_core::client::outbox::Outcome;
use space_core::client::sync::{Event, SyncError, follow};
use space_core::client::{Api, Outbox, Replica};
use tokio::sync::{Notify, mpsc, oneshot};

use super::fetch::Server;
use super::{Tools, synced};
use crate::app::message::{Msg, Net, Reading};
use crate::connect::{Connect, ConnectError, Connected, Owner, Stamp};

/// How long until a server that did not answer is asked again whose token this is.
const AGAIN: Duration = Duration::from_secs(10);

/// How often it is looked whether somebody has signed in elsewhere, while one is signed out here.
const LOOK: Duration = Duration::from_secs(2);

/// Follows the server until told to stop. When trying again cannot help it waits for somebody to sign in.
pub fn run(
    tools: &Tools,
    connect: &Connect,
    wake: &Arc<Notify>,
    mut stop: oneshot::Receiver<()>,
    server: &Server,
    events: &mpsc::Sender<Msg>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = events.blocking_send(Msg::Net(Net::Failed(error.to_string())));
            return;
        }
    };
    loop {
        let stamp = connect.stamp();
        // The screen has ended when nobody takes what is told.
        let mut waits = || drop(events.blocking_send(Msg::Net(Net::Keyring)));
        let end = match connect.find(&mut waits) {
            Ok(connected) => runtime.block_on(async {
                // Dropping the follower loses nothing: it goes on from its cursor the next time.
                tokio::select! {
                    end = checked(tools, connect, &connected, wake, server, events) => end,
                    _ = &mut stop => None,
                }
            }),
            // A token that is gone or cannot be read does not keep anybody from reading what is here.
            Err(error) => {
                tracing::warn!(%error, "there is no token");
                Some(not_connected(&error))
            }
        };
        server.send_replace(None);
        let Some(net) = end else { return };
        // A keyring would ask its owner each time something is written.
        let is_tried_again = !matches!(net, Net::SignedOut);
        if events.blocking_send(Msg::Net(net)).is_err() {
            return;
        }
        let is_stopped = runtime.block_on(async {
            tokio::select! {
                () = renewed(connect, &stamp, events) => false,
                () = wake.notified(), if is_tried_again => false,
                _ = &mut stop => true,
            }
        });
        if is_stopped {
            return;
        }
    }
}

/// Waits until somebody has signed in, in another terminal.
async fn renewed(connect: &Connect, stamp: &Stamp, events: &mpsc::Sender<Msg>) {
    let mut seen = stamp.clone();
    loop {
        let now = connect.stamp();
        if now != seen {
            if connect.is_same_reader() {
                return;
            }
            // What this screen shows is not theirs.
            let _ = events.send(Msg::Net(Net::OtherProfile)).await;
            seen = now;
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn not_connected(error: &ConnectError) -> Net {
    match error {
        ConnectError::NoToken { .. } | ConnectError::Refused { .. } => Net::SignedOut,
        ConnectError::Api(error) if error.is_signed_out() => Net::SignedOut,
        other => Net::Failed(other.to_string()),
    }
}

/// Follows the server with a token that is the profile's own. Returns how it stands when that has ended.
async fn checked(
    tools: &Tools,
    connect: &Connect,
    connected: &Connected,
    wake: &Notify,
    server: &Server,
    events: &mpsc::Sender<Msg>,
) -> Option<Net> {
    // Nothing is sent or read before it is certain whose token this is.
    loop {
        match connect.check(connected).await {
            Ok(Owner::Profile) => break,
            // Whoever logs in tells the copy who reads it; a token that was given has to do so here.
            Ok(Owner::Member(id)) => {
                let told = Replica::open(&tools.file).and_then(|mut copy| match copy.me()? {
                    None => copy.set_me(Some(id)),
                    Some(_) => Ok(()),
                });
                match told {
                    Ok(()) => break,
                    Err(error) => return Some(Net::Failed(error.to_string())),
                }
            }
            Ok(Owner::Unknown) => {
                let _ = events.send(Msg::Net(Net::Offline)).await;
                let _ = tokio::time::timeout(AGAIN, wake.notified()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the token is not used");
                return Some(not_connected(&error));
            }
        }
    }
    server.send_replace(Some(connected.api.clone()));
    let error = followed(tools, &connected.api, wake, events).await.err()?;
    tracing::warn!(%error, "following the server ended");
    Some(match &error {
        SyncError::Api(error) if error.is_signed_out() => Net::SignedOut,
        error if error.is_other_space() => Net::OtherSpace,
        other => Net::Failed(other.to_string()),
    })
}

async fn followed(
    tools: &Tools,
    api: &Api,
    wake: &Notify,
    events: &mpsc::Sender<Msg>,
) -> Result<(), SyncError> {
    if let Some(then) = synced::when(&tools.file) {
        let _ = events.send(Msg::Synced(then)).await;
    }
    let mut replica = Replica::open(&tools.file)?;
    let mut outbox = Outbox::open(&tools.file)?;
    // When the screen is busy an event is dropped rather than waited for: another follows, and what the screen
    // shows comes from the replica.
    let tell = |msg| {
        let _ = events.try_send(msg);
    };
    let mut notify = |event: Event| match event {
        Event::Reading(progress) => {
            tell(Msg::Net(Net::Syncing));
            // What has arrived can be read while the rest is coming.
            tell(Msg::Reading(Reading {
                rows: progress.rows,
                expected_rows: progress.expected_rows(),
                seconds_left: progress.left().map(|left| left.as_secs()),
            }));
        }
        Event::Live => {
            synced(tools, &tell);
            tell(Msg::Net(Net::Online));
            tell(Msg::Changed);
        }
        Event::Applied(_) => {
            synced(tools, &tell);
            tell(Msg::Changed);
        }
        Event::Drained(report) => {
            let is_written = |outcome: &Outcome| !matches!(outcome, Outcome::Done);
            tell(Msg::Sent {
                taken: report
                    .sent
                    .iter()
                    .filter(|(_, outcome)| is_written(outcome))
                    .count(),
                refused: report.refused.len(),
            });
        }
        Event::Offline { error, .. } => {
            tracing::info!(%error, "the server does not answer");
            tell(Msg::Net(Net::Offline));
        }
    };
    follow(
        api,
        &mut replica,
        &mut outbox,
        &*tools.clock,
        &*tools.entropy,
        tools.window,
        wake,
        &mut notify,
    )
    .await
    .map(|never| match never {})
}

/// Notes that the copy is up to date, and tells it.
fn synced(tools: &Tools, tell: &impl Fn(Msg)) {
    let now = tools.clock.now();
    synced::note(&tools.file, now);
    tell(Msg::Synced(now));
}
