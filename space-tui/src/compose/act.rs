// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What commands do where one writes: opening the pane, quoting, sending, and coming back from an editor.

use space_core::client::outbox::{PostRef, TopicRef};
use space_core::{CategoryId, PostId};

use super::answers::{ask_drafts, say_aside};
use super::choose::Choose;
use super::conflict::Conflict;
use super::drafts::Drafts;
use super::leave::{close, keep, put_away, throw};
use super::outbox::OutboxList;
use super::pane::Compose;
use super::parts::Parts;
use super::tags::TagsLine;
use super::{Answered, Subject, quote};
use crate::app::Env;
use crate::app::commands::{Action, Context};
use crate::app::items::PostKey;
use crate::app::layers::Layer;
use crate::app::message::{Aside, Cmd, Edited, Query, Write};
use crate::app::model::{Model, Screen};
use crate::screens::thread::Block;

/// Does what a command means where one writes; none when it means nothing there.
pub(crate) fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Option<Vec<Cmd>> {
    match model.context() {
        Context::Outbox => {
            return super::outbox::act(model, action);
        }
        Context::Drafts => return super::drafts::act(model, action),
        Context::Conflict => return super::conflict::act(model, action, env),
        _ => {}
    }
    Some(match action {
        Action::StartTopic => start_topic(model),
        Action::Edit => edit(model),
        Action::Quote => quote_here(model),
        Action::Outbox => show_outbox(model),
        Action::Drafts => show_drafts(model),
        Action::SwitchText => {
            model.is_writing = !model.is_writing && model.compose().is_some();
            model.is_in_tree = false;
            Vec::new()
        }
        Action::Send => send(model),
        Action::UseEditor => use_editor(model),
        Action::Close => close(model),
        Action::ThrowDraft => throw(model),
        Action::Preview => {
            if let Some(pane) = model.compose_mut() {
                pane.is_previewed = !pane.is_previewed;
                pane.top = 0;
            }
            Vec::new()
        }
        Action::Language => {
            let pane = model.compose();
            let now = pane.and_then(|pane| pane.language.clone());
            if pane
                .and_then(|pane| pane.start.as_ref())
                .is_some_and(|it| it.has_language)
            {
                model.open(Layer::Choose(Choose::language(now.as_ref())));
            } else {
                model.say("compose-no-language", "");
            }
            Vec::new()
        }
        Action::Category => {
            let pane = model.compose().and_then(|pane| pane.start.as_ref());
            if pane.is_some_and(|it| it.is_topic) {
                model.open(Layer::Choose(Choose::category(model)));
            } else {
                model.say("compose-category-stays", "");
            }
            Vec::new()
        }
        Action::Tags => {
            let pane = model.compose();
            let is_topic = pane
                .and_then(|pane| pane.start.as_ref())
                .is_some_and(|it| it.is_topic);
            match pane
                .filter(|_| is_topic)
                .map(|pane| TagsLine::of_new(&pane.tags))
            {
                Some(line) => model.open(Layer::Tags(line)),
                None => model.say("compose-no-tags", ""),
            }
            Vec::new()
        }
        Action::UndoText | Action::RedoText => {
            let Some(pane) = model.compose_mut() else {
                return Some(Vec::new());
            };
            let field = if pane.is_in_title {
                &mut pane.title
            } else {
                &mut pane.body
            };
            let _ = match action {
                Action::UndoText => field.undo(),
                _ => field.redo(),
            };
            pane.touched().into_iter().collect()
        }
        Action::ThreadDown => scroll_thread(model, 1, false),
        Action::ThreadUp => scroll_thread(model, -1, false),
        Action::ThreadPageDown => scroll_thread(model, 1, true),
        Action::ThreadPageUp => scroll_thread(model, -1, true),
        _ => return None,
    })
}

/// Opens the pane; one that is open keeps its text and makes room.
pub(crate) fn open(model: &mut Model, subject: Subject) -> Vec<Cmd> {
    model.is_writing = true;
    model.is_in_tree = false;
    if model.compose().is_some_and(|pane| pane.subject == subject) {
        return Vec::new();
    }
    let mut cmds = put_away(model, false);
    model.is_writing = true;
    let id = model.next_number();
    let mut pane = Compose::new(id, subject);
    let (ticket, cmd) = model.ask(id, Query::Compose(subject));
    pane.ticket = Some(ticket);
    // Whatever is open stays above it.
    model.layers.insert(0, Layer::Compose(Box::new(pane)));
    cmds.push(cmd);
    cmds
}

