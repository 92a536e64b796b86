// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The server, from its parts.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use space_core::{Clock, Entropy};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::feed::{Hub, Seal};
use crate::http::limit::Logins;
use crate::http::{self, App, Parts};
use crate::jobs;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::serve::{Limits, serve};
use crate::store::{Store, StoreError, head, space};
use crate::writer::commands::code::AdoptCode;
use crate::writer::{Setting, Writer};

/// How many connections there may be for numbers.
const WATCHERS: usize = 64;

/// Serves until the lifecycle's soft token is pulled, then finishes what was begun.
pub async fn run(
    config: Arc<Config>,
    listener: TcpListener,
    lifecycle: &Lifecycle,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> anyhow::Result<()> {
    let store = Store::open(&config)
        .await
        .context("could not open the store")?;
    let key = store
        .read(|x| Box::pin(head::seal_key(x)))
        .await?
        .ok_or(StoreError::NoSpace)?;
    let key: [u8; 32] = key
        .try_into()
        .ok()
        .context("the key that seals cursors has a wrong length")?;
    let space = store.read(|x| Box::pin(space::read(x))).await?;
    let identity = space.and_then(|space| space.identity);
    let hub = Hub::new();
    let (writer, writing) = Writer::start(&store, Setting::of(&config, &clock), hub.clone())?;
    let has_failed = Arc::new(AtomicBool::new(false));
    let (failing, soft) = (Arc::clone(&has_failed), lifecycle.soft());
    lifecycle.spawn("writer", async move {
        if !writing.await {
            tracing::error!(
                "the writer has failed, so the server stops: nothing can be written any more"
            );
            failing.store(true, Ordering::Release);
            soft.cancel();
        }
    });
    // A space from before there were codes of conduct gets the one that a new space begins with.
    writer
        .submit(AdoptCode)
        .await
        .context("could not adopt the code of conduct")?;
    let chores = Arc::new(Notify::new());
    let logins: Arc<Logins> = Arc::default();
    jobs::start(lifecycle, &store, &writer, &hub, &clock, &chores);
    jobs::record_tries(lifecycle, &writer, &logins, &entropy);
    let metrics = Metrics::new(&store, &writer, clock.now());
    let stopping = stop_after(&config, lifecycle);
    let app = App::new(Parts {
        metrics: metrics.clone(),
        soft: lifecycle.soft(),
        stopping: stopping.clone(),
        ending: lifecycle.hard(),
        store,
        writer,
        hub,
        seal: Seal::new(&key),
        identity,
        clock,
        entropy,
        config: Arc::clone(&config),
        logins,
        in_flight: http::in_flight::InFlight::new(config.http.max_in_flight.bytes()),
        chores,
    });
    let limits = Limits::from(&config.http).within_open_files();
    // Until the end of this function, however it comes: whoever watches sees the server stop.
    let watched = CancellationToken::new();
    let _until_here = watched.clone().drop_guard();
    if let Some(bind) = config.metrics.bind {
        watch(*bind, &app, &limits, lifecycle, watched).await?;
    }
    let router = http::router(app);
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving on http://{address}");
    lifecycle.ready();
    serve(listener, router, limits, metrics, lifecycle, stopping).await;
    anyhow::ensure!(
        !has_failed.load(Ordering::Acquire),
        "the writer has failed; its panic is in the log"
    );
    Ok(())
}

/// Returns what is pulled when the server takes nothing new: when it is asked to stop, or a while after, so that a load
/// balancer can notice.
fn stop_after(config: &Config, lifecycle: &Lifecycle) -> CancellationToken {
    let Some(drain) = config.http.drain else {
        return lifecycle.soft();
    };
    let (soft, stopping) = (lifecycle.soft(), CancellationToken::new());
    let stops = stopping.clone();
    lifecycle.spawn("drain", async move {
        soft.cancelled().await;
        tokio::time::sleep(drain.get()).await;
        stops.cancel();
    });
    stopping
}

/// Serves the numbers of this process on an address of their own.
async fn watch(
    bind: SocketAddr,
    app: &App,
    limits: &Limits,
    lifecycle: &Lifecycle,
    until: CancellationToken,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(bind)
        .await
        .with_context(|| format!("cannot listen on metrics.bind, {bind}"))?;
    let address = listener.local_addr()?;
    tracing::info!(%address, "numbers on http://{address}/metrics");
    if !address.ip().is_loopback() {
        tracing::warn!(%address, "everybody who reaches {address} can read the numbers of this server");
    }
    let router = http::health::router(app.clone());
    let limits = Limits {
        most: WATCHERS,
        ..limits.clone()
    };
    let (metrics, tasks) = (app.metrics.clone(), lifecycle.clone());
    lifecycle.spawn("metrics", async move {
        serve(listener, router, limits, metrics, &tasks, until).await;
    });
    Ok(())
}
