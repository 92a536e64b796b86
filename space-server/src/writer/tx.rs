// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A transaction that writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;
use space_core::policy::{Actor, Limits};
use space_core::protocol::Kind;
use space_core::{Access, CategoryId, Scope, Timestamp};

use super::rights::Rights;
use super::{Moves, Setting};
use crate::audit::{Act, AuditEntry, Event, Source, Subject, actor_word};
use crate::feed::Stand;
use crate::store::head::Head;
use crate::store::{Executor, Result, StoreError, Value, audit, feed, head, unseen};

/// What a transaction moved.
#[derive(Debug, Default)]
pub(super) struct Committed {
    /// The scopes in which something moved.
    pub(super) scopes: BTreeSet<Scope>,
    /// Where the store stood before.
    pub(super) before: Stand,
    /// Where the store stands now.
    pub(super) now: Stand,
    /// Whether anything was written, moved or not.
    pub(super) has_written: bool,
}

impl Committed {
    /// Adds what a later transaction moved.
    pub(super) fn add(&mut self, later: Self) {
        self.scopes.extend(later.scopes);
        // Another process may have written in between: the later position makes everybody look then.
        self.before = self.before.max(later.before);
        self.now = self.now.max(later.now);
        self.has_written |= later.has_written;
    }
}

fn stand(head: Option<Head>) -> Stand {
    head.map_or(Stand::default(), |head| Stand {
        seq: head.seq,
        rights: head.rights,
    })
}

/// A transaction that writes: it holds the lock on the head row, counts ids, and collects what moves in the feed.
pub(crate) struct Tx<'c> {
    x: Executor<'c>,
    setting: &'c Setting,
    head: Option<Head>,
    moves: Moves,
    rights: Rights,
    now: Timestamp,
    /// The last id that was drawn for something closed.
    unseen: Option<i64>,
    /// Stands for the address from which the command at hand came.
    address: Option<Arc<str>>,
    writes: u64,
    /// Where the store stood when the transaction began.
    before: Stand,
    /// Where the present command came from.
    source: Option<Source>,
    /// What is to be written into the audit log.
    events: Vec<Event>,
}

impl<'c> Tx<'c> {
    /// Begins, and locks the head row before anything else is read.
    pub(super) async fn begin(mut x: Executor<'c>, setting: &'c Setting) -> Result<Self> {
        let now = setting.clock.now();
        x.control(x.begin_write()).await?;
        match head::lock(&mut x).await {
            Ok(head) => Ok(Self {
                x,
                setting,
                head,
                moves: Moves::default(),
                rights: Rights::default(),
                now,
                unseen: None,
                address: None,
                writes: 0,
                before: stand(head),
                source: None,
                events: Vec::new(),
            }),
            Err(error) => {
                // The first failure is the one to tell.
                let _ = x.rollback().await;
                Err(error)
            }
        }
    }

    /// Writes what moved, stores the head, and commits. Returns what moved.
    pub(super) async fn commit(mut self) -> Result<Committed> {
        match self.finish().await {
            Ok((moves, audited)) => {
                let has_written = self.writes > 0 || !moves.is_empty();
                for entry in audited {
                    entry.tell();
                }
                Ok(Committed {
                    scopes: moves.scopes(),
                    before: self.before,
                    now: stand(self.head),
                    has_written,
                })
            }
            Err(error) => {
                self.rollback().await;
                Err(error)
            }
        }
    }

    async fn finish(&mut self) -> Result<(Moves, Vec<AuditEntry>)> {
        let moves = std::mem::take(&mut self.moves);
        let events = std::mem::take(&mut self.events);
        let audited = if events.is_empty() {
            Vec::new()
        } else {
            audit::append(self, events).await?
        };
        if self.writes > 0 || !moves.is_empty() {
            feed::write(self, &moves).await?;
            let head = self.head.ok_or(StoreError::NoSpace)?;
            head::store(&mut self.x, &head).await?;
            if let Some(wake) = self.x.wakes_others() {
                self.x.control(wake).await?;
            }
        }
        self.x.control("commit").await?;
        Ok((moves, audited))
    }

    /// Undoes everything.
    pub(super) async fn rollback(mut self) {
        // SQLite may have rolled back by itself (disk full); then there is nothing left to undo.
        let _ = self.x.rollback().await;
    }

    /// Makes the head row of a new space.
    pub(crate) async fn create_head(&mut self, epoch: i64, seal_key: &[u8]) -> Result<()> {
        head::create(&mut self.x, epoch, seal_key).await?;
        self.head = head::lock(&mut self.x).await?;
        self.writes += 1;
        Ok(())
    }

    /// Returns whether there is a space in the database.
    pub(crate) fn has_space(&self) -> bool {
        self.head.is_some()
    }

