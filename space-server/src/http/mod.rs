// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The HTTP interface: authenticate, parse, do the heavy pure work, and hand it to the writer or the reader.
//! Handlers decide nothing: policy does, inside the transaction.

mod ask;
mod case;
mod category;
mod device;
mod error;
mod feed;
mod follow;
mod group;
pub(crate) mod health;
pub(crate) mod in_flight;
mod lanes;
pub(crate) mod limit;
mod media;
mod openapi;
mod order;
mod origin;
mod password;
mod peer;
mod post;
mod reading;
mod session;
mod space;
mod tag;
mod token;
mod topic;
mod turns;
#[cfg(test)]
mod under_fire;
mod visitor;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{delete, get, patch, post as post_to, put};
use space_core::protocol::{Problem, ProblemCode};
use space_core::text::SpaceIdentity;
use space_core::{Clock, Entropy};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::config::Config;
use crate::feed::{Hub, Seal};
use crate::metrics::Metrics;
use crate::store::Store;
use crate::writer::Writer;

pub(crate) use error::ApiError;
pub(crate) use order::token_hash;
pub(crate) use origin::Origin;
pub(crate) use peer::Peer;
pub(crate) use topic::{mark, mark_after};

/// Bytes of a form at most: a name, a password of the greatest length, and a code.
const PAGE_BODY: usize = 16 << 10;

/// Everything that handlers use. It is cloned for every request, so it is one pointer.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What the server is made of.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) writer: Writer,
    pub(crate) hub: Hub,
    pub(crate) seal: Seal,
    /// Which space this is; see [`space::same`].
    pub(crate) identity: Option<SpaceIdentity>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: Arc<Config>,
    pub(crate) metrics: Metrics,
    /// Pulled when the server was asked to stop: it says that it is not ready any more.
    pub(crate) soft: CancellationToken,
    /// Pulled when the server stops: streams end.
    pub(crate) stopping: CancellationToken,
    /// Pulled when the server waits for nothing any more.
    pub(crate) ending: CancellationToken,
    pub(crate) logins: Arc<limit::Logins>,
    /// What answers may hold in memory.
    pub(crate) in_flight: in_flight::InFlight,
    /// Wakes the task that does what commands leave to be done.
    pub(crate) chores: Arc<Notify>,
}

impl Parts {
    /// Draws a number that nobody can foresee.
    fn chance(&self) -> u64 {
        let mut random = [0; 8];
        self.entropy.fill(&mut random);
        u64::from_be_bytes(random)
    }
}

