// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The search line at the foot of the screen. What it finds shows above it with every letter.

use crossterm::event::KeyCode;

use super::input::{Input, is_cancel};
use super::{Drawn, Layer, Outcome};
use crate::app::Env;
use crate::app::ask::{ask_choices, ask_screen};
use crate::app::items::Choices;
use crate::app::jumps;
use crate::app::keys::Key;
use crate::app::message::Cmd;
use crate::app::model::{Model, Screen};
use crate::doc::{Area, Line, Role, Span};
use crate::screens::search::SearchScreen;
use crate::text::measure::width;

/// Searches that are remembered.
const HISTORY: usize = 100;

/// The line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// What was typed so far.
    pub input: Input,
    /// The screen was there before, with these words; else the line has brought it.
    was: Option<String>,
    /// Which of the earlier searches is on the line, counted back from the latest.
    back: usize,
}

impl Prompt {
    /// Makes a line over the screen of a search, or over one that is yet to come.
    pub fn new(model: &Model) -> Self {
        let was = match model.screen() {
            Screen::Search(found) => Some(found.words.clone()),
            _ => None,
        };
        Self {
            input: Input::default(),
            was,
            back: 0,
        }
    }

    pub(super) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        // Erasing what is empty leaves, as one is used to from other lines of this kind.
        let leaves = key.code == KeyCode::Backspace && self.input.text.is_empty();
        if is_cancel(key) || leaves {
            return Outcome::Closes(self.leave(model));
        }
        let cmds = match key.code {
            KeyCode::Enter => return self.enter(model),
            KeyCode::Tab => vec![ask_choices(model, self.input.text.clone())],
            KeyCode::Char('p') if key.ctrl => self.recall(1, model),
            KeyCode::Char('n') if key.ctrl => self.recall(-1, model),
            KeyCode::Up if self.input.text.is_empty() || self.back > 0 => self.recall(1, model),
            KeyCode::Down if self.back > 0 => self.recall(-1, model),
            KeyCode::Up | KeyCode::Down => {
                let height = model.body_rows();
                if let Screen::Search(found) = model.screen_mut() {
                    found.step(if key.code == KeyCode::Up { -1 } else { 1 }, height);
                }
                Vec::new()
            }
            _ => {
                let was = self.input.text.clone();
                self.input.key(key);
                if self.input.text == was {
                    return Outcome::Stays(Vec::new());
                }
                self.back = 0;
                self.search(model)
            }
        };
        Outcome::Stays(cmds)
    }

    /// Searches for what is on the line.
    fn search(&self, model: &mut Model) -> Vec<Cmd> {
        let words = self.input.text.clone();
        match model.screen_mut() {
            Screen::Search(found) => {
                found.look_for(words);
                vec![ask_screen(model)]
            }
            _ if words.trim().is_empty() => Vec::new(),
            _ => {
                let mut cmds = jumps::leave(model);
                let id = model.next_number();
                model.push(Screen::Search(SearchScreen::new(id, words)));
                model.is_in_tree = false;
                cmds.push(ask_screen(model));
                cmds
            }
        }
    }

    fn enter(&mut self, model: &mut Model) -> Outcome {
        let words = self.input.text.trim().to_owned();
        if words.is_empty() {
            return Outcome::Closes(self.leave(model));
        }
        // Pasted text comes without a key.
        let is_shown =
            matches!(model.screen(), Screen::Search(found) if found.words == self.input.text);
        let cmds = if is_shown {
            Vec::new()
        } else {
            self.search(model)
        };
        if matches!(model.screen(), Screen::Search(found) if is_shown && !found.errors.is_empty()) {
            // There is something to mend on the line.
            return Outcome::Stays(cmds);
        }
        model.searches.retain(|other| *other != words);
        model.searches.push(words);
        let extra = model.searches.len().saturating_sub(HISTORY);
        model.searches.drain(..extra);
        Outcome::Closes(cmds)
    }

    /// Leaves things as they were before the line came.
    fn leave(&self, model: &mut Model) -> Vec<Cmd> {
        let Screen::Search(found) = model.screen_mut() else {
            return Vec::new();
        };
        match &self.was {
            Some(words) if *words == found.words => return Vec::new(),
            Some(words) => found.look_for(words.clone()),
            None => {
                model.pop();
            }
        }
        vec![ask_screen(model)]
    }

    /// Puts an earlier search, or a later one, on the line.
    fn recall(&mut self, by: isize, model: &mut Model) -> Vec<Cmd> {
        let back = self
            .back
            .saturating_add_signed(by)
            .min(model.searches.len());
        if back == self.back {
            return Vec::new();
        }
        self.back = back;
        let at = model.searches.len().checked_sub(back);
        let words = at.and_then(|at| model.searches.get(at)).cloned();
        self.input.text = words.unwrap_or_default();
        self.search(model)
    }

    pub(super) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let label = format!(" {} ", env.l10n.text("search-prompt"));
        let room = usize::from(area.columns).saturating_sub(width(&label) + 1);
        let typed = self.input.tail(room);
        let column = u16::try_from(width(&label) + width(&typed)).ok();
        let mut spans = vec![Span::new(Role::Key, label), Span::new(Role::Text, typed)];
        if self.input.text.is_empty() {
            spans.push(Span::new(Role::Quiet, env.l10n.text("search-hint")));
        }
        Drawn::Foot(Line::of(spans), column)
    }
}

/// Puts what fits on the line: the only choice, or what all of them begin with, or the first when that is there already.
pub fn completed(model: &mut Model, choices: Choices) -> Vec<Cmd> {
    let at = model.layers.iter().position(
        |layer| matches!(layer, Layer::Prompt(prompt) if prompt.input.text == choices.text),
    );
    let Some(at) = at else {
        return Vec::new();
    };
    let Layer::Prompt(mut prompt) = model.layers.remove(at) else {
        return Vec::new();
    };
    let typed = choices.text.get(choices.span.clone()).unwrap_or_default();
    let common = common(&choices.all);
    let first = choices.all.first().cloned().unwrap_or_default();
    let goes_on = common.chars().count() > typed.chars().count();
    let mut choice = if choices.all.len() > 1 && goes_on {
        common
    } else {
        first
    };
    // A whole name is followed by the next word; an operator by what belongs to it.
    if choices.all.contains(&choice) && !choice.ends_with(':') {
        choice.push(' ');
    }
    prompt.input.text.replace_range(choices.span, &choice);
    let cmds = prompt.search(model);
    model
        .layers
        .insert(at.min(model.layers.len()), Layer::Prompt(prompt));
    cmds
}

/// Returns what all of some words begin with, however they are cased.
fn common(words: &[String]) -> String {
    let Some((first, rest)) = words.split_first() else {
        return String::new();
    };
    let is_common = |(at, c): &(usize, char)| {
        rest.iter().all(|word| {
            word.chars()
                .nth(*at)
                .is_some_and(|other| other.to_lowercase().eq(c.to_lowercase()))
        })
    };
    first
        .chars()
        .enumerate()
        .take_while(is_common)
        .map(|(_, c)| c)
        .collect()
}
