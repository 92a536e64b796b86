// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What waits to be sent and what is unfinished, read from the outbox.

use space_core::client::outbox::{Draft, ItemState, LocalId, PostRef, TopicRef};
use space_core::text::Comment;
use space_core::{Timestamp, TopicId};

use super::beginning::{blank, conflict, writing};
use super::reader::{Error, Reader};
use crate::app::message::Answer;
use crate::compose::{DraftItem, Kind, OutboxItem, State, Subject, Writing};
use crate::editing;

impl Reader<'_> {
    /// Returns what waits to be sent, in the order of sending.
    pub(super) fn outbox_items(&self) -> Result<Vec<OutboxItem>, Error> {
        let items = self.outbox.items()?;
        let shown = items.iter().filter_map(|item| {
            let state = match &item.state {
                ItemState::Queued => match &item.waiting {
                    Some(waiting) => State::Waits {
                        why: waiting.why.title.clone(),
                        until: waiting.until,
                    },
                    None => State::Queued,
                },
                ItemState::Sending => State::Sending,
                ItemState::Held => State::Held,
                ItemState::Refused(problem) => State::Refused {
                    why: problem.title.clone(),
                    // What to do about a conflict is in the list itself.
                    hint: problem.hint.clone().filter(|_| conflict(item).is_none()),
                    is_conflict: conflict(item).is_some(),
                },
                ItemState::Sent(_) => return None,
            };
            // That somebody has read something is sent silently.
            let is_silent = item.draft.is_silent();
            let is_refused = matches!(state, State::Refused { .. });
            (!is_silent || is_refused).then_some((item, state))
        });
        shown
            .map(|(item, state)| {
                let (kind, source) = match &item.draft {
                    Draft::StartTopic { source, .. } => (Kind::Topic, source.as_str()),
                    Draft::Reply { source, .. } => (Kind::Reply, source.as_str()),
                    Draft::EditPost { source, .. } => (Kind::Edit, source.as_str()),
                    Draft::DeletePost { .. } => (Kind::Removal, ""),
                    Draft::TagTopic { .. } => (Kind::Tags, ""),
                    Draft::Report { comment, .. } => {
                        (Kind::Report, comment.as_ref().map_or("", Comment::as_str))
                    }
                    Draft::MarkRead { .. }
                    | Draft::MarkPost { .. }
                    | Draft::RestoreRead { .. }
                    | Draft::SetRead { .. }
                    | Draft::CatchUp { .. }
                    | Draft::PutBookmark { .. }
                    | Draft::RemoveBookmark { .. } => (Kind::Other, ""),
                };
                Ok(OutboxItem {
                    id: item.id,
                    kind,
                    title: self.title_of(&item.draft)?,
                    source: source.to_owned(),
                    written_at: item.written_at,
                    state,
                })
            })
            .collect()
    }

    fn title_of(&self, draft: &Draft) -> Result<String, Error> {
        let topic = match draft {
            Draft::StartTopic { title, .. } => return Ok(title.to_string()),
            Draft::Reply {
                topic: TopicRef::Queued(id),
                ..
            } => {
                return match self.outbox.item(*id)? {
                    Some(item) => self.title_of(&item.draft),
                    None => Ok(String::new()),
                };
            }
            Draft::EditPost { post, .. }
            | Draft::DeletePost { post }
            | Draft::Report { post, .. } => self.replica.post(*post)?.map(|row| row.post.topic),
            Draft::Reply {
                topic: TopicRef::Sent(topic),
                ..
            }
            | Draft::MarkRead { topic, .. }
            | Draft::MarkPost { topic, .. }
            | Draft::RestoreRead { topic, .. }
            | Draft::SetRead { topic, .. }
            | Draft::PutBookmark { topic, .. }
            | Draft::RemoveBookmark { topic, .. }
            | Draft::TagTopic { topic, .. } => Some(*topic),
            Draft::CatchUp { .. } => None,
        };
        self.title(topic)
    }

    fn title(&self, topic: Option<TopicId>) -> Result<String, Error> {
        let row = topic.map(|topic| self.replica.topic(topic)).transpose()?;
        let row = row.flatten();
        Ok(row.map_or_else(String::new, |row| row.topic.title.to_string()))
    }

    /// Returns unfinished texts, the latest first.
    pub(super) fn draft_items(&self) -> Result<Vec<DraftItem>, Error> {
        let mut items = Vec::new();
        for saved in self.outbox.drafts()? {
            let topic = self.topic_of(saved.place)?;
            let title = match (topic, saved.place) {
                (Some(_), _) => self.title(topic)?,
                (None, Subject::Waiting(id)) => match self.outbox.item(id)? {
                    Some(item) => self.title_of(&item.draft)?,
                    None => String::new(),
                },
                _ => saved.title.clone(),
            };
            items.push(DraftItem {
                subject: saved.place,
                topic,
                title,
                saved_at: saved.saved_at,
                writing: writing(saved),
                is_in_file: false,
            });
        }
        self.in_files(&mut items)?;
        Ok(items)
    }

    /// Adds the texts that editors left and nothing else has.
    fn in_files(&self, items: &mut Vec<DraftItem>) -> Result<(), Error> {
        for left in editing::unfinished(&self.tools.file) {
            let Some(subject) = left.subject else {
                continue;
            };
            let is_listed = items.iter().any(|item| item.subject == subject);
            if is_listed || self.is_in_outbox(&left.text)? {
                continue;
            }
            let topic = self.topic_of(subject)?;
            let modified = std::fs::metadata(&left.file).and_then(|it| it.modified());
            let saved_at = modified
                .ok()
                .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
                .and_then(|since| i64::try_from(since.as_millis()).ok());
            items.push(DraftItem {
                subject,
                topic,
                title: self.title(topic)?,
                writing: Writing {
                    source: left.text,
                    ..blank(subject)
                },
                saved_at: saved_at.map_or_else(|| self.tools.clock.now(), Timestamp::from_millis),
                is_in_file: true,
            });
        }
        Ok(())
    }

    fn topic_of(&self, subject: Subject) -> Result<Option<TopicId>, Error> {
        Ok(match subject {
            Subject::Reply(TopicRef::Sent(topic)) => Some(topic),
            Subject::ReplyTo(PostRef::Sent(post)) | Subject::Edit(post) => {
                self.replica.post(post)?.map(|row| row.post.topic)
            }
            _ => None,
        })
    }

    /// Returns the three texts of an edit that met another.
    pub(super) fn texts(&self, id: LocalId) -> Result<Answer, Error> {
        let item = self.outbox.item(id)?.ok_or(Error::NoItem)?;
        let texts = conflict(&item).ok_or(Error::NoItem)?;
        Ok(Answer::Conflict(Box::new(texts)))
    }
}
