// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A line to type on, and below it what fits, to choose from.

use crossterm::event::KeyCode;

use super::Drawn;
use super::input::{Input, is_cancel};
use crate::app::keys::Key;
use crate::doc::{Area, Line, Overlay, Role, Span};
use crate::text::measure::width;

/// Columns that a picker is wide at most.
const COLUMNS: usize = 90;
/// Rows that it is high at most.
const ROWS: usize = 24;

/// What was typed, and which row the reader is on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picker {
    /// What was typed.
    pub input: Input,
    /// The row that the reader is on.
    pub at: usize,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// Another text was typed: what fits is to be found anew.
    Typed,
    /// Another row, or nothing.
    Moved,
    /// The row is chosen.
    Chosen,
    /// The reader leaves.
    Cancelled,
}

impl Picker {
    /// Takes a key; `len` rows can be chosen from.
    pub fn key(&mut self, key: Key, len: usize) -> Picked {
        if is_cancel(key) {
            return Picked::Cancelled;
        }
        let page = isize::try_from(ROWS / 2).unwrap_or(1);
        let step = match key.code {
            KeyCode::Enter => return Picked::Chosen,
            KeyCode::Down | KeyCode::Tab => 1,
            KeyCode::Up | KeyCode::BackTab => -1,
            KeyCode::PageDown => page,
            KeyCode::PageUp => -page,
            KeyCode::Char('n' | 'j') if key.ctrl => 1,
            KeyCode::Char('p' | 'k') if key.ctrl => -1,
            KeyCode::Char('d') if key.ctrl => page,
            KeyCode::Home => isize::MIN,
            KeyCode::End => isize::MAX,
            _ => {
                if self.input.key(key) {
                    self.at = 0;
                    return Picked::Typed;
                }
                return Picked::Moved;
            }
        };
        self.at = self
            .at
            .saturating_add_signed(step)
            .min(len.saturating_sub(1));
        Picked::Moved
    }

    /// Draws the line and the rows around the one the reader is on. `hint` stands there until something is typed, and
    /// `row` makes a row of so many columns.
    pub fn draw(
        &self,
        title: String,
        hint: String,
        area: Area,
        len: usize,
        empty: String,
        row: impl Fn(usize, bool, usize) -> Line,
    ) -> Drawn {
        let rows = ROWS.min(len.max(1) + 3);
        // The upper edge stays where it is while the rows become fewer.
        let place = Area {
            y: area.middle(COLUMNS, ROWS).y,
            ..area.middle(COLUMNS, rows)
        };
        let (columns, height) = Overlay::inner(place);
        let shown = height.saturating_sub(1).max(1);
        let at = self.at.min(len.saturating_sub(1));
        let top = at.saturating_sub(shown.saturating_sub(1));
        let typed = self.input.tail(columns.saturating_sub(3));
        let column = 2 + width(&typed);
        let typed = match typed.as_str() {
            "" => Span::new(Role::Quiet, hint),
            _ => Span::new(Role::Text, typed),
        };
        let mut lines = vec![Line::of(vec![Span::new(Role::Key, "› "), typed])];
        if len == 0 {
            lines.push(Line::text(Role::Quiet, empty));
        }
        lines.extend((top..len).take(shown).map(|i| row(i, i == at, columns)));
        let cursor = (
            place.y + 1,
            place.x + 2 + u16::try_from(column).unwrap_or(0),
        );
        let overlay = Overlay {
            title,
            area: place,
            lines,
            hidden: (top, len.saturating_sub(top + shown)),
        };
        Drawn::Box(overlay, Some(cursor))
    }
}
