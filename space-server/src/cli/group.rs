// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server group`

use clap::{Args, Subcommand};
use serde::Serialize;
use space_core::text::{Label, MemberName, Slug};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::config::Loaded;

/// Make groups of members, to whom categories can be opened
#[derive(Debug, Subcommand)]
pub(super) enum Group {
    Add(Add),
    List(List),
    /// Put a member in a group
    Put(Who),
    /// Take a member out of a group
    Take(Who),
}

/// Make a group
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The name used in commands: lower-case letters, digits and hyphens
    #[arg(value_parser = Slug::parse)]
    slug: Slug,

    /// The name shown
    #[arg(long, value_name = "NAME", value_parser = Label::parse)]
    name: Label,

    /// Let nobody know of it but its members and staff
    #[arg(long)]
    closed: bool,
}

/// List all groups, and who is in them
#[derive(Debug, Args)]
pub(super) struct List {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Who {
    /// Which group
    #[arg(value_parser = Slug::parse)]
    slug: Slug,

    /// Who
    #[arg(value_parser = MemberName::parse)]
    member: MemberName,
}

impl Group {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(loaded),
            Self::List(command) => command.run(loaded),
            Self::Put(who) => who.set(loaded, true),
            Self::Take(who) => who.set(loaded, false),
        }
    }
}

impl Add {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let made = operator
                .create_group(self.slug, self.name, self.closed)
                .await?;
            output::line(format_args!("Made the group {} (#{}).", made.slug, made.id))?;
            Ok(())
        })
    }
}

/// A group as programs read it.
#[derive(Debug, Serialize)]
struct Line {
    #[serde(flatten)]
    group: space_core::Group,
    members: Vec<MemberName>,
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let groups = operator.groups().await?;
            let lines: Vec<Line> = groups
                .into_iter()
                .map(|(group, members)| Line {
                    group,
                    members: members.into_iter().map(|member| member.name).collect(),
                })
                .collect();
            if self.json {
                output::json_lines(&lines)?;
                return Ok(());
            }
            let rows: Vec<[String; 5]> = lines.iter().map(row).collect();
            output::table(["ID", "SLUG", "NAME", "KNOWN TO", "MEMBERS"], &rows)?;
            Ok(())
        })
    }
}

fn row(line: &Line) -> [String; 5] {
    let known_to = if line.group.is_closed {
        "members"
    } else {
        "everyone"
    };
    let members: Vec<&str> = line.members.iter().map(MemberName::as_str).collect();
    [
        line.group.id.to_string(),
        line.group.slug.to_string(),
        line.group.name.to_string(),
        known_to.to_owned(),
        members.join(","),
    ]
}

impl Who {
    fn set(self, loaded: &Loaded, is_in: bool) -> Result<(), Error> {
        operate(loaded, async |operator| {
            operator
                .set_group_member(&self.slug, &self.member, is_in)
                .await?;
            let word = if is_in { "in" } else { "not in" };
            output::line(format_args!("{} is {word} {} now.", self.member, self.slug))?;
            Ok(())
        })
    }
}
