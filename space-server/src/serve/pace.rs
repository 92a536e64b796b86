// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How fast the other side of a connection takes its answers, and whether it asks for anything.
//!
//! The socket alone does not tell: HTTP/2 has windows of its own, and somebody who opens none keeps an answer for ever on
//! a connection that is busy with pings. So an answer is handed on in slices, and each has to be taken in time.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Version;
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::Instant;

/// Bytes of a slice.
pub(super) const SLICE: usize = 64 << 10;

/// What a connection has to do.
pub(super) struct Pace {
    /// Bytes a second.
    rate: u64,
    /// How much longer than that a slice may take: a network may carry nothing for a moment.
    grace: Duration,
    state: Mutex<State>,
    /// Something is to be watched earlier than before.
    moved: Notify,
}

struct State {
    next: u64,
    /// Until when the slices that were handed on have to be taken.
    due: HashMap<u64, Instant>,
    /// Requests that came and whose answers have not ended.
    open: usize,
    /// Since when there is none.
    rests_since: Instant,
    /// Whether the connection has many requests at once. Another is watched by hyper while it rests.
    has_many: bool,
}

impl Pace {
    pub(super) fn new(rate: u64, grace: Duration) -> Arc<Self> {
        Arc::new(Self {
            rate: rate.max(1),
            grace,
            state: Mutex::new(State {
                next: 0,
                due: HashMap::new(),
                open: 0,
                rests_since: Instant::now(),
                has_many: false,
            }),
            moved: Notify::new(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request has come.
    pub(super) fn begun(self: &Arc<Self>, version: Version) -> Begun {
        let mut state = self.state();
        state.open += 1;
        state.has_many |= version == Version::HTTP_2;
        state.next += 1;
        Begun {
            number: state.next,
            pace: Arc::clone(self),
        }
    }

    /// Ends when a slice was not taken in time.
    pub(super) async fn slow(&self) {
        loop {
            let first = self.state().due.values().min().copied();
            let Some(first) = first else {
                self.moved.notified().await;
                continue;
            };
            if first <= Instant::now() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep_until(first) => {}
                () = self.moved.notified() => {}
            }
        }
    }

    /// Ends when a connection that may have many requests has had none for so long.
    pub(super) async fn resting(&self, most: Duration) {
        loop {
            let until = {
                let state = self.state();
                let is_resting = state.has_many && state.open == 0;
                is_resting.then(|| state.rests_since + most)
            };
            let now = Instant::now();
            match until {
                Some(until) if until <= now => return,
                // Whatever happens meanwhile only puts it off.
                Some(until) => tokio::time::sleep_until(until).await,
                None => tokio::time::sleep_until(now + most).await,
            }
        }
    }

    /// Returns whether no request is open.
    pub(super) fn is_resting(&self) -> bool {
        self.state().open == 0
    }

    fn handed_on(&self, number: u64, bytes: usize) {
        let time = Duration::from_secs(bytes as u64 / self.rate) + self.grace;
        let due = Instant::now() + time;
        let mut state = self.state();
        let is_earlier = state.due.values().all(|other| due < *other);
        state.due.insert(number, due);
        drop(state);
        if is_earlier {
            self.moved.notify_one();
        }
    }

    fn taken(&self, number: u64) {
        self.state().due.remove(&number);
    }
}

/// A request that has come, until its answer has ended.
pub(super) struct Begun {
    number: u64,
    pace: Arc<Pace>,
}

impl Begun {
    /// Hands the answer on in slices.
    pub(super) fn paced(self, body: Body) -> Body {
        let hint = body.size_hint();
        // Most answers are short; they are handed on as they are, and end at once.
        if hint.upper().is_some_and(|most| most == 0) {
            return body;
        }
        // Who opens no window does not even ask for the first slice.
        self.pace.handed_on(self.number, 0);
        Body::new(Paced {
            body,
            rest: Bytes::new(),
            begun: self,
        })
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.due.remove(&self.number);
        state.open -= 1;
        if state.open == 0 {
            state.rests_since = Instant::now();
        }
    }
}

/// An answer in slices.
struct Paced {
    body: Body,
    /// Of a frame that is longer than a slice, what was not handed on yet.
    rest: Bytes,
    begun: Begun,
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let (number, pace) = (this.begun.number, &this.begun.pace);
        // It is asked for when there is room: the slice before was taken.
        pace.taken(number);
        if this.rest.is_empty() {
            match Pin::new(&mut this.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => this.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => return other,
            }
        }
        let slice = this.rest.split_to(this.rest.len().min(SLICE));
        pace.handed_on(number, slice.len());
        Poll::Ready(Some(Ok(Frame::data(slice))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let of_body = self.body.size_hint();
        let mut hint = SizeHint::new();
        if let Some(upper) = of_body.upper() {
            hint.set_upper(upper + rest);
        }
        hint.set_lower(of_body.lower() + rest);
        hint
    }
}
