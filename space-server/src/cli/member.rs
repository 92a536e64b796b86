// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server member`

use clap::{Args, Subcommand};
use space_core::{MemberKind, Role};

use super::password::PasswordArgs;

/// Make accounts and manage them
#[derive(Debug, Subcommand)]
pub(super) enum Member {
    Add(Add),
    List(List),
    Password(Password),
    Role(SetRole),
}

/// Make an account
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The name they are known and mentioned by
    name: String,

    /// The name they show beside it
    #[arg(long, value_name = "NAME")]
    display_name: Option<String>,

    /// What kind of account: person, staff, bot or visitor
    #[arg(long, default_value = "person")]
    kind: MemberKind,

    /// A duty they hold: owner, administrator, moderator, editor or panel. May be given several times
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<Role>,

    /// Make the account without a password: for bots, which use tokens
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,

    #[command(flatten)]
    password: PasswordArgs,
}

/// List all accounts
#[derive(Debug, Args)]
pub(super) struct List {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Give a member another password
#[derive(Debug, Args)]
pub(super) struct Password {
    /// Who
    name: String,

    #[command(flatten)]
    password: PasswordArgs,
}

/// Give a member a role, or take it away
#[derive(Debug, Args)]
pub(super) struct SetRole {
    /// Who
    name: String,

    /// Which role: owner, administrator, moderator, editor or panel
    role: Role,

    /// Take the role away
    #[arg(long)]
    remove: bool,
}
