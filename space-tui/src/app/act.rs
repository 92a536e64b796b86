// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the reader's commands do.

use super::Env;
use super::act_thread;
use super::ask::ask_screen;
use super::commands::Action;
use super::items::TopicItem;
use super::jumps;
use super::layers::Layer;
use super::layers::help::Help;
use super::layers::jump::Jump;
use super::layers::palette::Palette;
use super::layers::prompt::Prompt;
use super::marks;
use super::members;
use super::message::{Cmd, Filter, Period, Place, Query, View};
use super::model::{Model, Screen};
use super::update::{leave_all, settle, tell_read};
use crate::compose;
use crate::screens::rendered::Sought;
use crate::screens::topics::TopicsScreen;

pub(super) fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Vec<Cmd> {
    if let Some(cmds) = compose::act::act(model, action, env) {
        return cmds;
    }
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
        Action::Go(view) => go(model, Filter::from(view)),
        Action::MostLiked(period) => most_liked(model, period),
        Action::Wrote => members::wrote(model),
        Action::SwitchPane => {
            model.is_in_tree = !model.is_in_tree;
            if let (true, Screen::Topics(list)) = (model.is_in_tree, model.list()) {
                let (to, height) = (list.filter, model.tree_rows());
                model.tree.go(to, height);
            }
            Vec::new()
        }
        Action::Zoom => {
            model.is_alone = !model.is_alone;
            Vec::new()
        }
        Action::FoldCategory => {
            let height = model.tree_rows();
            model.tree.fold(height);
            Vec::new()
        }
        Action::MarkRead => marks::read(model),
        Action::MarkCategory => marks::category(model),
        Action::CatchUp => marks::catch_up(model),
        Action::MarkUnread => marks::unread(model),
        Action::Bookmark => marks::bookmark(model),
        Action::BookmarkNote => marks::bookmark_note(model),
        Action::TagTopic => marks::tag_topic(model),
        Action::Undo => match compose::leave::undo(model) {
            Some(cmds) => cmds,
            None => marks::undo(model),
        },
        Action::Jump => {
            let (jump, cmd) = Jump::new(model);
            model.open(Layer::Jump(jump));
            vec![cmd]
        }
        Action::JumpBack => jumps::go(model, false),
        Action::JumpForward => jumps::go(model, true),
        Action::Nested
        | Action::FoldAnswers
        | Action::Parent
        | Action::NextSibling
        | Action::PreviousSibling
        | Action::Peek
        | Action::Links
        | Action::Reveal
        | Action::Pictures
        | Action::Report
        | Action::MiniMap => act_thread::act(model, action, env),
        Action::Reply => compose::act::reply(model),
        Action::Search => {
            let prompt = Prompt::new(model);
            model.open(Layer::Prompt(prompt));
            Vec::new()
        }
        Action::Palette => {
            let palette = Palette::new(model, env);
            model.open(Layer::Palette(palette));
            Vec::new()
        }
        Action::Sync => {
            model.say("notice-syncing", "");
            vec![Cmd::Sync]
        }
        Action::Help => {
            model.open(Layer::Help(Help::default()));
            Vec::new()
        }
        Action::Suspend => vec![Cmd::Suspend],
        Action::Quit => leave_all(model),
        // What is left is done where one writes; elsewhere there is nothing to do.
        _ => Vec::new(),
    }
}

/// Moves in the tree, when the reader is there.
fn in_tree(model: &mut Model, by: isize) -> bool {
    if model.is_in_tree {
        let height = model.tree_rows();
        model.tree.step(by, height);
    }
    model.is_in_tree
}

fn step(model: &mut Model, by: isize) -> Vec<Cmd> {
    if in_tree(model, by) {
        return Vec::new();
    }
    let height = model.body_rows();
    match model.screen_mut() {
        Screen::Topics(list) => list.step(by, height),
        Screen::Search(found) => found.step(by, height),
        Screen::Thread(thread) if by > 0 => thread.down(height),
        Screen::Thread(thread) => thread.up(height),
    }
    Vec::new()
}

fn paged(model: &mut Model, by: isize) -> Vec<Cmd> {
    if in_tree(model, by) {
        return Vec::new();
    }
    let height = model.body_rows();
    match model.screen_mut() {
        Screen::Topics(list) => list.step(by, height),
        Screen::Search(found) => found.step(by / 2, height),
        Screen::Thread(thread) => thread.page(by, height),
    }
    Vec::new()
}

fn edge(model: &mut Model, is_end: bool) -> Vec<Cmd> {
    if in_tree(model, if is_end { isize::MAX } else { isize::MIN }) {
        return Vec::new();
    }
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
    };
    if asks {
        vec![ask_screen(model)]
    } else {
        Vec::new()
    }
}

pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    if model.is_in_tree {
        return go(model, model.tree.here);
    }
    let mut sought = None;
    let (topic, place) = match model.screen() {
        Screen::Topics(list) => match list.current() {
            Some(row) => (row.id, Place::Unread),
            None => return Vec::new(),
        },
        Screen::Search(found) => match found.current() {
            Some(hit) => {
                sought = Sought::new(&found.words);
                (hit.topic, Place::Post(hit.post))
            }
            None => return Vec::new(),
        },
        Screen::Thread(_) => return Vec::new(),
    };
    let height = model.body_rows();
    if let Screen::Topics(list) = model.screen_mut() {
        list.go(topic, height);
    }
    let cmds = jumps::open_thread(model, topic, place);
    if let Screen::Thread(thread) = model.screen_mut() {
        thread.sought = sought;
    }
    cmds
}

fn back(model: &mut Model, env: &Env<'_>) -> Vec<Cmd> {
    if model.is_in_tree {
        model.is_in_tree = false;
        return Vec::new();
    }
    let mut cmds = tell_read(model);
    if model.pop().is_none() && model.is_filtered() {
        model.replace(Screen::Topics(TopicsScreen::new(0, Filter::default())));
    }
    settle(model, env);
    // What was under it may have changed meanwhile.
    cmds.push(ask_screen(model));
    cmds
}

fn read_on(model: &mut Model, page: isize) -> Vec<Cmd> {
    if model.is_in_tree {
        return next_unread(model);
    }
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
    let (after, category) = match model.screen() {
        _ if model.is_in_tree => (None, model.tree.here.category),
        Screen::Thread(thread) => (Some(thread.topic_id), None),
        Screen::Topics(list) => (list.current().map(|row| row.id), list.filter.category),
        Screen::Search(_) => (None, None),
    };
    let (ticket, cmd) = model.ask(0, Query::NextUnread { after, category });
    model.unread_ticket = Some(ticket);
    cmds.push(cmd);
    cmds
}

/// Shows a list, in the place of everything that is open.
pub(super) fn go(model: &mut Model, filter: Filter) -> Vec<Cmd> {
    let mut cmds = jumps::leave(model);
    cmds.extend(tell_read(model));
    while model.pop().is_some() {}
    let id = model.next_number();
    model.replace(Screen::Topics(TopicsScreen::new(id, filter)));
    model.is_in_tree = false;
    let height = model.tree_rows();
    model.tree.go(filter, height);
    cmds.push(ask_screen(model));
    cmds
}

/// Shows the most liked of a time, in the category and of the member whose list is open.
fn most_liked(model: &mut Model, period: Period) -> Vec<Cmd> {
    let filter = match model.list() {
        Screen::Topics(list) => list.filter,
        _ => Filter::default(),
    };
    let filter = Filter {
        view: View::Top,
        period,
        ..filter
    };
    go(model, filter)
}
