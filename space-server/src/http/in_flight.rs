// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Bytes in flight: what answers hold in memory until it is sent, over all connections.
//!
//! A connection that reads nothing costs what its answer holds, so the number of connections bounds no memory. Here the
//! bytes are bounded, and those that go to one network may take a part of them only: an answer waits for room
//! before it is made, and whoever reads slowly makes nobody wait but their neighbours.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limit::network;
use super::peer::Peer;
use super::{ApiError, App};

/// Bytes of a permit.
const UNIT: usize = 1024;

/// One network has at most one part in so many.
const SHARES: usize = 8;

/// Bytes of an answer below which it is not counted: a connection costs as much.
const SMALL: u64 = 4 << 10;

/// How long an answer that is made already waits for room.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many such answers wait; others are told to come again.
const WAITING: usize = 128;

/// How many answers are compressed at the same time. A compressor keeps up to a mebibyte until its answer is sent; an
/// answer that finds none free is sent as it is.
const COMPRESSORS: usize = 64;

/// Where a request comes from that came over no connection.
pub(crate) const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The room that there is.
pub(crate) struct InFlight {
    all: Arc<Semaphore>,
    /// Units of one network.
    of_one: usize,
    shares: Arc<Mutex<HashMap<IpAddr, Arc<Semaphore>>>>,
    waiting: Arc<Semaphore>,
    compressors: Arc<Semaphore>,
}

impl InFlight {
    /// Makes room for so many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        let units = usize::try_from(bytes).unwrap_or(usize::MAX) / UNIT;
        let units = units.clamp(SHARES, Semaphore::MAX_PERMITS);
        Self {
            all: Arc::new(Semaphore::new(units)),
            of_one: units / SHARES,
            shares: Arc::default(),
            waiting: Arc::new(Semaphore::new(WAITING)),
            compressors: Arc::new(Semaphore::new(COMPRESSORS)),
        }
    }

    /// Waits for room. What is larger than the share of a network takes the whole share. For this machine half of all is
    /// the share: before the server may be a proxy that nobody named, and behind it everybody.
    pub(crate) async fn hold(&self, from: IpAddr, bytes: usize) -> Held {
        let from = network(from);
        let most = if from.is_loopback() {
            self.of_one * SHARES / 2
        } else {
            self.of_one
        };
        let units = u32::try_from(bytes.div_ceil(UNIT).clamp(1, most)).unwrap_or(u32::MAX);
        let share = {
            let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(
                shares
                    .entry(from)
                    .or_insert_with(|| Arc::new(Semaphore::new(most))),
            )
        };
        let mut held = Held {
            own: None,
            all: None,
            from,
            shares: Arc::clone(&self.shares),
        };
        // Always the share first: who has room in their share is not kept from all by those who have none. No semaphore
        // is closed.
        held.own = share.acquire_many_owned(units).await.ok();
        held.all = Arc::clone(&self.all).acquire_many_owned(units).await.ok();
        held
    }
}

/// Room that is taken until this is dropped.
pub(crate) struct Held {
    own: Option<OwnedSemaphorePermit>,
    all: Option<OwnedSemaphorePermit>,
    from: IpAddr,
    shares: Arc<Mutex<HashMap<IpAddr, Arc<Semaphore>>>>,
}

impl Held {
    /// Gives back what is not needed: what is read is less than what might have been.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        let units = bytes.div_ceil(UNIT).max(1);
        for permit in [&mut self.all, &mut self.own].into_iter().flatten() {
            let more = permit.num_permits().saturating_sub(units);
            drop(permit.split(more));
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.all.take());
        drop(self.own.take());
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else of the network holds or waits for anything.
        if shares
            .get(&self.from)
            .is_some_and(|share| Arc::strong_count(share) == 1)
        {
            shares.remove(&self.from);
        }
    }
}

