// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! From the state of posts to what rooms are told.
//!
//! The feed gives things in the order of their last change, so a post may come after one that was written later, and
//! before its topic. So posts are laid aside until everything is read, and looked at in the order of their numbers. A
//! number above every one that was seen is a new post; below that it is a change of one that the room knows, or of one
//! that was there before the mirror.

use std::time::Duration;

use space_core::{Category, Post, PostKind, Timestamp};

use super::engine::{Engine, Outcome};
use super::store::Waiting;
use super::{Change, Edits, Lane, Link, LinkState, Mirror, Outward, Store, StoreError};

/// How long after a post a small edit of it is told as a correction.
const CORRECTION: Duration = Duration::from_mins(2);

impl Engine {
    /// Looks at the posts that were laid aside.
    pub(super) fn plan(
        &mut self,
        store: &Store,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let waiting = store.waiting()?;
        if waiting.is_empty() {
            return Ok(());
        }
        let seen = store.seen_post()?;
        let mut highest = seen;
        for waiting in waiting {
            highest = highest.max(waiting.id.get());
            match &waiting.post {
                Some(post) if !post.is_hidden && !post.source.trim().is_empty() => {
                    self.plan_post(store, &waiting, post, seen, now, out)?;
                }
                _ => self.plan_withdrawal(store, &waiting, now, out)?,
            }
        }
        out.note(Change::Planned { seen_post: highest });
        Ok(())
    }

    fn plan_post(
        &mut self,
        store: &Store,
        waiting: &Waiting,
        post: &Post,
        seen: i64,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        if post.kind == PostKind::Notice {
            return Ok(());
        }
        let Some(topic) = store.topic(post.topic)? else {
            return Ok(());
        };
        let Some(category) = store.category(topic.category)? else {
            return Ok(());
        };
        let mut links = store.links(post.id)?;
        for mirror in self.mirrors_for(&category) {
            let known = links.iter().position(|link| link.room == mirror.room);
            if let Some(at) = known {
                let link = links.swap_remove(at);
                self.plan_change(waiting, post, link, &mirror, now, out);
                continue;
            }
            let begun = store.begun(&mirror.room, category.id)?;
            let is_new = begun.is_some_and(|begun| post.id.get() > seen.max(begun.last_post));
            if is_new && (category.is_open || mirror.allows_closed) && !topic.is_unlisted {
                out.note(Change::Link(link_to(&mirror, waiting, post)));
                let what = Outward::Tell { post: post.id };
                self.enqueue(&mirror.room, Lane::Post, what, now, None, out);
            }
        }
        // The topic has moved elsewhere: what was told stays, and is kept up to date.
        for mut link in links {
            link.revision = post.revision;
            link.source.clone_from(&post.source);
            link.scope = waiting.scope;
            out.note(Change::Link(link));
        }
        Ok(())
    }

    fn mirrors_for(&self, category: &Category) -> Vec<Mirror> {
        let mirrors = self.settings().mirrors.iter();
        mirrors
            .filter(|mirror| mirror.category == category.slug)
            .cloned()
            .collect()
    }

    /// A post that the room knows says something else, or is there again.
    fn plan_change(
        &mut self,
        waiting: &Waiting,
        post: &Post,
        mut link: Link,
        mirror: &Mirror,
        now: Timestamp,
        out: &mut Outcome,
    ) {
        let before = link.source.clone();
        let is_edited = before != post.source && post.revision > link.revision;
        link = Link {
            state: link.state,
            told_at: link.told_at,
            remote_ids: link.remote_ids,
            ..link_to(mirror, waiting, post)
        };
        let state = link.state;
        if state == LinkState::Withdrawn {
            // It is there again. A withdrawal that was not said yet is not said at all.
            let withdrawal = self.take_back(
                &link.room,
                |what| *what == Outward::Withdraw { post: post.id },
                out,
            );
            if withdrawal.is_some() {
                link.state = LinkState::Told;
            } else {
                link.state = LinkState::Queued;
                let what = Outward::Tell { post: post.id };
                self.enqueue(&link.room, Lane::Post, what, now, None, out);
            }
        }
        let is_told = match state {
            LinkState::Told => true,
            // On its way already.
            LinkState::Queued => !self.will_tell(&link.room, post.id),
            LinkState::Own | LinkState::Digested | LinkState::Withdrawn => false,
        };
        let (room, link_told_at) = (link.room.clone(), link.told_at);
        out.note(Change::Link(link));
        let is_wanted = match mirror.edits {
            Edits::Off => false,
            Edits::Full => true,
            // Later, nobody in the room has the line before their eyes any more.
            Edits::Diff => link_told_at.is_none_or(|at| now.since(at) <= CORRECTION),
        };
        if is_told && is_edited && is_wanted {
            // Two edits that were not told yet are one, from what the room was told to what it says now.
            let earlier = self.take_back(
                &room,
                |what| matches!(what, Outward::Edit { post: edited, .. } if *edited == post.id),
                out,
            );
            let before = match earlier.map(|operation| operation.what) {
                Some(Outward::Edit { before, .. }) => before,
                _ => before,
            };
            if before != post.source {
                let what = Outward::Edit {
                    post: post.id,
                    before,
                };
                self.enqueue(&room, Lane::Edit, what, now, None, out);
            }
        }
    }

    /// A post is gone or hidden: it is taken back, or never told.
    fn plan_withdrawal(
        &mut self,
        store: &Store,
        waiting: &Waiting,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        for mut link in store.links(waiting.id)? {
            let is_about_it = waiting.post.is_some() || waiting.scope == link.scope;
            if !is_about_it || link.state == LinkState::Withdrawn {
                continue;
            }
            let post = link.post;
            let is_untold = self
                .take_back(&link.room, |what| *what == Outward::Tell { post }, out)
                .is_some();
            self.take_back(
                &link.room,
                |what| matches!(what, Outward::Edit { post: edited, .. } if *edited == post),
                out,
            );
            let is_mirrored = self.settings().mirrors_of(&link.room).next().is_some();
            if !is_untold && is_mirrored && link.state != LinkState::Digested {
                let what = Outward::Withdraw { post };
                self.enqueue(&link.room, Lane::Withdraw, what, now, None, out);
            }
            link.state = LinkState::Withdrawn;
            link.source.clear();
            out.note(Change::Link(link));
        }
        Ok(())
    }
}

fn link_to(mirror: &Mirror, waiting: &Waiting, post: &Post) -> Link {
    Link {
        room: mirror.room.clone(),
        post: post.id,
        topic: post.topic,
        author: post.author,
        reply_to: post.reply_to,
        number: post.number,
        is_moderator: post.kind == PostKind::Moderator,
        scope: waiting.scope,
        state: LinkState::Queued,
        revision: post.revision,
        source: post.source.clone(),
        told_at: None,
        remote_ids: Vec::new(),
    }
}
