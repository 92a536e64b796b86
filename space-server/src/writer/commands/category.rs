// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Categories: make one, say who may do what in it.

use serde_json::json;
use space_core::category::MAX_DEPTH;
use space_core::policy::{self, Actor, Denial, ManageCategories};
use space_core::protocol::{self, Kind};
use space_core::text::About;
use space_core::{Access, Audience, Category, CategoryId, Scope};

use super::grants;
use super::scope_move::leave_others;
use crate::audit::{Act, Subject};
use crate::store::{category, group};
use crate::writer::{Deed, Failure, Refusal, Tx};

impl Deed for protocol::CreateCategory {
    type Reply = Category;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Category), Failure> {
        let permit = policy::decide(actor, ManageCategories, &())?;
        if category::by_slug(tx.x(), self.slug.as_str())
            .await?
            .is_some()
        {
            return Err(Refusal::Taken {
                what: format!("the short name \"{}\"", self.slug),
            }
            .into());
        }
        if let Some(parent) = self.parent {
            category::by_id(tx.x(), parent)
                .await?
                .ok_or(Denial::NotFound)?;
            if category::depth(tx.x(), parent).await? >= MAX_DEPTH {
                let why = format!("categories stand at most {MAX_DEPTH} deep");
                return Err(Refusal::Invalid { why }.into());
            }
        }
        let access = self.access.clone().unwrap_or_else(Access::open);
        check_groups(tx, &access).await?;
        let id = if access.is_open() {
            tx.next_id(CategoryId::new)?
        } else {
            tx.next_unseen(CategoryId::new).await?
        };
        let made = Category {
            id,
            parent: self.parent,
            slug: self.slug.clone(),
            name: self.name.clone(),
            about: self
                .about
                .clone()
                .map_or_else(|| About::parse("").map_err(Refusal::from), Ok)?,
            colour: self.colour,
            icon: None,
            language: self.language.clone(),
            position: category::next_position(tx.x()).await?,
            is_open: access.is_open(),
            created_at: tx.now(),
            revision: 1,
        };
        category::insert(tx, &permit, &made, &access).await?;
        tx.touch(access.scope(made.id), Kind::Category, made.id.get());
        grants::refresh_category(tx, Scope::Category(made.id), &access).await?;
        Ok((made.id.get(), made))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        id: i64,
    ) -> Result<Category, Failure> {
        let _permit = policy::decide(actor, ManageCategories, &())?;
        find(tx, CategoryId::new(id).ok_or(Denial::NotFound)?).await
    }
}

async fn find(tx: &mut Tx<'_>, id: CategoryId) -> Result<Category, Failure> {
    Ok(category::by_id(tx.x(), id).await?.ok_or(Denial::NotFound)?)
}

/// Refuses access for groups that are not there: it would be a silent nothing.
async fn check_groups(tx: &mut Tx<'_>, access: &Access) -> Result<(), Failure> {
    for rule in &access.rules {
        if let Audience::Group(id) = rule.audience
            && group::by_id(tx.x(), id).await?.is_none()
        {
            return Err(Refusal::Invalid {
                why: format!("there is no group {id}"),
            }
            .into());
        }
    }
    Ok(())
}

/// Opening or closing a category.
#[derive(Debug, Clone)]
pub(crate) struct SetAccess {
    pub(crate) category: CategoryId,
    pub(crate) set: protocol::SetAccess,
}

impl Deed for SetAccess {
    type Reply = Category;

    async fn run<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
    ) -> Result<(i64, Category), Failure> {
        let permit = policy::decide(actor, ManageCategories, &())?;
        find(tx, self.category).await?;
        check_groups(tx, &self.set.access).await?;
        let before = category::access(tx.x(), self.category).await?;
        let after = &self.set.access;
        category::set_access(tx, &permit, self.category, &before, after).await?;
        let new = after.scope(self.category);
        leave_others(
            tx,
            Kind::Category,
            self.category.get(),
            self.category,
            before.scope(self.category),
            Some(new),
        );
        tx.touch(new, Kind::Category, self.category.get());
        // Whether a category may be named as the parent of those under it follows from who reads both.
        for child in category::children(tx.x(), self.category).await? {
            let scope = category::access(tx.x(), child).await?.scope(child);
            tx.touch(scope, Kind::Category, child.get());
        }
        grants::refresh_category(tx, Scope::Category(self.category), after).await?;
        if *after != before {
            // Whoever followed it may not any more: everybody of the old scope looks again.
            tx.lose_rights(before.scope(self.category));
            let detail = json!({"before": before.rules, "after": after.rules});
            let of = Subject::Category(self.category);
            tx.audit(Act::AccessChanged, actor, of, detail);
        }
        Ok((self.category.get(), find(tx, self.category).await?))
    }

    async fn again<'t>(
        &'t self,
        tx: &'t mut Tx<'_>,
        actor: &'t Actor,
        _: i64,
    ) -> Result<Category, Failure> {
        let _permit = policy::decide(actor, ManageCategories, &())?;
        find(tx, self.category).await
    }
}
