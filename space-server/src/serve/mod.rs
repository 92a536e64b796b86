// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Connections: how many at once, and how long each may take its time.
//!
//! `axum::serve` has no limits of its own. Here a connection has a seat, of which there are so many and no more; the
//! head of a request has to arrive in time, counted from its first byte, so that thousands of half requests cannot hold
//! all seats; who takes too little of what is sent is gone after a while; and a connection without a request is closed
//! after another, whatever pings it answers. Streams of the feed last as long as both sides live.

mod head;
mod pace;
mod seat;
mod wire;

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;

use head::Heads;
use pace::Pace;
use seat::{Full, Seats};
use wire::{Least, Wire};

/// Bytes that hyper keeps of one request's head at most.
const HEAD_BYTES: usize = 64 << 10;

/// How long to wait when the machine has no file handle left for another connection.
const NO_HANDLE: Duration = Duration::from_secs(1);

/// Requests that one HTTP/2 connection has at once.
const STREAMS: u32 = 100;

/// Files that are no connections of members: the database, its readers, the log.
const OTHER_FILES: usize = 128;

/// How many of those who are refused are told so at the same time. Others find a closed connection.
const TOLD: usize = 64;

/// How long telling somebody may take.
const TELLING: Duration = Duration::from_secs(1);

/// What whoever finds no seat is told: the problem document of a server that is busy.
const NO_SEAT: &str = concat!(
    "HTTP/1.1 503 Service Unavailable\r\n",
    "content-type: application/problem+json\r\n",
    "content-length: 135\r\n",
    "retry-after: 5\r\n",
    "connection: close\r\n\r\n",
    r#"{"status":503,"code":"unavailable","title":"too many connections are open","hint":"close some that are not needed, or try again later"}"#
);

/// What connections may take.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// How many are open at most.
    pub(crate) most: usize,
    /// How many one address has at most.
    pub(crate) of_one: OfOne,
    /// Addresses to which that does not apply: proxies, behind which are many.
    pub(crate) proxies: Vec<IpAddr>,
    /// How long the head of a request may take from its first byte; and the first one, from the connection's begin.
    pub(crate) head: Duration,
    /// How long a connection is kept without a request.
    pub(crate) keep_alive: Duration,
    /// How long the other side may take nothing of what is sent.
    pub(crate) stalled: Duration,
    /// How many bytes a second the other side takes at least.
    pub(crate) rate: u64,
}

/// How many connections one address has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OfOne {
    pub(crate) most: usize,
    /// Whether this machine is an address like any other. Unless the operator says so it is not: before the server may be
    /// a proxy that nobody named, and behind it everybody.
    pub(crate) counts_this_machine: bool,
}

/// How many connections one address has when the configuration does not say it.
const OF_ONE: usize = 100;

impl Limits {
    /// Keeps within the limit of open files: a connection that cannot be taken is worse than one that is refused.
    #[must_use]
    pub(crate) fn within_open_files(mut self) -> Self {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        if let Some(files) = open_files(&limits) {
            let most = files.saturating_sub(OTHER_FILES).max(1);
            if most < self.most {
                tracing::info!(
                    "this process may open {files} files, so {most} connections may be open, not http.max_connections = {}",
                    self.most
                );
                self.most = most;
            }
        }
        self
    }
}

/// Returns the limit that is in force.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

impl From<&config::Http> for Limits {
    fn from(http: &config::Http) -> Self {
        Self {
            most: http.max_connections.get() as usize,
            of_one: OfOne {
                most: http
                    .max_connections_per_address
                    .map_or(OF_ONE, |most| most.get() as usize),
                counts_this_machine: http.max_connections_per_address.is_some(),
            },
            proxies: http.trusted_proxies.as_slice().to_vec(),
            head: http.header_timeout.get(),
            keep_alive: http.keep_alive.get(),
            stalled: http.send_timeout.get(),
            rate: http.min_send_rate.bytes(),
        }
    }
}

