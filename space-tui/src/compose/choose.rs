// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Choosing the category of a new topic, or the language of a text, by some letters of its name.

use space_core::{CategoryId, Language};

use super::language;
use crate::app::Env;
use crate::app::keys::Key;
use crate::app::layers::picker::{Picked, Picker};
use crate::app::layers::{Drawn, Outcome};
use crate::app::model::Model;
use crate::doc::{Area, Line, Role, Span, Tone};
use crate::text::clean;
use crate::text::fuzzy::Fuzzy;
use crate::text::measure::fit;

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Category(CategoryId),
    Language(Language),
}

/// The question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choose {
    /// The key of its title.
    title: &'static str,
    picker: Picker,
    all: Vec<(String, Choice)>,
    /// Places in the list, best first.
    found: Vec<usize>,
}

impl Choose {
    fn new(title: &'static str, all: Vec<(String, Choice)>) -> Self {
        let mut choose = Self {
            title,
            picker: Picker::default(),
            all,
            found: Vec::new(),
        };
        choose.find();
        choose
    }

    /// Asks for a category.
    pub fn category(model: &Model) -> Self {
        let mut above: Vec<&str> = Vec::new();
        let categories = model.tree.places.categories.iter().map(|item| {
            above.truncate(item.depth);
            above.push(&item.name);
            (above.join(" › "), Choice::Category(item.id))
        });
        Self::new("choose-category", categories.collect())
    }

    /// Asks for a language; the one in use stands first.
    pub fn language(now: Option<&Language>) -> Self {
        let mut all: Vec<_> = language::all().map(|(tag, _)| tag).collect();
        if let Some(now) = now {
            all.retain(|other| other != now);
            all.insert(0, now.clone());
        }
        let named = |tag: Language| {
            (
                format!("{tag}  {}", language::name(&tag)),
                Choice::Language(tag),
            )
        };
        Self::new("choose-language", all.into_iter().map(named).collect())
    }

    fn find(&mut self) {
        let mut fuzzy = Fuzzy::new(&self.picker.input.text);
        let scored = self.all.iter().enumerate();
        let mut found: Vec<(u32, usize)> = scored
            .filter_map(|(at, (name, _))| Some((fuzzy.score(name)?, at)))
            .collect();
        found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        self.found = found.into_iter().map(|(_, at)| at).collect();
    }

    fn chosen(&self) -> Option<Choice> {
        let at = self.found.get(self.picker.at);
        let known = at.and_then(|at| self.all.get(*at));
        match known {
            Some((_, choice)) => Some(choice.clone()),
            // A language that is not in the list can be named by its tag.
            None if self.title == "choose-language" => {
                let typed = self.picker.input.text.trim().parse();
                typed.ok().map(Choice::Language)
            }
            None => None,
        }
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.picker.input.paste(text);
        self.find();
    }

    pub(crate) fn key(&mut self, key: Key, model: &mut Model) -> Outcome {
        match self.picker.key(key, self.found.len()) {
            Picked::Cancelled => Outcome::Closes(Vec::new()),
            Picked::Moved => Outcome::Stays(Vec::new()),
            Picked::Typed => {
                self.find();
                Outcome::Stays(Vec::new())
            }
            Picked::Chosen => {
                let Some(choice) = self.chosen() else {
                    return Outcome::Stays(Vec::new());
                };
                let mut cmds = Vec::new();
                if let Some(pane) = model.compose_mut() {
                    match choice {
                        Choice::Category(id) => pane.category = Some(id),
                        Choice::Language(tag) => pane.language = Some(tag),
                    }
                    cmds.extend(pane.touched());
                }
                Outcome::Closes(cmds)
            }
        }
    }

    pub(crate) fn draw(&self, env: Env<'_>, area: Area) -> Drawn {
        let title = env.l10n.text(self.title);
        let nothing = env.l10n.text("choose-nothing");
        let row = |at: usize, is_here: bool, columns: usize| {
            let found = self.found.get(at).and_then(|at| self.all.get(*at));
            let name = found.map(|(name, _)| clean::line(name)).unwrap_or_default();
            let mark = if is_here { "▸ " } else { "  " };
            let tone = if is_here { Tone::Focused } else { Tone::Plain };
            let name = fit(&name, columns.saturating_sub(2));
            Line::of(vec![
                Span::new(Role::Key, mark),
                Span::new(Role::Text, name),
            ])
            .tone(tone)
        };
        let hint = env.l10n.text("picker-hint");
        self.picker
            .draw(title, hint, area, self.found.len(), nothing, row)
    }
}
