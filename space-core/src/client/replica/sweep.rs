// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Readings from zero: of a scope that was granted, or of everything; and dropping what is no longer there.

use rusqlite::params;

use super::apply::{Batch, DOING};
use super::store::{OLD, OLD_IN_SCOPE, PerKind};
use super::{ReplicaError, set_aside};
use crate::client::database::Doing;
use crate::protocol::Kind;

/// Begins a new generation, so that what is delivered from now on can be told from what was before.
pub(super) fn next_generation(batch: &mut Batch<'_>) -> Result<i64, ReplicaError> {
    batch.run("update copy set generation = generation + 1", [])?;
    batch.generation += 1;
    Ok(batch.generation)
}

/// Notes that a scope must be read from zero. One that waits already begins anew: what was delivered of it since the
/// first grant may be gone, and the right was away when that was said.
pub(super) fn make_pending(batch: &mut Batch<'_>, scope: i64) -> Result<(), ReplicaError> {
    let generation = next_generation(batch)?;
    batch.run(
        "insert or replace into pending_scope (scope, generation, cursor) values (?1, ?2, null)",
        params![scope, generation],
    )?;
    Ok(())
}

/// Drops everything of a scope, and that it is pending; returns whether there was anything.
pub(super) fn wipe(batch: &mut Batch<'_>, scope: i64) -> Result<bool, ReplicaError> {
    let before = batch.applied.gone;
    let was_pending = batch.run("delete from pending_scope where scope = ?1", [scope])? > 0;
    drop_old(batch, &OLD_IN_SCOPE, scope, i64::MAX)?;
    Ok(was_pending || batch.applied.gone > before)
}

/// Drops what a reading of one scope since `generation` did not deliver.
pub(super) fn sweep_scope(
    batch: &mut Batch<'_>,
    scope: i64,
    generation: i64,
) -> Result<(), ReplicaError> {
    drop_old(batch, &OLD_IN_SCOPE, scope, generation)
}

/// Drops what a reading of everything since `generation` did not deliver.
pub(super) fn sweep_all(batch: &mut Batch<'_>, generation: i64) -> Result<(), ReplicaError> {
    let had_grant: Vec<i64> = batch
        .tx
        .prepare_cached("select granted from access_grant")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .doing(DOING)?;
    drop_old(batch, &OLD, 0, generation)?;
    // A grant that was not delivered again is gone, and its scope with it, also what came of it meanwhile.
    let left: Vec<(i64, String)> = batch
        .tx
        .prepare_cached(
            "select id, name from scope where name <> 'public' and name not like 'member:%'
             and id not in (select granted from access_grant)",
        )
        .and_then(|mut s| {
            s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .doing(DOING)?;
    for (scope, name) in left {
        wipe(batch, scope)?;
        if had_grant.contains(&scope)
            && let Ok(name) = name.parse()
        {
            batch.applied.revoked.push(name);
        }
    }
    Ok(())
}

fn drop_old(
    batch: &mut Batch<'_>,
    which: &PerKind,
    scope: i64,
    generation: i64,
) -> Result<(), ReplicaError> {
    set_aside::drop_old(batch, (scope != 0).then_some(scope), generation)?;
    for kind in Kind::ALL {
        // By list, as a table must not change under its own reading; ids are small.
        let old: Vec<i64> = batch
            .tx
            .prepare_cached(which.of(*kind))
            .and_then(|mut s| {
                s.query_map([scope, generation], |row| row.get(0))?
                    .collect()
            })
            .doing(DOING)?;
        for id in old {
            batch.run(super::store::ERASE.of(*kind), [id])?;
            batch.gone(*kind, id, 1)?;
        }
    }
    Ok(())
}
