// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a pane begins with: what is kept of an earlier time, what an editor left, else what is answered or edited.

use space_core::client::outbox::{Draft, Item, ItemState, PostRef, SavedDraft, TopicRef};
use space_core::client::replica::{PostRow, TopicRow};
use space_core::{CategoryId, PostId, Tags, TopicId};

use super::reader::{Error, Reader};
use crate::app::message::Answer;
use crate::compose::{Answered, Start, Subject, Texts, Writing};
use crate::editing::{self, Left};

/// Posts of a topic in which names to mention are looked for: the newest ones.
const PEOPLE: usize = 200;

pub(super) fn blank(subject: Subject) -> Writing {
    Writing {
        subject,
        title: String::new(),
        category: None,
        source: String::new(),
        language: None,
        tags: Tags::default(),
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
        kept: None,
        has_file: false,
        aside: None,
    }
}

pub(super) fn writing(saved: SavedDraft) -> Writing {
    Writing {
        subject: saved.place,
        title: saved.title,
        category: saved.category,
        source: saved.source,
        language: saved.language,
        tags: saved.tags,
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
            it.kept = Some(it.writing.clone());
        }
        self.take_up(subject, &mut it)?;
        Ok(Answer::Compose(Box::new(it)))
    }

    /// Returns whether a text was queued, so that it is not unfinished any more.
    pub(super) fn is_in_outbox(&self, text: &str) -> Result<bool, Error> {
        let items = self.outbox.items()?;
        Ok(items.iter().any(|item| match &item.draft {
            Draft::StartTopic { source, .. }
            | Draft::Reply { source, .. }
            | Draft::EditPost { source, .. } => source.as_str().trim_end() == text.trim_end(),
            _ => false,
        }))
    }

    /// Takes up what an editor left, when that is newer; else it is kept in a file of its own.
    fn take_up(&self, subject: Subject, it: &mut Start) -> Result<(), Error> {
        let file = editing::file(&self.tools.file, &subject);
        match editing::left(&file, &it.writing.source) {
            Left::Nothing => {}
            // A kill came between queueing it and removing the file.
            Left::Newer(text) | Left::Other(text) if self.is_in_outbox(&text)? => {
                editing::forget(&file);
            }
            Left::Newer(text) => {
                it.writing.source = text;
                (it.is_kept, it.has_file) = (true, true);
            }
            Left::Other(text) => {
                it.aside = Some(editing::set_aside(&file, &text)?);
                editing::forget(&file);
            }
        }
        Ok(())
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
                tags,
            } => {
                it.is_topic = true;
                it.writing.tags.clone_from(tags);
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
}

/// The three texts, when this is an edit that met another.
pub(super) fn conflict(item: &Item) -> Option<Texts> {
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
