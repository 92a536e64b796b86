// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Reporting a post: why, and what to say about it.

use crossterm::event::KeyCode;
use space_core::text::Comment;
use space_core::{PostId, ReportReason};

use super::input::{Input, is_cancel};
use super::{Drawn, Outcome};
use crate::app::Env;
use crate::app::keys::Key;
use crate::app::message::{Cmd, Write};
use crate::app::model::Model;
use crate::cli::reports::reason_key;
use crate::compose::list::Rows;
use crate::compose::{Subject, act};
use crate::doc::{Area, Line, Role, Span, Tone};
use crate::text::measure::width;
use space_core::client::outbox::PostRef;

/// What one can choose from. What is against the law is something else, and the words say it.
const CHOICES: [ReportReason; 5] = [
    ReportReason::Talk,
    ReportReason::OffTopic,
    ReportReason::Inappropriate,
    ReportReason::Spam,
    ReportReason::Other,
];

/// The two questions, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    post: PostId,
    rows: Rows,
    /// The reason that was chosen, and what was typed about it so far.
    chosen: Option<(ReportReason, Input)>,
}

impl Report {
    /// Asks about a post.
    pub fn new(post: PostId) -> Self {
        Self {
            post,
            rows: Rows::default(),
            chosen: None,
        }
    }

    /// Takes pasted text; returns whether there is a line for it.
    pub fn paste(&mut self, text: &str) -> bool {
        match &mut self.chosen {
            Some((_, input)) => {
                input.paste(text);
                true
            }
            None => false,
        }
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        if is_cancel(key) {
            return Outcome::Closes(Vec::new());
        }
        if self.chosen.is_some() {
            self.comment(key, model)
        } else {
            self.choose(key, model)
        }
    }

    fn choose(&mut self, key: Key, model: &mut Model) -> Outcome {
        let len = CHOICES.len();
        let at = match key.code {
            KeyCode::Down | KeyCode::Char('j') | KeyCode::Tab => {
                self.rows.step(1, len);
                return Outcome::Stays(Vec::new());
            }
            KeyCode::Up | KeyCode::Char('k') | KeyCode::BackTab => {
                self.rows.step(-1, len);
                return Outcome::Stays(Vec::new());
            }
            KeyCode::Enter => self.rows.at,
            // Each has its number.
            KeyCode::Char(digit) => match digit.to_digit(10).and_then(|it| it.checked_sub(1)) {
                Some(at) => usize::try_from(at).unwrap_or(len),
                None => return Outcome::Stays(Vec::new()),
            },
            _ => return Outcome::Stays(Vec::new()),
        };
        match CHOICES.get(at) {
            None => Outcome::Stays(Vec::new()),
            // No report: what one has to say to the author is an answer.
            Some(ReportReason::Talk) => {
                let cmds = act::open(model, Subject::ReplyTo(PostRef::Sent(self.post)));
                model.say("notice-talk", "");
                Outcome::Closes(cmds)
            }
            Some(reason) => {
                self.chosen = Some((*reason, Input::default()));
                Outcome::Stays(Vec::new())
            }
        }
    }

    fn comment(&mut self, key: Key, model: &mut Model) -> Outcome {
        let Some((reason, input)) = &mut self.chosen else {
            return Outcome::Stays(Vec::new());
        };
        if key.code != KeyCode::Enter {
            input.key(key);
            return Outcome::Stays(Vec::new());
        }
        let text = input.text.trim();
        let comment = if text.is_empty() {
            if reason.needs_comment() {
                // The line says that it needs words.
                return Outcome::Stays(Vec::new());
            }
            None
        } else {
            match Comment::parse(text) {
                Ok(comment) => Some(comment),
                Err(error) => {
                    model.complain("notice-failed", error.to_string());
                    return Outcome::Stays(Vec::new());
                }
            }
        };
        Outcome::Closes(vec![Cmd::Write(Write::Report {
            post: self.post,
            reason: *reason,
            comment,
        })])
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let l10n = env.l10n;
        let Some((reason, input)) = &self.chosen else {
            let area = area.middle(60, CHOICES.len() + 2);
            let entries = CHOICES.iter().enumerate().map(|(at, reason)| {
                let is_here = at == self.rows.at;
                let mark = if is_here { "▸ " } else { "  " };
                let tone = if is_here { Tone::Focused } else { Tone::Plain };
                let spans = vec![
                    Span::new(Role::Key, format!("{mark}{} ", at + 1)),
                    Span::new(Role::Text, l10n.text(reason_key(*reason))),
                ];
                vec![Line::of(spans).tone(tone)]
            });
            let (title, entries) = (l10n.text("report-title"), entries.collect());
            return self.rows.draw(title, area, entries, String::new());
        };
        let why = l10n.text(reason_key(*reason));
        let label = format!(" {} ", l10n.with("report-prompt", &[("why", why.into())]));
        let room = usize::from(area.columns).saturating_sub(width(&label) + 1);
        let typed = input.tail(room);
        let column = u16::try_from(width(&label) + width(&typed)).ok();
        let mut spans = vec![Span::new(Role::Key, label), Span::new(Role::Text, typed)];
        if input.text.is_empty() {
            let hint = if reason.needs_comment() {
                "report-hint-needed"
            } else {
                "report-hint"
            };
            spans.push(Span::new(Role::Quiet, l10n.text(hint)));
        }
        Drawn::Foot(Line::of(spans), column)
    }
}
