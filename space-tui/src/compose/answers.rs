// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What comes back from the local copy for the places where one writes: answers, and what became of what was written.

use super::choose::Choose;
use super::leave::{self, pane_mut};
use super::pane::Compose;
use super::{DraftItem, Subject};
use crate::app::Env;
use crate::app::layers::Layer;
use crate::app::message::{Answer, Aside, Cmd, Place, Query, Ticket, Write};
use crate::app::model::{Model, Screen};

/// Asks which unfinished texts there are.
pub(crate) fn ask_drafts(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Drafts);
    model.drafts_ticket = Some(ticket);
    cmd
}

/// Asks again for what is shown of the outbox.
pub(crate) fn ask_lists(model: &mut Model) -> Vec<Cmd> {
    let has_list = model.layers.iter().any(|it| matches!(it, Layer::Outbox(_)));
    if !has_list {
        return Vec::new();
    }
    let (ticket, cmd) = model.ask(0, Query::Outbox);
    for layer in &mut model.layers {
        if let Layer::Outbox(list) = layer {
            list.ticket = Some(ticket);
        }
    }
    vec![cmd]
}

/// Takes an answer for the places where one writes; returns it when it is for somebody else.
pub(crate) fn answered(
    model: &mut Model,
    ticket: Ticket,
    answer: Answer,
    env: &Env<'_>,
) -> Result<Vec<Cmd>, Answer> {
    if Some(ticket) == model.drafts_ticket {
        if let Answer::Drafts(drafts) = answer {
            take_drafts(model, drafts);
        }
        return Ok(Vec::new());
    }
    if Some(ticket) == model.quote_ticket {
        model.quote_ticket = None;
        return Ok(match answer {
            Answer::Quote(answered) => super::act::quoting(model, &answered),
            Answer::Failed(why) => {
                model.complain("notice-failed", why);
                Vec::new()
            }
            _ => Vec::new(),
        });
    }
    if let Some(pane) = pane_mut(model, |pane| pane.ticket == Some(ticket)) {
        pane.ticket = None;
        let id = pane.id;
        return Ok(begun(model, id, answer, env));
    }
    if let Some(pane) = model.compose_mut()
        && pane
            .mention
            .as_ref()
            .is_some_and(|it| it.ticket == Some(ticket))
    {
        let names = match answer {
            Answer::Names(names) => names,
            _ => Vec::new(),
        };
        return Ok(pane.take_names(names).into_iter().collect());
    }
    for layer in &mut model.layers {
        match layer {
            Layer::Outbox(list) if list.ticket == Some(ticket) => {
                list.ticket = None;
                if let Answer::Outbox(items) = answer {
                    list.take(items);
                }
                return Ok(Vec::new());
            }
            Layer::Conflict(conflict) if conflict.ticket == Some(ticket) => {
                conflict.ticket = None;
                if let Answer::Conflict(texts) = answer {
                    conflict.take(*texts);
                }
                return Ok(Vec::new());
            }
            _ => {}
        }
    }
    Err(answer)
}

/// Takes what a pane begins with.
fn begun(model: &mut Model, id: u64, answer: Answer, env: &Env<'_>) -> Vec<Cmd> {
    let is_open = model.compose().is_some_and(|pane| pane.id == id);
    let Some(pane) = pane_mut(model, |pane| pane.id == id) else {
        return Vec::new();
    };
    let (key, why) = match answer {
        Answer::Compose(start) => {
            let language = env.l10n.language().to_string().parse().ok();
            let (is_kept, aside) = (start.is_kept, start.aside.clone());
            pane.take(*start, language);
            if !is_open {
                // It was closed before this came.
                return pane.keep().into_iter().collect();
            }
            let wants_category = pane.start.as_ref().is_some_and(|it| it.is_topic)
                && pane.category.is_none()
                && !matches!(pane.subject, Subject::Waiting(_));
            let cmds: Vec<Cmd> = pane.touched().into_iter().collect();
            if is_kept {
                model.say("compose-taken-up", "");
            }
            say_aside(model, &aside);
            if wants_category {
                model.open(Layer::Choose(Choose::category(model)));
            }
            return cmds;
        }
        Answer::Cannot(key) => (key, String::new()),
        Answer::Failed(why) => ("notice-failed", why),
        _ => return Vec::new(),
    };
    // What was typed meanwhile stays; that it can be sent is asked for again with the next try.
    if is_open && pane.body.text().trim().is_empty() {
        leave::remove(model);
    }
    model.complain(key, why);
    leave::come_back(model);
    Vec::new()
}

