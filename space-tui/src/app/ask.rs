// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Questions to the replica, and what its answers do.

use space_core::TopicId;

use super::Env;
use super::message::{Answer, Cmd, Place, Query, Ticket};
use super::model::{Model, Screen};
use crate::screens::thread::ThreadScreen;

pub(super) fn answered(
    model: &mut Model,
    ticket: Ticket,
    answer: Answer,
    env: &Env<'_>,
) -> Vec<Cmd> {
    if Some(ticket) == model.overview_ticket {
        if let Answer::Overview(overview) = answer {
            model.status.overview = overview;
        }
        return Vec::new();
    }
    if Some(ticket) == model.unread_ticket {
        model.unread_ticket = None;
        return match answer {
            Answer::NextUnread(Some(topic)) => go_unread(model, topic),
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
    let (height, columns) = (model.body_rows(), model.body_columns());
    let (mut failed, mut notice, mut found_place) = (None, None, None);
    for screen in model.screens_mut() {
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
                    Answer::Find(Some(place)) => found_place = Some(place),
                    Answer::Failed(why) => failed = Some(why),
                    _ => notice = Some("notice-not-here"),
                }
                break;
            }
            (Screen::Search(found), _) if found.ticket == Some(ticket) => {
                found.ticket = None;
                match answer {
                    Answer::Search(hits) => found.take(hits, height),
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
        Some((topic, place)) => open_thread(model, topic, place),
        None => Vec::new(),
    }
}

/// Opens a topic at a place, above the screen that the reader comes from.
pub(super) fn open_thread(model: &mut Model, topic: TopicId, place: Place) -> Vec<Cmd> {
    let id = model.next_number();
    model.push(Screen::Thread(ThreadScreen::new(id, topic, place)));
    ask_screen(model).into_iter().collect()
}

/// Opens a topic with something unread, in the place of the thread that the reader comes from.
fn go_unread(model: &mut Model, topic: TopicId) -> Vec<Cmd> {
    let id = model.next_number();
    let screen = Screen::Thread(ThreadScreen::new(id, topic, Place::Unread));
    match model.screen() {
        Screen::Thread(_) => model.replace(screen),
        Screen::Topics(_) | Screen::Search(_) => model.push(screen),
        // The reader went elsewhere before the answer came.
        Screen::Help(_) => return Vec::new(),
    }
    ask_screen(model).into_iter().collect()
}

/// Asks again for what is on the screen, and how things stand.
pub(super) fn changed(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_overview(model)];
    cmds.extend(ask_screen(model));
    cmds
}

pub(super) fn ask_overview(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Overview);
    model.overview_ticket = Some(ticket);
    cmd
}

/// Asks for what the screen on top shows.
pub(super) fn ask_screen(model: &mut Model) -> Option<Cmd> {
    let (id, query) = match model.screen() {
        Screen::Topics(list) => (list.id, list.query()),
        Screen::Thread(thread) => (thread.id, thread.query()),
        Screen::Search(found) => (found.id, found.query()),
        Screen::Help(_) => return None,
    };
    let (ticket, cmd) = model.ask(id, query);
    match model.screen_mut() {
        Screen::Topics(list) => list.ticket = Some(ticket),
        Screen::Thread(thread) => thread.ticket = Some(ticket),
        Screen::Search(found) => found.ticket = Some(ticket),
        Screen::Help(_) => {}
    }
    Some(cmd)
}

/// Asks for more rows when the reader comes near the edge of what is held, and nothing is asked already.
pub(super) fn more(model: &mut Model) -> Option<Cmd> {
    let wants = match model.screen() {
        Screen::Topics(list) => list.ticket.is_none() && list.wants_more(),
        Screen::Thread(thread) => thread.ticket.is_none() && thread.wants_more(),
        Screen::Search(_) | Screen::Help(_) => false,
    };
    // Asked once for each place: when the answer brings nothing new, neither would the next.
    let spot = match model.screen() {
        Screen::Topics(list) => (list.id, list.at, list.rows.len()),
        Screen::Thread(thread) => (
            thread.id,
            thread.focus_index() + thread.top,
            thread.posts.len(),
        ),
        Screen::Search(_) | Screen::Help(_) => return None,
    };
    if !wants || model.spot == Some(spot) {
        return None;
    }
    model.spot = Some(spot);
    ask_screen(model)
}
