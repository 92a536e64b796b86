// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Changing read marks and bookmarks: which topics a wish means, how far they were read, and the outbox.

use space_core::PostId;
use space_core::client::outbox::{Draft, PostMark};
use space_core::protocol::CatchUpPlace;

use super::reader::{Error, Reader};
use crate::app::message::{Before, BookmarkBefore, Marking};

impl Reader<'_> {
    /// Changes marks as wished, all of them or none, and returns what was marked before.
    pub(super) fn mark(&mut self, marking: &Marking) -> Result<Before, Error> {
        let mut before = Before {
            about: self.about(marking)?,
            ..Before::default()
        };
        let drafts = match marking {
            Marking::Topic(topic) => {
                before
                    .topics
                    .push((*topic, self.replica.read_state(*topic)?));
                let number = self.replica.topic(*topic)?.map_or(0, |row| row.last_number);
                vec![Draft::MarkRead {
                    topic: *topic,
                    number,
                }]
            }
            Marking::UpTo(topic, number) => {
                before
                    .topics
                    .push((*topic, self.replica.read_state(*topic)?));
                vec![Draft::MarkPost {
                    topic: *topic,
                    number: number + 1,
                    mark: PostMark::UnreadFromHere,
                }]
            }
            Marking::Category(category) => {
                let tree = self.replica.categories()?;
                let at = tree.iter().position(|row| row.category.id == *category);
                let depth = at.map_or(0, |at| tree[at].depth);
                let below = tree.iter().skip(at.map_or(tree.len(), |at| at + 1));
                let places: Vec<_> = std::iter::once(Some(*category))
                    .chain(
                        below
                            .take_while(|row| row.depth > depth)
                            .map(|row| Some(row.category.id)),
                    )
                    .collect();
                before.count = self.count(|row| places.contains(&Some(row)))?;
                before.places = self.replica.caught_up(&places)?;
                self.catch_up(&before.places)
            }
            Marking::Everything => {
                before.count = self.count(|_| true)?;
                before.places = self.replica.caught_up(&[None])?;
                self.catch_up(&before.places)
            }
            Marking::Bookmark { topic, post, note } => {
                let id = post.map_or(topic.get(), PostId::get);
                let was = self.replica.bookmark(id)?;
                before.bookmarks.push(BookmarkBefore {
                    topic: *topic,
                    post: *post,
                    was,
                });
                vec![Draft::PutBookmark {
                    topic: *topic,
                    post: *post,
                    note: note.clone(),
                }]
            }
            Marking::NoBookmark { topic, of } => {
                let all = self.replica.bookmarks_in(*topic)?;
                let meant = all
                    .into_iter()
                    .filter(|it| of.is_empty() || of.contains(&it.post));
                before.bookmarks = meant
                    .map(|it| BookmarkBefore {
                        topic: it.topic,
                        post: it.post,
                        was: Some(it),
                    })
                    .collect();
                let drafts = before.bookmarks.iter().map(|it| Draft::RemoveBookmark {
                    topic: it.topic,
                    post: it.post,
                });
                drafts.collect()
            }
            Marking::Back(back) => {
                let mut drafts: Vec<Draft> = back
                    .topics
                    .iter()
                    .map(|(topic, state)| Draft::RestoreRead {
                        topic: *topic,
                        state: state.clone(),
                    })
                    .collect();
                if !back.places.is_empty() {
                    drafts.push(Draft::CatchUp {
                        places: back.places.clone(),
                    });
                }
                drafts.extend(back.bookmarks.iter().map(|it| match &it.was {
                    Some(was) => Draft::PutBookmark {
                        topic: it.topic,
                        post: it.post,
                        note: was.note.clone(),
                    },
                    None => Draft::RemoveBookmark {
                        topic: it.topic,
                        post: it.post,
                    },
                }));
                before = back.clone();
                drafts
            }
        };
        let count = before.topics.len() + before.bookmarks.len();
        before.count = before.count.max(count);
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        self.outbox.queue_all(&drafts, clock, entropy)?;
        Ok(before)
    }

    /// Returns the title or the name of what marks are about.
    fn about(&self, marking: &Marking) -> Result<String, Error> {
        let topic = match marking {
            Marking::Category(category) => {
                let tree = self.replica.categories()?;
                let row = tree.into_iter().find(|row| row.category.id == *category);
                return Ok(row.map_or_else(String::new, |row| row.category.name.to_string()));
            }
            Marking::Topic(topic)
            | Marking::UpTo(topic, _)
            | Marking::Bookmark { topic, .. }
            | Marking::NoBookmark { topic, .. } => topic,
            Marking::Everything | Marking::Back(_) => return Ok(String::new()),
        };
        let row = self.replica.topic(*topic)?;
        Ok(row.map_or_else(String::new, |row| row.topic.title.to_string()))
    }

    /// Everything that was written until now counts as read in some places; it is one thing to send.
    fn catch_up(&self, places: &[CatchUpPlace]) -> Vec<Draft> {
        let until = self.tools.clock.now();
        let places = places.iter().map(|place| CatchUpPlace { until, ..*place });
        vec![Draft::CatchUp {
            places: places.collect(),
        }]
    }

    /// Counts the topics in which something waits to be read.
    fn count(&self, is_meant: impl Fn(space_core::CategoryId) -> bool) -> Result<usize, Error> {
        let tree = self.replica.categories()?;
        let meant = tree.iter().filter(|row| is_meant(row.category.id));
        let waiting: i64 = meant.map(|row| row.own.unread + row.own.new).sum();
        Ok(usize::try_from(waiting).unwrap_or(0))
    }
}
