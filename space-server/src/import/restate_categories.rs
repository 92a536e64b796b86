// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a newer archive, or the command line of an import, changes of categories that are there already.
//!
//! Three states are compared, field by field: what the source says now, what the import left here, and what is here. What
//! was edited here stays, and is named in the report of every import that says something else. The short name stays in
//! any case: rooms and addresses use it.

use std::sync::Arc;

use space_core::category::MAX_DEPTH;
use space_core::policy::{self, Actor, RunImport};
use space_core::protocol::Kind;
use space_core::{Category, CategoryId, Colour};

use super::categories::NamedBy;
use super::digest::{CategoryAccess, CategoryDigest, CategorySaid, fingerprint};
use super::finding::{FindingKind, Findings};
use super::known::Known;
use super::order::{self, Order};
use super::piece::NewCategory;
use super::plan::Plan;
use crate::store::origin::Origin;
use crate::store::{Result, category, origin};
use crate::writer::{Command, Failure, Refusal, Tx};

/// A category that an earlier import brought.
#[derive(Debug)]
struct State {
    now: NewCategory,
    was: CategoryDigest,
}

/// Brings categories up to date. Returns how many changed.
#[derive(Debug)]
pub(crate) struct RestateCategories {
    source: Arc<str>,
    states: Vec<State>,
}

/// Returns what is remembered of a new category.
pub(super) fn first(new: &NewCategory, position: i64) -> CategoryDigest {
    let planned = &new.planned;
    CategoryDigest {
        access: CategoryAccess::of(planned.is_restricted),
        said: Some(CategorySaid {
            name: fingerprint(planned.name.as_str()),
            about: fingerprint(planned.about.as_str()),
            colour: of_colour(planned.colour.as_ref()),
            position,
            parent: of_parent(new),
            is_named: planned.named_by == NamedBy::Operator,
        }),
    }
}

fn of_colour(colour: Option<&Colour>) -> u64 {
    colour.map_or(0, |colour| fingerprint(&colour.to_string()))
}

fn of_parent(new: &NewCategory) -> u64 {
    new.parent_source_id.as_deref().map_or(0, fingerprint)
}

impl RestateCategories {
    /// Returns the command for all categories of a plan that an earlier import brought; `None` when there are none, and for an
    /// archive that is older.
    pub(super) fn of(plan: &Plan, known: &Known, source: &Arc<str>) -> Option<Self> {
        if order::of_archive(plan, known) == Order::Older {
            return None;
        }
        let state = |at: usize| {
            let entry = known.category(&plan.categories[at].source_id)?;
            (!entry.digest.is_empty()).then_some(())?;
            Some(State {
                now: NewCategory::of(plan, known, at)?,
                was: CategoryDigest::read(&entry.digest),
            })
        };
        let states: Vec<State> = (0..plan.categories.len()).filter_map(state).collect();
        (!states.is_empty()).then(|| Self {
            source: Arc::clone(source),
            states,
        })
    }
}

impl Command for RestateCategories {
    type Reply = (u64, Findings);

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
    ) -> std::result::Result<(u64, Findings), Failure> {
        let permit = policy::decide(&Actor::Operator, RunImport, &()).map_err(Refusal::from)?;
        let (mut changed, mut findings) = (0, Findings::default());
        let mut noted = Vec::new();
        for state in &self.states {
            let Some(before) = category::by_id(tx.x(), state.now.id).await? else {
                continue;
            };
            let mut here = before.clone();
            let said = restate(tx, state, &mut here, &mut findings).await?;
            let planned = &state.now.planned;
            let access = match state.was.access {
                // An import that withdrew it has noted this too.
                _ if planned.is_restricted => CategoryAccess::Closed,
                was => was,
            };
            let digest = CategoryDigest {
                access,
                said: Some(said),
            };
            if digest != state.was {
                noted.push(Origin {
                    source_id: planned.source_id.clone(),
                    id: here.id.get(),
                    digest: digest.to_string(),
                });
            }
            if here != before {
                here.revision += 1;
                category::store(tx, &permit, &here).await?;
                let scope = category::access(tx.x(), here.id).await?.scope(here.id);
                tx.touch(scope, Kind::Category, here.id.get());
                changed += 1;
            }
        }
        if !noted.is_empty() {
            origin::store(tx, &permit, &self.source, "category", &noted).await?;
        }
        Ok((changed, findings))
    }
}

/// What a field was, what the source says now, and what is here.
struct Field<'a, T> {
    /// The fingerprint of what the import left here; `None` when it was not noted.
    was: Option<u64>,
    /// `None` when the source says nothing of it.
    said: Option<&'a T>,
    /// Whether nobody has edited the category since, when that was not noted.
    is_untouched: bool,
}

impl<T: Clone + PartialEq> Field<'_, T> {
    /// Takes over what the source says, unless somebody here says otherwise. Returns the fingerprint that is to be noted, and whether what is here
    /// stays although the source says something else.
    fn settle(&self, here: &mut T, print: impl Fn(&T) -> u64) -> (u64, bool) {
        let Some(said) = self.said else {
            return (self.was.unwrap_or_else(|| print(here)), false);
        };
        let is_ours = self.was.map_or(self.is_untouched, |was| was == print(here));
        let stays = here != said && !is_ours;
        if !stays {
            here.clone_from(said);
        }
        (print(said), stays)
    }
}

