// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! `space-server category`

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde::Serialize;
use space_core::text::{About, Label, Slug};
use space_core::{Access, Audience, CategoryId, Colour, GroupId, Language};

use super::error::Error;
use super::operate::operate;
use super::output;
use crate::config::Loaded;
use crate::operator::{CategoryEdit, NewCategory, OpenTo};

/// Make and edit categories, and say who may read and write in them
#[derive(Debug, Subcommand)]
pub(super) enum Category {
    Add(Add),
    Edit(Edit),
    List(List),
    Access(SetAccess),
}

/// Make a category
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The name used in commands: lower-case letters, digits and hyphens
    #[arg(value_parser = Slug::parse)]
    slug: Slug,

    /// The name shown
    #[arg(long, value_name = "NAME", value_parser = Label::parse)]
    name: Label,

    /// What belongs here, in a sentence or two
    #[arg(long, value_name = "TEXT", value_parser = About::parse)]
    about: Option<About>,

    /// The category it stands under
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    parent: Option<Slug>,

    /// A colour of its own, such as #3366cc
    #[arg(long)]
    colour: Option<Colour>,

    /// The language of most of its posts, such as en or pt-BR
    #[arg(long)]
    language: Option<Language>,

    #[command(flatten)]
    who: Who,
}

/// Change the names, description, colour or place of a category
///
/// Everybody who follows the space sees the change at once. A later import leaves what was changed here, and names it in
/// its report.
#[derive(Debug, Args)]
pub(super) struct Edit {
    /// Which category
    #[arg(value_parser = Slug::parse)]
    slug: Slug,

    #[command(flatten)]
    what: What,
}

/// What is to be different.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct What {
    /// The name shown
    #[arg(long, value_name = "NAME", value_parser = Label::parse)]
    name: Option<Label>,

    /// What belongs there, in a sentence or two; "" leaves it empty
    #[arg(long, visible_alias = "description", value_name = "TEXT", value_parser = About::parse)]
    about: Option<About>,

    /// A colour of its own, such as #3366cc
    #[arg(long)]
    colour: Option<Colour>,

    /// Take its colour away
    #[arg(long, conflicts_with = "colour")]
    no_colour: bool,

    /// The language of most of its posts, such as en or pt-BR
    #[arg(long)]
    language: Option<Language>,

    /// Take its language away
    #[arg(long, conflicts_with = "language")]
    no_language: bool,

    /// Where it stands among its siblings, low first; those at the same place stand in the order of their making
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
    position: Option<i64>,

    /// Another short name
    ///
    /// Addresses of pages and rooms of bridges that use the old one do not find it any more.
    #[arg(long = "slug", value_name = "SLUG", value_parser = Slug::parse)]
    new_slug: Option<Slug>,
}

/// List all categories, and who may do what in them
#[derive(Debug, Args)]
pub(super) struct List {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Open or close a category
#[derive(Debug, Args)]
#[command(mut_group("Who", |who| who.required(true)))]
pub(super) struct SetAccess {
    /// Which category
    #[arg(value_parser = Slug::parse)]
    slug: Slug,

    #[command(flatten)]
    who: Who,
}

/// Who may read and write.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Who {
    /// Everyone reads, signed in or not, and every member writes; so it is when nothing else is said
    #[arg(long)]
    open: bool,

    /// Every member reads and writes
    #[arg(long)]
    members: bool,

    /// Owners, administrators and moderators read and write
    #[arg(long)]
    staff: bool,

    /// The members of this group read and write; may be given several times
    #[arg(long = "group", value_name = "SLUG", value_parser = Slug::parse)]
    groups: Vec<Slug>,
}

impl From<Who> for OpenTo {
    fn from(who: Who) -> Self {
        if who.members {
            Self::Members
        } else if who.staff {
            Self::Staff
        } else if who.groups.is_empty() {
            Self::Everyone
        } else {
            Self::Groups(who.groups)
        }
    }
}

impl Category {
    pub(super) fn run(self, loaded: &Loaded) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(loaded),
            Self::Edit(command) => command.run(loaded),
            Self::List(command) => command.run(loaded),
            Self::Access(command) => command.run(loaded),
        }
    }
}

