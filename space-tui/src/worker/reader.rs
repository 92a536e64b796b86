// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that owns the screen's view of the replica: questions in, answers out, writes to the outbox.

use std::sync::Arc;

use space_core::client::outbox::{Draft, ItemState, Outbox, OutboxError};
use space_core::client::replica::{Replica, ReplicaError};
use space_core::text::{PostSource, TextError};
use space_core::{TopicId, chain};
use tokio::sync::mpsc;

use super::ears::Ears;
use super::fetch::Order;
use super::{Tools, rows};
use crate::app::items::Overview;
use crate::app::jumps::Jumps;
use crate::app::message::{Answer, Msg, Query, Ticket, Write};
use crate::app::outline::Outline;
use crate::trouble;

/// Questions that wait at most. When it is full the screen waits, which it never does in practice: answers take
/// milliseconds, and older questions of the same screen are skipped.
pub const QUESTIONS: usize = 256;

/// What the thread is asked.
#[derive(Debug)]
pub enum Question {
    /// Something to read.
    Ask(Ticket, Query),
    /// Something to read, once what was missing for it was asked of the server.
    AskAgain(Ticket, Query),
    /// Something to write.
    Do(Write),
    /// The places that the reader came from, to be kept.
    Keep(Jumps),
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("this topic is not in the local copy")]
    NoTopic,
    #[error("this is not in the outbox any more")]
    NoItem,
    #[error("no category is chosen")]
    NoCategory,
    #[error("what an editor left cannot be kept in a file of its own")]
    SetAside(#[from] std::io::Error),
}

/// Answers questions until nobody asks any more.
pub fn run(
    tools: &Tools,
    mut questions: mpsc::Receiver<Question>,
    orders: mpsc::Sender<Order>,
    answers: &mpsc::Sender<Msg>,
) {
    let mut reader = match Reader::open(tools) {
        Ok(reader) => Reader {
            orders: Some(orders),
            ..reader
        },
        Err(error) => {
            tracing::error!(%error, "cannot open the local copy");
            while let Some(question) = questions.blocking_recv() {
                let why = chain(&error);
                let msg = match question {
                    Question::Ask(ticket, _) | Question::AskAgain(ticket, _) => {
                        Msg::Answer(ticket, Answer::Failed(why))
                    }
                    Question::Do(write) => Msg::Written(write, Err(why)),
                    Question::Keep(_) => continue,
                };
                if answers.blocking_send(msg).is_err() {
                    return;
                }
            }
            return;
        }
    };
    let ears = Arc::new(Ears::default());
    let (listening, interrupter) = (Arc::clone(&ears), reader.replica.interrupter());
    // It ends when the screen stops asking; nobody needs to wait for that.
    let listener = std::thread::Builder::new()
        .name("space-questions".to_owned())
        .spawn(move || listening.listen(questions, &interrupter));
    if let Err(error) = listener {
        tracing::error!(%error, "cannot listen to questions");
        let _ = answers.blocking_send(Msg::Terminate);
        return;
    }
    let mut is_alone = false;
    while let Some(question) = ears.next() {
        // The screen has ended: what was to be written is written all the same, and nothing is answered.
        if is_alone && matches!(question, Question::Ask(..) | Question::AskAgain(..)) {
            continue;
        }
        let msg = match &question {
            Question::Ask(ticket, query @ (Query::Find { .. } | Query::Search { .. })) => {
                let found = ears.search(*ticket, query, |is_void| reader.look(query, is_void));
                match found {
                    Some(Ok(Some(answer))) => Msg::Answer(*ticket, answer),
                    Some(Err(error)) => Msg::Answer(*ticket, Answer::Failed(chain(&error))),
                    // Whoever asked has asked something else meanwhile.
                    Some(Ok(None)) | None => continue,
                }
            }
            question => match reader.take(question) {
                Some(msg) => msg,
                None => continue,
            },
        };
        is_alone |= answers.blocking_send(msg).is_err();
    }
}