/// Brings the post that the reader is on into what the pane leaves of the thread.
pub(crate) fn show_answered(model: &mut Model) {
    let height = model.body_rows();
    if !model.is_writing {
        return;
    }
    if let Screen::Thread(thread) = model.screen_mut() {
        let at = thread.focus_index();
        let rows = thread.blocks.get(at).map_or(0, Block::height);
        let signed = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
        let row = thread.row_of(at);
        // As much of it as there is room for; its first line in any case.
        let below = row + signed(rows.min(height)) - signed(height);
        if below > 0 || row < 0 {
            thread.scroll(if row < 0 { row } else { below }, height);
        }
    }
}

/// Answers the post that the reader is on.
pub(crate) fn reply(model: &mut Model) -> Vec<Cmd> {
    let Screen::Thread(thread) = model.screen() else {
        return Vec::new();
    };
    let (Some(topic), Some(post)) = (&thread.topic, thread.current()) else {
        return Vec::new();
    };
    let subject = match post.key {
        // An answer to the first post is an answer to the topic.
        PostKey::Id(_) if post.number == 1 => Subject::Reply(TopicRef::Sent(topic.id)),
        PostKey::Id(id) => Subject::ReplyTo(PostRef::Sent(id)),
        PostKey::Outbox(_) => return Vec::new(),
    };
    open(model, subject)
}

fn here(model: &Model) -> Option<CategoryId> {
    match model.screen() {
        _ if model.is_in_tree => model.tree.here.category,
        Screen::Topics(list) => list.filter.category,
        Screen::Thread(thread) => thread.topic.as_ref().map(|topic| topic.category),
        Screen::Search(_) => None,
    }
}

fn start_topic(model: &mut Model) -> Vec<Cmd> {
    let subject = match here(model) {
        Some(category) => Subject::NewTopic(category),
        None => Subject::NewTopicAnywhere,
    };
    open(model, subject)
}

fn current(model: &Model) -> Option<PostKey> {
    match model.screen() {
        Screen::Thread(thread) => thread.current().map(|post| post.key.clone()),
        _ => None,
    }
}

fn edit(model: &mut Model) -> Vec<Cmd> {
    match current(model) {
        Some(PostKey::Id(id)) => open(model, Subject::Edit(id)),
        Some(PostKey::Outbox(id)) => open(
            model,
            Subject::Waiting(space_core::client::outbox::LocalId(id)),
        ),
        None => Vec::new(),
    }
}

fn quote_here(model: &mut Model) -> Vec<Cmd> {
    let Some(PostKey::Id(id)) = current(model) else {
        return Vec::new();
    };
    let (ticket, cmd) = model.ask(0, Query::Quote(id));
    model.quote_ticket = Some(ticket);
    vec![cmd]
}

/// Takes the post to quote: asks which paragraphs when there is more than one.
pub(super) fn quoting(model: &mut Model, answered: &Answered) -> Vec<Cmd> {
    if let Some(parts) = Parts::new(answered.clone()) {
        model.open(Layer::Parts(parts));
        return Vec::new();
    }
    insert_quote(model, answered, &quote::parts(&answered.source))
}

