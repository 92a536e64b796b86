// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that owns the screen's view of the replica: questions in, answers out, writes to the outbox.

use space_core::CategoryId;
use space_core::chain;
use space_core::client::outbox::{Draft, ItemState, Outbox, OutboxError};
use space_core::client::replica::{
    CategoryRow, Replica, ReplicaError, TopicKey, TopicOrder, TopicQuery, TopicRow,
};
use space_core::text::{PostSource, TextError};
use tokio::sync::mpsc;

use super::{Tools, rows};
use crate::app::items::{NextUnread, Overview, ThreadPart, TopicsPart};
use crate::app::jumps::Jumps;
use crate::app::message::{Answer, Around, Filter, Msg, Place, Query, Ticket, View, Write};

/// Questions that wait at most. When it is full the screen waits, which it never does in practice: answers take
/// milliseconds, and older questions of the same screen are skipped.
pub const QUESTIONS: usize = 256;

/// Topics read in one go when walking through a list.
const PAGE: usize = 500;

/// What the thread is asked.
#[derive(Debug)]
pub enum Question {
    /// Something to read.
    Ask(Ticket, Query),
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
}

/// Answers questions until nobody asks any more.
pub fn run(tools: &Tools, mut questions: mpsc::Receiver<Question>, answers: &mpsc::Sender<Msg>) {
    let mut reader = match Reader::open(tools) {
        Ok(reader) => reader,
        Err(error) => {
            tracing::error!(%error, "cannot open the local copy");
            while let Some(question) = questions.blocking_recv() {
                let why = chain(&error);
                let msg = match question {
                    Question::Ask(ticket, _) => Msg::Answer(ticket, Answer::Failed(why)),
                    Question::Do(_) => Msg::Written(Err(why)),
                    Question::Keep(_) => continue,
                };
                if answers.blocking_send(msg).is_err() {
                    return;
                }
            }
            return;
        }
    };
    while let Some(first) = questions.blocking_recv() {
        let mut waiting = vec![first];
        while let Ok(next) = questions.try_recv() {
            waiting.push(next);
        }
        let mut at = 0;
        while at < waiting.len() {
            at += 1;
            let at = at - 1;
            // A later question of the same screen and kind makes this one void.
            if let Question::Ask(ticket, query) = &waiting[at]
                && is_void(*ticket, query, &waiting[at + 1..])
            {
                continue;
            }
            let msg = match &waiting[at] {
                Question::Ask(ticket, Query::Find { words, limit }) => {
                    let (ticket, words, limit) = (*ticket, words.clone(), *limit);
                    // A search by name looks at everything: another one that was asked meanwhile ends it.
                    let mut is_void = || {
                        while let Ok(next) = questions.try_recv() {
                            waiting.push(next);
                        }
                        waiting[at + 1..].iter().any(is_search)
                    };
                    match reader.find(&words, limit, &mut is_void) {
                        Ok(Some(found)) => Msg::Answer(ticket, Answer::Find(found)),
                        Ok(None) => continue,
                        Err(error) => Msg::Answer(ticket, Answer::Failed(chain(&error))),
                    }
                }
                question => match reader.take(question) {
                    Some(msg) => msg,
                    None => continue,
                },
            };
            if answers.blocking_send(msg).is_err() {
                return;
            }
        }
    }
}

fn is_void(ticket: Ticket, query: &Query, later: &[Question]) -> bool {
    later.iter().any(|question| match question {
        Question::Ask(other, asked) => {
            other.screen == ticket.screen
                && std::mem::discriminant(asked) == std::mem::discriminant(query)
        }
        Question::Do(_) | Question::Keep(_) => false,
    })
}

fn is_search(question: &Question) -> bool {
    matches!(question, Question::Ask(_, Query::Find { .. }))
}

/// What answers questions.
pub(crate) struct Reader<'a> {
    pub(super) tools: &'a Tools,
    pub(super) replica: Replica,
    pub(super) outbox: Outbox,
    /// Places in lists, about [`PAGE`] rows apart, from which reading can begin.
    marks: Vec<(Filter, Vec<TopicKey>)>,
}

impl<'a> Reader<'a> {
    /// Opens the replica and the outbox.
    pub(crate) fn open(tools: &'a Tools) -> Result<Self, Error> {
        Ok(Self {
            tools,
            replica: Replica::open(&tools.file)?,
            outbox: Outbox::open(&tools.file)?,
            marks: Vec::new(),
        })
    }

