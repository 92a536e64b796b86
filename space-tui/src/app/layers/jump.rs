// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Going anywhere by some letters of its name: categories, topics, members.

use super::picker::{Picked, Picker};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::act::go;
use crate::app::items::{Found, Target};
use crate::app::jumps;
use crate::app::keys::Key;
use crate::app::members;
use crate::app::message::{Cmd, Filter, Place, Query, Ticket};
use crate::app::model::Model;
use crate::doc::{Area, Line, Role, Span, Tone};
use crate::text::clean;
use crate::text::measure::fit;

/// Names that are shown at most.
const LIMIT: usize = 100;

/// The jump.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Jump {
    picker: Picker,
    /// What fits, best first.
    found: Vec<Found>,
    /// The last question; the answers to older ones are dropped.
    pub ticket: Option<Ticket>,
}

impl Jump {
    /// Opens it, and asks for what there is.
    pub fn new(model: &mut Model) -> (Self, Cmd) {
        let mut jump = Self::default();
        let cmd = jump.ask(model);
        (jump, cmd)
    }

    fn ask(&mut self, model: &mut Model) -> Cmd {
        let words = self.picker.input.text.trim().to_owned();
        let query = Query::Find {
            words,
            limit: LIMIT,
        };
        let (ticket, cmd) = model.ask(0, query);
        self.ticket = Some(ticket);
        cmd
    }

    /// Returns the number that was typed, if nothing else was.
    fn number(&self) -> Option<i64> {
        let typed = self.picker.input.text.trim();
        let digits = typed.strip_prefix('#').unwrap_or(typed);
        digits.parse().ok().filter(|number| *number > 0)
    }

    /// Takes what fits.
    pub fn take(&mut self, found: Vec<Found>) {
        self.found = found;
        self.picker.at = self.picker.at.min(self.found.len().saturating_sub(1));
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        match self.picker.key(key, self.found.len()) {
            Picked::Cancelled => Outcome::Closes(Vec::new()),
            Picked::Moved => Outcome::Stays(Vec::new()),
            Picked::Typed => Outcome::Stays(vec![self.ask(model)]),
            Picked::Chosen => match self.found.get(self.picker.at) {
                Some(found) => Outcome::Closes(open(model, &found.target)),
                // A number that is not here may be on the server.
                None => match self.number() {
                    Some(number) => Outcome::Closes(vec![locate(model, number)]),
                    None => Outcome::Stays(Vec::new()),
                },
            },
        }
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let title = env.l10n.text("jump-title");
        let nothing = match self.ticket {
            Some(_) => env.l10n.text("list-loading"),
            None => env.l10n.text("jump-nothing"),
        };
        let row = |at: usize, is_here: bool, columns: usize| {
            let Some(found) = self.found.get(at) else {
                return Line::default();
            };
            let (key, role) = match found.target {
                Target::Category(_) => ("jump-category", Role::Category),
                Target::Topic(_) => ("jump-topic", Role::Text),
                Target::Member(..) => ("jump-member", Role::Author),
            };
            let kind = env.l10n.text(key);
            let mark = if is_here { "▸ " } else { "  " };
            let name = fit(&clean::line(&found.name), columns.saturating_sub(14));
            let tone = if is_here { Tone::Focused } else { Tone::Plain };
            Line::of(vec![Span::new(Role::Key, mark), Span::new(role, name)])
                .right(vec![Span::new(Role::Quiet, kind)])
                .tone(tone)
        };
        let hint = env.l10n.text("picker-hint");
        self.picker
            .draw(title, hint, area, self.found.len(), nothing, row)
    }
}

fn locate(model: &mut Model, number: i64) -> Cmd {
    let (ticket, cmd) = model.ask(0, Query::Locate(number));
    model.locate_ticket = Some(ticket);
    cmd
}

fn open(model: &mut Model, target: &Target) -> Vec<Cmd> {
    match target {
        Target::Category(id) => {
            let filter = Filter {
                category: Some(*id),
                ..Filter::default()
            };
            go(model, filter)
        }
        Target::Topic(id) => jumps::open_thread(model, *id, Place::Unread),
        Target::Member(id, _) => members::topics(model, *id),
    }
}