/// Makes the router: everything under `/v1`, the page on which devices are let in, and the public pages.
pub(crate) fn router(app: App) -> Router {
    let config = Arc::clone(&app.config);
    let timeout = config.http.request_timeout.get();
    let streams = Router::new().route("/v1/feed", get(feed::read));
    let short = Router::new()
        .route("/v1/space", get(space::read))
        .route("/v1/openapi.json", get(openapi::read))
        .route("/v1/login", post_to(session::log_in))
        .route("/v1/login/device", post_to(device::ask))
        .route("/v1/login/device/token", post_to(device::token))
        .route("/v1/logout", post_to(session::log_out))
        .route("/v1/me", get(session::whoami))
        .route("/v1/me/password", put(password::change))
        .route("/v1/me/acceptance", post_to(visitor::accept))
        .route("/v1/code", get(visitor::code))
        .route("/v1/visitors", put(visitor::meet))
        .route("/v1/visitors/{id}/acceptance", post_to(visitor::accept_for))
        .route("/v1/tokens", get(token::list).post(token::create))
        .route("/v1/tokens/{id}", delete(token::revoke))
        .route("/v1/categories", get(category::list).post(category::create))
        .route("/v1/categories/{id}/access", put(category::set_access))
        .route("/v1/groups", post_to(group::create))
        .route(
            "/v1/groups/{id}/members/{member}",
            put(group::put_in).delete(group::take_out),
        )
        .route("/v1/topics", get(topic::list).post(topic::start))
        .route("/v1/topics/{id}", get(topic::read).patch(topic::edit))
        .route("/v1/topics/{id}/posts", post_to(topic::reply))
        .route("/v1/topics/{id}/tags", patch(tag::change))
        .route("/v1/tags", get(tag::list))
        .route("/v1/topics/{id}/read", put(reading::mark_read))
        .route("/v1/caught-up", put(reading::catch_up))
        .route(
            "/v1/bookmarks/{id}",
            put(reading::put_bookmark).delete(reading::remove_bookmark),
        )
        .route(
            "/v1/posts/{id}",
            get(post::read).put(post::edit).delete(post::remove),
        )
        .route("/v1/posts/{id}/report", post_to(case::report))
        .route("/v1/posts/{id}/hidden", get(case::hidden))
        .route("/v1/posts/{id}/hidings", get(case::hidings))
        .route("/v1/posts/{id}/hide", post_to(case::hide))
        .route("/v1/posts/{id}/restore", post_to(case::restore))
        .route("/v1/cases", get(case::list))
        .route("/v1/cases/{id}", get(case::read))
        .route("/v1/cases/{id}/decision", post_to(case::decide))
        .layer(axum::middleware::from_fn(move |request, next| {
            in_time(timeout, request, next)
        }));
    let pages = Router::new()
        .route("/device", get(device::show).post(device::send))
        .layer(DefaultBodyLimit::max(PAGE_BODY))
        .layer(axum::middleware::from_fn(move |request, next| {
            in_time(timeout, request, next)
        }));
    let mut public = crate::pages::robots();
    let turns = crate::pages::Turns::new(&app);
    if config.pages.is_enabled {
        public = public.merge(crate::pages::router(&turns));
    }
    // A stream must send each line at once, and its compressor would wait for more.
    let compressed = SizeAbove::new(1024)
        .and(NotForContentType::const_new(follow::LINES))
        .and(NotForContentType::const_new(follow::EVENTS));
    let health = Router::new()
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready));
    streams
        .merge(short)
        .merge(health)
        .fallback(
            crate::pages::nothing_here.layer(axum::middleware::from_fn_with_state(
                turns,
                crate::pages::in_turn,
            )),
        )
        .method_not_allowed_fallback(|| async {
            ApiError::from(Problem::new(
                ProblemCode::MethodNotAllowed,
                "this address does not take that method",
            ))
        })
        .layer(axum::middleware::from_fn_with_state(
            app.clone(),
            space::same,
        ))
        .layer(DefaultBodyLimit::max(
            usize::try_from(config.http.max_body.bytes()).unwrap_or(usize::MAX),
        ))
        .layer(axum::middleware::from_fn_with_state(
            app.clone(),
            in_flight::count_whole,
        ))
        .layer(
            CompressionLayer::new()
                // zstd level 3: a third of the size for a tenth of gzip's time (measured on a whole forum).
                .quality(tower_http::CompressionLevel::Precise(3))
                .compress_when(compressed),
        )
        // After the compression: what a page shows of its sender beside a secret is not to be told by its length.
        .merge(pages)
        .layer(axum::middleware::from_fn(no_store))
        // Pictures are the same for everybody, and are kept for ever.
        .route(
            "/media/{name}",
            get(media::read)
                .layer(axum::middleware::from_fn(move |request, next| {
                    in_time(timeout, request, next)
                }))
                .layer(axum::middleware::from_fn_with_state(
                    app.clone(),
                    in_flight::count_whole,
                )),
        )
        .merge(public)
        .layer(axum::middleware::from_fn_with_state(
            app.clone(),
            in_flight::compress_some,
        ))
        .layer(axum::middleware::from_fn_with_state(
            app.clone(),
            watch::watch,
        ))
        .with_state(app)
}

/// Ends a request that takes too long. Whether a command was done is then not known: the same key finds out.
async fn in_time(timeout: Duration, request: Request, next: Next) -> Response {
    let is_command = !request.method().is_safe();
    if let Ok(response) = tokio::time::timeout(timeout, next.run(request)).await {
        return response;
    }
    let late = ApiError::unavailable("the server did not answer in time");
    let late = if is_command { late.for_command() } else { late };
    axum::response::IntoResponse::into_response(late)
}

/// Answers depend on who asks: no cache in between may keep them.
async fn no_store(request: Request, next: Next) -> Response {
    use axum::http::HeaderValue;
    use axum::http::header::{CACHE_CONTROL, VARY, X_CONTENT_TYPE_OPTIONS};
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(VARY, HeaderValue::from_static("authorization"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
