// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What everybody may read: pages for browsers and for what previews links in chat rooms, and feeds for feed readers.
//!
//! A page is asked for in nobody's name, whoever asks: what is read goes through policy as somebody signed out, within the
//! same snapshot. What is closed and what is not there get the same answer, after the same reads. Pages need no script, no
//! cookie and nothing from elsewhere, and say so to the browser. Templates are checked when the program is built, and
//! escape what they are given (maud); the texts of posts come from [`space_core::markup::web`].
//!
//! One address names one thing for ever: `/t/ID` a topic, `/p/ID` a post, `/c/SLUG` a category, `/tag/NAME` a tag, `/m/NAME` a
//! member. A long
//! topic has a page for each [`topic::PAGE`] numbers of posts, so that a post stays on its page whatever is removed.

mod answer;
mod category;
mod code;
mod feed;
mod frame;
mod home;
mod member;
mod open;
mod parts;
mod post;
mod robots;
mod scene;
mod slices;
mod style;
mod tag;
#[cfg(test)]
mod tests;
mod texts;
mod topic;
mod trouble;
mod visit;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use tokio::sync::{Semaphore, SemaphorePermit};
use tower_http::compression::CompressionLayer;

use crate::http::{App, Peer, in_flight};

pub(crate) use trouble::nothing_here;

/// Bytes that a page holds until it is sent, about.
const ROOM: usize = 1 << 20;

/// How many pages are made at the same time: more would only take turns on the cores, and a crowd of robots is not to
/// slow down those who read and write.
#[derive(Clone)]
pub(crate) struct Turns {
    app: App,
    free: Arc<Semaphore>,
}

impl Turns {
    /// Waits for a turn.
    async fn take(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.free.acquire().await.ok()
    }

    pub(crate) fn new(app: &App) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            app: app.clone(),
            free: Arc::new(Semaphore::new(cores.max(2))),
        }
    }
}

/// Makes the routes of pages and feeds.
pub(crate) fn router(turns: &Turns) -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/feed.atom", get(feed::of_space))
        .route("/c/{slug}", get(category::show))
        .route("/c/{slug}/feed.atom", get(feed::of_category))
        .route("/t/{id}", get(topic::show))
        .route("/t/{id}/feed.atom", get(feed::of_topic))
        .route("/t/{id}/{number}", get(topic::number))
        .route("/p/{id}", get(post::show))
        .route("/tag/{name}", get(tag::show))
        .route("/tag/{name}/feed.atom", get(feed::of_tag))
        .route("/m/{name}", get(member::show))
        .route("/code", get(code::show))
        .layer(axum::middleware::from_fn_with_state(turns.clone(), in_turn))
        .layer(axum::middleware::from_fn_with_state(
            turns.app.clone(),
            in_flight::count_whole,
        ))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Precise(3)))
}

/// The one route that is there without pages, too: it says that robots find nothing.
pub(crate) fn robots() -> Router<App> {
    Router::new().route("/robots.txt", get(robots::show))
}

/// Waits for a turn, and ends what takes too long.
pub(crate) async fn in_turn(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = Peer::from_request_parts(&mut parts, &turns.app).await;
    let from = peer.map_or(in_flight::NOWHERE, |Peer(from)| from);
    let mut request = Request::from_parts(parts, body);
    // What is made while it is sent takes turns of its own.
    request.extensions_mut().insert(turns.clone());
    let done = async {
        // Room first: those who wait for it have no turn that others could have.
        let room = turns.app.in_flight.hold(from, ROOM).await;
        request.extensions_mut().insert(Arc::new(room));
        let _turn = turns.take().await;
        next.run(request).await
    };
    match tokio::time::timeout(turns.app.config.http.request_timeout.get(), done).await {
        Ok(response) => response,
        Err(_) => trouble::busy(&turns.app),
    }
}
