// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Too much at once becomes one line, never silence.

use std::collections::BTreeSet;

use space_core::Timestamp;

use super::engine::{Engine, Outcome};
use super::operation::Digest;
use super::{Change, Lane, LinkState, Outward, Place, Store, StoreError};

/// More withdrawals than this become one line, where each would be one.
const WITHDRAWALS: usize = 5;

impl Engine {
    /// Folds what has waited for a room too long: posts into a digest, withdrawals into one.
    pub(super) fn fold_backlog(
        &mut self,
        store: &Store,
        room: &Place,
        now: Timestamp,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        self.fold_withdrawals(room, now, out);
        let since = now.minus(self.settings().backlog_age);
        let old: Vec<_> = self
            .waiting(room)
            .filter(|operation| operation.progress.is_none() && operation.created_at <= since)
            .filter_map(|operation| Some((operation.id, operation.tells()?)))
            .collect();
        if old.len() <= self.settings().backlog_posts {
            return Ok(());
        }
        let (mut topics, mut posts) = (BTreeSet::new(), BTreeSet::new());
        for (id, post) in old {
            self.drop_waiting(room, id, out);
            let Some(mut link) = store.link(room, post)? else {
                continue;
            };
            topics.insert(link.topic);
            posts.insert(post);
            link.state = LinkState::Digested;
            out.note(Change::Link(link));
        }
        if let (Some(first), Some(last)) = (posts.first(), posts.last()) {
            let digest = Digest {
                posts: posts.len(),
                topics: topics.len(),
                first: *first,
                last: *last,
            };
            // Before everything that is told one by one.
            self.enqueue(room, Lane::Answer, Outward::Digest(digest), now, None, out);
        }
        Ok(())
    }

    fn fold_withdrawals(&mut self, room: &Place, now: Timestamp, out: &mut Outcome) {
        if self.capabilities(room).removes {
            return;
        }
        let each: Vec<_> = self
            .waiting(room)
            .filter(|operation| matches!(operation.what, Outward::Withdraw { .. }))
            .map(|operation| operation.id)
            .collect();
        if each.len() <= WITHDRAWALS {
            return;
        }
        let count = each.len();
        for id in each {
            self.drop_waiting(room, id, out);
        }
        let announces = self
            .settings()
            .mirrors_of(room)
            .any(|m| m.announces_withdrawals);
        if announces {
            self.enqueue(
                room,
                Lane::Withdraw,
                Outward::WithdrawMany { count },
                now,
                None,
                out,
            );
        }
    }
}
