// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reading requests: who asks, for what, under which key.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use space_core::MemberId;
use space_core::protocol::{
    ACTING_FOR, IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_MAX, Problem, ProblemCode,
};

use super::limit::network;
use super::peer::Peer;
use super::{ApiError, App};
use crate::audit::Source;
use crate::store::actor::By;
use crate::writer::command::Key;
use crate::writer::{Deed, Signed};

/// Who asks.
pub(crate) struct Asker(pub(crate) By);

/// Returns the hash under which a token is stored.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn asker(headers: &HeaderMap) -> Result<By, ApiError> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(By::Nobody);
    };
    let token = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(ApiError::bad_token)?;
    Ok(By::Token(Box::new(token_hash(token))))
}

impl FromRequestParts<App> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        if parts.headers.contains_key(ACTING_FOR) {
            return Err(ApiError::invalid(format!(
                "the header {ACTING_FOR} goes with commands: one reads in one's own name"
            )));
        }
        asker(&parts.headers).map(Self)
    }
}

/// A command as it came in: who asks, the key, and the body.
pub(crate) struct Order<T> {
    by: By,
    acting_for: Option<MemberId>,
    address: Arc<str>,
    key: Option<Key>,
    source: Option<Source>,
    pub(crate) body: T,
}

impl<T> Order<T> {
    /// Makes a deed of it, in the name of whoever asks.
    pub(crate) fn signed<D: Deed>(self, deed: impl FnOnce(T) -> D) -> Signed<D> {
        Signed {
            by: self.by,
            acting_for: self.acting_for,
            address: Some(self.address),
            key: self.key,
            source: self.source,
            deed: deed(self.body),
        }
    }

    /// Forgets the key: a hash over the request would be kept with it, and this one holds a password.
    pub(crate) fn without_key(self) -> Self {
        Self { key: None, ..self }
    }

    /// Returns where it came from.
    pub(crate) fn source(&self) -> Option<Source> {
        self.source
    }

    /// Returns in whose name it is asked.
    pub(crate) fn by(&self) -> &By {
        &self.by
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Order<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let peer = Peer::from_request_parts(&mut parts, app).await?;
        let address = app.seal.pseudonym(&network(peer.0).to_string());
        let source = Some(peer.source(app));
        let request = Request::from_parts(parts, body);
        let by = asker(request.headers())?;
        let acting_for = acting_for(request.headers())?;
        let key = key(request.headers())?;
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .split(';')
                    .next()
                    .is_some_and(|kind| kind.trim() == "application/json")
            });
        let mut hash = Sha256::new();
        hash.update(request.method().as_str());
        hash.update([0]);
        hash.update(request.uri().path());
        hash.update([0]);
        let bytes = Bytes::from_request(request, app).await.map_err(|error| {
            if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::from(Problem::new(
                    ProblemCode::TooLarge,
                    "the request is too large",
                ))
            } else {
                ApiError::invalid("the request broke off")
            }
        })?;
        hash.update(&bytes);
        let body = if bytes.is_empty() {
            // Commands that need no body take `null`.
            serde_json::from_str("null")
        } else if is_json {
            serde_json::from_slice(&bytes)
        } else {
            let problem = Problem::new(ProblemCode::NotJson, "the body of a command is JSON");
            return Err(problem
                .hint("send the header `content-type: application/json`")
                .into());
        };
        let body = body.map_err(|error| {
            ApiError::invalid(format!("the body cannot be understood: {error}"))
        })?;
        let key = key.map(|key| Key {
            key,
            request_hash: hash.finalize().to_vec(),
        });
        Ok(Self {
            by,
            acting_for,
            address,
            key,
            source,
            body,
        })
    }
}

fn acting_for(headers: &HeaderMap) -> Result<Option<MemberId>, ApiError> {
    let Some(value) = headers.get(ACTING_FOR) else {
        return Ok(None);
    };
    let id = value.to_str().ok().and_then(|id| id.parse().ok());
    id.map(Some).ok_or_else(|| {
        ApiError::invalid(format!("the header {ACTING_FOR} holds the id of a visitor"))
    })
}

fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value.to_str().ok().filter(|key| {
        (1..=IDEMPOTENCY_KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic())
    });
    key.map(|key| Some(key.to_owned())).ok_or_else(|| {
        ApiError::invalid(format!(
            "an idempotency key has 1 to {IDEMPOTENCY_KEY_MAX} visible ASCII characters, such as a UUID"
        ))
    })
}

/// An id in the address. One that is none reads like a thing that is not there.
pub(crate) struct Id<T>(pub(crate) T);

impl<T: std::str::FromStr + Send> FromRequestParts<App> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| ApiError::not_found())?;
        text.parse().map(Self).map_err(|_| ApiError::not_found())
    }
}
