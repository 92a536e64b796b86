// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Taking a text away from the screen: it goes once the local copy has it, and comes back when that failed.

use super::pane::Compose;
use super::{Subject, Thrown, Writing};
use crate::app::layers::Layer;
use crate::app::message::{Cmd, Query, Seen, Write};
use crate::app::model::Model;

/// A pane that is not on the screen any more, whose text the local copy does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// The pane.
    pub pane: Box<Compose>,
    /// Whether its owner closed it, and is to be told where the text is.
    pub is_closed: bool,
}

impl Compose {
    /// Returns whether something of it is on its way into the local copy.
    pub fn is_on_its_way(&self) -> bool {
        self.is_sending || self.keeping.is_some() || self.start.is_none() && self.ticket.is_some()
    }

    /// Returns whether there is a text in it that nobody has said is kept.
    pub fn is_unkept(&self) -> bool {
        let has_text = !self.body.text().trim().is_empty() || !self.title.text().trim().is_empty();
        self.is_sending || has_text && !self.is_kept()
    }

    /// Returns the text that was last seen kept where this one belongs, or will be there when that is written.
    pub fn seen(&self) -> Seen {
        let last = self.keeping.as_ref().or(self.kept.as_ref());
        last.map(|it| it.source.clone())
    }
}

/// Closes the preview, else the pane.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    if let Some(pane) = model.compose_mut()
        && pane.is_previewed
    {
        pane.is_previewed = false;
        return Vec::new();
    }
    let has_text = model.compose().is_some_and(|pane| !pane.is_blank());
    let cmds = put_away(model, has_text);
    // Nothing had to be written: it is kept as it stands.
    if has_text && model.leaving.is_empty() {
        model.say("compose-closed", "");
    }
    come_back(model);
    cmds
}

/// Takes the pane off the screen. One whose text is not kept yet waits for that out of sight.
pub(super) fn put_away(model: &mut Model, is_closed: bool) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    if let Some(mut pane) = take(model) {
        cmds.extend(pane.keep());
        // What was there before could not be had: it is asked for again.
        if pane.start.is_none() && pane.ticket.is_none() && pane.is_unkept() {
            let (ticket, cmd) = model.ask(pane.id, Query::Compose(pane.subject));
            pane.ticket = Some(ticket);
            cmds.push(cmd);
        }
        if pane.is_unkept() {
            model.leaving.push(Leaving { pane, is_closed });
        }
    }
    cmds
}

/// Takes the pane off the screen; what is in it is nobody's concern any more.
pub(super) fn remove(model: &mut Model) {
    take(model);
}

fn take(model: &mut Model) -> Option<Box<Compose>> {
    let is_pane = |layer: &Layer| matches!(layer, Layer::Compose(_));
    let at = model.layers.iter().position(is_pane)?;
    model.is_writing = false;
    match model.layers.remove(at) {
        Layer::Compose(pane) => Some(pane),
        _ => None,
    }
}

/// Brings a text back that could not be kept, unless another one is being written: then it waits for that to be closed.
pub(super) fn come_back(model: &mut Model) {
    if model.compose().is_some() {
        return;
    }
    let is_stuck = |it: &Leaving| !it.pane.is_on_its_way();
    if let Some(at) = model.leaving.iter().position(is_stuck) {
        let pane = model.leaving.remove(at).pane;
        model.layers.insert(0, Layer::Compose(pane));
        model.is_writing = true;
    }
}

pub(super) fn throw(model: &mut Model) -> Vec<Cmd> {
    let Some(pane) = model.compose().filter(|pane| !pane.is_sending) else {
        return Vec::new();
    };
    let (subject, writing, is_blank) = (pane.subject, pane.writing(), pane.is_blank());
    let (seen, has_file) = (pane.seen(), pane.has_file);
    remove(model);
    if !is_blank {
        remember(model, Thrown::Draft(Box::new(writing)));
        model.say("compose-thrown", "");
    }
    let mut cmds = vec![Cmd::Write(Write::DropDraft(subject, seen))];
    if has_file {
        cmds.push(Cmd::ForgetFile(subject));
    }
    come_back(model);
    cmds
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
        Thrown::Draft(writing) => Write::KeepDraft(writing, None),
    })])
}

