// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From keys to rows: what each thing says, read from its own table in the same snapshot.

use std::collections::{BTreeMap, BTreeSet};

use space_core::policy::Actor;
use space_core::protocol::{Body, FeedRow, Grant, Kind, TopicLine};
use space_core::{MemberId, PostTally, Scope};

use crate::store::actor::Sights;
use crate::store::feed::Key;
use crate::store::{
    Executor, Result, bookmark, category, caught_up, group, member, post, read_position, space,
    topic,
};

/// Fills in what rows say, in the order of the keys.
///
/// A thing whose category is in another scope by now is left out: its row is on its way there, and until it
/// arrives nobody sees it who should not.
pub(super) async fn fill(
    x: &mut Executor<'_>,
    actor: &Actor,
    sights: &Sights,
    scopes: &BTreeSet<Scope>,
    keys: &[Key],
) -> Result<Vec<FeedRow>> {
    let mut wanted: BTreeMap<Kind, Vec<i64>> = BTreeMap::new();
    for key in keys.iter().filter(|key| !key.is_gone) {
        wanted.entry(key.kind).or_default().push(key.id);
    }
    let mut bodies: BTreeMap<(Kind, i64), (Option<Scope>, Body)> = BTreeMap::new();
    for (kind, ids) in wanted {
        load(x, actor, sights, scopes, kind, &ids, &mut bodies).await?;
    }
    let rows = keys.iter().filter_map(|key| {
        let row = |body| FeedRow {
            scope: key.scope,
            kind: key.kind,
            id: key.id,
            body,
        };
        if key.is_gone {
            return Some(row(None));
        }
        let thing = (key.kind, key.id);
        // While its category is on its way, a thing may have a row in either scope: the stale one must not use it up.
        let is_here =
            |(scope, _): &(Option<Scope>, Body)| scope.is_none_or(|scope| scope == key.scope);
        if !bodies.get(&thing).is_some_and(is_here) {
            return None;
        }
        bodies.remove(&thing).map(|(_, body)| row(Some(body)))
    });
    Ok(rows.collect())
}

async fn load(
    x: &mut Executor<'_>,
    actor: &Actor,
    sights: &Sights,
    scopes: &BTreeSet<Scope>,
    kind: Kind,
    ids: &[i64],
    out: &mut BTreeMap<(Kind, i64), (Option<Scope>, Body)>,
) -> Result<()> {
    let mut put = |id: i64, scope: Option<Scope>, body: Body| {
        out.insert((kind, id), (scope, body));
    };
    match kind {
        Kind::Space => {
            if let Some(space) = space::read(x).await? {
                put(1, None, Body::Space(space));
            }
        }
        Kind::Category => {
            for mut category in category::by_ids(x, ids).await? {
                let scope = sights.scope_of(category.id);
                category.parent = sights.parent_for_all(&category);
                category.is_open = scope == Some(Scope::Public);
                put(category.id.get(), scope, Body::Category(category));
            }
        }
        Kind::Group => {
            for group in group::by_ids(x, ids).await? {
                let scope = if group.is_closed {
                    Scope::Group(group.id)
                } else {
                    Scope::Public
                };
                put(group.id.get(), Some(scope), Body::Group(group));
            }
        }
        Kind::Member => {
            for member in member::by_ids(x, ids).await? {
                put(member.id.get(), None, Body::Member(member));
            }
        }
        Kind::Topic => {
            for line in shown_topics(x, ids).await? {
                put(
                    line.topic.id.get(),
                    sights.scope_of(line.topic.category),
                    Body::Topic(line.topic),
                );
            }
        }
        Kind::TopicTally => {
            for line in shown_topics(x, ids).await? {
                put(
                    line.topic.id.get(),
                    sights.scope_of(line.topic.category),
                    Body::TopicTally(line.tally),
                );
            }
        }
        Kind::Post => {
            for found in post::by_ids(x, ids).await? {
                put(
                    found.post.id.get(),
                    sights.scope_of(found.category),
                    // The row is the same for every reader: staff asks for the author of what is hidden.
                    Body::Post(found.post.without_hidden_author()),
                );
            }
        }
        Kind::PostTally => {
            for found in post::by_ids(x, ids).await? {
                let tally = PostTally {
                    post: found.post.id,
                    topic: found.post.topic,
                    likes: found.likes,
                };
                put(
                    tally.post.get(),
                    sights.scope_of(found.category),
                    Body::PostTally(tally),
                );
            }
        }
        Kind::ReadPosition => {
            let Some(member) = actor.member() else {
                return Ok(());
            };
            for position in read_position::by_topics(x, member, ids).await? {
                put(
                    position.topic.get(),
                    Some(own(member)),
                    Body::ReadPosition(position),
                );
            }
        }
        Kind::Bookmark => {
            let Some(member) = actor.member() else {
                return Ok(());
            };
            for bookmark in bookmark::by_targets(x, member, ids).await? {
                put(bookmark.id(), Some(own(member)), Body::Bookmark(bookmark));
            }
        }
        Kind::CaughtUp => {
            let Some(member) = actor.member() else {
                return Ok(());
            };
            for it in caught_up::by_places(x, member, ids).await? {
                put(it.id(), Some(own(member)), Body::CaughtUp(it));
            }
        }
        Kind::Grant => {
            for scope in scopes {
                if let Some(id) = scope.grant_id() {
                    put(
                        id,
                        actor.member().map(own),
                        Body::Grant(Grant { scope: *scope }),
                    );
                }
            }
        }
    }
    Ok(())
}

/// Reads topics as everybody is told of them.
async fn shown_topics(x: &mut Executor<'_>, ids: &[i64]) -> Result<Vec<TopicLine>> {
    let mut lines = topic::by_ids(x, ids).await?;
    topic::withhold(x, &mut lines, |_| false).await?;
    Ok(lines)
}

fn own(member: MemberId) -> Scope {
    Scope::Member(member)
}
