// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Why the program ends early: what failed, why, what to try.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use space_core::client::ApiError;
use space_core::markup::sanitize;

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

    /// It ends with a code of its own.
    pub(crate) fn with_code(code: u8, why: impl Into<String>) -> Self {
        Self {
            code,
            ..Self::refused(why)
        }
    }

    /// The configuration cannot be used (EX_CONFIG of sysexits.h).
    pub(crate) fn configuration(why: anyhow::Error) -> Self {
        Self {
            code: 78,
            why,
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
        // Some of it may be a server's words, and a terminal may read it.
        let clean = |text: String| sanitize::line(&text).into_owned();
        if self.code == 78 {
            // One line for each mistake.
            for line in self.why.to_string().lines() {
                writeln!(f, "error: {}", clean(line.to_owned()))?;
            }
        } else {
            writeln!(f, "error: {}", clean(self.why.to_string()))?;
        }
        for cause in self.why.chain().skip(1) {
            writeln!(f, "  because: {}", clean(cause.to_string()))?;
        }
        match &self.hint {
            Some(hint) => writeln!(f, "  try: {}", sanitize::line(hint)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_steers_no_terminal() {
        let evil = "no\u{1b}[2J\u{9b}31m \u{202e}way\nerror: none";
        let why = anyhow::Error::msg(evil).context(evil);
        let failure = Failure::from(why).hint(evil).to_string();
        assert_eq!(failure.lines().count(), 3, "{failure:?}");
        let is_fine = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(failure.chars().all(is_fine), "{failure:?}");
    }
}
