// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! One line that a network will not have must not keep a room silent for ever.

use super::outward::land;
use super::{Effect, Engine, Outcome};
use crate::relay::{Change, LinkState, OpId, Outward, Place, Store, StoreError};

/// After so many refusals a post is told without its words; after one more it is given up.
pub(super) const TRIES_BARE: u32 = 2;

impl Engine {
    /// The network did not pass on a line of an operation. It is tried again as it is, then without any of the post's own
    /// words, and then given up.
    pub(super) fn unsaid(
        &mut self,
        store: &Store,
        op: OpId,
        place: &Place,
        out: &mut Outcome,
    ) -> Result<(), StoreError> {
        let Some(queue) = self.queues.get_mut(place) else {
            return Ok(());
        };
        if queue
            .in_flight
            .as_ref()
            .is_some_and(|flight| flight.operation.id == op)
        {
            land(queue, out);
        }
        let key = queue
            .waiting
            .iter()
            .find(|(_, operation)| operation.id == op)
            .map(|(key, _)| *key);
        let Some((key, mut operation)) =
            key.and_then(|key| Some((key, queue.waiting.remove(&key)?)))
        else {
            return Ok(());
        };
        operation.tries = operation.tries.saturating_add(1);
        if operation.tries > TRIES_BARE {
            out.note(Change::OperationDone(op));
            let what = match operation.what {
                Outward::Tell { post }
                | Outward::Edit { post, .. }
                | Outward::Withdraw { post } => {
                    format!("#{post}")
                }
                _ => "what there is to say".to_owned(),
            };
            out.effects.push(Effect::Warn(format!(
                "{place} does not pass on {what}, not even without its words: it is left out"
            )));
            if let Some(post) = operation.tells()
                && let Some(mut link) = store.link(place, post)?
                && link.state == LinkState::Queued
            {
                // The room does not have it, so nothing that becomes of it is told either.
                link.state = LinkState::Digested;
                out.note(Change::Link(link));
            }
            return Ok(());
        }
        if operation.tries >= TRIES_BARE {
            // Worded anew.
            operation.progress = None;
        }
        out.note(Change::Operation(operation.clone()));
        queue.waiting.insert(key, operation);
        Ok(())
    }
}
