// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Questions to the replica, and what its answers do.

use space_core::TopicId;

use super::Env;
use super::items::NextUnread;
use super::jumps;
use super::layers::Layer;
use super::layers::prompt;
use super::message::{Answer, Cmd, Place, Query, Ticket};
use super::model::{Model, Screen};
use crate::compose;

pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    answer: Answer,
    env: &Env<'_>,
) -> Vec<Cmd> {
    let answer = match compose::answers::answered(model, ticket, answer, env) {
        Ok(cmds) => return cmds,
        Err(answer) => answer,
    };
    if Some(ticket) == model.overview_ticket {
        if let Answer::Overview(overview) = answer {
            model.status.overview = overview;
        }
        return Vec::new();
    }
    if Some(ticket) == model.tree.ticket {
        if let Answer::Places(places) = answer {
            let height = model.tree_rows();
            model.tree.take(places, height);
        }
        return Vec::new();
    }
    let jump = model.layers.iter_mut().find_map(|layer| match layer {
        Layer::Jump(jump) if jump.ticket == Some(ticket) => Some(jump),
        _ => None,
    });
    if let Some(jump) = jump {
        jump.ticket = None;
        match answer {
            Answer::Find(found) => jump.take(found),
            Answer::Failed(why) => model.complain("notice-failed", why),
            _ => {}
        }
        return Vec::new();
    }
    if Some(ticket) == model.choices_ticket {
        model.choices_ticket = None;
        return match answer {
            Answer::Complete(Some(choices)) => prompt::completed(model, choices),
            _ => Vec::new(),
        };
    }
    if Some(ticket) == model.unread_ticket {
        model.unread_ticket = None;
        return match answer {
            Answer::NextUnread(Some(next)) => go_unread(model, next),
            Answer::NextUnread(None) => {
                model.say("notice-all-read", "");
                Vec::new()
            }
            Answer::Failed(why) => {
                model.complain("notice-failed", why);
                Vec::new()
            }
            _ => Vec::new(),
        };
    }
    if Some(ticket) == model.locate_ticket {
        model.locate_ticket = None;
        return match answer {
            Answer::Locate(Some((topic, place))) => jumps::follow_to(model, topic, place),
            Answer::Failed(why) => {
                model.complain("notice-failed", why);
                Vec::new()
            }
            _ => {
                model.say("notice-not-here", "");
                Vec::new()
            }
        };
    }
    let (mut failed, mut notice, mut found_place) = (None, None, None);
    let areas: Vec<(usize, usize)> = model
        .screens()
        .map(|screen| model.area_of(screen))
        .map(|area| {
            (
                usize::from(area.columns).max(1),
                usize::from(area.rows).max(1),
            )
        })
        .collect();
    for (screen, (columns, height)) in model.screens_mut().zip(areas) {
        match (screen, &answer) {
            (Screen::Topics(list), _) if list.ticket == Some(ticket) => {
                list.ticket = None;
                match answer {
                    Answer::Topics(part) => list.take(part, height),
                    Answer::Failed(why) => failed = Some(why),
                    _ => {}
                }
                break;
            }
            (Screen::Thread(thread), _) if thread.ticket == Some(ticket) => {
                thread.ticket = None;
                match answer {
                    Answer::Thread(part) => thread.take(*part, columns, height, env),
                    Answer::Failed(why) => failed = Some(why),
                    _ => {}
                }
                break;
            }
            (Screen::Thread(thread), _) if thread.peek_ticket == Some(ticket) => {
                thread.peek_ticket = None;
                match answer {
                    Answer::Post(Some(post)) => thread.show_peek(*post, columns, env),
                    Answer::Failed(why) => failed = Some(why),
                    _ => notice = Some("notice-not-here"),
                }
                break;
            }
            (Screen::Thread(thread), _) if thread.find_ticket == Some(ticket) => {
                thread.find_ticket = None;
                match answer {
                    Answer::Locate(Some(place)) => found_place = Some(place),
                    Answer::Failed(why) => failed = Some(why),
                    _ => notice = Some("notice-not-here"),
                }
                break;
            }
            (Screen::Search(found), _) if found.ticket == Some(ticket) => {
                found.ticket = None;
                match answer {
                    Answer::Search(part) => found.take(part, height),
                    Answer::Failed(why) => {
                        found.is_loaded = true;
                        failed = Some(why);
                    }
                    _ => {}
                }
                break;
            }
            _ => {}
        }
    }
    if let Some(why) = failed {
        model.complain("notice-failed", why);
    }
    if let Some(key) = notice {
        model.say(key, "");
    }
    match found_place {
        Some((topic, place)) => jumps::follow_to(model, topic, place),
        None => Vec::new(),
    }
}

