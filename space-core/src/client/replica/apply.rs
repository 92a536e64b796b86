// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How a row of the feed changes the replica: the one place for these rules.
//!
//! 1. A row replaces what is held of the same kind and id, whatever scope that was in: a thing lives in one scope.
//!    Only a lower revision in the same scope and generation is skipped, as it is older. Across generations revisions
//!    do not compare: the server may have been put back to an older copy.
//! 2. A tombstone acts on its own scope only: when a thing has moved, the row of the new scope and the tombstone of the
//!    old one may come in either order. What the feed has never delivered (see [`keep`]) goes with any: its scope is a
//!    guess, and what lives on elsewhere comes with a row.
//! 3. Nothing refers by force: a child may come before its parent. Queries show what has its parents.
//! 4. A grant makes its scope pending, also one that is held already: the right may have been away for a
//!    while, and what changed meanwhile was not delivered. A grant that is gone wipes its scope at once, also when the
//!    grant itself never came.
//! 5. A copy is of one space: what another one says, which answers at its address now, is not taken in.
//! 6. Every row keeps the generation under which it was last delivered, so that a reading from zero can drop
//!    at its end what it did not meet, and nothing disappears before.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};

use super::texts::{self, Texts};
use super::{Applied, ReplicaError, keep, set_aside, state, store, sweep, withdraw};
use crate::client::database::Doing;
use crate::id::{CategoryId, GroupId};
use crate::member::Role;
use crate::protocol::{Body, FeedRow, Kind};
use crate::scope::Scope;

pub(super) const DOING: &str = "taking in rows";

/// The number of [`Scope::Public`] in the table of scopes.
const PUBLIC: i64 = 1;

/// A batch of rows on its way into the replica, within one transaction.
pub(super) struct Batch<'t> {
    pub(super) tx: &'t Transaction<'t>,
    /// The generation that rows are delivered under now.
    pub(super) generation: i64,
    /// Topics that began earlier are not new.
    pub(super) new_since: i64,
    me: Option<i64>,
    scopes: Vec<(Scope, i64)>,
    pub(super) applied: Applied,
    /// Whether rows are set aside that others may settle.
    pub(super) has_set_aside: bool,
    /// Words were held that are not held any more.
    pub(super) is_withdrawn: bool,
    /// Posts whose words have changed.
    pub(super) texts: Texts,
    /// Topics of which something has changed that lists go by. Each is worked out once, at the end: a topic, its tally and
    /// a read position come as rows of their own.
    pub(super) topics: BTreeSet<i64>,
    /// When the posts of each block that came were written: the earliest and the latest.
    pub(super) blocks: BTreeMap<i64, (i64, i64)>,
}

