// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What each message does to the model.

use super::Env;
use super::act::act;
use super::ask::{answered, ask_overview, ask_places, ask_screen, changed, more};
use super::commands::{Action, Undo, disabled};
use super::hint;
use super::keymap::Meaning;
use super::keys::Key;
use super::layers::{self, Layer};
use super::marks;
use super::message::{Aside, Cmd, Msg, Net, Write};
use super::model::{Model, Screen};
use super::mouse;
use crate::compose::{self, Thrown};
use crate::config::Mark;
use crate::screens::rendered::Wish;

/// Returns what is to be done at the start: everything on the first screen comes from the replica.
pub fn start(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_overview(model), ask_places(model)];
    cmds.push(compose::answers::ask_drafts(model));
    cmds.push(ask_screen(model));
    cmds
}

/// Changes the model as a message says, and returns what is to be done.
pub fn update(model: &mut Model, msg: Msg, env: &Env<'_>) -> Vec<Cmd> {
    let mut cmds = match msg {
        Msg::Key(key) => key_pressed(model, key, env),
        Msg::Mouse(mouse) => mouse::used(model, mouse, env),
        Msg::Paste(text) => {
            if !layers::paste(model, &text, env) {
                model.say("notice-pasted", "");
            }
            Vec::new()
        }
        Msg::Resize(columns, rows) => {
            (model.columns, model.rows) = (columns, rows);
            Vec::new()
        }
        Msg::Waited(number) => {
            if number == model.wait && !model.pending.is_empty() && !is_which_key_open(model) {
                model.open(Layer::WhichKey);
            }
            Vec::new()
        }
        Msg::Answer(ticket, answer) => answered(model, ticket, answer, env),
        Msg::Marked(marking, before) => {
            marks::marked(model, &marking, before);
            let mut cmds = changed(model);
            cmds.push(Cmd::Sync);
            cmds
        }
        Msg::Written(write, Ok(aside)) => written(model, &write, &aside),
        Msg::Discarded(thrown) => {
            model.say("outbox-thrown", thrown.items.len().to_string());
            compose::leave::remember(model, Thrown::Items(thrown));
            let mut cmds = changed(model);
            cmds.extend(compose::answers::ask_lists(model));
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
        Msg::Written(write, Err(why)) => compose::answers::not_written(model, &write, why),
        Msg::Net(net) => {
            if !matches!(net, Net::Syncing) {
                model.status.reading = None;
            }
            model.status.net = net;
            // A banner comes or goes.
            settle(model, env);
            Vec::new()
        }
        Msg::Reading(reading) => {
            model.status.reading = Some(reading);
            changed(model)
        }
        Msg::Synced(then) => {
            model.status.synced_at = Some(then);
            Vec::new()
        }
        Msg::Edited(edited, aside) => compose::act::edited(model, edited, &aside),
        Msg::KeepDue(id) => compose::leave::keep_due(model, id),
        Msg::Dwelt(number) => {
            if number == model.dwell {
                tell_read(model)
            } else {
                Vec::new()
            }
        }
        Msg::Coloured(snippet, colours) => {
            let height = model.body_rows();
            for screen in model.screens_mut() {
                if let Screen::Thread(thread) = screen {
                    thread.take_colours(&snippet, &colours, height, env);
                }
            }
            Vec::new()
        }
        Msg::Pictured(source, picture) => {
            let height = model.body_rows();
            for screen in model.screens_mut() {
                if let Screen::Thread(thread) = screen {
                    thread.take_picture(&source, picture, height, env);
                }
            }
            Vec::new()
        }
        Msg::PictureGone(source) => {
            for screen in model.screens_mut() {
                if let Screen::Thread(thread) = screen {
                    thread.extras.pictures.remove(&source);
                }
            }
            Vec::new()
        }
        Msg::Opened { address, is_opened } => {
            let key = if is_opened {
                "notice-opened"
            } else {
                "notice-copied"
            };
            model.say(key, address);
            Vec::new()
        }
        Msg::Terminate => {
            let mut cmds = tell_read(model);
            cmds.extend(compose::leave::keep_all(model));
            cmds.push(Cmd::Quit);
            cmds
        }
    };
    if model.layout() != model.settled {
        settle(model, env);
        compose::act::show_answered(model);
    }
    cmds.extend(more(model));
    cmds.extend(wishes(model));
    cmds.extend(dwell(model));
    cmds
}

fn key_pressed(model: &mut Model, key: Key, env: &Env<'_>) -> Vec<Cmd> {
    model.notice = None;
    if let Some(cmds) = layers::key(model, key, env) {
        return cmds;
    }
    if model.pending.is_empty()
        && let Some(cmds) = hint::key_pressed(model, key, env)
    {
        return cmds;
    }
    model.burst.count(key, env.now);
    if model.burst.is_text() {
        no_longer_pending(model);
        model.say("notice-pasted", "");
        return Vec::new();
    }
    model.pending.push(key);
    match env.keymap.meaning(model.context(), &model.pending) {
        Meaning::Command(command) => {
            let is_alone = !model.burst.is_more_than(model.pending.len());
            no_longer_pending(model);
            if command.undo != Undo::Nothing && !is_alone {
                model.say("notice-pasted", "");
                return Vec::new();
            }
            if let Some(reason) = disabled(command.action, model, model.screen()) {
                // Going back from the first screen does nothing; saying so each time would only disturb.
                if command.action != Action::Back {
                    model.say(reason, "");
                }
                return Vec::new();
            }
            act(model, command.action, env)
        }
        Meaning::Prefix if model.pending.len() == 1 => {
            model.wait = model.next_number();
            vec![Cmd::Wait(model.wait)]
        }
        Meaning::Prefix => Vec::new(),
        Meaning::Nothing => {
            no_longer_pending(model);
            Vec::new()
        }
    }
}

fn no_longer_pending(model: &mut Model) {
    model.pending.clear();
    model.layers.retain(|layer| *layer != Layer::WhichKey);
}

fn is_which_key_open(model: &Model) -> bool {
    model.layers.contains(&Layer::WhichKey)
}

/// Says what became of what was written, and asks again for what it changed.
fn written(model: &mut Model, write: &Write, aside: &Aside) -> Vec<Cmd> {
    let said = compose::answers::written(model, write, aside);
    let mut cmds = match write {
        Write::KeepDraft(..) | Write::DropDraft(..) => said.unwrap_or_default(),
        _ => {
            let mut cmds = changed(model);
            cmds.extend(said.unwrap_or_else(|| vec![Cmd::Sync]));
            cmds
        }
    };
    if model.is_leaving && !compose::leave::is_waiting(model) {
        cmds.push(Cmd::Quit);
    }
    cmds
}

/// Asks for what would make the posts on the screen better.
fn wishes(model: &mut Model) -> Vec<Cmd> {
    let height = model.body_rows();
    // A picture that fills the screen leaves no room for what is said about it.
    let rows = u16::try_from((height * 2 / 3).max(4)).unwrap_or(u16::MAX);
    let Screen::Thread(thread) = model.screen_mut() else {
        return Vec::new();
    };
    let columns = u16::try_from(thread.picture_columns()).unwrap_or(u16::MAX);
    thread
        .wishes(height)
        .into_iter()
        .map(|wish| match wish {
            Wish::Colours(snippet) => Cmd::Colour(snippet),
            Wish::Picture(source) => Cmd::Picture {
                source,
                most: (columns, rows),
            },
        })
        .collect()
}

/// Begins to count how long the reader looks, when there is something new on the screen.
fn dwell(model: &mut Model) -> Option<Cmd> {
    // Otherwise a post counts as read when its thread is left.
    if model.settings.read_mark != Mark::Dwell {
        return None;
    }
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
pub(super) fn tell_read(model: &mut Model) -> Vec<Cmd> {
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

/// Ends once everything that was written is kept. Whoever asks a second time does not wait for that.
pub(super) fn leave_all(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = tell_read(model);
    cmds.extend(compose::leave::keep_all(model));
    if model.is_leaving || !compose::leave::is_waiting(model) {
        cmds.push(Cmd::Quit);
    } else {
        model.is_leaving = true;
    }
    cmds
}

/// Fits every screen to its place.
pub(super) fn settle(model: &mut Model, env: &Env<'_>) {
    model.settled = model.layout();
    let areas: Vec<_> = model.screens().map(|it| model.area_of(it)).collect();
    for (screen, area) in model.screens_mut().zip(areas) {
        let (columns, height) = (
            usize::from(area.columns).max(1),
            usize::from(area.rows).max(1),
        );
        match screen {
            Screen::Topics(list) => list.settle(height),
            Screen::Search(found) => found.settle(height),
            Screen::Thread(thread) => thread.resize(columns, height, env),
        }
    }
}
