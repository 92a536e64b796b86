// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From what went wrong to what the client is told: one place.

use std::time::Duration;

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use space_core::chain;
use space_core::policy::Denial;
use space_core::protocol::{Conflict, Problem, ProblemCode};

use crate::feed::PageError;
use crate::store::{Fault, StoreError};
use crate::writer::{Refusal, WriteError};

/// What the client is told.
#[derive(Debug)]
pub(crate) struct ApiError {
    problem: Box<Problem>,
    retry_after: Option<Duration>,
}

impl ApiError {
    /// Returns the code of the problem.
    pub(crate) fn code(&self) -> ProblemCode {
        self.problem.code
    }

    /// Returns how long to wait before another try.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// It cannot be understood.
    pub(crate) fn invalid(title: impl Into<String>) -> Self {
        Problem::new(ProblemCode::Invalid, title).into()
    }

    /// It is not there, or not for this reader.
    pub(crate) fn not_found() -> Self {
        Denial::NotFound.into()
    }

    /// The token is not valid (any more).
    pub(crate) fn bad_token() -> Self {
        Problem::new(
            ProblemCode::SignedOut,
            "the access token is not valid (any more)",
        )
        .hint("sign in again")
        .into()
    }

    /// Name and password do not fit.
    pub(crate) fn wrong_password() -> Self {
        let title = "name and password do not fit together";
        Problem::new(ProblemCode::WrongPassword, title)
            .hint("check both, then try again")
            .into()
    }

    /// Too much at once.
    pub(crate) fn too_many(retry_after: Duration) -> Self {
        let problem = Problem::new(ProblemCode::TooMany, "too many attempts in a short time")
            .hint(format!("try again in {} s", retry_after.as_secs().max(1)));
        Self {
            problem: Box::new(problem),
            retry_after: Some(retry_after),
        }
    }

    /// A fault of the server.
    fn internal() -> Self {
        Problem::new(
            ProblemCode::Internal,
            "the server failed; it has been logged",
        )
        .into()
    }

    /// It cannot be answered now, and can be later; a reader is told why.
    pub(crate) fn unavailable(why: impl Into<String>) -> Self {
        let problem = Problem::new(ProblemCode::Unavailable, why).hint("try again later");
        Self {
            problem: Box::new(problem),
            retry_after: Some(Duration::from_secs(1)),
        }
    }

    /// The store cannot be used now.
    fn store_fails(fault: Fault) -> Self {
        Self {
            retry_after: Some(match fault {
                // Somebody has to do something about it first.
                Fault::Full | Fault::ReadOnly | Fault::Forbidden => Duration::from_secs(30),
                Fault::Locked | Fault::GaveUp | Fault::Stopping => Duration::from_secs(1),
                _ => Duration::from_secs(5),
            }),
            ..Self::unavailable(fault.told())
        }
    }

    /// Says how a command is repeated.
    #[must_use]
    pub(crate) fn for_command(mut self) -> Self {
        self.problem.hint = Some(
            "send it again later; with the same idempotency key it is done once, however often it is sent"
                .to_owned(),
        );
        self
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self {
            problem: Box::new(problem),
            retry_after: None,
        }
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotFound => Problem::new(ProblemCode::NotFound, denial.to_string()).into(),
            Denial::SignedOut => Problem::new(ProblemCode::SignedOut, denial.to_string()).into(),
            Denial::AccountBlocked => {
                let mut problem = Problem::new(ProblemCode::Denied, denial.to_string())
                    .hint("write to the people who run this space");
                problem.denial = Some(denial.code().to_owned());
                problem.into()
            }
            Denial::NoModerator => {
                let mut problem = Problem::new(ProblemCode::Denied, denial.to_string())
                    .hint("ask the people who run this space to appoint another moderator");
                problem.denial = Some(denial.code().to_owned());
                problem.into()
            }
            _ => {
                let retry_after = denial.retry_after();
                let code = match retry_after {
                    Some(_) => ProblemCode::TooMany,
                    None => ProblemCode::Denied,
                };
                let mut problem = Problem::new(code, denial.to_string());
                problem.hint = retry_after.map(|after| format!("try again in {}", span(after)));
                problem.denial = Some(denial.code().to_owned());
                Self {
                    problem: Box::new(problem),
                    retry_after,
                }
            }
        }
    }
}

/// Words a time to wait: `40 s`, `12 min`, `5 h`.
fn span(after: Duration) -> String {
    match after.as_secs() {
        seconds @ 0..=90 => format!("{} s", seconds.max(1)),
        seconds @ 91..=5400 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h", seconds.div_ceil(3600)),
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let title = refusal.to_string();
        match refusal {
            Refusal::Denied(denial) => denial.into(),
            Refusal::BadToken => Self::bad_token(),
            Refusal::Conflict(conflict) => {
                let mut problem = Problem::new(ProblemCode::Conflict, title)
                    .hint("merge the two texts, and edit again from the revision given here");
                problem.conflict = Some(conflict);
                problem.into()
            }
            Refusal::Outdated { hint, revision, .. } => {
                let mut problem = Problem::new(ProblemCode::Conflict, title).hint(hint);
                problem.conflict = Some(Conflict {
                    revision,
                    theirs: String::new(),
                    yours: String::new(),
                });
                problem.into()
            }
            Refusal::Taken { .. } => Problem::new(ProblemCode::Taken, title)
                .hint("choose another")
                .into(),
            Refusal::Invalid { .. } => Self::invalid(title),
            Refusal::NoSuchClause { hint, .. } => Problem::new(ProblemCode::NoSuchClause, title)
                .hint(hint)
                .into(),
            Refusal::TooMany => Self::too_many(Duration::from_mins(1)),
            Refusal::KeyReused => Problem::new(ProblemCode::KeyReused, title)
                .hint("use a new key for a new command")
                .into(),
        }
    }
}

impl From<WriteError> for ApiError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Busy => {
                Self::unavailable("the server is busy: too many commands are waiting").for_command()
            }
            WriteError::Stopped => Self::unavailable("the server is stopping").for_command(),
            // The writer has logged it.
            WriteError::Store(error) if error.is_passing() => {
                Self::store_fails(error.fault()).for_command()
            }
            WriteError::Store(_) => Self::internal(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %chain(&error), "a read failed");
        match error {
            _ if error.is_passing() => Self::store_fails(error.fault()),
            _ => Self::internal(),
        }
    }
}

impl From<PageError> for ApiError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::BadToken => Self::bad_token(),
            PageError::Denied(denial) => denial.into(),
            PageError::CursorGone => {
                Problem::new(ProblemCode::CursorGone, "this cursor is of no use any more")
                    .hint("read from zero: leave out `since`")
                    .into()
            }
            PageError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(*self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(after) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(after.as_secs().max(1)));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_read_does_not_speak_of_keys() {
        let failed = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for code in [5, 8, 10, 13, 14] {
            let read = ApiError::from(StoreError::from(failed(code)));
            assert_eq!(read.code(), ProblemCode::Unavailable);
            let hint = read.problem.hint.as_deref().unwrap_or_default();
            assert!(!hint.contains("idempotency"), "{hint}");
            let store = WriteError::Store(std::sync::Arc::new(failed(code).into()));
            let written = ApiError::from(store);
            assert_eq!(written.problem.title, read.problem.title);
            let hint = written.problem.hint.as_deref().unwrap_or_default();
            assert!(hint.contains("idempotency"), "{hint}");
            assert!(written.retry_after().is_some());
        }
    }
}
