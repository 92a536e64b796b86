// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The space, its categories and groups.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;

use super::model::{self, CATEGORY, Columns, GROUP};
use super::rows::{Attention, CategoryRow};
use super::{Replica, ReplicaError};
use crate::category::Category;
use crate::client::database::Doing;
use crate::group::Group;
use crate::id::CategoryId;
use crate::space::Space;

const DOING: &str = "reading categories";

impl Replica {
    /// Returns the space; `None` before anything was read.
    pub fn space(&self) -> Result<Option<Space>, ReplicaError> {
        self.one(
            "select name, about, created_at, revision, identity from space order by id limit 1",
            [],
            model::space,
        )
    }

    /// Returns the tree of categories, each before those below it, siblings by position and name.
    pub fn categories(&self) -> Result<Vec<CategoryRow>, ReplicaError> {
        let categories = self.list(
            &format!("select {CATEGORY} from category c order by c.position, c.name, c.id"),
            model::category,
        )?;
        let waiting = self.waiting()?;
        Ok(tree(categories, &waiting))
    }

    /// Returns what waits in the whole space.
    pub fn attention(&self) -> Result<Attention, ReplicaError> {
        let mut all = Attention::default();
        for own in self.waiting()?.values() {
            all.unread += own.unread;
            all.new += own.new;
        }
        Ok(all)
    }

    /// Returns what waits in each category.
    fn waiting(&self) -> Result<BTreeMap<i64, Attention>, ReplicaError> {
        let rows = self.list(
            "select category, state, topics from waiting
             where topics > 0 and category in (select id from category)",
            |c| Ok((c.next::<i64>()?, c.next::<i64>()?, c.next::<i64>()?)),
        )?;
        let mut waiting: BTreeMap<i64, Attention> = BTreeMap::new();
        for (category, state, count) in rows {
            let own = waiting.entry(category).or_default();
            match state {
                1 => own.unread = count,
                _ => own.new = count,
            }
        }
        Ok(waiting)
    }

    /// Returns a category and all below it.
    pub(super) fn category_and_below(&self, category: i64) -> Result<Vec<i64>, ReplicaError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "with recursive below (id) as (
                    select ?1 union select c.id from category c join below b on c.parent = b.id
                 ) select id from below",
            )
            .doing(DOING)?;
        let ids = statement
            .query_map([category], |row| row.get(0))
            .doing(DOING)?;
        ids.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// Returns the category of that short name.
    pub fn category_named(&self, slug: &str) -> Result<Option<CategoryId>, ReplicaError> {
        self.one(
            "select id from category where slug = ?1 order by id limit 1",
            [slug],
            |c| c.id(CategoryId::new),
        )
    }

    /// Returns the groups that can be seen, by name.
    pub fn groups(&self) -> Result<Vec<Group>, ReplicaError> {
        self.list(
            &format!("select {GROUP} from community_group g order by g.name, g.id"),
            model::group,
        )
    }

    /// Runs a query that finds one thing, or nothing.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&mut Columns<'_>) -> Result<T, ReplicaError>,
    ) -> Result<Option<T>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        statement
            .query_row(params, |row| Ok(read(&mut Columns::of(row))))
            .optional()
            .doing(DOING)?
            .transpose()
    }

    /// Runs a query that finds one number, or nothing.
    pub(super) fn number(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Option<i64>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let number: Option<Option<i64>> = statement
            .query_row(params, |row| row.get(0))
            .optional()
            .doing(DOING)?;
        Ok(number.flatten())
    }

    /// Runs a query that finds a short list.
    pub(super) fn list<T>(
        &self,
        sql: &str,
        read: impl Fn(&mut Columns<'_>) -> Result<T, ReplicaError>,
    ) -> Result<Vec<T>, ReplicaError> {
        self.list_with(sql, [], read)
    }

    /// The same, with what to fill in.
    pub(super) fn list_with<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl Fn(&mut Columns<'_>) -> Result<T, ReplicaError>,
    ) -> Result<Vec<T>, ReplicaError> {
        let mut statement = self.connection.prepare_cached(sql).doing(DOING)?;
        let mut found = statement.query(params).doing(DOING)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().doing(DOING)? {
            rows.push(read(&mut Columns::of(row))?);
        }
        Ok(rows)
    }
}

/// Puts categories, which come in the order of siblings, into the order of the tree.
fn tree(categories: Vec<Category>, waiting: &BTreeMap<i64, Attention>) -> Vec<CategoryRow> {
    let held: BTreeSet<CategoryId> = categories.iter().map(|category| category.id).collect();
    let mut below: BTreeMap<Option<CategoryId>, Vec<Category>> = BTreeMap::new();
    for category in categories {
        let parent = category
            .parent
            .filter(|parent| held.contains(parent) && *parent != category.id);
        below.entry(parent).or_default().push(category);
    }
    let mut rows = Vec::with_capacity(held.len());
    grow(None, 0, &mut below, waiting, &mut rows);
    // Categories that stand below each other in a circle have no root: they are shown all the same.
    while let Some(parent) = below.keys().next().copied() {
        grow(parent, 0, &mut below, waiting, &mut rows);
    }
    rows
}

fn grow(
    parent: Option<CategoryId>,
    depth: usize,
    below: &mut BTreeMap<Option<CategoryId>, Vec<Category>>,
    waiting: &BTreeMap<i64, Attention>,
    rows: &mut Vec<CategoryRow>,
) -> Attention {
    let mut sum = Attention::default();
    for category in below.remove(&parent).unwrap_or_default() {
        let at = rows.len();
        let id = category.id;
        let own = waiting.get(&id.get()).copied().unwrap_or_default();
        rows.push(CategoryRow {
            category,
            depth,
            own,
            with_below: own,
        });
        let more = grow(Some(id), depth + 1, below, waiting, rows);
        let all = &mut rows[at].with_below;
        all.unread += more.unread;
        all.new += more.new;
        sum.unread += all.unread;
        sum.new += all.new;
    }
    sum
}
