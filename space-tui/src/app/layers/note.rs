// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The line on which a bookmark gets its note.

use crossterm::event::KeyCode;
use space_core::text::Note;
use space_core::{PostId, TopicId};

use super::input::{Input, is_cancel};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::keys::Key;
use crate::app::message::{Cmd, Marking, Write};
use crate::app::model::Model;
use crate::doc::{Area, Line, Role, Span};
use crate::text::measure::width;

/// The line, and what the note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    topic: TopicId,
    post: Option<PostId>,
    /// What was typed so far.
    pub input: Input,
}

impl NoteLine {
    /// Makes a line for a topic, or for a post of it, with the note that is there already.
    pub fn new(topic: TopicId, post: Option<PostId>, text: String) -> Self {
        Self {
            topic,
            post,
            input: Input { text },
        }
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        if is_cancel(key) {
            return Outcome::Closes(Vec::new());
        }
        if key.code != KeyCode::Enter {
            self.input.key(key);
            return Outcome::Stays(Vec::new());
        }
        let text = self.input.text.trim();
        let note = if text.is_empty() {
            None
        } else {
            match Note::parse(text) {
                Ok(note) => Some(note),
                Err(error) => {
                    model.complain("notice-failed", error.to_string());
                    return Outcome::Stays(Vec::new());
                }
            }
        };
        let marking = Marking::Bookmark {
            topic: self.topic,
            post: self.post,
            note,
        };
        Outcome::Closes(vec![Cmd::Write(Write::Mark(marking))])
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let label = format!(" {} ", env.l10n.text("note-prompt"));
        let room = usize::from(area.columns).saturating_sub(width(&label) + 1);
        let typed = self.input.tail(room);
        let column = u16::try_from(width(&label) + width(&typed)).ok();
        let mut spans = vec![Span::new(Role::Key, label), Span::new(Role::Text, typed)];
        if self.input.text.is_empty() {
            spans.push(Span::new(Role::Quiet, env.l10n.text("note-hint")));
        }
        Drawn::Foot(Line::of(spans), column)
    }
}