impl<'t> Batch<'t> {
    pub(super) fn begin(tx: &'t Transaction<'t>) -> Result<Self, ReplicaError> {
        let (generation, me) = tx
            .query_row("select generation, me from copy", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .doing(DOING)?;
        Ok(Self {
            tx,
            generation,
            new_since: new_since(tx)?,
            me,
            scopes: vec![(Scope::Public, PUBLIC)],
            applied: Applied::default(),
            has_set_aside: set_aside::has_any(tx)?,
            is_withdrawn: false,
            texts: Texts::default(),
            topics: BTreeSet::new(),
            blocks: BTreeMap::new(),
        })
    }

    /// Works out what follows from all the rows together.
    pub(super) fn settle(&mut self) -> Result<(), ReplicaError> {
        for topic in std::mem::take(&mut self.topics) {
            state::refresh_topic(self, topic)?;
        }
        for (block, (earliest, latest)) in std::mem::take(&mut self.blocks) {
            store::post_block(self, block, earliest, latest)?;
        }
        texts::write(self)
    }

    /// Takes in rows, in their order.
    pub(super) fn take(&mut self, rows: &[FeedRow]) -> Result<(), ReplicaError> {
        for row in rows {
            let scope = self.scope(row.scope)?;
            match &row.body {
                Some(body) => self.put(scope, row.kind, row.id, body)?,
                None => self.remove(scope, row.kind, row.id)?,
            }
        }
        Ok(())
    }

    /// Returns the number of a scope.
    pub(super) fn scope(&mut self, scope: Scope) -> Result<i64, ReplicaError> {
        if let Some((_, id)) = self.scopes.iter().find(|(known, _)| *known == scope) {
            return Ok(*id);
        }
        // The update does nothing, but makes "returning" answer for a known name too.
        let id = self
            .tx
            .prepare_cached(
                "insert into scope (name) values (?1) on conflict (name) do update set name = name returning id",
            )
            .and_then(|mut s| s.query_row([scope.to_string()], |row| row.get(0)))
            .doing(DOING)?;
        self.scopes.push((scope, id));
        Ok(id)
    }

    fn put(&mut self, scope: i64, kind: Kind, id: i64, body: &Body) -> Result<(), ReplicaError> {
        if let Body::Space(it) = body
            && let (Some(held), Some(now)) = (super::identity(self.tx)?, &it.identity)
            && held != *now
        {
            return Err(ReplicaError::OtherSpace {
                name: it.name.to_string(),
            });
        }
        // Of a post more is compared, in one look.
        if kind != Kind::Post
            && let Some(revision) = revision(body)
            && self.is_stale(kind, scope, id, revision)?
        {
            // It was delivered, though: a reading from zero must not drop it.
            return self.touch(kind, id);
        }
        set_aside::settled(self, kind, id, None)?;
        match body {
            Body::Space(it) => store::space(self, scope, id, it)?,
            Body::Category(it) => {
                if self.stands_elsewhere(scope, id)? {
                    keep::leave(self, id)?;
                }
                store::category(self, scope, it)?;
            }
            Body::Group(it) => store::group(self, scope, it)?,
            Body::Member(it) => {
                store::member(self, scope, it)?;
                if self.me == Some(id) {
                    self.renew_new_since()?;
                }
            }
            Body::Topic(it) => store::topic(self, scope, it)?,
            Body::Post(it) => {
                if !store::post(self, scope, it)? {
                    return self.touch(kind, id);
                }
            }
            Body::TopicTally(it) => store::topic_tally(self, scope, it)?,
            Body::PostTally(it) => store::post_tally(self, scope, it)?,
            Body::ReadPosition(it) => store::read_position(self, scope, it)?,
            Body::Bookmark(it) => store::bookmark(self, scope, it)?,
            Body::CaughtUp(it) => store::caught_up(self, scope, it)?,
            Body::Grant(it) => {
                let granted = self.scope(it.scope)?;
                self.run(
                    "insert or replace into access_grant (id, scope, generation, granted) values (?1, ?2, ?3, ?4)",
                    params![id, scope, self.generation, granted],
                )?;
                sweep::make_pending(self, granted)?;
                self.applied.revoked.retain(|scope| *scope != it.scope);
                if !self.applied.granted.contains(&it.scope) {
                    self.applied.granted.push(it.scope);
                }
            }
        }
        self.applied.changed += 1;
        Ok(())
    }

    /// Notes that a thing was delivered.
    fn touch(&self, kind: Kind, id: i64) -> Result<(), ReplicaError> {
        self.run(store::TOUCH.of(kind), params![id, self.generation])
            .map(drop)
    }

    fn remove(&mut self, scope: i64, kind: Kind, id: i64) -> Result<(), ReplicaError> {
        if kind == Kind::Grant {
            self.revoke(id)?;
        }
        set_aside::settled(self, kind, id, Some(scope))?;
        let mut gone = self.run(store::DELETE.of(kind), [id, scope])?;
        if gone == 0 {
            gone = keep::remove(self, kind, id)?;
        }
        self.gone(kind, id, gone)?;
        if kind == Kind::Bookmark && gone > 0 {
            store::settle_bookmark(self, id)?;
        }
        Ok(())
    }

    /// Sees to what follows from rows of a thing that are gone.
    pub(super) fn gone(&mut self, kind: Kind, id: i64, rows: usize) -> Result<(), ReplicaError> {
        if rows == 0 {
            return Ok(());
        }
        self.applied.gone += rows;
        self.is_withdrawn = true;
        match kind {
            Kind::Category => keep::leave(self, id)?,
            Kind::Post => {
                self.texts.touch(id, true);
                withdraw::sent(self, id)?;
            }
            Kind::Topic => keep::forget(self, id)?,
            Kind::TopicTally | Kind::ReadPosition => drop(self.topics.insert(id)),
            Kind::CaughtUp => state::refresh_place(self, id, 0)?,
            _ => {}
        }
        Ok(())
    }

    /// Wipes the scope that a grant with this id is for. The grant itself may never have come: a reading delivers rows
    /// in the order of their last change, so those of a scope may come before its grant.
    fn revoke(&mut self, id: i64) -> Result<(), ReplicaError> {
        let is_for = |scope: &Scope| scope.grant_id() == Some(id);
        let scopes = [
            CategoryId::new(id).map(Scope::Category),
            GroupId::new(id).map(Scope::Group),
        ]
        .into_iter()
        .flatten()
        .chain(Role::ALL.iter().copied().map(Scope::Role))
        .filter(is_for);
        for scope in scopes {
            let number = self
                .tx
                .prepare_cached("select id from scope where name = ?1")
                .and_then(|mut s| {
                    s.query_row([scope.to_string()], |row| row.get(0))
                        .optional()
                })
                .doing(DOING)?;
            if let Some(number) = number
                && sweep::wipe(self, number)?
            {
                self.applied.granted.retain(|granted| *granted != scope);
                self.applied.revoked.push(scope);
            }
        }
        Ok(())
    }

    /// Returns whether a category is held in another scope.
    fn stands_elsewhere(&self, scope: i64, category: i64) -> Result<bool, ReplicaError> {
        self.tx
            .prepare_cached("select 1 from category where id = ?1 and scope <> ?2")
            .and_then(|mut s| s.exists([category, scope]))
            .doing(DOING)
    }

    /// Returns whether something newer is held of the same generation, in the same scope.
    fn is_stale(
        &self,
        kind: Kind,
        scope: i64,
        id: i64,
        revision: i64,
    ) -> Result<bool, ReplicaError> {
        let held = self
            .tx
            .prepare_cached(store::HELD.of(kind))
            .and_then(|mut s| {
                s.query_row([id], |row| {
                    Ok(row.get::<_, i64>(0)? == scope
                        && row.get::<_, i64>(1)? == self.generation
                        && row.get::<_, i64>(2)? > revision)
                })
                .optional()
            })
            .doing(DOING)?;
        Ok(held.unwrap_or(false))
    }

    pub(super) fn run(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<usize, ReplicaError> {
        self.tx
            .prepare_cached(sql)
            .and_then(|mut s| s.execute(params))
            .doing(DOING)
    }

    /// One's own account may say since when topics are new.
    fn renew_new_since(&mut self) -> Result<(), ReplicaError> {
        let new_since = new_since(self.tx)?;
        if new_since != self.new_since {
            self.new_since = new_since;
            state::refresh_new(self)?;
        }
        Ok(())
    }
}

/// Returns since when topics are new: what was set, or when one's account began, or ever.
pub(super) fn new_since(tx: &Transaction<'_>) -> Result<i64, ReplicaError> {
    tx.query_row(
        "select coalesce(new_since, (select created_at from member where member.id = copy.me), ?1) from copy",
        [i64::MIN],
        |row| row.get(0),
    )
    .doing(DOING)
}

/// Returns the revision, of things that have one.
fn revision(body: &Body) -> Option<i64> {
    match body {
        Body::Space(it) => Some(it.revision),
        Body::Category(it) => Some(it.revision),
        Body::Group(it) => Some(it.revision),
        Body::Member(it) => Some(it.revision),
        Body::Topic(it) => Some(it.revision),
        Body::Post(it) => Some(it.revision),
        Body::TopicTally(_)
        | Body::PostTally(_)
        | Body::ReadPosition(_)
        | Body::Bookmark(_)
        | Body::CaughtUp(_)
        | Body::Grant(_) => None,
    }
}
