// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Following the feed: where the replica stands, and taking in what comes.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::apply::{Batch, DOING, new_since};
use super::{Applied, PendingScope, Replica, ReplicaError, state, sweep, withdraw};
use crate::client::api::FeedBatch;
use crate::client::database::Doing;
use crate::id::MemberId;
use crate::protocol::{Cursor, FeedRow};
use crate::time::Timestamp;

impl Replica {
    /// Returns how far the feed has been read.
    pub fn cursor(&self) -> Result<Option<Cursor>, ReplicaError> {
        cursor(&self.connection)
    }

    /// Takes in rows, and the cursor behind them, in one transaction. Taking in the same rows twice is the same
    /// as once.
    pub fn apply(
        &mut self,
        rows: &[FeedRow],
        cursor: Option<&Cursor>,
    ) -> Result<Applied, ReplicaError> {
        self.write(|batch| {
            batch.take(rows)?;
            if let Some(cursor) = cursor {
                set_cursor(batch, cursor)?;
            }
            Ok(())
        })
    }

    /// Like [`Replica::apply`] for rows that were read `since` a cursor.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] when the replica's cursor is another one by now, because another
    /// follower took in rows in the meantime: read again from the present cursor.
    pub fn apply_since(
        &mut self,
        since: Option<&Cursor>,
        rows: &[FeedRow],
        cursor: &Cursor,
    ) -> Result<Applied, ReplicaError> {
        self.write(|batch| {
            if self::cursor(batch.tx)?.as_ref() != since {
                return Err(ReplicaError::MovedOn);
            }
            batch.take(rows)?;
            set_cursor(batch, cursor)
        })
    }

    /// Like [`Replica::apply_since`] for all that was read, with the rows that could not be.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] as in [`Replica::apply_since`].
    pub fn take_in(
        &mut self,
        since: Option<&Cursor>,
        read: &FeedBatch,
    ) -> Result<Applied, ReplicaError> {
        self.write(|batch| {
            if cursor(batch.tx)?.as_ref() != since {
                return Err(ReplicaError::MovedOn);
            }
            batch.set_aside(&read.unread)?;
            batch.take(&read.rows)?;
            set_cursor(batch, &read.cursor)
        })
    }

