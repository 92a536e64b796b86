// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is written: unfinished texts that are kept, and finished ones that go into the outbox.

use space_core::client::outbox::{
    Draft, ItemState, LocalId, Outcome, PostRef, SavedDraft, TopicRef,
};
use space_core::text::{PostSource, TopicTitle};

use super::beginning::conflict;
use super::reader::{Error, Reader};
use crate::app::message::{Aside, Seen};
use crate::compose::{Subject, Writing};
use crate::editing;

impl Reader<'_> {
    /// Keeps an unfinished text. Another one, which another program kept there meanwhile, is set aside.
    pub(super) fn keep_draft(&mut self, it: &Writing, seen: &Seen) -> Result<Aside, Error> {
        let aside = self.spare(it.subject, seen, &it.source)?;
        self.outbox.save_draft(&SavedDraft {
            place: it.subject,
            title: it.title.clone(),
            category: it.category,
            source: it.source.clone(),
            language: it.language.clone(),
            tags: it.tags.clone(),
            base: it.base.clone(),
            saved_at: self.tools.clock.now(),
        })?;
        Ok(aside)
    }

    /// Throws an unfinished text away, and nothing else.
    pub(super) fn drop_draft(&mut self, subject: Subject, seen: &Seen) -> Result<Aside, Error> {
        let aside = self.spare(subject, seen, "")?;
        self.outbox.drop_draft(&subject)?;
        Ok(aside)
    }

    /// Sets aside what is kept in a place, when it is neither what the screen has seen there nor what it has now.
    fn spare(&self, subject: Subject, seen: &Seen, now: &str) -> Result<Aside, Error> {
        let Some(there) = self.outbox.draft(&subject)? else {
            return Ok(None);
        };
        if there.source == now || seen.as_ref() == Some(&there.source) {
            return Ok(None);
        }
        let text = match there.title.as_str() {
            "" => there.source,
            title => format!("{title}\n\n{}", there.source),
        };
        let file = editing::file(&self.tools.file, &subject);
        Ok(Some(editing::set_aside(&file, &text)?))
    }

    /// Queues a text that is no longer unfinished.
    pub(super) fn send(&mut self, it: &Writing, seen: &Seen) -> Result<Aside, Error> {
        let aside = self.spare(it.subject, seen, &it.source)?;
        let source = PostSource::parse(&it.source)?;
        let language = it.language.clone();
        let draft = match it.subject {
            Subject::Waiting(id) => {
                self.send_again(id, it, source)?;
                return Ok(aside);
            }
            Subject::NewTopic(_) | Subject::NewTopicAnywhere => Draft::StartTopic {
                category: it.category.ok_or(Error::NoCategory)?,
                title: TopicTitle::parse(&it.title)?,
                source,
                language,
                tags: it.tags.clone(),
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
        self.finish(&it.subject, &draft)?;
        Ok(aside)
    }

    fn finish(&mut self, place: &Subject, draft: &Draft) -> Result<(), Error> {
        let (clock, entropy) = (&*self.tools.clock, &*self.tools.entropy);
        self.outbox.queue_finished(place, draft, clock, entropy)?;
        Ok(())
    }

    fn send_again(&mut self, id: LocalId, it: &Writing, source: PostSource) -> Result<(), Error> {
        let item = self.outbox.item(id)?.ok_or(Error::NoItem)?;
        let place = Subject::Waiting(id);
        if let Some(texts) = conflict(&item) {
            let revision = it.base.as_ref().map_or(texts.revision, |base| base.0);
            return Ok(self.outbox.resolve(id, revision, &source, Some(&place))?);
        }
        if let ItemState::Sent(outcome) = item.state {
            return self.edit_sent(item.draft, outcome, source);
        }
        let mut draft = item.draft;
        match &mut draft {
            Draft::StartTopic {
                category,
                title,
                source: text,
                language,
                tags,
            } => {
                tags.clone_from(&it.tags);
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
        let clock = &*self.tools.clock;
        Ok(self.outbox.rewrite(id, &draft, Some(&place), clock)?)
    }

    /// What was to replace something that was sent meanwhile is an edit of that.
    fn edit_sent(
        &mut self,
        sent: Draft,
        outcome: Outcome,
        source: PostSource,
    ) -> Result<(), Error> {
        let (post, revision) = match outcome {
            Outcome::Started { post, .. } | Outcome::Replied { post, .. } => (post, 1),
            Outcome::Edited { post, revision } => (post, revision),
            Outcome::Done => return Err(Error::NoItem),
        };
        let (Draft::StartTopic { source: base, .. }
        | Draft::Reply { source: base, .. }
        | Draft::EditPost { source: base, .. }) = sent
        else {
            return Err(Error::NoItem);
        };
        let draft = Draft::EditPost {
            post,
            revision,
            base: Some(base.as_str().to_owned()),
            source,
        };
        self.finish(&Subject::Edit(post), &draft)
    }
}
