// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Read marks and bookmarks at the reader's wish, and taking them back.

use space_core::{PostId, TopicId};

use super::items::PostKey;
use super::layers::Layer;
use super::layers::confirm::Confirm;
use super::layers::note::NoteLine;
use super::message::{Before, Cmd, Marked, Marking, Write};
use super::model::{Marks, Model, Screen};
use crate::compose::tags::TagsLine;

/// Marks that can be taken back at most.
const RING: usize = 50;

fn mark(marking: Marking) -> Vec<Cmd> {
    vec![Cmd::Write(Write::Mark(marking))]
}

/// Marks what the reader is on as read: a topic, or in the tree a category or everything.
pub(super) fn read(model: &mut Model) -> Vec<Cmd> {
    let topic = match model.screen() {
        _ if model.is_in_tree => return category(model),
        Screen::Topics(list) => list.current().map(|row| row.id),
        Screen::Thread(thread) => Some(thread.topic_id),
        Screen::Search(_) => None,
    };
    topic
        .map(|topic| mark(Marking::Topic(topic)))
        .unwrap_or_default()
}

/// Marks the category that the reader is in as read, with those below it.
pub(super) fn category(model: &mut Model) -> Vec<Cmd> {
    let category = match model.screen() {
        _ if model.is_in_tree => match model.tree.here.category {
            Some(category) => Some(category),
            None => return catch_up(model),
        },
        Screen::Topics(list) => match list.filter.category {
            Some(category) => Some(category),
            None => list.current().map(|row| row.category),
        },
        Screen::Thread(thread) => thread.topic.as_ref().map(|topic| topic.category),
        Screen::Search(_) => None,
    };
    category
        .map(|it| mark(Marking::Category(it)))
        .unwrap_or_default()
}

/// Marks everything as read, after a question.
pub(super) fn catch_up(model: &mut Model) -> Vec<Cmd> {
    let waiting = model.tree.places.unread + model.tree.places.new;
    let then = mark(Marking::Everything);
    let confirm = Confirm::yes("confirm-catch-up", waiting.to_string(), then);
    model.open(Layer::Confirm(confirm));
    Vec::new()
}

/// Marks a topic as unread: from the post that the reader is on, in a list the newest one.
pub(super) fn unread(model: &mut Model) -> Vec<Cmd> {
    let marking = match model.screen() {
        Screen::Topics(list) => {
            let row = list.current();
            row.map(|row| Marking::UpTo(row.id, row.last_number - 1))
        }
        Screen::Thread(thread) => {
            let (post, topic) = (thread.current(), thread.topic.as_ref());
            let last = topic.map_or(0, |topic| topic.last_number);
            post.map(|post| Marking::UpTo(thread.topic_id, post.number.min(last) - 1))
        }
        Screen::Search(_) => None,
    };
    marking.map(mark).unwrap_or_default()
}

/// What the reader is on, as far as bookmarks go.
struct Spot {
    topic: TopicId,
    /// The post; absent when a bookmark is put in the topic as a whole.
    post: Option<PostId>,
    /// What is taken out, as [`Marking::NoBookmark`] has it.
    all: Vec<Option<PostId>>,
    /// The note of the bookmark that is there.
    note: Option<String>,
}

fn spot(model: &Model) -> Option<Spot> {
    match model.screen() {
        Screen::Topics(list) => list.current().map(|row| Spot {
            topic: row.id,
            post: None,
            all: Vec::new(),
            note: row.bookmark.clone(),
        }),
        Screen::Thread(thread) => {
            let post = thread.current()?;
            let PostKey::Id(id) = post.key else {
                return None;
            };
            // A mark at the beginning of a topic is one in the topic.
            let is_first = post.number == 1;
            let all = if is_first {
                vec![None, Some(id)]
            } else {
                vec![Some(id)]
            };
            Some(Spot {
                topic: thread.topic_id,
                post: (!is_first).then_some(id),
                all,
                note: post.bookmark.clone(),
            })
        }
        Screen::Search(_) => None,
    }
}

