// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Editing a category: its names, description, colour and place.

use serde_json::json;
use space_core::policy::{self, Actor, Denial, ManageCategories};
use space_core::protocol::Kind;
use space_core::text::{About, Label, Slug};
use space_core::{Category, CategoryId, Colour, Language};

use crate::audit::{Act, Subject};
use crate::store::category;
use crate::writer::{Deed, Failure, Refusal, Tx};

/// What is to be different; `None` leaves a field as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryEdit {
    /// The name used in commands and addresses.
    pub slug: Option<Slug>,
    /// The name shown.
    pub name: Option<Label>,
    /// What belongs there.
    pub about: Option<About>,
    /// Its colour; `Some(None)` takes it away.
    pub colour: Option<Option<Colour>>,
    /// The language of most of its posts; `Some(None)` takes it away.
    pub language: Option<Option<Language>>,
    /// Where it stands among its siblings, low first.
    pub position: Option<i64>,
}

/// Editing a category.
#[derive(Debug, Clone)]
pub(crate) struct EditCategory {
    pub(crate) category: CategoryId,
    pub(crate) edit: CategoryEdit,
}

impl CategoryEdit {
    /// Applies it, and returns the names of the fields that changed.
    fn apply(&self, category: &mut Category) -> Vec<&'static str> {
        fn take<T: Clone + PartialEq>(
            changed: &mut Vec<&'static str>,
            name: &'static str,
            field: &mut T,
            new: Option<&T>,
        ) {
            if let Some(new) = new
                && field != new
            {
                field.clone_from(new);
                changed.push(name);
            }
        }
        let mut changed = Vec::new();
        take(&mut changed, "slug", &mut category.slug, self.slug.as_ref());
        take(&mut changed, "name", &mut category.name, self.name.as_ref());
        take(
            &mut changed,
            "about",
            &mut category.about,
            self.about.as_ref(),
        );
        take(
            &mut changed,
            "colour",
            &mut category.colour,
            self.colour.as_ref(),
        );
        take(
            &mut changed,
            "language",
            &mut category.language,
            self.language.as_ref(),
        );
        take(
            &mut changed,
            "position",
            &mut category.position,
            self.position.as_ref(),
        );
        changed
    }
}

impl Deed for EditCategory {
    type Reply = Category;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Category), Failure> {
        let permit = policy::decide(actor, ManageCategories, &())?;
        let found = category::by_id(tx.x(), self.category).await?;
        let before = found.ok_or(Denial::NotFound)?;
        let mut after = before.clone();
        let changed = self.edit.apply(&mut after);
        let id = before.id;
        if changed.is_empty() {
            return Ok((id.get(), before));
        }
        if after.slug != before.slug
            && category::by_slug(tx.x(), after.slug.as_str())
                .await?
                .is_some()
        {
            return Err(Refusal::Taken {
                what: format!("the short name \"{}\"", after.slug),
            }
            .into());
        }
        after.revision += 1;
        category::store(tx, &permit, &after).await?;
        let scope = category::access(tx.x(), id).await?.scope(id);
        tx.touch(scope, Kind::Category, id.get());
        let names = |category: &Category| json!({"slug": category.slug, "name": category.name});
        let detail = json!({
            "changed": changed,
            "before": names(&before),
            "after": names(&after),
        });
        tx.audit(Act::CategoryEdited, actor, Subject::Category(id), detail);
        Ok((id.get(), after))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Category, Failure> {
        let _permit = policy::decide(actor, ManageCategories, &())?;
        let found = category::by_id(tx.x(), self.category).await?;
        Ok(found.ok_or(Denial::NotFound)?)
    }
}
