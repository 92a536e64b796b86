// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What lies over the screens or beside them: boxes, lines to type on, panes.
//!
//! Keys go from the top layer down to the screen, until one takes them; drawing goes from the screen up. A layer is a
//! value like the rest of the model: it changes when a key comes, and says what is to be done.
//!
//! A new layer is one file with its type, a variant of [`Layer`], and its arms below. [`Layer::dock`] gives it a pane
//! beside the thread instead of a box over it; a layer that lets keys pass while the reader is in the thread returns
//! [`Outcome::Passed`].

pub mod confirm;
pub mod help;
pub mod input;
pub mod jump;
pub mod note;
pub mod palette;
pub mod picker;
pub mod prompt;
pub mod report;
pub mod which_key;

use super::Env;
use super::commands::Context;
use super::keys::Key;
use super::layout::Dock;
use super::message::Cmd;
use super::model::Model;
use crate::compose::choose::Choose;
use crate::compose::conflict::Conflict;
use crate::compose::drafts::Drafts;
use crate::compose::outbox::OutboxList;
use crate::compose::pane::Compose;
use crate::compose::parts::Parts;
use crate::compose::tags::TagsLine;
use crate::doc::{Area, Line, Overlay, Pane};

use confirm::Confirm;
use help::Help;
use jump::Jump;
use note::NoteLine;
use palette::Palette;
use prompt::Prompt;
use report::Report;

/// One layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layer {
    /// The search line.
    Prompt(Prompt),
    /// Every command, found by some letters.
    Palette(Palette),
    /// Anything one can go to, found by some letters.
    Jump(Jump),
    /// What to remember of what gets a bookmark.
    Note(NoteLine),
    /// Why a post is reported.
    Report(Report),
    /// Every key that does something here.
    Help(Help),
    /// A question before something that cannot be taken back easily.
    Confirm(Confirm),
    /// The pane that one writes in.
    Compose(Box<Compose>),
    /// Which category, or which language.
    Choose(Choose),
    /// The tags of a new topic.
    Tags(TagsLine),
    /// Which paragraphs of a post to quote.
    Parts(Parts),
    /// What waits to be sent.
    Outbox(OutboxList),
    /// Unfinished texts.
    Drafts(Drafts),
    /// The three texts of an edit that met another.
    Conflict(Box<Conflict>),
    /// What can follow the keys that were typed.
    WhichKey,
}

/// What a layer did with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: it is for what lies below.
    Passed,
    /// It took it, and stays.
    Stays(Vec<Cmd>),
    /// It took it, and is gone.
    Closes(Vec<Cmd>),
}

/// How a layer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawn {
    /// A box, and where the cursor rests in it: row and column of the screen.
    Box(Overlay, Option<(u16, u16)>),
    /// A line in the place of the hints, and the column of the cursor.
    Foot(Line, Option<u16>),
    /// A pane in the place that [`Layer::dock`] asked for, and where the cursor rests: row and column of the screen.
    Docked(Pane, Option<(u16, u16)>),
    /// Nothing.
    Hidden,
}

impl Layer {
    /// Takes a key.
    pub fn key(&mut self, key: Key, model: &mut Model, env: &Env<'_>) -> Outcome {
        match self {
            Self::Prompt(prompt) => prompt.key(key, model),
            Self::Palette(palette) => palette.key(key, model, env),
            Self::Jump(jump) => jump.key(key, model),
            Self::Note(note) => note.key(key, model),
            Self::Report(report) => report.key(key, model),
            Self::Help(help) => help.key(key, model, env),
            Self::Confirm(confirm) => confirm.key(key, model, env),
            Self::Compose(pane) => pane.key(key, model, env),
            Self::Choose(choose) => choose.key(key, model),
            Self::Tags(line) => line.key(key, model),
            Self::Parts(parts) => parts.key(key, model),
            // Their keys are commands.
            Self::Outbox(_) | Self::Drafts(_) | Self::Conflict(_) | Self::WhichKey => {
                Outcome::Passed
            }
        }
    }

