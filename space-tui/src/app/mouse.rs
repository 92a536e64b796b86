// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The mouse, for those who switch it on: the wheel scrolls what is under it, a press selects, and another one opens.

use crossterm::event::KeyCode;

use super::Env;
use super::act::{go, open};
use super::jumps;
use super::keys::Key;
use super::layers::{self, Layer};
use super::message::{Cmd, Place};
use super::model::{Model, Screen};
use crate::doc::Area;

/// Lines that one step of the wheel scrolls.
const WHEEL: isize = 3;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Its main button was pressed.
    Press,
    /// The wheel was turned upwards.
    WheelUp,
    /// The wheel was turned downwards.
    WheelDown,
}

/// Something that the mouse did at a place of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub did: Did,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

impl Mouse {
    /// Returns the row within an area.
    fn row_in(self, area: Option<Area>) -> Option<usize> {
        let area = area?;
        let row = self
            .row
            .checked_sub(area.y)
            .filter(|row| *row < area.rows)?;
        let column = self.column.checked_sub(area.x)?;
        (column < area.columns).then_some(usize::from(row))
    }

    fn wheel(self) -> Option<isize> {
        match self.did {
            Did::WheelUp => Some(-WHEEL),
            Did::WheelDown => Some(WHEEL),
            Did::Press => None,
        }
    }
}

/// Does what the mouse asks for.
pub(super) fn used(model: &mut Model, mouse: Mouse, env: &Env<'_>) -> Vec<Cmd> {
    let is_over = |layer: &Layer| layer.dock().is_none() && *layer != Layer::WhichKey;
    if model.layers.iter().any(is_over) {
        // What lies over the screens has the wheel to itself.
        let code = match mouse.did {
            Did::WheelUp => KeyCode::Up,
            Did::WheelDown => KeyCode::Down,
            Did::Press => return Vec::new(),
        };
        return layers::key(model, Key::plain(code), env).unwrap_or_default();
    }
    model.notice = None;
    let layout = model.layout();
    if let Some(row) = mouse.row_in(layout.tree) {
        return in_tree(model, mouse, row);
    }
    if let Some(row) = mouse.row_in(layout.thread) {
        in_thread(model, mouse, row);
        return Vec::new();
    }
    match mouse.row_in(layout.list) {
        Some(row) => in_list(model, mouse, row),
        None => Vec::new(),
    }
}

fn in_tree(model: &mut Model, mouse: Mouse, row: usize) -> Vec<Cmd> {
    let height = model.tree_rows();
    if let Some(by) = mouse.wheel() {
        model.is_in_tree = true;
        model.tree.step(by, height);
        return Vec::new();
    }
    match model.tree.place_at(row) {
        Some(filter) => go(model, filter),
        None => Vec::new(),
    }
}

fn in_thread(model: &mut Model, mouse: Mouse, row: usize) {
    model.is_in_tree = false;
    let height = model.body_rows();
    if let Screen::Thread(thread) = model.screen_mut() {
        match mouse.wheel() {
            Some(by) => thread.page(by, height),
            None => thread.focus_at(row),
        }
    }
}

fn in_list(model: &mut Model, mouse: Mouse, row: usize) -> Vec<Cmd> {
    model.is_in_tree = false;
    let is_beside = matches!(model.screen(), Screen::Thread(_));
    let height = usize::from(model.area_of(model.list()).rows).max(1);
    let (was, is_there, target) = match model.list_mut() {
        Screen::Topics(list) => {
            let was = list.at;
            let at = list.top + row;
            let is_there = at < list.rows.len();
            let by = mouse.wheel().or_else(|| is_there.then(|| way(was, at)));
            list.step(by.unwrap_or(0), height);
            let target = list.current().map(|row| (row.id, Place::Unread));
            (was == list.at, is_there, target)
        }
        Screen::Search(found) => {
            let was = found.at;
            // Each takes two rows.
            let at = found.top + row / 2;
            let is_there = at < found.hits.len();
            let by = mouse.wheel().or_else(|| is_there.then(|| way(was, at)));
            found.step(by.unwrap_or(0), height);
            let target = found
                .current()
                .map(|hit| (hit.topic, Place::Post(hit.post)));
            (was == found.at, is_there, target)
        }
        Screen::Thread(_) => return Vec::new(),
    };
    match target {
        Some((topic, place)) if mouse.did == Did::Press && is_there && is_beside => {
            jumps::open_thread(model, topic, place)
        }
        Some(_) if mouse.did == Did::Press && is_there && was => open(model),
        _ => Vec::new(),
    }
}

/// Returns how far it is from one row to another.
fn way(from: usize, to: usize) -> isize {
    let signed = |n: usize| isize::try_from(n).unwrap_or(isize::MAX);
    signed(to) - signed(from)
}