/// Bytes that hold room until they are sent.
struct Counted {
    bytes: Bytes,
    _held: Arc<Held>,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Returns bytes that hold room until they are sent.
pub(crate) fn counted(bytes: Bytes, held: &Arc<Held>) -> Bytes {
    Bytes::from_owner(Counted {
        bytes,
        _held: Arc::clone(held),
    })
}

/// A body that holds something until it has ended, and, with room, until its bytes are sent.
struct Holding<T> {
    body: Body,
    held: Option<Arc<Held>>,
    _until_end: T,
}

impl<T: Unpin> HttpBody for Holding<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let held = self.held.as_ref();
        Poll::Ready(frame.map(|frame| {
            frame.map(|frame| match held {
                Some(held) => frame.map_data(|bytes| counted(bytes, held)),
                None => frame,
            })
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Returns a body whose bytes hold room until they are sent.
pub(crate) fn holding(body: Body, held: Arc<Held>) -> Body {
    Body::new(Holding {
        body,
        held: Some(held),
        _until_end: (),
    })
}

/// Counts answers that are made already: those whose length is known. Inside of compression.
pub(crate) async fn count_whole(
    State(app): State<App>,
    peer: Result<Peer, ApiError>,
    request: Request,
    next: Next,
) -> Response {
    let is_read = request.method().is_safe();
    let response = next.run(request).await;
    let length = response.body().size_hint().exact().unwrap_or(0);
    // A command is done by now: its answer has to say so.
    if length < SMALL || !is_read {
        return response;
    }
    let room = &app.in_flight;
    let Ok(_turn) = room.waiting.try_acquire() else {
        return ApiError::unavailable("too many answers are being sent").into_response();
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let from = peer.map_or(NOWHERE, |Peer(from)| from);
    match tokio::time::timeout(PATIENCE, room.hold(from, length)).await {
        Ok(held) => response.map(|body| holding(body, Arc::new(held))),
        Err(_) => ApiError::unavailable("too many answers are being sent").into_response(),
    }
}

/// Lets so many answers be compressed and no more. Outside of compression.
pub(crate) async fn compress_some(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    if !request.headers().contains_key(ACCEPT_ENCODING) {
        return next.run(request).await;
    }
    let Ok(turn) = Arc::clone(&app.in_flight.compressors).try_acquire_owned() else {
        let as_it_is = HeaderValue::from_static("identity");
        request.headers_mut().insert(ACCEPT_ENCODING, as_it_is);
        return next.run(request).await;
    };
    let response = next.run(request).await;
    if !response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    response.map(|body| {
        Body::new(Holding {
            body,
            held: None,
            _until_end: turn,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn slow_reader_makes_only_neighbours_wait() {
        let room = InFlight::new(64 << 10);
        let first = room.hold(ip("192.0.2.1"), 8 << 10).await;
        assert!(room.hold(ip("192.0.2.1"), 1).now_or_never().is_none());
        let other = room.hold(ip("192.0.2.2"), 8 << 10).now_or_never();
        assert!(other.is_some());
        drop(first);
        assert!(room.hold(ip("192.0.2.1"), 1).now_or_never().is_some());
    }

    #[tokio::test]
    async fn all_networks_together_have_what_there_is() {
        let room = InFlight::new(64 << 10);
        let mut all = Vec::new();
        for last in 1..=8 {
            let one = room.hold(ip(&format!("192.0.2.{last}")), 1 << 30);
            all.push(one.now_or_never().unwrap());
        }
        assert!(room.hold(ip("192.0.2.9"), 1).now_or_never().is_none());
        all.pop();
        assert!(room.hold(ip("192.0.2.9"), 1).now_or_never().is_some());
        all.clear();
        assert!(room.shares.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn room_that_is_not_needed_is_given_back() {
        let room = InFlight::new(64 << 10);
        let mut held = room.hold(ip("192.0.2.1"), 8 << 10).await;
        held.shrink_to(1);
        assert!(room.hold(ip("192.0.2.1"), 7 << 10).now_or_never().is_some());
        assert!(room.hold(ip("192.0.2.1"), 8 << 10).now_or_never().is_none());
        held.shrink_to(100_000);
        drop(held);
        assert!(room.hold(ip("192.0.2.1"), 8 << 10).now_or_never().is_some());
    }

    #[tokio::test]
    async fn this_machine_has_half_of_the_room() {
        let room = InFlight::new(64 << 10);
        let held = room.hold(ip("127.0.0.1"), 32 << 10).now_or_never();
        assert!(held.is_some());
        assert!(room.hold(ip("127.0.0.1"), 1).now_or_never().is_none());
    }

    #[tokio::test]
    async fn room_is_free_when_the_bytes_are_sent() {
        let room = InFlight::new(64 << 10);
        let held = Arc::new(room.hold(ip("192.0.2.1"), 8 << 10).await);
        let mut body = holding(Body::from("words"), held);
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let bytes = frame.unwrap().unwrap().into_data().unwrap();
        drop(body);
        // The connection has not written them yet.
        assert!(room.hold(ip("192.0.2.1"), 1).now_or_never().is_none());
        assert_eq!(bytes, "words");
        drop(bytes);
        assert!(room.hold(ip("192.0.2.1"), 1).now_or_never().is_some());
    }
}
