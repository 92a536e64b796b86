// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What robots may look at.

use std::future::{Ready, ready};

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::http::App;

/// Pages may be found; what is for programs, and the page of log-ins, need not be. Pictures are on pages.
const PAGES: &str = "User-agent: *\nDisallow: /v1/\nDisallow: /device\n";
const NOTHING: &str = "User-agent: *\nDisallow: /\n";

/// `GET /robots.txt`
pub(super) fn show(State(app): State<App>) -> Ready<Response> {
    let text = if app.config.pages.is_enabled {
        PAGES
    } else {
        NOTHING
    };
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    ready((headers, text).into_response())
}
