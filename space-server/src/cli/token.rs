// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server token`

use clap::{Args, Subcommand};
use space_core::policy::Capability;
use space_core::text::{Label, MemberName};
use space_core::{Clock, Timestamp, TokenId};

use super::error::Error;
use super::operate::operate;
use super::{output, words};
use crate::clock::SystemClock;
use crate::config::{Loaded, Period};

/// Make and revoke access tokens, with which programs sign in
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    Create(Create),
    List(List),
    Revoke(Revoke),
}

/// Make a token and write it to standard output, this one time
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Whose token: what is done with it is done in their name
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// What it is for, so that it is recognised in a list
    #[arg(long, value_name = "TEXT", value_parser = words::token_label)]
    label: Label,

    /// What it may be used for; several words with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',', default_value = "read", value_parser = words::capability())]
    may: Vec<Capability>,

    /// When it ends by itself, counted from now: 12h, 90d [default: tokens.last of the configuration]
    #[arg(long, value_name = "TIME")]
    expires_after: Option<Period>,

    /// Let it last until it is revoked
    #[arg(long, conflicts_with = "expires_after")]
    no_end: bool,
}

/// List a member's tokens, without the tokens themselves
#[derive(Debug, Args)]
pub(super) struct List {
    /// Whose tokens
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Revoke a token; what uses it is signed out at once
#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// Whose token
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// Which one, by the number in the list
    id: TokenId,
}

impl Token {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::Create(command) => command.run(loaded),
            Self::List(command) => command.run(loaded),
            Self::Revoke(command) => command.run(loaded),
        }
    }
}

impl Create {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let life = self.expires_after.unwrap_or(loaded.config.tokens.last);
        let expires_at = (!self.no_end).then(|| SystemClock.now().plus(life.get()));
        operate(loaded, async |operator| {
            let capabilities = self.may.into_iter().collect();
            let made = operator
                .create_token(&self.name, self.label, capabilities, expires_at)
                .await?;
            // The token alone goes to standard output, so that it can go into a file.
            output::note(format_args!(
                "Token {} of {}; it is shown this one time:",
                made.id, self.name
            ));
            output::line(made.token)?;
            if let Some(end) = expires_at {
                output::note(format_args!(
                    "It ends on {end}; --no-end makes one that lasts."
                ));
            }
            Ok(())
        })
    }
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let tokens = operator.tokens(&self.name).await?;
            if self.json {
                output::json_lines(&tokens)?;
                return Ok(());
            }
            let rows: Vec<[String; 5]> = tokens
                .into_iter()
                .map(|token| {
                    [
                        token.id.to_string(),
                        token.label.to_string(),
                        token.capabilities.to_string(),
                        token.created_at.to_string(),
                        token
                            .expires_at
                            .as_ref()
                            .map_or_else(|| "never".to_owned(), Timestamp::to_string),
                    ]
                })
                .collect();
            output::table(["ID", "LABEL", "MAY", "MADE", "ENDS"], &rows)?;
            Ok(())
        })
    }
}

impl Revoke {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            operator.revoke_token(&self.name, self.id).await?;
            output::line(format_args!(
                "Token {} of {} is revoked.",
                self.id, self.name
            ))?;
            Ok(())
        })
    }
}