/// What answers questions.
pub(crate) struct Reader<'a> {
    pub(super) tools: &'a Tools,
    pub(super) replica: Replica,
    pub(super) outbox: Outbox,
    /// Where topics are ordered that are not here, or not whole.
    pub(super) orders: Option<mpsc::Sender<Order>>,
    /// The outline that was read last: of which topic, and at which version of the file.
    pub(super) outline: Option<(TopicId, i64, Arc<Outline>)>,
}

impl<'a> Reader<'a> {
    /// Opens the replica and the outbox.
    pub(crate) fn open(tools: &'a Tools) -> Result<Self, Error> {
        Ok(Self {
            tools,
            replica: Replica::open(&tools.file)?,
            outbox: Outbox::open(&tools.file)?,
            orders: None,
            outline: None,
        })
    }

    /// Answers one question.
    pub(crate) fn take(&mut self, question: &Question) -> Option<Msg> {
        Some(match question {
            Question::Ask(ticket, query) => {
                let answer = self.answer(query);
                if self.is_ordered(*ticket, query, &answer) {
                    return None;
                }
                self.answered(*ticket, answer)
            }
            Question::AskAgain(ticket, query) => {
                let answer = self.answer(query);
                self.answered(*ticket, answer)
            }
            Question::Do(write) => {
                let done = self.write(write);
                done.unwrap_or_else(|error| Msg::Written(write.clone(), Err(self.said(&error))))
            }
            Question::Keep(jumps) => {
                super::jumps::save(&self.tools.file, jumps);
                return None;
            }
        })
    }

    /// Says what went wrong, for the reader.
    fn said(&self, error: &Error) -> String {
        let of_file = match error {
            Error::Replica(error) | Error::Outbox(OutboxError::File(error)) => Some(error),
            _ => None,
        };
        of_file
            .and_then(|error| trouble::named(error, &self.tools.file))
            .map_or_else(|| chain(error), |named| named.plain())
    }

    fn answered(&self, ticket: Ticket, answer: Result<Answer, Error>) -> Msg {
        let answer = answer.unwrap_or_else(|error| Answer::Failed(self.said(&error)));
        Msg::Answer(ticket, answer)
    }

    /// Orders what is missing. Returns whether the answer has to wait for it; a topic of which something is here is shown at
    /// once, and once more when the rest has come.
    fn is_ordered(&self, ticket: Ticket, query: &Query, answer: &Result<Answer, Error>) -> bool {
        let Some(orders) = &self.orders else {
            return false;
        };
        let (number, missing) = match (query, answer) {
            (Query::Locate(number), Ok(Answer::Locate(None))) => (*number, 0),
            (Query::Post(post), Ok(Answer::Post(None))) => (post.get(), 0),
            (Query::Thread { topic, .. }, Err(Error::NoTopic)) => (topic.get(), 0),
            (Query::Thread { topic, .. }, Ok(Answer::Thread(part))) => {
                match part.posts.iter().map(|post| post.missing).max() {
                    Some(missing) if missing > 0 => (topic.get(), missing),
                    _ => return false,
                }
            }
            _ => return false,
        };
        let waits = missing == 0;
        let order = Order {
            number,
            missing,
            then: waits.then(|| (ticket, query.clone())),
        };
        orders.try_send(order).is_ok() && waits
    }

