// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Who may do what, remembered within one transaction: many commands of a batch come from the same people and go to
//! the same categories.

use std::collections::HashMap;

use space_core::protocol::TopicLine;
use space_core::{Access, CategoryId, TopicId};

use super::Tx;
use crate::store::actor::{self, By, Caller};
use crate::store::{Result, category, topic, unseen};

/// What was read. It holds until a command changes anybody's rights; see [`super::Command::KEEPS_RIGHTS`].
#[derive(Debug, Default)]
pub(super) struct Rights {
    callers: HashMap<[u8; 32], Caller>,
    access: HashMap<CategoryId, Access>,
    was_closed: HashMap<CategoryId, bool>,
}

impl Tx<'_> {
    /// Loads who acts; `None` when there is a token, but it is not valid (any more).
    pub(crate) async fn caller(&mut self, by: &By) -> Result<Option<Caller>> {
        let now = self.now();
        let By::Token(hash) = by else {
            return actor::load(self.x(), by, now).await;
        };
        if let Some(caller) = self.rights().callers.get(&**hash) {
            return Ok(Some(caller.clone()));
        }
        let caller = actor::load(self.x(), by, now).await?;
        if let Some(caller) = &caller {
            self.rights().callers.insert(**hash, caller.clone());
        }
        Ok(caller)
    }

    /// Says whether a category is or was closed.
    pub(super) async fn was_closed(&mut self, category: CategoryId) -> Result<bool> {
        if let Some(known) = self.rights().was_closed.get(&category) {
            return Ok(*known);
        }
        let was_closed = unseen::was_closed(self.x(), category.get()).await?;
        self.rights().was_closed.insert(category, was_closed);
        Ok(was_closed)
    }

    /// Reads a topic with its tally, and who may do what in its category.
    pub(crate) async fn topic_with_access(
        &mut self,
        id: TopicId,
    ) -> Result<Option<(TopicLine, Access)>> {
        // The first one brings the access along, which saves a round trip; later ones mostly find it.
        let found = if self.rights().access.is_empty() {
            topic::with_access(self.x(), id).await?
        } else {
            let Some(line) = topic::by_id(self.x(), id).await? else {
                return Ok(None);
            };
            let category = line.topic.category;
            let access = match self.rights().access.get(&category) {
                Some(access) => access.clone(),
                None => category::access(self.x(), category).await?,
            };
            Some((line, access))
        };
        if let Some((line, access)) = &found {
            let known = &mut self.rights().access;
            known
                .entry(line.topic.category)
                .or_insert_with(|| access.clone());
        }
        Ok(found)
    }
}