/// Asks for more of what a search finds, from where the last part ended. It goes on by itself until it fills the screen.
fn search_on(wants: bool, model: &mut Model) -> Option<Cmd> {
    let Screen::Search(found) = model.screen() else {
        return None;
    };
    if !wants || found.ticket.is_some() {
        return None;
    }
    let (id, query) = (found.id, found.query_on());
    let (ticket, cmd) = model.ask(id, query);
    if let Screen::Search(found) = model.screen_mut() {
        found.ticket = Some(ticket);
    }
    Some(cmd)
}

/// Asks what could stand where somebody types a search.
pub(super) fn ask_choices(model: &mut Model, text: String) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Complete { text });
    model.choices_ticket = Some(ticket);
    cmd
}

/// Opens a topic with something unread, in the place of the thread that the reader comes from.
fn go_unread(model: &mut Model, next: NextUnread) -> Vec<Cmd> {
    let came_from = match model.screen() {
        Screen::Thread(thread) => thread.topic.as_ref().map(|topic| topic.category),
        Screen::Topics(list) => list.current().map(|topic| topic.category),
        Screen::Search(_) => None,
    };
    if came_from.is_some_and(|category| category != next.category) {
        model.say("notice-next-category", next.category_name);
    }
    let cmds = jumps::open_thread(model, next.topic, Place::Unread);
    follow(model, next.topic);
    cmds
}

/// Moves the list under a thread to its topic, when that is among the rows.
fn follow(model: &mut Model, topic: TopicId) {
    let height = usize::from(model.area_of(model.list()).rows);
    if let Screen::Topics(list) = model.list_mut() {
        list.go(topic, height);
    }
}

/// Asks again for what is on the screen, and how things stand.
pub(super) fn changed(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_overview(model), ask_places(model)];
    cmds.extend(compose::answers::ask_lists(model));
    cmds.extend(ask_beside(model));
    cmds.push(ask_screen(model));
    cmds
}

/// Asks for what the list beside a thread shows.
fn ask_beside(model: &mut Model) -> Option<Cmd> {
    model.layout().list?;
    let Screen::Topics(list) = model.list() else {
        return None;
    };
    let (id, query) = (list.id, list.query());
    if matches!(model.screen(), Screen::Topics(_)) {
        // It is on top, and asked for as that.
        return None;
    }
    let (ticket, cmd) = model.ask(id, query);
    if let Screen::Topics(list) = model.list_mut() {
        list.ticket = Some(ticket);
    }
    Some(cmd)
}

pub(super) fn ask_overview(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Overview);
    model.overview_ticket = Some(ticket);
    cmd
}

pub(super) fn ask_places(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Places);
    model.tree.ticket = Some(ticket);
    cmd
}

/// Asks for what the screen on top shows.
pub(super) fn ask_screen(model: &mut Model) -> Cmd {
    let (id, query) = match model.screen() {
        Screen::Topics(list) => (list.id, list.query()),
        Screen::Thread(thread) => (thread.id, thread.query()),
        Screen::Search(found) => (found.id, found.query()),
    };
    let (ticket, cmd) = model.ask(id, query);
    match model.screen_mut() {
        Screen::Topics(list) => list.ticket = Some(ticket),
        Screen::Thread(thread) => thread.ticket = Some(ticket),
        Screen::Search(found) => found.ticket = Some(ticket),
    }
    cmd
}

/// Asks for more rows when the reader comes near the edge of what is held, and nothing is asked already.
pub(super) fn more(model: &mut Model) -> Option<Cmd> {
    let wants = match model.screen() {
        Screen::Topics(list) => list.ticket.is_none() && list.wants_more(),
        Screen::Thread(thread) => thread.ticket.is_none() && thread.wants_more(),
        Screen::Search(found) => return search_on(found.wants_more(), model),
    };
    // Asked once for each place: when the answer brings nothing new, neither would the next.
    let spot = match model.screen() {
        Screen::Topics(list) => (list.id, list.at, list.rows.len()),
        Screen::Thread(thread) => (
            thread.id,
            thread.focus_index() + thread.top,
            thread.posts.len(),
        ),
        Screen::Search(_) => return None,
    };
    if !wants || model.spot == Some(spot) {
        return None;
    }
    model.spot = Some(spot);
    Some(ask_screen(model))
}
