// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server member`

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde::Serialize;
use space_core::text::{DisplayName, MemberName};
use space_core::{MemberId, MemberKind, Role, Timestamp};

use super::block::{Block, Unblock};
use super::error::Error;
use super::operate::operate;
use super::password::PasswordArgs;
use super::{output, words};
use crate::config::Loaded;
use crate::operator::{NewAccount, OperatorError};

/// How many members are read at a time.
const PAGE: usize = 500;

/// Make accounts and manage them
#[derive(Debug, Subcommand)]
pub(super) enum Member {
    Add(Add),
    List(List),
    Password(Password),
    Role(SetRole),
    Block(Block),
    Unblock(Unblock),
}

/// Make an account
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The name they are known and mentioned by
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// The name they show beside it
    #[arg(long, value_name = "NAME", value_parser = DisplayName::parse)]
    display_name: Option<DisplayName>,

    /// What kind of account
    #[arg(long, default_value = "person", value_parser = words::kind())]
    kind: MemberKind,

    /// A duty they hold; may be given several times
    #[arg(long = "role", value_name = "ROLE", value_parser = words::role())]
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
///
/// Log-ins and tokens stay valid unless --sign-out ends them.
#[derive(Debug, Args)]
pub(super) struct Password {
    /// Who
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// End all their tokens, and with them every log-in and stream
    #[arg(long)]
    sign_out: bool,

    #[command(flatten)]
    given: PasswordArgs,
}

/// Give a member a role, or take it away
#[derive(Debug, Args)]
pub(super) struct SetRole {
    /// Who
    #[arg(value_parser = MemberName::parse)]
    name: MemberName,

    /// Which role
    #[arg(value_parser = words::role())]
    role: Role,

    /// Take the role away
    #[arg(long)]
    remove: bool,
}

impl Member {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(loaded),
            Self::List(command) => command.run(loaded),
            Self::Password(command) => command.run(loaded),
            Self::Role(command) => command.run(loaded),
            Self::Block(command) => command.run(loaded),
            Self::Unblock(command) => command.run(loaded),
        }
    }
}

impl Add {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let password = if self.no_password {
            None
        } else {
            Some(self.password.read(self.name.as_str())?)
        };
        operate(loaded, async |operator| {
            let member = operator
                .add_member(NewAccount {
                    kind: self.kind,
                    name: self.name,
                    display_name: self.display_name,
                    roles: self.roles,
                    password,
                })
                .await?;
            output::line(format_args!(
                "Made the account {} (#{}).",
                member.name, member.id
            ))?;
            Ok(())
        })
    }
}

/// An account as programs read it.
#[derive(Debug, Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    member: &'a space_core::Member,
    /// Since when it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked_at: Option<Timestamp>,
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let blocked = operator.blocked().await?;
            let mut all = Vec::new();
            let mut after = 0;
            loop {
                let page = operator.members(after, PAGE).await?;
                let Some(last) = page.last() else { break };
                after = last.id.get();
                if self.json {
                    let lines: Vec<Line<'_>> = page
                        .iter()
                        .map(|member| Line {
                            member,
                            blocked_at: blocked.get(&member.id).copied(),
                        })
                        .collect();
                    output::json_lines(&lines)?;
                } else {
                    all.extend(page);
                }
            }
            if !self.json {
                let rows: Vec<[String; 6]> =
                    all.iter().map(|member| row(member, &blocked)).collect();
                let head = ["ID", "NAME", "KIND", "ROLES", "SINCE", "BLOCKED"];
                output::table(head, &rows)?;
            }
            Ok(())
        })
    }
}

fn day(at: Timestamp) -> String {
    let (year, month, day) = at.date();
    format!("{year:04}-{month:02}-{day:02}")
}

fn row(member: &space_core::Member, blocked: &BTreeMap<MemberId, Timestamp>) -> [String; 6] {
    let roles: Vec<&str> = member.roles.iter().map(|role| role.word()).collect();
    [
        member.id.to_string(),
        member.name.to_string(),
        member.kind.to_string(),
        roles.join(","),
        day(member.created_at),
        blocked
            .get(&member.id)
            .map_or_else(|| "-".to_owned(), |at| day(*at)),
    ]
}

impl Password {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let password = self.given.read(self.name.as_str())?;
        operate(loaded, async |operator| {
            let ended = operator
                .replace_password(&self.name, password, self.sign_out)
                .await?;
            let ended = super::block::ended(ended);
            output::line(format_args!("{} has a new password.{ended}", self.name))?;
            let left = operator.tokens(&self.name).await?.len();
            if left > 0 {
                output::note(format_args!(
                    "Log-ins and tokens stay valid, {left} in all: --sign-out ends them."
                ));
            }
            Ok(())
        })
    }
}

impl SetRole {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let member = operator
                .set_role(&self.name, self.role, !self.remove)
                .await
                .map_err(|error| {
                    let is_refused = matches!(error, OperatorError::Refused(_));
                    let error = Error::from(error);
                    if is_refused && self.remove && self.role == Role::Owner {
                        error.hint("make somebody else an owner first: `space-server member role NAME owner`")
                    } else {
                        error
                    }
                })?;
            let roles: Vec<&str> = member.roles.iter().map(|role| role.word()).collect();
            match roles.as_slice() {
                [] => output::line(format_args!("{} holds no role now.", member.name))?,
                roles => output::line(format_args!(
                    "{} is now: {}.",
                    member.name,
                    roles.join(", ")
                ))?,
            }
            Ok(())
        })
    }
}
