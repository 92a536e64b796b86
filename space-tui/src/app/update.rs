// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What each message does to the model.

use crossterm::event::KeyCode;

use super::Env;
use super::commands::{Action, disabled};
use super::items::{PostKey, TopicItem, TopicKey};
use super::keys::{Key, Meaning, meaning};
use super::message::{Answer, Cmd, Draft, Edited, Filter, Msg, Place, Query, Ticket, Write};
use super::model::{Model, Prompt, Screen};
use crate::screens::help::HelpScreen;
use crate::screens::search::SearchScreen;
use crate::screens::thread::ThreadScreen;
use crate::screens::topics::TopicsScreen;
use space_core::TopicId;

/// Characters that a search line holds at most.
const PROMPT_MAX: usize = 200;

/// Returns what is to be done at the start: everything on the first screen comes from the replica.
pub fn start(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_overview(model)];
    cmds.extend(ask_screen(model));
    cmds
}

/// Changes the model as a message says, and returns what is to be done.
pub fn update(model: &mut Model, msg: Msg, env: &Env<'_>) -> Vec<Cmd> {
    let mut cmds = match msg {
        Msg::Key(key) => key_pressed(model, key, env),
        Msg::Paste(text) => {
            if let Some(prompt) = &mut model.prompt {
                let room = PROMPT_MAX.saturating_sub(prompt.text.chars().count());
                prompt
                    .text
                    .extend(crate::text::clean::line(&text).chars().take(room));
            }
            Vec::new()
        }
        Msg::Resize(columns, rows) => {
            (model.columns, model.rows) = (columns, rows);
            settle(model, env);
            Vec::new()
        }
        Msg::Answer(ticket, answer) => answered(model, ticket, answer, env),
        Msg::Written(Ok(Write::Reply { .. })) => {
            model.say("notice-queued", "");
            if let Screen::Thread(thread) = model.screen_mut() {
                // One's own words are to be seen.
                thread.jump = Some(Place::Number(i64::MAX));
            }
            let mut cmds = changed(model);
            cmds.push(Cmd::Sync);
            cmds
        }
        Msg::Written(Ok(Write::MarkRead { .. })) => {
            let mut cmds = changed(model);
            cmds.push(Cmd::Sync);
            cmds
        }
        Msg::Sent { taken, refused } => {
            if refused > 0 {
                model.complain("notice-refused", "");
            } else if taken > 0 {
                model.say("notice-sent", "");
            }
            changed(model)
        }
        Msg::Changed => {
            if model
                .notice
                .as_ref()
                .is_some_and(|notice| notice.key == "notice-syncing")
            {
                model.notice = None;
            }
            changed(model)
        }
        Msg::Written(Err(why)) => {
            model.complain("notice-not-written", why);
            Vec::new()
        }
        Msg::Net(net) => {
            model.status.net = net;
            Vec::new()
        }
        Msg::Edited(draft, edited) => edit_ended(model, &draft, edited),
        Msg::Dwelt(number) => {
            if number == model.dwell {
                tell_read(model)
            } else {
                Vec::new()
            }
        }
        Msg::Terminate => leave_all(model),
    };
    cmds.extend(more(model));
    cmds.extend(dwell(model));
    cmds
}

fn key_pressed(model: &mut Model, key: Key, env: &Env<'_>) -> Vec<Cmd> {
    model.notice = None;
    if model.prompt.is_some() {
        return prompt_key(model, key);
    }
    model.pending.push(key);
    match meaning(&model.pending, model.context()) {
        Meaning::Command(command) => {
            model.pending.clear();
            if let Some(reason) = disabled(command.action, model, model.screen()) {
                // Going back from the first screen does nothing; saying so each time would only disturb.
                if command.action != Action::Back {
                    model.say(reason, "");
                }
                return Vec::new();
            }
            act(model, command.action, env)
        }
        Meaning::Prefix => Vec::new(),
        Meaning::Nothing => {
            model.pending.clear();
            Vec::new()
        }
    }
}

