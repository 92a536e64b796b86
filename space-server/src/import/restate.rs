// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a newer archive changes of things that are there already.
//!
//! Three states are compared: what the archive says now, what it said before (its fingerprint is kept), and what
//! is here. Only what changed in the archive is written, and only where nobody has changed the same here.

use std::collections::HashMap;

use space_core::policy::{Permit, RunImport};
use space_core::protocol::Kind;
use space_core::{Access, Post, PostId, PostKind, Scope, Topic};

use super::digest::{Presence, fingerprint, tags_fingerprint};
use super::finding::FindingKind;
use super::piece::{PostState, TopicState};
use super::withdraw::was_shown_again;
use super::write::{Done, Lines};
use crate::store::{Result, category, hidden, post, topic};
use crate::writer::Tx;
use crate::writer::commands::move_topic;

/// Brings a topic up to date.
pub(super) async fn topic(
    tx: &mut Tx<'_>,
    permit: &Permit<RunImport>,
    state: &TopicState,
    topics: &mut Lines,
    done: &mut Done,
) -> Result<()> {
    let (new, id) = (&state.line.topic, state.line.topic.id);
    let (Some(was), Some(line)) = (state.was, topics.by_id.get_mut(&id)) else {
        return Ok(());
    };
    let mut tell = |what: &str| {
        done.findings.add(
            FindingKind::Conflict,
            format!("topic {}", state.source_id),
            what,
        );
    };
    let here: &mut Topic = &mut line.topic;
    let before = here.clone();
    if state.digest.title != was.title {
        if fingerprint(here.title.as_str()) == was.title {
            here.title = new.title.clone();
        } else if here.title != new.title {
            tell("has another title in the archive now, and was retitled here");
        }
    }
    if state.digest.tags != was.tags {
        if tags_fingerprint(&here.tags) == was.tags {
            here.tags = new.tags.clone();
        } else if here.tags != new.tags {
            tell("has other tags in the archive now, and was tagged here");
        }
    }
    let returns = was.gone == Presence::Withdrawn && state.digest.gone == Presence::There;
    let from = here.category;
    if (state.digest.category != was.category || returns) && from != new.category {
        let scope = |access: &Access, id| access.scope(id);
        let access = category::all_access(tx.x()).await?;
        let scope_of = |id| {
            access
                .get(&id)
                .map_or(Scope::Category(id), |a| scope(a, id))
        };
        let opens = scope_of(from) != Scope::Public && scope_of(new.category) == Scope::Public;
        if state.was_in != Some(from) {
            tell(
                "is in another category in the archive now, and was moved here; it stays where it is",
            );
        } else if opens && !state.is_newer {
            let what = "is in an open category in this archive, which is not known to be newer";
            let place = format!("topic {}", state.source_id);
            done.findings.add(FindingKind::Older, place, what);
        } else {
            here.category = new.category;
        }
    }
    if state.digest.answer != was.answer {
        here.answer = new.answer;
    }
    for (flag, new, is_changed) in [
        (
            &mut here.is_closed,
            new.is_closed,
            state.digest.is_closed != was.is_closed,
        ),
        (
            &mut here.is_archived,
            new.is_archived,
            state.digest.is_archived != was.is_archived,
        ),
        (
            &mut here.is_pinned,
            new.is_pinned,
            state.digest.is_pinned != was.is_pinned,
        ),
        (
            &mut here.is_unlisted,
            new.is_unlisted,
            state.digest.is_unlisted != was.is_unlisted,
        ),
    ] {
        if is_changed {
            *flag = new;
        }
    }
    let views = state.digest.views - was.views;
    if views != 0 {
        line.tally.views = (line.tally.views + views).max(0);
        topics.tallied.insert(id);
    }
    if line.topic != before {
        line.topic.revision += 1;
        topic::store_state(tx, permit, std::slice::from_ref(line)).await?;
        let to = line.topic.category;
        if to == from {
            topics.changed.insert(id);
        } else {
            let access = category::access(tx.x(), to).await?;
            let before = category::access(tx.x(), from).await?;
            if !access.is_open() && before.is_open() {
                let place = format!("topic {}", state.source_id);
                let what = "was moved to a category that is not for everyone";
                done.findings.add(FindingKind::TakenBack, place, what);
                done.withdrawn.topics += 1;
            }
            move_topic(tx, id, from, before.scope(from), access.scope(to)).await?;
        }
        done.written.changed.topics += 1;
    } else if views != 0 {
        done.written.changed.topics += 1;
    }
    Ok(())
}