/// Brings one up to date, and returns what is to be noted of it.
async fn restate(
    tx: &mut Tx<'_>,
    state: &State,
    here: &mut Category,
    findings: &mut Findings,
) -> Result<CategorySaid> {
    let planned = &state.now.planned;
    let place = format!("category {}", planned.source_id);
    let was = state.was.said;
    let is_untouched = here.revision == 1;
    let mut tell = |what: String| findings.add(FindingKind::EditedHere, &place, what);

    // A name that was given to an earlier import counts more than that of the source, as long as nothing else is given.
    let says_name = match planned.named_by {
        NamedBy::Operator => true,
        NamedBy::Source => !was.is_some_and(|was| was.is_named),
        NamedBy::Nobody => false,
    };
    let is_made_up = here.name.as_str() == format!("Category {}", planned.source_id);
    let (name, stays) = Field {
        was: was.map(|was| was.name),
        said: says_name.then_some(&planned.name),
        is_untouched: is_untouched || is_made_up,
    }
    .settle(&mut here.name, |name| fingerprint(name.as_str()));
    if stays {
        tell(format!(
            "is called {} here, not {}",
            here.name, planned.name
        ));
    }
    let (about, stays) = Field {
        was: was.map(|was| was.about),
        said: planned.says_about.then_some(&planned.about),
        is_untouched,
    }
    .settle(&mut here.about, |about| fingerprint(about.as_str()));
    if stays {
        tell(format!("{} has another description here", here.slug));
    }
    let mut colour = here.colour;
    let (colour_was, stays) = Field {
        was: was.map(|was| was.colour),
        said: planned.colour.is_some().then_some(&planned.colour),
        is_untouched,
    }
    .settle(&mut colour, |colour| of_colour(colour.as_ref()));
    here.colour = colour;
    if stays {
        tell(format!("{} has another colour here", here.slug));
    }
    let (position, stays) = Field {
        was: was.map(|was| was.position.cast_unsigned()),
        said: planned.position.as_ref(),
        is_untouched,
    }
    .settle(&mut here.position, |position| position.cast_unsigned());
    if stays {
        tell(format!("{} has another place here", here.slug));
    }
    let parent = of_parent(&state.now);
    if planned.is_listed
        && was.is_none_or(|was| was.parent != parent)
        && here.parent != state.now.parent
    {
        if fits(tx, here.id, state.now.parent).await? {
            here.parent = state.now.parent;
        } else {
            tell(format!(
                "{} would stand too deep there; it stays where it is",
                here.slug
            ));
        }
    }
    Ok(CategorySaid {
        name,
        about,
        colour: colour_was,
        position: position.cast_signed(),
        parent: if planned.is_listed {
            parent
        } else {
            was.map_or(parent, |was| was.parent)
        },
        is_named: planned.named_by == NamedBy::Operator || was.is_some_and(|was| was.is_named),
    })
}

/// Returns whether a category, with those under it, may stand under another one.
async fn fits(tx: &mut Tx<'_>, id: CategoryId, parent: Option<CategoryId>) -> Result<bool> {
    let Some(parent) = parent else {
        return Ok(true);
    };
    let mut height = 0;
    let mut level = vec![id];
    while !level.is_empty() && height <= MAX_DEPTH {
        if level.contains(&parent) {
            return Ok(false);
        }
        height += 1;
        let mut below = Vec::new();
        for id in level {
            below.extend(category::children(tx.x(), id).await?);
        }
        level = below;
    }
    Ok(category::depth(tx.x(), parent).await? + height <= MAX_DEPTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// What was left, what the source says now, what is here, whether that is untouched: what is here then, and whether it
    /// stays against the source.
    #[rstest]
    #[case::same(Some("a"), Some("a"), "a", false, "a", false)]
    #[case::renamed_at_the_source(Some("a"), Some("b"), "a", false, "b", false)]
    #[case::edited_here(Some("a"), Some("a"), "x", false, "x", true)]
    #[case::edited_at_both(Some("a"), Some("b"), "x", false, "x", true)]
    #[case::edited_alike(Some("a"), Some("b"), "b", false, "b", false)]
    #[case::said_no_more(Some("a"), None, "a", false, "a", false)]
    #[case::never_noted(None, Some("b"), "a", true, "b", false)]
    #[case::never_noted_and_edited(None, Some("b"), "a", false, "a", true)]
    fn a_field_settles(
        #[case] was: Option<&str>,
        #[case] said: Option<&str>,
        #[case] here: &str,
        #[case] is_untouched: bool,
        #[case] want: &str,
        #[case] want_stays: bool,
    ) {
        let said = said.map(str::to_owned);
        let field = Field {
            was: was.map(fingerprint),
            said: said.as_ref(),
            is_untouched,
        };
        let mut here = here.to_owned();
        let (noted, stays) = field.settle(&mut here, |text| fingerprint(text));
        assert_eq!((here.as_str(), stays), (want, want_stays));
        // The same import again changes nothing, and tells the same.
        let again = Field {
            was: Some(noted),
            ..field
        };
        let mut after = here.clone();
        assert_eq!(
            again.settle(&mut after, |text| fingerprint(text)),
            (noted, stays)
        );
        assert_eq!(after, here);
    }
}