    /// Searches; nothing when it was ended.
    fn look(
        &mut self,
        query: &Query,
        is_void: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Answer>, Error> {
        match query {
            Query::Find { words, limit } => {
                Ok(self.find(words, *limit, is_void)?.map(Answer::Find))
            }
            other => self.answer(other).map(Some),
        }
    }

    fn answer(&mut self, query: &Query) -> Result<Answer, Error> {
        Ok(match query {
            Query::Topics {
                filter,
                around,
                reach,
            } => Answer::Topics(self.topics(filter, *around, *reach)?),
            Query::Thread {
                topic,
                place,
                reach,
                shape,
            } => Answer::Thread(Box::new(self.thread(*topic, place, *reach, shape)?)),
            Query::Post(id) => {
                let found = self.replica.post(*id)?;
                Answer::Post(found.map(|row| Box::new(rows::post(row))))
            }
            Query::Locate(number) => Answer::Locate(self.locate(*number)?),
            Query::Search {
                words,
                before,
                limit,
            } => Answer::Search(self.search(words, *before, *limit)?),
            Query::Complete { text } => Answer::Complete(self.complete(text)?),
            Query::NextUnread { after, category } => {
                Answer::NextUnread(self.next_unread(*after, *category)?)
            }
            Query::Find { words, limit } => {
                let found = self.find(words, *limit, &mut || false)?;
                Answer::Find(found.unwrap_or_default())
            }
            Query::Places => Answer::Places(rows::places(&self.replica.categories()?)),
            Query::Compose(subject) => self.compose(*subject)?,
            Query::Quote(post) => self.quote(*post)?,
            Query::Names { start, limit } => {
                Answer::Names(self.replica.members_like(start, *limit)?)
            }
            Query::Outbox => Answer::Outbox(self.outbox_items()?),
            Query::Drafts => Answer::Drafts(self.draft_items()?),
            Query::Conflict(id) => self.texts(*id)?,
            Query::Overview => Answer::Overview(self.overview()?),
        })
    }

    fn overview(&self) -> Result<Overview, Error> {
        let attention = self.replica.attention()?;
        let mut overview = Overview {
            space: self
                .replica
                .space()?
                .map(|space| space.name.to_string())
                .unwrap_or_default(),
            unread_topics: usize::try_from(attention.unread + attention.new).unwrap_or(0),
            ..Overview::default()
        };
        for item in self.outbox.items()? {
            // That somebody has read something is sent silently.
            if item.draft.is_silent() {
                continue;
            }
            match item.state {
                ItemState::Queued | ItemState::Sending | ItemState::Held => overview.queued += 1,
                ItemState::Refused(_) => overview.refused += 1,
                ItemState::Sent(_) => {}
            }
        }
        Ok(overview)
    }

    /// Writes, and says what came of it.
    fn write(&mut self, write: &Write) -> Result<Msg, Error> {
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        let mut aside = None;
        match write {
            Write::Discard(id) => return Ok(Msg::Discarded(self.outbox.discard(*id)?)),
            Write::Mark(marking) => return Ok(Msg::Marked(marking.clone(), self.mark(marking)?)),
            Write::Send(writing, seen) => aside = self.send(writing, seen)?,
            Write::KeepDraft(writing, seen) => aside = self.keep_draft(writing, seen)?,
            Write::DropDraft(subject, seen) => aside = self.drop_draft(*subject, seen)?,
            Write::Retry(id) => self.outbox.retry(*id, clock)?,
            Write::Restore(thrown) => self.outbox.restore(thrown)?,
            Write::Resolve {
                id,
                revision,
                source,
            } => {
                let source = PostSource::parse(source)?;
                self.outbox.resolve(*id, *revision, &source, None)?;
            }
            Write::Report {
                post,
                reason,
                comment,
            } => {
                let draft = Draft::Report {
                    post: *post,
                    reason: *reason,
                    comment: comment.clone(),
                };
                self.outbox.queue(&draft, clock, entropy)?;
            }
            Write::Tag(topic, change) => {
                let draft = Draft::TagTopic {
                    topic: *topic,
                    change: change.clone(),
                };
                self.outbox.queue(&draft, clock, entropy)?;
            }
            Write::MarkRead { topic, number } => {
                let draft = Draft::MarkRead {
                    topic: *topic,
                    number: *number,
                };
                self.outbox.queue(&draft, clock, entropy)?;
            }
        }
        Ok(Msg::Written(write.clone(), Ok(aside)))
    }
}
