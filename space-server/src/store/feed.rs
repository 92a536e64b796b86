// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The feed's rows: which thing moved when, in which scope. What the thing says is read from its own table, so
//! that a row can never tell something old.

use std::collections::BTreeSet;

use space_core::protocol::Kind;
use space_core::{Scope, Timestamp};

use super::aside::readable;
use super::{Executor, Result, Row, Value, statements};
use crate::writer::{Moves, Tx, Way};

statements! {
    EVERYTHING = "select seq, kind, id, gone_at is not null from feed
        where scope = $1 and seq > $2 and seq <= $3 order by seq limit $4";
    STANDING = "select seq, kind, id, false from feed
        where scope = $1 and seq > $2 and seq <= $3 and gone_at is null and not is_frame order by seq limit $4";
    FRAME = "select seq, kind, id, false from feed
        where scope = $1 and is_frame and seq > $2 and seq <= $3 and gone_at is null order by seq limit $4";
    STANDING_BACKWARDS = "select seq, kind, id, false from feed
        where scope = $1 and seq > $2 and seq <= $3 and gone_at is null and not is_frame order by seq desc limit $4";
    STANDS_AT = "select seq from feed where scope = $1 and kind = $2 and id = $3 and gone_at is null";
    MOVE = "insert into feed (scope, kind, id, seq, is_frame, gone_at) values ($1, $2, $3, $4, $5, null)
        on conflict (scope, kind, id) do update set seq = excluded.seq, gone_at = null";
    LEAVE = "update feed set seq = $1, gone_at = $2 where scope = $3 and kind = $4 and id = $5 and gone_at is null";
    VANISH = "insert into feed (scope, kind, id, seq, is_frame, gone_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (scope, kind, id) do update set seq = excluded.seq, gone_at = excluded.gone_at";
    OLDEST_GONE = "select coalesce(max(seq), 0) from feed where gone_at < $1";
    DELETE_GONE = "delete from feed where gone_at < $1";
}

/// Which rows a read wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Categories, groups, members and the space, as they are.
    Frame,
    /// Everything else, as it is.
    Rest,
    /// The same from the end backwards.
    Older,
    /// Every change, removals too.
    Changes,
}

/// What stands for a row that cannot be read: a post that there is not.
const NOTHING: (Kind, i64, bool) = (Kind::Post, 0, false);

/// A row without its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) seq: i64,
    pub(crate) scope: Scope,
    pub(crate) kind: Kind,
    pub(crate) id: i64,
    pub(crate) is_gone: bool,
}

/// Reads rows of some scopes after one position and up to another, in order, at most `limit`; [`Part::Older`] gives
/// the last of them, the last one first.
///
/// One limited read per scope, merged: one change costs the same, however many rows of other scopes lie
/// around it. The flag says whether there may be more.
pub(crate) async fn read(
    x: &mut Executor<'_>,
    scopes: impl IntoIterator<Item = &Scope>,
    part: Part,
    after: i64,
    up_to: i64,
    limit: usize,
) -> Result<(Vec<Key>, bool)> {
    let scopes: Vec<(Scope, String)> = scopes
        .into_iter()
        .map(|scope| (*scope, scope.to_string()))
        .collect();
    // One more than wanted, to see whether that was all.
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let values: Vec<Vec<Value<'_>>> = scopes
        .iter()
        .map(|(_, text)| vec![text.into(), after.into(), up_to.into(), wanted.into()])
        .collect();
    let sql = match part {
        Part::Frame => FRAME,
        Part::Rest => STANDING,
        Part::Older => STANDING_BACKWARDS,
        Part::Changes => EVERYTHING,
    };
    let found = x
        .rows_each(sql, &values, |row| {
            let seq = row.i64(0)?;
            // A row of which nothing can be told keeps its position: readers go past it.
            let read = |row: &Row<'_>| Ok((row.word(1)?, row.i64(2)?, row.bool(3)?));
            let (kind, id, is_gone) = readable("feed", row, read).unwrap_or(NOTHING);
            Ok((seq, kind, id, is_gone))
        })
        .await?;
    let mut keys: Vec<Key> = scopes
        .iter()
        .zip(found)
        .flat_map(|((scope, _), rows)| {
            rows.into_iter().map(|(seq, kind, id, is_gone)| Key {
                seq,
                scope: *scope,
                kind,
                id,
                is_gone,
            })
        })
        .collect();
    keys.sort_unstable_by_key(|key| key.seq);
    if part == Part::Older {
        keys.reverse();
    }
    let more = keys.len() > limit;
    keys.truncate(limit);
    Ok((keys, more))
}