/// Brings posts up to date.
pub(super) async fn posts(
    tx: &mut Tx<'_>,
    permit: &Permit<RunImport>,
    states: &[PostState],
    topics: &mut Lines,
    done: &mut Done,
) -> Result<()> {
    let states: Vec<&PostState> = states.iter().filter(|state| state.was.is_some()).collect();
    let ids: Vec<i64> = states.iter().map(|state| state.post.id.get()).collect();
    let back: Vec<PostId> = states
        .iter()
        .filter(|state| state.was.is_some_and(|was| was.gone == Presence::Withdrawn))
        .map(|state| state.post.id)
        .collect();
    post::bring_back(tx, permit, &back).await?;
    let found = post::by_ids(tx.x(), &ids).await?;
    let mut here: HashMap<PostId, (Post, i64)> = found
        .into_iter()
        .map(|found| (found.post.id, (found.post, found.likes)))
        .collect();
    let mut likes = Vec::new();
    for state in states {
        let place = || format!("topic {}, number {}", state.digest.topic, state.post.number);
        let Some(was) = state.was else { continue };
        let returns = was.gone == Presence::Withdrawn;
        let Some((mut here, likes_here)) = here.remove(&state.post.id) else {
            done.findings.add(
                FindingKind::Conflict,
                place(),
                "changed in the archive, and was removed here",
            );
            continue;
        };
        if state.digest.topic != was.topic {
            let what = "is in another topic in the archive now; it stays where it is";
            done.findings.add(FindingKind::Conflict, place(), what);
        }
        let before = here.clone();
        let is_changed =
            state.digest.source != was.source || state.digest.is_hidden != was.is_hidden;
        // What moderators hid here stays hidden until they show it, whatever the forum does with its own.
        let is_ours =
            is_changed && here.is_hidden && hidden::by_id(tx.x(), here.id).await?.is_some();
        if is_ours {
            let what =
                "changed in the archive, and was hidden by moderators here; it stays as it is";
            done.findings.add(FindingKind::Conflict, place(), what);
        } else if state.digest.source != was.source {
            if fingerprint(&here.source) == was.source {
                here.source.clone_from(&state.post.source);
                here.edited_at = state.post.edited_at;
            } else if state.post.is_hidden && !here.is_hidden {
                let what = "was edited here; it is hidden here too, without its text";
                done.findings.add(FindingKind::Hidden, place(), what);
            } else if here.source != state.post.source {
                let what = "says something else in the archive now, and was edited here";
                done.findings.add(FindingKind::Conflict, place(), what);
            }
        }
        if state.digest.is_hidden != was.is_hidden && !is_ours {
            if state.post.is_hidden
                && !returns
                && was_shown_again(&before, &was)
                && fingerprint(&before.source) == was.source
            {
                let what = "is hidden in the archive now, and was shown again by moderators here";
                done.findings.add(FindingKind::Conflict, place(), what);
                here.source.clone_from(&before.source);
            } else {
                here.is_hidden = state.post.is_hidden;
            }
        }
        if here.kind != state.post.kind && here.source == state.post.source {
            here.kind = state.post.kind;
            here.notice.clone_from(&state.post.notice);
            if here.kind == PostKind::Notice {
                let what = "was made a notice";
                done.findings.add(FindingKind::TakenBack, place(), what);
                done.withdrawn.posts += 1;
            }
        }
        // Nobody reads what a hidden post says, not even what was written here.
        if here.is_hidden && !before.is_hidden {
            here.source.clear();
        }
        let is_restated = here != before;
        if is_restated {
            post::store_imported(tx, permit, &here).await?;
        }
        if is_restated || returns {
            topics.moved.push((Kind::Post, here.id.get(), here.topic));
            done.revisions
                .insert(here.id, before.revision + i64::from(is_restated));
        } else if was.revision == 0 && before.revision == 1 {
            done.revisions.insert(here.id, 1);
        }
        if returns && let Some(line) = topics.by_id.get_mut(&here.topic) {
            line.tally.posts += 1;
            line.tally.likes += likes_here;
            if let Some((author, at)) = post::last_of_topic(tx.x(), here.topic).await? {
                (line.tally.last_poster, line.tally.last_post_at) = (author, at);
            }
            topics.tallied.insert(here.topic);
            if likes_here > 0 {
                topics
                    .moved
                    .push((Kind::PostTally, here.id.get(), here.topic));
            }
        }
        let more = state.digest.likes - was.likes;
        if more != 0 {
            likes.push((here.id, (likes_here + more).max(0)));
            topics
                .moved
                .push((Kind::PostTally, here.id.get(), here.topic));
            if let Some(line) = topics.by_id.get_mut(&here.topic) {
                line.tally.likes = (line.tally.likes + more).max(0);
                topics.tallied.insert(here.topic);
            }
        }
        done.written.changed.posts += u64::from(is_restated || returns || more != 0);
    }
    post::store_likes(tx, permit, &likes).await
}
