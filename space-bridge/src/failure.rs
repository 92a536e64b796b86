// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why the program ends early: what failed, why, what to try.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use space_core::client::ApiError;

/// Why the program ends early.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    why: anyhow::Error,
    hint: Option<String>,
}

impl Failure {
    /// The rules say no, or the thing is not there.
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self {
            code: 3,
            why: anyhow::Error::msg(why.into()),
            hint: None,
        }
    }

    /// Adds what to try.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Writes the failure to standard error and returns its exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if self.code != 0 {
            // When standard error is gone too, the exit code is all that is left to say.
            let _ = write!(io::stderr(), "{self}");
        }
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.why)?;
        for cause in self.why.chain().skip(1) {
            writeln!(f, "  because: {cause}")?;
        }
        match &self.hint {
            Some(hint) => writeln!(f, "  try: {hint}"),
            None => Ok(()),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(why: anyhow::Error) -> Self {
        // A reader that went away, such as `head`, is no failure.
        let code = match why.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            _ => 1,
        };
        Self {
            code,
            why,
            hint: None,
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let hint = match &error {
            _ if error.is_signed_out() => {
                Some("give a token with --token-file; `space-server token create` makes one")
            }
            ApiError::Address { .. } | ApiError::PlainHttp { .. } => {
                Some("give the address of a server, such as --server https://space.example.org")
            }
            _ => None,
        };
        let code = if error.is_signed_out() { 3 } else { 1 };
        Self {
            code,
            why: error.into(),
            hint: hint.map(str::to_owned),
        }
    }
}
