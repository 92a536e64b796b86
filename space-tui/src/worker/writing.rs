// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the pane begins with, what waits and what is unfinished, read from the replica and the outbox; and what is
//! written there.

use space_core::client::outbox::{Draft, Item, ItemState, LocalId, PostRef, SavedDraft, TopicRef};
use space_core::client::replica::{PostRow, TopicRow};
use space_core::text::{Comment, PostSource, TopicTitle};
use space_core::{CategoryId, PostId, TopicId};

use super::reader::{Error, Reader};
use crate::app::message::Answer;
use crate::compose::{
    Answered, DraftItem, Kind, OutboxItem, Start, State, Subject, Texts, Writing,
};

/// Posts of a topic in which names to mention are looked for: the newest ones.
const PEOPLE: usize = 200;

fn blank(subject: Subject) -> Writing {
    Writing {
        subject,
        title: String::new(),
        category: None,
        source: String::new(),
        language: None,
        base: None,
    }
}

fn start(subject: Subject) -> Start {
    Start {
        writing: blank(subject),
        is_kept: false,
        is_topic: false,
        has_language: true,
        topic: None,
        topic_title: String::new(),
        answered: None,
        people: Vec::new(),
        blank: String::new(),
    }
}

fn writing(saved: SavedDraft) -> Writing {
    Writing {
        subject: saved.place,
        title: saved.title,
        category: saved.category,
        source: saved.source,
        language: saved.language,
        base: saved.base,
    }
}

fn answered(row: &PostRow) -> Answered {
    Answered {
        post: Some(row.post.id),
        author: row.author.name.clone(),
        source: row.post.source.clone(),
    }
}

