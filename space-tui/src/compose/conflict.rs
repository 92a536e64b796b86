// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! An edit that met another: what both began from, what the other wrote, what one wrote oneself, and a proposal. Beside
//! each other where there is room, else below each other.

use space_core::client::outbox::LocalId;
use space_core::text::PostSource;

use super::act::open;
use super::merge::{Merged, merge};
use super::{Subject, Texts, rows};
use crate::app::Env;
use crate::app::commands::Action;
use crate::app::layers::{Drawn, Layer};
use crate::app::message::{Cmd, Query, Ticket, Write};
use crate::app::model::Model;
use crate::doc::{Area, Line, Overlay, Role, Span};
use crate::text::clean;
use crate::text::measure::column;

/// Columns from which the three stand beside each other.
const BESIDE: usize = 72;

/// The three texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The edit.
    pub id: LocalId,
    /// The texts; absent until the outbox has answered.
    pub texts: Option<Texts>,
    /// The proposal.
    pub merged: Option<Merged>,
    /// The last question.
    pub ticket: Option<Ticket>,
    top: usize,
}

fn shown(model: &mut Model) -> Option<&mut Conflict> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Conflict(conflict) => Some(&mut **conflict),
        _ => None,
    })
}

impl Conflict {
    /// Opens it, and asks for the texts.
    pub fn new(model: &mut Model, id: LocalId) -> (Self, Cmd) {
        let (ticket, cmd) = model.ask(0, Query::Conflict(id));
        let conflict = Self {
            id,
            texts: None,
            merged: None,
            ticket: Some(ticket),
            top: 0,
        };
        (conflict, cmd)
    }

    /// Takes the texts, and makes the proposal.
    pub fn take(&mut self, texts: Texts) {
        let base = texts.base.as_deref().unwrap_or_default();
        self.merged = Some(merge(base, &texts.theirs, &texts.mine));
        self.texts = Some(texts);
    }
}

pub(super) fn act(model: &mut Model, action: Action, env: &Env<'_>) -> Option<Vec<Cmd>> {
    let rows = isize::try_from(model.layout().body.rows).unwrap_or(1);
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::HalfDown => rows / 2,
        Action::HalfUp => -rows / 2,
        Action::PageDown => rows - 3,
        Action::PageUp => 3 - rows,
        Action::Top => isize::MIN,
        Action::Bottom => isize::MAX,
        Action::Back => {
            close(model);
            return Some(Vec::new());
        }
        Action::TakeMine | Action::TakeTheirs | Action::TakeMerged | Action::EditMerged => {
            return Some(decide(model, action));
        }
        _ => return None,
    };
    let body = model.layout().body;
    let conflict = shown(model)?;
    let (columns, height) = Overlay::inner(body);
    let last = conflict.lines(columns, *env).len().saturating_sub(height);
    conflict.top = conflict.top.saturating_add_signed(by).min(last);
    Some(Vec::new())
}

fn close(model: &mut Model) {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Conflict(_)));
}

fn decide(model: &mut Model, action: Action) -> Vec<Cmd> {
    let Some(Conflict {
        texts: Some(texts),
        merged: Some(merged),
        ..
    }) = shown(model).cloned()
    else {
        return Vec::new();
    };
    let send = |text: &str| {
        Cmd::Write(Write::Resolve {
            id: texts.id,
            revision: texts.revision,
            source: text.to_owned(),
        })
    };
    match action {
        Action::TakeMine => {
            close(model);
            vec![send(&texts.mine)]
        }
        Action::TakeTheirs => {
            // One's own edit is thrown away with this, and can come back.
            close(model);
            vec![Cmd::Write(Write::Discard(texts.id))]
        }
        Action::TakeMerged if merged.clashes == 0 && PostSource::parse(&merged.text).is_ok() => {
            close(model);
            vec![send(&merged.text)]
        }
        // With marks in it, it is not for others to read yet.
        _ => {
            close(model);
            model.layers.retain(|layer| !layer.is_list());
            let cmds = open(model, Subject::Waiting(texts.id));
            if let Some(pane) = model.compose_mut() {
                pane.merged = Some(merged.text.clone());
            }
            cmds
        }
    }
}

impl Conflict {
    fn lines(&self, columns: usize, env: Env<'_>) -> Vec<Line> {
        let (Some(texts), Some(merged)) = (&self.texts, &self.merged) else {
            return vec![Line::text(Role::Quiet, env.l10n.text("list-loading"))];
        };
        let unknown = env.l10n.text("conflict-no-base");
        let base = texts.base.as_deref().unwrap_or(&unknown);
        let three = [
            ("conflict-base", base),
            ("conflict-theirs", &texts.theirs),
            ("conflict-mine", &texts.mine),
        ];
        let mut lines = Vec::new();
        if columns >= BESIDE {
            lines.extend(beside(&three, columns, env));
        } else {
            for (key, text) in three {
                lines.push(Line::text(Role::Heading, env.l10n.text(key)));
                lines.extend(
                    wrapped(text, columns)
                        .into_iter()
                        .map(|it| Line::text(Role::Text, it)),
                );
                lines.push(Line::default());
            }
        }
        let clashes = [("count", merged.clashes.into())];
        let head = match merged.clashes {
            0 => env.l10n.text("conflict-clean"),
            _ => env.l10n.with("conflict-merged", &clashes),
        };
        lines.push(Line::text(Role::Heading, head));
        for row in wrapped(&merged.text, columns) {
            let is_mark = [super::merge::MINE, super::merge::OR, super::merge::THEIRS]
                .contains(&row.trim_end());
            let role = if is_mark { Role::Warning } else { Role::Text };
            lines.push(Line::text(role, row));
        }
        lines
    }

    pub(crate) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let (columns, height) = Overlay::inner(area);
        let lines = self.lines(columns, env);
        let top = self.top.min(lines.len().saturating_sub(height));
        let hidden = (top, lines.len().saturating_sub(top + height));
        let lines = lines.into_iter().skip(top).take(height).collect();
        let title = env.l10n.text("conflict-title");
        Drawn::Box(
            Overlay {
                title,
                area,
                lines,
                hidden,
            },
            Some((area.y + 1, area.x + 2)),
        )
    }
}

fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let text = clean::block(text);
    let rows = rows::rows(&text, columns);
    let shown = rows
        .iter()
        .map(|row| text[row.start..row.end].trim_end().to_owned());
    shown.collect()
}

fn beside(three: &[(&str, &str); 3], columns: usize, env: Env<'_>) -> Vec<Line> {
    let wide = columns.saturating_sub(4) / 3;
    let heads: Vec<String> = three.iter().map(|(key, _)| env.l10n.text(key)).collect();
    let texts: Vec<Vec<String>> = three.iter().map(|(_, text)| wrapped(text, wide)).collect();
    let line = |role: Role, parts: [&str; 3]| {
        let mut spans = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                spans.push(Span::new(Role::Quiet, "│ "));
            }
            spans.push(Span::new(role, column(part, wide)));
        }
        Line::of(spans)
    };
    let mut lines = vec![line(Role::Heading, [&heads[0], &heads[1], &heads[2]])];
    let rows = texts.iter().map(Vec::len).max().unwrap_or(0);
    let at = |text: usize, row: usize| texts[text].get(row).map_or("", String::as_str);
    lines.extend((0..rows).map(|row| line(Role::Text, [at(0, row), at(1, row), at(2, row)])));
    lines.push(Line::default());
    lines
}
