// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether the process lives, whether it is ready for requests, and its numbers.

use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Serialize;
use space_core::chain;

use super::{ApiError, App};
use crate::metrics;
use crate::store::head;

/// How long the store may take to answer a question for one row.
const PATIENCE: Duration = Duration::from_secs(2);

/// What `GET /readyz` answers, to people and to machines that look further than at the status.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an answer of its own"
)]
pub(super) struct Readiness {
    is_ready: bool,
    /// Whether the server was asked to stop.
    is_stopping: bool,
    /// Whether the store answers. Its tables are up to date since the server started.
    store: bool,
    /// Whether the writer lives, takes commands, and what it writes gets through.
    writer: bool,
    /// Why it is not ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

/// `GET /healthz`: the process lives. It says nothing of the store: restarting the server does not mend that.
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: requests can be sent here.
pub(super) async fn is_ready(State(app): State<App>) -> impl IntoResponse {
    let asked = app.store.read(|x| Box::pin(head::read(x)));
    let store = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => {
            tracing::warn!(error = %chain(&error), "not ready: the store cannot be read");
            Some(error.fault().told())
        }
        Err(_) => {
            tracing::warn!("not ready: the store did not answer within {PATIENCE:?}");
            Some("the database does not answer in time")
        }
    };
    let writer = match app.writer.health().fault() {
        Some(fault) => Some(fault.told()),
        None if app.writer.takes_more() => None,
        None => Some("too many commands are waiting"),
    };
    let is_stopping = app.soft.is_cancelled();
    let stopping = is_stopping.then_some("the server is stopping");
    let why = stopping.or(store).or(writer);
    let is_ready = why.is_none();
    let status = if is_ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let readiness = Readiness {
        is_ready,
        is_stopping,
        store: store.is_none(),
        writer: writer.is_none(),
        why,
    };
    (status, Json(readiness))
}

async fn numbers(State(app): State<App>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, metrics::CONTENT_TYPE)],
        app.metrics.render(),
    )
}

/// Makes the router of `metrics.bind`, for whoever watches over the server.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/metrics", get(numbers))
        .route("/healthz", get(lives))
        .route("/readyz", get(is_ready))
        .fallback(|| async { ApiError::not_found() })
        .with_state(app)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;
    use crate::testing::{House, On};

    #[tokio::test]
    async fn a_server_that_was_asked_to_stop_lives_but_is_not_ready() {
        let house = House::new(On::Sqlite).await.unwrap();
        let ready = house.get("nobody", "/readyz").await;
        assert_eq!(ready.status, StatusCode::OK, "{}", ready.body);
        house.app.soft.cancel();
        let ready = house.get("nobody", "/readyz").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.body["is_stopping"], true);
        assert_eq!(ready.body["store"], true);
        let lives = Request::get("/healthz").body(Body::empty()).unwrap();
        assert_eq!(house.raw(lives).await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn numbers_have_routes_and_never_addresses() {
        let house = House::new(On::Sqlite).await.unwrap();
        let category = house.category("hall", &["everyone start"]).await;
        let (topic, _) = house.topic("alice", category, "Hello").await;
        house
            .get("nobody", &format!("/v1/topics/{topic}"))
            .await
            .ok();
        for wrong in ["/v1/topics/999999", "/nowhere/1", "/nowhere/2"] {
            let request = Request::get(wrong).body(Body::empty()).unwrap();
            assert_eq!(house.raw(request).await.0, StatusCode::NOT_FOUND);
        }
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let response = router(house.app.clone()).oneshot(request).await.unwrap();
        assert_eq!(response.headers()[CONTENT_TYPE], metrics::CONTENT_TYPE);
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        let text = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
        for line in [
            r#"space_http_requests_total{method="GET",route="/v1/topics/{id}",status="200"} 1"#,
            r#"space_http_requests_total{method="GET",route="/v1/topics/{id}",status="404"} 1"#,
            r#"space_http_requests_total{method="GET",route="none",status="404"} 2"#,
            r#"space_http_request_duration_seconds_count{route="/v1/topics/{id}"} 2"#,
            r#"space_writer_commands_total{outcome="done"} 2"#,
            "space_writer_queue 0",
            "space_store_failed_reads_total 0",
            "# EOF",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
        let leaks = [&format!("/v1/topics/{topic}"), "nowhere", "/999999"];
        assert!(!leaks.iter().any(|leak| text.contains(*leak)), "{text}");
    }

    #[tokio::test]
    async fn the_public_address_has_no_numbers() {
        let house = House::new(On::Sqlite).await.unwrap();
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        assert_eq!(house.raw(request).await.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn an_answer_has_the_id_of_its_request() {
        let house = House::new(On::Sqlite).await.unwrap();
        let id_for = async |given: Option<&str>| {
            let mut request = Request::get("/v1/space");
            if let Some(given) = given {
                request = request.header("x-request-id", given);
            }
            let response = house.answer(request.body(Body::empty()).unwrap()).await;
            response.headers()["x-request-id"]
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(id_for(Some("from-a-proxy.1")).await, "from-a-proxy.1");
        let made = id_for(Some("two words")).await;
        assert_eq!(made.len(), 16, "{made}");
        assert_ne!(made, id_for(None).await);
    }
}