/// Keeps the text of the pane now.
pub(crate) fn keep(model: &mut Model) -> Vec<Cmd> {
    let pane = model.compose_mut();
    pane.and_then(Compose::keep).into_iter().collect()
}

/// Keeps everything that was written and is not kept yet.
pub(crate) fn keep_all(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = keep(model);
    cmds.extend(model.leaving.iter_mut().filter_map(|it| it.pane.keep()));
    cmds
}

/// Keeps the text of a pane when the clock says so.
pub(crate) fn keep_due(model: &mut Model, id: u64) -> Vec<Cmd> {
    let Some(pane) = pane_mut(model, |pane| pane.id == id) else {
        return Vec::new();
    };
    pane.is_due = false;
    pane.keep().into_iter().collect()
}

/// Returns whether something that was written is on its way into the local copy.
pub(crate) fn is_waiting(model: &Model) -> bool {
    panes(model).any(|pane| pane.is_unkept() && pane.is_on_its_way())
}

/// Returns what is on the screen and nobody has said is kept.
pub(crate) fn unkept(model: &Model) -> Vec<Writing> {
    panes(model)
        .filter(|pane| pane.is_unkept())
        .map(Compose::writing)
        .collect()
}

fn panes(model: &Model) -> impl Iterator<Item = &Compose> {
    let leaving = model.leaving.iter().map(|it| &*it.pane);
    model.compose().into_iter().chain(leaving)
}

fn panes_mut(model: &mut Model) -> impl Iterator<Item = &mut Compose> {
    let open = model.layers.iter_mut().find_map(|layer| match layer {
        Layer::Compose(pane) => Some(&mut **pane),
        _ => None,
    });
    let leaving = model.leaving.iter_mut().map(|it| &mut *it.pane);
    open.into_iter().chain(leaving)
}

/// Finds a pane, on the screen or on its way from there.
pub(super) fn pane_mut(
    model: &mut Model,
    is_meant: impl Fn(&Compose) -> bool,
) -> Option<&mut Compose> {
    panes_mut(model).find(|pane| is_meant(pane))
}

/// Takes the word that a text is kept. Returns whether it was that of a pane.
pub(super) fn kept(model: &mut Model, writing: &Writing) -> bool {
    let mut is_known = false;
    for pane in panes_mut(model).filter(|pane| pane.keeping.as_ref() == Some(writing)) {
        pane.kept = pane.keeping.take();
        is_known = true;
    }
    gone(model);
    is_known
}

/// Takes the word that a text is in the outbox.
pub(super) fn sent(model: &mut Model, subject: Subject) {
    if model
        .compose()
        .is_some_and(|pane| pane.subject == subject && pane.is_sending)
    {
        remove(model);
    }
    model
        .leaving
        .retain(|it| !(it.pane.subject == subject && it.pane.is_sending));
    come_back(model);
}

/// Takes the word that something of a pane could not be written: it comes back, and is tried again after a while.
pub(super) fn not_written(model: &mut Model, subject: Subject) -> Vec<Cmd> {
    model.is_leaving = false;
    let mut cmds = Vec::new();
    for pane in panes_mut(model).filter(|pane| pane.subject == subject) {
        if pane.is_sending || pane.keeping.is_some() {
            pane.is_sending = false;
            (pane.kept, pane.keeping) = (None, None);
            cmds.extend(pane.touched());
        }
    }
    come_back(model);
    cmds
}

/// Lets go of what is kept now.
fn gone(model: &mut Model) {
    let mut is_closed = false;
    model.leaving.retain(|it| {
        let is_gone = !it.pane.is_unkept();
        is_closed |= is_gone && it.is_closed;
        !is_gone
    });
    if is_closed && model.notice.is_none() {
        model.say("compose-closed", "");
    }
}
