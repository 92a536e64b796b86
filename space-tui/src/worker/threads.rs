// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Posts of a topic, by time or as a tree, with what waits to be sent at their end.

use std::sync::Arc;

use space_core::client::replica::Found;
use space_core::{PostId, TopicId};

use super::reader::{Error, Reader};
use super::rows;
use crate::app::items::{PostItem, PostKey, ThreadPart};
use crate::app::message::{Place, Shape};
use crate::app::outline::{Mark, Outline};

impl Reader<'_> {
    pub(super) fn thread(
        &mut self,
        topic: TopicId,
        place: &Place,
        reach: usize,
        shape: &Shape,
    ) -> Result<ThreadPart, Error> {
        let row = self.replica.topic(topic)?.ok_or(Error::NoTopic)?;
        let bookmarks = self.replica.bookmarks_in(topic)?;
        let outline = self.outline(topic)?;
        let last = row.last_number;
        let number = match place {
            Place::Unread => self.replica.first_unread(topic)?.unwrap_or(last),
            Place::Number(number) => *number,
            Place::Post(post) => self
                .replica
                .post(*post)?
                .map_or(last, |found| found.post.number),
        };
        let number = number.clamp(1, last.max(1));
        let (mut posts, is_start, is_end) = match shape {
            Shape::Flat => self.by_time(topic, number, reach)?,
            Shape::Tree { folded } => self.as_tree(&outline, folded, number, reach)?,
        };
        let mut at = posts
            .iter()
            .find(|post| post.number == number)
            .or_else(|| posts.iter().find(|post| post.number >= number))
            .or(posts.last())
            .map(|post| post.key.clone());
        if is_end {
            let member = self.tools.member.as_deref().unwrap_or_default();
            posts.extend(rows::unsent(
                self.outbox.items()?,
                topic,
                member,
                &self.replica,
            ));
            if matches!(place, Place::Number(i64::MAX)) {
                at = posts.last().map(|post| post.key.clone());
            }
        }
        let missing = self.replica.coverage(topic)?.missing;
        if missing > 0
            && let Some(first) = self.replica.thread(topic, 1, 1)?.pop()
            && let Some(post) = posts
                .iter_mut()
                .find(|post| post.key == PostKey::Id(first.post.id))
        {
            post.missing = missing;
        }
        for bookmark in &bookmarks {
            // A bookmark of the topic shows where the topic begins.
            let marked = posts.iter_mut().find(|post| match bookmark.post {
                Some(id) => post.key == PostKey::Id(id),
                None => post.number == 1,
            });
            let note = bookmark.note.as_ref().map(ToString::to_string);
            if let Some(post) = marked {
                post.bookmark = note.or(post.bookmark.take()).or(Some(String::new()));
            }
        }
        Ok(ThreadPart {
            topic: rows::topic(row),
            posts,
            is_start,
            is_end,
            at,
            outline,
        })
    }

    /// Reads the posts around a number, in the order of numbers; and whether they reach the start and the end.
    fn by_time(
        &self,
        topic: TopicId,
        number: i64,
        reach: usize,
    ) -> Result<(Vec<PostItem>, bool, bool), Error> {
        let reach_numbers = i64::try_from(reach).unwrap_or(i64::MAX);
        let from = number.saturating_sub(reach_numbers).max(1);
        let wanted = reach * 2;
        let found = self.replica.thread(topic, from, wanted + 1)?;
        let is_end = found.len() <= wanted;
        let posts = found.into_iter().take(wanted).map(rows::post).collect();
        Ok((posts, from <= 1, is_end))
    }

    /// The same for posts as a tree shows them.
    fn as_tree(
        &self,
        outline: &Outline,
        folded: &[PostId],
        number: i64,
        reach: usize,
    ) -> Result<(Vec<PostItem>, bool, bool), Error> {
        let open = outline.open(folded);
        let near = outline.window(&open, number, reach);
        let mut posts = Vec::with_capacity(near.len());
        for knot in &open[near.clone()] {
            posts.extend(self.replica.post(knot.id)?.map(rows::post));
        }
        Ok((posts, near.start == 0, near.end == open.len()))
    }

    /// Returns which post of a topic answers which; read again only when the file has changed.
    fn outline(&mut self, topic: TopicId) -> Result<Arc<Outline>, Error> {
        let version = self.replica.version()?;
        if let Some((of, at, outline)) = &self.outline
            && (*of, *at) == (topic, version)
        {
            return Ok(Arc::clone(outline));
        }
        let me = self.replica.me()?;
        let marks: Vec<Mark> = self
            .replica
            .outline(topic)?
            .into_iter()
            .map(|mark| Mark {
                id: mark.id,
                number: mark.number,
                reply_to: mark.reply_to,
                is_own: Some(mark.author) == me,
            })
            .collect();
        let outline = Arc::new(Outline::new(&marks));
        self.outline = Some((topic, version, Arc::clone(&outline)));
        Ok(outline)
    }

    /// Returns where something with a number can be read.
    pub(super) fn locate(&self, number: i64) -> Result<Option<(TopicId, Place)>, Error> {
        Ok(match self.replica.find(number)? {
            Some(Found::Topic(row)) => Some((row.topic.id, Place::Unread)),
            Some(Found::Post(row)) => Some((row.post.topic, Place::Post(row.post.id))),
            _ => None,
        })
    }
}
