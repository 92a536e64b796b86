// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Problems: what went wrong, for programs and for people (RFC 9457).

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::words::words;

/// The stable code of a problem. Programs go by this; the sentences beside it may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 400: the request cannot be understood.
    Invalid,
    /// 400: nobody has decided yet about the code of a device; ask again (RFC 8628).
    AuthorizationPending,
    /// 400: the same, and the device asks too often: from now on wait five seconds more (RFC 8628).
    SlowDown,
    /// 400: the member denied the device (RFC 8628).
    AccessDenied,
    /// 400: the code of a device is not of use any more, or never was (RFC 8628).
    ExpiredToken,
    /// 401: there is no token, or it is not valid (any more).
    SignedOut,
    /// 401: name and password do not fit together.
    WrongPassword,
    /// 403: policy refused; `denial` says why.
    Denied,
    /// 404: not there, or not for this reader.
    NotFound,
    /// 405: the address is right, the method is not.
    MethodNotAllowed,
    /// 409: somebody else changed it first; `conflict` has both.
    Conflict,
    /// 409: the name is taken.
    Taken,
    /// 410: the cursor is too old or of another time: read from zero again.
    CursorGone,
    /// 413: too large.
    TooLarge,
    /// 415: the body is not JSON.
    NotJson,
    /// 421: the client means another space than the one that is at this address now.
    OtherSpace,
    /// 422: an idempotency key came back with another request.
    KeyReused,
    /// 422: the code of conduct in force has no such clause; `hint` lists those that it has.
    NoSuchClause,
    /// 429: too much at once; `Retry-After` says how long to wait.
    TooMany,
    /// 500: a fault of the server; it has been logged.
    Internal,
    /// 503: busy or stopping; try again.
    Unavailable,
}

words!(ProblemCode {
    Invalid = "invalid",
    AuthorizationPending = "authorization_pending",
    SlowDown = "slow_down",
    AccessDenied = "access_denied",
    ExpiredToken = "expired_token",
    SignedOut = "signed_out",
    WrongPassword = "wrong_password",
    Denied = "denied",
    NotFound = "not_found",
    MethodNotAllowed = "method_not_allowed",
    Conflict = "conflict",
    Taken = "taken",
    CursorGone = "cursor_gone",
    TooLarge = "too_large",
    NotJson = "not_json",
    OtherSpace = "other_space",
    KeyReused = "key_reused",
    NoSuchClause = "no_such_clause",
    TooMany = "too_many",
    Internal = "internal",
    Unavailable = "unavailable",
});

impl ProblemCode {
    /// Returns the HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::Invalid
            | Self::AuthorizationPending
            | Self::SlowDown
            | Self::AccessDenied
            | Self::ExpiredToken => 400,
            Self::SignedOut | Self::WrongPassword => 401,
            Self::Denied => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict | Self::Taken => 409,
            Self::CursorGone => 410,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::OtherSpace => 421,
            Self::KeyReused | Self::NoSuchClause => 422,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// A problem document, `application/problem+json` (RFC 9457). Its `type` is always `about:blank`, and left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The HTTP status again, for readers of saved documents.
    pub status: u16,
    /// The stable code.
    pub code: ProblemCode,
    /// What happened, in one sentence.
    pub title: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The code of policy's refusal, when the code is `denied`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denial: Option<String>,
    /// Both sides, when the code is `conflict`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Conflict>,
}

impl Problem {
    /// Makes a problem of a code and a sentence.
    pub fn new(code: ProblemCode, title: impl Into<String>) -> Self {
        Self {
            status: code.status(),
            code,
            title: title.into(),
            hint: None,
            denial: None,
            conflict: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

/// Both sides of an edit that met another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The revision on the server now.
    pub revision: i64,
    /// What it says there.
    pub theirs: String,
    /// What this edit wanted it to say.
    pub yours: String,
}
