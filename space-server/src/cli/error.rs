// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Errors as the user of a shell meets them: what failed, why, what to try.

use std::fmt;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use crate::config::{ConfigError, Database};
use crate::store::StoreError;
use crate::store::diagnosis::{Diagnosis, diagnose};

/// An error of a subcommand.
#[derive(Debug)]
pub(super) struct Error {
    kind: Kind,
    why: anyhow::Error,
    hint: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Something did not work.
    Failed,
    /// The command line makes no sense.
    Usage,
    /// The rules say no, or the thing is not there.
    Refused,
    /// The database holds no space yet.
    NoSpace,
    /// It was done, but not all of it could be.
    Partial,
    /// The configuration makes no sense. 78 is `EX_CONFIG` of sysexits.h: service managers do not try again.
    Config,
    /// Nobody reads any more what is written: not worth a word.
    BrokenPipe,
}

impl Error {
    /// The command line makes no sense.
    pub(super) fn usage(why: impl Into<String>) -> Self {
        Self::new(Kind::Usage, anyhow::Error::msg(why.into()))
    }

    /// The rules say no, or the thing is not there.
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::new(Kind::Refused, anyhow::Error::msg(why.into()))
    }

    /// The database holds no space yet.
    pub(super) fn no_space() -> Self {
        Self::new(
            Kind::NoSpace,
            anyhow::Error::msg("there is no space here yet"),
        )
    }

    /// Returns whether the database holds no space yet.
    pub(super) fn is_no_space(&self) -> bool {
        self.kind == Kind::NoSpace
    }

    /// It was done, but not all of it could be; a report has said what.
    pub(super) fn partial(why: impl Into<String>) -> Self {
        Self::new(Kind::Partial, anyhow::Error::msg(why.into()))
    }

    /// The configuration makes no sense.
    pub(super) fn config(error: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Config, error.into())
    }

    /// Adds what to try.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Puts the cause, and what to try, in the place of what the store and the libraries below it say.
    #[must_use]
    pub(super) fn diagnosed(mut self, database: &Database) -> Self {
        let mut around = Vec::new();
        let mut found = None;
        for cause in self.why.chain() {
            let of_store = cause
                .downcast_ref::<StoreError>()
                .or_else(|| Some(&**cause.downcast_ref::<Arc<StoreError>>()?));
            if let Some(error) = of_store {
                found = Some(diagnose(database, error));
                break;
            }
            around.push(cause.to_string());
        }
        let Some(Diagnosis { why, hint }) = found else {
            return self;
        };
        let mut why = anyhow::Error::msg(why);
        for message in around.into_iter().rev() {
            why = why.context(message);
        }
        self.why = why;
        self.hint.get_or_insert(hint);
        self
    }

    fn new(kind: Kind, error: anyhow::Error) -> Self {
        Self {
            kind,
            why: error,
            hint: None,
        }
    }

    /// Writes the error to standard error and returns the exit code of its kind.
    pub(super) fn report(&self) -> ExitCode {
        if self.kind != Kind::BrokenPipe {
            // When standard error is gone too, the exit code is all that is left to say.
            let _ = write!(std::io::stderr(), "{self}");
        }
        ExitCode::from(match self.kind {
            Kind::BrokenPipe => 0,
            Kind::Failed => 1,
            Kind::Usage => 2,
            Kind::Refused | Kind::NoSpace => 3,
            Kind::Partial => 4,
            Kind::Config => 78,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.why)?;
        let mut said = self.why.to_string();
        for cause in self.why.chain().skip(1) {
            // Some libraries repeat their source in their own message.
            let cause = cause.to_string();
            if !said.contains(&cause) {
                writeln!(f, "  because: {cause}")?;
            }
            said = cause;
        }
        match &self.hint {
            Some(hint) => writeln!(f, "  try: {hint}"),
            None => Ok(()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        let kind = match error.downcast_ref::<std::io::Error>() {
            Some(io) if io.kind() == std::io::ErrorKind::BrokenPipe => Kind::BrokenPipe,
            _ => Kind::Failed,
        };
        Self::new(kind, error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::config(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn it_says_what_failed_why_and_what_to_try() {
        let error = Err::<(), _>(std::io::Error::other("the disk is full"))
            .context("cannot write space.db")
            .unwrap_err();
        let error = Error::from(error).hint("make room");
        insta::assert_snapshot!(error, @r"
        error: cannot write space.db
          because: the disk is full
          try: make room
        ");
    }

    #[test]
    fn an_error_of_the_store_is_diagnosed() {
        let full = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(13), None);
        let error = crate::operator::OperatorError::Store(Arc::new(full.into()));
        let database = Database::Sqlite("/nowhere/space.db".into());
        insta::assert_snapshot!(Error::from(error).diagnosed(&database), @r"
        error: the store failed
          because: the disk is full: /nowhere
          try: make room there; the server then goes on by itself
        ");
    }

    #[test]
    fn a_reader_that_went_away_is_no_error() {
        let error = Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!(error.kind, Kind::BrokenPipe);
    }
}
