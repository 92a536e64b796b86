// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server init`

use anyhow::Context;
use clap::Args;
use space_core::text::{About, Label, MemberName, Slug};
use space_core::{MemberKind, Role};

use super::error::Error;
use super::operate::operate_on_new;
use super::password::PasswordArgs;
use super::{data_folder, next_steps, output};
use crate::config::{Database, Loaded};
use crate::operator::{NewAccount, NewCategory, OpenTo};

/// Make a space: its data folder, its database, its owner's account and a first category
///
/// The data folder is made when it is missing, and closed to other users of this machine. A space that is there
/// already stays as it is.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The name of the community
    #[arg(long, value_name = "NAME", value_parser = Label::parse)]
    name: Label,

    /// What the community is for, in a sentence or two
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = About::parse)]
    about: About,

    /// Make an account for the owner, under this name
    #[arg(long, value_name = "NAME", value_parser = MemberName::parse)]
    owner: Option<MemberName>,

    /// Make no category; otherwise there is one, "general", in which every member may write
    #[arg(long)]
    no_category: bool,

    #[command(flatten)]
    password: PasswordArgs,
}

impl Init {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let owner = match &self.owner {
            Some(name) => {
                // Before anything is made: half a space helps nobody.
                let password = self.password.read(name.as_str())?;
                Some((name.clone(), password))
            }
            None if self.password.is_given() => {
                return Err(Error::usage(
                    "--password-file is the password of --owner, which is not given",
                ));
            }
            None => None,
        };
        let has_owner = owner.is_some();
        data_folder::make(&loaded.config)?;
        let place = match loaded.config.database() {
            Database::Sqlite(file) => file.display().to_string(),
            Database::Postgres(url) => url.to_string(),
        };
        operate_on_new(loaded, async |operator| {
            let is_new = operator.init(self.name.clone(), self.about.clone()).await?;
            if is_new {
                output::line(format_args!("Made the space \"{}\" in {place}.", self.name))?;
            } else {
                output::line(format_args!(
                    "There is a space in {place} already; it stays as it is."
                ))?;
            }
            if let Some((name, password)) = owner {
                let owner = operator
                    .add_member(NewAccount {
                        kind: MemberKind::Person,
                        name,
                        display_name: None,
                        roles: vec![Role::Owner],
                        password: Some(password),
                    })
                    .await?;
                output::line(format_args!(
                    "Made the account {} (#{}), its owner.",
                    owner.name, owner.id
                ))?;
            }
            if is_new && !self.no_category {
                let made = operator.create_category(general()?).await?;
                output::line(format_args!(
                    "Made the category {} (#{}), in which every member may write.",
                    made.slug, made.id
                ))?;
            }
            if is_new {
                output::note(next_steps::text(loaded, has_owner));
            }
            Ok(())
        })
    }
}

/// The category that a new space begins with, so that it can be posted in at once.
fn general() -> Result<NewCategory, Error> {
    Ok(NewCategory {
        slug: Slug::parse("general").context("cannot name the first category")?,
        name: Label::parse("General").context("cannot name the first category")?,
        about: None,
        parent: None,
        colour: None,
        language: None,
        open_to: OpenTo::Everyone,
    })
}
