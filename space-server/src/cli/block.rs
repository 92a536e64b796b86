// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server member block` and `member unblock`

use clap::Args;
use space_core::text::{Comment, MemberName};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::config::Loaded;
use crate::operator::OperatorError;

/// Block an account at once: no log-in, no token, no bridge
///
/// Its tokens end, and with them every program and stream that uses one, within a second, also beside a running server.
/// What the member wrote stays where it is.
#[derive(Debug, Args)]
pub(super) struct Block {
    /// Whose account
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", value_parser = Comment::parse)]
    reason: Option<Comment>,

    /// Also the only owner, so that nobody owns the space for now
    #[arg(long)]
    even_the_only_owner: bool,
}

/// Let the owner of a blocked account sign in again
#[derive(Debug, Args)]
pub(super) struct Unblock {
    /// Whose account
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,
}

/// Says how many tokens ended, as a sentence of its own.
pub(super) fn ended(tokens: u64) -> String {
    match tokens {
        0 => String::new(),
        1 => " One token ended.".to_owned(),
        many => format!(" {many} tokens ended."),
    }
}

impl Block {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let done = operator
                .block(&self.name, self.reason, self.even_the_only_owner)
                .await
                .map_err(|error| match error {
                    OperatorError::OnlyOwner => {
                        Error::refused(format!("{} is the only owner who can sign in", self.name))
                            .hint(
                                "make another member an owner first, or add --even-the-only-owner",
                            )
                    }
                    other => other.into(),
                })?;
            let ended = ended(done.tokens);
            let word = if done.is_new { "is" } else { "was already" };
            output::line(format_args!("{} {word} blocked.{ended}", self.name))?;
            Ok(())
        })
    }
}

impl Unblock {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let done = operator.unblock(&self.name).await?;
            if done.is_new {
                output::line(format_args!(
                    "{} can sign in again. Earlier tokens stay ended.",
                    self.name
                ))?;
            } else {
                output::line(format_args!("{} was not blocked.", self.name))?;
            }
            Ok(())
        })
    }
}
