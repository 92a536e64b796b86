// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server token`

use clap::{Args, Subcommand};
use space_core::TokenId;
use space_core::policy::Capability;

use crate::config::Period;

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
    name: String,

    /// What it is for, so that it is recognised in a list
    #[arg(long, value_name = "TEXT")]
    label: String,

    /// What it may be used for: read, write and manage, with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',', default_value = "read")]
    may: Vec<Capability>,

    /// When it ends by itself, counted from now: 12h, 90d
    #[arg(long, value_name = "TIME")]
    expires_after: Option<Period>,
}

/// List a member's tokens, without the tokens themselves
#[derive(Debug, Args)]
pub(super) struct List {
    /// Whose tokens
    name: String,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Revoke a token; what uses it is signed out at once
#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// Whose token
    name: String,

    /// Which one, by the number in the list
    id: TokenId,
}
