// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What accounts, addresses, networks and bridges did lately.

use space_core::policy::Permit;
use space_core::{MemberId, Timestamp};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

statements! {
    BEGAN = "select created_at from member where id = $1";
    TOPICS = "select created_at from topic where author_id = $1 and created_at > $2 order by created_at desc limit $3";
    REPLIES = "select created_at from post where author_id = $1 and created_at > $2 and number > 1
        order by created_at desc limit $3";
    SAME_TEXT = "select max(p.created_at) from post p left join hidden_post h on h.post_id = p.id
        where p.author_id = $1 and p.created_at > $2 and (p.source = $3 or h.source = $3)";
    TRACK = "select at, times from pace where track = $1 and at > $2 order by at desc limit $3";
    NOTE = "insert into pace (track, at, times) values ($1, $2, 1)
        on conflict (track, at) do update set times = pace.times + 1";
    FORGET = "delete from pace where at < $1";
}

/// Finds when an account began.
pub(crate) async fn began_at(x: &mut Executor<'_>, of: MemberId) -> Result<Option<Timestamp>> {
    x.row(BEGAN, &[of.get().into()], |row| {
        Ok(Timestamp::from_millis(row.i64(0)?))
    })
    .await
}

/// Lists when a member started topics after a moment: the last `limit` of them.
pub(crate) async fn topics(
    x: &mut Executor<'_>,
    of: MemberId,
    after: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>> {
    times(x, TOPICS, of.get().into(), after, limit).await
}

/// Lists when a member replied after a moment, also with what is gone: the last `limit` of them.
pub(crate) async fn replies(
    x: &mut Executor<'_>,
    of: MemberId,
    after: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>> {
    times(x, REPLIES, of.get().into(), after, limit).await
}

/// Lists what a track has after a moment: the last `limit` of them.
pub(crate) async fn track(
    x: &mut Executor<'_>,
    track: &str,
    after: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>> {
    let rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = x
        .rows(
            TRACK,
            &[track.into(), after.millis().into(), rows.into()],
            |row| Ok((Timestamp::from_millis(row.i64(0)?), row.i64(1)?)),
        )
        .await?;
    let each = found.into_iter().flat_map(|(at, times)| {
        std::iter::repeat_n(at, usize::try_from(times).unwrap_or(usize::MAX).min(limit))
    });
    Ok(each.take(limit).collect())
}

async fn times(
    x: &mut Executor<'_>,
    sql: &'static str,
    of: Value<'_>,
    after: Timestamp,
    limit: usize,
) -> Result<Vec<Timestamp>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    x.rows(sql, &[of, after.millis().into(), limit.into()], |row| {
        Ok(Timestamp::from_millis(row.i64(0)?))
    })
    .await
}

/// Finds when a member last posted a text after a moment, also when that is hidden by now.
pub(crate) async fn same_text(
    x: &mut Executor<'_>,
    of: MemberId,
    after: Timestamp,
    source: &str,
) -> Result<Option<Timestamp>> {
    let values = [of.get().into(), after.millis().into(), source.into()];
    let last = x.row(SAME_TEXT, &values, |row| row.opt_i64(0)).await?;
    Ok(last.flatten().map(Timestamp::from_millis))
}

/// Notes on a track that something was done now.
pub(crate) async fn note<A>(tx: &mut Tx<'_>, _: &Permit<A>, track: &str) -> Result<()> {
    let now = tx.now().millis();
    tx.execute(NOTE, &[track.into(), now.into()])
        .await
        .map(drop)
}

/// Forgets what is older than a moment.
pub(crate) async fn forget_before(tx: &mut Tx<'_>, moment: Timestamp) -> Result<()> {
    tx.execute(FORGET, &[moment.millis().into()])
        .await
        .map(drop)
}