impl Add {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let made = operator
                .create_category(NewCategory {
                    slug: self.slug,
                    name: self.name,
                    about: self.about,
                    parent: self.parent,
                    colour: self.colour,
                    language: self.language,
                    open_to: self.who.into(),
                })
                .await?;
            output::line(format_args!(
                "Made the category {} (#{}).",
                made.slug, made.id
            ))?;
            Ok(())
        })
    }
}

impl Edit {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        let What {
            name,
            about,
            colour,
            no_colour,
            language,
            no_language,
            position,
            new_slug,
        } = self.what;
        let edit = CategoryEdit {
            slug: new_slug,
            name,
            about,
            colour: colour.map(Some).or(no_colour.then_some(None)),
            language: language.map(Some).or(no_language.then_some(None)),
            position,
        };
        operate(loaded, async |operator| {
            let is = operator.edit_category(&self.slug, edit).await?;
            let colour = is
                .colour
                .map_or_else(String::new, |colour| format!(", {colour}"));
            output::line(format_args!(
                "{} is {:?} at position {}{colour}.",
                is.slug,
                is.name.as_str(),
                is.position
            ))?;
            if is.slug != self.slug {
                output::note(format_args!(
                    "Addresses and rooms that use {} do not find it any more.",
                    self.slug
                ));
            }
            Ok(())
        })
    }
}

/// A category as programs read it.
#[derive(Debug, Serialize)]
struct Line {
    #[serde(flatten)]
    category: space_core::Category,
    access: Access,
}

impl List {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let categories = operator.categories().await?;
            if self.json {
                let lines = categories
                    .into_iter()
                    .map(|(category, access)| Line { category, access });
                output::json_lines(&lines.collect::<Vec<_>>())?;
                return Ok(());
            }
            let groups = operator.groups().await?;
            let groups = groups.into_iter().map(|(group, _)| (group.id, group.slug));
            let groups: BTreeMap<GroupId, Slug> = groups.collect();
            let slugs: BTreeMap<CategoryId, &Slug> = categories
                .iter()
                .map(|(category, _)| (category.id, &category.slug))
                .collect();
            let row = |(category, access): &(space_core::Category, Access)| {
                let parent = category.parent.and_then(|parent| slugs.get(&parent));
                [
                    category.id.to_string(),
                    category.slug.to_string(),
                    category.name.to_string(),
                    category.position.to_string(),
                    parent.map_or_else(String::new, ToString::to_string),
                    who_may(access, &groups),
                ]
            };
            let rows: Vec<[String; 6]> = categories.iter().map(row).collect();
            output::table(
                ["ID", "SLUG", "NAME", "POSITION", "UNDER", "WHO MAY"],
                &rows,
            )?;
            Ok(())
        })
    }
}

/// Says who may do what, groups by their short names.
fn who_may(access: &Access, groups: &BTreeMap<GroupId, Slug>) -> String {
    let rule = |rule: &space_core::AccessRule| {
        let level = rule.level.word();
        match rule.audience {
            Audience::Group(id) => match groups.get(&id) {
                Some(slug) => format!("group {slug} {level}"),
                None => format!("group {id} {level}"),
            },
            audience => format!("{audience} {level}"),
        }
    };
    let rules: Vec<String> = access.rules.iter().map(rule).collect();
    rules.join(", ")
}

impl SetAccess {
    fn run(self, loaded: &Loaded) -> Result<(), Error> {
        operate(loaded, async |operator| {
            let open_to = OpenTo::from(self.who);
            let category = operator.set_access(&self.slug, &open_to).await?;
            let slug = category.slug;
            match open_to {
                OpenTo::Everyone => output::line(format_args!("{slug} is open to everyone now."))?,
                OpenTo::Members => output::line(format_args!("{slug} is open to members now."))?,
                OpenTo::Staff => output::line(format_args!("{slug} is open to staff alone now."))?,
                OpenTo::Groups(groups) => {
                    let groups: Vec<&str> = groups.iter().map(Slug::as_str).collect();
                    output::line(format_args!(
                        "{slug} is open to {} alone now.",
                        groups.join(", ")
                    ))?;
                }
            }
            Ok(())
        })
    }
}
