// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The pane that one writes in, while the thread beside it can still be read.

use std::time::Duration;

use crossterm::event::KeyCode;
use space_core::text::{PostSource, TopicTitle};
use space_core::{CategoryId, Language, Tags};

use super::editor::Editor;
use super::mention::{LIMIT, Mention};
use super::{Start, Subject, Writing};
use crate::app::Env;
use crate::app::commands::Context;
use crate::app::keymap::Meaning;
use crate::app::keys::Key;
use crate::app::layers::Outcome;
use crate::app::layout::Dock;
use crate::app::message::{Cmd, Query, Sheet, Ticket, Write};
use crate::app::model::Model;

/// How long a text may stand on the screen before it is kept.
pub const KEEP_AFTER: Duration = Duration::from_secs(2);

/// Columns of the pane beside a thread.
const COLUMNS: u16 = 100;
/// Rows of the pane below one.
const ROWS: u16 = 12;

/// The pane.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the pane"
)]
pub struct Compose {
    /// Names the pane in questions, and to the clock that says when to keep the text.
    pub id: u64,
    /// What is written.
    pub subject: Subject,
    /// What the local copy said of it; absent until it has answered.
    pub start: Option<Start>,
    /// The question for that.
    pub ticket: Option<Ticket>,
    /// The title of a new topic.
    pub title: Editor,
    /// The text.
    pub body: Editor,
    /// Whether the cursor is in the title.
    pub is_in_title: bool,
    /// The category of a new topic.
    pub category: Option<CategoryId>,
    /// The language of the text.
    pub language: Option<Language>,
    /// The tags of a new topic.
    pub tags: Tags,
    /// Whether the text is shown as others will see it.
    pub is_previewed: bool,
    /// The first row that is shown, of the text or the preview.
    pub top: usize,
    /// The name that is being completed.
    pub mention: Option<Mention>,
    /// What two edits were merged into, to be looked at instead of one's own.
    pub merged: Option<String>,
    /// Whether an editor's file has the text until it is kept.
    pub has_file: bool,
    /// What is on its way into the file.
    pub keeping: Option<Writing>,
    /// What is kept in the file.
    pub kept: Option<Writing>,
    /// Whether the clock will say when to keep it.
    pub is_due: bool,
    /// Whether it is on its way to the outbox.
    pub is_sending: bool,
}

