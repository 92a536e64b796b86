// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Answers: what browsers, caches and previews of links are told besides the page.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::style::POLICY;

/// What a page never needs of a machine.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), \
                           gyroscope=(), microphone=(), midi=(), payment=(), usb=()";

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Feed,
}

impl Kind {
    fn content_type(self) -> &'static str {
        match self {
            Self::Page => "text/html; charset=utf-8",
            Self::Feed => "application/atom+xml; charset=utf-8",
        }
    }
}

/// Returns whether the reader holds what has the tag.
pub(super) fn is_held(tag: &str, held: Option<&str>) -> bool {
    held.is_some_and(|held| holds(held, &format!("\"{tag}\"")))
}

/// Answers with a tag, and with nothing but that when the reader holds the same already: when there is no body.
///
/// There is a tag of the whole and no date: a post that was hidden, a member who was renamed and a topic that was moved
/// change a page, and none of them has a date of its own. Caches ask each time, so that what is closed is closed for them
/// too. `is_shared` says whether caches may give one reader's answer to another.
pub(super) fn with_tag(kind: Kind, tag: &str, body: Option<Body>, is_shared: bool) -> Response {
    let is_held = body.is_none();
    let mut response = match body {
        Some(body) => body.into_response(),
        None => StatusCode::NOT_MODIFIED.into_response(),
    };
    dress(&mut response, kind);
    let headers = response.headers_mut();
    // Weak: compressed or not, it is the same page.
    let tag = HeaderValue::from_str(&format!("W/\"{tag}\""));
    headers.insert(ETAG, tag.expect("base64 is visible ASCII"));
    let keep = if is_shared {
        "no-cache"
    } else {
        "private, no-cache"
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if is_held {
        headers.remove(CONTENT_TYPE);
    }
    response
}

/// Returns whether a tag is among those of `If-None-Match`, compared weakly (RFC 9110 §13.1.2).
fn holds(held: &str, tag: &str) -> bool {
    held.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// Answers with a page that is not to be kept.
pub(super) fn passing(status: StatusCode, html: String) -> Response {
    let mut response = (status, html).into_response();
    dress(&mut response, Kind::Page);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Sends to another path of ours.
pub(super) fn elsewhere(path: &str) -> Response {
    let mut response = passing(StatusCode::FOUND, String::new());
    if let Ok(path) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

fn dress(response: &mut Response, kind: Kind) {
    let headers = response.headers_mut();
    let fixed = [
        (CONTENT_TYPE, kind.content_type()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = HeaderValue::from_str(&POLICY);
    headers.insert(
        CONTENT_SECURITY_POLICY,
        policy.expect("a policy is visible ASCII"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("\"a\"", true)]
    #[case("W/\"a\"", true)]
    #[case("\"b\", W/\"a\"", true)]
    #[case("*", true)]
    #[case("\"b\"", false)]
    #[case("a", false)]
    #[case("", false)]
    fn tags_are_compared_weakly(#[case] held: &str, #[case] want: bool) {
        assert_eq!(holds(held, "\"a\""), want);
    }
}
