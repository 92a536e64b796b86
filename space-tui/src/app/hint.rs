// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Keys while something stands over a thread: numbers of links, or a post that is peeked at.

use crossterm::event::KeyCode;

use super::Env;
use super::act_thread::{ask_peek, go_to};
use super::jumps::follow_to;
use super::keys::Key;
use super::message::{Cmd, Place, Query};
use super::model::{Model, Screen};
use crate::doc::Target;
use crate::screens::thread_extras::label;

/// Takes a key, unless it means what it always means.
pub(super) fn key_pressed(model: &mut Model, key: Key, env: &Env<'_>) -> Option<Vec<Cmd>> {
    let Screen::Thread(thread) = model.screen_mut() else {
        return None;
    };
    if thread.hint.is_some() {
        return Some(number_typed(model, key, env));
    }
    let peek = thread.peek.take()?;
    match key.code {
        KeyCode::Enter => {
            let to = peek.post.reply_to.as_ref().map(|to| to.id);
            Some(to.map(|id| ask_peek(model, id)).into_iter().collect())
        }
        KeyCode::Char('p') if !key.ctrl && !key.alt => Some(go_to(model, &peek.post.key)),
        KeyCode::Esc | KeyCode::Left | KeyCode::Char('h' | 'q') => Some(Vec::new()),
        // The reader goes on.
        _ => None,
    }
}

fn number_typed(model: &mut Model, key: Key, env: &Env<'_>) -> Vec<Cmd> {
    let (height, columns) = (model.body_rows(), model.body_columns());
    let Screen::Thread(thread) = model.screen_mut() else {
        return Vec::new();
    };
    let KeyCode::Char(digit @ '0'..='9') = key.code else {
        thread.hint = None;
        return Vec::new();
    };
    let mut typed = thread.hint.take().unwrap_or_default();
    typed.push(digit);
    let links = thread.links(*env, columns, height);
    let labels: Vec<String> = (0..links.len()).map(|at| label(at, links.len())).collect();
    match labels.iter().position(|label| *label == typed) {
        Some(at) => follow(model, &links[at]),
        None if labels.iter().any(|label| label.starts_with(&typed)) => {
            thread.hint = Some(typed);
            model.say("notice-links", "");
            Vec::new()
        }
        None => {
            model.say("notice-no-such-link", "");
            Vec::new()
        }
    }
}

/// Follows a link: within the space here, elsewhere with whatever opens such addresses.
fn follow(model: &mut Model, target: &Target) -> Vec<Cmd> {
    let number = match target {
        Target::Web(address) | Target::Mail(address) => {
            return vec![Cmd::Open(address.clone())];
        }
        Target::Topic(topic) => return follow_to(model, *topic, Place::Unread),
        Target::Post(post) => post.get(),
        Target::Number(number) => *number,
    };
    let screen = match model.screen() {
        Screen::Thread(thread) => thread.id,
        _ => 0,
    };
    let (ticket, cmd) = model.ask(screen, Query::Locate(number));
    if let Screen::Thread(thread) = model.screen_mut() {
        thread.find_ticket = Some(ticket);
    }
    vec![cmd]
}
