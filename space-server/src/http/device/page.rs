// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The page on which a member lets a program in: `GET` and `POST /device`.
//!
//! It sets no cookie, so a form on another site has nothing to ride on: each request brings what it is allowed by, first
//! a name and a password, then the ticket that these gave, good for one answer.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER, VARY, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use space_core::policy::Denial;
use space_core::protocol::{ProblemCode, UserCode};
use space_core::text::MemberName;

use super::html::{self, Asking, End, Fault, POLICY};
use super::words::{self, Words};
use crate::http::limit::network;
use crate::http::order::token_hash;
use crate::http::peer::Peer;
use crate::http::session::{self, check};
use crate::http::{ApiError, App};
use crate::password;
use crate::store::space;
use crate::writer::commands::device::{Decide, TakeTicket};
use crate::writer::{Refusal, WriteError};

/// What one of the two forms sends.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Fields {
    code: String,
    name: String,
    password: String,
    ticket: String,
    answer: String,
}

/// `GET /device`. A code in the address is not filled in: a link to this page, which anybody may send, would have it let in
/// a program of theirs. Whoever lets one in copies what their own program shows.
pub(crate) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let words = words::choose(&headers);
    let space = name_of_space(&app).await;
    page(StatusCode::OK, html::form(words, &space, "", "", None))
}

/// `POST /device`
pub(crate) async fn send(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let words = words::choose(&headers);
    let space = name_of_space(&app).await;
    let is_ours = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin" || site == "none");
    let Some(Form(fields)) = form.ok().filter(|_| is_ours) else {
        return page(
            StatusCode::BAD_REQUEST,
            html::form(words, &space, "", "", Some(Fault::Failed)),
        );
    };
    if !fields.ticket.is_empty() {
        return decide(&app, peer, words, &space, &fields).await;
    }
    match sign_in(&app, peer, words, &space, &fields).await {
        Ok(html) => page(StatusCode::OK, html),
        Err(Wrong {
            status,
            fault,
            retry_after,
        }) => {
            let code = UserCode::parse(&fields.code).map_or(fields.code, |code| code.to_string());
            let html = html::form(words, &space, &code, &fields.name, Some(fault));
            let mut response = page(status, html);
            if let Some(seconds) = retry_after {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
    }
}

/// Why there is no question yet.
struct Wrong {
    status: StatusCode,
    fault: Fault,
    retry_after: Option<u64>,
}

impl Wrong {
    fn new(status: StatusCode, fault: Fault) -> Self {
        Self {
            status,
            fault,
            retry_after: None,
        }
    }

    fn password() -> Self {
        Self::new(StatusCode::FORBIDDEN, Fault::WrongPassword)
    }
}

impl From<ApiError> for Wrong {
    fn from(error: ApiError) -> Self {
        match error.code() {
            ProblemCode::WrongPassword => Self::password(),
            ProblemCode::TooMany => {
                let seconds = error.retry_after().map_or(60, |wait| wait.as_secs().max(1));
                Self {
                    retry_after: Some(seconds),
                    ..Self::new(StatusCode::TOO_MANY_REQUESTS, Fault::TooMany { seconds })
                }
            }
            _ => Self::new(StatusCode::SERVICE_UNAVAILABLE, Fault::Failed),
        }
    }
}

async fn sign_in(
    app: &App,
    peer: Peer,
    words: &Words,
    space: &str,
    fields: &Fields,
) -> Result<String, Wrong> {
    let code = UserCode::parse(&fields.code)
        .ok_or_else(|| Wrong::new(StatusCode::BAD_REQUEST, Fault::BadCode))?;
    // A name that nobody can have is a wrong one, and no more is said.
    let name = MemberName::parse(&fields.name).map_err(|_| Wrong::password())?;
    let trying = session::Asking {
        peer,
        name: name.clone(),
        has_token: false,
    };
    let (_, checked_hash) = check(app, &trying, fields.password.clone()).await?;
    let ticket = password::new_token(&*app.entropy);
    let take = TakeTicket {
        name,
        checked_hash,
        code: code.clone(),
        ticket_hash: token_hash(&ticket),
        network: network(peer.0).to_string(),
    };
    let (waiting, member) = app.writer.submit(take).await.map_err(|error| match error {
        WriteError::Refused(Refusal::Denied(Denial::NotFound)) => {
            Wrong::new(StatusCode::NOT_FOUND, Fault::WrongCode)
        }
        WriteError::Refused(Refusal::Denied(Denial::AccountBlocked)) => {
            Wrong::new(StatusCode::FORBIDDEN, Fault::Blocked)
        }
        WriteError::Refused(Refusal::BadToken) => Wrong::password(),
        other => ApiError::from(other).into(),
    })?;
    let asking = Asking {
        code: &code.to_string(),
        program: waiting.label.as_str(),
        address: &waiting.address,
        seconds_ago: app.clock.now().since(waiting.created_at).as_secs(),
        member: member.name.as_str(),
        ticket: &ticket,
        may: &waiting.may(),
    };
    Ok(html::question(words, space, &asking))
}

async fn decide(app: &App, peer: Peer, words: &Words, space: &str, fields: &Fields) -> Response {
    // Only the one word allows.
    let allows = fields.answer == "allow";
    let decide = Decide {
        ticket_hash: token_hash(&fields.ticket),
        allows,
        source: peer.source(app),
    };
    let (status, end) = match app.writer.submit(decide).await {
        Ok(_) if allows => (StatusCode::OK, End::Allowed),
        Ok(_) => (StatusCode::OK, End::Denied),
        Err(WriteError::Refused(_)) => (StatusCode::NOT_FOUND, End::Gone),
        Err(error) => {
            let wrong = Wrong::from(ApiError::from(error));
            let html = html::form(words, space, "", "", Some(wrong.fault));
            return page(wrong.status, html);
        }
    };
    page(status, html::end(words, space, end))
}

/// The page is of use without the name, too.
async fn name_of_space(app: &App) -> String {
    match app.store.read(|x| Box::pin(space::read(x))).await {
        Ok(Some(space)) => space.name.to_string(),
        _ => "Space".to_owned(),
    }
}

fn page(status: StatusCode, html: String) -> Response {
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    let fixed = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
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
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    let policy = HeaderValue::from_str(&POLICY);
    headers.insert(
        CONTENT_SECURITY_POLICY,
        policy.expect("a policy is visible ASCII"),
    );
    response
}
