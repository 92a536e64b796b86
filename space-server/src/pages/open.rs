// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What of the space is open to everybody: decided by policy for somebody signed out.

use std::collections::BTreeSet;

use space_core::policy::{self, Actor};
use space_core::{Access, Category, CategoryId, Space};

use crate::store::{Executor, Result, StoreError, category, code, space};

/// In whose name pages are asked for.
const READER: Actor = Actor::SignedOut;

/// Returns whether everybody may read where this access counts.
pub(super) fn is_open(access: &Access) -> bool {
    policy::may_read(&READER, access).is_ok()
}

/// The space, and its categories that are open to everybody.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) space: Space,
    /// In the order in which they are shown.
    categories: Vec<Category>,
    /// Whether there is a code of conduct.
    pub(super) has_code: bool,
}

impl Open {
    /// Reads it.
    pub(super) async fn read(x: &mut Executor<'_>) -> Result<Self> {
        let space = space::read(x).await?.ok_or(StoreError::NoSpace)?;
        let access = category::all_access(x).await?;
        let mut categories = category::all(x).await?;
        categories.retain(|category| access.get(&category.id).is_some_and(is_open));
        // What stands under a closed category stands at the top, and nothing tells of the one above.
        let ids: BTreeSet<CategoryId> = categories.iter().map(|category| category.id).collect();
        for category in &mut categories {
            category.parent = category.parent.filter(|parent| ids.contains(parent));
        }
        let has_code = code::version(x).await?.is_some();
        Ok(Self {
            space,
            categories,
            has_code,
        })
    }

    /// Returns the ids of all of them.
    pub(super) fn ids(&self) -> BTreeSet<CategoryId> {
        self.categories.iter().map(|category| category.id).collect()
    }

    /// Returns a category.
    pub(super) fn category(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// Returns the category of a short name.
    pub(super) fn named(&self, slug: &str) -> Option<&Category> {
        self.categories
            .iter()
            .find(|category| category.slug.as_str() == slug)
    }

    /// Returns the categories that stand under one, or at the top.
    pub(super) fn under(&self, parent: Option<CategoryId>) -> impl Iterator<Item = &Category> {
        let of = move |category: &&Category| category.parent == parent;
        self.categories.iter().filter(of)
    }

    /// Returns a category with all that stand under it.
    pub(super) fn with_below(&self, top: CategoryId) -> BTreeSet<CategoryId> {
        let mut found = BTreeSet::from([top]);
        let mut left = vec![top];
        while let Some(id) = left.pop() {
            for below in self.under(Some(id)) {
                if found.insert(below.id) {
                    left.push(below.id);
                }
            }
        }
        found
    }

    /// Returns the way down to a category, itself last.
    pub(super) fn way_to(&self, id: CategoryId) -> Vec<&Category> {
        let mut way = Vec::new();
        let mut at = self.category(id);
        while let Some(category) = at {
            way.push(category);
            // The tree is three deep; more would be a ring.
            if way.len() > space_core::category::MAX_DEPTH {
                break;
            }
            at = category.parent.and_then(|id| self.category(id));
        }
        way.reverse();
        way
    }
}
