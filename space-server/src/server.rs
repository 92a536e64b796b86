// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The server, from its parts.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use axum::serve::ListenerExt as _;
use space_core::{Clock, Entropy};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

use crate::config::Config;
use crate::feed::{Hub, Seal};
use crate::http::{self, App, Parts};
use crate::jobs;
use crate::lifecycle::Lifecycle;
use crate::store::{Store, StoreError, head, space};
use crate::writer::Writer;
use crate::writer::commands::code::AdoptCode;

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
    let (writer, writing) = Writer::start(&store, Arc::clone(&clock), hub.clone())?;
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
    jobs::start(lifecycle, &store, &writer, &hub, &clock, &chores);
    let app = App::new(Parts {
        store,
        writer,
        hub,
        seal: Seal::new(&key),
        identity,
        clock,
        entropy,
        config: Arc::clone(&config),
        stopping: lifecycle.soft(),
        hashing: Arc::new(Semaphore::new(2)),
        logins: Arc::default(),
        chores,
    });
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving on http://{address}");
    lifecycle.ready();
    // A row of a stream goes out at once, and does not wait until the one before it has arrived.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    axum::serve(listener, service)
        .with_graceful_shutdown(lifecycle.soft().cancelled_owned())
        .into_future()
        .await
        .context("the server could not go on")?;
    anyhow::ensure!(
        !has_failed.load(Ordering::Acquire),
        "the writer has failed; its panic is in the log"
    );
    Ok(())
}