impl Reader<'_> {
    /// Returns what a pane begins with.
    pub(super) fn compose(&self, subject: Subject) -> Result<Answer, Error> {
        let mut it = start(subject);
        match subject {
            Subject::NewTopic(category) => {
                it.is_topic = true;
                it.writing.category = Some(category);
                it.writing.language = self.category_language(category)?;
            }
            Subject::NewTopicAnywhere => it.is_topic = true,
            Subject::Reply(TopicRef::Sent(topic)) => {
                self.in_topic(topic, &mut it)?;
                let first = self.replica.thread(topic, 1, 1)?.pop();
                // What stands at the start is context, not somebody who is answered in particular.
                it.answered = first.map(|row| Answered {
                    post: None,
                    ..answered(&row)
                });
            }
            Subject::ReplyTo(PostRef::Sent(post)) => {
                let row = self.replica.post(post)?.ok_or(Error::NoTopic)?;
                self.in_topic(row.post.topic, &mut it)?;
                it.writing.language = row.post.language.clone().or(it.writing.language);
                it.answered = Some(answered(&row));
            }
            Subject::Edit(post) => {
                let row = self.replica.post(post)?.ok_or(Error::NoTopic)?;
                if Some(row.post.author) != self.replica.me()? {
                    return Ok(Answer::Cannot("disabled-not-yours"));
                }
                self.in_topic(row.post.topic, &mut it)?;
                it.has_language = false;
                it.writing.base = Some((row.post.revision, row.post.source.clone()));
                // An edit that waits is what the post will say, so the next one goes on from there.
                let waiting = self.outbox.items()?.into_iter().rev().find_map(|item| {
                    let waits = !matches!(item.state, ItemState::Sent(_) | ItemState::Refused(_));
                    match item.draft {
                        Draft::EditPost {
                            post: of, source, ..
                        } if of == post && waits => Some(source),
                        _ => None,
                    }
                });
                it.blank = waiting.map_or(row.post.source, |source| source.as_str().to_owned());
                it.writing.source.clone_from(&it.blank);
            }
            Subject::Waiting(id) => {
                let item = self.outbox.item(id)?.ok_or(Error::NoItem)?;
                if matches!(item.state, ItemState::Sending | ItemState::Sent(_)) {
                    return Ok(Answer::Cannot("outbox-on-its-way"));
                }
                self.to_rewrite(&item, &mut it)?;
            }
            // A reply below something that waits is made of it once that is sent.
            Subject::Reply(TopicRef::Queued(_)) | Subject::ReplyTo(PostRef::Queued(_)) => {
                return Ok(Answer::Cannot("disabled-unsent"));
            }
        }
        if let Some(saved) = self.outbox.draft(&subject)? {
            it.is_kept = true;
            let language = saved.language.clone().or(it.writing.language);
            // Another text for what waits is made from what the server says now.
            let base = match subject {
                Subject::Waiting(_) => it.writing.base,
                _ => saved.base.clone(),
            };
            it.writing = Writing {
                language,
                base,
                ..writing(saved)
            };
        }
        Ok(Answer::Compose(Box::new(it)))
    }

    fn in_topic(&self, topic: TopicId, it: &mut Start) -> Result<TopicRow, Error> {
        let row = self.replica.topic(topic)?.ok_or(Error::NoTopic)?;
        it.topic = Some(topic);
        it.topic_title = row.topic.title.to_string();
        it.writing.language = match row.topic.language.clone() {
            Some(language) => Some(language),
            None => self.category_language(row.category.id)?,
        };
        let from = row.last_number - i64::try_from(PEOPLE).unwrap_or(0);
        for post in self
            .replica
            .thread(topic, from, PEOPLE + 1)?
            .into_iter()
            .rev()
        {
            let is_known = it.people.contains(&post.author.name);
            if !is_known && post.author.kind.is_some() {
                it.people.push(post.author.name);
            }
        }
        Ok(row)
    }

    fn category_language(
        &self,
        category: CategoryId,
    ) -> Result<Option<space_core::Language>, Error> {
        let rows = self.replica.categories()?;
        let row = rows.into_iter().find(|row| row.category.id == category);
        Ok(row.and_then(|row| row.category.language))
    }

    /// Another text for something that waits.
    fn to_rewrite(&self, item: &Item, it: &mut Start) -> Result<(), Error> {
        match &item.draft {
            Draft::StartTopic {
                category,
                title,
                source,
                language,
            } => {
                it.is_topic = true;
                it.writing.title = title.to_string();
                it.writing.category = Some(*category);
                source.as_str().clone_into(&mut it.writing.source);
                it.writing.language.clone_from(language);
            }
            Draft::Reply {
                topic,
                reply_to,
                source,
                language,
            } => {
                match (topic, reply_to) {
                    (_, Some(PostRef::Sent(post))) => {
                        if let Some(row) = self.replica.post(*post)? {
                            self.in_topic(row.post.topic, it)?;
                            it.answered = Some(answered(&row));
                        }
                    }
                    (TopicRef::Sent(topic), _) => {
                        self.in_topic(*topic, it)?;
                    }
                    (TopicRef::Queued(_), _) => {}
                }
                source.as_str().clone_into(&mut it.writing.source);
                it.writing.language.clone_from(language);
            }
            Draft::EditPost {
                post,
                source,
                revision,
                base,
            } => {
                if let Some(row) = self.replica.post(*post)? {
                    self.in_topic(row.post.topic, it)?;
                }
                it.has_language = false;
                it.writing.language = None;
                source.as_str().clone_into(&mut it.writing.source);
                it.writing.base = match conflict(item) {
                    Some(texts) => Some((texts.revision, texts.theirs)),
                    None => Some((*revision, base.clone().unwrap_or_default())),
                };
            }
            _ => return Err(Error::NoItem),
        }
        it.blank.clone_from(&it.writing.source);
        Ok(())
    }

    /// Returns a post that is to be quoted.
    pub(super) fn quote(&self, post: PostId) -> Result<Answer, Error> {
        let row = self.replica.post(post)?.ok_or(Error::NoTopic)?;
        Ok(Answer::Quote(answered(&row)))
    }

    /// Returns what waits to be sent, in the order of sending.
    pub(super) fn outbox_items(&self) -> Result<Vec<OutboxItem>, Error> {
        let items = self.outbox.items()?;
        let shown = items.iter().filter_map(|item| {
            let state = match &item.state {
                ItemState::Queued => State::Queued,
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
            | Draft::RemoveBookmark { topic, .. } => Some(*topic),
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
            let topic = match saved.place {
                Subject::Reply(TopicRef::Sent(topic)) => Some(topic),
                Subject::ReplyTo(PostRef::Sent(post)) | Subject::Edit(post) => {
                    self.replica.post(post)?.map(|row| row.post.topic)
                }
                _ => None,
            };
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
            });
        }
        Ok(items)
    }

    /// Returns the three texts of an edit that met another.
    pub(super) fn texts(&self, id: LocalId) -> Result<Answer, Error> {
        let item = self.outbox.item(id)?.ok_or(Error::NoItem)?;
        let texts = conflict(&item).ok_or(Error::NoItem)?;
        Ok(Answer::Conflict(Box::new(texts)))
    }

    /// Keeps an unfinished text.
    pub(super) fn keep_draft(&mut self, it: &Writing) -> Result<(), Error> {
        self.outbox.save_draft(&SavedDraft {
            place: it.subject,
            title: it.title.clone(),
            category: it.category,
            source: it.source.clone(),
            language: it.language.clone(),
            base: it.base.clone(),
            saved_at: self.tools.clock.now(),
        })?;
        Ok(())
    }

    /// Throws an unfinished text away.
    pub(super) fn drop_draft(&mut self, subject: Subject) -> Result<(), Error> {
        Ok(self.outbox.drop_draft(&subject)?)
    }

    /// Queues a text, and forgets that it was unfinished.
    pub(super) fn send(&mut self, it: &Writing) -> Result<(), Error> {
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        let source = PostSource::parse(&it.source)?;
        let language = it.language.clone();
        let draft = match it.subject {
            Subject::Waiting(id) => {
                self.send_again(id, it, source)?;
                return self.drop_draft(it.subject);
            }
            Subject::NewTopic(_) | Subject::NewTopicAnywhere => Draft::StartTopic {
                category: it.category.ok_or(Error::NoCategory)?,
                title: TopicTitle::parse(&it.title)?,
                source,
                language,
            },
            Subject::Reply(topic) => Draft::Reply {
                topic,
                reply_to: None,
                source,
                language,
            },
            Subject::ReplyTo(post) => {
                let PostRef::Sent(id) = post else {
                    return Err(Error::NoTopic);
                };
                let row = self.replica.post(id)?.ok_or(Error::NoTopic)?;
                Draft::Reply {
                    topic: TopicRef::Sent(row.post.topic),
                    reply_to: Some(post),
                    source,
                    language,
                }
            }
            Subject::Edit(post) => {
                let (revision, base) = it.base.clone().ok_or(Error::NoTopic)?;
                Draft::EditPost {
                    post,
                    revision,
                    base: Some(base),
                    source,
                }
            }
        };
        self.outbox.queue(&draft, clock, entropy)?;
        self.drop_draft(it.subject)
    }

    fn send_again(&mut self, id: LocalId, it: &Writing, source: PostSource) -> Result<(), Error> {
        let item = self.outbox.item(id)?.ok_or(Error::NoItem)?;
        if let Some(texts) = conflict(&item) {
            let revision = it.base.as_ref().map_or(texts.revision, |base| base.0);
            return Ok(self.outbox.resolve(id, revision, &source)?);
        }
        let mut draft = item.draft;
        match &mut draft {
            Draft::StartTopic {
                category,
                title,
                source: text,
                language,
            } => {
                *category = it.category.unwrap_or(*category);
                *title = TopicTitle::parse(&it.title)?;
                *text = source;
                language.clone_from(&it.language);
            }
            Draft::Reply {
                source: text,
                language,
                ..
            } => {
                *text = source;
                language.clone_from(&it.language);
            }
            Draft::EditPost { source: text, .. } => *text = source,
            _ => return Err(Error::NoItem),
        }
        Ok(self.outbox.rewrite(id, &draft, &*self.tools.clock)?)
    }

    /// Throws something of the outbox away with what depends on it, and returns all of it.
    pub(super) fn discard(&mut self, id: LocalId) -> Result<Vec<Item>, Error> {
        let before = self.outbox.items()?;
        let gone = self.outbox.discard(id)?;
        let gone = before.into_iter().filter(|item| gone.contains(&item.id));
        Ok(gone.collect())
    }
}

/// The three texts, when this is an edit that met another.
fn conflict(item: &Item) -> Option<Texts> {
    let (ItemState::Refused(problem), Draft::EditPost { base, source, .. }) =
        (&item.state, &item.draft)
    else {
        return None;
    };
    let conflict = problem.conflict.as_ref()?;
    Some(Texts {
        id: item.id,
        revision: conflict.revision,
        base: base.clone(),
        theirs: conflict.theirs.clone(),
        mine: source.as_str().to_owned(),
    })
}