    /// Answers one question.
    pub(crate) fn take(&mut self, question: &Question) -> Option<Msg> {
        Some(match question {
            Question::Ask(ticket, query) => {
                let answer = self.answer(query);
                let answer = answer.unwrap_or_else(|error| Answer::Failed(chain(&error)));
                Msg::Answer(*ticket, answer)
            }
            Question::Do(Write::Discard(id)) => match self.discard(*id) {
                Ok(items) => Msg::Discarded(items),
                Err(error) => Msg::Written(Err(chain(&error))),
            },
            Question::Do(Write::Mark(marking)) => match self.mark(marking) {
                Ok(before) => Msg::Marked(marking.clone(), before),
                Err(error) => Msg::Written(Err(chain(&error))),
            },
            Question::Do(write) => {
                let done = self.write(write);
                Msg::Written(done.map(|()| write.clone()).map_err(|e| chain(&e)))
            }
            Question::Keep(jumps) => {
                super::jumps::save(&self.tools.file, jumps);
                return None;
            }
        })
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
            } => Answer::Thread(Box::new(self.thread(*topic, place, *reach)?)),
            Query::Search { words, limit } => {
                let hits = self.replica.search(words, *limit)?;
                Answer::Search(hits.into_iter().map(rows::hit).collect())
            }
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
                Answer::Names(self.replica.names_beginning(start, *limit)?)
            }
            Query::Outbox => Answer::Outbox(self.outbox_items()?),
            Query::Drafts => Answer::Drafts(self.draft_items()?),
            Query::Conflict(id) => self.texts(*id)?,
            Query::Overview => Answer::Overview(self.overview()?),
        })
    }

    /// Reads the rows around a place. The replica reads lists forwards only, so reading begins at a known place
    /// at least `reach` rows before.
    fn topics(
        &mut self,
        filter: &Filter,
        around: Around,
        reach: usize,
    ) -> Result<TopicsPart, Error> {
        let at = match around {
            Around::Start => None,
            Around::At(key) => Some(key),
            Around::End => Some(TopicKey::LAST),
        };
        let known = self.marks.iter().position(|(of, _)| of == filter);
        let slot = known.unwrap_or_else(|| {
            self.marks.push((*filter, Vec::new()));
            self.marks.len() - 1
        });
        let mut before = None;
        if let Some(at) = at {
            // A whole page lies between the mark before the last one that comes before the place, and the place.
            let marks = &mut self.marks[slot].1;
            let known = marks.iter().take_while(|key| **key > at).count();
            before = known.checked_sub(2).and_then(|i| marks.get(i)).copied();
            marks.truncate(known.saturating_sub(1));
        }
        let mut part = TopicsPart {
            is_start: before.is_none(),
            ..TopicsPart::default()
        };
        loop {
            let page = self.replica.topics(&TopicQuery {
                category: filter.category,
                with_below: true,
                order: order(filter.view),
                before,
                limit: PAGE,
            })?;
            part.is_end = page.len() < PAGE;
            before = page.last().map(|row| row.key);
            if let Some(mark) = before {
                let marks = &mut self.marks[slot].1;
                if at.is_some() && marks.last().is_none_or(|key| *key > mark) {
                    marks.push(mark);
                }
            }
            part.rows.extend(page.into_iter().map(rows::topic));
            let here = at.map_or(0, |at| {
                part.rows.iter().take_while(|row| row.key() > at).count()
            });
            if here > reach {
                part.rows.drain(..here - reach);
                part.is_start = false;
            }
            let here = here.min(reach);
            if part.is_end || part.rows.len() >= here + reach {
                if part.rows.len() > here + reach {
                    part.rows.truncate(here + reach);
                    part.is_end = false;
                }
                return Ok(part);
            }
        }
    }

    fn thread(
        &mut self,
        topic: space_core::TopicId,
        place: &Place,
        reach: usize,
    ) -> Result<ThreadPart, Error> {
        let row = self.replica.topic(topic)?.ok_or(Error::NoTopic)?;
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
        let reach_numbers = i64::try_from(reach).unwrap_or(i64::MAX);
        let from = number.saturating_sub(reach_numbers).max(1);
        let wanted = reach * 2;
        let found = self.replica.thread(topic, from, wanted + 1)?;
        let is_end = found.len() <= wanted;
        let mut posts: Vec<_> = found.into_iter().take(wanted).map(rows::post).collect();
        let at = posts
            .iter()
            .find(|post| post.number >= number)
            .or(posts.last())
            .map(|post| post.key.clone());
        let mut at = at;
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
        Ok(ThreadPart {
            topic: rows::topic(row),
            posts,
            is_start: from <= 1,
            is_end,
            at,
        })
    }

    /// Where reading goes on: below in the category, else from its start, else in the next category with anything.
    fn next_unread(
        &self,
        after: Option<space_core::TopicId>,
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
            if matches!(item.draft, Draft::MarkRead { .. }) {
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

    fn write(&mut self, write: &Write) -> Result<(), Error> {
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        let draft = match write {
            Write::Send(writing) => return self.send(writing),
            Write::KeepDraft(writing) => return self.keep_draft(writing),
            Write::DropDraft(subject) => return self.drop_draft(*subject),
            Write::Retry(id) => return Ok(self.outbox.retry(*id, clock)?),
            Write::Discard(id) => return self.discard(*id).map(drop),
            Write::Restore(items) => return Ok(self.outbox.restore(items)?),
            Write::Resolve {
                id,
                revision,
                source,
            } => {
                let source = PostSource::parse(source)?;
                return Ok(self.outbox.resolve(*id, *revision, &source)?);
            }
            Write::MarkRead { topic, number } => {
                self.replica.mark_read_local(*topic, *number)?;
                Draft::MarkRead {
                    topic: *topic,
                    number: *number,
                }
            }
            Write::Mark(marking) => return self.mark(marking).map(drop),
        };
        self.outbox.queue(&draft, clock, entropy)?;
        Ok(())
    }
}

/// Which order of the replica shows a list.
fn order(view: View) -> TopicOrder {
    match view {
        View::Latest => TopicOrder::Latest,
        View::Unread => TopicOrder::Unread,
        View::New => TopicOrder::New,
        View::Top => TopicOrder::Top,
    }
}
