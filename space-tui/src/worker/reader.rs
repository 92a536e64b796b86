// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The thread that owns the screen's view of the replica: questions in, answers out, writes to the outbox.

use std::sync::Arc;

use space_core::CategoryId;
use space_core::PostId;
use space_core::chain;
use space_core::client::outbox::{Draft, ItemState, Outbox, OutboxError};
use space_core::client::replica::{
    CategoryRow, Found, Replica, ReplicaError, TopicKey, TopicOrder, TopicQuery, TopicRow,
};
use space_core::text::{PostSource, TextError};
use tokio::sync::mpsc;

use super::ears::Ears;
use super::{Tools, rows};
use crate::app::items::{
    NextUnread, Overview, PostItem, PostKey, ThreadPart, TopicItem, TopicsPart,
};
use crate::app::jumps::Jumps;
use crate::app::message::{Answer, Around, Filter, Msg, Place, Query, Shape, Ticket, View, Write};
use crate::app::outline::{Mark, Outline};

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
        if is_alone && matches!(question, Question::Ask(..)) {
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
    /// The outline that was read last: of which topic, and at which version of the file.
    outline: Option<(space_core::TopicId, i64, Arc<Outline>)>,
}

impl<'a> Reader<'a> {
    /// Opens the replica and the outbox.
    pub(crate) fn open(tools: &'a Tools) -> Result<Self, Error> {
        Ok(Self {
            tools,
            replica: Replica::open(&tools.file)?,
            outbox: Outbox::open(&tools.file)?,
            outline: None,
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
            Question::Do(write) => {
                let done = self.write(write);
                done.unwrap_or_else(|error| Msg::Written(Err(chain(&error))))
            }
            Question::Keep(jumps) => {
                super::jumps::save(&self.tools.file, jumps);
                return None;
            }
        })
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

    /// Reads the rows around a place: those above it, it, and those below.
    fn topics(&self, filter: &Filter, around: Around, reach: usize) -> Result<TopicsPart, Error> {
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

    fn thread(
        &mut self,
        topic: space_core::TopicId,
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
        let missing = self.replica.posts_missing(topic)?;
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
        topic: space_core::TopicId,
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
    fn outline(&mut self, topic: space_core::TopicId) -> Result<Arc<Outline>, Error> {
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
    fn locate(&self, number: i64) -> Result<Option<(space_core::TopicId, Place)>, Error> {
        Ok(match self.replica.find(number)? {
            Some(Found::Topic(row)) => Some((row.topic.id, Place::Unread)),
            Some(Found::Post(row)) => Some((row.post.topic, Place::Post(row.post.id))),
            _ => None,
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
        match write {
            Write::Discard(id) => return Ok(Msg::Discarded(self.discard(*id)?)),
            Write::Mark(marking) => return Ok(Msg::Marked(marking.clone(), self.mark(marking)?)),
            Write::Send(writing) => self.send(writing)?,
            Write::KeepDraft(writing) => self.keep_draft(writing)?,
            Write::DropDraft(subject) => self.drop_draft(*subject)?,
            Write::Retry(id) => self.outbox.retry(*id, clock)?,
            Write::Restore(items) => self.outbox.restore(items)?,
            Write::Resolve {
                id,
                revision,
                source,
            } => {
                let source = PostSource::parse(source)?;
                self.outbox.resolve(*id, *revision, &source)?;
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
            Write::MarkRead { topic, number } => {
                let draft = Draft::MarkRead {
                    topic: *topic,
                    number: *number,
                };
                self.outbox.queue(&draft, clock, entropy)?;
            }
        }
        Ok(Msg::Written(Ok(write.clone())))
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
