// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What commands do where one writes: opening the pane, sending, keeping, throwing away, and coming back from an editor.

use space_core::client::outbox::{PostRef, TopicRef};
use space_core::{CategoryId, PostId};

use super::choose::Choose;
use super::conflict::Conflict;
use super::drafts::Drafts;
use super::outbox::OutboxList;
use super::pane::Compose;
use super::parts::Parts;
use super::{Answered, DraftItem, Subject, Thrown, quote};
use crate::app::Env;
use crate::app::commands::{Action, Context};
use crate::app::items::PostKey;
use crate::app::layers::Layer;
use crate::app::message::{Answer, Cmd, Edited, Place, Query, Ticket, Write};
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
    let mut cmds = keep(model);
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Compose(_)));
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
fn quoting(model: &mut Model, answered: &Answered) -> Vec<Cmd> {
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
    match pane.letter() {
        Ok(writing) => {
            pane.is_sending = true;
            vec![Cmd::Write(Write::Send(Box::new(writing)))]
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
    // Before anybody else has the text, it is kept.
    let mut cmds: Vec<Cmd> = pane.keep().into_iter().collect();
    cmds.push(Cmd::Edit(Box::new(pane.sheet())));
    cmds
}

/// Takes what an editor brought back.
pub(crate) fn edited(model: &mut Model, edited: Edited) -> Vec<Cmd> {
    match edited {
        Edited::Failed(why) => {
            model.complain("notice-editor", why);
            Vec::new()
        }
        Edited::Text(text) => replaced(model, &text),
        Edited::Empty => replaced(model, ""),
    }
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

fn close(model: &mut Model) -> Vec<Cmd> {
    if let Some(pane) = model.compose_mut()
        && pane.is_previewed
    {
        pane.is_previewed = false;
        return Vec::new();
    }
    let has_text = model.compose().is_some_and(|pane| !pane.is_blank());
    let cmds = keep(model);
    remove(model);
    if has_text {
        model.say("compose-closed", "");
    }
    cmds
}

fn remove(model: &mut Model) {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Compose(_)));
    model.is_writing = false;
}

fn throw(model: &mut Model) -> Vec<Cmd> {
    let Some(pane) = model.compose() else {
        return Vec::new();
    };
    let (subject, writing, is_blank) = (pane.subject, pane.writing(), pane.is_blank());
    remove(model);
    if !is_blank {
        remember(model, Thrown::Draft(Box::new(writing)));
        model.say("compose-thrown", "");
    }
    vec![
        Cmd::Write(Write::DropDraft(subject)),
        Cmd::ForgetFile(subject),
    ]
}

/// Remembers what was thrown away, so that it can come back.
pub(crate) fn remember(model: &mut Model, thrown: Thrown) {
    let after = model.undo.len();
    model.thrown.push((after, thrown));
}

/// Brings the last thing back that was thrown away, when that was later than the last marks.
pub(crate) fn undo(model: &mut Model) -> Option<Vec<Cmd>> {
    let (after, _) = model.thrown.last()?;
    if *after < model.undo.len() {
        return None;
    }
    let (_, thrown) = model.thrown.pop()?;
    Some(vec![Cmd::Write(match thrown {
        Thrown::Items(items) => Write::Restore(items),
        Thrown::Draft(writing) => Write::KeepDraft(writing),
    })])
}

/// Keeps the text of the pane now.
pub(crate) fn keep(model: &mut Model) -> Vec<Cmd> {
    let pane = model.compose_mut();
    pane.and_then(Compose::keep).into_iter().collect()
}

/// Keeps the text of a pane when the clock says so.
pub(crate) fn keep_due(model: &mut Model, id: u64) -> Vec<Cmd> {
    match model.compose_mut() {
        Some(pane) if pane.id == id => {
            pane.is_due = false;
            keep(model)
        }
        _ => Vec::new(),
    }
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

/// Asks which unfinished texts there are.
pub(crate) fn ask_drafts(model: &mut Model) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Drafts);
    model.drafts_ticket = Some(ticket);
    cmd
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
            Answer::Quote(answered) => quoting(model, &answered),
            Answer::Failed(why) => {
                model.complain("notice-failed", why);
                Vec::new()
            }
            _ => Vec::new(),
        });
    }
    if let Some(pane) = model.compose_mut() {
        if pane.ticket == Some(ticket) {
            pane.ticket = None;
            return Ok(begun(model, answer, env));
        }
        if pane
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

/// Takes what the pane begins with.
fn begun(model: &mut Model, answer: Answer, env: &Env<'_>) -> Vec<Cmd> {
    match answer {
        Answer::Compose(start) => {
            let language = env.l10n.language().to_string().parse().ok();
            let Some(pane) = model.compose_mut() else {
                return Vec::new();
            };
            let is_kept = start.is_kept;
            pane.take(*start, language);
            let wants_category = pane.start.as_ref().is_some_and(|it| it.is_topic)
                && pane.category.is_none()
                && !matches!(pane.subject, Subject::Waiting(_));
            let cmds: Vec<Cmd> = pane.touched().into_iter().collect();
            if is_kept {
                model.say("compose-taken-up", "");
            }
            if wants_category {
                model.open(Layer::Choose(Choose::category(model)));
            }
            cmds
        }
        Answer::Cannot(key) => {
            remove(model);
            model.complain(key, "");
            Vec::new()
        }
        Answer::Failed(why) => {
            remove(model);
            model.complain("notice-failed", why);
            Vec::new()
        }
        _ => Vec::new(),
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
pub(crate) fn written(model: &mut Model, write: &Write) -> Option<Vec<Cmd>> {
    let mut cmds = vec![ask_drafts(model)];
    if let Write::KeepDraft(_) | Write::DropDraft(_) = write
        && let Some(pane) = model.compose_mut()
        && pane.has_file
    {
        pane.has_file = false;
        cmds.push(Cmd::ForgetFile(pane.subject));
    }
    match write {
        Write::KeepDraft(writing) => {
            if let Some(pane) = model.compose_mut()
                && pane.subject == writing.subject
            {
                pane.keeping = None;
                pane.kept = Some((**writing).clone());
            }
            // What comes back from having been thrown away is not open.
            let is_open = model
                .compose()
                .is_some_and(|pane| pane.subject == writing.subject);
            if !is_open && model.notice.is_none() {
                model.say("notice-undone-draft", "");
            }
            return Some(cmds);
        }
        Write::DropDraft(_) => return Some(cmds),
        Write::Send(writing) => {
            let topic = model.compose().and_then(|pane| pane.start.as_ref()?.topic);
            if model
                .compose()
                .is_some_and(|pane| pane.subject == writing.subject)
            {
                remove(model);
            }
            model.say("notice-queued", "");
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
        Write::Retry(_) => model.say("outbox-retried", ""),
        Write::Restore(_) => model.say("notice-undone-outbox", ""),
        _ => return None,
    }
    cmds.extend(ask_lists(model));
    cmds.push(Cmd::Sync);
    Some(cmds)
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

/// Opens the three texts of an edit that met another.
pub(super) fn show_conflict(
    model: &mut Model,
    id: space_core::client::outbox::LocalId,
) -> Vec<Cmd> {
    let (conflict, cmd) = Conflict::new(model, id);
    model.open(Layer::Conflict(Box::new(conflict)));
    vec![cmd]
}
