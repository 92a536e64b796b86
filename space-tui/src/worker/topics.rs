// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Lists of topics, and the next topic with something to read.

use space_core::client::replica::{CategoryRow, TopicKey, TopicOrder, TopicQuery, TopicRow};
use space_core::{CategoryId, TopicId};

use super::reader::{Error, Reader};
use super::rows;
use crate::app::items::{NextUnread, TopicItem, TopicsPart};
use crate::app::message::{Around, Filter, View};

/// Topics read in one go when walking through a list.
const PAGE: usize = 500;

impl Reader<'_> {
    /// Reads the rows around a place: those above it, it, and those below.
    pub(super) fn topics(
        &self,
        filter: &Filter,
        around: Around,
        reach: usize,
    ) -> Result<TopicsPart, Error> {
        let query = TopicQuery {
            category: filter.category,
            with_below: true,
            order: order(filter.view),
            author: filter.author,
            since: filter.period.since(self.tools.clock.now()),
            ..TopicQuery::default()
        };
        // One more than is shown tells whether that was all.
        let above = |after, limit: usize| -> Result<(Vec<TopicRow>, bool), Error> {
            let mut rows = self.replica.topics(&TopicQuery {
                after: Some(after),
                limit: limit + 1,
                ..query.clone()
            })?;
            let is_all = rows.len() <= limit;
            if !is_all {
                rows.remove(0);
            }
            Ok((rows, is_all))
        };
        let below = |before, limit: usize| -> Result<(Vec<TopicRow>, bool), Error> {
            let mut rows = self.replica.topics(&TopicQuery {
                before,
                limit: limit + 1,
                ..query.clone()
            })?;
            let is_all = rows.len() <= limit;
            rows.truncate(limit);
            Ok((rows, is_all))
        };
        let ((mut rows, is_start), (rest, is_end)) = match around {
            Around::Start => ((Vec::new(), true), below(None, reach)?),
            Around::End => (above(TopicKey::LAST, reach)?, (Vec::new(), true)),
            // What is at the place itself comes with what is below it.
            Around::At(key) => (above(key, reach)?, below(Some(key.just_before()), reach)?),
        };
        rows.extend(rest);
        let author = match filter.author {
            Some(id) => self.replica.member(id)?.map(|it| it.name.to_string()),
            None => None,
        };
        let mut rows: Vec<TopicItem> = rows.into_iter().map(rows::topic).collect();
        let bookmarked = self.replica.bookmarked_topics()?;
        for row in &mut rows {
            let note = bookmarked.get(&row.id).map(Option::as_ref);
            row.bookmark = note.map(|note| note.map_or_else(String::new, ToString::to_string));
        }
        Ok(TopicsPart {
            rows,
            is_start,
            is_end,
            author,
        })
    }

    /// Where reading goes on: below in the category, else from its start, else in the next category with anything.
    pub(super) fn next_unread(
        &self,
        after: Option<TopicId>,
        category: Option<CategoryId>,
    ) -> Result<Option<NextUnread>, Error> {
        let here = after
            .map(|id| self.replica.topic(id))
            .transpose()?
            .flatten();
        let tree = self.replica.categories()?;
        let start = here.as_ref().map(|row| row.category.id).or(category);
        let start = start.and_then(|id| tree.iter().position(|row| row.category.id == id));
        let waits = |row: &&CategoryRow| row.own.unread + row.own.new > 0;
        let (before, from) = tree.split_at(start.unwrap_or(0));
        for row in from.iter().chain(before).filter(waits) {
            if let Some(found) = self.unread_in(row.category.id, here.as_ref())? {
                return Ok(Some(NextUnread {
                    topic: found.topic.id,
                    category: found.category.id,
                    category_name: found.category.name,
                }));
            }
        }
        Ok(None)
    }

    fn unread_in(
        &self,
        category: CategoryId,
        here: Option<&TopicRow>,
    ) -> Result<Option<TopicRow>, Error> {
        for order in [TopicOrder::Unread, TopicOrder::New] {
            let mut page = self.replica.topics(&TopicQuery {
                category: Some(category),
                order,
                limit: PAGE,
                ..TopicQuery::default()
            })?;
            page.retain(|row| here.is_none_or(|here| here.topic.id != row.topic.id));
            let place = |row: &TopicRow| (row.last_post_at, row.topic.id);
            let is_below = |row: &TopicRow| here.is_some_and(|here| place(row) < place(here));
            let at = page.iter().position(is_below).unwrap_or(0);
            if at < page.len() {
                return Ok(Some(page.swap_remove(at)));
            }
        }
        Ok(None)
    }
}

/// Which order of the replica shows a list.
fn order(view: View) -> TopicOrder {
    match view {
        View::Latest => TopicOrder::Latest,
        View::Unread => TopicOrder::Unread,
        View::New => TopicOrder::New,
        View::Top => TopicOrder::Top,
        View::Bookmarks => TopicOrder::Bookmarked,
    }
}
