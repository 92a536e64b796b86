// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The list of unfinished texts.

use space_core::client::outbox::PostRef;

use super::act::open;
use super::leave::{remember, undo};
use super::list::{Rows, rows_of};
use super::{DraftItem, Subject, Thrown};
use crate::app::Env;
use crate::app::commands::Action;
use crate::app::jumps;
use crate::app::layers::{Drawn, Layer};
use crate::app::message::{Cmd, Place, Write};
use crate::app::model::{Model, Screen};
use crate::doc::{Area, Line, Overlay, Role, Span, Tone};
use crate::text::measure::fit;
use crate::text::{clean, when};

/// The list; what is in it is part of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drafts {
    /// Where the reader is.
    pub rows: Rows,
}

fn list(model: &mut Model) -> Option<&mut Drafts> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Drafts(list) => Some(list),
        _ => None,
    })
}

pub(super) fn act(model: &mut Model, action: Action) -> Option<Vec<Cmd>> {
    let len = model.drafts.len();
    match action {
        Action::Back => {
            model
                .layers
                .retain(|layer| !matches!(layer, Layer::Drafts(_)));
            return Some(Vec::new());
        }
        Action::Undo => return undo(model),
        Action::Open | Action::ThrowItem => {
            let at = list(model)?.rows.at;
            let Some(item) = model.drafts.get(at).cloned() else {
                return Some(Vec::new());
            };
            if action == Action::Open {
                return Some(take_up(model, &item));
            }
            let seen = Some(item.writing.source.clone());
            remember(model, Thrown::Draft(Box::new(item.writing)));
            model.say("compose-thrown", "");
            let mut cmds = Vec::new();
            if item.is_in_file {
                cmds.push(Cmd::ForgetFile(item.subject));
            }
            cmds.push(Cmd::Write(Write::DropDraft(item.subject, seen)));
            return Some(cmds);
        }
        _ => {}
    }
    let by = rows_of(action)?;
    list(model)?.rows.step(by, len);
    Some(Vec::new())
}

/// Goes to where the text belongs, and goes on with it.
fn take_up(model: &mut Model, item: &DraftItem) -> Vec<Cmd> {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Drafts(_)));
    let mut cmds = Vec::new();
    let is_there = matches!(model.screen(), Screen::Thread(it) if Some(it.topic_id) == item.topic);
    if let (Some(topic), false) = (item.topic, is_there) {
        let place = match item.subject {
            Subject::Edit(post) | Subject::ReplyTo(PostRef::Sent(post)) => Place::Post(post),
            _ => Place::Unread,
        };
        cmds = jumps::open_thread(model, topic, place);
    }
    cmds.extend(open(model, item.subject));
    cmds
}

impl Drafts {
    pub(crate) fn draw(self, model: &Model, env: Env<'_>, area: Area) -> Drawn {
        let (columns, _) = Overlay::inner(area);
        let entries = model.drafts.iter().enumerate();
        let entries = entries.map(|(at, item)| entry(item, at == self.rows.at, columns, env));
        let title = env.l10n.text("drafts-title");
        self.rows.draw(
            title,
            area,
            entries.collect(),
            env.l10n.text("drafts-empty"),
        )
    }
}

fn entry(item: &DraftItem, is_here: bool, columns: usize, env: Env<'_>) -> Vec<Line> {
    let key = match item.subject {
        Subject::Edit(_) => "compose-edit",
        Subject::Waiting(_) => "compose-waiting",
        Subject::NewTopic(_) | Subject::NewTopicAnywhere => "drafts-topic",
        Subject::Reply(_) | Subject::ReplyTo(_) => "compose-reply",
    };
    let title = clean::line(&item.title).into_owned();
    let what = env.l10n.with(key, &[("title", title.into())]);
    let mark = if is_here { "▸ " } else { "  " };
    let tone = if is_here { Tone::Focused } else { Tone::Plain };
    let age = when::short(env.l10n, item.saved_at, env.now);
    let head = Line::of(vec![
        Span::new(Role::Key, mark),
        Span::new(Role::Text, what),
    ])
    .right(vec![Span::new(Role::Quiet, age)])
    .tone(tone);
    let text = fit(
        &clean::line(&item.writing.source),
        columns.saturating_sub(4),
    );
    vec![head, Line::text(Role::Quiet, format!("    {text}"))]
}