/// Puts a quote into the text; opens the pane to answer the post when none is open.
pub(super) fn insert_quote(model: &mut Model, answered: &Answered, parts: &[&str]) -> Vec<Cmd> {
    let Some(post) = answered.post else {
        return Vec::new();
    };
    let mut cmds = Vec::new();
    if model.compose().is_none() {
        cmds = reply_to(model, post);
    }
    model.is_writing = true;
    if let Some(pane) = model.compose_mut() {
        let body = &mut pane.body;
        let before = &body.text()[..body.at()];
        let gap = match before {
            "" => "",
            _ if before.ends_with("\n\n") => "",
            _ if before.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let text = format!("{gap}{}", quote::quoted(&answered.author, post, parts));
        body.insert(&text);
        (pane.is_in_title, pane.is_previewed) = (false, false);
        cmds.extend(pane.touched());
    }
    cmds
}

fn reply_to(model: &mut Model, post: PostId) -> Vec<Cmd> {
    let first = match model.screen() {
        Screen::Thread(thread) => thread.posts.iter().find(|it| it.key == PostKey::Id(post)),
        _ => None,
    };
    let subject = match first {
        Some(it) if it.number == 1 => Subject::Reply(TopicRef::Sent(it.topic)),
        _ => Subject::ReplyTo(PostRef::Sent(post)),
    };
    open(model, subject)
}

fn send(model: &mut Model) -> Vec<Cmd> {
    let Some(pane) = model.compose_mut() else {
        return Vec::new();
    };
    if pane.is_sending {
        return Vec::new();
    }
    // What it begins with could not be had before.
    if pane.start.is_none() && pane.ticket.is_none() {
        let (id, subject) = (pane.id, pane.subject);
        let (ticket, cmd) = model.ask(id, Query::Compose(subject));
        if let Some(pane) = model.compose_mut() {
            pane.ticket = Some(ticket);
        }
        return vec![cmd];
    }
    match pane.letter() {
        Ok(writing) => {
            pane.is_sending = true;
            vec![Cmd::Write(Write::Send(Box::new(writing), pane.seen()))]
        }
        Err((key, detail)) => {
            if key == "compose-no-category" {
                model.open(Layer::Choose(Choose::category(model)));
            }
            model.complain(key, detail);
            Vec::new()
        }
    }
}

fn use_editor(model: &mut Model) -> Vec<Cmd> {
    let Some(pane) = model.compose_mut() else {
        return Vec::new();
    };
    if pane.is_sending {
        return Vec::new();
    }
    // Before anybody else has the text, it is kept.
    let mut cmds: Vec<Cmd> = pane.keep().into_iter().collect();
    cmds.push(Cmd::Edit(Box::new(pane.sheet())));
    cmds
}

/// Takes what an editor brought back.
pub(crate) fn edited(model: &mut Model, edited: Edited, aside: &Aside) -> Vec<Cmd> {
    let cmds = match edited {
        Edited::Failed(why) => {
            model.complain("notice-editor", why);
            Vec::new()
        }
        Edited::Text(text) => replaced(model, &text),
        Edited::Empty => replaced(model, ""),
    };
    say_aside(model, aside);
    cmds
}

fn replaced(model: &mut Model, text: &str) -> Vec<Cmd> {
    let Some(pane) = model.compose_mut() else {
        return Vec::new();
    };
    pane.body.replace(text);
    pane.is_in_title = false;
    // The editor's file stays until the text is kept.
    let subject = pane.subject;
    let cmd = pane.keep();
    pane.has_file = cmd.is_some();
    model.say("compose-edited", "");
    vec![cmd.unwrap_or(Cmd::ForgetFile(subject))]
}

fn scroll_thread(model: &mut Model, by: isize, is_page: bool) -> Vec<Cmd> {
    let height = model.body_rows();
    let page = isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(1);
    if let Screen::Thread(thread) = model.screen_mut() {
        thread.page(if is_page { by * page } else { by }, height);
    }
    Vec::new()
}

pub(super) fn show_outbox(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = keep(model);
    model.is_writing = false;
    model.layers.retain(|layer| !layer.is_list());
    let (list, cmd) = OutboxList::new(model);
    model.open(Layer::Outbox(list));
    cmds.push(cmd);
    cmds
}

fn show_drafts(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = keep(model);
    model.is_writing = false;
    model.layers.retain(|layer| !layer.is_list());
    model.open(Layer::Drafts(Drafts::default()));
    cmds.push(ask_drafts(model));
    cmds
}

/// Opens the three texts of an edit that met another.
pub(super) fn show_conflict(
    model: &mut Model,
    id: space_core::client::outbox::LocalId,
) -> Vec<Cmd> {
    let (conflict, cmd) = Conflict::new(model, id);
    model.open(Layer::Conflict(Box::new(conflict)));
    vec![cmd]
}
