// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What a member wrote: the topics that they started as a list, and all their posts as a search for their name.

use space_core::MemberId;

use super::act::go;
use super::ask::ask_screen;
use super::jumps;
use super::message::{Cmd, Filter};
use super::model::{Model, Screen};
use crate::screens::search::SearchScreen;

/// Goes from a post to the topics of who wrote it, and from those to all that they posted.
pub(super) fn wrote(model: &mut Model) -> Vec<Cmd> {
    let author = match model.screen() {
        Screen::Thread(thread) => thread.current().and_then(|post| post.author_id),
        Screen::Search(found) => found.current().map(|hit| hit.author_id),
        Screen::Topics(list) => {
            return match &list.author {
                Some(name) => posts(model, &name.clone()),
                None => Vec::new(),
            };
        }
    };
    match author {
        Some(member) => topics(model, member),
        None => Vec::new(),
    }
}

/// Shows the topics that a member started, those with the latest activity first.
pub(super) fn topics(model: &mut Model, member: MemberId) -> Vec<Cmd> {
    let filter = Filter {
        author: Some(member),
        ..Filter::default()
    };
    go(model, filter)
}

/// Shows what a member posted, newest first.
fn posts(model: &mut Model, name: &str) -> Vec<Cmd> {
    let mut cmds = jumps::leave(model);
    let id = model.next_number();
    let found = SearchScreen::new(id, format!("@{name}"));
    model.push(Screen::Search(found));
    cmds.push(ask_screen(model));
    cmds
}
