// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Changing read marks: which topics a wish means, how far they were read, and the outbox.

use space_core::client::outbox::Draft;
use space_core::client::replica::{TopicOrder, TopicQuery};
use space_core::{CategoryId, TopicId};

use super::reader::{Error, Reader};
use crate::app::message::Marking;

/// Topics read in one go.
const PAGE: usize = 500;

impl Reader<'_> {
    /// Changes marks as wished, all of them or none, and returns how far the topics were read before.
    pub(super) fn mark(&mut self, marking: &Marking) -> Result<Vec<(TopicId, i64)>, Error> {
        let wanted = self.wanted(marking)?;
        let mut before = Vec::with_capacity(wanted.len());
        let mut drafts = Vec::with_capacity(wanted.len());
        for (topic, number) in wanted {
            let was = self.replica.read_position(topic)?.unwrap_or(0);
            if was != number {
                before.push((topic, was));
                drafts.push(Draft::MarkRead { topic, number });
            }
        }
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        self.outbox.queue_all(&drafts, clock, entropy)?;
        Ok(before)
    }

    /// Returns the topics that are meant, and how far they are to count as read.
    fn wanted(&self, marking: &Marking) -> Result<Vec<(TopicId, i64)>, Error> {
        Ok(match marking {
            Marking::Topic(topic) => {
                let row = self.replica.topic(*topic)?;
                row.map(|row| (*topic, row.last_number))
                    .into_iter()
                    .collect()
            }
            Marking::Category(category) => self.waiting(Some(*category))?,
            Marking::Everything => self.waiting(None)?,
            Marking::UpTo(topic, number) => vec![(*topic, (*number).max(0))],
            Marking::Back(before) => before.clone(),
        })
    }

    /// Returns every topic with something unread, and its last number.
    fn waiting(&self, category: Option<CategoryId>) -> Result<Vec<(TopicId, i64)>, Error> {
        let mut all = Vec::new();
        for order in [TopicOrder::Unread, TopicOrder::New] {
            let mut query = TopicQuery {
                category,
                with_below: true,
                order,
                limit: PAGE,
                ..TopicQuery::default()
            };
            loop {
                let page = self.replica.topics(&query)?;
                query.before = page.last().map(|row| row.key);
                all.extend(page.iter().map(|row| (row.topic.id, row.last_number)));
                if page.len() < PAGE {
                    break;
                }
            }
        }
        Ok(all)
    }
}