/// Why a text cannot be sent: the key of a text, and what goes into it.
pub type Unfit = (&'static str, String);

impl Compose {
    /// Opens the pane; what is kept of the subject is still to come.
    pub fn new(id: u64, subject: Subject) -> Self {
        Self {
            id,
            subject,
            start: None,
            ticket: None,
            title: Editor::line(""),
            body: Editor::default(),
            is_in_title: false,
            category: None,
            language: None,
            tags: Tags::default(),
            is_previewed: false,
            top: 0,
            mention: None,
            merged: None,
            has_file: false,
            keeping: None,
            kept: None,
            is_due: false,
            is_sending: false,
        }
    }

    /// Returns the place that it wants.
    pub fn dock(&self) -> Dock {
        Dock::Side {
            columns: COLUMNS,
            rows: ROWS,
        }
    }

    /// Takes what the local copy knows. What was typed meanwhile stands behind it.
    pub fn take(&mut self, start: Start, language: Option<Language>) {
        let typed = std::mem::take(&mut self.body);
        self.body = Editor::new(&start.writing.source);
        if !self.body.text().is_empty()
            && !self.body.text().ends_with('\n')
            && !typed.text().is_empty()
        {
            self.body.insert("\n\n");
        }
        self.body.insert(typed.text());
        if let Some(merged) = self.merged.take() {
            self.body.replace(&merged);
        }
        self.title = Editor::line(&start.writing.title);
        self.category = start.writing.category;
        self.tags = start.writing.tags.clone();
        self.is_in_title = start.is_topic && start.writing.title.is_empty();
        if start.has_language {
            self.language = start.writing.language.clone().or(language);
        }
        self.has_file = start.has_file;
        // What an editor left is newer than what is kept.
        self.kept.clone_from(&start.kept);
        self.start = Some(start);
    }

    /// Returns the text with everything that belongs to it.
    pub fn writing(&self) -> Writing {
        Writing {
            subject: self.subject,
            title: self.title.text().to_owned(),
            category: self.category,
            source: self.body.text().to_owned(),
            language: self.language.clone(),
            tags: self.tags.clone(),
            base: self.start.as_ref().and_then(|it| it.writing.base.clone()),
        }
    }

    /// Returns whether there is nothing in it that is worth keeping.
    pub fn is_blank(&self) -> bool {
        let blank = self.start.as_ref().map_or("", |it| it.blank.trim());
        self.title.text().trim().is_empty()
            && self.tags.is_empty()
            && self.body.text().trim() == blank
            || self.is_edit() && self.body.text().trim() == blank
    }

    fn is_edit(&self) -> bool {
        self.start.as_ref().is_some_and(|it| !it.blank.is_empty())
    }

    /// Returns whether the text is kept as it stands.
    pub fn is_kept(&self) -> bool {
        match &self.kept {
            Some(kept) => *kept == self.writing(),
            None => self.is_blank(),
        }
    }

    /// Keeps the text now, when it is not yet.
    pub fn keep(&mut self) -> Option<Cmd> {
        // Nothing is known yet of what was there before: it must not be written over. And what is on its way to the outbox
        // would be there again once it is sent.
        self.start.as_ref()?;
        if self.is_sending || self.is_kept() {
            return None;
        }
        let seen = self.seen();
        if self.is_blank() {
            (self.kept, self.keeping) = (None, None);
            return Some(Cmd::Write(Write::DropDraft(self.subject, seen)));
        }
        let writing = self.writing();
        if self.keeping.as_ref() == Some(&writing) {
            return None;
        }
        self.keeping = Some(writing.clone());
        Some(Cmd::Write(Write::KeepDraft(Box::new(writing), seen)))
    }

    /// Says that something changed; asks the clock when to keep it.
    pub fn touched(&mut self) -> Option<Cmd> {
        if self.is_due || self.is_kept() {
            return None;
        }
        self.is_due = true;
        Some(Cmd::KeepSoon(self.id))
    }

    /// Returns the text for an editor.
    pub fn sheet(&self) -> Sheet {
        let start = self.start.as_ref();
        Sheet {
            subject: self.subject,
            title: match start {
                Some(start) if !start.topic_title.is_empty() => start.topic_title.clone(),
                _ => self.title.text().to_owned(),
            },
            text: self.body.text().to_owned(),
            context: start
                .and_then(|it| it.answered.as_ref())
                .map(|it| (it.author.clone(), it.source.clone())),
        }
    }

    /// Returns the text when it can be sent, else why it cannot.
    pub fn letter(&self) -> Result<Writing, Unfit> {
        let Some(start) = &self.start else {
            return Err(("list-loading", String::new()));
        };
        if self.body.text().trim().is_empty() {
            return Err(("compose-empty", String::new()));
        }
        if start.is_topic {
            if self.category.is_none() && !matches!(self.subject, Subject::Waiting(_)) {
                return Err(("compose-no-category", String::new()));
            }
            TopicTitle::parse(self.title.text()).map_err(|e| ("compose-unfit", e.to_string()))?;
        }
        PostSource::parse(self.body.text()).map_err(|e| ("compose-unfit", e.to_string()))?;
        Ok(self.writing())
    }

    fn field(&mut self) -> &mut Editor {
        if self.is_in_title {
            &mut self.title
        } else {
            &mut self.body
        }
    }

    /// Takes a key that writes; the others are commands.
    pub(crate) fn key(&mut self, key: Key, model: &mut Model, env: &Env<'_>) -> Outcome {
        if !model.is_writing || !model.pending.is_empty() {
            return Outcome::Passed;
        }
        if let Some(mention) = &mut self.mention {
            match key.code {
                KeyCode::Tab => mention.step(1, &mut self.body),
                KeyCode::BackTab => mention.step(-1, &mut self.body),
                KeyCode::Esc => self.mention = None,
                _ => {
                    self.mention = None;
                    return self.key(key, model, env);
                }
            }
            return Outcome::Stays(self.touched().into_iter().collect());
        }
        let meaning = env.keymap.meaning(Context::Compose, &[key]);
        if key.typed().is_none() && !matches!(meaning, Meaning::Nothing) || self.is_sending {
            return Outcome::Passed;
        }
        let area = model.dock_area(self.dock());
        let (columns, height) = self.text_area(area);
        if self.is_previewed {
            self.scroll_preview(key, height);
            return Outcome::Stays(Vec::new());
        }
        let has_title = self.start.as_ref().is_some_and(|it| it.is_topic);
        match key.code {
            KeyCode::Tab | KeyCode::Enter | KeyCode::Down if self.is_in_title => {
                self.is_in_title = false;
                return Outcome::Stays(Vec::new());
            }
            KeyCode::BackTab if has_title => self.is_in_title = true,
            KeyCode::Up if has_title && !self.is_in_title => {
                let (_, row, _) = self.body.laid_out(columns);
                if row == 0 {
                    self.is_in_title = true;
                } else {
                    self.body.key(key, columns, height);
                }
            }
            KeyCode::Tab => return Outcome::Stays(self.complete(model)),
            _ => {
                // A key that does nothing here does nothing anywhere: it was meant for the text.
                self.field()
                    .key(key, columns, height.saturating_sub(1).max(1));
            }
        }
        self.follow(columns, height);
        Outcome::Stays(self.touched().into_iter().collect())
    }

    fn scroll_preview(&mut self, key: Key, height: usize) {
        let page = height.saturating_sub(1).max(1);
        self.top = match key.code {
            KeyCode::Down | KeyCode::Char('j') => self.top.saturating_add(1),
            KeyCode::Up | KeyCode::Char('k') => self.top.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.top.saturating_add(page),
            KeyCode::PageUp => self.top.saturating_sub(page),
            KeyCode::Home => 0,
            KeyCode::End => usize::MAX / 2,
            _ => self.top,
        };
    }

    fn complete(&mut self, model: &mut Model) -> Vec<Cmd> {
        let people: &[String] = self.start.as_ref().map_or(&[], |it| &it.people);
        let Some(mut mention) = Mention::begin(&self.body, people) else {
            self.body.insert("\t");
            return self.touched().into_iter().collect();
        };
        let query = Query::Names {
            start: mention.typed.clone(),
            limit: LIMIT,
        };
        let (ticket, cmd) = model.ask(self.id, query);
        mention.ticket = Some(ticket);
        mention.step(1, &mut self.body);
        self.mention = Some(mention);
        self.touched().into_iter().chain([cmd]).collect()
    }

    /// Takes names of others for the one that is being completed.
    pub fn take_names(&mut self, names: Vec<String>) -> Option<Cmd> {
        if let Some(mention) = &mut self.mention {
            mention.ticket = None;
            mention.add(names, &mut self.body);
            if mention.found.is_empty() {
                self.mention = None;
            }
        }
        self.touched()
    }

    /// Takes pasted text.
    pub(crate) fn paste(&mut self, text: &str, model: &Model) -> bool {
        if !model.is_writing {
            return false;
        }
        self.mention = None;
        if !self.is_previewed && !self.is_sending {
            self.field().insert(text);
            let (columns, height) = self.text_area(model.dock_area(self.dock()));
            self.follow(columns, height);
        }
        true
    }

    /// Scrolls so that the cursor is on the screen.
    pub fn follow(&mut self, columns: usize, height: usize) {
        let (_, row, _) = self.body.laid_out(columns);
        self.top = shown_from(self.top, row, height);
    }
}

/// The first row to show so that a row is on the screen: as before, where that does.
pub(super) fn shown_from(top: usize, row: usize, height: usize) -> usize {
    top.clamp((row + 1).saturating_sub(height.max(1)), row)
}