/// Says where another text is, whose place was taken.
pub(super) fn say_aside(model: &mut Model, aside: &Aside) {
    if let Some(file) = aside {
        model.say("compose-set-aside", file.display().to_string());
    }
}

fn take_drafts(model: &mut Model, drafts: Vec<DraftItem>) {
    model.drafts = drafts;
    let topics: Vec<_> = model.drafts.iter().filter_map(|it| it.topic).collect();
    for screen in model.screens_mut() {
        if let Screen::Topics(list) = screen {
            list.drafted.clone_from(&topics);
        }
    }
    let len = model.drafts.len();
    for layer in &mut model.layers {
        if let Layer::Drafts(list) = layer {
            list.rows.step(0, len);
        }
    }
}

/// Says what became of something that was to be written; returns whether that was about writing.
pub(crate) fn written(model: &mut Model, write: &Write, aside: &Aside) -> Option<Vec<Cmd>> {
    let mut cmds = vec![ask_drafts(model)];
    match write {
        Write::KeepDraft(writing, _) => {
            // An editor's file goes once the text that came from it is kept.
            let is_last = |pane: &Compose| pane.keeping.as_ref() == Some(&**writing);
            if let Some(pane) = pane_mut(model, |pane| pane.has_file && is_last(pane)) {
                pane.has_file = false;
                cmds.push(Cmd::ForgetFile(writing.subject));
            }
            // What comes back from having been thrown away is not open.
            if !leave::kept(model, writing) && model.notice.is_none() {
                model.say("notice-undone-draft", "");
            }
            say_aside(model, aside);
            return Some(cmds);
        }
        Write::DropDraft(subject, _) => {
            if let Some(pane) = pane_mut(model, |pane| pane.has_file && pane.subject == *subject) {
                pane.has_file = false;
                cmds.push(Cmd::ForgetFile(*subject));
            }
            say_aside(model, aside);
            return Some(cmds);
        }
        Write::Send(writing, _) => {
            let is_meant = |pane: &Compose| pane.subject == writing.subject;
            let topic = model.compose().and_then(|pane| pane.start.as_ref()?.topic);
            if pane_mut(model, |pane| is_meant(pane) && pane.has_file).is_some() {
                cmds.push(Cmd::ForgetFile(writing.subject));
            }
            model.say("notice-queued", "");
            leave::sent(model, writing.subject);
            say_aside(model, aside);
            let is_edit = matches!(writing.subject, Subject::Edit(_));
            if let Screen::Thread(thread) = model.screen_mut()
                && Some(thread.topic_id) == topic
                && !is_edit
            {
                // One's own words are to be seen.
                thread.jump = Some(Place::Number(i64::MAX));
            }
        }
        Write::Report { .. } => model.say("notice-reported", ""),
        Write::Tag(..) => model.say("notice-tagged", ""),
        Write::Retry(_) => model.say("outbox-retried", ""),
        Write::Restore(_) => model.say("notice-undone-outbox", ""),
        _ => return None,
    }
    cmds.extend(ask_lists(model));
    cmds.push(Cmd::Sync);
    Some(cmds)
}

/// Says that something could not be written, and why. What was to be written is on the screen.
pub(crate) fn not_written(model: &mut Model, write: &Write, why: String) -> Vec<Cmd> {
    let cmds = match write {
        Write::Send(writing, _) | Write::KeepDraft(writing, _) => {
            leave::not_written(model, writing.subject)
        }
        Write::DropDraft(subject, _) => leave::not_written(model, *subject),
        _ => Vec::new(),
    };
    model.complain("notice-not-written", why);
    cmds
}