fn prompt_key(model: &mut Model, key: Key) -> Vec<Cmd> {
    let Some(prompt) = &mut model.prompt else {
        return Vec::new();
    };
    match key.code {
        KeyCode::Esc => model.prompt = None,
        KeyCode::Char('c' | 'g') if key.ctrl => model.prompt = None,
        KeyCode::Char('u') if key.ctrl => prompt.text.clear(),
        KeyCode::Char(c) if !key.ctrl && !key.alt && !c.is_control() => {
            let room = PROMPT_MAX.saturating_sub(prompt.text.chars().count());
            prompt.text.extend(std::iter::once(c).take(room));
        }
        KeyCode::Backspace => {
            use unicode_segmentation::UnicodeSegmentation;
            let cut = prompt
                .text
                .grapheme_indices(true)
                .next_back()
                .map(|(at, _)| at);
            match cut {
                Some(at) => prompt.text.truncate(at),
                None => model.prompt = None,
            }
        }
        KeyCode::Enter => {
            let words = prompt.text.trim().to_owned();
            model.prompt = None;
            if !words.is_empty() {
                let id = model.next_number();
                let screen = Screen::Search(SearchScreen::new(id, words));
                if matches!(model.screen(), Screen::Search(_)) {
                    model.replace(screen);
                } else {
                    model.push(screen);
                }
                return ask_screen(model).into_iter().collect();
            }
        }
        _ => {}
    }
    Vec::new()
}

fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Vec<Cmd> {
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
fn keep_help(model: &mut Model) {
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

fn edit_ended(model: &mut Model, draft: &Draft, edited: Edited) -> Vec<Cmd> {
    match edited {
        Edited::Text(source) => vec![Cmd::Write(Write::Reply {
            topic: draft.topic,
            reply_to: draft.reply_to,
            source,
        })],
        Edited::Empty => {
            model.say("notice-cancelled", "");
            Vec::new()
        }
        Edited::Failed(why) => {
            model.complain("notice-editor", why);
            Vec::new()
        }
    }
}

fn answered(model: &mut Model, ticket: Ticket, answer: Answer, env: &Env<'_>) -> Vec<Cmd> {
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
    let mut failed = None;
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
                    Answer::Thread(part) => thread.take(*part, columns, height, env.l10n),
                    Answer::Failed(why) => failed = Some(why),
                    _ => {}
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
    Vec::new()
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
fn changed(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_overview(model)];
    cmds.extend(ask_screen(model));
    cmds
}

fn ask_overview(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Overview);
    model.overview_ticket = Some(ticket);
    cmd
}

/// Asks for what the screen on top shows.
fn ask_screen(model: &mut Model) -> Option<Cmd> {
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
fn more(model: &mut Model) -> Option<Cmd> {
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

/// Begins to count how long the reader looks, when there is something new on the screen.
fn dwell(model: &mut Model) -> Option<Cmd> {
    let Screen::Thread(thread) = model.screen() else {
        return None;
    };
    let looks_at = u64::try_from(thread.seen).unwrap_or(0) ^ (thread.id << 40);
    if thread.seen > thread.told && looks_at != model.dwell {
        model.dwell = looks_at;
        return Some(Cmd::Dwell(looks_at));
    }
    None
}

/// Writes down how far the reader has read in the thread on top.
fn tell_read(model: &mut Model) -> Vec<Cmd> {
    if !model.status.is_member {
        return Vec::new();
    }
    match model.screen_mut() {
        Screen::Thread(thread) => {
            let topic = thread.topic_id;
            let number = thread.tell();
            number
                .map(|number| Cmd::Write(Write::MarkRead { topic, number }))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn leave_all(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = tell_read(model);
    cmds.push(Cmd::Quit);
    cmds
}

/// Fits every screen to the size of the terminal.
fn settle(model: &mut Model, env: &Env<'_>) {
    let (height, columns) = (model.body_rows(), model.body_columns());
    for screen in model.screens_mut() {
        match screen {
            Screen::Topics(list) => list.settle(height),
            Screen::Search(found) => found.settle(height),
            Screen::Thread(thread) => thread.resize(columns, height, env.l10n),
            Screen::Help(_) => {}
        }
    }
    keep_help(model);
}
