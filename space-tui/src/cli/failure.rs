// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a command says when it fails: what failed, why, and what to try; the kind decides the exit code.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, ErrorKind};

use space_core::client::ApiError;
use space_core::protocol::ProblemCode;

use crate::l10n::{L10n, Value};
use crate::text::clean;

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything that has no kind of its own.
    Failed,
    /// The command line makes no sense.
    Usage,
    /// Nobody is signed in, or whoever is may not do this.
    Denied,
    /// There is no such thing.
    NotFound,
    /// The server is needed, and does not answer.
    Offline,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Failed,
        Self::Usage,
        Self::Denied,
        Self::NotFound,
        Self::Offline,
    ];

    /// Returns the exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Denied => 3,
            Self::NotFound => 4,
            Self::Offline => 5,
        }
    }

    /// Returns the key of the text that says what it means.
    pub fn key(self) -> &'static str {
        match self {
            Self::Failed => "cli-exit-failed",
            Self::Usage => "cli-exit-usage",
            Self::Denied => "cli-exit-denied",
            Self::NotFound => "cli-exit-not-found",
            Self::Offline => "cli-exit-offline",
        }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// Decides the exit code.
    pub kind: Kind,
    /// What failed.
    what: String,
    /// Why, from the outside in.
    why: Vec<String>,
    /// Lines that show where, as they are.
    shown: Vec<String>,
    /// What to try.
    hint: Option<String>,
}

/// What a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// Says what failed, by the key of a text.
    pub fn new(kind: Kind, l10n: &L10n, key: &str, values: &[(&'static str, Value<'_>)]) -> Self {
        Self {
            kind,
            what: l10n.with(key, values),
            why: Vec::new(),
            shown: Vec::new(),
            hint: None,
        }
    }

    /// Adds why.
    #[must_use]
    pub fn because(mut self, error: &dyn std::error::Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            self.why.push(error.to_string());
            next = error.source();
        }
        self
    }

    /// Adds why, as somebody else said it.
    #[must_use]
    pub fn reason_is(mut self, why: &str) -> Self {
        self.why.push(why.to_owned());
        self
    }

    /// Adds lines that show where, such as a text and marks below it.
    #[must_use]
    pub fn shown(mut self, lines: Vec<String>) -> Self {
        self.shown = lines;
        self
    }

    /// Adds what to try, by the key of a text.
    #[must_use]
    pub fn hint(mut self, l10n: &L10n, key: &str, values: &[(&'static str, Value<'_>)]) -> Self {
        self.hint = Some(l10n.with(key, values));
        self
    }

    /// Adds what to try, as it is worded already.
    #[must_use]
    pub fn hint_is(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Sorts an error of a call: what the server refused, what it does not have, and that it does not answer.
    pub fn of_call(l10n: &L10n, key: &str, server: &str, error: &ApiError) -> Self {
        let kind = match error {
            ApiError::Unreachable { .. } | ApiError::TimedOut { .. } => Kind::Offline,
            ApiError::Address { .. } | ApiError::PlainHttp { .. } => Kind::Usage,
            _ => match error.code() {
                Some(ProblemCode::SignedOut | ProblemCode::WrongPassword | ProblemCode::Denied) => {
                    Kind::Denied
                }
                Some(ProblemCode::NotFound) => Kind::NotFound,
                Some(ProblemCode::NoSuchClause) => Kind::Usage,
                Some(ProblemCode::Unavailable) => Kind::Offline,
                _ => Kind::Failed,
            },
        };
        let failure = Self::new(kind, l10n, key, &[]);
        let failure = match network(l10n, server, error) {
            Some(why) => Self {
                why: vec![why],
                ..failure
            },
            None => failure.because(error),
        };
        if let ApiError::Problem { problem, .. } = error
            && let Some(hint) = &problem.hint
        {
            return Self {
                hint: Some(hint.clone()),
                ..failure
            };
        }
        match (kind, error) {
            (Kind::Denied, e) if e.is_signed_out() => failure.hint(l10n, "hint-login", &[]),
            (Kind::Offline, _) => failure.hint(l10n, "hint-offline", &[]),
            (_, ApiError::PlainHttp { .. }) => failure.hint(l10n, "hint-plain-http", &[]),
            _ => failure,
        }
    }

    /// Returns why, in one sentence; what failed when there is no more to say.
    pub fn reason(&self) -> String {
        clean::line(self.why.first().unwrap_or(&self.what)).into_owned()
    }

    /// Returns what is printed.
    pub fn text(&self, l10n: &L10n) -> String {
        let mut out = l10n.with("failure", &[("what", clean::line(&self.what).into())]);
        for why in &self.why {
            let _ = write!(
                out,
                "\n  {}",
                l10n.with("failure-because", &[("why", clean::line(why).into())])
            );
        }
        for line in &self.shown {
            // White space stays: it puts the marks below the text.
            let _ = write!(out, "\n  {}", clean::line(line));
        }
        if let Some(hint) = &self.hint {
            let _ = write!(
                out,
                "\n{}",
                l10n.with("failure-hint", &[("hint", clean::line(hint).into())])
            );
        }
        out
    }
}

/// Says in one sentence why a server cannot be reached; the libraries below say it in four, none of them for readers.
fn network(l10n: &L10n, server: &str, error: &ApiError) -> Option<String> {
    let values = [("server", Value::from(server))];
    let source = match error {
        _ if server.is_empty() => return None,
        ApiError::TimedOut { .. } => return Some(l10n.with("why-timed-out", &values)),
        ApiError::Unreachable { source, .. } => source,
        _ => return None,
    };
    let mut innermost: &(dyn Error + 'static) = source.as_ref();
    let mut is_name = false;
    loop {
        is_name |= innermost.to_string() == "dns error";
        match innermost.source() {
            Some(next) => innermost = next,
            None => break,
        }
    }
    let kind = innermost.downcast_ref::<io::Error>().map(io::Error::kind);
    let text = innermost.to_string();
    Some(match kind {
        _ if is_name => l10n.with("why-no-such-name", &values),
        Some(ErrorKind::ConnectionRefused) => l10n.with("why-nobody-there", &values),
        Some(ErrorKind::TimedOut) => l10n.with("why-timed-out", &values),
        _ if text.ends_with("timed out") || text.ends_with("elapsed") => {
            l10n.with("why-timed-out", &values)
        }
        _ => l10n.with(
            "why-unreachable",
            &[("server", server.into()), ("why", text.into())],
        ),
    })
}