/// Puts beside the numbers of each topic the topic itself, when its own row comes later in a backward reading.
///
/// The numbers move with every post, so they are the first that such a reading meets of a topic; what was posted
/// could not be shown without its title. The topic counts as standing where its numbers stand. It is read only as the
/// same scope has a row for it, so that whatever becomes of it later is told to those who met it here.
pub(crate) async fn with_topics(
    x: &mut Executor<'_>,
    part: Part,
    keys: Vec<Key>,
) -> Result<Vec<Key>> {
    let tallies: Vec<&Key> = keys
        .iter()
        .filter(|key| key.kind == Kind::TopicTally && !key.is_gone)
        .collect();
    let scopes: Vec<String> = tallies.iter().map(|key| key.scope.to_string()).collect();
    let values: Vec<Vec<Value<'_>>> = tallies
        .iter()
        .zip(&scopes)
        .map(|(key, scope)| {
            vec![
                scope.as_str().into(),
                Kind::Topic.word().into(),
                key.id.into(),
            ]
        })
        .collect();
    let stands = x.rows_each(STANDS_AT, &values, |row| row.i64(0)).await?;
    let later: BTreeSet<i64> = tallies
        .iter()
        .zip(stands)
        .filter(|(key, seq)| seq.first().is_some_and(|seq| *seq < key.seq))
        .map(|(key, _)| key.seq)
        .collect();
    let mut all = Vec::with_capacity(keys.len() + later.len());
    for key in keys {
        if later.contains(&key.seq) {
            // It comes first, under the position before: a page that ends between the two then begins again with the
            // numbers.
            let before = if part == Part::Older { 1 } else { -1 };
            all.push(Key {
                kind: Kind::Topic,
                seq: key.seq + before,
                ..key
            });
        }
        all.push(key);
    }
    Ok(all)
}

/// Writes the moves of a transaction, each at its own position, and counts the head up.
pub(crate) async fn write(tx: &mut Tx<'_>, moves: &Moves) -> Result<()> {
    let now = tx.now().millis();
    let scoped: Vec<(Scope, String)> = moves
        .scopes()
        .into_iter()
        .map(|scope| (scope, scope.to_string()))
        .collect();
    let text = |scope: Scope| {
        scoped
            .binary_search_by(|(known, _)| known.cmp(&scope))
            .map_or("", |at| scoped[at].1.as_str())
    };
    let mut come: Vec<Vec<Value<'_>>> = Vec::new();
    let mut leave: Vec<Vec<Value<'_>>> = Vec::new();
    let mut vanish: Vec<Vec<Value<'_>>> = Vec::new();
    for (scope, kind, id, way) in moves.in_order() {
        let seq = tx.next_seq();
        match way {
            Way::Leaves => leave.push(vec![
                seq.into(),
                now.into(),
                text(scope).into(),
                kind.word().into(),
                id.into(),
            ]),
            Way::Comes => come.push(vec![
                text(scope).into(),
                kind.word().into(),
                id.into(),
                seq.into(),
                kind.is_frame().into(),
            ]),
            Way::Vanishes => vanish.push(vec![
                text(scope).into(),
                kind.word().into(),
                id.into(),
                seq.into(),
                kind.is_frame().into(),
                now.into(),
            ]),
        }
    }
    tx.execute_each(MOVE, &come).await?;
    // Only what was there leaves a tombstone: nobody learns of a thing by its removal.
    tx.execute_each(LEAVE, &leave).await?;
    // Readers of a scope may hold what has no row in it: while a category opens or closes, its rows follow in steps, and a
    // page that was asked for shows what is readable now.
    tx.execute_each(VANISH, &vanish).await
}

/// Drops tombstones older than a moment, and returns the position up to which they may be missing now.
pub(crate) async fn drop_gone_before(tx: &mut Tx<'_>, moment: Timestamp) -> Result<i64> {
    let floor = tx
        .x()
        .row(OLDEST_GONE, &[moment.millis().into()], |row| row.i64(0))
        .await?
        .unwrap_or(0);
    tx.execute(DELETE_GONE, &[moment.millis().into()]).await?;
    Ok(floor)
}
