// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Sending a request and reading its answer.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Api, ApiError, IdempotencyKey, Token};
use crate::protocol::{ACTING_FOR, IDEMPOTENCY_KEY, Problem, ProblemCode, SPACE_IDENTITY};

/// Bytes of an answer at most: a page of posts of the largest size that is accepted is far smaller.
const ANSWER_MAX: usize = 32 << 20;
/// Bytes of a problem document at most.
const PROBLEM_MAX: usize = 1 << 20;

impl Api {
    /// Starts a request to `path` below `/v1/`.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        // The base ends with a slash and paths are made of words and numbers, so this cannot leave it.
        let url = format!("{}v1/{path}", self.base);
        let mut request = self.http.request(method, url);
        if let Some(space) = &self.space {
            request = request.header(SPACE_IDENTITY, space.as_str());
        }
        match self.token.as_ref().and_then(header) {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        }
    }

    /// Reads something.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        path: &str,
        query: &(impl Serialize + Sync),
    ) -> Result<T, ApiError> {
        let request = self.request(Method::GET, path).query(query);
        let bytes = self.finish(doing, request).await?;
        parse(doing, &bytes)
    }

    /// Sends a command that answers something.
    pub(super) async fn command<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        method: Method,
        path: &str,
        body: &(impl Serialize + Sync),
        key: Option<&IdempotencyKey>,
    ) -> Result<T, ApiError> {
        let request = self.acting(keyed(self.request(method, path).json(body), key));
        let bytes = self.finish(doing, request).await?;
        parse(doing, &bytes)
    }

    /// Sends a command whose answer says nothing but that it is done.
    pub(super) async fn order(
        &self,
        doing: &'static str,
        method: Method,
        path: &str,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), ApiError> {
        let request = self.acting(keyed(self.request(method, path), key));
        self.finish(doing, request).await.map(drop)
    }

    /// Says in whose name a command is sent, when not in one's own.
    fn acting(&self, request: RequestBuilder) -> RequestBuilder {
        match self.acting_for {
            Some(visitor) => request.header(ACTING_FOR, visitor.get()),
            None => request,
        }
    }

    async fn finish(
        &self,
        doing: &'static str,
        request: RequestBuilder,
    ) -> Result<Vec<u8>, ApiError> {
        let limit = self.limits.request;
        let answer = async {
            let response = request
                .timeout(limit)
                .send()
                .await
                .map_err(|e| ApiError::from_http(doing, limit, e))?;
            let response = accept(doing, limit, response).await?;
            read(doing, limit, response, ANSWER_MAX).await
        };
        // reqwest's own limit ends with the last byte that it decodes; this one ends in any case.
        tokio::time::timeout(limit, answer)
            .await
            .unwrap_or(Err(ApiError::TimedOut {
                doing,
                after: limit,
            }))
    }
}

pub(super) fn header(token: &Token) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn keyed(request: RequestBuilder, key: Option<&IdempotencyKey>) -> RequestBuilder {
    match key {
        Some(key) => request.header(IDEMPOTENCY_KEY, key.as_str()),
        None => request,
    }
}

fn parse<T: DeserializeOwned>(doing: &'static str, bytes: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(bytes).map_err(|error| ApiError::Protocol {
        doing,
        what: error.to_string(),
    })
}

/// Passes on success, and turns everything else into an error.
pub(super) async fn accept(
    doing: &'static str,
    limit: Duration,
    response: Response,
) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let text = |name| {
        response
            .headers()
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .map(str::to_owned)
    };
    if status.is_redirection() {
        return Err(ApiError::Moved {
            to: text(LOCATION).unwrap_or_else(|| "it does not say where".to_owned()),
        });
    }
    let retry_after = text(RETRY_AFTER)
        .and_then(|seconds| seconds.trim().parse().ok())
        .map(Duration::from_secs);
    let body = read(doing, limit, response, PROBLEM_MAX).await?;
    let problem = problem(status, &body);
    match problem {
        Some(problem) if problem.code == ProblemCode::CursorGone => Err(ApiError::CursorGone),
        Some(problem) => Err(ApiError::Problem {
            problem: Box::new(problem),
            retry_after,
        }),
        None => Err(ApiError::Protocol {
            doing,
            what: format!("it answered {status} without saying why"),
        }),
    }
}

/// Reads a problem document. One that a proxy made, or with a code of a later version, is sorted by its status.
fn problem(status: StatusCode, body: &[u8]) -> Option<Problem> {
    if let Ok(problem) = serde_json::from_slice::<Problem>(body) {
        return Some(problem);
    }
    let later: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let said = |field: &str| {
        later
            .as_ref()
            .and_then(|json| json.get(field))
            .and_then(|text| text.as_str())
    };
    let code = match status.as_u16() {
        408 | 502..=504 => ProblemCode::Unavailable,
        500 => ProblemCode::Internal,
        429 => ProblemCode::TooMany,
        413 => ProblemCode::TooLarge,
        // Without a code of ours these mean that something else than a Space server answered.
        _ => {
            said("code")?;
            match status.as_u16() {
                400..=499 => ProblemCode::Invalid,
                _ => ProblemCode::Internal,
            }
        }
    };
    let title =
        said("title").map_or_else(|| format!("the server answered {status}"), str::to_owned);
    let mut problem = Problem::new(code, title);
    problem.status = status.as_u16();
    problem.hint = said("hint").map(str::to_owned);
    Some(problem)
}

pub(super) async fn read(
    doing: &'static str,
    limit: Duration,
    mut response: Response,
    most: usize,
) -> Result<Vec<u8>, ApiError> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|e| ApiError::from_http(doing, limit, e))?
    {
        if body.len() + chunk.len() > most {
            return Err(ApiError::TooLarge {
                doing,
                limit_bytes: most,
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