    /// Takes pasted text; returns whether it is for this layer.
    pub fn paste(&mut self, text: &str, model: &Model, env: &Env<'_>) -> bool {
        match self {
            Self::Prompt(prompt) => prompt.input.paste(text),
            Self::Note(note) => note.input.paste(text),
            Self::Report(report) => return report.paste(text),
            Self::Palette(palette) => palette.paste(text, model, env),
            Self::Help(help) => help.picker.input.paste(text),
            Self::Compose(pane) => return pane.paste(text, model),
            Self::Choose(choose) => choose.paste(text),
            Self::Tags(line) => line.input.paste(text),
            Self::Jump(_)
            | Self::Confirm(_)
            | Self::Parts(_)
            | Self::Outbox(_)
            | Self::Drafts(_)
            | Self::Conflict(_)
            | Self::WhichKey => return false,
        }
        true
    }

    /// Returns the place it wants beside what is read; a layer without one lies over it.
    pub fn dock(&self) -> Option<Dock> {
        match self {
            Self::Compose(pane) => Some(pane.dock()),
            Self::Choose(_)
            | Self::Tags(_)
            | Self::Parts(_)
            | Self::Outbox(_)
            | Self::Drafts(_)
            | Self::Conflict(_)
            | Self::Prompt(_)
            | Self::Palette(_)
            | Self::Jump(_)
            | Self::Note(_)
            | Self::Report(_)
            | Self::Help(_)
            | Self::Confirm(_)
            | Self::WhichKey => None,
        }
    }

    /// Returns what keys mean in it, when they are commands.
    pub fn context(&self) -> Option<Context> {
        match self {
            Self::Outbox(_) => Some(Context::Outbox),
            Self::Drafts(_) => Some(Context::Drafts),
            Self::Conflict(_) => Some(Context::Conflict),
            _ => None,
        }
    }

    /// Returns what keys do in it that are no commands, as keys and texts; nothing when it says so by itself.
    pub fn hints(&self) -> Option<&'static [(&'static str, &'static str)]> {
        match self {
            Self::Palette(_) | Self::Jump(_) | Self::Choose(_) => Some(&[
                ("Enter", "layer-choose"),
                ("Up Down", "layer-move"),
                ("Esc", "layer-leave"),
            ]),
            Self::Help(_) => Some(&[("Up Down", "layer-move"), ("Esc", "layer-leave")]),
            Self::Confirm(_) => Some(&[]),
            _ => None,
        }
    }

    /// Returns whether it is one of the lists of writing, of which one is open at a time.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Outbox(_) | Self::Drafts(_))
    }

    /// Returns how it shows. `area` is everything between the first line and the last ones, or the docked pane.
    pub fn draw(&self, model: &Model, env: Env<'_>, area: Area) -> Drawn {
        match self {
            Self::Prompt(prompt) => prompt.draw(env, area),
            Self::Palette(palette) => palette.draw(model, env, area),
            Self::Jump(jump) => jump.draw(env, area),
            Self::Note(note) => note.draw(env, area),
            Self::Report(report) => report.draw(env, area),
            Self::Help(help) => help.draw(model, env, area),
            Self::Confirm(confirm) => confirm.draw(env, area),
            Self::Compose(pane) => pane.draw(model, env, area),
            Self::Choose(choose) => choose.draw(env, area),
            Self::Tags(line) => line.draw(env, area),
            Self::Parts(parts) => parts.draw(env, area),
            Self::Outbox(list) => list.draw(env, area),
            Self::Drafts(list) => list.draw(model, env, area),
            Self::Conflict(conflict) => conflict.draw(env, area),
            Self::WhichKey => which_key::draw(model, env, area),
        }
    }
}

/// Gives a key to the layers, the top one first; returns nothing when none took it.
pub(super) fn key(model: &mut Model, key: Key, env: &Env<'_>) -> Option<Vec<Cmd>> {
    for at in (0..model.layers.len()).rev() {
        // A layer is out of the model while it acts on it, and comes back under what it may have opened.
        let mut layer = model.layers.remove(at);
        match layer.key(key, model, env) {
            Outcome::Passed => model.layers.insert(at, layer),
            Outcome::Stays(cmds) => {
                model.layers.insert(at, layer);
                return Some(cmds);
            }
            Outcome::Closes(cmds) => return Some(cmds),
        }
    }
    None
}

/// Gives pasted text to the layers, the top one first; returns whether one took it.
pub(super) fn paste(model: &mut Model, text: &str, env: &Env<'_>) -> bool {
    for at in (0..model.layers.len()).rev() {
        let mut layer = model.layers.remove(at);
        let is_taken = layer.paste(text, model, env);
        model.layers.insert(at, layer);
        if is_taken {
            return true;
        }
    }
    false
}