    /// Gives access to reads. What they see is settled until the transaction ends.
    pub(crate) fn x(&mut self) -> &mut Executor<'c> {
        &mut self.x
    }

    /// Returns the time of the transaction.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Returns how fast people may write; nothing is limited without it.
    pub(super) fn limits(&self) -> Option<Arc<Limits>> {
        self.setting.limits.clone()
    }

    /// Remembers from where the command at hand came.
    pub(super) fn came_from(&mut self, address: Option<Arc<str>>) {
        self.address = address;
    }

    /// Returns what stands for the address from which the command at hand came.
    pub(super) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// What was read of who may do what.
    pub(super) fn rights(&mut self) -> &mut Rights {
        &mut self.rights
    }

    /// Forgets what was read of who may do what.
    pub(super) fn forget_rights(&mut self) {
        self.rights = Rights::default();
    }

    /// How many statements have written so far: a refusal must come before the first.
    pub(super) fn writes(&self) -> u64 {
        self.writes
    }

    /// How many acts are to be written into the audit log so far.
    pub(super) fn events(&self) -> usize {
        self.events.len()
    }

    /// Forgets the acts of a command that was refused after all.
    pub(super) fn drop_events(&mut self, but: usize) {
        self.events.truncate(but);
    }

    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64> {
        self.writes += 1;
        self.x.execute(sql, values).await
    }

    pub(crate) async fn execute_each(
        &mut self,
        sql: &'static str,
        all: &[Vec<Value<'_>>],
    ) -> Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        self.writes += 1;
        self.x.execute_each(sql, all).await
    }

    /// Draws an id from the space that topics, posts, members, groups and categories share.
    pub(crate) fn next_id<T>(&mut self, make: fn(i64) -> Option<T>) -> Result<T> {
        let head = self.head.as_mut().ok_or(StoreError::NoSpace)?;
        head.id += 1;
        make(head.id).ok_or(StoreError::NoIds)
    }

    /// Draws an id for a thing that is closed, or stands in a category that is or was: it tells nobody how many there are.
    pub(crate) async fn next_unseen<T>(&mut self, make: fn(i64) -> Option<T>) -> Result<T> {
        let id = match self.unseen {
            Some(last) => last.saturating_add(1),
            None => unseen::number(&mut self.x, self.now).await?,
        };
        self.unseen = Some(id);
        make(id).ok_or(StoreError::NoIds)
    }

    /// Draws an id for a thing of a category, whose access this is.
    pub(crate) async fn next_in<T>(
        &mut self,
        category: CategoryId,
        access: &Access,
        make: fn(i64) -> Option<T>,
    ) -> Result<T> {
        if !access.is_open() || self.was_closed(category).await? {
            self.next_unseen(make).await
        } else {
            self.next_id(make)
        }
    }

    /// Draws an id from the space that no outsider sees.
    pub(crate) fn next_aside<T>(&mut self, make: fn(i64) -> Option<T>) -> Result<T> {
        let head = self.head.as_mut().ok_or(StoreError::NoSpace)?;
        head.aside += 1;
        make(head.aside).ok_or(StoreError::NoIds)
    }

    /// Counts the feed up by one.
    pub(crate) fn next_seq(&mut self) -> i64 {
        self.head.as_mut().map_or(0, |head| {
            head.seq += 1;
            head.seq
        })
    }

    /// Remembers up to which position tombstones may be missing.
    pub(crate) fn raise_floor(&mut self, floor: i64) {
        if let Some(head) = self.head.as_mut().filter(|head| head.floor < floor) {
            head.floor = floor;
            self.writes += 1;
        }
    }

    /// A thing changed, or came into a scope.
    pub(crate) fn touch(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.moves.touch(scope, kind, id);
    }

    /// Somebody lost a right, and no row says so: the followers of a scope look again, and so does every other process.
    pub(crate) fn lose_rights(&mut self, scope: Scope) {
        if let Some(head) = self.head.as_mut() {
            head.rights += 1;
            self.writes += 1;
        }
        self.moves.wake(scope);
    }

    /// Says where the command came from that runs now.
    pub(super) fn comes_from(&mut self, source: Option<Source>) {
        self.source = source;
    }

    /// Writes an act of the present command into the audit log. The space has to be there.
    pub(crate) fn audit(&mut self, act: Act, actor: &Actor, subject: Subject, detail: Json) {
        let actor = actor_word(actor);
        self.audit_as(act, actor, Some(subject), detail, self.source);
    }

    /// Writes an act into the audit log.
    pub(crate) fn audit_as(
        &mut self,
        act: Act,
        actor: String,
        subject: Option<Subject>,
        detail: Json,
        source: Option<Source>,
    ) {
        self.events.push(Event {
            act,
            actor,
            subject,
            detail,
            source,
        });
    }

    /// A thing left a scope.
    pub(crate) fn leave(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.moves.leave(scope, kind, id);
    }

    /// A thing left the scope of its readers, in which its row may not have arrived yet.
    pub(crate) fn vanish(&mut self, scope: Scope, kind: Kind, id: i64) {
        self.moves.vanish(scope, kind, id);
    }
}