/// Serves until `stopping` is pulled, and then until the last connection has ended.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    metrics: Metrics,
    lifecycle: &Lifecycle,
    stopping: CancellationToken,
) {
    let open = TaskTracker::new();
    let told = Arc::new(Semaphore::new(TOLD));
    let seats = Seats::new(&limits, open.clone(), metrics.clone());
    let limits = Arc::new(limits);
    // Once, since whoever is refused may come a thousand times a second.
    let mut is_told = false;
    while let Some(accepted) = stopping.run_until_cancelled(listener.accept()).await {
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                pause(&error, &stopping).await;
                continue;
            }
        };
        match seats.take(address.ip()) {
            Ok(seat) => {
                // A row of a stream goes out at once, and does not wait until the one before it has arrived.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection keeps its delay");
                }
                let heads = Arc::new(Heads::default());
                let least = Least {
                    rate: limits.rate,
                    span: limits.stalled,
                };
                let wire = Wire::new(stream, Arc::clone(&heads), least, seat);
                lifecycle.spawn(
                    "http.connection",
                    connection(
                        wire,
                        heads,
                        address,
                        router.clone(),
                        Arc::clone(&limits),
                        stopping.clone(),
                    ),
                );
            }
            Err(full) => {
                metrics.refused(match full {
                    Full::All => "full",
                    Full::OfOne => "address",
                });
                if full == Full::OfOne && !std::mem::replace(&mut is_told, true) {
                    tracing::warn!(
                        "a connection from {} was refused: {full}; a reverse proxy belongs into http.trusted_proxies",
                        address.ip()
                    );
                }
                tracing::debug!("a connection was refused: {full}");
                if let Ok(turn) = Arc::clone(&told).try_acquire_owned() {
                    lifecycle.spawn("http.refusal", async move {
                        let _ = tokio::time::timeout(TELLING, refuse(stream)).await;
                        drop(turn);
                    });
                }
            }
        }
    }
    drop(listener);
    open.close();
    open.wait().await;
}

/// Serves one connection.
async fn connection(
    wire: Wire,
    heads: Arc<Heads>,
    address: SocketAddr,
    router: Router,
    limits: Arc<Limits>,
    stopping: CancellationToken,
) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // Hyper counts from the end of the request before: that is how long a connection may rest.
        .header_read_timeout(limits.keep_alive)
        .max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.keep_alive)
        .keep_alive_timeout(limits.head)
        .max_concurrent_streams(STREAMS)
        .max_send_buf_size(pace::SLICE)
        .max_header_list_size(u32::try_from(HEAD_BYTES).unwrap_or(u32::MAX));
    let told = Arc::clone(&heads);
    let pace = Pace::new(limits.rate, limits.head);
    let paced = Arc::clone(&pace);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let begun = told.arrived(request.version());
        let answering_here = paced.begun(request.version());
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        let answering = router.call(request);
        async move {
            let answer: Result<Response<Body>, Infallible> = answering.await;
            drop(begun);
            answer.map(|answer| answer.map(|body| answering_here.paced(body)))
        }
    });
    let mut serving = pin!(builder.serve_connection_with_upgrades(TokioIo::new(wire), service));
    let mut late = pin!(heads.late(limits.head));
    let mut slow = pin!(pace.slow());
    let mut resting = pin!(pace.resting(limits.keep_alive));
    let mut left = pin!(tokio::time::sleep(limits.head));
    let (mut is_stopping, mut is_leaving) = (false, false);
    loop {
        tokio::select! {
            // In this order: what is late is looked at after what has arrived.
            biased;
            served = serving.as_mut() => {
                if let Err(error) = served {
                    tracing::debug!(error = &*error, "a connection broke off");
                }
                return;
            }
            () = late.as_mut() => {
                tracing::debug!("a connection was closed: the head of its request did not come");
                return;
            }
            () = slow.as_mut() => {
                tracing::debug!("a connection was closed: the other side takes too little of what is sent");
                return;
            }
            // It is told, so that a request which is on its way is not lost; and closed when it does not go.
            () = resting.as_mut(), if !is_leaving => {
                is_leaving = true;
                serving.as_mut().graceful_shutdown();
                left.as_mut().reset(Instant::now() + limits.head);
            }
            () = left.as_mut(), if is_leaving => {
                if pace.is_resting() {
                    tracing::debug!("a connection was closed: it rested, and did not go");
                    return;
                }
                left.as_mut().reset(Instant::now() + limits.head);
            }
            () = stopping.cancelled(), if !is_stopping => {
                is_stopping = true;
                serving.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Waits when accepting failed for want of something, and not because of the other side.
async fn pause(error: &io::Error, stopping: &CancellationToken) {
    if matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    ) {
        return;
    }
    tracing::error!(%error, "no connection can be taken: {error}; is the limit of open files too low?");
    stopping
        .run_until_cancelled(tokio::time::sleep(NO_HANDLE))
        .await;
}

/// Tells somebody that there is no seat, and waits for them to have read it.
async fn refuse(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(NO_SEAT.as_bytes()).await?;
    stream.shutdown().await?;
    // Closed with something unread, the connection would be reset, and the answer lost.
    let mut rest = [0; 1024];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}

#[cfg(test)]
mod slow_tests;
#[cfg(test)]
mod tests;