/// Puts a bookmark in what the reader is on, or takes it out.
pub(super) fn bookmark(model: &mut Model) -> Vec<Cmd> {
    let Some(spot) = spot(model) else {
        return Vec::new();
    };
    mark(match spot.note {
        Some(_) => Marking::NoBookmark {
            topic: spot.topic,
            of: spot.all,
        },
        None => Marking::Bookmark {
            topic: spot.topic,
            post: spot.post,
            note: None,
        },
    })
}

/// Asks what to remember of what the reader is on, and puts a bookmark there.
pub(super) fn bookmark_note(model: &mut Model) -> Vec<Cmd> {
    if let Some(spot) = spot(model) {
        let note = NoteLine::new(spot.topic, spot.post, spot.note.unwrap_or_default());
        model.open(Layer::Note(note));
    }
    Vec::new()
}

/// Asks for the tags of the topic that the reader is on.
pub(super) fn tag_topic(model: &mut Model) -> Vec<Cmd> {
    let topic = match model.screen() {
        Screen::Topics(list) => list.current(),
        Screen::Thread(thread) => thread.topic.as_ref(),
        Screen::Search(_) => None,
    };
    if let Some(line) = topic.map(|topic| TagsLine::of_topic(topic.id, &topic.tags)) {
        model.open(Layer::Tags(line));
    }
    Vec::new()
}

/// Takes the last marks back.
pub(super) fn undo(model: &mut Model) -> Vec<Cmd> {
    let last = model.undo.pop();
    last.map(|marks| mark(Marking::Back(marks.before)))
        .unwrap_or_default()
}

/// Remembers how far topics were read before their marks changed, and says what happened.
pub(super) fn marked(model: &mut Model, marking: &Marking, mut before: Before) {
    // What is on the screen now counts as told: else it would be marked as read again at once.
    for screen in model.screens_mut() {
        if let Screen::Thread(thread) = screen
            && before.bookmarks.is_empty()
            && (before.topics.is_empty()
                || before
                    .topics
                    .iter()
                    .any(|(topic, _)| *topic == thread.topic_id))
        {
            thread.told = thread.told.max(thread.seen);
        }
    }
    if let Marking::Back(back) = marking {
        let key = taken_back(back);
        model.say(key, back.about.as_str());
        return;
    }
    before.did = match marking {
        Marking::UpTo(..) => Marked::Unread,
        Marking::Bookmark { .. } if before.bookmarks.iter().any(|it| it.was.is_some()) => {
            Marked::Noted
        }
        Marking::Bookmark { .. } => Marked::Bookmarked,
        Marking::NoBookmark { .. } => Marked::NoBookmark,
        _ => Marked::Read,
    };
    let key = match marking {
        Marking::UpTo(..) => "notice-marked-unread",
        Marking::Bookmark { .. } => "notice-bookmarked",
        Marking::NoBookmark { .. } => "notice-no-bookmark",
        _ if before.is_empty() => "notice-marked-already",
        _ => "notice-marked",
    };
    model.say(key, before.count.to_string());
    if !before.is_empty() {
        model.undo.push(Marks { before });
        let extra = model.undo.len().saturating_sub(RING);
        model.undo.drain(..extra);
    }
}

/// Returns the key of the text that says what was taken back.
fn taken_back(back: &Before) -> &'static str {
    match back.did {
        Marked::Read if back.places.is_empty() => "notice-undone-read",
        Marked::Read if back.about.is_empty() => "notice-undone-everything",
        Marked::Read => "notice-undone-category",
        Marked::Unread => "notice-undone-unread",
        Marked::Bookmarked => "notice-undone-bookmark",
        Marked::Noted => "notice-undone-note",
        Marked::NoBookmark => "notice-undone-no-bookmark",
    }
}
