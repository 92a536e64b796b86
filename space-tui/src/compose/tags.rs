// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The line on which a topic gets its tags: a new one, or one that is there.

use crossterm::event::KeyCode;
use space_core::protocol::ChangeTags;
use space_core::{Tags, TopicId};

use crate::app::Env;
use crate::app::keys::Key;
use crate::app::layers::input::{Input, is_cancel};
use crate::app::layers::{Drawn, Outcome};
use crate::app::message::{Cmd, Write};
use crate::app::model::Model;
use crate::doc::{Area, Line, Role, Span};
use crate::text::clean;
use crate::text::measure::width;

/// What the tags are for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum For {
    /// The topic that is being written.
    NewTopic,
    /// A topic that is there, with the tags that it has.
    Topic(TopicId, Tags),
}

/// The line: tags with spaces between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagsLine {
    /// What was typed so far.
    pub input: Input,
    /// What is wrong with it.
    wrong: Option<String>,
    of: For,
}

impl TagsLine {
    /// Makes a line for the topic that is being written, with the tags that it has already.
    pub fn of_new(tags: &Tags) -> Self {
        Self::new(tags, For::NewTopic)
    }

    /// Makes a line for a topic that is there, with the tags that it has.
    pub fn of_topic(topic: TopicId, tags: &Tags) -> Self {
        Self::new(tags, For::Topic(topic, tags.clone()))
    }

    fn new(tags: &Tags, of: For) -> Self {
        let mut text = tags.joined();
        if !text.is_empty() {
            text.push(' ');
        }
        Self {
            input: Input { text },
            wrong: None,
            of,
        }
    }

    pub(crate) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        if is_cancel(key) {
            return Outcome::Closes(Vec::new());
        }
        self.wrong = None;
        if key.code != KeyCode::Enter {
            self.input.key(key);
            return Outcome::Stays(Vec::new());
        }
        // Whether a member may give so many, and such long ones, the server says.
        match self.input.text.replace(',', " ").parse::<Tags>() {
            Ok(tags) => Outcome::Closes(self.take(tags, model)),
            Err(error) => {
                self.wrong = Some(error.to_string());
                Outcome::Stays(Vec::new())
            }
        }
    }

    fn take(&self, tags: Tags, model: &mut Model) -> Vec<Cmd> {
        match &self.of {
            For::NewTopic => {
                let Some(pane) = model.compose_mut() else {
                    return Vec::new();
                };
                pane.tags = tags;
                pane.touched().into_iter().collect()
            }
            For::Topic(_, had) if *had == tags => Vec::new(),
            For::Topic(topic, had) => {
                let change = ChangeTags {
                    add: tags.without(had),
                    remove: had.without(&tags),
                };
                vec![Cmd::Write(Write::Tag(*topic, change))]
            }
        }
    }

    pub(crate) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let label = format!(" {} ", env.l10n.text("tags-prompt"));
        let room = usize::from(area.columns).saturating_sub(width(&label) + 1);
        let typed = self.input.tail(room);
        let column = u16::try_from(width(&label) + width(&typed)).ok();
        let mut spans = vec![Span::new(Role::Key, label), Span::new(Role::Text, typed)];
        if let Some(wrong) = &self.wrong {
            let wrong = clean::line(wrong);
            spans.push(Span::new(Role::Error, format!("  {wrong}")));
        }
        if self.input.text.is_empty() {
            spans.push(Span::new(Role::Quiet, env.l10n.text("tags-hint")));
        }
        Drawn::Foot(Line::of(spans), column)
    }
}
