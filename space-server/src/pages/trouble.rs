// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! When there is no page: kind words, and the same for what is closed as for what never was.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, html};
use space_core::{Topic, chain};

use super::answer;
use super::frame::{self, Meta, Page};
use super::scene::{Scene, path_of_topic};
use super::visit::Visit;
use super::words::{self, Words, fill};
use crate::http::{ApiError, App};
use crate::store::StoreError;

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It is not there, or not for everybody.
    Missing,
    /// A post of this topic that was removed.
    Gone(Box<Topic>),
    /// The server cannot right now.
    Busy,
    /// The server failed; it is in the log.
    Failed,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        log(&error);
        if error.is_passing() {
            Self::Busy
        } else {
            Self::Failed
        }
    }
}

/// Writes down what the reader is not told.
pub(super) fn log(error: &StoreError) {
    tracing::error!(error = %chain(error), "a page could not be read");
}

/// Answers a request for an address that nothing has.
pub(crate) async fn nothing_here(State(app): State<App>, visit: Visit, uri: Uri) -> Response {
    let is_of_programs = uri.path() == "/v1" || uri.path().starts_with("/v1/");
    if is_of_programs || !app.config.pages.is_enabled {
        return ApiError::not_found().into_response();
    }
    visit.answer(Err(Trouble::Missing)).await
}

/// Returns the page that says it.
pub(super) fn page(scene: &Scene, trouble: &Trouble) -> Response {
    let words = scene.words;
    let (status, title) = match trouble {
        Trouble::Missing => (StatusCode::NOT_FOUND, words.missing_title),
        Trouble::Gone(_) => (StatusCode::GONE, words.gone_title),
        Trouble::Busy => (StatusCode::SERVICE_UNAVAILABLE, words.busy_title),
        Trouble::Failed => (StatusCode::INTERNAL_SERVER_ERROR, words.busy_title),
    };
    let home = html! { a href=(scene.link("/")) { bdi { (scene.open.space.name) } } };
    let body = html! {
        h1 { (title) }
        @match trouble {
            Trouble::Missing => p { (words.missing) },
            Trouble::Gone(topic) => p {
                (fill(words.gone, &[("what", html! {
                    a href=(scene.link(&path_of_topic(topic.id, 1))) lang=(scene.language_of(topic)) {
                        bdi { (topic.title) }
                    }
                })]))
            },
            Trouble::Busy | Trouble::Failed => p { (words.busy) },
        }
        p { (fill(words.missing_hint, &[("home", home)])) }
    };
    let page = Page {
        meta: Meta::plain(title),
        way: Vec::new(),
        body,
    };
    answer::passing(status, frame::whole(scene, &page))
}

/// Answers in time although nothing could be read.
pub(super) fn busy(app: &App) -> Response {
    bare(words::of(&app.config.pages.language))
}

/// A page without anything from the store.
pub(super) fn bare(words: &Words) -> Response {
    let html = html! {
        (DOCTYPE)
        html lang=(words.language) dir=(words.direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (words.busy_title) }
            }
            body {
                main {
                    h1 { (words.busy_title) }
                    p { (words.busy) }
                }
            }
        }
    };
    answer::passing(StatusCode::SERVICE_UNAVAILABLE, html.into_string())
}
