// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Numbers of this process, for Prometheus and what reads its format.
//!
//! Labels come from short lists that are known beforehand - routes as they are written in the router, methods, kinds of
//! streams - and never from what somebody sent: whoever asks for a million addresses makes no million of series.

mod process;

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use space_core::Timestamp;

use crate::store::{Store, aside};
use crate::writer::Writer;

/// The type of what [`Metrics::render`] writes.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What stands for the route of a request that goes nowhere.
pub(crate) const NO_ROUTE: &str = "none";

/// Seconds, from what a cached page takes to what a request may.
const SECONDS: [f64; 13] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];

/// Commands of a batch, up to [`BATCH`](crate::writer::BATCH).
const COMMANDS: [f64; 7] = [1.0, 2.0, 5.0, 10.0, 20.0, 35.0, 50.0];

/// Makes a histogram of seconds.
pub(crate) fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

/// Makes a histogram of the commands of a batch.
pub(crate) fn commands() -> Histogram {
    Histogram::new(COMMANDS)
}

/// Whose request it was.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
    status: u16,
}

/// On which route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// In which form somebody follows the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lines of JSON.
    Lines,
    /// Server-sent events.
    Events,
    /// The messages of a WebSocket.
    Socket,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InForm {
    form: &'static str,
}

impl From<Form> for InForm {
    fn from(form: Form) -> Self {
        let form = match form {
            Form::Lines => "lines",
            Form::Events => "events",
            Form::Socket => "websocket",
        };
        Self { form }
    }
}

/// What happened to a command, or why a connection was refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Outcome {
    /// A word of a short list.
    pub(crate) outcome: &'static str,
}

/// The numbers of a server. Clones share them.
#[derive(Clone)]
pub(crate) struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Asked, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    followers: Family<InForm, Gauge>,
    rows: Family<InForm, Counter>,
    connections: Gauge,
    refused: Family<Outcome, Counter>,
    waiting: Gauge,
    set_aside: Gauge,
    memory: Gauge,
    files: Gauge,
    writer: Writer,
}

impl Metrics {
    /// Collects the numbers of a server that started at a time.
    pub(crate) fn new(store: &Store, writer: &Writer, started: Timestamp) -> Self {
        let mut all = Registry::default();
        let mut inner = Inner {
            registry: Registry::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(seconds),
            followers: Family::default(),
            rows: Family::default(),
            connections: Gauge::default(),
            refused: Family::default(),
            waiting: Gauge::default(),
            set_aside: Gauge::default(),
            memory: Gauge::default(),
            files: Gauge::default(),
            writer: writer.clone(),
        };
        let ours = all.sub_registry_with_prefix("space");
        ours.register(
            "http_requests",
            "Requests that were answered",
            inner.requests.clone(),
        );
        ours.register_with_unit(
            "http_request_duration",
            "Time until an answer began",
            Unit::Seconds,
            inner.durations.clone(),
        );
        ours.register(
            "http_connections",
            "Connections that are open",
            inner.connections.clone(),
        );
        ours.register(
            "http_connections_refused",
            "Connections that were refused because too many were open",
            inner.refused.clone(),
        );
        ours.register(
            "feed_followers",
            "Streams of the feed that are open",
            inner.followers.clone(),
        );
        ours.register(
            "feed_rows_sent",
            "Rows that were sent on streams of the feed",
            inner.rows.clone(),
        );
        ours.register(
            "writer_queue",
            "Commands that wait for the writer",
            inner.waiting.clone(),
        );
        writer.meter().register(ours);
        ours.register(
            "store_failed_reads",
            "Reads that the store could not do",
            store.failed_reads(),
        );
        ours.register(
            "store_rows_set_aside",
            "Rows that could not be read and are left out of every answer; space-server doctor names them",
            inner.set_aside.clone(),
        );
        process::register(&mut all, started, &inner.memory, &inner.files);
        inner.registry = all;
        Self(Arc::new(inner))
    }

    /// Counts a request that was answered, and how long that took.
    pub(crate) fn answered(&self, method: &Method, route: &str, status: StatusCode, took: f64) {
        let inner = &self.0;
        inner
            .requests
            .get_or_create(&Asked {
                method: word(method),
                route: route.to_owned(),
                status: status.as_u16(),
            })
            .inc();
        let route = route.to_owned();
        let duration = inner.durations.get_or_create(&Route { route });
        duration.observe(took);
    }

    /// Counts a follower for as long as it is held.
    pub(crate) fn follower(&self, form: Form) -> Here {
        Here::new(self.0.followers.get_or_create_owned(&form.into()))
    }

    /// Returns the counter of rows that were sent in a form.
    pub(crate) fn rows_sent(&self, form: Form) -> Counter {
        self.0.rows.get_or_create_owned(&form.into())
    }

    /// Counts a connection for as long as it is held.
    pub(crate) fn connection(&self) -> Here {
        Here::new(self.0.connections.clone())
    }

    /// Counts a connection that was refused.
    pub(crate) fn refused(&self, outcome: &'static str) {
        self.0.refused.get_or_create(&Outcome { outcome }).inc();
    }

    /// Writes all numbers as text.
    pub(crate) fn render(&self) -> String {
        let inner = &self.0;
        inner
            .waiting
            .set(i64::try_from(inner.writer.waiting()).unwrap_or(i64::MAX));
        inner
            .set_aside
            .set(i64::try_from(aside::count()).unwrap_or(i64::MAX));
        process::look(&inner.memory, &inner.files);
        let mut text = String::with_capacity(16 << 10);
        prometheus_client::encoding::text::encode(&mut text, &inner.registry)
            .expect("writing into a text does not fail");
        text
    }
}

/// Counted for as long as it is held.
pub(crate) struct Here(Gauge);

impl Here {
    fn new(gauge: Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// A method as a label. Methods are free text on the wire.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
