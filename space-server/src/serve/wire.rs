// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A connection's two directions, watched: when something is read, and whether what is sent is taken.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

use super::head::Heads;
use super::seat::Seat;

/// How much of what is sent the other side takes at least.
#[derive(Debug, Clone, Copy)]
pub(super) struct Least {
    /// Bytes a second.
    pub(super) rate: u64,
    /// Over how long.
    pub(super) span: Duration,
}

pub(super) struct Wire {
    stream: TcpStream,
    heads: Arc<Heads>,
    least: Least,
    /// What was taken since something first waited to be taken.
    taken: u64,
    /// How long something waited since then.
    waited: Duration,
    /// Runs while something waits to be taken.
    stalled: Option<(Instant, Pin<Box<Sleep>>)>,
    _seat: Seat,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, heads: Arc<Heads>, least: Least, seat: Seat) -> Self {
        Self {
            stream,
            heads,
            least,
            taken: 0,
            waited: Duration::ZERO,
            stalled: None,
            _seat: seat,
        }
    }

    /// Lets go of a side that has taken too little for too long. Time in which nothing waits to be taken does not count: a
    /// follower may have nothing to take for hours.
    fn watched(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let span = self.least.span;
        if let Poll::Ready(result) = sent {
            let taken = result.as_ref().map_or(0, |taken| *taken as u64);
            if let Some((since, _)) = self.stalled.take() {
                self.waited += since.elapsed();
            }
            self.taken = self.taken.saturating_add(taken);
            if self.waited >= span {
                // Too little in all: the next wait ends at once.
                if self.is_enough() {
                    (self.taken, self.waited) = (0, Duration::ZERO);
                } else {
                    return Poll::Ready(Err(too_slow()));
                }
            } else if self.waited.is_zero() {
                self.taken = 0;
            }
            return Poll::Ready(result);
        }
        let left = span.saturating_sub(self.waited);
        let (since, sleep) = self
            .stalled
            .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(left))));
        if sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.waited += since.elapsed();
        self.stalled = None;
        if self.taken == 0 || !self.is_enough() {
            return Poll::Ready(Err(too_slow()));
        }
        (self.taken, self.waited) = (0, Duration::ZERO);
        let sleep = self
            .stalled
            .insert((Instant::now(), Box::pin(tokio::time::sleep(span))));
        // It has to be polled to wake.
        let _ = sleep.1.as_mut().poll(context);
        Poll::Pending
    }

    fn is_enough(&self) -> bool {
        self.taken
            >= self
                .least
                .rate
                .saturating_mul(self.least.span.as_secs().max(1))
    }
}

fn too_slow() -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        "the other side takes too little of what is sent",
    )
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        if into.filled().len() > before {
            self.heads.read();
        }
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watched(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
