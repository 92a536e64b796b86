// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What lists by tag are read off: the topics that stand in lists, by tag and category. It follows from the topics; whatever
//! changes one of them brings this up to date in the same transaction.

use std::collections::BTreeSet;

use space_core::protocol::{TagLine, TopicLine};
use space_core::{CategoryId, Tag, TopicId, TopicTally};

use super::{Executor, Result, Value, statements};
use crate::writer::Tx;

statements! {
    PUT = "insert into topic_tag (topic_id, tag, category_id, last_post_at) values ($1, $2, $3, $4)";
    FORGET = "delete from topic_tag where topic_id = $1";
    TALLIED = "update topic_tag set last_post_at = $1 where topic_id = $2";
    COUNTS = "select tag, category_id, count(*) from topic_tag where (tag, category_id) > ($1, $2)
        group by tag, category_id order by tag, category_id limit $3";
}

/// How many tags of how many categories are counted at a time.
const CHUNK: i64 = 500;

/// Counts the topics of tags after one, in the order of their characters, over some categories: others are as if they
/// were not there.
pub(crate) async fn counts(
    x: &mut Executor<'_>,
    categories: &BTreeSet<CategoryId>,
    after: Option<&Tag>,
    limit: usize,
) -> Result<Vec<TagLine>> {
    let mut found: Vec<TagLine> = Vec::new();
    let mut after = (
        after.map(Tag::to_string).unwrap_or_default(),
        after.map_or(0, |_| i64::MAX),
    );
    loop {
        let values = [after.0.as_str().into(), after.1.into(), CHUNK.into()];
        let counted = x
            .rows(COUNTS, &values, |row| {
                let category = row.id(1, CategoryId::new)?;
                Ok((row.checked::<Tag>(0)?, category, row.i64(2)?))
            })
            .await?;
        let is_end = counted.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX);
        if let Some((tag, category, _)) = counted.last() {
            after = (tag.to_string(), category.get());
        }
        for (tag, category, topics) in counted {
            if !categories.contains(&category) {
                continue;
            }
            if let Some(last) = found.last_mut().filter(|last| last.tag == tag) {
                last.topics += topics;
            } else if found.len() == limit {
                // Only now is the one before counted to its end.
                return Ok(found);
            } else {
                found.push(TagLine { tag, topics });
            }
        }
        if is_end {
            return Ok(found);
        }
    }
}

/// Puts in what new topics have.
pub(super) async fn put(tx: &mut Tx<'_>, lines: &[TopicLine]) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = lines
        .iter()
        .filter(|line| !line.topic.is_unlisted)
        .flat_map(|TopicLine { topic, tally }| {
            topic.tags.iter().map(|tag| {
                vec![
                    topic.id.get().into(),
                    tag.as_str().into(),
                    topic.category.get().into(),
                    tally.last_post_at.millis().into(),
                ]
            })
        })
        .collect();
    if values.is_empty() {
        return Ok(());
    }
    tx.execute_each(PUT, &values).await
}

/// Puts in what a topic has now, in the place of what it had.
pub(super) async fn replace(tx: &mut Tx<'_>, line: &TopicLine) -> Result<()> {
    forget(tx, line.topic.id).await?;
    put(tx, std::slice::from_ref(line)).await
}

async fn forget(tx: &mut Tx<'_>, topic: TopicId) -> Result<()> {
    tx.execute_each(FORGET, &[vec![topic.get().into()]]).await
}

/// Notes when the last posts of topics were written.
pub(super) async fn store_tallies(tx: &mut Tx<'_>, tallies: &[TopicTally]) -> Result<()> {
    let values: Vec<Vec<Value<'_>>> = tallies
        .iter()
        .map(|tally| vec![tally.last_post_at.millis().into(), tally.topic.get().into()])
        .collect();
    tx.execute_each(TALLIED, &values).await
}
