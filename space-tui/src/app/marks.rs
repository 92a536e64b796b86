// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Read marks at the reader's wish, and taking them back.

use super::layers::Layer;
use super::layers::confirm::Confirm;
use super::message::{Cmd, Marking, Write};
use super::model::{Marks, Model, Screen};

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

/// Takes the last marks back.
pub(super) fn undo(model: &mut Model) -> Vec<Cmd> {
    let last = model.undo.pop();
    last.map(|marks| mark(Marking::Back(marks.before)))
        .unwrap_or_default()
}

/// Remembers how far topics were read before their marks changed, and says what happened.
pub(super) fn marked(
    model: &mut Model,
    marking: &Marking,
    before: Vec<(space_core::TopicId, i64)>,
) {
    // What is on the screen now counts as told: else it would be marked as read again at once.
    for screen in model.screens_mut() {
        if let Screen::Thread(thread) = screen
            && before.iter().any(|(topic, _)| *topic == thread.topic_id)
        {
            thread.told = thread.told.max(thread.seen);
        }
    }
    let key = match marking {
        Marking::Back(_) => "notice-undone",
        Marking::UpTo(..) => "notice-marked-unread",
        _ if before.is_empty() => "notice-marked-already",
        Marking::Topic(_) | Marking::Category(_) | Marking::Everything => "notice-marked",
    };
    model.say(key, before.len().to_string());
    if !matches!(marking, Marking::Back(_)) && !before.is_empty() {
        model.undo.push(Marks { before });
        let extra = model.undo.len().saturating_sub(RING);
        model.undo.drain(..extra);
    }
}
