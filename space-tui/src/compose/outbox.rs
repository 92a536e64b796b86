// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What waits to be sent, is being sent or was refused, in the order in which it is sent.

use super::act::{open, show_conflict};
use super::list::{Rows, rows_of};
use super::{Kind, OutboxItem, State, Subject};
use crate::app::Env;
use crate::app::commands::Action;
use crate::app::layers::{Drawn, Layer};
use crate::app::message::{Cmd, Query, Ticket, Write};
use crate::app::model::Model;
use crate::doc::{Area, Line, Overlay, Role, Span, Tone, plain};
use crate::text::measure::fit;
use crate::text::wrap::wrap;
use crate::text::{clean, when};

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutboxList {
    /// What is in it.
    pub items: Vec<OutboxItem>,
    /// Where the reader is.
    pub rows: Rows,
    /// The last question.
    pub ticket: Option<Ticket>,
    is_loaded: bool,
}

fn list(model: &mut Model) -> Option<&mut OutboxList> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Outbox(list) => Some(list),
        _ => None,
    })
}

impl OutboxList {
    /// Opens it, and asks for what there is.
    pub fn new(model: &mut Model) -> (Self, Cmd) {
        let (ticket, cmd) = model.ask(0, Query::Outbox);
        let list = Self {
            ticket: Some(ticket),
            ..Self::default()
        };
        (list, cmd)
    }

    /// Takes what there is; the reader stays on what they were on.
    pub fn take(&mut self, items: Vec<OutboxItem>) {
        let here = self.items.get(self.rows.at).map(|item| item.id);
        self.items = items;
        self.is_loaded = true;
        let same = self.items.iter().position(|item| Some(item.id) == here);
        if let Some(at) = same {
            self.rows.at = at;
        }
        self.rows.step(0, self.items.len());
    }

    /// Returns what the reader is on.
    pub fn current(&self) -> Option<&OutboxItem> {
        self.items.get(self.rows.at)
    }
}

pub(super) fn act(model: &mut Model, action: Action) -> Option<Vec<Cmd>> {
    match action {
        Action::Back => {
            model
                .layers
                .retain(|layer| !matches!(layer, Layer::Outbox(_)));
            return Some(Vec::new());
        }
        Action::Undo => return super::leave::undo(model),
        Action::Open | Action::Retry | Action::ThrowItem => {
            let item = list(model)?.current().cloned();
            return Some(
                item.map(|item| on(model, action, &item))
                    .unwrap_or_default(),
            );
        }
        _ => {}
    }
    let by = rows_of(action)?;
    let list = list(model)?;
    list.rows.step(by, list.items.len());
    Some(Vec::new())
}

fn on(model: &mut Model, action: Action, item: &OutboxItem) -> Vec<Cmd> {
    let is_conflict = matches!(
        item.state,
        State::Refused {
            is_conflict: true,
            ..
        }
    );
    match action {
        // Sending the same edit again would only be refused again.
        Action::Open | Action::Retry if is_conflict => show_conflict(model, item.id),
        // What waits for its time is asked for again by "retry", too: the server says when it may be sent.
        Action::Retry if matches!(item.state, State::Queued | State::Sending) => {
            model.say("notice-syncing", "");
            vec![Cmd::Sync]
        }
        Action::Retry => vec![Cmd::Write(Write::Retry(item.id))],
        Action::ThrowItem => vec![Cmd::Write(Write::Discard(item.id))],
        Action::Open
            if matches!(
                item.kind,
                Kind::Removal | Kind::Tags | Kind::Report | Kind::Other
            ) =>
        {
            model.say("outbox-no-text", "");
            Vec::new()
        }
        Action::Open => {
            model
                .layers
                .retain(|layer| !matches!(layer, Layer::Outbox(_)));
            open(model, Subject::Waiting(item.id))
        }
        _ => Vec::new(),
    }
}

impl OutboxList {
    pub(crate) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let (columns, _) = Overlay::inner(area);
        let entries = self.items.iter().enumerate();
        let entries = entries.map(|(at, item)| entry(item, at == self.rows.at, columns, env));
        let empty = if self.is_loaded {
            "outbox-empty"
        } else {
            "list-loading"
        };
        let title = env.l10n.text("outbox-title");
        self.rows
            .draw(title, area, entries.collect(), env.l10n.text(empty))
    }
}

fn entry(item: &OutboxItem, is_here: bool, columns: usize, env: Env<'_>) -> Vec<Line> {
    let l10n = env.l10n;
    let (key, role) = match item.state {
        State::Queued => ("outbox-state-queued", Role::Queued),
        State::Waits { .. } => ("outbox-state-waits", Role::Queued),
        State::Sending => ("outbox-state-sending", Role::Queued),
        State::Held => ("outbox-state-held", Role::Warning),
        State::Refused {
            is_conflict: true, ..
        } => ("outbox-state-conflict", Role::Error),
        State::Refused { .. } => ("outbox-state-refused", Role::Error),
    };
    let what = match item.kind {
        Kind::Topic => "drafts-topic",
        Kind::Reply => "compose-reply",
        Kind::Edit => "compose-edit",
        Kind::Removal => "outbox-removal",
        Kind::Tags => "outbox-tags",
        Kind::Report => "outbox-report",
        Kind::Other => "outbox-other",
    };
    let title = clean::line(&item.title).into_owned();
    let mark = if is_here { "▸ " } else { "  " };
    let tone = if is_here { Tone::Focused } else { Tone::Plain };
    let head = Line::of(vec![
        Span::new(Role::Key, mark),
        Span::new(role, l10n.text(key)),
        Span::new(
            Role::Text,
            format!("  {}", l10n.with(what, &[("title", title.into())])),
        ),
    ])
    .right(vec![
        Span::new(Role::Id, format!("{}  ", item.id)),
        Span::new(Role::Quiet, when::short(l10n, item.written_at, env.now)),
    ])
    .tone(tone);
    let mut lines = vec![head];
    let inner = columns.saturating_sub(4).max(1);
    if !item.source.is_empty() {
        let text = fit(&clean::line(&item.source), inner);
        lines.push(Line::text(Role::Quiet, format!("    {text}")));
    }
    let mut say = |role, text: &str| {
        for line in wrap(&[Span::new(role, clean::line(text))], inner) {
            lines.push(Line::text(role, format!("    {}", plain(&line))));
        }
    };
    match &item.state {
        State::Refused {
            why,
            hint,
            is_conflict,
        } => {
            say(
                Role::Error,
                &if *is_conflict {
                    l10n.text("outbox-why-conflict")
                } else {
                    why.clone()
                },
            );
            if let Some(hint) = hint {
                say(Role::Quiet, hint);
            }
        }
        State::Waits { why, until } => {
            let values = [
                ("why", clean::line(why).into_owned().into()),
                ("time", when::minute(*until).into()),
            ];
            say(Role::Quiet, &l10n.with("outbox-why-waits", &values));
        }
        State::Held => say(Role::Warning, &l10n.text("outbox-why-held")),
        State::Queued | State::Sending => {}
    }
    lines
}