    /// Returns the scopes that were granted and are not completely read yet. They survive a restart.
    pub fn pending_scopes(&self) -> Result<Vec<PendingScope>, ReplicaError> {
        const DOING: &str = "looking for scopes to read";
        let mut statement = self
            .connection
            .prepare_cached(
                "select s.name, p.cursor, p.generation from pending_scope p join scope s on s.id = p.scope
                 order by p.generation",
            )
            .doing(DOING)?;
        let rows = statement
            .query_map([], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<String>>(1)?,
                    row.get(2)?,
                ))
            })
            .doing(DOING)?;
        let mut pending = Vec::new();
        for row in rows {
            let (name, cursor, generation) = row.doing(DOING)?;
            pending.push(PendingScope {
                scope: super::model::parse(&name)?,
                cursor: cursor.map(Cursor),
                generation,
            });
        }
        Ok(pending)
    }

    /// Takes in rows that were read of a pending scope alone, and the cursor of that reading.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] when the scope is no longer pending, was granted anew, or another follower
    /// reads it too: look at [`Replica::pending_scopes`] again.
    pub fn apply_scope(
        &mut self,
        pending: &PendingScope,
        rows: &[FeedRow],
        cursor: &Cursor,
    ) -> Result<Applied, ReplicaError> {
        let read = FeedBatch {
            rows: rows.to_vec(),
            unread: Vec::new(),
            cursor: cursor.clone(),
            more: true,
        };
        self.take_in_scope(pending, &read)
    }

    /// Like [`Replica::apply_scope`] for all that was read, with the rows that could not be.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] as in [`Replica::apply_scope`].
    pub fn take_in_scope(
        &mut self,
        pending: &PendingScope,
        read: &FeedBatch,
    ) -> Result<Applied, ReplicaError> {
        self.write(|batch| {
            let scope = still_pending(batch, pending)?;
            batch.set_aside(&read.unread)?;
            batch.take(&read.rows)?;
            batch.run(
                "update pending_scope set cursor = ?2 where scope = ?1",
                params![scope, read.cursor.0],
            )?;
            Ok(())
        })
    }

    /// Notes that a pending scope was read to its end, and drops what this reading did not deliver.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] as in [`Replica::apply_scope`].
    pub fn finish_scope(&mut self, pending: &PendingScope) -> Result<(), ReplicaError> {
        self.write(|batch| {
            let scope = still_pending(batch, pending)?;
            batch.run("delete from pending_scope where scope = ?1", [scope])?;
            sweep::sweep_scope(batch, scope, pending.generation)
        })
        .map(drop)
    }

    /// Notes that a pending scope must be read from zero again, as the cursor of its reading is gone.
    ///
    /// # Errors
    /// [`ReplicaError::MovedOn`] as in [`Replica::apply_scope`].
    pub fn restart_scope(&mut self, pending: &PendingScope) -> Result<(), ReplicaError> {
        self.write(|batch| {
            let scope = still_pending(batch, pending)?;
            sweep::make_pending(batch, scope)
        })
        .map(drop)
    }

    /// Begins to read everything from zero again, as the cursor is gone. Everything stays visible meanwhile.
    pub fn begin_reread(&mut self) -> Result<(), ReplicaError> {
        self.write(|batch| {
            let generation = sweep::next_generation(batch)?;
            batch.run(
                "update copy set cursor = null, is_rereading = 1, read_from = ?1",
                [generation],
            )?;
            // Cursors of scopes half read are of the former time too.
            batch.run(
                "update pending_scope set cursor = null, generation = ?1",
                [generation],
            )?;
            Ok(())
        })
        .map(drop)
    }

    /// Returns whether everything is being read from zero again.
    pub fn is_rereading(&self) -> Result<bool, ReplicaError> {
        self.connection
            .query_row("select is_rereading from copy", [], |row| row.get(0))
            .doing("looking how far it was read")
    }

    /// Drops what was not delivered since [`Replica::begin_reread`]. Call it at the end of the feed, once no
    /// scope is pending. Without a reading going on it does nothing.
    pub fn finish_reread(&mut self) -> Result<Applied, ReplicaError> {
        self.write(|batch| {
            let begun: Option<i64> = batch
                .tx
                .query_row("select read_from from copy where is_rereading", [], |row| {
                    row.get(0)
                })
                .optional()
                .doing(DOING)?;
            if let Some(generation) = begun {
                sweep::sweep_all(batch, generation)?;
                batch.run("update copy set is_rereading = 0", [])?;
            }
            Ok(())
        })
    }

    /// Returns whose replica it is; `None` for somebody signed out.
    pub fn me(&self) -> Result<Option<MemberId>, ReplicaError> {
        self.connection
            .query_row("select me from copy", [], |row| {
                row.get::<_, Option<i64>>(0)
            })
            .doing("looking whose it is")
            .map(|id| id.and_then(MemberId::new))
    }

    /// Notes whose replica it is.
    pub fn set_me(&mut self, me: Option<MemberId>) -> Result<(), ReplicaError> {
        self.write(|batch| {
            batch.run("update copy set me = ?1", [me.map(MemberId::get)])?;
            batch.new_since = new_since(batch.tx)?;
            state::refresh_new(batch)
        })
        .map(drop)
    }

    /// Counts topics that began before `moment` as not new: "mark everything as seen". Until this is called, topics
    /// from before one's account began are not new.
    pub fn set_new_since(&mut self, moment: Timestamp) -> Result<(), ReplicaError> {
        self.write(|batch| {
            batch.run("update copy set new_since = ?1", [moment.millis()])?;
            batch.new_since = new_since(batch.tx)?;
            state::refresh_new(batch)
        })
        .map(drop)
    }

    /// Runs one transaction that changes rows.
    pub(super) fn write(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<(), ReplicaError>,
    ) -> Result<Applied, ReplicaError> {
        let tx: Transaction<'_> = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(DOING)?;
        let mut batch = Batch::begin(&tx)?;
        work(&mut batch)?;
        batch.settle()?;
        withdraw::note(&batch)?;
        let applied = batch.applied;
        tx.commit().doing(DOING)?;
        Ok(applied)
    }
}

pub(super) fn cursor(connection: &rusqlite::Connection) -> Result<Option<Cursor>, ReplicaError> {
    connection
        .query_row("select cursor from copy", [], |row| {
            row.get::<_, Option<String>>(0)
        })
        .doing("looking how far it was read")
        .map(|cursor| cursor.map(Cursor))
}

fn set_cursor(batch: &Batch<'_>, cursor: &Cursor) -> Result<(), ReplicaError> {
    batch
        .run("update copy set cursor = ?1", [&cursor.0])
        .map(drop)
}

/// Returns the number of a pending scope, if its reading stands where `pending` says.
fn still_pending(batch: &mut Batch<'_>, pending: &PendingScope) -> Result<i64, ReplicaError> {
    let scope = batch.scope(pending.scope)?;
    let now: Option<(i64, Option<String>)> = batch
        .tx
        .query_row(
            "select generation, cursor from pending_scope where scope = ?1",
            [scope],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .doing(DOING)?;
    let stands = (
        pending.generation,
        pending.cursor.as_ref().map(|c| c.0.clone()),
    );
    if now == Some(stands) {
        Ok(scope)
    } else {
        Err(ReplicaError::MovedOn)
    }
}
