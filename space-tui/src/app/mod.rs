// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The screen's heart: one model, messages in, commands out, and a view of it; nothing here waits or does I/O.

mod act;
mod act_thread;
mod ask;
mod banner;
pub mod burst;
pub mod commands;
mod hint;
pub mod items;
pub mod jumps;
pub mod keymap;
pub mod keys;
pub mod layers;
pub mod layout;
mod marks;
mod members;
pub mod message;
pub mod model;
pub mod mouse;
pub mod outline;
pub mod reading;
pub mod update;
pub mod view;

#[cfg(test)]
mod tests;

use space_core::Timestamp;

use crate::app::keymap::Keymap;
use crate::l10n::L10n;

/// What the model is told about the world outside.
#[derive(Debug, Clone, Copy)]
pub struct Env<'a> {
    /// The texts in the reader's language.
    pub l10n: &'a L10n,
    /// What keys mean.
    pub keymap: &'a Keymap,
    /// What time it is.
    pub now: Timestamp,
    /// How posts are shown.
    pub reading: &'a reading::Reading,
}
