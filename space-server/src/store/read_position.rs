// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How far members have read.

use space_core::policy::{MarkRead, Permit, Reply, StartTopic};
use space_core::{MemberId, ReadPosition, Timestamp, TopicId};

use super::{Executor, Result, Value, ids64, statements};
use crate::writer::Tx;

statements! {
    BY_TOPICS = concat!("select topic_id, number, read_at, unread, set_at from read_position
        where topic_id in (", ids64!(), ") and member_id = $65");
    STORE = "insert into read_position (member_id, topic_id, number, read_at, unread, set_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (member_id, topic_id) do update set number = excluded.number, read_at = excluded.read_at,
            unread = excluded.unread, set_at = excluded.set_at";
    ADVANCE = "update read_position set number = $1, read_at = $2
        where member_id = $3 and topic_id = $4 and number + 1 = $1";
}

/// Reads how far a member has read some topics.
pub(crate) async fn by_topics(
    x: &mut Executor<'_>,
    member: MemberId,
    topics: &[i64],
) -> Result<Vec<ReadPosition>> {
    x.readable_in(
        "read_position",
        BY_TOPICS,
        topics,
        &[member.get().into()],
        |row| {
            Ok(ReadPosition {
                topic: row.id(0, TopicId::new)?,
                number: row.i64(1)?,
                unread: row
                    .text(3)?
                    .split(' ')
                    .filter_map(|n| n.parse().ok())
                    .collect(),
                set_at: row.opt_i64(4)?.map(Timestamp::from_millis),
                read_at: Timestamp::from_millis(row.i64(2)?),
            })
        },
    )
    .await
}

/// Remembers how far a member has read.
pub(crate) async fn store(
    tx: &mut Tx<'_>,
    _: &Permit<MarkRead>,
    member: MemberId,
    position: &ReadPosition,
) -> Result<()> {
    let unread: Vec<String> = position.unread.iter().map(i64::to_string).collect();
    let unread = unread.join(" ");
    let values = [
        member.get().into(),
        position.topic.get().into(),
        position.number.into(),
        position.read_at.millis().into(),
        (&unread).into(),
        position.set_at.map(Timestamp::millis).into(),
    ];
    tx.execute(STORE, &values).await.map(drop)
}

/// Counts the first post of a topic as read by whoever started it.
pub(crate) async fn begin(
    tx: &mut Tx<'_>,
    _: &Permit<StartTopic>,
    member: MemberId,
    topic: TopicId,
) -> Result<()> {
    let now = tx.now().millis();
    let values = [
        member.get().into(),
        topic.get().into(),
        1.into(),
        now.into(),
        "".into(),
        Value::Null,
    ];
    tx.execute(STORE, &values).await.map(drop)
}

/// Counts one's own reply as read, when one has read everything before it. Says whether it did.
pub(crate) async fn advance(
    tx: &mut Tx<'_>,
    _: &Permit<Reply>,
    member: MemberId,
    topic: TopicId,
    number: i64,
) -> Result<bool> {
    let now = tx.now().millis();
    let values = [
        number.into(),
        now.into(),
        member.get().into(),
        topic.get().into(),
    ];
    Ok(tx.execute(ADVANCE, &values).await? > 0)
}
