// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the reader's commands do within a thread.

use super::Env;
use super::ask::ask_screen;
use super::commands::Action;
use super::items::PostKey;
use super::layers::Layer;
use super::layers::report::Report;
use super::message::{Cmd, Query};
use super::model::{Model, Screen};
use crate::screens::thread_tree::{Gone, Way};
use space_core::PostId;

pub(super) fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Vec<Cmd> {
    let (height, columns) = (model.body_rows(), model.body_columns());
    let Screen::Thread(thread) = model.screen_mut() else {
        return Vec::new();
    };
    let mut asks = false;
    let mut reason = None;
    match action {
        Action::Nested => {
            thread.toggle_tree();
            asks = true;
        }
        Action::FoldAnswers if thread.toggle_fold() => asks = true,
        Action::FoldAnswers => reason = Some("disabled-no-fold"),
        Action::Parent | Action::NextSibling | Action::PreviousSibling => {
            let (way, nowhere) = match action {
                Action::Parent => (Way::Parent, "disabled-no-parent"),
                Action::NextSibling => (Way::Next, "disabled-no-sibling"),
                _ => (Way::Previous, "disabled-no-sibling"),
            };
            match thread.go(way, height) {
                Gone::There => {}
                Gone::Asks => asks = true,
                Gone::Nowhere => reason = Some(nowhere),
            }
        }
        Action::Peek => match thread.current().and_then(|post| post.reply_to.as_ref()) {
            Some(to) => {
                let id = to.id;
                return vec![ask_peek(model, id)];
            }
            None => reason = Some("disabled-no-parent"),
        },
        Action::Links => {
            if thread.links(*env, columns, height).is_empty() {
                reason = Some("disabled-no-links");
            } else {
                thread.hint = Some(String::new());
                reason = Some("notice-links");
            }
        }
        Action::Reveal => thread.toggle_opened(height, env),
        Action::Report => {
            let post = thread.current().and_then(|it| match it.key {
                PostKey::Id(id) => Some(id),
                PostKey::Outbox(_) => None,
            });
            if let Some(post) = post {
                model.open(Layer::Report(Report::new(post)));
                return Vec::new();
            }
        }
        Action::Pictures => thread.load_foreign(height, env),
        Action::MiniMap => {
            thread.map_wanted = Some(!thread.has_map());
            thread.fit_map(height, env);
        }
        _ => {}
    }
    if let Some(reason) = reason {
        model.say(reason, "");
    }
    if asks {
        return vec![ask_screen(model)];
    }
    Vec::new()
}

/// Asks for a post to show over the thread.
pub(super) fn ask_peek(model: &mut Model, id: PostId) -> Cmd {
    let screen = match model.screen() {
        Screen::Thread(thread) => thread.id,
        _ => 0,
    };
    let (ticket, cmd) = model.ask(screen, Query::Post(id));
    if let Screen::Thread(thread) = model.screen_mut() {
        thread.peek_ticket = Some(ticket);
    }
    cmd
}

/// Goes to a post of the topic on the screen, or asks for it.
pub(super) fn go_to(model: &mut Model, key: &PostKey) -> Vec<Cmd> {
    let height = model.body_rows();
    let (Screen::Thread(thread), PostKey::Id(id)) = (model.screen_mut(), key) else {
        return Vec::new();
    };
    match thread.go_to(*id, height) {
        Gone::Asks => vec![ask_screen(model)],
        Gone::There | Gone::Nowhere => Vec::new(),
    }
}
