// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Places one came from, and ways back and forward through them.

use serde::{Deserialize, Serialize};
use space_core::{CategoryId, MemberId, TopicId};

use super::ask::ask_screen;
use super::items::PostKey;
use super::message::{Cmd, Filter, Period, Place, View};
use super::model::{Model, Screen};
use super::update::tell_read;
use crate::screens::search::SearchScreen;
use crate::screens::thread::ThreadScreen;
use crate::screens::topics::TopicsScreen;

/// Places kept in each direction at most.
const MOST: usize = 100;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum Spot {
    /// A list.
    List {
        /// Which kind.
        view: View,
        /// Of this category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<CategoryId>,
        /// Of this member.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        author: Option<MemberId>,
        /// Since when.
        #[serde(default)]
        period: Period,
    },
    /// A post of a thread.
    Thread {
        /// Which topic.
        topic: TopicId,
        /// Which post.
        number: i64,
    },
    /// What a search found.
    Search {
        /// What was looked for.
        words: String,
    },
}

/// The places before and after the one the reader is at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Jumps {
    /// Where they came from; the last was left last.
    pub back: Vec<Spot>,
    /// Where they went back from.
    pub forward: Vec<Spot>,
}

fn push(list: &mut Vec<Spot>, spot: Spot) {
    if list.last() != Some(&spot) {
        list.push(spot);
    }
    let extra = list.len().saturating_sub(MOST);
    list.drain(..extra);
}

fn here(model: &Model) -> Option<Spot> {
    match model.screen() {
        Screen::Topics(list) => Some(Spot::List {
            view: list.filter.view,
            category: list.filter.category,
            author: list.filter.author,
            period: list.filter.period,
        }),
        Screen::Thread(thread) => thread.current().map(|post| Spot::Thread {
            topic: thread.topic_id,
            number: match post.key {
                PostKey::Id(_) => post.number,
                PostKey::Outbox(_) => i64::MAX,
            },
        }),
        Screen::Search(found) => Some(Spot::Search {
            words: found.words.clone(),
        }),
    }
}

/// Remembers the place that the reader is about to leave for another.
pub(super) fn leave(model: &mut Model) -> Vec<Cmd> {
    if let Some(spot) = here(model) {
        push(&mut model.jumps.back, spot);
        model.jumps.forward.clear();
    }
    vec![Cmd::Keep(model.jumps.clone())]
}

/// Goes back to the place that the reader came from, or forward again.
pub(super) fn go(model: &mut Model, is_forward: bool) -> Vec<Cmd> {
    let here = here(model);
    let jumps = &mut model.jumps;
    let (from, to) = if is_forward {
        (&mut jumps.forward, &mut jumps.back)
    } else {
        (&mut jumps.back, &mut jumps.forward)
    };
    // Where the reader is already is no place to go to.
    let next = loop {
        match from.pop() {
            Some(spot) if Some(&spot) == here.as_ref() => {}
            other => break other,
        }
    };
    let Some(next) = next else {
        model.say("disabled-no-jump", "");
        return Vec::new();
    };
    if let Some(here) = here {
        push(to, here);
    }
    let mut cmds = tell_read(model);
    cmds.push(Cmd::Keep(model.jumps.clone()));
    cmds.extend(show(model, next));
    cmds
}

fn show(model: &mut Model, spot: Spot) -> Vec<Cmd> {
    let id = model.next_number();
    model.is_in_tree = false;
    let screen = match spot {
        Spot::List {
            view,
            category,
            author,
            period,
        } => {
            while model.pop().is_some() {}
            let filter = Filter {
                view,
                category,
                author,
                period,
            };
            Screen::Topics(TopicsScreen::new(id, filter))
        }
        Spot::Search { words } => {
            while model.pop().is_some() {}
            model.push(Screen::Search(SearchScreen::new(id, words)));
            return vec![ask_screen(model)];
        }
        Spot::Thread { topic, number } => {
            let thread = ThreadScreen::new(id, topic, Place::Number(number));
            if !matches!(model.screen(), Screen::Thread(_)) {
                model.push(Screen::Thread(Box::new(thread)));
                return vec![ask_screen(model)];
            }
            Screen::Thread(Box::new(thread))
        }
    };
    model.replace(screen);
    vec![ask_screen(model)]
}

/// Opens a thread at a place, from anywhere, in the place of the thread that the reader comes from.
pub(crate) fn open_thread(model: &mut Model, topic: TopicId, place: Place) -> Vec<Cmd> {
    let (screen, mut cmds) = away(model, topic, place);
    if matches!(model.screen(), Screen::Thread(_)) {
        model.replace(screen);
    } else {
        model.push(screen);
    }
    cmds.push(ask_screen(model));
    cmds
}

/// Opens a thread that a link leads to; going back leads to where the link was.
pub(super) fn follow_to(model: &mut Model, topic: TopicId, place: Place) -> Vec<Cmd> {
    let (screen, mut cmds) = away(model, topic, place);
    model.push(screen);
    cmds.push(ask_screen(model));
    cmds
}

fn away(model: &mut Model, topic: TopicId, place: Place) -> (Screen, Vec<Cmd>) {
    let mut cmds = leave(model);
    cmds.extend(tell_read(model));
    let id = model.next_number();
    model.is_in_tree = false;
    let thread = ThreadScreen::new(id, topic, place);
    (Screen::Thread(Box::new(thread)), cmds)
}
