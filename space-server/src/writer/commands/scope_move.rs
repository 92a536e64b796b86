// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Moving rows from one scope to another: tombstones there, rows here.

use space_core::protocol::Kind;
use space_core::{CategoryId, Scope, TopicId};

use crate::store::Result as StoreResult;
use crate::store::{category, post, topic};
use crate::writer::{Command, Failure, Tx};

/// Moves a topic, with everything in it, from wherever it was as part of `from` to a scope.
///
/// `shown` is the scope in which readers of `from` see it. It leaves every scope in which the category may have been: while a category is on its way to another scope, some
/// of its rows are still in the old one.
pub(crate) async fn topic(
    tx: &mut Tx<'_>,
    id: TopicId,
    from: CategoryId,
    shown: Scope,
    to: Scope,
) -> StoreResult<usize> {
    let posts = post::ids_of_topic(tx.x(), id).await?;
    for kind in [Kind::Topic, Kind::TopicTally] {
        leave_others(tx, kind, id.get(), from, shown, Some(to));
        tx.touch(to, kind, id.get());
    }
    for (post, likes) in &posts {
        for kind in [Kind::Post, Kind::PostTally] {
            leave_others(tx, kind, post.get(), from, shown, Some(to));
        }
        tx.touch(to, Kind::Post, post.get());
        if *likes > 0 {
            tx.touch(to, Kind::PostTally, post.get());
        }
    }
    Ok(posts.len() + 1)
}

/// Takes a thing of a category out of every scope but one.
///
/// `shown` is the scope in which the category is read. A thing that is read there leaves it even when its row is still on
/// the way: who asked for a page of the topic holds it.
pub(crate) fn leave_others(
    tx: &mut Tx<'_>,
    kind: Kind,
    id: i64,
    category: CategoryId,
    shown: Scope,
    stays: Option<Scope>,
) {
    for scope in Scope::of_category(category) {
        if Some(scope) == stays {
            continue;
        }
        // Pages have no likes of posts.
        if scope == shown && kind != Kind::PostTally {
            tx.vanish(scope, kind, id);
        } else {
            tx.leave(scope, kind, id);
        }
    }
}

/// How many things one step moves at least; other commands get their turn between steps.
const STEP: usize = 500;

/// One step of moving the rows of a category that was opened or closed. Answers whether there is more to do.
///
/// Who may read has changed at once, with the category's access; the rows follow in steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MoveStep;

impl Command for MoveStep {
    type Reply = bool;

    async fn run<'t>(&'t self, tx: &'t mut Tx<'_>) -> Result<bool, Failure> {
        let Some(step) = category::next_move(tx.x()).await? else {
            return Ok(false);
        };
        let to = category::access(tx.x(), step.category)
            .await?
            .scope(step.category);
        let mut after = step.after_topic;
        let mut moved = 0;
        while moved < STEP {
            let limit = 50;
            let topics = topic::in_category_after(tx.x(), step.category, after, limit).await?;
            if topics.is_empty() {
                category::moved(tx, step.category, None).await?;
                return Ok(true);
            }
            for id in topics {
                moved += topic(tx, id, step.category, to, to).await?;
                after = id.get();
                if moved >= STEP {
                    break;
                }
            }
        }
        category::moved(tx, step.category, Some(after)).await?;
        Ok(true)
    }
}
