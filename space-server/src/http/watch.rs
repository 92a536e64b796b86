// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Around every request: its id, its line in the log, its place in the numbers.
//!
//! What somebody sent does not get there: the route stands as it is written in the router, without ids, and a query,
//! which has cursors, is left out. Neither address nor account is told.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::Instrument;

use super::App;
use crate::config::LogRequests;
use crate::metrics::NO_ROUTE;

/// The header by which a request is found again in the logs of proxy, server and client.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Characters of an id that is taken over.
const ID_MAX: usize = 64;

/// Routes that are asked for all the time, by machines.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

pub(super) async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let id = match request.headers().get(REQUEST_ID) {
        Some(given) if is_sound(given) => given.clone(),
        _ => made(&app),
    };
    let shown = id.to_str().unwrap_or_default();
    let span = tracing::info_span!("http.request", request.id = shown);
    let mut response = next.run(request).instrument(span).await;
    let (took, status) = (began.elapsed(), response.status());
    app.metrics
        .answered(&method, route, status, took.as_secs_f64());
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    match app.config.log.requests {
        LogRequests::Off => {}
        LogRequests::Info if !PROBES.contains(&route) => tracing::info!(
            request.id = shown,
            http.method = %method,
            http.route = route,
            http.status = status,
            duration_ms,
            "{method} {route} answered {status} in {duration_ms} ms"
        ),
        LogRequests::Debug | LogRequests::Info => tracing::debug!(
            request.id = shown,
            http.method = %method,
            http.route = route,
            http.status = status,
            duration_ms,
            "{method} {route} answered {status} in {duration_ms} ms"
        ),
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// Says whether an id can stand in a log.
fn is_sound(id: &HeaderValue) -> bool {
    let bytes = id.as_bytes();
    (1..=ID_MAX).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

fn made(app: &App) -> HeaderValue {
    let id = format!("{:016x}", app.chance());
    HeaderValue::from_str(&id).expect("hexadecimal digits are valid in a header")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_uuid("0b2f4c2e-5b0a-4b57-9a51-0b8f6f3d3f10", true)]
    #[case::empty("", false)]
    #[case::a_sentence("two words", false)]
    #[case::another_line("a\u{1b}[2J", false)]
    #[case::too_long(&"a".repeat(65), false)]
    fn an_id_that_could_spoil_a_log_is_not_taken_over(#[case] id: &str, #[case] is_taken: bool) {
        let value = HeaderValue::from_bytes(id.as_bytes());
        assert_eq!(value.is_ok_and(|value| is_sound(&value)), is_taken);
    }
}
