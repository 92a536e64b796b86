// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the reader's commands do.

use super::Env;
use super::act_thread;
use super::ask::ask_screen;
use super::commands::Action;
use super::items::{PostKey, TopicItem, TopicKey};
use super::message::{Cmd, Draft, Filter, Place, Query};
use super::model::{Model, Prompt, Screen};
use super::update::{leave_all, settle, tell_read};
use crate::screens::help::HelpScreen;
use crate::screens::thread::ThreadScreen;
use crate::screens::topics::TopicsScreen;

pub(super) fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Vec<Cmd> {
    let height = model.body_rows();
    let page = isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(isize::MAX);
    match action {
        Action::Down => step(model, 1),
        Action::Up => step(model, -1),
        Action::HalfDown => paged(model, page.div_euclid(2).max(1)),
        Action::HalfUp => paged(model, -page.div_euclid(2).max(1)),
        Action::PageDown => paged(model, page),
        Action::PageUp => paged(model, -page),
        Action::Top => edge(model, false),
        Action::Bottom => edge(model, true),
        Action::Open => open(model),
        Action::Back => back(model, env),
        Action::ReadOn => read_on(model, page),
        Action::NextUnread => next_unread(model),
        Action::Unread => toggle_unread(model),
        Action::Reply => reply(model),
        Action::Tree
        | Action::Fold
        | Action::Parent
        | Action::NextSibling
        | Action::PreviousSibling
        | Action::Peek
        | Action::Links
        | Action::Reveal
        | Action::Pictures
        | Action::MiniMap => act_thread::act(model, action, env),
        Action::Search => {
            model.prompt = Some(Prompt::default());
            Vec::new()
        }
        Action::Sync => {
            model.say("notice-syncing", "");
            vec![Cmd::Sync]
        }
        Action::Help => {
            if matches!(model.screen(), Screen::Help(_)) {
                return back(model, env);
            }
            let about = model.context();
            model.push(Screen::Help(HelpScreen { about, top: 0 }));
            Vec::new()
        }
        Action::Suspend => vec![Cmd::Suspend],
        Action::Quit => leave_all(model),
    }
}

fn step(model: &mut Model, by: isize) -> Vec<Cmd> {
    let height = model.body_rows();
    match model.screen_mut() {
        Screen::Topics(list) => list.step(by, height),
        Screen::Search(found) => found.step(by, height),
        Screen::Thread(thread) if by > 0 => thread.down(height),
        Screen::Thread(thread) => thread.up(height),
        Screen::Help(help) => help.top = help.top.saturating_add_signed(by),
    }
    keep_help(model);
    Vec::new()
}

fn paged(model: &mut Model, by: isize) -> Vec<Cmd> {
    let height = model.body_rows();
    match model.screen_mut() {
        Screen::Topics(list) => list.step(by, height),
        Screen::Search(found) => found.step(by / 2, height),
        Screen::Thread(thread) => thread.page(by, height),
        Screen::Help(help) => help.top = help.top.saturating_add_signed(by),
    }
    keep_help(model);
    Vec::new()
}

/// The help ends with its last line.
pub(super) fn keep_help(model: &mut Model) {
    let height = model.body_rows().saturating_sub(2).max(1);
    if let Screen::Help(help) = model.screen_mut() {
        let about = help.about;
        let rows = super::commands::COMMANDS
            .iter()
            .filter(|command| command.contexts.contains(&about))
            .count();
        help.top = help.top.min(rows.saturating_sub(height));
    }
}

fn edge(model: &mut Model, is_end: bool) -> Vec<Cmd> {
    let height = model.body_rows();
    let asks = match model.screen_mut() {
        Screen::Topics(list) if is_end => list.end(height),
        Screen::Topics(list) => list.start(height),
        Screen::Search(found) => {
            found.at = if is_end { usize::MAX } else { 0 };
            found.settle(height);
            false
        }
        Screen::Thread(thread) => {
            let is_held = if is_end {
                thread.is_end
            } else {
                thread.is_start
            };
            if is_held {
                thread.edge(is_end, height);
            } else {
                thread.jump = Some(Place::Number(if is_end { i64::MAX } else { 0 }));
            }
            !is_held
        }
        Screen::Help(help) => {
            help.top = if is_end { usize::MAX } else { 0 };
            false
        }
    };
    keep_help(model);
    if asks {
        ask_screen(model).into_iter().collect()
    } else {
        Vec::new()
    }
}

fn open(model: &mut Model) -> Vec<Cmd> {
    let (topic, place) = match model.screen() {
        Screen::Topics(list) => match list.current() {
            Some(row) => (row.id, Place::Unread),
            None => return Vec::new(),
        },
        Screen::Search(found) => match found.current() {
            Some(hit) => (hit.topic, Place::Post(hit.post)),
            None => return Vec::new(),
        },
        Screen::Thread(_) | Screen::Help(_) => return Vec::new(),
    };
    let id = model.next_number();
    model.push(Screen::Thread(ThreadScreen::new(id, topic, place)));
    ask_screen(model).into_iter().collect()
}

fn back(model: &mut Model, env: &Env<'_>) -> Vec<Cmd> {
    let mut cmds = tell_read(model);
    if model.pop().is_none() && model.is_filtered() {
        model.replace(Screen::Topics(TopicsScreen::new(0, Filter::Latest)));
    }
    settle(model, env);
    // What was under it may have changed meanwhile.
    cmds.extend(ask_screen(model));
    cmds
}

fn read_on(model: &mut Model, page: isize) -> Vec<Cmd> {
    let height = model.body_rows();
    match model.screen_mut() {
        Screen::Thread(thread) if thread.topic.is_none() => Vec::new(),
        Screen::Thread(thread) if thread.is_at_end(height) => next_unread(model),
        Screen::Thread(thread) => {
            thread.page(page, height);
            Vec::new()
        }
        Screen::Topics(list) if list.current().is_some_and(TopicItem::is_unread) => open(model),
        _ => next_unread(model),
    }
}

fn next_unread(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = tell_read(model);
    let after: Option<TopicKey> = match model.screen() {
        Screen::Thread(thread) => thread.topic.as_ref().map(TopicItem::key),
        Screen::Topics(list) => list.current().map(TopicItem::key),
        _ => None,
    };
    let (ticket, cmd) = model.ask(0, Query::NextUnread { after });
    model.unread_ticket = Some(ticket);
    cmds.push(cmd);
    cmds
}

fn toggle_unread(model: &mut Model) -> Vec<Cmd> {
    let id = model.next_number();
    if let Screen::Topics(list) = model.screen_mut() {
        let filter = match list.filter {
            Filter::Latest => Filter::Unread,
            Filter::Unread => Filter::New,
            Filter::New => Filter::Latest,
        };
        *list = TopicsScreen::new(id, filter);
    }
    ask_screen(model).into_iter().collect()
}

fn reply(model: &mut Model) -> Vec<Cmd> {
    let Screen::Thread(thread) = model.screen() else {
        return Vec::new();
    };
    let (Some(topic), Some(post)) = (&thread.topic, thread.current()) else {
        return Vec::new();
    };
    let PostKey::Id(id) = post.key else {
        return Vec::new();
    };
    vec![Cmd::Edit(Draft {
        topic: topic.id,
        // An answer to the first post is an answer to the topic.
        reply_to: (post.number != 1).then_some(id),
        title: topic.title.clone(),
        context: Some((post.author.clone(), post.source.clone())),
    })]
}
